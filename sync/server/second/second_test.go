package second

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"daicho/app"
	"daicho/store/keys"
	"daicho/sync/wire"
)

// golden is what version 1 wrote; with DAICHO_GOLDEN=write it is written first.
const golden = "testdata/1.daicho-copy"

// server and key are those of the golden file.
var (
	server = keys.ID("0b5d0f3a6a3c4b2f9f0e1d2c3b4a5968")
	key    = keys.DataKey{1, 2, 3, 31: 4}
)

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// whole holds everything that an entry can say.
func whole(n int64) *Entry {
	return &Entry{N: n, At: 1_790_000_000_000, Epoch: app.ID{5}, Shared: 40, GSN: 44,
		Rows:   []Row{{"device 01", []byte{1}}, {"setting successor", nil}},
		Lines:  []Line{{app.ID{7}, 3, 1_780_000_000_000, true, []byte("change"), []Count{{"R8-{n}", 12}}}},
		Keys:   []wire.Key{{Subject: app.ID{8}, Key: [32]byte{9}}},
		Counts: []Count{{"R8-{n}", 13}}}
}

func folder(dir string) *Folder {
	return &Folder{Dir: dir, Server: server, Key: key, Random: rand.Reader}
}

// write adds entries with these numbers, as one process, and gives its file.
func write(t testing.TB, dir string, numbers ...int64) string {
	t.Helper()
	f := folder(dir)
	ok(t, f.Ready(1_790_000_000_000))
	for _, n := range numbers {
		ok(t, f.Append(whole(n)))
	}
	ok(t, f.Close())
	return filepath.Join(dir, f.own)
}

// read is what a newcomer finds.
func read(t testing.TB, dir string) (numbers []int64, found Found) {
	t.Helper()
	all, found, err := folder(dir).Read()
	ok(t, err)
	for _, e := range all {
		numbers = append(numbers, e.N)
	}
	return numbers, found
}

func same(t testing.TB, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got  %+v\nwant %+v", got, want)
	}
}

// TestGolden reads what this version wrote, for ever.
func TestGolden(t *testing.T) {
	if os.Getenv("DAICHO_GOLDEN") == "write" {
		path := write(t, t.TempDir(), 4, 6)
		text, err := os.ReadFile(path)
		ok(t, err)
		ok(t, os.WriteFile(golden, text, 0o644))
	}
	all, found, err := folder("testdata").Read()
	ok(t, err)
	same(t, found, Found{Files: 1})
	same(t, all, []*Entry{whole(4), whole(6)})
}

// TestProcessesTakeTurns has three processes write: each finds what the others
// have added, once, in the order of the numbers.
func TestProcessesTakeTurns(t *testing.T) {
	dir := t.TempDir()
	a, b := folder(dir), folder(dir)
	ok(t, a.Ready(1))
	ok(t, b.Ready(1))
	ok(t, a.Append(whole(2)))
	ok(t, b.Append(whole(1)))
	ok(t, a.Append(whole(3)))
	got, _, err := b.Read()
	ok(t, err)
	same(t, len(got), 2) // its own it knows
	same(t, []int64{got[0].N, got[1].N}, []int64{2, 3})
	got, _, err = b.Read()
	ok(t, err)
	same(t, len(got), 0)
	ok(t, errors.Join(a.Close(), b.Close()))
	c := folder(dir)
	ok(t, c.Ready(1))
	ok(t, c.Close()) // had nothing to say
	numbers, found := read(t, dir)
	same(t, numbers, []int64{1, 2, 3})
	same(t, found, Found{Files: 2})
}

// TestGoneFileIsNoticed takes a file away under a process that has read it.
func TestGoneFileIsNoticed(t *testing.T) {
	dir := t.TempDir()
	lost := write(t, dir, 1)
	write(t, dir, 2)
	f := folder(dir)
	_, _, err := f.Read()
	ok(t, err)
	ok(t, os.Remove(lost))
	all, found, err := f.Read()
	ok(t, err)
	same(t, []any{found.Again, len(all), all[0].N}, []any{true, 1, int64(2)})
}

// TestOtherServersAreLeftAlone puts two servers into one folder.
func TestOtherServersAreLeftAlone(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, 1)
	other := folder(dir)
	other.Server = keys.NewID()
	all, found, err := other.Read()
	ok(t, err)
	same(t, []int{len(all), found.Files}, []int{0, 0})
	wrong := folder(dir)
	wrong.Key[0]++
	all, found, err = wrong.Read()
	ok(t, err)
	same(t, []int{len(all), found.Files, len(found.Bad)}, []int{0, 1, 1})
}

// TestCutAnywhere ends a file at each of its bytes: whole entries stay, and nothing
// else is invented.
func TestCutAnywhere(t *testing.T) {
	text, err := os.ReadFile(golden)
	ok(t, err)
	for n := range text {
		dir := t.TempDir()
		ok(t, os.WriteFile(filepath.Join(dir, "cut"+Suffix), text[:n], 0o600))
		numbers, found := read(t, dir)
		want, atEnd := wholeUpTo(t, text, n)
		same(t, numbers, want)
		if (len(found.Open) == 0) != atEnd || len(found.Bad) > 0 {
			t.Fatalf("cut at %d: %+v", n, found)
		}
	}
}

