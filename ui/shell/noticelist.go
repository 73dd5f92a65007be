package shell

import (
	"encoding/binary"

	"daicho/app"
	"daicho/ui/kit"
)

// What follows makes the page the source of its table: a row's reference is its
// place.

// noticeKind is the kind of such a reference.
const noticeKind app.Kind = "notice"

// Len is the number of notices.
func (p *notices) Len() int { return len(p.list) }

// Ref is a row's place.
func (p *notices) Ref(row int) app.Ref {
	ref := app.Ref{Kind: noticeKind}
	binary.BigEndian.PutUint32(ref.ID[:], uint32(row)+1)
	return ref
}

// Row is the row of a place; -1 if the list has become shorter.
func (p *notices) Row(ref app.Ref) int {
	row := int(binary.BigEndian.Uint32(ref.ID[:])) - 1
	if ref.Kind != noticeKind || row >= len(p.list) {
		return -1
	}
	return row
}

// Cell is one cell; what is not read stands bold.
func (p *notices) Cell(row, col int) kit.Cell {
	x := p.list[row]
	switch col {
	case 0:
		return kit.Cell{Text: x.Mark.String(), Tone: x.Mark.Tone}
	case 1:
		return kit.Cell{Text: p.shell.desk.Words.Moment(x.At, p.shell.desk.Now()), Tone: kit.Quiet}
	}
	return kit.Cell{Text: x.Sentence, Bold: !x.Read}
}

// Sort is not offered: the newest stand first.
func (p *notices) Sort(int, bool) {}
