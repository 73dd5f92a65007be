package kit

import (
	"slices"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/civil"
	"daicho/ui"
)

// FormHost is what a form needs of the window to fill files and links.
type FormHost interface {
	// Attach lets the person choose a file and stores it; done gets the blob on
	// the UI goroutine, or the reason why there is none.
	Attach(done func(app.Blob, error))
	// Keep saves an attachment where the person wants it.
	Keep(blob app.Blob)
	// Show previews an attachment without leaving the window.
	Show(blob app.Blob)
	// OpenOutside opens an attachment in the program that the system has for it; what is
	// saved there takes its place in the field, to be recorded.
	OpenOutside(field string, blob app.Blob)
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

// Load shows the model anew, after it changed by another hand. What was typed and
// cannot be read yet stays, and so does the keyboard.
func (f *Form) Load() {
	for _, in := range f.inputs {
		if in.pending != "" {
			continue
		}
		in.field.show(f.model.Show(in.spec.Name))
		in.touched, in.wrong = false, ""
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

// Unread is what was typed into fields and cannot be read yet, such as half a
// date: the model does not have it.
func (f *Form) Unread() map[string]string {
	out := map[string]string{}
	for _, in := range f.inputs {
		if in.pending != "" {
			out[in.spec.Name] = in.field.read()
		}
	}
	return out
}

// Typed is what a person has typed into the form, read or not.
func (f *Form) Typed() map[string]string {
	out := map[string]string{}
	for _, in := range f.inputs {
		if s := in.field.read(); in.touched && s != "" {
			out[in.spec.Name] = s
		}
	}
	return out
}

// Retype puts back what Unread or Typed gave.
func (f *Form) Retype(typed map[string]string) {
	for _, in := range f.inputs {
		if s, ok := typed[in.spec.Name]; ok {
			in.field.show(s)
			in.touched, in.pending = true, f.enter(in)
			in.wrong = in.pending
		}
	}
	f.refit()
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

// Has says whether the form has a field that a person can put right.
func (f *Form) Has(name string) bool {
	return slices.ContainsFunc(f.inputs, func(in *input) bool { return in.spec.Name == name && in.field.focus() != nil })
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

// Named draws anew what points to other records: what these are called is known now.
func (f *Form) Named() {
	for _, in := range f.inputs {
		switch in.field.(type) {
		case *link, *shown:
			in.field.object().Refresh()
		}
	}
	f.refit()
}

// Fill types a text into a field in place of what stands there, and puts the keyboard
// there.
func (f *Form) Fill(name, words string) {
	for _, in := range f.inputs {
		if in.spec.Name == name && in.field.focus() != nil {
			in.field.show(words)
			f.changed(in)
			f.goTo(in)
		}
	}
}

func (f *Form) goTo(in *input) {
	if f.scroller != nil {
		f.scroller.Reveal(in.y-6, fieldPitch+3*errorLine)
	}
	if w := in.field.focus(); w != nil {
		f.desk.Focus(w)
	}
}

// Tapped puts the keyboard into the field whose label was clicked, or beside
// which: Fyne takes it from everybody when a click meets nobody who wants it.
func (f *Form) Tapped(e *fyne.PointEvent) {
	f.desk.Touch()
	if in := f.nearest(e.Position.Y / f.look.Factor()); in != nil {
		f.desk.Focus(in.field.focus())
	}
}

// nearest is the field at a height that can be edited; the gap between two
// belongs to both by halves. Nil below the last one.
func (f *Form) nearest(y float32) (at *input) {
	const half = (fieldPitch - fieldHeight) / 2
	p := NewPen(f.look)
	end := f.arrange(p, f.size.Width/f.look.Factor(), f.labelWidth(p), func(in *input, _, _ float32) {
		if in.y-half <= y && in.field.focus() != nil {
			at = in
		}
	})
	if y > end {
		return nil
	}
	return at
}

// FocusOn puts the keyboard into a field; false if there is none of that name.
func (f *Form) FocusOn(field string) bool {
	for _, in := range f.inputs {
		if in.spec.Name == field {
			f.goTo(in)
			return true
		}
	}
	return false
}

// Focus puts the keyboard into the first field that can be edited; false if there
// is none.
func (f *Form) Focus() bool {
	for _, in := range f.inputs {
		if w := in.field.focus(); w != nil {
			f.desk.Focus(w)
			return true
		}
	}
	return false
}
