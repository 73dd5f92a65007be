package app

import (
	"cmp"
	"crypto/sha256"
	"maps"
	"slices"
)

// Zone is a network of the municipality's three-layer separation (三層の対策,
// 総務省 地方公共団体における情報セキュリティポリシーに関するガイドライン). Empty: bound to none.
type Zone string

// The zones.
const (
	ZoneNumber   Zone = "number"   // マイナンバー利用事務系
	ZoneLGWAN    Zone = "lgwan"    // LGWAN接続系
	ZoneInternet Zone = "internet" // インターネット接続系
)

// Zones are the zones with their names.
var Zones = []Option[Zone]{
	Is(ZoneNumber, "マイナンバー利用事務系", "My Number"),
	Is(ZoneLGWAN, "LGWAN接続系", "LGWAN"),
	Is(ZoneInternet, "インターネット接続系", "Internet"),
}

// Scope is a set of records that are read by the same people.
type Scope struct {
	Kind Kind // whose rights govern: the record's own, or that of the record it belongs to
	Zone Zone
	Org  ID // the organisation that alone reads it; zero: none in particular
}

// AuditKind stands for the server's audit log among the rights: who may read it
// may have it exported. There are no records of this kind.
const AuditKind Kind = "audit"

// Any stands for all of them in the place of a kind or a zone of a [Clearance].
const Any = "*"

// Extent is a part of what somebody may read.
type Extent struct {
	Kind Kind // Any: every kind
	Zone Zone // Any: every zone; empty: what is bound to none
	Org  ID   // zero: what belongs to no organisation in particular
	All  bool // of every organisation
}

// Clearance is all that somebody may read: what a server may send him. Its
// extents stand in order, nothing twice.
type Clearance []Extent

// ReadsAll is the clearance of one who may read everything.
var ReadsAll = Clearance{{Kind: Any, Zone: Any, All: true}}

// ReadsNothing is the clearance of one who may read nothing: an extent of no
// kind, so that it is told apart from no clearance at all.
var ReadsNothing = Clearance{{}}

// NewClearance puts extents into their order.
func NewClearance(extents ...Extent) Clearance {
	slices.SortFunc(extents, func(a, b Extent) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Zone, b.Zone), slices.Compare(a.Org[:], b.Org[:]), cmp.Compare(bit(a.All), bit(b.All)))
	})
	return slices.Compact(extents)
}

func bit(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// Reads says whether a record of a scope may be read.
func (r Clearance) Reads(s Scope) bool {
	return slices.ContainsFunc(r, func(h Extent) bool {
		return (h.Kind == Any || h.Kind == s.Kind) && (h.Zone == Any || h.Zone == s.Zone) && (h.All || h.Org == s.Org)
	})
}

// Hash is the same for equal clearances, and never zero.
func (r Clearance) Hash() [32]byte {
	h := sha256.New()
	h.Write([]byte("daicho-clearance-1"))
	for _, s := range r {
		for _, part := range []string{string(s.Kind), string(s.Zone), string(s.Org[:])} {
			h.Write([]byte{byte(len(part))})
			h.Write([]byte(part))
		}
		h.Write([]byte{bit(s.All)})
	}
	return [32]byte(h.Sum(nil))
}

// Access says who may do what. It is pure: what it knows of people it reads
// from records of the order, so that a change is judged by the rights there
// were at its place in the order.
type Access interface {
	// Clearance is what a person may read at a moment.
	Clearance(v View, person ID, at Stamp) (Clearance, error)
	// May refuses a change that its author has no right to: to a record as it
	// was and as the change leaves it.
	May(v View, c *Change, at Stamp, was, is Scope) error
}

// ClearanceOf is what a person may read at a moment; everything, where the book
// has no [Access].
func (b Book) ClearanceOf(v View, person ID, at Stamp) (Clearance, error) {
	if b.Access == nil {
		return ReadsAll, nil
	}
	return b.Access.Clearance(v, person, at)
}

// maxWithin is how deep records stand in one another.
const maxWithin = 4

// ScopeOf is the scope of a record: its own, or that of the record it stands
// within.
func (b Book) ScopeOf(v View, ref Ref, doc Doc) (Scope, error) {
	for range maxWithin {
		g := b.Registers[ref.Kind]
		if g == nil {
			break // of a later version
		}
		r := g.New()
		if err := g.Load(r, ref, 0, doc); err != nil {
			return Scope{}, err
		}
		within, s := g.scope(r)
		if within.IsZero() {
			return s, nil
		}
		var err error
		if doc, _, err = v.Row(within); err != nil {
			return Scope{}, err
		}
		ref = within
	}
	return Scope{Kind: ref.Kind}, nil
}

// Around are a record and those that it stands within, the nearest first.
func (a *Act) Around(ref Ref) (refs []Ref, err error) {
	for range maxWithin {
		refs = append(refs, ref)
		g := a.book.Registers[ref.Kind]
		if g == nil {
			return refs, nil // of a later version
		}
		doc, _, err := a.row(ref)
		if err != nil {
			return nil, err
		}
		r := g.New()
		if err = g.Load(r, ref, 0, doc); err != nil {
			return nil, err
		}
		if ref, _ = g.scope(r); ref.IsZero() {
			return refs, nil
		}
	}
	return refs, nil
}

// Inside are the records that stand directly within another, in the order of
// kind and id: their scopes follow its scope.
func (b Book) Inside(v View, ref Ref) ([]Ref, error) {
	return b.pointing(v, ref, AnyRegister.nests, func(g AnyRegister, r Record) Ref {
		within, _ := g.scope(r)
		return within
	})
}

// pointing are the records of some registers that point to one, in the order of
// kind and id. Among those that link to it, at says which do.
func (b Book) pointing(v View, ref Ref, some func(AnyRegister) bool, at func(AnyRegister, Record) Ref) (refs []Ref, err error) {
	for _, kind := range slices.Sorted(maps.Keys(b.Registers)) {
		g := b.Registers[kind]
		if !some(g) {
			continue
		}
		linked, err := v.Linked(ref, kind)
		if err != nil {
			return nil, err
		}
		for _, from := range linked {
			doc, _, err := v.Row(from)
			if err != nil {
				return nil, err
			}
			r := g.New()
			if err = g.Load(r, from, 0, doc); err != nil {
				return nil, err
			}
			if at(g, r) == ref {
				refs = append(refs, from)
			}
		}
	}
	return refs, nil
}

// Zoned says in which zone a record may be kept.
func (g *Register[T]) Zoned(at func(*T) Zone) *Register[T] { g.zone = at; return g }

// Of says which organisation alone reads a record.
func (g *Register[T]) Of(at func(*T) ID) *Register[T] { g.org = at; return g }

// Within says which record a record belongs to: who may read that one may read
// this. It is what a link field of the record holds; a record that names none
// stands for itself.
func (g *Register[T]) Within(at func(*T) Ref) *Register[T] { g.within = at; return g }

func (g *Register[T]) nests() bool { return g.within != nil }

func (g *Register[T]) scope(rec Record) (within Ref, s Scope) {
	r := any(rec).(*T)
	s.Kind = g.about.Kind
	if g.within != nil {
		within = g.within(r)
	}
	if g.zone != nil {
		s.Zone = g.zone(r)
	}
	if g.org != nil {
		s.Org = g.org(r)
	}
	return within, s
}
