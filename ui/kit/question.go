package kit

import (
	"fyne.io/fyne/v2"

	"daicho/ui"
)

// Question is what stands on an overlay: a title, what it is about, a sentence,
// something to fill in if anything, and the buttons that end it. The first
// button is what people most likely want; none is chosen by a bare Enter while
// a field has the keyboard.
type Question struct {
	Surface
	desk     *ui.Desk
	Title    string
	About    string // a number, in the face of numbers; may be empty
	Sentence string // may be empty
	Body     *Scroller
	Kept     ui.Kept // of what is filled in; nil: nothing outlives the card
	content  Tall
	buttons  []*Button
}

// questionWidth is the width of the card, in design pixels.
const questionWidth = 460

// NewQuestion makes a question; content is what is to be filled in, nil if
// there is nothing.
func NewQuestion(desk *ui.Desk, title, about, sentence string, content Tall, buttons ...*Button) *Question {
	q := &Question{desk: desk, Title: title, About: about, Sentence: sentence, content: content, buttons: buttons}
	if content != nil {
		q.Body = NewScroller(desk, content)
	}
	q.Extend(q, desk.Look, q.paintQuestion)
	return q
}

// Card is the size of the card that the question needs, 560 high at most: content that is
// higher scrolls.
func (q *Question) Card() fyne.Size {
	p := NewPen(q.look)
	h := q.head(p, questionWidth-2) + 48 + 8
	if q.content != nil {
		h += q.content.HeightFor(questionWidth-2) + 36
	}
	return fyne.NewSize(questionWidth, min(h, 560))
}

// head is the height of title and sentence.
func (q *Question) head(p *Pen, w float32) float32 {
	h := float32(44)
	if q.About != "" {
		h += 16
	}
	if q.Sentence != "" {
		h += float32(len(p.Wrap(q.Sentence, p.Sub(), w-36)))*20 + 8
	}
	return h
}

func (q *Question) paintQuestion(p *Pen, w, h float32) {
	p.Text(18, 8, w-36, 28, q.Title, p.Subject())
	y := float32(36)
	if q.About != "" {
		p.Text(18, 34, w-36, 20, q.About, p.Label().M())
		y += 20
	}
	if q.Sentence != "" {
		p.Para(18, y+2, w-36, 20, q.Sentence, p.Sub())
	}
	top := q.head(p, w)
	if q.Body != nil {
		p.H(0, top, w)
		p.Add(q.Body, 0, top+1, w, h-top-1-48)
	}
	p.H(0, h-48, w)
	p.Place(w-18, h-38, q.buttons...)
}

// Keep keeps what was typed, for the window is about to be locked.
func (q *Question) Keep() {
	if q.Kept != nil {
		q.Kept.Keep()
	}
}

// Closed lets go of it.
func (q *Question) Closed() {
	if q.Kept != nil {
		q.Kept.Closed()
	}
}

// AccessibilityLabel is what is asked.
func (q *Question) AccessibilityLabel() string { return q.Title + " " + q.Sentence }

// AccessibilityRole is for screen readers.
func (q *Question) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }
