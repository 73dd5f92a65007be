package vfs

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
)

// stateOf reads a table without opening the database.
func stateOf(f files) (*tagCodec, *tagState, error) {
	id := identity(f.db)
	k := key()
	under, err := derive(&k, id, "tags")
	if err != nil {
		return nil, nil, err
	}
	seal, err := newSealer(under, counting())
	if err != nil {
		return nil, nil, err
	}
	c := &tagCodec{id: id, seal: seal}
	err = c.decodeBytes(f.tags)
	return c, &c.tagState, err
}

func (c *tagCodec) decodeBytes(b []byte) error { return c.decode(bytes.NewReader(b), int64(len(b))) }

// list gives the tags of all pages; b is the file.
func (c *tagCodec) list(b []byte) (list [][tagSize]byte, err error) {
	for i := range c.blocks {
		block, err := c.block(bytes.NewReader(b), i)
		if err != nil {
			return nil, err
		}
		list = append(list, block[:]...)
	}
	return list[:c.pages], nil
}

// TestTableDamaged changes single bits of the table and cuts it: either that is
// noticed, or what is left says the same of the database.
func TestTableDamaged(t *testing.T) {
	path, _, now := sampleFiles(t)
	c, _, err := stateOf(now)
	must(t, err)
	good, err := c.list(now.tags)
	must(t, err)
	for range times("DAICHO_FLIPS", 100) {
		broken := now
		broken.tags = bytes.Clone(now.tags)
		broken.tags[rand.IntN(len(now.tags))] ^= 1 << rand.IntN(8)
		broken.put(t, path)
		bad, err := damageOf(path)
		if err != nil && !Damaged(err) {
			t.Error(err)
		}
		if err == nil && len(bad) == 0 {
			c, _, err := stateOf(broken)
			must(t, err)
			if got, err := c.list(broken.tags); err != nil || !slices.Equal(got, good) {
				t.Errorf("a changed table was taken, %v", err)
			}
		}
		broken.tags = now.tags[:rand.IntN(len(now.tags))]
		broken.put(t, path)
		if _, err := digestOf(path); err == nil && len(broken.tags) < len(now.tags)-recordSize {
			t.Errorf("a table cut at %d of %d was taken", len(broken.tags), len(now.tags))
		}
	}
}

// TestHoleIsFilled: a record that takes the place of a torn one does not bring back
// those that a lost power left behind it.
func TestHoleIsFilled(t *testing.T) {
	c := goldenTable(t)
	b, err := c.encode(nil, counting())
	must(t, err)
	must(t, c.decodeBytes(b))
	unit := make([]byte, recordSize)
	for n := range 5 {
		r := record{what: recordPage, page: uint32(n + 1), tag: [tagSize]byte{9}}
		must(t, c.sealed(r, unit))
		c.took(r, unit)
		b = append(b, unit...)
	}
	hole := b[len(b)-3*recordSize:][:recordSize]
	clear(hole)
	must(t, c.decodeBytes(b))
	if c.records != 2 {
		t.Fatalf("%d records before the hole", c.records)
	}
	must(t, c.sealed(record{what: recordPage, page: 7}, hole))
	must(t, c.decodeBytes(b))
	if c.records != 3 {
		t.Errorf("%d records, want 3", c.records)
	}
	clear(hole)
	c.records, c.log = 4, logState{stage: recordNoLog} // the last one is now about a log
	must(t, c.sealed(ofLog(recordBegin, [8]byte{1}), b[len(b)-recordSize:]))
	if err := c.decodeBytes(b); !errors.Is(err, ErrDamaged) {
		t.Errorf("a hole before a record that was written when all was synced: %v", err)
	}
}

// TestTableIsForEver holds the table's bytes fast, like the format's.
func TestTableIsForEver(t *testing.T) {
	c := goldenTable(t)
	b, err := c.encode(nil, counting())
	must(t, err)
	must(t, c.decodeBytes(b))
	for _, r := range goldenRecords() {
		unit := make([]byte, recordSize)
		must(t, c.sealed(r, unit))
		c.took(r, unit)
		b = append(b, unit...)
	}
	golden(t, filepath.Join("testdata", "format1.tags.hex"), b)
}

func goldenTable(t *testing.T) *tagCodec {
	t.Helper()
	k := key()
	id, err := newIdentity(&k, counting())
	must(t, err)
	under, err := derive(&k, id, "tags")
	must(t, err)
	seal, err := newSealer(under, counting())
	must(t, err)
	c := &tagCodec{id: id, seal: seal}
	c.log, c.written = logState{recordLog, [8]byte([]byte("saltSALT")), 3}, 258
	for n := range 257 {
		c.put(int64(n+1), [tagSize]byte{byte(n), byte(n >> 8), 'g'})
	}
	return c
}

