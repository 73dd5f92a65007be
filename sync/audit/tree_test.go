package audit_test

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"daicho/app"
	"daicho/sync/audit"
)

// golden holds what every program that ever checks an order must come to.
func golden(t *testing.T, name, now string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("DAICHO_GOLDEN") == "write" {
		ok(t, os.WriteFile(path, []byte(now), 0o644))
	}
	was, err := os.ReadFile(path)
	ok(t, err)
	if string(was) != now {
		t.Errorf("%s: now\n%s\nwas\n%s", name, now, was)
	}
}

func TestGoldenLeaf(t *testing.T) {
	l := line(300)
	l.Verdict = app.Contested
	text, err := l.Encode()
	ok(t, err)
	golden(t, "leaf.hex", hex.EncodeToString(text)+"\n"+audit.HashOf(text).String()+"\n")
	got, err := audit.DecodeLeaf(text)
	if err != nil || got != l {
		t.Errorf("read as %+v, %v", got, err)
	}
}

func TestGoldenCheckpoint(t *testing.T) {
	c := order(t, 11).at(t, 11)
	c.Ended = []audit.Ended{{Epoch: app.ID{2}, Size: 5}, {Epoch: app.ID{3}, Size: 8}}
	note := signed(t, c)
	golden(t, "checkpoint.txt", string(note))
	key, err := audit.Key(public())
	ok(t, err)
	golden(t, "key.txt", key+"\n")
}

// TestTreeIsThatOfTheLibrary grows the tree both ways.
func TestTreeIsThatOfTheLibrary(t *testing.T) {
	g := &ledger{}
	var flat []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) (out []tlog.Hash, err error) {
		for _, i := range indexes {
			out = append(out, flat[i])
		}
		return out, nil
	})
	for n := range int64(300) {
		root, err := tlog.TreeHash(n, reader)
		ok(t, err)
		loaded, err := audit.Load(n, g.stored)
		ok(t, err)
		if g.tree.Root() != root || loaded.Root() != root || loaded.Size() != n {
			t.Fatalf("size %d: %v and %v, want %v", n, g.tree.Root(), loaded.Root(), root)
		}
		g.add(t, line(n+1))
		more, err := tlog.StoredHashes(n, g.leaves[n], reader)
		ok(t, err)
		if got := g.rows[n]; string(got) != string(audit.Row(more)) {
			t.Fatalf("row %d: %x, want %x", n, got, audit.Row(more))
		}
		flat = append(flat, more...)
	}
}

// TestProofs proves everything there is of small orders, and nothing else.
func TestProofs(t *testing.T) {
	g := order(t, 40)
	forged := line(17)
	forged.Verdict = app.Rejected
	other := &ledger{}
	for i := int64(1); i <= 40; i++ {
		if i == 17 {
			other.add(t, forged)
			continue
		}
		other.add(t, line(i))
	}
	for size := int64(0); size <= 40; size++ {
		now, lie := g.at(t, size), other.at(t, size)
		for before := int64(0); before <= size; before++ {
			p, err := audit.ProveContinued(size, before, g.stored)
			ok(t, err)
			old := g.at(t, before)
			if err := now.Follows(&old, p); err != nil {
				t.Fatalf("%d after %d: %v", size, before, err)
			}
			if err := old.Follows(&now, p); before < size && err == nil {
				t.Fatalf("%d after %d is taken", before, size)
			}
			p, err = audit.ProveContinued(size, before, other.stored)
			ok(t, err)
			if err := lie.Follows(&old, p); (err == nil) != (before < 17) {
				t.Fatalf("another order's %d after %d: %v", size, before, err)
			}
		}
		for n := int64(1); n <= size; n++ {
			p, err := audit.ProveLeaf(size, n, g.stored)
			ok(t, err)
			ok(t, now.Holds(g.leaves[n-1], p))
			if now.Holds(g.leaves[n%size], p) == nil && size > 1 {
				t.Fatalf("line %d proves another", n)
			}
			if size >= 17 && lie.Holds(g.leaves[n-1], p) == nil {
				t.Fatalf("line %d stands under another root", n)
			}
		}
	}
}

// TestNoProofButTheRightOne alters good proofs.
func TestNoProofButTheRightOne(t *testing.T) {
	g := order(t, 200)
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Int64Range(2, 200).Draw(t, "size")
		before := rapid.Int64Range(1, size-1).Draw(t, "before")
		tree, err := audit.Load(before, g.stored)
		if err != nil {
			t.Fatal(err)
		}
		old := audit.Checkpoint{Size: before, Root: tree.Root(), Epoch: epoch}
		tree, _ = audit.Load(size, g.stored)
		now := audit.Checkpoint{Size: size, Root: tree.Root(), Epoch: epoch}
		p, err := audit.ProveContinued(size, before, g.stored)
		if err != nil || now.Follows(&old, p) != nil {
			t.Fatal(err)
		}
		i := rapid.IntRange(0, len(p)-1).Draw(t, "hash")
		switch rapid.SampledFrom([]string{"flip", "cut", "more", "none"}).Draw(t, "how") {
		case "flip":
			p[i][rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1
		case "cut":
			p = append(p[:i:i], p[i+1:]...)
		case "more":
			p = append(p, p[i])
		case "none":
			p = nil
		}
		if now.Follows(&old, p) == nil {
			t.Fatal("an altered proof is taken")
		}
	})
}

