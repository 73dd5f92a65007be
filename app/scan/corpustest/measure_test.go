package corpustest

import (
	"testing"

	"daicho/app/extract"
)

func TestScore(t *testing.T) {
	want := Wants{PersonName: {Min: 10, Max: 20}, Phone: {Min: 5, Max: 5}}
	for _, test := range []struct {
		what              string
		found             map[Kind]int
		kind              Kind
		recall, precision float64
		missed, wrong     int
	}{
		{"all", map[Kind]int{PersonName: 10}, PersonName, 1, 1, 0, 0},
		{"between two opinions", map[Kind]int{PersonName: 17}, PersonName, 1, 1, 0, 0},
		{"more than any person counts", map[Kind]int{PersonName: 25}, PersonName, 1, 0.8, 0, 5},
		{"some", map[Kind]int{Phone: 2}, Phone, 0.4, 1, 3, 0},
		{"none", nil, Phone, 0, 1, 5, 0},
		{"a kind that is not there", map[Kind]int{Email: 3}, Email, 1, 0, 0, 3},
	} {
		r := []Result{{Case: &Case{Want: want}, Found: test.found, Protected: true}}
		s := ScoreOf(r, test.kind)
		if s.Recall() != test.recall || s.Precision() != test.precision {
			t.Errorf("%s: recall %v, precision %v", test.what, s.Recall(), s.Precision())
		}
		if r[0].missed(test.kind) != test.missed || r[0].wrong(test.kind) != test.wrong {
			t.Errorf("%s: missed %d, wrong %d", test.what, r[0].missed(test.kind), r[0].wrong(test.kind))
		}
	}
}

func TestCompare(t *testing.T) {
	c := &Case{File: "a.zip", Protection: "partial", Entries: map[string]extract.Protection{"b.txt": "password"}}
	file := line{Path: "/c/a.zip", Protection: "partial"}
	entry := line{Path: "/c/a.zip!/b.txt", Protection: "password"}
	open := line{Path: "/c/a.zip!/b.txt", Protection: "none"}
	for _, test := range []struct {
		what  string
		lines []line
		right bool
	}{
		{"as it is", []line{file, entry}, true},
		{"an entry is not told", []line{file}, false},
		{"an entry is told wrong", []line{file, open}, false},
		{"the file is not told", []line{entry}, false},
		{"only another file is told", []line{{Path: "/c/b.zip", Protection: "partial"}}, false},
		{"a weakness that nobody told of", []line{{Path: "/c/a.zip", Protection: "partial", Note: extract.NoteZipCrypto}, entry}, false},
	} {
		if r := compare("outside", c, "/c", test.lines); r.Protected != test.right {
			t.Errorf("%s: %v", test.what, r.Protected)
		}
	}
}

func TestBand(t *testing.T) {
	for persons, want := range map[int]int{0: 0, 1: 1, 9: 1, 10: 2, 99: 2, 100: 3, 999: 3, 1000: 4} {
		if got := band(persons); got != want {
			t.Errorf("%d persons are in band %d, not %d", persons, got, want)
		}
	}
}
