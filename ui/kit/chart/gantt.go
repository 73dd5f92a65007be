package chart

import (
	"fmt"

	"fyne.io/fyne/v2"

	"daicho/app/civil"
	"daicho/ui"
	"daicho/ui/kit"
)

// Plan gives a Gantt chart its rows. Like a kit.Source it answers from memory.
type Plan interface {
	Len() int
	Task(row int) Task
}

// Head are the words of a Gantt chart: the columns at its left, and today.
type Head struct{ Number, Name, Who, Done, Slack, Today string }

// The scales of a Gantt chart: the width of a day, in design pixels.
const (
	ByDay   = 24
	ByWeek  = 10
	ByMonth = 3
)

const (
	ganttRow  = 24
	ganttHead = 42
)

// Gantt shows a plan: names at the left, bars at the right, of the rows in
// sight alone. A bar under which a heavy rule lies is critical; days off are
// shaded; the progress line bends left where work is late.
type Gantt struct {
	kit.Surface
	desk    *ui.Desk
	plan    Plan
	head    Head
	off     func(civil.Date) bool
	today   civil.Date
	first   civil.Date
	day     float32
	top, at int
	seen    int // rows in sight
	focused bool
	wheel   float32
	onOpen  func(row int)
}

// NewGantt makes a chart by weeks that begins on a day. Off says which days
// nobody works; onOpen is called with a row on Enter.
func NewGantt(desk *ui.Desk, plan Plan, head Head, first, today civil.Date, off func(civil.Date) bool, onOpen func(int)) *Gantt {
	g := &Gantt{desk: desk, plan: plan, head: head, first: first, today: today, off: off, day: ByWeek, onOpen: onOpen}
	g.Extend(g, desk.Look, g.paintGantt)
	g.SetMin(420, ganttHead+3*ganttRow)
	return g
}

// SetScale sets the width of a day: ByDay, ByWeek or ByMonth.
func (g *Gantt) SetScale(day float32) { g.day = day; g.Refresh() }

// Begin sets the first day in sight.
func (g *Gantt) Begin(first civil.Date) { g.first = first; g.Refresh() }

// At is the row of the cursor.
func (g *Gantt) At() int { return g.at }

// ScrollTo makes row the first in sight, as far as there are rows below.
func (g *Gantt) ScrollTo(row int) {
	if row = max(0, min(row, g.plan.Len()-g.seen)); row != g.top {
		g.top = row
		g.Refresh()
	}
}

// Select puts the cursor on a row and the row into sight.
func (g *Gantt) Select(row int) {
	g.at = max(0, min(row, g.plan.Len()-1))
	if g.at < g.top {
		g.top = g.at
	}
	if g.seen > 0 && g.at >= g.top+g.seen {
		g.top = g.at - g.seen + 1
	}
	g.Refresh()
}

// TypedKey moves in rows, and by weeks with ← →.
func (g *Gantt) TypedKey(e *fyne.KeyEvent) {
	g.desk.Touch()
	switch e.Name {
	case fyne.KeyUp:
		g.Select(g.at - 1)
	case fyne.KeyDown:
		g.Select(g.at + 1)
	case fyne.KeyPageUp:
		g.Select(g.at - max(1, g.seen-1))
	case fyne.KeyPageDown:
		g.Select(g.at + max(1, g.seen-1))
	case fyne.KeyHome:
		g.Select(0)
	case fyne.KeyEnd:
		g.Select(g.plan.Len() - 1)
	case fyne.KeyLeft:
		g.Begin(g.first.AddDays(-7))
	case fyne.KeyRight:
		g.Begin(g.first.AddDays(7))
	case fyne.KeyReturn, fyne.KeyEnter:
		g.open()
	default:
		g.desk.Key(e)
	}
}

func (g *Gantt) open() {
	if g.onOpen != nil && g.plan.Len() > 0 {
		g.onOpen(g.at)
	}
}

// Tapped selects a row, and opens the one of the cursor.
func (g *Gantt) Tapped(e *fyne.PointEvent) {
	g.desk.Touch()
	g.desk.Focus(g)
	y := e.Position.Y/g.desk.Look.Factor() - ganttHead
	row := g.top + int(y/ganttRow)
	switch {
	case y < 0 || row >= g.plan.Len():
	case row == g.at:
		g.open()
	default:
		g.Select(row)
	}
}

// Scrolled turns the wheel into whole rows.
func (g *Gantt) Scrolled(e *fyne.ScrollEvent) {
	g.desk.Touch()
	g.wheel -= e.Scrolled.DY / 10
	n := int(g.wheel)
	g.wheel -= float32(n)
	g.ScrollTo(g.top + n)
}

// TypedShortcut gives commands to the window.
func (g *Gantt) TypedShortcut(s fyne.Shortcut) { g.desk.Touch(); g.desk.Shortcut(s) }

// TypedRune is for Fyne; letters alone are never commands.
func (g *Gantt) TypedRune(rune) { g.desk.Touch() }

// FocusGained is for Fyne.
func (g *Gantt) FocusGained() { g.focused = true; g.Refresh() }

// FocusLost is for Fyne.
func (g *Gantt) FocusLost() { g.focused = false; g.Refresh() }

// AccessibilityLabel is the task of the cursor.
func (g *Gantt) AccessibilityLabel() string {
	if g.at >= g.plan.Len() {
		return ""
	}
	t := g.plan.Task(g.at)
	return fmt.Sprintf("%s %s %s %s–%s %s", t.Number, t.Name, t.Who, t.From, t.To, percent(t.Done))
}

// AccessibilityRole is for screen readers.
func (g *Gantt) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// percent is a part of 1, cut off: 100% means all.
func percent(part float64) string { return fmt.Sprintf("%d%%", int(part*100+1e-9)) }
