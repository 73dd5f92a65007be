package rejects

import (
	"context"
	"encoding/binary"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// reject is one change that was not taken, in words.
type reject struct {
	app.Sent
	acted  app.Label
	wishes []app.Wish
	gone   bool // its record is not here
}

// load reads the changes, and of each what it wanted beside what there is now.
func load(ctx context.Context, r ui.Records, lang app.Lang) ([]*reject, error) {
	sent, err := r.Rejected(ctx)
	if err != nil {
		return nil, err
	}
	names, err := ui.NamesOf(ctx, r, pointedTo(sent))
	if err != nil {
		return nil, err
	}
	list := make([]*reject, len(sent))
	for i, s := range sent {
		if list[i], err = inWords(ctx, r, s, names, lang); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func inWords(ctx context.Context, r ui.Records, s app.Sent, names app.Names, lang app.Lang) (*reject, error) {
	g := r.Registers()[s.Ref.Kind]
	x := &reject{Sent: s, acted: s.Acted(g)}
	if g == nil {
		return x, nil
	}
	now, err := r.Get(ctx, s.Ref)
	if app.IsCode(err, app.NotFound) {
		now, err, x.gone = nil, nil, true
	}
	if err != nil {
		return nil, err
	}
	x.wishes = s.Wishes(g, now, names, lang)
	return x, nil
}

// pointedTo are the records and people that the values of changes link to.
func pointedTo(sent []app.Sent) (refs []app.Ref) {
	for _, s := range sent {
		for _, c := range append(s.Cells, s.Saw...) {
			refs = append(append(refs, c.Was.Refs()...), c.Now.Refs()...)
		}
		_ = s.Args.Each(func(_ string, v app.Value) { refs = append(refs, v.Refs()...) }) // the store has checked it
	}
	return refs
}

// mark is how a change stands: refused, or kept back.
func (x *reject) mark(w *text.Words) kit.Mark {
	if x.Verdict == app.Quarantined {
		return kit.Mark{Glyph: "△", Word: w.T(text.HeldBack), Tone: kit.Warn}
	}
	return kit.Mark{Glyph: "×", Word: w.T(text.RefusedByServer), Tone: kit.Late}
}

// What follows makes the page the source of its table. A row is a change: its
// reference is the change's number.

// changeKind is the kind of such a reference.
const changeKind app.Kind = "change"

func refOf(seq uint64) app.Ref {
	ref := app.Ref{Kind: changeKind}
	binary.BigEndian.PutUint64(ref.ID[:], seq)
	return ref
}

// Len is the number of changes.
func (p *page) Len() int { return len(p.list) }

// Ref is a row's change.
func (p *page) Ref(row int) app.Ref { return refOf(p.list[row].Seq) }

// Row is the row of a change; -1 if it is done with.
func (p *page) Row(ref app.Ref) int {
	for i, x := range p.list {
		if refOf(x.Seq) == ref {
			return i
		}
	}
	return -1
}

// Sort is not offered: the order is that of the changes.
func (p *page) Sort(int, bool) {}

// Cell is one cell.
func (p *page) Cell(row, col int) kit.Cell {
	x, w := p.list[row], p.desk.Words
	switch col {
	case 0:
		m := x.mark(w)
		return kit.Cell{Text: m.String(), Tone: m.Tone}
	case 1:
		return kit.Cell{Text: w.Moment(x.At, p.desk.Now())}
	case 2:
		return kit.Cell{Text: x.Number}
	case 3:
		return kit.Cell{Text: x.Title}
	case 4:
		return kit.Cell{Text: w.Of(x.acted)}
	}
	return kit.Cell{Text: w.Sentence(x.Say)}
}