// wholeUpTo are the entries that lie whole in the first bytes of a file, and
// whether these end with one.
func wholeUpTo(t *testing.T, text []byte, n int) (numbers []int64, atEnd bool) {
	t.Helper()
	head, front, err := readFront(bytes.NewReader(text))
	ok(t, err)
	s, err := head.seal(key, front)
	ok(t, err)
	at := len(front)
	for in := bytes.NewReader(text[at:]); at <= n; {
		if at == n {
			return numbers, true
		}
		e, size, err := s.next(in, uint64(len(numbers)))
		ok(t, err)
		if at += int(size); at <= n {
			numbers = append(numbers, e.N)
		}
	}
	return numbers, false
}

// TestFlippedAnywhere turns a bit of each byte: what is read was written, what is
// not is told.
func TestFlippedAnywhere(t *testing.T) {
	text, err := os.ReadFile(golden)
	ok(t, err)
	for i := range text {
		dir := t.TempDir()
		bad := bytes.Clone(text)
		bad[i] ^= 1
		ok(t, os.WriteFile(filepath.Join(dir, "bad"+Suffix), bad, 0o600))
		all, found, err := folder(dir).Read()
		if app.IsCode(err, app.Invalid) {
			continue // a newer version
		}
		ok(t, err)
		if len(all) == 2 || found.Files == 1 && len(found.Bad)+len(found.Open) == 0 {
			t.Fatalf("byte %d: %d entries, %+v", i, len(all), found)
		}
		for _, e := range all {
			same(t, e, whole(e.N))
		}
	}
}

// TestEntriesDoNotMove puts entries elsewhere: each belongs to its place.
func TestEntriesDoNotMove(t *testing.T) {
	text, err := os.ReadFile(golden)
	ok(t, err)
	_, front, err := readFront(bytes.NewReader(text))
	ok(t, err)
	rest := text[len(front):]
	first := rest[:len(rest)/2] // both are of one size
	for _, moved := range [][]byte{append(bytes.Clone(rest[len(first):]), first...), append(bytes.Clone(first), first...)} {
		dir := t.TempDir()
		ok(t, os.WriteFile(filepath.Join(dir, "moved"+Suffix), append(bytes.Clone(front), moved...), 0o600))
		_, found := read(t, dir)
		if len(found.Bad) == 0 {
			t.Fatal("an entry was read in another's place")
		}
	}
}

// TestNothingLiesOpen looks for what was written.
func TestNothingLiesOpen(t *testing.T) {
	text, err := os.ReadFile(golden)
	ok(t, err)
	for _, secret := range []string{"change", "successor", "device"} {
		if bytes.Contains(text, []byte(secret)) {
			t.Errorf("%q lies open", secret)
		}
	}
}

// FuzzRead reads any file: nothing is opened that was not sealed by the key, and
// nothing fails but the disk.
func FuzzRead(f *testing.F) {
	text, err := os.ReadFile(golden)
	ok(f, err)
	for _, n := range []int{0, 3, 8, 60, len(text) - 1, len(text)} {
		f.Add(text[:n])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		head, front, err := readFront(bytes.NewReader(b))
		if err != nil {
			return
		}
		again, err := head.bytes()
		if err == nil && len(front) > len(b) || !bytes.HasPrefix(b, front) {
			t.Fatalf("%x, %v", again, err)
		}
		s, err := head.seal(key, front)
		ok(t, err)
		in := bytes.NewReader(b[len(front):])
		for i := uint64(0); ; i++ {
			e, _, err := s.next(in, i)
			if errors.Is(err, errBad) {
				continue
			}
			if err != nil {
				return
			}
			same(t, e, whole(e.N))
		}
	})
}

// FuzzEntry opens what the key has sealed, but no program of ours wrote.
func FuzzEntry(f *testing.F) {
	text, err := wire.Encode(whole(4))
	ok(f, err)
	f.Add(text)
	f.Add([]byte{0xa0})
	f.Add([]byte(strings.Repeat("\x81", 100)))
	head := front{Server: server, Salt: make([]byte, 32)}
	front, err := head.bytes()
	ok(f, err)
	s, err := head.seal(key, front)
	ok(f, err)
	f.Fuzz(func(t *testing.T, b []byte) {
		sealed := s.aead.Seal(nil, nil, b, s.place(0))
		e, size, err := s.next(io.MultiReader(bytes.NewReader([]byte{0, byte(len(sealed) >> 16), byte(len(sealed) >> 8), byte(len(sealed))}), bytes.NewReader(sealed)), 0)
		if errors.Is(err, errBad) {
			return
		}
		ok(t, err)
		if size != int64(len(sealed))+4 {
			t.Fatal(size)
		}
		again, err := s.entry(0, e)
		ok(t, err)
		back, _, err := s.next(bytes.NewReader(again), 0)
		ok(t, err)
		if hex.EncodeToString(must(t, e)) != hex.EncodeToString(must(t, back)) {
			t.Fatalf("%+v became %+v", e, back)
		}
	})
}

func must(t *testing.T, e *Entry) []byte {
	t.Helper()
	b, err := wire.Encode(e)
	ok(t, err)
	return b
}
