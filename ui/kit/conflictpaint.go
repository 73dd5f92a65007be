package kit

import "daicho/ui/text"

const (
	contestGap = 24 // between the two values
	sideHeight = 46
	valueLine  = 23
)

// widths are those of the names at the left and of each of the two values.
func (c *ConflictPair) widths(w float32) (lab, value float32) {
	lab = max(104, min(150, w/7))
	return lab, (w - 32 - lab - contestGap) / 2
}

// HeightFor is the height of both parts: the values and the outcome.
func (c *ConflictPair) HeightFor(w float32) float32 {
	p := NewPen(c.look)
	y := c.arrange(p, w)
	for _, k := range c.contests {
		y += c.outcomeHeight(p, k, w)
	}
	return y + 50
}

// arrange places the contests and returns the y below them.
func (c *ConflictPair) arrange(p *Pen, w float32) float32 {
	lab, cw := c.widths(w)
	y := float32(sideHeight + 22)
	for _, k := range c.contests {
		lines := max(len(p.Wrap(k.Values[0], p.Body().Sized(14), cw-80)), len(p.Wrap(k.Values[1], p.Body().Sized(14), cw-80)))
		named := 30 + float32(len(p.Wrap(c.before(k), p.Caption(), lab-14)))*15
		k.place, k.height = y, max(float32(lines)*valueLine+52, named, 76)
		k.talk = c.talkHeight(p, k, 2*cw+contestGap)
		y += k.height + k.talk + 10
	}
	return y
}

// talkHeight is the height of what was asked and answered about a field.
func (c *ConflictPair) talkHeight(p *Pen, k *Contest, w float32) (h float32) {
	if k.Waits != "" {
		h += 24
	}
	for _, s := range k.Talk {
		h += 18 + float32(len(p.Wrap(s.Text, p.Body(), w-16)))*20 + 4
	}
	return h
}

// paintTalk draws it below the two values.
func (c *ConflictPair) paintTalk(p *Pen, k *Contest, x, w float32) {
	y := k.place + k.height + 4
	if len(k.Talk) > 0 {
		p.Rect(x, y+2, 2, k.talk-8, p.Edge)
	}
	for _, s := range k.Talk {
		p.Text(x+12, y, w-12, 18, s.Who, p.Caption())
		y = p.Para(x+12, y+18, w-16, 20, s.Text, p.Body()) + 4
	}
	if k.Waits != "" {
		p.Badge(x+12, y, Mark{"◇", k.Waits, Unsure})
	}
}

func (c *ConflictPair) before(k *Contest) string {
	if k.Before == "" {
		return c.desk.Words.T(text.BeforeNothing)
	}
	return c.desk.Words.T(text.BeforeWas, k.Before)
}

func (c *ConflictPair) paintPair(p *Pen, w, _ float32) {
	lab, cw := c.widths(w)
	x1, x2 := 16+lab, 16+lab+cw+contestGap
	for i, s := range c.sides {
		x := []float32{x1, x2}[i]
		p.Box(x, 8, cw, sideHeight, p.Raised, p.Line, 6)
		p.Text(x+12, 13, cw-24, 20, s.Title, p.Body().B())
		p.Text(x+12, 32, cw-24, 20, s.Who, p.Body())
	}
	y := c.arrange(p, w)
	for i, k := range c.contests {
		c.paintContest(p, k, i == c.at, x1, x2, cw, lab)
	}
	c.paintOutcome(p, y, w, x1)
}

func (c *ConflictPair) paintContest(p *Pen, k *Contest, cursor bool, x1, x2, cw, lab float32) {
	p.Text(16, k.place, lab-10, 30, k.Field, p.Body().B())
	p.Para(16, k.place+27, lab-14, 15, c.before(k), p.Caption())
	if cursor {
		edge := p.Edge
		if c.focused {
			edge = p.Accent
		}
		p.Box(x1-4, k.place-4, cw*2+contestGap+8, k.height+8, nil, edge, 8).StrokeWidth = 2
	}
	var differs [2][]bool
	if k.IsText && k.Values[0] != "" && k.Values[1] != "" {
		differs[0], differs[1] = differences(k.Values[0], k.Values[1])
	}
	c.paintValue(p, k, 0, x1, cw, k.Pick == First || k.Pick == Both, differs[0])
	c.paintValue(p, k, 1, x2, cw, k.Pick == Second || k.Pick == Both, differs[1])
	c.paintTalk(p, k, x1, 2*cw+contestGap)
	between := "≠"
	if k.Pick == Both {
		between = "＋"
	}
	p.Text(x1+cw, k.place, contestGap, k.height, between, p.Subject().In(p.Unsure).C())
}

