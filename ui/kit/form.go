package kit

import (
	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/civil"
	"daicho/ui"
	"daicho/ui/text"
)

// FormHost is what a form needs of the window to fill files and links.
type FormHost interface {
	// Attach lets the person choose a file and stores it; done gets the blob on
	// the UI goroutine, or the reason why there is none.
	Attach(done func(app.Blob, error))
	// Keep saves an attachment where the person wants it.
	Keep(blob app.Blob)
	// Pick lets the person choose a record of a kind.
	Pick(kind app.Kind, chosen func(app.Ref))
	// Name is the number and title of a record, empty while it is not known.
	Name(app.Ref) string
}

const (
	fieldHeight = 29 // what an Entry asks for, rounded up: a pixel less and it scrolls inside itself
	fieldPitch  = 34
	errorLine   = 16
	wideLabel   = 28
	formMargin  = 18
)

// Form edits the fields of a FormModel: label left, field right, 必須 as a
// word, errors under their field with the way out. Its height follows from its
// width: put it into a Scroller.
type Form struct {
	Surface
	desk     *ui.Desk
	host     FormHost
	model    FormModel
	inputs   []*input
	onChange func()
	scroller *Scroller
}

// input is one field of the form with what is wrong with it.
type input struct {
	spec    app.Spec
	field   formField
	touched bool
	pending string // wrong, but the person is still typing
	wrong   string // wrong, and said
	y       float32
}

// formField is the widget of one type of field.
type formField interface {
	object() fyne.CanvasObject
	height(p *Pen, w float32) float32
	// read is what the person typed, in the form that Enter takes.
	read() string
	// show puts a value into the widget.
	show(string)
	focus() fyne.Focusable
}

// NewForm makes the form of a model. onChange is called after every edit.
func NewForm(desk *ui.Desk, host FormHost, model FormModel, onChange func()) *Form {
	f := &Form{desk: desk, host: host, model: model, onChange: onChange}
	for _, s := range model.Specs() {
		in := &input{spec: s}
		in.field = f.newField(in)
		f.inputs = append(f.inputs, in)
	}
	f.Extend(f, desk.Look, f.paintForm)
	f.Load()
	return f
}

// In tells the form which scroller it scrolls in.
func (f *Form) In(s *Scroller) { f.scroller = s }

// Load shows the model anew, after it changed by another hand.
func (f *Form) Load() {
	for _, in := range f.inputs {
		in.field.show(f.model.Show(in.spec.Name))
		in.touched, in.pending, in.wrong = false, "", ""
	}
	f.refit()
}

// changed enters what the person typed; an error waits until the field is left.
func (f *Form) changed(in *input) {
	in.touched = true
	in.pending = f.enter(in)
	if in.wrong != "" && in.pending == "" {
		in.wrong = ""
		f.refit()
	}
	call(f.onChange)
}

func (f *Form) enter(in *input) string {
	if _, seenOnly := in.field.(*shown); seenOnly || in.spec.Type == app.TFiles {
		return ""
	}
	if err := f.model.Enter(in.spec.Name, f.dated(in.spec.Type, in.field.read())); err != nil {
		return f.desk.Words.Error(err)
	}
	return ""
}

// dated completes a day without a year and a time without a day by what today
// is: rules know no today, people do. What cannot be read goes on as it is.
func (f *Form) dated(t app.Type, s string) string {
	now := f.desk.Now()
	switch t {
	case app.TDay:
		if d, err := civil.ParseDate(s, civil.DateOf(now)); err == nil {
			return d.String()
		}
	case app.TTime:
		if at, err := civil.ParseMoment(s, now); err == nil {
			return app.StampOf(at).RFC3339()
		}
	}
	return s
}

// left says what is wrong with a field that was edited and left, and shows
// dates and numbers as they were understood.
func (f *Form) left(in *input) {
	if !in.touched {
		return
	}
	if in.pending == "" && in.spec.Type != app.TLong {
		in.field.show(f.model.Show(in.spec.Name))
	}
	if in.wrong != in.pending {
		in.wrong = in.pending
		f.refit()
	}
}

// Commit enters every field. If one is wrong it says so under the field, puts
// the keyboard there and returns false.
func (f *Form) Commit() bool {
	var first *input
	for _, in := range f.inputs {
		if in.touched || f.model.Strict() {
			in.wrong = f.enter(in)
			in.pending = in.wrong
		}
		if in.wrong != "" && first == nil {
			first = in
		}
	}
	f.refit()
	if first != nil {
		f.goTo(first)
	}
	return first == nil
}

// Refuse shows a refusal under the field it names; it reports whether the form
// has that field.
func (f *Form) Refuse(err error) bool {
	e := app.ErrorOf(err)
	for _, in := range f.inputs {
		if e.Field != "" && in.spec.Name == e.Field {
			in.wrong = f.desk.Words.Error(err)
			f.refit()
			f.goTo(in)
			return true
		}
	}
	return false
}

func (f *Form) goTo(in *input) {
	if f.scroller != nil {
		f.scroller.Reveal(in.y-6, fieldPitch+3*errorLine)
	}
	if w := in.field.focus(); w != nil {
		f.desk.Focus(w)
	}
}

// Focus puts the keyboard into the first field that can be edited.
func (f *Form) Focus() {
	for _, in := range f.inputs {
		if w := in.field.focus(); w != nil {
			f.desk.Focus(w)
			return
		}
	}
}

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
	return min(w, 148)
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
		f.paintEdge(p, in, x, y, fw, h)
		if in.wrong != "" {
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

// paintEdge draws round what has no edge of its own, and round what is wrong.
func (f *Form) paintEdge(p *Pen, in *input, x, y, w, h float32) {
	edge, width := p.Edge, float32(1)
	s, isSelect := in.field.object().(*Select)
	switch {
	case in.wrong != "":
		edge, width = p.Late, 1.5
	case isSelect && s.focused:
		edge, width = p.Accent, 2
	case !isSelect:
		return
	}
	p.Box(x, y, w, h, nil, edge, 4).StrokeWidth = width
}
