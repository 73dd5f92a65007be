package vfs

import (
	"bytes"
	"encoding/binary"
	"fmt"
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
	head    []byte  // how the file begins: each file made anew has another one
	aad     binding // of a record
	start   int64   // where the first record stands
	records int64   // how many there are
	before  [8]byte // start of the last one's tag
}

// end is where the next record belongs.
func (c *tagCodec) end() int64 { return c.start + c.records*recordSize }

// encode gives a whole new file for the state, without records.
func (c *tagCodec) encode(random func([]byte)) ([]byte, error) {
	b := make([]byte, tagHead+blocksOf(len(c.tags))*sealedBlock)
	copy(b, c.id[:])
	head := b[identitySize:tagHead]
	random(head[:8])
	aad := c.bound(kindTagBlock, [8]byte(head))
	c.encodeHead(head[8:])
	if err := c.seal.seal(head, head[:tagHeadBody], c.bound(kindTags, [8]byte{}).place(0)); err != nil {
		return nil, err
	}
	for i := range blocksOf(len(c.tags)) {
		unit := b[tagHead+i*sealedBlock:][:sealedBlock]
		for j, tag := range c.tags[i*tagsPerBlock : min(len(c.tags), (i+1)*tagsPerBlock)] {
			copy(unit[j*tagSize:], tag[:])
		}
		if err := c.seal.seal(unit, unit[:blockSize], aad.place(int64(i))); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func blocksOf(pages int) int { return (pages + tagsPerBlock - 1) / tagsPerBlock }

// encodeHead writes the header after its generation.
func (c *tagCodec) encodeHead(b []byte) {
	binary.BigEndian.PutUint64(b, uint64(len(c.tags)))
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

// decode reads a file's bytes, which it changes, from the start.
func (c *tagCodec) decode(b []byte) error {
	if len(b) < tagHead || identity(b) != c.id {
		return fmt.Errorf("%w damaged at its start", errTags)
	}
	fresh := tagCodec{id: c.id, seal: c.seal, head: bytes.Clone(b[:tagHead])}
	head := b[identitySize:tagHead]
	if !c.seal.unseal(head, c.bound(kindTags, [8]byte{}).place(0)) {
		return fmt.Errorf("%w damaged at its start", errTags)
	}
	if err := fresh.decodeBlocks(b[tagHead:], fresh.decodeHead(head[8:]), [8]byte(head)); err != nil {
		return err
	}
	fresh.aad = *c.bound(kindTagRecord, [8]byte(head))
	if err := fresh.follow(b[fresh.start:]); err != nil {
		return err
	}
	*c = fresh
	return nil
}

// decodeHead reads the header after its generation, and gives the number of pages.
func (c *tagCodec) decodeHead(b []byte) uint64 {
	c.written = binary.BigEndian.Uint64(b[8:])
	c.log = logState{b[32], [8]byte(b[16:]), binary.BigEndian.Uint64(b[24:])}
	return binary.BigEndian.Uint64(b)
}

func (c *tagCodec) decodeBlocks(b []byte, pages uint64, generation [8]byte) error {
	if pages > uint64(len(b)/tagSize) || blocksOf(int(pages))*sealedBlock > len(b) {
		return fmt.Errorf("%w cut short", errTags)
	}
	aad := c.bound(kindTagBlock, generation)
	c.tags = make([][tagSize]byte, 0, pages+pages/8+64)
	for i := range blocksOf(int(pages)) {
		unit := b[i*sealedBlock:][:sealedBlock]
		if !c.seal.unseal(unit, aad.place(int64(i))) {
			return fmt.Errorf("%w damaged in block %d", errTags, i)
		}
		for n := 0; n < tagsPerBlock && len(c.tags) < int(pages); n++ {
			c.tags = append(c.tags, [tagSize]byte(unit[n*tagSize:]))
		}
	}
	c.start = tagHead + int64(blocksOf(int(pages)))*sealedBlock
	return nil
}
