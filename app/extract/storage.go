package extract

import (
	"slices"
	"strings"
)

// storage is a folder of a compound file.
type storage struct {
	*compound
	entries []stream
}

// open lists what is in a storage. Its entries are a tree; one that leads back
// to itself ends.
func (c *compound) open(s stream) storage {
	found := storage{compound: c}
	met := map[uint32]bool{}
	wanted := []uint32{s.child}
	for len(wanted) > 0 {
		n := wanted[len(wanted)-1]
		wanted = wanted[:len(wanted)-1]
		if int64(n) >= int64(len(c.dir)) || n == 0 || met[n] {
			continue
		}
		met[n] = true
		e := c.dir[n]
		found.entries = append(found.entries, e)
		wanted = append(wanted, e.left, e.right)
	}
	slices.SortStableFunc(found.entries, func(a, b stream) int { return strings.Compare(a.name, b.name) })
	return found
}

// find returns a stream by its name, case aside.
func (d storage) find(name string) (stream, bool) {
	for _, s := range d.entries {
		if s.kind == typeStream && strings.EqualFold(s.name, name) {
			return s, true
		}
	}
	return stream{}, false
}

// storages are the storages whose name begins so.
func (d storage) storages(prefix string) []stream {
	var found []stream
	for _, s := range d.entries {
		if s.kind == typeStorage && strings.HasPrefix(s.name, prefix) {
			found = append(found, s)
		}
	}
	return found
}
