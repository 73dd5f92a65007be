package kit

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/text"
)

// HistoryLine is one event as it is read: when, who, what.
type HistoryLine struct {
	Time string
	Who  string
	What string
	Note Mark // how far it came, where that is to be said
	Why  string
	Said string // what the device's own clock said, where that is far off
}

// HistoryLines puts events into words. now decides how a day is written.
func HistoryLines(g app.AnyRegister, events []app.Event, w *text.Words, now app.Clock) (lines []HistoryLine) {
	for _, e := range events {
		l := HistoryLine{Time: shortMoment(w, e, now()), Said: claimed(w, e, now()), Who: e.Name, What: what(g, e, w)}
		if l.Who == "" {
			l.Who = w.T(text.Somebody)
		}
		switch e.Verdict {
		case "":
			l.Note = Mark{"△", w.T(text.WaitingToSend), Warn}
		case app.Rejected:
			l.Note, l.Why = Mark{"×", w.T(text.RefusedByServer), Late}, w.Of(e.Say)
		case app.Contested:
			l.Note = Mark{"◇", w.T(text.InConflict), Unsure}
		case app.Quarantined, app.Held:
			l.Note = Mark{"△", w.T(text.HeldBack), Warn}
		}
		lines = append(lines, l)
	}
	return lines
}

// shortMoment is when it happened and how sure that is; what nothing vouches
// for is explained below the list.
func shortMoment(w *text.Words, e app.Event, now time.Time) string {
	if e.Err < 0 {
		return w.T(text.UnsureTime, w.Moment(e.At, now))
	}
	return w.MomentSure(e.At, e.Err, now)
}

// claimed is what the device's clock said, if that is a minute off or more.
func claimed(w *text.Words, e app.Event, now time.Time) string {
	if off := e.Claimed - e.At; e.Claimed == 0 || max(off, -off) < 60_000 {
		return ""
	}
	return w.T(text.ClockClaimed, w.Moment(e.Claimed, now))
}

// what says what an event did: made, the command, or the fields it changed.
func what(g app.AnyRegister, e app.Event, w *text.Words) string {
	if e.Command != "" {
		if c, err := app.CommandOf(g, e.Command); err == nil {
			return w.Of(c.Label)
		}
		return e.Command
	}
	if e.New {
		return w.T(text.Registered)
	}
	s := ""
	for _, c := range e.Cells {
		if s != "" {
			s += w.T(text.FactGap)
		}
		s += change(g, c, w)
	}
	return s
}

// change says what became of one field; of long texts and lists only that they
// changed.
func change(g app.AnyRegister, c app.Cell, w *text.Words) string {
	if c.Field == app.ErasedField {
		return w.T(text.SetField, w.Of(app.ErasedLabel), w.Of(app.ErasedText))
	}
	spec, known := app.SpecOf(g, c.Field)
	if !known {
		return w.T(text.ChangedField, c.Field)
	}
	name := w.Of(spec.Label)
	if c.Erased {
		return w.T(text.SetField, name, w.Of(app.ErasedText))
	}
	switch spec.Type {
	case app.TLong, app.TRows, app.TFiles, app.TRaw, app.TLink, app.TLinks:
		return w.T(text.ChangedField, name)
	}
	was, now := ValueText(g, c.Field, c.Was, w.Lang()), ValueText(g, c.Field, c.Now, w.Lang())
	switch {
	case len(c.Was) == 0:
		return w.T(text.SetField, name, now)
	case len(c.Now) == 0:
		return w.T(text.ClearedField, name, was)
	}
	return w.T(text.FromTo, name, was, now)
}

// ValueText is a value of a field as people read it.
func ValueText(g app.AnyRegister, field string, v app.Value, lang app.Lang) string {
	r := g.New()
	if err := g.Put(r, field, v); err != nil {
		return "？"
	}
	return g.Show(r, field, lang)
}

// History shows events, newest first: time, who, what in one line each.
type History struct {
	Surface
	desk   *ui.Desk
	lines  []HistoryLine
	unsure string // what ±？ means; empty if it stands nowhere
	lacks  string // that older lines are not here yet; empty if they are
}

// NewHistory is an empty history: put it into a Scroller.
func NewHistory(desk *ui.Desk) *History {
	h := &History{desk: desk}
	h.Extend(h, desk.Look, h.paintHistory)
	return h
}

