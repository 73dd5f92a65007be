package roundtrip

import (
	"slices"

	"daicho/app"
)

// What says what a sheet wants of a record.
type What string

// All there are. What is unchanged is only counted.
const (
	Added    What = "added"
	Changed  What = "changed"
	Conflict What = "conflict" // somebody else changed one of the same cells meanwhile
	Deleted  What = "deleted"  // the row is not there any more
	Already  What = "already"  // a row without an id, of which the record was made before
	Gone     What = "gone"     // the record is not here any more, or not to be read
)

// Preview is all that applying a sheet would do, before anything is done.
type Preview struct {
	Changes   []Change // as the sheet has them; then those that are deleted
	Unchanged int      // rows that want nothing
	Register  app.AnyRegister
}

// Change is what a sheet wants of one record.
type Change struct {
	What   What
	Line   int // in the sheet; 0: it is not there
	ID     app.ID
	Number string
	Cells  []Cell
	Left   []Left // of an added row: what it says that its record does not take
	Stale  bool   // of a deleted row: somebody has changed its record since it was sent
	Copied bool   // the row is a copy of another one, so it is a record of its own
	Wrong  error  // the row cannot be applied; nil: it can, as far as its cells can

	Today app.Record // the record as it is; nil if there is none

	version int64
}

// Left is a cell of an added row that is not imported.
type Left struct {
	Column app.Label
	Text   string
	Why    error
}

// Cell is one cell that a sheet wants changed.
type Cell struct {
	Spec   app.Spec
	Was    string // as it was sent
	Today  string
	Now    string // as the sheet has it
	Clash  bool   // it was changed in the program meanwhile
	Unsure bool   // nobody knows what was sent, so nobody knows who changed it
	Merged string // of a clash: what both together make, if they go together
	Wrong  error  // why it cannot be applied

	was app.Value
}

// Count is how many records the sheet wants something of.
func (p *Preview) Count(w What) (n int) {
	for _, c := range p.Changes {
		if c.What == w {
			n++
		}
	}
	return n
}

// Err is the first reason why a change cannot be applied; nil if it can. Cells
// of which nobody knows what was sent can be if they are trusted, and so can deleted
// rows of records that somebody has changed since.
func (c Change) Err(trusted bool) error {
	switch {
	case c.Wrong != nil:
		return c.Wrong
	case c.Stale && !trusted:
		return errStale
	}
	for _, cell := range c.Cells {
		if cell.Wrong != nil {
			return cell.Wrong
		}
		if cell.Unsure && !trusted {
			return unsure(cell.Spec)
		}
	}
	return nil
}

// IsUnsure says whether a person has to say that the sheet is right.
func (c Change) IsUnsure() bool {
	return c.Stale || slices.ContainsFunc(c.Cells, func(cell Cell) bool { return cell.Unsure })
}

var errStale = app.Refuse(app.Stale, "", "行が削除されていますが、この記録は書き出した後に変更されています。内容を確かめ、それでも削除された行として扱うときは「表のとおりにする」を選んでください。",
	"the row was deleted, but its record was changed after the export; look at it, and give --trust if it is to count as deleted all the same")

func unsure(s app.Spec) error {
	return app.Refuse(app.Stale, s.Name, "書き出した時の値が分からないため、誰が変えたのか判断できません。内容を確かめ、表の値でよければ「表のとおりにする」を選んでください。",
		"nobody knows what was exported, so nobody knows who changed it; look at it, and give --trust if the sheet is right")
}

// Record is the record as the sheet wants it, told against what was sent: saving
// it is an ordinary change. Only what is added, changed or in conflict has one.
func (p *Preview) Record(c Change) (app.Record, error) {
	rec := p.Register.New()
	ref := app.Ref{Kind: p.Register.About().Kind, ID: c.ID}
	if c.What == Added {
		rec.Meta().Ref = ref
	} else {
		var base []app.Cell
		for _, cell := range c.Cells {
			base = append(base, app.Cell{Field: cell.Spec.Name, Now: cell.was})
		}
		if err := p.Register.Load(rec, ref, c.version, c.Today.Meta().Seen().Patch(base)); err != nil {
			return nil, err
		}
	}
	for _, cell := range c.Cells {
		if err := p.Register.Enter(rec, cell.Spec.Name, typed(cell.Spec, cell.Now)); err != nil {
			return nil, err
		}
	}
	return rec, nil
}
