package kit

import (
	"time"

	"daicho/ui/text"
)

// ClockState is what a clock of an agreed time does.
type ClockState uint8

// The states of a clock.
const (
	ClockRuns    ClockState = iota
	ClockStopped            // it waits for somebody else, and time does not count
	ClockMet
	ClockMissed
	ClockUnsure // the error of the device's clock is larger than what is left: a person must look
)

// Clock is an agreed time as people watch it. Whether it was met is judged
// elsewhere, with the error of the clock; here it is only said.
type Clock struct {
	Name  string // what must be done: 一次回答
	Span  string // from when until when, in words; of an unsure one both bounds
	State ClockState
	Limit time.Duration // all of the time that was agreed
	Left  time.Duration // of a running or stopped one; negative: exceeded
	Took  time.Duration // of one that is met or missed
}

// soonLeft is the time left from which on a clock warns, as is a tenth of the
// agreed time.
const soonLeft = 30 * time.Minute

// Mark says how a clock stands: 残り 0:41, △ 残り 0:12, × 超過 0:18, ○ 達成
// 1分12秒, ■ 停止中, ？ 判定不能.
func (c Clock) Mark(w *text.Words) Mark {
	switch {
	case c.State == ClockStopped:
		return Mark{"■", w.T(text.ClockStopped), Quiet}
	case c.State == ClockMet:
		return Mark{"○", w.T(text.ClockMet, w.Took(c.Took)), Good}
	case c.State == ClockMissed:
		return Mark{"×", w.T(text.ClockMissed, w.Took(c.Took)), Late}
	case c.State == ClockUnsure:
		return Mark{"？", w.T(text.ClockUnsure), Unsure}
	case c.Left < 0:
		return Mark{"×", w.T(text.ClockOver, w.Left(-c.Left)), Late}
	case c.Left < soonLeft || c.Left < c.Limit/10:
		return Mark{"△", w.T(text.ClockLeft, w.Left(c.Left)), Warn}
	}
	return Mark{"", w.T(text.ClockLeft, w.Left(c.Left)), Plain}
}

// Used is the part of the agreed time that is gone, from 0 to 1.
func (c Clock) Used() float32 {
	gone := c.Limit - c.Left
	if c.State == ClockMet || c.State == ClockMissed {
		gone = c.Took
	}
	if c.State == ClockUnsure || c.Limit <= 0 {
		return 1
	}
	return min(max(float32(float64(gone)/float64(c.Limit)), 0), 1)
}

// Cell is the clock in a ClockColumn of a table.
func (c Clock) Cell(w *text.Words) Cell {
	m := c.Mark(w)
	return Cell{Text: m.String(), Tone: m.Tone, Used: c.Used()}
}

// clockLine is the height of a clock in a card of clocks.
const clockLine = 26

// ClocksHeight is the height of a card of n clocks.
func ClocksHeight(n int) float32 { return float32(n)*clockLine + 12 }

// Clocks draws a card of clocks, a line each: what must be done, from when until
// when, how it stands, how much of the time is gone.
func (p *Pen) Clocks(x, y, w float32, words *text.Words, clocks ...Clock) {
	p.Box(x, y, w, ClocksHeight(len(clocks)), p.Raised, p.Line, 6)
	col := p.clockColumns(w, words, clocks)
	for i, c := range clocks {
		top, m := y+6+float32(i)*clockLine, c.Mark(words)
		p.Text(x+12, top, col.name+2, clockLine, c.Name, p.Label())
		p.Text(x+24+col.name, top, col.span, clockLine, c.Span, p.Sub())
		p.Text(x+w-12-col.meter-col.mark, top, col.mark, clockLine, m.String(), p.Body().B().In(p.Of(m.Tone)).R())
		if col.meter > 0 {
			p.Meter(x+w-12-col.meter+8, top+clockLine/2-2, col.meter-8, 4, c.Used(), m.Tone)
		}
	}
}

// clockColumns are the widths of the parts of a card of clocks.
type clockColumns struct{ name, span, mark, meter float32 }

// clockColumns gives words what they need; the meter goes before they are cut.
func (p *Pen) clockColumns(w float32, words *text.Words, clocks []Clock) (col clockColumns) {
	span := float32(0)
	for _, c := range clocks {
		col.name = max(col.name, p.Width(c.Name, p.Label()))
		col.mark = max(col.mark, p.Width(c.Mark(words).String(), p.Body().B()))
		span = max(span, p.Width(c.Span, p.Sub()))
	}
	col.mark, col.meter = min(col.mark+1, w*.4), 64
	col.name = min(col.name, max(w*.3, w-24-span-12-col.mark-10-col.meter))
	col.span = w - 24 - col.name - 12 - col.mark - 10 - col.meter
	if col.span < span {
		col.span, col.meter = col.span+col.meter, 0
	}
	return col
}
