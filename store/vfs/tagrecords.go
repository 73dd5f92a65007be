package vfs

import (
	"fmt"
	"io"
)

// followIn takes in the records of the file f, of so many bytes, that stand behind
// those known.
func (c *tagCodec) followIn(f io.ReaderAt, size int64) error {
	b := make([]byte, max(0, size-c.end()))
	n, err := f.ReadAt(b, c.end())
	if err != nil && err != io.EOF {
		return err
	}
	return c.follow(b[:n])
}

// follow takes in the records that stand in b, which begins where the next one
// belongs. The first that is not authentic, or does not follow on the one before,
// ends them: a crash leaves such a record, and the next writer replaces it. But
// beyond it there is nothing then that was written after all of it was synced.
func (c *tagCodec) follow(b []byte) error {
	for ; len(b) >= recordSize; b = b[recordSize:] {
		before := [8]byte(b[recordBody:])
		r, authentic := c.unsealed(b[:recordSize], c.records)
		if !authentic || r.before != c.before {
			return c.ended(r, authentic, b[recordSize:])
		}
		if !c.fits(r) {
			return fmt.Errorf("%w damaged in record %d", errTags, c.records)
		}
		c.apply(r)
		c.before = before
		c.records++
	}
	return nil
}

func (c *tagCodec) unsealed(unit []byte, i int64) (record, bool) {
	if !c.seal.unseal(unit, c.aad.place(i)) {
		return record{}, false
	}
	return decodeRecord(unit), true
}

// ended makes sure that the records may end with r, after which b stands.
func (c *tagCodec) ended(r record, authentic bool, b []byte) error {
	for i := c.records + 1; ; i++ {
		if authentic && r.synced() {
			return fmt.Errorf("%w damaged in record %d", errTags, c.records)
		}
		if len(b) < recordSize {
			return nil
		}
		r, authentic = c.unsealed(b[:recordSize], i)
		b = b[recordSize:]
	}
}

// sealed gives the bytes of the next record.
func (c *tagCodec) sealed(r record, unit []byte) error {
	if !c.fits(r) {
		return fmt.Errorf("%w no longer that of the database", errTags)
	}
	r.before = c.before
	r.encode(unit)
	return c.seal.seal(unit, unit[:recordBody], c.aad.place(c.records))
}

// took notes that the record r stands in the file now, as unit.
func (c *tagCodec) took(r record, unit []byte) {
	c.before = [8]byte(unit[recordBody:])
	c.records++
	c.apply(r)
}
