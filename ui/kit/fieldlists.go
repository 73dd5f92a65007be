package kit

import (
	"fmt"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/text"
)

var noKey ui.Key

// files is a field of attachments: one line each, with what can be done.
type files struct {
	*Surface
	form *Form
	in   *input
	list []app.Blob
	see  []*Button
	open []*Button
	keep []*Button
	out  []*Button
	add  *Button
}

func newFiles(f *Form, in *input) *files {
	v := &files{form: f, in: in}
	v.add = NewButton(f.desk, Secondary, f.desk.Words.T(text.AttachFile), noKey, v.attach)
	v.Surface = NewSurface(f.desk.Look, v.paintFiles)
	return v
}

func (v *files) attach() {
	v.form.host.Attach(func(b app.Blob, err error) {
		if err != nil {
			v.in.wrong = v.form.desk.Words.Error(err)
			v.form.refit()
			return
		}
		v.set(append(v.list, b))
	})
}

func (v *files) set(list []app.Blob) {
	v.in.wrong = ""
	if err := v.form.model.SetFiles(v.in.spec.Name, list); err != nil {
		v.in.wrong = v.form.desk.Words.Error(err)
	}
	v.load()
	v.form.refit()
	v.form.changed(v.in)
}

func (v *files) load() {
	v.list, v.see, v.open, v.keep, v.out = v.form.model.Files(v.in.spec.Name), nil, nil, nil, nil
	for i, b := range v.list {
		v.see = append(v.see, v.linked(text.ShowFile, func() { v.form.host.Show(b) }))
		v.open = append(v.open, v.linked(text.OpenVerb, func() { v.form.host.OpenOutside(v.in.spec.Name, b) }))
		v.keep = append(v.keep, v.linked(text.SaveFile, func() { v.form.host.Keep(b) }))
		v.out = append(v.out, v.linked(text.TakeOut, func() { v.takeOut(i) }))
	}
}

func (v *files) linked(word text.Key, do func()) *Button {
	return NewButton(v.form.desk, Linked, v.form.desk.Words.T(word), noKey, do)
}

func (v *files) takeOut(i int) {
	rest := append([]app.Blob{}, v.list[:i]...)
	v.set(append(rest, v.list[i+1:]...))
}

func (v *files) paintFiles(p *Pen, w, _ float32) {
	y := float32(0)
	for i, b := range v.list {
		size := text.Size(b.Size)
		right := w - p.Width(size, p.Caption())
		p.Text(right, y, 0, 28, size, p.Caption())
		p.Text(0, y, right-8, 28, b.Name, p.Body())
		p.Place(w, y+24, v.out[i], v.keep[i], v.open[i], v.see[i])
		p.H(0, y+fileHigh-1, w)
		y += fileHigh
	}
	p.Add(v.add, 0, y+v.gap(), v.add.Need(), 28)
}

// fileHigh is a file with its name, what can be done with it, and the line below.
const fileHigh = 54

// gap parts the button from the files above it.
func (v *files) gap() float32 { return float32(min(len(v.list), 1) * 4) }

func (v *files) object() fyne.CanvasObject { return v.Surface }
func (v *files) read() string              { return "" }
func (v *files) show(string)               { v.load(); v.Surface.Refresh() }
func (v *files) focus() fyne.Focusable     { return v.add }
func (v *files) height(_ *Pen, _ float32) float32 {
	return float32(len(v.list))*fileHigh + v.gap() + fieldHeight
}

// rows is a field of small records: a table of entries with a head.
type rows struct {
	*Surface
	form  *Form
	in    *input
	cells [][]*Entry
	out   []*Button
	add   *Button
}

func newRows(f *Form, in *input) *rows {
	v := &rows{form: f, in: in}
	v.add = NewButton(f.desk, Secondary, f.desk.Words.T(text.AddRow), noKey, func() {
		v.put(append(v.texts(), make([]string, len(in.spec.Columns))))
		f.refit()
		f.desk.Focus(v.cells[len(v.cells)-1][0])
	})
	v.Surface = NewSurface(f.desk.Look, v.paintRows)
	return v
}