func goldenRecords() []record {
	return []record{
		{what: recordPage, page: 258, frame: 4, tag: [tagSize]byte([]byte("0123456789abcdef"))},
		{what: recordCut, page: 200},
		{what: recordNoLog},
		ofLog(recordBegin, [8]byte([]byte("SALTsalt"))),
		ofLog(recordLog, [8]byte([]byte("SALTsalt"))),
	}
}

// TestTableByTheBook opens the golden table with nothing but the standard library
// and what DESIGN.md says.
func TestTableByTheBook(t *testing.T) {
	b := unhex(t, "testdata/format1.tags.hex")
	id := b[:16]
	generation := make([]byte, 8)
	aad := func(kind byte, place int) []byte {
		a := append([]byte{kind}, id...)
		return append(binary.BigEndian.AppendUint64(a, uint64(place)), generation...)
	}
	head := openByBook(t, "tags", id, b[16:104], aad('S', 0))
	generation = head[:8]
	want := slices.Concat(generation, binary.BigEndian.AppendUint64(nil, 257), binary.BigEndian.AppendUint64(nil, 258),
		[]byte("saltSALT"), binary.BigEndian.AppendUint64(nil, 3), []byte{'L', 0, 0, 0, 0, 0, 0, 0})
	if !bytes.Equal(head, want) {
		t.Errorf("header %x, want %x", head, want)
	}
	var tags []byte
	for i := range 2 {
		tags = append(tags, openByBook(t, "tags", id, b[104+i*4136:][:4136], aad('B', i))...)
	}
	if !bytes.Equal(tags[:3], []byte{0, 0, 'g'}) || !bytes.Equal(tags[256*16:][:3], []byte{0, 1, 'g'}) || !allZero(tags[257*16:]) {
		t.Errorf("tags %x … %x", tags[:16], tags[256*16:][:32])
	}
	before := make([]byte, 8)
	for i, r := range goldenRecords() {
		unit := b[104+2*4136+i*80:][:80]
		got := openByBook(t, "tags", id, unit, aad('R', i))
		want := slices.Concat([]byte{r.what, 0, 0, 0}, binary.BigEndian.AppendUint32(nil, r.page), binary.BigEndian.AppendUint64(nil, r.frame), r.tag[:], before)
		if !bytes.Equal(got, want) {
			t.Errorf("record %d: %x, want %x", i, got, want)
		}
		before = unit[40:48]
	}
}

// FuzzTable feeds the decoder contents that carry the right seal: what a program
// with the key, but not this one, might have written.
func FuzzTable(f *testing.F) {
	f.Add(make([]byte, tagHeadBody), make([]byte, blockSize), make([]byte, 2*recordBody))
	f.Add(append(make([]byte, 15), 2), make([]byte, blockSize), append([]byte{'P', 0, 0, 0, 0, 0, 0, 3}, make([]byte, 32)...))
	f.Add(append(make([]byte, 14), 1, 0), make([]byte, blockSize), append([]byte{'C', 0, 0, 0, 0, 0, 0, 9}, make([]byte, 32)...))
	f.Fuzz(func(t *testing.T, head, blocks, records []byte) {
		k := key()
		id := identity{1}
		seal, err := newSealer(k[:], counting())
		must(t, err)
		c := &tagCodec{id: id, seal: seal}
		file := bytes.Clone(id[:])
		put := func(body []byte, n int, aad []byte) {
			unit := make([]byte, n+overhead)
			copy(unit[:n], body)
			must(t, seal.seal(unit, unit[:n], aad))
			file = append(file, unit...)
		}
		put(head, tagHeadBody, c.bound(kindTags, [8]byte{}).place(0))
		var generation [8]byte
		copy(generation[:], head)
		for i := 0; len(blocks) > 0; i++ {
			put(blocks, blockSize, c.bound(kindTagBlock, generation).place(int64(i)))
			blocks = blocks[min(len(blocks), blockSize):]
		}
		for i := 0; len(records) > 0; i++ {
			put(records, recordBody, c.bound(kindTagRecord, generation).place(int64(i)))
			records = records[min(len(records), recordBody):]
		}
		if err := c.decodeBytes(file); err != nil {
			if !errors.Is(err, ErrDamaged) {
				t.Error(err)
			}
			return
		}
		if c.end() > int64(len(file)) {
			t.Errorf("%d bytes were read of %d", c.end(), len(file))
		}
		again := &tagCodec{id: id, seal: seal}
		b, err := c.encode(bytes.NewReader(file), counting())
		if errors.Is(err, ErrDamaged) {
			return
		}
		must(t, err)
		must(t, again.decodeBytes(b))
		want, err := c.list(file)
		must(t, err)
		if got, err := again.list(b); err != nil || !slices.Equal(got, want) || again.log != c.log || again.written != c.written {
			t.Errorf("made anew it says something else: %v", err)
		}
	})
}