func (c *ConflictPair) paintValue(p *Pen, k *Contest, side int, x, w float32, on bool, differs []bool) {
	words := c.desk.Words
	fill, edge, width := p.Sheet, p.Line, float32(1)
	if on {
		fill, edge, width = p.Select, p.Accent, 1.5
	}
	p.Box(x, k.place, w, k.height, fill, edge, 6).StrokeWidth = width
	p.Circle(x+12, k.place+13, 14, p.Sheet, p.Edge, 1.5)
	foot, n := k.place+k.height-24, float32(0)
	if on {
		p.Circle(x+15, k.place+16, 8, p.Accent, p.Accent, 0)
		n = p.Text(x+36, foot, 0, 20, words.T(text.UseIt), p.Caption().B().In(p.Accent)) + 12
	}
	if k.Shown == side {
		p.Text(x+36+n, foot, w-48-n, 20, words.T(text.ShownNow), p.Caption().In(p.Ink2))
	}
	st, value := p.Body().Sized(14), k.Values[side]
	if value == "" {
		value, st = words.T(text.NoValue), st.In(p.Ink2)
	}
	p.Marked(x+36, k.place+8, w-80, valueLine, value, st, differs)
	p.Text(x+36, foot-18, w-48, 18, k.When[side], p.Caption())
	p.Key(x+w-28, k.place+9, []string{"1", "2"}[side])
}

func (c *ConflictPair) paintOutcome(p *Pen, y, w, x float32) {
	words := c.desk.Words
	p.H(16, y+2, w-32)
	n := p.Text(16, y+8, 0, 26, words.T(text.AfterDeciding), p.Body().B())
	if open := c.Open(); open > 0 {
		p.Badge(16+n+14, y+12, Mark{"△", words.T(text.OpenFields, open), Warn})
	}
	y += 38
	for _, k := range c.contests {
		h := c.outcomeHeight(p, k, w)
		p.Text(16, y, x-26, 24, k.Field, p.Label())
		st, value, note := c.outcome(p, k)
		p.Para(x, y+2, (w-x-16)*.6, 20, value, st)
		p.Para(x+(w-x-16)*.6+12, y+2, (w-x-16)*.4-12, 20, note, p.noteStyle(k))
		y += h
	}
}

func (p *Pen) noteStyle(k *Contest) Style {
	if k.Wrong != "" {
		return p.Label().In(p.Late)
	}
	return p.Label().In(p.Ink3)
}

// outcome is what the record will hold, and why.
func (c *ConflictPair) outcome(p *Pen, k *Contest) (st Style, value, note string) {
	words := c.desk.Words
	st, value = p.Body(), k.Outcome()
	switch k.Pick {
	case Undecided:
		st, value, note = st.In(p.Warn).B(), words.T(text.NotChosenYet), words.T(text.ChooseByKey)
		if k.CanBoth {
			note = words.T(text.ChooseOfThree)
		}
	case First:
		note = words.T(text.UsesOne, "1")
	case Second:
		note = words.T(text.UsesOne, "2")
	case Both:
		note = words.T(text.UsesBoth)
	case Typed:
		note = words.T(text.UsesTyped)
	}
	if value == "" {
		value = words.T(text.NoValue)
	}
	if k.Wrong != "" {
		note = "× " + k.Wrong
	}
	return st, value, note
}

func (c *ConflictPair) outcomeHeight(p *Pen, k *Contest, w float32) float32 {
	lab, _ := c.widths(w)
	room := w - 16 - lab - 16
	st, value, note := c.outcome(p, k)
	lines := max(len(p.Wrap(value, st, room*.6)), len(p.Wrap(note, p.noteStyle(k), room*.4-12)))
	return float32(lines)*20 + 4
}
