package kit

import (
	"strings"

	"fyne.io/fyne/v2"

	"daicho/ui"
)

// Approval is one box of the approvals on a paper.
type Approval struct {
	Role string // 作成, 1次, 承認
	// Office, Date (8.11.19) and Name stand on the stamp. No name: nobody has
	// signed, and Note says what is going on (審査中).
	Office, Date, Name string
	Note               string // under a stamp: 署名済・登録待ち until the server has it
	Pending            bool   // signed, but not registered by the server yet: the stamp is only outlined
}

// approvalBox is the side of a box below its head, in design pixels.
const approvalBox = 58

// Approvals are the boxes at the top right of a document's paper, the last to
// sign first, with electronic date stamps.
type Approvals struct {
	Surface
	boxes []Approval
}

// NewApprovals makes the boxes.
func NewApprovals(desk *ui.Desk, boxes []Approval) *Approvals {
	a := &Approvals{boxes: boxes}
	a.Extend(a, desk.Look, a.paintApprovals)
	a.SetMin(float32(len(boxes))*approvalBox+2, 20+approvalBox+2)
	return a
}

func (a *Approvals) paintApprovals(p *Pen, w, h float32) {
	p.Rect(0, 0, w, h, p.Paper)
	for i, b := range a.boxes {
		x := float32(i) * approvalBox
		p.Box(x+.5, .5, approvalBox+1, 20, nil, p.PaperInk, 0)
		p.Box(x+.5, 19.5, approvalBox+1, approvalBox+1, nil, p.PaperInk, 0)
		p.Text(x+2, 0, approvalBox-3, 20, b.Role, p.Caption().In(p.PaperInk).C())
		if b.Name == "" {
			p.middle(x+3, 20, approvalBox-5, approvalBox, b.Note, p.Caption().In(p.PaperFaint).C())
			continue
		}
		p.stamp(x+3.5, 23, 53, b)
	}
}

// middle draws lines in the middle of a box, three at most.
func (p *Pen) middle(x, y, w, h float32, s string, st Style) {
	lines := p.Wrap(s, st, w)
	lines = lines[:min(len(lines), 3)]
	y += (h - 15*float32(len(lines))) / 2
	for i, l := range lines {
		p.Text(x, y+15*float32(i), w, 15, strings.TrimSpace(l), st)
	}
}

// stamp draws a date stamp: office, date and name between two rules. It is a
// broken ring while the server has not registered it.
func (p *Pen) stamp(x, y, d float32, b Approval) {
	edge, width := p.Stamp, float32(1.6)
	if b.Pending {
		edge, width = p.PaperFaint, 1
	}
	p.Circle(x, y, d, nil, edge, width)
	p.Stroke(x+2.5, y+d*.36, x+d-2.5, y+d*.36, edge, 1.2)
	p.Stroke(x+2.5, y+d*.64, x+d-2.5, y+d*.64, edge, 1.2)
	st := Style{Size: 10, Color: edge, Bold: true}.C()
	p.Text(x+d*.16, y+d*.09, d*.68, d*.28, b.Office, st)
	p.Text(x+2, y+d*.36, d-4, d*.28, b.Date, st)
	p.Text(x+d*.16, y+d*.63, d*.68, d*.28, b.Name, st)
}

// AccessibilityLabel is who has signed.
func (a *Approvals) AccessibilityLabel() (s string) {
	for _, b := range a.boxes {
		s += b.Role + " " + b.Name + b.Note + " " + b.Date + ". "
	}
	return s
}

// AccessibilityRole is for screen readers.
func (a *Approvals) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