// SetLines shows lines.
func (h *History) SetLines(lines []HistoryLine) {
	h.lines, h.unsure = lines, ""
	for _, l := range lines {
		if strings.HasSuffix(l.Time, h.desk.Words.T(text.UnsureTime, "")) {
			h.unsure = h.desk.Words.T(text.UnsureMeans, h.desk.Words.Of(app.Certainty(app.Unknown)))
		}
	}
	h.Refresh()
}

// SetLacking says below the lines that older ones have not come yet.
func (h *History) SetLacking(l ui.Lacking) {
	w := h.desk.Words
	switch {
	case !l.Some:
		h.lacks = ""
	case l.Since == 0:
		h.lacks = w.T(text.HistoryLacks)
	default:
		h.lacks = w.T(text.HistoryLacksBy, w.Moment(l.Since, h.desk.Now()))
	}
	h.Refresh()
}

const historyPad = 18

// columns are the places of who and what; the widest time and name decide.
func (h *History) columns(p *Pen) (who, what float32) {
	tw, ww := float32(34), float32(40)
	for _, l := range h.lines {
		tw = max(tw, p.Width(l.Time, p.when()))
		ww = max(ww, p.Width(l.Who, p.Label()))
	}
	who = historyPad + 18 + tw + 10
	return who, who + min(ww, 96) + 10
}

func (p *Pen) when() Style { return p.Label().In(p.Ink3).M() }

// HeightFor is the height of all lines.
func (h *History) HeightFor(w float32) float32 {
	p := NewPen(h.look)
	_, x := h.columns(p)
	y := float32(40)
	for _, l := range h.lines {
		y += h.lineHeight(p, l, w-historyPad-x)
	}
	if len(h.lines) == 0 && h.lacks != "" {
		y += 24
	}
	for _, s := range h.notes() {
		y += 4 + 18*float32(len(p.Wrap(s, p.Caption(), w-2*historyPad)))
	}
	return y + 12
}

func (h *History) lineHeight(p *Pen, l HistoryLine, w float32) float32 {
	n := float32(len(p.Wrap(l.What, p.Body(), w)))*20 + 4
	if l.Said != "" {
		n += 16
	}
	if l.Note.Word != "" {
		n += 22 + float32(len(l.why(p, w)))*16
	}
	return n
}

func (l HistoryLine) why(p *Pen, w float32) []string {
	if l.Why == "" {
		return nil
	}
	return p.Wrap(l.Why, p.Caption(), w)
}

func (h *History) paintHistory(p *Pen, w, _ float32) {
	words := h.desk.Words
	p.Panel(historyPad, 6, w-2*historyPad, words.T(text.HistoryTitle), words.T(text.HistoryOrder))
	y := float32(40)
	if len(h.lines) == 0 {
		p.Text(historyPad, 42, w-2*historyPad, 24, words.T(text.NoHistory), p.Sub())
		y += 24
	}
	who, what := h.columns(p)
	for i, l := range h.lines {
		n := h.lineHeight(p, l, w-historyPad-what)
		if i < len(h.lines)-1 {
			p.Rect(historyPad+4.5, y+17, 1, n-8, p.Line)
		}
		p.Circle(historyPad+2, y+9, 6, p.Sheet, p.Edge, 1.5)
		p.Text(historyPad+18, y, 0, 24, l.Time, p.when())
		p.Text(who, y, what-who-6, 24, l.Who, p.Label())
		below := p.Para(what, y+2, w-historyPad-what, 20, l.What, p.Body())
		if l.Said != "" {
			below = p.Para(what, below, w-historyPad-what, 16, l.Said, p.Caption())
		}
		if l.Note.Word != "" {
			p.Badge(what, below+1, l.Note)
			for k, s := range l.why(p, w-historyPad-what) {
				p.Text(what, below+21+float32(k)*16, 0, 16, s, p.Caption().In(p.Ink2))
			}
		}
		y += n
	}
	for _, s := range h.notes() {
		y = p.Para(historyPad, y+4, w-2*historyPad, 18, s, p.Caption())
	}
}

// notes are the sentences below the lines.
func (h *History) notes() (out []string) {
	for _, s := range []string{h.lacks, h.unsure} {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

var _ Tall = (*History)(nil)
var _ fyne.Widget = (*History)(nil)
