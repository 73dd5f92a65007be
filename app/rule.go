package app

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// View is what a rule may read: rows as they stand at this point of the order.
type View interface {
	// Row is a record's document and version; an empty document if there is none.
	Row(Ref) (Doc, int64, error)
	// Linked are the records of a kind that link to one, in the order of their ids.
	Linked(to Ref, from Kind) ([]Ref, error)
}

// viewBudget is how many rows and links one decision may read: a rule that
// needs more would stall the sequencer for everybody.
const viewBudget = 2_000

// Act is the circumstance of a change: who, when, and what can be seen. Rules
// take time, numbers and ids from it and from nowhere else.
type Act struct {
	Actor Actor
	At    Stamp // the author's corrected clock, never in the server's future
	View  View
	// Issue counts a series up and gives the next number. Nil on a replica:
	// the number is then provisional.
	Issue func(series string) (int64, error)
	// Unused is a number of a lease, n or a later one, that this device has never
	// given before, also to what was refused since. Nil: it gives none by itself.
	Unused func(lease ID, n int64) (int64, error)
	// Last is the last number of a series that was given. Nil where Issue is.
	Last func(series string) (int64, error)
	// Tick tells when, where and by whom a field was last set. Nil on a replica:
	// the change at hand then counts as the later one.
	Tick func(ref Ref, field string) Tick
	// Erased says whether a subject was erased before: a record that comes again
	// after that is made without its personal values. Nil: none was.
	Erased func(subject ID) bool

	book   Book
	change *Change
	own    Record // that the change is about
	made   uint64
	saved  []Record
	erased []Ref // to be, by this act
	leased Leased
	reads  int
}

// Tick is the moment at which somebody set a value.
type Tick struct {
	At     HLC
	By     ID    // the author
	Device ID    // whose clock it is; its short name is all that may be known of it
	Err    int64 // milliseconds that the clock may be off, or [Unknown]
}

// NewID names a record that a rule makes: the same on the replica and on the
// server, so that what was linked to it offline stays linked.
func (a *Act) NewID() ID {
	a.made++
	b := append([]byte("daicho-made-1"), a.change.Device[:]...)
	b = binary.BigEndian.AppendUint64(b, a.change.Seq)
	return DerivedID(sha256.Sum256(binary.BigEndian.AppendUint64(b, a.made)))
}

// Save changes another record as part of the same act; its rules run too. It
// may be saved more than once.
func (a *Act) Save(r Record) { a.saved = append(a.saved, r) }

// Load reads any record in a rule: as it stands, or as this act has saved it.
func (a *Act) Load(ref Ref) (AnyRegister, Record, error) {
	g, err := a.book.Registers.Of(ref.Kind)
	if err != nil {
		return nil, nil, err
	}
	if r := a.inHand(ref); r != nil {
		return g, r, nil
	}
	doc, gsn, err := a.row(ref)
	if err != nil {
		return nil, nil, err
	}
	if doc.IsEmpty() {
		return nil, nil, notFound(ref)
	}
	r := g.New()
	return g, r, g.Load(r, ref, gsn, doc)
}

// inHand finds a record that this act changes.
func (a *Act) inHand(ref Ref) Record {
	if a.own != nil && a.own.Meta().Ref == ref {
		return a.own
	}
	for _, r := range a.saved {
		if r.Meta().Ref == ref {
			return r
		}
	}
	return nil
}

// Linked finds the records of a kind that link to one.
func (a *Act) Linked(to Ref, from Kind) ([]Ref, error) {
	refs, err := a.View.Linked(to, from)
	if err == nil {
		err = a.spend(1 + len(refs))
	}
	return refs, err
}

// Get reads a record of a known kind in a rule.
func Get[T any](a *Act, g *Register[T], ref Ref) (*T, error) {
	if kind := g.about.Kind; ref.Kind != kind { // a link says what its author wrote
		return nil, Refuse(Invalid, "", "参照先の種類が違います。記録を開いて、正しい参照先を選んでください。",
			fmt.Sprintf("%s is no %s; open the record and link to another", ref, kind))
	}
	_, r, err := a.Load(ref)
	if err != nil {
		return nil, err
	}
	return any(r).(*T), nil
}

func (a *Act) row(ref Ref) (Doc, int64, error) {
	if err := a.spend(1); err != nil {
		return nil, 0, err
	}
	return a.View.Row(ref)
}

func (a *Act) spend(n int) error {
	if a.reads += n; a.reads > viewBudget {
		return Refuse(Invalid, "", "一度に関係する記録が多すぎます。対象を分けて実行してください。",
			fmt.Sprintf("one change may read %d records; split it", viewBudget))
	}
	return nil
}

func notFound(ref Ref) error {
	return Refuse(NotFound, "", "この記録はこの端末にありません。同期してから、もう一度開いてください。",
		fmt.Sprintf("no record %s here; sync and try again", ref))
}
