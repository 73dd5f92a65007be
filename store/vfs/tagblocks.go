package vfs

import (
	"bytes"
	"fmt"
	"io"
)

// tagBlock holds the tags of 256 pages.
type tagBlock [tagsPerBlock][tagSize]byte

// tagBlocks are the tags of all pages of a database. Most blocks of a large one
// stand in the file alone, from where a block is read when a page of it is asked
// for; what records say of such pages is kept until then.
type tagBlocks struct {
	pages  int64
	blocks []*tagBlock             // of pages 256·i+1 …; nil if it stands in the file alone
	later  map[int64][tagSize]byte // of pages in such blocks, newer than the file has them
}

// blockOf is the block of page n (from 1).
func blockOf(n int64) int { return int((n - 1) / tagsPerBlock) }

// is reports whether page n (from 1) has this tag, and whether that is known
// without a block that stands in the file alone.
func (t *tagBlocks) is(n int64, tag []byte) (yes, known bool) {
	if n > t.pages {
		return false, true
	}
	if b := t.blocks[blockOf(n)]; b != nil {
		return bytes.Equal(b[(n-1)%tagsPerBlock][:], tag), true
	}
	last, known := t.later[n]
	return known && bytes.Equal(last[:], tag), known
}

// put sets the tag of page n, which fits.
func (t *tagBlocks) put(n int64, tag [tagSize]byte) {
	for len(t.blocks) <= blockOf(n) {
		t.blocks = append(t.blocks, new(tagBlock))
	}
	t.pages = max(t.pages, n)
	if b := t.blocks[blockOf(n)]; b != nil {
		b[(n-1)%tagsPerBlock] = tag
		return
	}
	if t.later == nil {
		t.later = map[int64][tagSize]byte{}
	}
	t.later[n] = tag
}

// cut forgets all pages but the first ones. Those that come back do so one by one,
// by a record each, so that none ever has again what the file says of it.
func (t *tagBlocks) cut(pages int64) {
	for n := pages + 1; n <= t.pages; n++ {
		delete(t.later, n)
	}
	t.pages, t.blocks = pages, t.blocks[:blocksOf(pages)]
}

// block gives block i, from the file f if it stands there alone.
func (c *tagCodec) block(f io.ReaderAt, i int) (*tagBlock, error) {
	if b := c.blocks[i]; b != nil {
		return b, nil
	}
	unit := make([]byte, sealedBlock)
	if _, err := f.ReadAt(unit, tagHead+int64(i)*sealedBlock); err != nil && err != io.EOF {
		return nil, err
	}
	if !c.seal.unseal(unit, c.bound(kindTagBlock, c.generation).place(int64(i))) {
		return nil, fmt.Errorf("%w damaged in block %d", errTags, i)
	}
	b := new(tagBlock)
	for j := range b {
		b[j] = [tagSize]byte(unit[j*tagSize:])
		if tag, newer := c.later[int64(i)*tagsPerBlock+int64(j)+1]; newer {
			b[j] = tag
		}
	}
	return b, nil
}

// load reads block i from the file f, to be kept.
func (c *tagCodec) load(f io.ReaderAt, i int) error {
	b, err := c.block(f, i)
	if err != nil {
		return err
	}
	c.blocks[i] = b
	for j := range b {
		delete(c.later, int64(i)*tagsPerBlock+int64(j)+1)
	}
	return nil
}