// put makes entries for texts.
func (v *rows) put(texts [][]string) {
	v.cells, v.out = nil, nil
	for i, row := range texts {
		var line []*Entry
		for c, s := range row {
			e := NewEntry(v.form.desk)
			e.SetText(s)
			if v.in.spec.Columns[c].Type == app.TDay {
				e.SetPlaceHolder(v.form.desk.Words.T(text.DayExample))
			}
			e.Name(v.form.desk.Words.Of(v.in.spec.Columns[c].Label))
			e.OnChanged = func(string) { v.form.changed(v.in) }
			e.OnFocus(func() { v.form.seen(v.in) })
			e.OnBlur(func() { v.form.left(v.in) })
			line = append(line, e)
		}
		v.cells = append(v.cells, line)
		v.out = append(v.out, newGlyph(v.form.desk, "×", v.form.desk.Words.T(text.TakeOut), func() { v.takeOut(i) }))
	}
}

func (v *rows) takeOut(i int) {
	texts := v.texts()
	v.put(append(texts[:i:i], texts[i+1:]...))
	v.form.refit()
	v.form.changed(v.in)
}

func (v *rows) texts() (out [][]string) {
	for _, row := range v.cells {
		line := make([]string, len(row))
		for c, e := range row {
			line[c] = e.Text
		}
		out = append(out, line)
	}
	return out
}

// widths shares the room: short columns get what they need, the longest text
// the rest.
func (v *rows) widths(p *Pen, w float32) []float32 {
	out := make([]float32, len(v.in.spec.Columns))
	flex := 0
	for i, c := range v.in.spec.Columns {
		out[i] = max(56, p.Width(v.form.desk.Words.Of(c.Label), p.Label())+14, min(v.longest(p, i)+18, mostCell))
		if c.Type == app.TDay {
			out[i] = 112 // a date, and no bar of a field too narrow for it under it
		}
		if c.Type == app.TText {
			flex = i
		}
	}
	if n := len(v.in.spec.Columns); flex == n-1 && n > 2 {
		flex, out[n-1] = n-2, 92 // the last text is who, the one before it what
	}
	rest := w - 24
	for _, n := range out {
		rest -= n
	}
	out[flex] += max(rest, 0)
	return out
}

// mostCell is how wide a column grows with what stands in it.
const mostCell = 92

// longest is the width of the longest text in a column.
func (v *rows) longest(p *Pen, column int) (w float32) {
	for _, row := range v.cells {
		w = max(w, p.Width(row[column].Text, p.Body()))
	}
	return w
}

func (v *rows) paintRows(p *Pen, w, _ float32) {
	ws, x := v.widths(p, w), float32(0)
	p.Rect(0, 0, w, 24, p.Band)
	for i, c := range v.in.spec.Columns {
		p.Text(x+6, 0, ws[i]-8, 24, v.form.desk.Words.Of(c.Label), p.Label())
		x += ws[i]
	}
	y := float32(26)
	for i, row := range v.cells {
		x = 0
		for c, e := range row {
			p.Add(e, x, y, ws[c]-3, fieldHeight)
			x += ws[c]
		}
		p.Add(v.out[i], w-20, y, 20, fieldHeight)
		y += fieldHeight + 3
	}
	p.Add(v.add, 0, y+2, v.add.Need(), 28)
}

func (v *rows) object() fyne.CanvasObject { return v.Surface }
func (v *rows) read() string              { return JoinRows(v.texts()) }

func (v *rows) focus() fyne.Focusable {
	if len(v.cells) > 0 {
		return v.cells[0][0]
	}
	return v.add
}

func (v *rows) height(_ *Pen, _ float32) float32 {
	return 26 + float32(len(v.cells))*(fieldHeight+3) + 30
}

// show keeps the entries while they say the same, so that the keyboard stays
// where it is.
func (v *rows) show(s string) {
	if want := SplitRows(s, len(v.in.spec.Columns)); fmt.Sprint(want) != fmt.Sprint(SplitRows(v.read(), len(v.in.spec.Columns))) || v.cells == nil {
		v.put(want)
	}
	v.Surface.Refresh()
}
