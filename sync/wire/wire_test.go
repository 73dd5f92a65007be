package wire_test

import (
	"bytes"
	"encoding/hex"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daicho/app"
	"daicho/sync/wire"
)

func id(n byte) app.ID { return app.ID{n, 6: 0x70, 8: 0x80, 15: n} }

var times = wire.Times{Received: 1_780_000_000_123, Sent: 1_780_000_000_456}

// golden holds one message of each kind, every key set. The files are what
// programs in the field send: a change here must keep reading them.
var golden = map[string]any{
	"push": &wire.Push{Epoch: id(1), Segments: []wire.Segment{{Device: id(2), First: 7, Last: 8, Head: app.Chain{3}, Sig: []byte{4, 5}, Bodies: [][]byte{{6}, {7, 8}}}},
		Keys: []wire.Key{{Subject: id(9), Key: [32]byte{10}}}},
	"push-boxes": &wire.Push{Epoch: id(1), Boxes: []wire.Box{{Device: id(2), First: 7, Last: 8, Head: app.Chain{3}, Sig: []byte{4}, Public: []byte{5}, Blobs: []app.BlobID{{6}}, Sealed: []byte{7}}}},
	"roster-ask": &wire.RosterAsk{Box: []byte{1, 2}, Have: []wire.CardHash{{3}, {4}}},
	"roster": &wire.Roster{Times: times, At: 5, Box: []byte{6}, Same: []wire.CardHash{{7}},
		Cards: []wire.Card{{Public: []byte{8}, Box: []byte{9}, Person: id(5), Name: "北庁舎 PC", Barred: true}}},
	"pushed": &wire.Pushed{Times: times, Watermarks: []wire.Mark{{Device: id(2), Seq: 300}}, Missing: []app.BlobID{{1, 2, 3}},
		Refused: []wire.Refused{{Device: id(3), Problem: wire.Problem{Code: "forbidden", JA: "不可", EN: "no"}}}},
	"pull":     &wire.Pull{Epoch: id(1), GSN: 1 << 40, Max: 5, People: 6},
	"pulled":   &wire.Pulled{Times: times, Epoch: id(1), UpTo: 9, Head: 10, Outcomes: [][]byte{{1}, {2, 3}}, Keys: []wire.Key{{Subject: id(9), Key: [32]byte{10}}}, Directory: 4, People: []wire.Person{{ID: id(5), Name: "田中"}}},
	"waited":   &wire.Waited{Times: times, Head: 11},
	"enroll":   &wire.Enroll{Secret: [16]byte{1, 15: 2}, Name: "北庁舎 PC"},
	"enrolled": &wire.Enrolled{Times: times, Epoch: id(1), Person: wire.Person{ID: id(5), Name: "田中"}},
	"stand":    &wire.Stand{Renew: true, Proof: &wire.Proof{Password: "合言葉", Code: "123456"}, Wiped: true},
	"standing": &wire.Standing{Times: times, Notices: 3, Certificate: []byte{1}, Revocations: []byte{2}, Successions: [][]byte{{3}}, Wipe: []byte{4}, Problem: &wire.Problem{Code: "forbidden", JA: "不可", EN: "no"}},
	"notices":  &wire.Pull{Epoch: id(1), Notices: 7},
	"noticed":  &wire.Pulled{Times: times, Epoch: id(1), Notices: 8},
	"proving":  &wire.Enroll{Secret: [16]byte{1, 15: 2}, Proof: &wire.Proof{Password: "合言葉"}},
	"proved":   &wire.Enrolled{Times: times, Epoch: id(1), Person: wire.Person{ID: id(5), Name: "田中"}, Certificate: []byte{6}},
	"erasing":  &wire.Pull{Epoch: id(1), GSN: 7, Erased: 3},
	"erased":   &wire.Pulled{Times: times, Epoch: id(1), UpTo: 7, Head: 9, Erased: []wire.Erased{{N: 3, Ref: wire.Ref{Kind: "file", ID: id(2)}, GSN: 8, At: times.Sent}}},
	"asking":   &wire.Past{Epoch: id(1), UpTo: 9, Erased: 3},
	"behind":   &wire.PastPage{Times: times, Behind: true},
	"problem":  &wire.Problem{Code: "stale", Field: "state", JA: "古い", EN: "stale"},
}

