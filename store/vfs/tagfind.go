package vfs

import (
	"errors"
	"fmt"
	"math/bits"
	"os"
)

// tagsOf gives the table of the database at path called id, the same one for
// every connection of the VFS.
func (v *VFS) tagsOf(path string, id identity) (*tags, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	path = tagsPath(path, id)
	if t := v.known[path]; t != nil {
		return t, nil
	}
	seal, err := v.tagSealer(id)
	if err != nil {
		return nil, err
	}
	t, err := loadTags(path, id, seal, v.random)
	if v.why = err; err != nil {
		return nil, err
	}
	v.known[path] = t
	return t, nil
}

// onlyTags is the table of the only database that was opened so far.
func (v *VFS) onlyTags() *tags {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, t := range v.known {
		return t
	}
	return nil
}

func (v *VFS) tagSealer(id identity) (*sealer, error) {
	key, err := derive(&v.key, id, "tags")
	if err != nil {
		return nil, err
	}
	return newSealer(key, v.random)
}

func (v *VFS) complain(why error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.why = why
}

// complaint is what was wrong with the last table looked for, which SQLite's
// codes cannot tell; nil if nothing was.
func (v *VFS) complaint() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.why
}

// findTags finds the table of a database that has been identified, or not, as rc
// says.
func (p *pageFile) findTags(rc int32, path string) int32 {
	v := p.file.vfs
	if rc == foreign {
		if err := v.mended(identity(p.unit), path); err != nil {
			v.complain(err)
			return cut
		}
	}
	if rc != ok {
		return rc
	}
	var err error
	p.tags, err = v.tagsOf(path, p.keys.id)
	if errors.Is(err, ErrDamaged) {
		return cut
	}
	return answer(err, refused)
}

// slips is how many bits of an identity may differ for it to be the same, damaged.
// Of two drawn at random 64 do.
const slips = 16

// mended looks beside the database for a table under this key whose identity, but
// for a few bits, is id, and says what id should be. If there is none, the key is
// wrong.
func (v *VFS) mended(id identity, path string) error {
	list, _ := tables(path) // a folder that cannot be read has none for us
	for _, name := range list {
		b, err := os.ReadFile(name)
		if err != nil || len(b) < identitySize {
			continue
		}
		if own := identity(b); own.madeBy(&v.key) && own.differs(id) <= slips {
			return fmt.Errorf("%w: its first 16 bytes should be %x", ErrDamaged, own)
		}
	}
	return nil
}

func (id identity) differs(from identity) (n int) {
	for i := range id {
		n += bits.OnesCount8(id[i] ^ from[i])
	}
	return n
}
