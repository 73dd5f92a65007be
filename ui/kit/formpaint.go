package kit

import "daicho/ui/text"

// refit draws again and lets the scroller ask for the new height.
func (f *Form) refit() {
	if f.self == nil {
		return
	}
	f.Refresh()
	if f.scroller != nil {
		f.scroller.Fit()
	}
}

// labelWidth is that of the widest label with its 必須, within limits.
func (f *Form) labelWidth(p *Pen) float32 {
	w := float32(92)
	for _, in := range f.inputs {
		n := p.Width(f.desk.Words.Of(in.spec.Label), p.Label()) + 10
		if in.spec.Required && !in.spec.ReadOnly {
			n += p.Width(f.desk.Words.T(text.Required), p.required()) + 5
		}
		w = max(w, n)
	}
	return min(w, 176)
}

func (p *Pen) required() Style { return Style{Size: 10, Color: p.Late, Bold: true} }

// HeightFor is the height that all fields and errors need.
func (f *Form) HeightFor(w float32) float32 {
	p := NewPen(f.look)
	return f.arrange(p, w, f.labelWidth(p), func(*input, float32, float32) {})
}

// arrange goes through the fields that are shown, from top to bottom.
func (f *Form) arrange(p *Pen, w, lab float32, each func(in *input, y, h float32)) float32 {
	y := float32(8)
	for _, in := range f.inputs {
		if in.spec.ReadOnly && f.model.Show(in.spec.Name) == "" {
			continue
		}
		_, fw := f.place(in, w, lab)
		h := in.field.height(p, fw)
		in.y = y
		if in.wide() {
			y += wideLabel
		}
		each(in, y, h)
		y += max(h, fieldHeight) + fieldPitch - fieldHeight
		if in.wrong != "" {
			y += float32(len(p.Wrap(in.wrong, p.wrongStyle(), fw-12)))*errorLine + 2
		}
	}
	return y + 8
}

// wide fields stand below their label and take the whole width.
func (in *input) wide() bool {
	_, table := in.field.(*rows)
	return table
}

// place is where a field begins and how wide it is.
func (f *Form) place(in *input, w, lab float32) (x, width float32) {
	if in.wide() {
		return formMargin, w - 2*formMargin
	}
	return formMargin + lab, w - 2*formMargin - lab
}

func (p *Pen) wrongStyle() Style { return p.Caption().In(p.Late) }

func (f *Form) paintForm(p *Pen, w, _ float32) {
	lab := f.labelWidth(p)
	f.arrange(p, w, lab, func(in *input, y, h float32) {
		x, fw := f.place(in, w, lab)
		f.paintLabel(p, in, in.y, lab)
		p.Add(in.field.object(), x, y, fw, h)
		if in.wrong != "" {
			p.Box(x, y, fw, h, nil, p.Late, 4).StrokeWidth = 1.5
			p.Text(x, y+h+2, 12, errorLine, "×", p.wrongStyle().B())
			p.Para(x+12, y+h+2, fw-12, errorLine, in.wrong, p.wrongStyle())
		}
	})
}

func (f *Form) paintLabel(p *Pen, in *input, y, lab float32) {
	room := lab - 10
	must := f.desk.Words.T(text.Required)
	if in.spec.Required && !in.spec.ReadOnly {
		room -= p.Width(must, p.required()) + 5
	}
	n := p.Text(formMargin, y, room, 30, f.desk.Words.Of(in.spec.Label), p.Label())
	if in.spec.Required && !in.spec.ReadOnly {
		p.Text(formMargin+n+5, y, 0, 30, must, p.required())
	}
}
