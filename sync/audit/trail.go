package audit

import (
	"slices"

	"daicho/app"
	"daicho/sync/wire"
)

// MaxTrail is how many checkpoints a device keeps.
const MaxTrail = 64

// Seen is a checkpoint that a device has accepted, with the note it was in.
type Seen struct {
	Checkpoint
	Note []byte
}

// Trail are checkpoints that a device has accepted, the oldest first: the first
// one, the last one, and the nearer to the last the more of them. So that of
// an order which a restored server had in part, the device knows a checkpoint
// near to the end of that part.
type Trail []Seen

// Last is the newest; false if there is none.
func (t Trail) Last() (Seen, bool) {
	if len(t) == 0 {
		return Seen{}, false
	}
	return t[len(t)-1], true
}

// Within is the largest checkpoint of an order up to a size; false if there is none.
func (t Trail) Within(epoch app.ID, size int64) (Seen, bool) {
	for _, s := range slices.Backward(t) {
		if s.Epoch == epoch && s.Size <= size {
			return s, true
		}
	}
	return Seen{}, false
}

// With is the trail with one more.
func (t Trail) With(s Seen) Trail {
	t = append(slices.Clone(t), s)
	if len(t) > MaxTrail {
		i := t.spare()
		t = slices.Delete(t, i, i+1)
	}
	return t
}

// spare finds the one that is missed the least: whose neighbours lie nearest to
// each other, seen from the end.
func (t Trail) spare() int {
	best, least, end := 1, 0.0, t[len(t)-1].Size
	for i := 1; i < len(t)-1; i++ {
		gap := float64(t[i+1].Size-t[i-1].Size) / float64(max(1, end-t[i-1].Size))
		if i == 1 || gap < least {
			best, least = i, gap
		}
	}
	return best
}

// Encode is the trail in deterministic CBOR: its notes.
func (t Trail) Encode() ([]byte, error) {
	notes := make([][]byte, len(t))
	for i, s := range t {
		notes[i] = s.Note
	}
	return wire.Encode(notes)
}

// DecodeTrail reads a trail that this device has kept: signatures were checked
// when they were heard, by keys that may have changed since.
func DecodeTrail(p []byte) (t Trail, err error) {
	var notes [][]byte
	if len(p) == 0 {
		return nil, nil
	}
	if err = wire.Decode(p, &notes); err != nil {
		return nil, err
	}
	for _, text := range notes {
		c, ok := read(text)
		if !ok {
			return nil, ErrNote
		}
		t = append(t, Seen{c, text})
	}
	return t, nil
}
