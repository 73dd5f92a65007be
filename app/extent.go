package app

import "slices"

// Covers says whether everything of an extent may be read.
func (r Clearance) Covers(e Extent) bool {
	return slices.ContainsFunc(r, func(h Extent) bool {
		return (h.Kind == Any || h.Kind == e.Kind) && (h.Zone == Any || h.Zone == e.Zone) && (h.All || !e.All && h.Org == e.Org)
	})
}

// Beyond is what of r another clearance does not cover. It may hold more than
// the difference, never less.
func (r Clearance) Beyond(other Clearance) Clearance {
	return slices.DeleteFunc(slices.Clone(r), other.Covers)
}

// Common is what is covered by both. It may hold less than what both may read,
// never more.
func (r Clearance) Common(other Clearance) Clearance {
	return NewClearance(append(slices.DeleteFunc(slices.Clone(r), func(e Extent) bool { return !other.Covers(e) }),
		slices.DeleteFunc(slices.Clone(other), func(e Extent) bool { return !r.Covers(e) })...)...)
}