// TestAfterARestore is what an order says that goes on from the first lines of
// another.
func TestAfterARestore(t *testing.T) {
	g := order(t, 20)
	now := g.at(t, 20)
	ended, lost := app.ID{5}, app.ID{6}
	now.Ended = []audit.Ended{{Epoch: ended, Size: 12}}
	for _, c := range []struct {
		name  string
		epoch app.ID
		size  int64
		good  bool
	}{{"within what is left", ended, 9, true}, {"its end", ended, 12, true}, {"beyond", ended, 13, false}, {"an order that nobody knows", lost, 9, false}, {"nothing of it", lost, 0, false}} {
		before := g.at(t, c.size)
		before.Epoch = c.epoch
		p, err := audit.ProveContinued(20, c.size, g.stored)
		ok(t, err)
		if err := now.Follows(&before, p); (err == nil) != c.good {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestHostileProofs(t *testing.T) {
	for name, text := range map[string]string{"nothing": "", "no list": "01", "short hash": "8141aa", "cut": "825820", "endless": "9f"} {
		b, err := hex.DecodeString(text)
		ok(t, err)
		if _, err := audit.DecodeProof(b); !app.IsCode(err, app.Damaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	long, err := make(audit.Proof, 129).Encode()
	ok(t, err)
	if _, err := audit.DecodeProof(long); !app.IsCode(err, app.Damaged) {
		t.Error("a proof longer than any is read", err)
	}
}

func TestHostileCheckpoints(t *testing.T) {
	good := string(signed(t, order(t, 3).at(t, 3)))
	for name, text := range map[string]string{
		"nothing": "", "no signature": good[:strings.Index(good, "\n\n")+2], "signed twice": good + good[strings.Index(good, "— "):],
		"another's signature beside it": good + "— strange AAAAAAAA\n", "more text": "x\n" + good, "long": good + strings.Repeat("x", audit.MaxNote),
	} {
		if _, err := audit.Open([]byte(text), public()); !app.IsCode(err, app.Damaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, c := range map[string]audit.Checkpoint{"less than nothing": {Size: -1}, "more than there can be": {Size: 1 << 60}, "a negative end": {Ended: []audit.Ended{{Size: -1}}}} {
		if _, err := audit.Open(signed(t, c), public()); !app.IsCode(err, app.Damaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestEveryBitOfANoteCounts flips each.
func TestEveryBitOfANoteCounts(t *testing.T) {
	c := order(t, 3).at(t, 3)
	c.Ended = []audit.Ended{{Epoch: app.ID{2}, Size: 2}}
	note := signed(t, c)
	for i := range note {
		for bit := range 8 {
			note[i] ^= 1 << bit
			if got, err := audit.Open(note, public()); err == nil {
				t.Fatalf("byte %d, bit %d: read as %+v", i, bit, got)
			}
			note[i] ^= 1 << bit
		}
	}
	if _, err := audit.Open(note, public()); err != nil {
		t.Fatal(err)
	}
}

func TestKeys(t *testing.T) {
	key, err := audit.Key(public())
	ok(t, err)
	got, err := audit.ParseKey(" " + key + "\n")
	if err != nil || !got.Equal(public()) {
		t.Fatal(got, err)
	}
	for _, text := range []string{"", "x", key + "x", key[1:], strings.Replace(key, "daicho", "other", 1), key[:len(key)-4] + "AAA="} {
		if _, err := audit.ParseKey(text); !app.IsCode(err, app.Invalid) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := audit.Open(nil, nil); !app.IsCode(err, app.Invalid) {
		t.Error(err)
	}
}

// TestNotesOfAFile takes apart what was put together.
func TestNotesOfAFile(t *testing.T) {
	g := order(t, 9)
	var all []byte
	for size := int64(1); size <= 9; size++ {
		if n := len(audit.Notes(all)); n != int(size)-1 {
			t.Fatalf("%d notes, want %d", n, size-1)
		}
		all = append(all, signed(t, g.at(t, size))...)
	}
	for i, note := range audit.Notes(all) {
		c, err := audit.Open(note, public())
		if err != nil || c.Size != int64(i)+1 {
			t.Errorf("%d: %+v, %v", i, c, err)
		}
	}
	if n := len(audit.Notes([]byte("no note"))); n != 1 {
		t.Error(n)
	}
}
