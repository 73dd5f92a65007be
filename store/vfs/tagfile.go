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
	blocks := (len(c.tags) + tagsPerBlock - 1) / tagsPerBlock
	b := make([]byte, tagHead+blocks*sealedBlock)
	copy(b, c.id[:])
	unit := b[identitySize:tagHead]
	random(unit[:8])
	generation := [8]byte(unit)
	binary.BigEndian.PutUint64(unit[8:], uint64(len(c.tags)))
	binary.BigEndian.PutUint64(unit[16:], c.written)
	copy(unit[24:], c.log.salts[:])
	binary.BigEndian.PutUint64(unit[32:], c.log.frame)
	unit[40] = c.log.stage
	if err := c.seal.seal(unit, unit[:tagHeadBody], c.bound(kindTags, [8]byte{}).place(0)); err != nil {
		return nil, err
	}
	aad := c.bound(kindTagBlock, generation)
	for i := range blocks {
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
	head := bytes.Clone(b[:tagHead])
	unit := b[identitySize:tagHead]
	if !c.seal.unseal(unit, c.bound(kindTags, [8]byte{}).place(0)) {
		return fmt.Errorf("%w damaged at its start", errTags)
	}
	generation, pages := [8]byte(unit), binary.BigEndian.Uint64(unit[8:])
	if pages > uint64(len(b)/tagSize) {
		return fmt.Errorf("%w cut short", errTags)
	}
	fresh := tagCodec{id: c.id, seal: c.seal, head: head, aad: *c.bound(kindTagRecord, generation)}
	fresh.written = binary.BigEndian.Uint64(unit[16:])
	fresh.log = logState{unit[40], [8]byte(unit[24:]), binary.BigEndian.Uint64(unit[32:])}
	blocks := (int64(pages) + tagsPerBlock - 1) / tagsPerBlock
	fresh.start = tagHead + blocks*sealedBlock
	if int64(len(b)) < fresh.start {
		return fmt.Errorf("%w cut short", errTags)
	}
	aad := c.bound(kindTagBlock, generation)
	fresh.tags = make([][tagSize]byte, 0, pages+pages/8+64)
	for i := range blocks {
		unit := b[tagHead+i*sealedBlock:][:sealedBlock]
		if !c.seal.unseal(unit, aad.place(i)) {
			return fmt.Errorf("%w damaged in block %d", errTags, i)
		}
		for n := 0; n < tagsPerBlock && len(fresh.tags) < int(pages); n++ {
			fresh.tags = append(fresh.tags, [tagSize]byte(unit[n*tagSize:]))
		}
	}
	if err := fresh.follow(b[fresh.start:]); err != nil {
		return err
	}
	*c = fresh
	return nil
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
