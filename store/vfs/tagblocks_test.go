package vfs

import (
	"bytes"
	"errors"
	"slices"
	"testing"
)

// wide makes a closed database of about so many pages, each with one row, in the
// order of their ids.
func wide(t *testing.T, pages int) (path string) {
	t.Helper()
	d := create(t)
	run(t, d.Write, "CREATE TABLE t(id INTEGER PRIMARY KEY, b BLOB)")
	run(t, d.Write, "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<?) INSERT INTO t SELECT i, randomblob(3900) FROM n", pages)
	must(t, d.Close())
	return d.Path()
}

// readRow reads one row of what wide made.
func readRow(d *Database, id int) error {
	var b []byte
	return d.Read.QueryRow("SELECT b FROM t WHERE id=?", id).Scan(&b)
}

func (t *tagBlocks) loaded() (n int) {
	for _, b := range t.blocks {
		if b != nil {
			n++
		}
	}
	return n
}

// TestFewBlocksAreLoaded: an opening and the read of one row need a few blocks of
// the table, however many pages there are.
func TestFewBlocksAreLoaded(t *testing.T) {
	for _, pages := range []int{2600, 5200} {
		d, err := Open(wide(t, pages), key())
		must(t, err)
		must(t, readRow(d, pages-10))
		if n, all := d.tags.loaded(), len(d.tags.blocks); n == 0 || n > 4 || all < 10 {
			t.Errorf("%d pages: %d of %d blocks are loaded", pages, n, all)
		}
		must(t, d.Close())
	}
}

// TestDamagedBlock: damage to one block of the table is met by who reads its pages,
// and by nobody else.
func TestDamagedBlock(t *testing.T) {
	path := wide(t, 2600)
	f := filesOf(t, path)
	const block = 7
	f.tags[tagHead+block*sealedBlock+99] ^= 1
	f.put(t, path)
	d, err := Open(path, key())
	must(t, err)
	if err := errors.Join(readRow(d, 1), readRow(d, 2600)); err != nil {
		t.Errorf("rows of other blocks: %v", err)
	}
	if err := readRow(d, block*tagsPerBlock+100); !Damaged(err) {
		t.Errorf("a row of the block: %v", err)
	}
	must(t, d.Close())
	bad, err := damageOf(path)
	if err != nil || len(bad) != tagsPerBlock || blockOf(bad[0]) != block || blockOf(bad[tagsPerBlock-1]) != block {
		t.Errorf("pages %v, %v", bad, err)
	}
	s, err := OpenSalvage(path, key())
	must(t, err)
	defer s.Close()
	if _, err := s.Page(bad[0]); err != nil || !Damaged(s.Tags()) {
		t.Errorf("salvage reads its pages all the same, but says so: %v, %v", err, s.Tags())
	}
	f.tags[tagHead+99] ^= 1
	f.put(t, path)
	if _, err := Open(path, key()); !Damaged(err) {
		t.Errorf("the first block: %v", err)
	}
	c, _, err := stateOf(f)
	must(t, err)
	f.tags = f.tags[:c.start-1]
	f.put(t, path)
	if _, err := Open(path, key()); !errors.Is(err, errTags) {
		t.Errorf("the last block is cut: %v", err)
	}
}

// TestBlocksOfFileMadeAnew has another process make the table anew while most of
// its blocks have not been read here.
func TestBlocksOfFileMadeAnew(t *testing.T) {
	d, err := Open(wide(t, 2600), key())
	must(t, err)
	defer d.Close()
	must(t, readRow(d, 1))
	if n := d.tags.loaded(); n > 4 || d.tags.blocks[len(d.tags.blocks)-1] != nil {
		t.Fatalf("%d blocks are loaded already", n)
	}
	head := d.tags.head
	must(t, child(t, "rewrite", d.Path(), "").Run())
	now := filesOf(t, d.Path())
	c, _, err := stateOf(now)
	must(t, err)
	if bytes.Equal(c.head, head) {
		t.Fatal("the table was not made anew")
	}
	list, err := c.list(now.tags)
	must(t, err)
	for n, tag := range slices.Backward(list) { // the last block is one of those not read
		if is, err := d.tags.has(int64(n+1), tag[:]); err != nil || !is {
			t.Fatalf("page %d: %v", n+1, err)
		}
	}
	bad, err := damageOf(d.Path())
	if err != nil || len(bad) > 0 {
		t.Errorf("pages %v, %v", bad, err)
	}
}

// rewriteAll changes every page of what wide made, in the file, too.
func rewriteAll(path string) error {
	d, err := Open(path, key())
	if err != nil {
		return err
	}
	_, err = d.Write.Exec("UPDATE t SET b=randomblob(3900)")
	if err == nil {
		err = checkIn(d.Write)
	}
	return errors.Join(err, d.Close())
}
