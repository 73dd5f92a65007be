package kit

import (
	"strings"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui/text"
)

// newField makes the widget for a type of field.
func (f *Form) newField(in *input) formField {
	if in.spec.ReadOnly {
		return newShown(f, in)
	}
	switch in.spec.Type {
	case app.TChoice:
		return newChoice(f, in)
	case app.TBool:
		return newYesNo(f, in)
	case app.TFiles:
		return newFiles(f, in)
	case app.TRows:
		return newRows(f, in)
	case app.TLink:
		return newLink(f, in)
	case app.TLong:
		return newTyped(f, in, NewLong(f.desk, 3))
	case app.TRaw, app.TLinks:
		return newShown(f, in)
	}
	return newTyped(f, in, NewEntry(f.desk))
}

// typed is a field of text, a number, a day or a time.
type typed struct{ *Entry }

func newTyped(f *Form, in *input, e *Entry) typed {
	switch in.spec.Type {
	case app.TDay:
		e.SetPlaceHolder(f.desk.Words.T(text.DayExample))
	case app.TTime:
		e.SetPlaceHolder(f.desk.Words.T(text.TimeExample))
	case app.TTags:
		e.SetPlaceHolder(f.desk.Words.T(text.TagsExample))
	}
	e.Name(f.spokenName(in))
	e.OnChanged = func(string) { f.changed(in) }
	e.OnFocus(func() { f.seen(in) })
	e.OnBlur(func() { f.left(in) })
	return typed{e}
}

func (t typed) object() fyne.CanvasObject { return t.Entry }
func (t typed) read() string              { return t.Text }
func (t typed) focus() fyne.Focusable     { return t.Entry }

func (t typed) height(p *Pen, _ float32) float32 {
	return max(fieldHeight, t.MinSize().Height/p.f)
}

// spokenName is the name of a field with 必須 where it must be filled in.
func (f *Form) spokenName(in *input) string {
	name := f.desk.Words.Of(in.spec.Label)
	if in.spec.Required {
		name += " " + f.desk.Words.T(text.Required)
	}
	return name
}

// show sets the text without reporting it as an edit. Spaces at its ends stay: a
// person goes on after one.
func (t typed) show(s string) {
	if t.Text == s || strings.TrimSpace(t.Text) == s {
		return
	}
	changed := t.OnChanged
	t.OnChanged = nil
	t.SetText(s)
	t.OnChanged = changed
}

// seen scrolls a field that got the keyboard into sight.
func (f *Form) seen(in *input) {
	if f.scroller != nil {
		f.scroller.Reveal(in.y-6, fieldPitch+6)
	}
}

// choice is a field of a closed list. Where nothing may be chosen, the first
// entry says so.
type choice struct {
	*Select
	words map[string]string // what is shown → what Enter reads
}

func newChoice(f *Form, in *input) choice {
	c := choice{words: map[string]string{}}
	var options []string
	first := false
	for _, o := range in.spec.Choices {
		word := f.desk.Words.Of(o.Label)
		options, c.words[word], first = append(options, word), o.Name, first || o.Value == ""
	}
	if !first && !in.spec.Required {
		none := f.desk.Words.T(text.NotSet)
		options, c.words[none] = append([]string{none}, options...), ""
	}
	c.Select = NewSelect(f.desk, options, func(string) { f.changed(in) })
	c.Name(f.spokenName(in))
	c.PlaceHolder = f.desk.Words.T(text.ChooseOne)
	c.onFocus = func() { f.seen(in) }
	c.onBlur = func() { f.left(in) }
	return c
}

func (c choice) object() fyne.CanvasObject { return c.Select }
func (c choice) focus() fyne.Focusable     { return c.Select }

func (c choice) height(*Pen, float32) float32 { return fieldHeight }

func (c choice) read() string {
	if name, ok := c.words[c.Selected]; ok {
		return name
	}
	return c.Selected // a value of a newer version goes back as it came
}

// show shows a value by its word, also where the model knows only its name.
func (c choice) show(s string) {
	for word, name := range c.words {
		if s != "" && name == s {
			s = word
			break
		}
	}
	c.Selected = s
	c.Refresh()
}

// yesNo is a field of yes or no.
type yesNo struct{ *Check }

