package vfs

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
)

// The file of a table of tags: the identity in clear, a sealed header, blocks of
// tags, and records in the order in which they were written. DESIGN.md explains it.
const (
	tagHeadBody  = 48
	tagHead      = identitySize + tagHeadBody + overhead
	tagsPerBlock = blockSize / tagSize
	recordSize   = recordBody + overhead
)

var (
	// ErrNoTags says that the table of tags is missing that belongs beside a
	// database. It wraps ErrDamaged. A database of the form before such tables is
	// opened by [Adopt].
	ErrNoTags = fmt.Errorf("%w: its table of page tags is missing", ErrDamaged)
	errTags   = fmt.Errorf("%w: its table of page tags is", ErrDamaged)
)

// tagCodec turns a table of tags into the bytes of a file and back. It is the
// part of [tags] that opens no file.
type tagCodec struct {
	id   identity
	seal *sealer

	tagState
	head       []byte // how the file begins: each file made anew has another one
	generation [8]byte
	aad        binding // of a record
	start      int64   // where the first record stands
	records    int64   // how many there are
	before     [8]byte // start of the last one's tag
}

// end is where the next record belongs.
func (c *tagCodec) end() int64 { return c.start + c.records*recordSize }

// encode gives a whole new file for the state, without records. Blocks that stand
// in the file alone are read from f.
func (c *tagCodec) encode(f io.ReaderAt, random func([]byte)) ([]byte, error) {
	b := make([]byte, tagHead+len(c.blocks)*sealedBlock)
	copy(b, c.id[:])
	head := b[identitySize:tagHead]
	random(head[:8])
	aad := c.bound(kindTagBlock, [8]byte(head))
	c.encodeHead(head[8:])
	if err := c.seal.seal(head, head[:tagHeadBody], c.bound(kindTags, [8]byte{}).place(0)); err != nil {
		return nil, err
	}
	for i := range c.blocks {
		unit := b[tagHead+i*sealedBlock:][:sealedBlock]
		if err := c.copyBlock(unit, f, i); err != nil {
			return nil, err
		}
		if err := c.seal.seal(unit, unit[:blockSize], aad.place(int64(i))); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func blocksOf(pages int64) int64 { return (pages + tagsPerBlock - 1) / tagsPerBlock }

// copyBlock writes the tags of block i, up to the last page.
func (c *tagCodec) copyBlock(unit []byte, f io.ReaderAt, i int) error {
	block, err := c.block(f, i)
	if err != nil {
		return err
	}
	for j := range min(tagsPerBlock, c.pages-int64(i)*tagsPerBlock) {
		copy(unit[j*tagSize:], block[j][:])
	}
	return nil
}

// encodeHead writes the header after its generation.
func (c *tagCodec) encodeHead(b []byte) {
	binary.BigEndian.PutUint64(b, uint64(c.pages))
	binary.BigEndian.PutUint64(b[8:], c.written)
	copy(b[16:], c.log.salts[:])
	binary.BigEndian.PutUint64(b[24:], c.log.frame)
	b[32] = c.log.stage
}

func (c *tagCodec) bound(k kind, generation [8]byte) *binding {
	var b binding
	b.file(k, c.id)
	b.generation(generation)
	return &b
}

// isOf reports whether f is the file that was decoded, perhaps with more records.
func (c *tagCodec) isOf(f io.ReaderAt) (bool, error) {
	head, err := headOf(f)
	return err == nil && bytes.Equal(head, c.head), err
}

// headOf reads how a file begins; what is missing is zero.
func headOf(f io.ReaderAt) ([]byte, error) {
	head := make([]byte, tagHead)
	if _, err := f.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, err
	}
	return head, nil
}

// decode reads the header and the records of a file of so many bytes. Its blocks
// are left where they are, however many there are, but must be there.
func (c *tagCodec) decode(f io.ReaderAt, size int64) error {
	head, err := headOf(f)
	if err != nil {
		return err
	}
	fresh := tagCodec{id: c.id, seal: c.seal, head: bytes.Clone(head)}
	sealed := head[identitySize:]
	if identity(head) != c.id || !c.seal.unseal(sealed, c.bound(kindTags, [8]byte{}).place(0)) {
		return fmt.Errorf("%w damaged at its start", errTags)
	}
	fresh.decodeHead(sealed)
	if fresh.pages < 0 || fresh.pages > size || fresh.start > size {
		return fmt.Errorf("%w cut short", errTags)
	}
	fresh.blocks = make([]*tagBlock, blocksOf(fresh.pages))
	if err := fresh.followIn(f, size); err != nil {
		return err
	}
	*c = fresh
	return nil
}

// decodeHead reads the header.
func (c *tagCodec) decodeHead(b []byte) {
	c.generation = [8]byte(b)
	c.aad = *c.bound(kindTagRecord, c.generation)
	c.pages = int64(binary.BigEndian.Uint64(b[8:]))
	c.start = tagHead + blocksOf(c.pages)*sealedBlock
	c.written = binary.BigEndian.Uint64(b[16:])
	c.log = logState{b[40], [8]byte(b[24:]), binary.BigEndian.Uint64(b[32:])}
}
