package chart

import (
	"daicho/app/civil"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// names are the columns at the left of a Gantt chart: where each begins, and
// where the bars do. In a narrow chart nobody is named.
type names struct{ number, name, who, done, slack, left float32 }

func namesFor(w float32) names {
	left, who := min(max(w*.4, 330), 460), float32(60)
	if w < 900 {
		who = 0
	}
	n := names{number: 12, name: 62, slack: left - 58, left: left}
	n.done = n.slack - 48
	n.who = n.done - who
	return n
}

// coarse is the width of a day below which weeks and days off are no more than
// noise.
const coarse = 6

func (g *Gantt) paintGantt(p *kit.Pen, w, h float32) {
	c := namesFor(w)
	left, a := c.left, axis{g.first, c.left, g.day}
	g.seen = int((h - ganttHead) / ganttRow)
	g.top = max(0, min(g.top, g.plan.Len()-g.seen))
	n := min(g.plan.Len()-g.top, g.seen)
	bottom := ganttHead + float32(n)*ganttRow
	p.Rect(0, 0, w, ganttHead, p.Band)
	if row := g.at - g.top; row >= 0 && row < n {
		g.paintCursor(p, ganttHead+float32(row)*ganttRow, left)
	}
	g.paintDays(p, a, w, bottom)
	g.paintHead(p, a, c, w)
	for i := range n {
		y := ganttHead + float32(i)*ganttRow
		p.H(0, y+ganttRow-1, w)
		t := g.plan.Task(g.top + i)
		g.paintNames(p, t, c, y)
		paintBar(p, t, a, y, w)
	}
	g.paintProgress(p, a, w, bottom, n)
	p.V(left, 0, bottom)
}

func (g *Gantt) paintCursor(p *kit.Pen, y, left float32) {
	p.Rect(0, y, left, ganttRow, p.Select)
	bar := p.Edge
	if g.focused {
		bar = p.Accent
	}
	p.Rect(0, y, 3, ganttRow, bar)
}

func (g *Gantt) paintDays(p *kit.Pen, a axis, w, bottom float32) {
	days := a.days(w - a.left)
	if a.day < coarse {
		for _, d := range a.months(days) {
			p.V(a.at(d, 0), 22, bottom-22)
		}
		return
	}
	for i := range days {
		if d := a.first.AddDays(i); g.off(d) {
			x := a.at(d, 0)
			p.Rect(x, 22, min(a.day, w-x), bottom-22, p.Shade)
		}
	}
	for _, d := range a.weeks(days) {
		p.V(a.at(d, 0), 22, bottom-22)
	}
}

// paintHead writes months, weeks and the names of the columns.
func (g *Gantt) paintHead(p *kit.Pen, a axis, c names, w float32) {
	words := g.desk.Words
	days := a.days(w - a.left)
	months, now := a.months(days), g.todayBox(p, a, w)
	year := true // is said once, and each January
	for i, d := range months {
		x, end := a.at(d, 0), w
		if i+1 < len(months) {
			end = a.at(months[i+1], 0)
		}
		p.V(x, 0, 22)
		word := words.Month(d, year || d.Month == 1)
		if ww := p.Width(word, p.Caption().B()); ww < end-x-6 && (x+4+ww+4 < now.x || x > now.x+now.w) {
			p.Text(x+4, 1, 0, 20, word, p.Caption().B().In(p.Ink2))
			year = false
		}
	}
	apart := every(7, 7*a.day, p.Width("12/28", p.Caption())+6)
	for i, d := range a.weeks(days) {
		if x := a.at(d, 0); i%((apart+6)/7) == 0 && x+34 < w {
			p.Text(x+3, 21, 0, 20, d.Slash(), p.Caption())
		}
	}
	st := p.Label()
	p.Text(c.number, 20, c.name-c.number-4, 22, g.head.Number, st)
	p.Text(c.name, 20, c.who-c.name-6, 22, g.head.Name, st)
	if c.who < c.done {
		p.Text(c.who, 20, c.done-c.who-4, 22, g.head.Who, st)
	}
	p.Text(c.done, 20, c.slack-c.done-4, 22, g.head.Done, st.R())
	p.Text(c.slack, 20, c.left-c.slack-8, 22, g.head.Slack, st.R())
	p.H(0, ganttHead-1, w)
}

func (g *Gantt) paintNames(p *kit.Pen, t Task, c names, y float32) {
	p.Text(c.number, y, c.name-c.number-4, ganttRow, t.Number, p.Label().M())
	paintName(p, t, c.name+float32(t.Level)*12, y, c.who-6)
	if c.who < c.done {
		p.Text(c.who, y, c.done-c.who-4, ganttRow, t.Who, p.Sub())
	}
	if !t.Milestone {
		p.Text(c.done, y, c.slack-c.done-4, ganttRow, percent(t.Done), p.Sub().M().R())
	}
	if t.Group {
		return
	}
	slack, st := g.desk.Words.T(text.Days, t.Slack), p.Sub().M().R()
	if t.Slack <= 0 {
		slack, st = "▶ "+slack, p.Body().M().B().R()
	}
	p.Text(c.slack, y, c.left-c.slack-8, ganttRow, slack, st)
}

// paintName writes the name with its flag; where there is little room the flag
// is its glyph alone.
func paintName(p *kit.Pen, t Task, x, y, right float32) {
	st, flag := p.Body(), t.Flag
	if t.Group {
		st = st.B()
	}
	if flag.Word == "" {
		p.Text(x, y, right-x, ganttRow, t.Name, st)
		return
	}
	need := func() float32 { return p.Width(flag.String(), p.Caption().B()) + 18 }
	if p.Width(t.Name, st)+need() > right-x {
		flag.Word = ""
	}
	n := p.Text(x, y, right-x-need(), ganttRow, t.Name, st)
	p.Badge(x+n+6, y+3, flag)
}

// clip is the part of a stretch that lies between two edges; false if none does.
func clip(x1, x2, left, right float32) (a, b float32, some bool) {
	a, b = max(x1, left), min(x2, right)
	return a, b, b > a
}

func paintBar(p *kit.Pen, t Task, a axis, y, w float32) {
	x1, x2 := a.at(t.From, 0), a.at(t.To.AddDays(1), 0)
	if t.Milestone {
		if x1 >= a.left && x1+60 < w {
			p.Diamond(x1-3, y+4, 15, p.Ink)
			p.Text(x1+16, y, 0, ganttRow-1, t.From.Slash(), p.Caption())
		}
		return
	}
	from, to, some := clip(x1, x2, a.left, w)
	if !some {
		return
	}
	if t.Group {
		p.Rect(from, y+8, to-from, 5, p.Ink2)
		for _, x := range []float32{x1, x2 - 2} { // its ends, where they are in sight
			if x >= a.left && x+2 <= w {
				p.Rect(x, y+8, 2, 9, p.Ink2)
			}
		}
		return
	}
	edge := p.Accent
	if t.Slack <= 0 {
		edge = p.Ink
	}
	p.Box(from, y+5, to-from, 13, p.Select, edge, 2)
	if f, e, done := clip(x1, x1+(x2-x1)*float32(t.Done), a.left, w); done {
		p.Round(f, y+5, e-f, 13, p.Accent, 2)
	}
	if t.Slack <= 0 { // a heavy rule under the bar, so that it survives a monochrome copy
		p.Rect(from, y+19, to-from, 2.5, p.Ink)
	}
}

// paintProgress draws today and the progress line: to the left of today where a
// task is late, to the right where it is early.
func (g *Gantt) paintProgress(p *kit.Pen, a axis, w, bottom float32, rows int) {
	x := a.at(g.today, .5)
	if x < a.left || x > w {
		return
	}
	box := g.todayBox(p, a, w)
	p.Round(box.x, box.y, box.w, box.h, p.Accent, 3)
	p.Text(box.x+6, box.y, 0, box.h, g.head.Today, p.Caption().B().In(p.OnAccent))
	line := progressLine(a, g.today, g.tasks(rows))
	last := point{x, ganttHead}
	for _, b := range line {
		b.x = min(max(b.x, a.left), w)
		p.Stroke(last.x, last.y, b.x, b.y, p.Seal, 1.5)
		if b.x != x {
			p.Circle(b.x-2.5, b.y-2.5, 5, p.Seal, p.Seal, 0)
		}
		last = b
	}
	p.Stroke(last.x, last.y, x, bottom, p.Seal, 1.5)
}

// todayBox is where the word of today stands in the row of months; empty where
// today is out of sight.
func (g *Gantt) todayBox(p *kit.Pen, a axis, w float32) spot {
	x := a.at(g.today, .5)
	if x < a.left || x > w {
		return spot{}
	}
	ww := p.Width(g.head.Today, p.Caption().B()) + 12
	return spot{min(max(x-ww/2, a.left), w-ww), 2, ww, 17}
}

func (g *Gantt) tasks(n int) []Task {
	out := make([]Task, n)
	for i := range out {
		out[i] = g.plan.Task(g.top + i)
	}
	return out
}

// progressLine are the bends of the progress line from the top down: out to
// where each task stands, and back to today between two tasks.
func progressLine(a axis, today civil.Date, tasks []Task) (line []point) {
	x := a.at(today, .5)
	for i, t := range tasks {
		days, bends := t.progress(today)
		if !bends {
			continue
		}
		y := ganttHead + float32(i)*ganttRow
		line = append(line, point{x, y}, point{a.at(t.From, days), y + ganttRow/2}, point{x, y + ganttRow})
	}
	return line
}