func newYesNo(f *Form, in *input) yesNo {
	c := NewCheck(f.desk, func(bool) { f.changed(in) })
	c.Name(f.spokenName(in))
	c.onFocus = func() { f.seen(in) }
	return yesNo{c}
}

func (y yesNo) object() fyne.CanvasObject        { return y.Check }
func (y yesNo) focus() fyne.Focusable            { return y.Check }
func (y yesNo) height(p *Pen, _ float32) float32 { return max(fieldHeight, y.MinSize().Height/p.f) }

func (y yesNo) read() string {
	if y.Checked {
		return "true"
	}
	return "false"
}

func (y yesNo) show(s string) {
	y.Checked = s == "yes" || s == string(text.Yes)
	y.Check.Refresh()
}

// shown is a field that rules set: words, no box.
type shown struct {
	*Surface
	form *Form
	spec app.Spec
	s    string
}

func newShown(f *Form, in *input) *shown {
	v := &shown{form: f, spec: in.spec}
	v.Surface = NewSurface(f.desk.Look, func(p *Pen, w, h float32) { p.Para(0, 5, w, 20, v.words(), p.Body()) })
	return v
}

// words are the value; of a link, what it points to; of rows, each cell by its column.
func (v *shown) words() string {
	switch v.spec.Type {
	case app.TLink:
		if ref, err := app.ParseRef(v.s); err == nil {
			return v.form.host.Name(ref)
		}
	case app.TRows:
		return v.rows()
	}
	return v.s
}

func (v *shown) rows() string {
	var lines []string
	for _, row := range SplitRows(v.s, len(v.spec.Columns)) {
		var cells []string
		for i, cell := range row {
			if cell != "" {
				cells = append(cells, v.spec.Columns[i].Label.In(v.form.desk.Words.Lang())+" "+cell)
			}
		}
		lines = append(lines, strings.Join(cells, "　"))
	}
	return strings.Join(lines, "\n")
}

func (v *shown) object() fyne.CanvasObject { return v.Surface }
func (v *shown) read() string              { return v.s }
func (v *shown) show(s string)             { v.s = s; v.Surface.Refresh() }
func (v *shown) focus() fyne.Focusable     { return nil }

func (v *shown) height(p *Pen, w float32) float32 {
	return max(fieldHeight, float32(len(p.Wrap(v.words(), p.Body(), w)))*20+9)
}

// link is a field that points to another record: its name and a button.
type link struct {
	*Surface
	form   *Form
	in     *input
	s      string
	choose *Button
	clear  *Button
}

func newLink(f *Form, in *input) *link {
	l := &link{form: f, in: in}
	l.choose = NewButton(f.desk, Secondary, f.desk.Words.T(text.SelectVerb), noKey, func() {
		f.host.Pick(in.spec.Target, func(r app.Ref) { l.show(r.String()); f.changed(in) })
	})
	l.clear = NewButton(f.desk, Linked, f.desk.Words.T(text.TakeOut), noKey, func() { l.show(""); f.changed(in) })
	l.Surface = NewSurface(f.desk.Look, l.paintLink)
	return l
}

func (l *link) paintLink(p *Pen, w, _ float32) {
	y := l.buttonsAt(p, w)
	right := p.Place(w, y, l.choose)
	if l.s != "" {
		right = p.Place(right, y, l.clear)
	}
	if y > 0 {
		right = w
	}
	p.Box(0, 0, right, 28, p.Raised, p.Line, 4)
	p.Text(6, 0, right-12, 28, l.name(), p.Body())
}

// buttonsAt is where the buttons stand: beside a name, or below one that is long.
func (l *link) buttonsAt(p *Pen, w float32) float32 {
	if beside := w - l.choose.Need() - l.clear.Need() - 28; l.s == "" || p.Width(l.name(), p.Body()) <= beside {
		return 0
	}
	return fieldHeight + 4
}

func (l *link) name() string {
	ref, err := app.ParseRef(l.s)
	if err != nil || ref.IsZero() {
		return strings.TrimSpace(l.s)
	}
	return l.form.host.Name(ref)
}

func (l *link) object() fyne.CanvasObject        { return l.Surface }
func (l *link) read() string                     { return l.s }
func (l *link) show(s string)                    { l.s = s; l.Surface.Refresh() }
func (l *link) focus() fyne.Focusable            { return l.choose }
func (l *link) height(p *Pen, w float32) float32 { return l.buttonsAt(p, w) + fieldHeight }