// file reads a golden file; with DAICHO_GOLDEN=write it is written first.
func file(t *testing.T, name, now string) string {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("DAICHO_GOLDEN") == "write" {
		if err := os.WriteFile(path, []byte(now+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(b))
}

func TestGoldenMessages(t *testing.T) {
	for name, message := range golden {
		t.Run(name, func(t *testing.T) {
			now, err := wire.Encode(message)
			if err != nil {
				t.Fatal(err)
			}
			text := file(t, name+".hex", hex.EncodeToString(now))
			if hex.EncodeToString(now) != text {
				t.Errorf("now encoded as\n%x, was\n%s", now, text)
			}
			old, err := hex.DecodeString(text)
			if err != nil {
				t.Fatal(err)
			}
			got := reflect.New(reflect.TypeOf(message).Elem()).Interface()
			if err = wire.Decode(old, got); err != nil || !reflect.DeepEqual(got, message) {
				t.Errorf("read as %+v, %v; want %+v", got, err, message)
			}
		})
	}
}

// TestNewerMessagesAreRead adds a key that this version does not know.
func TestNewerMessagesAreRead(t *testing.T) {
	newer, err := wire.Encode(map[int]any{1: id(1), 2: 7, 99: "new"})
	if err != nil {
		t.Fatal(err)
	}
	var got wire.Pull
	if err = wire.Decode(newer, &got); err != nil || got.GSN != 7 {
		t.Fatal(got, err)
	}
}

// TestHostileMessages are what a decoder must not be led astray by.
func TestHostileMessages(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "cut": "a10250", "trailing": "a1020700", "twice the key": "a202070208", "endless array": "a1029f0102ff",
		"a tag": "a102c207", "deep": "a102" + strings.Repeat("81", 40) + "00", "huge array": "a1029b00000000ffffffff", "huge bytes": "a1025b7fffffffffffffff",
	} {
		t.Run(name, func(t *testing.T) {
			b, err := hex.DecodeString(text)
			if err != nil {
				t.Fatal(err)
			}
			var push wire.Push
			if err = wire.Decode(b, &push); !app.IsCode(err, app.Damaged) {
				t.Fatal(err)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	for _, message := range golden {
		b, err := wire.Encode(message)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, message := range golden {
			got := reflect.New(reflect.TypeOf(message).Elem()).Interface()
			if wire.Decode(b, got) != nil {
				continue
			}
			again, err := wire.Encode(got)
			if err != nil {
				t.Fatal(err)
			}
			twice := reflect.New(reflect.TypeOf(message).Elem()).Interface()
			if err = wire.Decode(again, twice); err != nil {
				t.Fatal(err)
			}
			// Compared as bytes: an empty list that is left out comes back as none.
			if last, err := wire.Encode(twice); err != nil || !bytes.Equal(last, again) {
				t.Fatalf("%+v became %+v, %v", got, twice, err)
			}
		}
	})
}

var code = wire.Code{Pin: wire.Pin{1, 31: 2}, Secret: [16]byte{3, 15: 4}, Addresses: []string{"daicho.city.example.jp:8443", "[2001:db8::1]:8443", "192.0.2.10:8443"}}

func TestGoldenCode(t *testing.T) {
	text := file(t, "code.txt", code.String())
	if text != code.String() {
		t.Errorf("now written as %s", code)
	}
	got, err := wire.ParseCode(text)
	if err != nil || !reflect.DeepEqual(got, code) {
		t.Errorf("read as %+v, %v", got, err)
	}
}

// TestCodeAsPeopleTypeIt reads the same code in the ways it comes back.
func TestCodeAsPeopleTypeIt(t *testing.T) {
	text := code.String()
	wide := strings.Map(func(r rune) rune {
		if r > ' ' && r <= '~' {
			return r + 0xfee0
		}
		return r
	}, text)
	for name, typed := range map[string]string{
		"lower case": strings.ToLower(text), "no hyphens": "DAICHO1-" + strings.ReplaceAll(text[8:], "-", ""), "blanks around": "  " + text + " \r\n",
		"two lines": text[:40] + "\n" + text[40:], "full width": wide, "letters for digits": "DAICHO1-" + strings.NewReplacer("0", "o", "1", "l").Replace(text[8:]),
	} {
		if got, err := wire.ParseCode(typed); err != nil || !reflect.DeepEqual(got, code) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestCodesThatAreNone(t *testing.T) {
	for text, want := range map[string]app.Code{
		"": app.Invalid, "hello": app.Invalid, "DAICHO2-AAAAA": app.Invalid, "DAICHO1-": app.Damaged, "DAICHO1-ABC": app.Damaged, "DAICHO1-!!!!!": app.Damaged,
		code.String() + "0": app.Damaged, code.String()[:len(code.String())-6]: app.Damaged,
	} {
		if _, err := wire.ParseCode(text); !app.IsCode(err, want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// TestEveryTypingErrorIsTold changes one character at each place, and swaps neighbours.
func TestEveryTypingErrorIsTold(t *testing.T) {
	text := []byte(code.String())
	for i := len("DAICHO1-"); i < len(text); i++ {
		for _, c := range []byte("0Z9Q") {
			typo := append([]byte(nil), text...)
			if typo[i] == '-' || typo[i] == c {
				continue
			}
			typo[i] = c
			if _, err := wire.ParseCode(string(typo)); err == nil {
				t.Fatalf("%c for %c at %d was not told", c, text[i], i)
			}
		}
		swapped := append([]byte(nil), text...)
		swapped[i-1], swapped[i] = swapped[i], swapped[i-1]
		if text[i] == text[i-1] || text[i] == '-' || text[i-1] == '-' {
			continue
		}
		if _, err := wire.ParseCode(string(swapped)); err == nil {
			t.Fatalf("swap at %d was not told", i)
		}
	}
}

func TestCodesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := wire.Code{Addresses: rapid.SliceOfN(rapid.StringMatching(`[a-z0-9.]{1,40}:[0-9]{1,5}`), 1, wire.MaxAddresses).Draw(t, "addresses")}
		copy(c.Pin[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "pin"))
		copy(c.Secret[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "secret"))
		if got, err := wire.ParseCode(c.String()); err != nil || !reflect.DeepEqual(got, c) {
			t.Fatalf("%+v, %v; want %+v", got, err, c)
		}
	})
}

func FuzzParseCode(f *testing.F) {
	f.Add(code.String())
	f.Add("DAICHO1-0")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := wire.ParseCode(text)
		if err != nil {
			return
		}
		if again, err := wire.ParseCode(c.String()); err != nil || !reflect.DeepEqual(again, c) {
			t.Fatalf("%+v became %+v, %v", c, again, err)
		}
	})
}

func TestAddresses(t *testing.T) {
	for _, c := range []struct {
		list []string
		good bool
	}{
		{[]string{"a:1"}, true}, {[]string{"[::1]:443"}, true}, {nil, false}, {[]string{"a"}, false}, {[]string{":1"}, false}, {[]string{"a:"}, false},
		{[]string{strings.Repeat("a", 260) + ":1"}, false}, {make([]string, 9), false}, {[]string{"https://a:1"}, false},
	} {
		if err := wire.CheckAddresses(c.list); (err == nil) != c.good {
			t.Errorf("%q: %v", c.list, err)
		}
	}
}

// TestProblems are the same error on both sides, but for the machine's own.
func TestProblems(t *testing.T) {
	for _, code := range []app.Code{app.Invalid, app.Stale, app.Forbidden, app.NotFound, app.Damaged} {
		p := wire.ProblemOf(app.Refuse(code, "f", "日", "e"))
		e := app.ErrorOf(p.Err())
		if e.Code != code || e.Field != "f" || e.Say != (app.Label{JA: "日", EN: "e"}) || p.Status() < 400 || p.Status() > 499 {
			t.Errorf("%s: %+v %d", code, e, p.Status())
		}
	}
	secret := wire.ProblemOf(os.ErrPermission)
	if e := app.ErrorOf(secret.Err()); e.Code != app.Failed || strings.Contains(e.Say.EN+e.Say.JA, "permission") || secret.Status() != 500 {
		t.Errorf("%+v", secret)
	}
	if (wire.Problem{Code: "of a newer version"}).Status() != 500 {
		t.Error("a strange code has no status")
	}
}
