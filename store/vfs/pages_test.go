package vfs

import (
	"bytes"
	"context"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"testing"
)

// sampleFiles are those of a closed database, and of the same one later, when much
// of it was changed.
func sampleFiles(t *testing.T) (path string, old, now files) {
	t.Helper()
	path, _, _ = sample(t)
	old = filesOf(t, path)
	d, err := Open(path, key())
	must(t, err)
	run(t, d.Write, "UPDATE t SET s='new'||id, b=randomblob(length(b)); DELETE FROM t WHERE id>150")
	must(t, d.Close())
	return path, old, filesOf(t, path)
}

// TestPagesDamaged swaps, zeroes, cuts and replays pages at random: everything is
// read after each, and not one is read as if nothing had been done.
func TestPagesDamaged(t *testing.T) {
	path, old, now := sampleFiles(t)
	pages := len(now.db) / pageSize
	at := func(f files, n int) []byte { return f.db[n*pageSize : (n+1)*pageSize] }
	for range times("DAICHO_FLIPS", 100) / 10 {
		n, other, end := rand.IntN(pages), rand.IntN(pages), rand.IntN(len(now.db))
		for name, spoil := range map[string]func() []byte{
			"swapped": func() []byte {
				b := bytes.Clone(now.db)
				copy(b[n*pageSize:], at(now, other))
				copy(b[other*pageSize:], at(now, n))
				return b
			},
			"zeroed":   func() []byte { b := bytes.Clone(now.db); clear(b[n*pageSize : (n+1)*pageSize]); return b },
			"cut":      func() []byte { return now.db[:end] },
			"replayed": func() []byte { b := bytes.Clone(now.db); copy(b[n*pageSize:], at(old, n)); return b },
		} {
			broken := now
			if broken.db = spoil(); bytes.Equal(broken.db, now.db) {
				continue
			}
			broken.put(t, path)
			if bad, err := damageOf(path); err == nil && len(bad) == 0 {
				t.Errorf("%s: pages %d, %d, byte %d: nothing noticed", name, n+1, other+1, end)
			}
		}
	}
}

// damageOf opens the database and reads all pages; the error is what ended it.
func damageOf(path string) (bad []int64, err error) {
	d, err := Open(path, key())
	if err != nil {
		return nil, err
	}
	defer d.Close()
	err = d.Pages(context.Background(), func(n int64, err error) error {
		if err != nil {
			bad = append(bad, n)
		}
		return nil
	})
	return bad, err
}

// TestPages finds a damaged page that SQLite does not read, and takes none for
// damaged whose newest version is in the log.
func TestPages(t *testing.T) {
	d := create(t)
	fillRows(t, d.Write, 100)
	run(t, d.Write, "DELETE FROM t WHERE id>50")
	must(t, d.Close())
	f := filesOf(t, d.Path())
	path := d.Path()
	broken := f
	broken.db = bytes.Clone(f.db)
	free := len(f.db)/pageSize - 1 // the last page is free, for the last rows are gone
	broken.db[free*pageSize+77] ^= 1
	broken.put(t, path)
	if _, err := digestOf(path); err != nil {
		t.Fatalf("SQLite has read the free page: %v", err)
	}
	if bad, err := damageOf(path); err != nil || !slices.Equal(bad, []int64{int64(free) + 1}) {
		t.Errorf("bad pages %v, %v; want %d", bad, err, free+1)
	}
	_, h := hot(t)
	page := binary.BigEndian.Uint32(frameOf(t, h, 0))
	h.db = bytes.Clone(h.db)
	clear(h.db[int(page-1)*pageSize+20:][:99])
	if bad, err := damageOf(h.moved(t)); err != nil || len(bad) > 0 {
		t.Errorf("bad pages %v, %v; all are in the log", bad, err)
	}
}

// frameOf opens a frame of a log.
func frameOf(t *testing.T, f files, i int64) []byte {
	t.Helper()
	v := keyed(t, key())
	keys, err := v.keysOf(identity(f.db))
	must(t, err)
	var head, aad binding
	head.file(kindHeader, keys.id)
	h := bytes.Clone(f.log[:logHeader+overhead])
	if !keys.log.unseal(h, head.place(0)) {
		t.Fatal("the header does not open")
	}
	aad.file(kindFrame, keys.id)
	aad.generation([8]byte(h[16:]))
	b := bytes.Clone(f.log[place(i):place(i+1)])
	if !keys.log.unseal(b, aad.place(i+1)) {
		t.Fatal("the frame does not open")
	}
	return b
}

// TestGapsAreTagged writes far after the end of a file that is longer than its
// table knows, as after a loss of power.
func TestGapsAreTagged(t *testing.T) {
	path, _, _ := sample(t)
	f := longer(filesOf(t, path))
	f.put(t, path)
	v := keyed(t, key())
	db := bare(t, v, path)
	p := fileAt(db.p).content.(*pageFile)
	if rc := p.findTags(ok, path); rc != ok {
		t.Fatal(rc)
	}
	end := int64(len(f.db)) / pageSize
	if rc := db.write(page(5), (end+4)*pageSize); rc != ok {
		t.Fatal(rc)
	}
	for n := range end + 5 {
		if _, rc := db.read(pageSize, n*pageSize); rc != ok {
			t.Errorf("page %d: %d", n+1, rc)
		}
	}
	if rc := xTruncate(db.tls, db.p, pageSize); rc != ok {
		t.Fatal(rc)
	}
	if rc := db.write(page(6), 9*pageSize); rc != ok {
		t.Fatal(rc)
	}
	if got, rc := db.read(pageSize, 5*pageSize); rc != ok || !allZero(got) {
		t.Errorf("page 6 after cutting and growing: %d", rc)
	}
}
