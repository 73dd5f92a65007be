package kit

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/task"
	"daicho/ui/text"
)

// Progress shows how far a work is, with buttons to let it rest and to end it:
// a card 92 high. The work itself writes a task.Progress.
type Progress struct {
	Surface
	desk   *ui.Desk
	work   *task.Progress
	unit   string // of what is counted, after a blank or not, as the language wants it
	amount func(int64) string
	pause  *Button
	cancel *Button
	stop   func() // the next look at the work
	ended  bool
}

// NewProgress shows a work that counts units. It can rest and go on, and cancel
// ends it; each by the key that the page takes for it, zero for none.
func NewProgress(desk *ui.Desk, work *task.Progress, unit string, rest, end ui.Key, cancel func()) *Progress {
	b := &Progress{desk: desk, work: work, unit: unit, amount: func(n int64) string { return desk.Words.Number(int(n)) }}
	b.pause = NewButton(desk, Secondary, desk.Words.T(text.PauseWork), rest, b.turn)
	b.cancel = NewButton(desk, Secondary, desk.Words.T(text.CancelWork), end, func() { b.End(); cancel() })
	b.Extend(b, desk.Look, b.paintProgress)
	b.SetMin(360, 92)
	return b
}

// InBytes says that the work counts bytes, without a unit.
func (b *Progress) InBytes() *Progress {
	b.unit, b.amount = "", text.Size
	return b
}

// Restless says that the work cannot rest: others would have to wait for it.
func (b *Progress) Restless() { b.pause.Enable(false) }

// Follow looks at the work once a second until End.
func (b *Progress) Follow() {
	b.stop = task.After(b.desk.Tasks, time.Second, func() {
		b.Refresh()
		b.Follow()
	})
}

// End shows that the work has ended, by itself or because it was cancelled.
func (b *Progress) End() {
	b.ended = true
	call(b.stop)
	b.pause.Enable(false)
	b.cancel.Enable(false)
	b.Refresh()
}

// turn lets the work rest, or go on.
func (b *Progress) turn() {
	word := text.ResumeWork
	if b.work.Measure().Rests {
		b.work.Resume()
		word = text.PauseWork
	} else {
		b.work.Pause()
	}
	b.pause.SetWord(b.desk.Words.T(word))
	b.Refresh()
}

func (b *Progress) mark(m task.Measure) Mark {
	w := b.desk.Words
	switch {
	case b.ended:
		return Mark{"●", w.T(text.WorkIsDone), Quiet}
	case m.Rests:
		return Mark{"■", w.T(text.WorkRests), Quiet}
	}
	return Mark{"◎", w.T(text.WorkRuns), Info}
}

// facts are the figures in words: how far, how long still, how fast.
func (b *Progress) facts(m task.Measure) string {
	w := b.desk.Words
	if m.Total <= 0 { // nobody knows yet
		return b.amount(m.Done) + b.unit
	}
	s := w.T(text.WorkFar, b.amount(m.Done), b.amount(m.Total), b.unit)
	left, known := m.Left()
	if b.ended || !known {
		return s
	}
	s += w.T(text.FactGap) + w.T(text.WorkLeft, w.About(left))
	return s + w.T(text.FactGap) + w.T(text.WorkPace, b.amount(int64(m.PerSecond()))+b.unit)
}

func (b *Progress) paintProgress(p *Pen, w, h float32) {
	m := b.work.Measure()
	p.Box(0, 0, w, h, p.Raised, p.Line, 6)
	x := 14 + p.Badge(14, 12, b.mark(m)) + 10
	x += p.Text(x, 8, 0, 26, fmt.Sprintf("%d%%", m.Percent()), p.Subject().Sized(17)) + 12
	p.Text(x, 9, w-14-x, 26, b.facts(m), p.Body())
	used := float32(0)
	if m.Total > 0 {
		used = float32(float64(m.Done) / float64(m.Total))
	}
	p.Meter(14, 42, w-28, 8, used, Plain)
	right := p.Place(w-14, 57, b.pause, b.cancel)
	p.Text(14, 57, right-14, 28, b.desk.Words.T(text.GoesOn), p.Caption())
}

// AccessibilityLabel is how far the work is.
func (b *Progress) AccessibilityLabel() string {
	m := b.work.Measure()
	return fmt.Sprintf("%s %d%% %s", b.mark(m).Word, m.Percent(), b.facts(m))
}

// AccessibilityRole is for screen readers.
func (b *Progress) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
