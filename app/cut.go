package app

import (
	"bytes"
	"slices"
)

// What follows changes which effects an encoded outcome holds. Nothing sealed is
// opened: a value is sealed to its record and its place in the order, whatever
// stands beside it.

// CutOutcome takes effects out of an encoded outcome, and says how many are left.
// Where the record that it is about goes, the first one left stands in its place,
// without the command.
func CutOutcome(p []byte, keep func(Ref) bool) (cut []byte, left int, err error) {
	w, err := decodeOutcome(p)
	if err != nil {
		return nil, 0, err
	}
	w.Effects = slices.DeleteFunc(w.Effects, func(e wireEffect) bool { return !keep(Ref{Kind(e.Kind), e.ID}) })
	if len(w.Effects) > 0 && !keep(Ref{Kind(w.Kind), w.ID}) {
		w.Kind, w.ID, w.Command = w.Effects[0].Kind, w.Effects[0].ID, ""
	}
	cut, err = enc.Marshal(w)
	return cut, len(w.Effects), err
}

// JoinOutcomes puts together what two readings of one outcome hold, each without
// what could not be read then. Where both tell of a record, the second one counts.
func JoinOutcomes(one, two []byte) ([]byte, error) {
	if bytes.Equal(one, two) {
		return one, nil
	}
	a, err := decodeOutcome(one)
	if err != nil {
		return nil, err
	}
	b, err := decodeOutcome(two)
	if err != nil {
		return nil, err
	}
	if a.GSN != b.GSN || a.Device != b.Device || a.Seq != b.Seq {
		return nil, errDamaged
	}
	if b.Command == "" && a.Command != "" { // else another stands in the place of the record that it was about
		b.Kind, b.ID, b.Command = a.Kind, a.ID, a.Command
	}
	for _, e := range a.Effects {
		if !slices.ContainsFunc(b.Effects, func(o wireEffect) bool { return o.Kind == e.Kind && o.ID == e.ID }) {
			b.Effects = append(b.Effects, e)
		}
	}
	return enc.Marshal(b)
}
