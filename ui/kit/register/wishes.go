package register

import (
	"slices"

	"daicho/app"
	"daicho/app/report/roundtrip"
	"daicho/ui/text"
)

// wish is what a person wants of what nobody else can decide.
type wish struct {
	retire string // the command for records whose rows were deleted; empty: nothing is done to them
	trust  bool   // the sheet counts where nobody knows what was sent
}

// wishes is the wish of an [imported] as a form: a [kit.FormModel].
type wishes struct{ of *imported }

// The names of the form's fields.
const (
	retireField = "retire"
	trustField  = "trust"
)

// Specs are what there is to choose: part of [kit.FormModel].
func (w wishes) Specs() (out []app.Spec) {
	p := w.of.came.preview
	if p.Count(roundtrip.Deleted) > 0 {
		nothing := app.Choice{Name: "nothing", Label: text.ImportNoDeed.Label()}
		choices := []app.Choice{nothing}
		for _, name := range w.of.cfg.Retires {
			if c, err := app.CommandOf(w.of.cfg.Register, name); err == nil {
				choices = append(choices, app.Choice{Value: name, Name: name, Label: c.Label})
			}
		}
		if len(choices) > 1 {
			out = append(out, app.Spec{Name: retireField, Label: text.ImportDeletedRows.Label(), Type: app.TChoice, Choices: choices})
		}
	}
	if slices.ContainsFunc(p.Changes, roundtrip.Change.IsUnsure) {
		out = append(out, app.Spec{Name: trustField, Label: text.ImportUnsure.Label(), Type: app.TChoice, Choices: []app.Choice{
			{Name: "leave", Label: text.ImportLeaveOut.Label()}, {Value: trustField, Name: trustField, Label: text.ImportTrust.Label()},
		}})
	}
	return out
}

// Show is what is chosen.
func (w wishes) Show(field string) string {
	at := 0
	if field == trustField && w.of.wish.trust {
		at = 1
	}
	for _, s := range w.Specs() {
		if s.Name != field {
			continue
		}
		if field == retireField {
			at = max(0, slices.IndexFunc(s.Choices, func(c app.Choice) bool { return c.Value == w.of.wish.retire }))
		}
		return w.of.desk.Words.Of(s.Choices[at].Label)
	}
	return ""
}

// Enter takes another choice.
func (w wishes) Enter(field, typed string) error {
	switch field {
	case retireField:
		w.of.wish.retire = typed
		if typed == "nothing" {
			w.of.wish.retire = ""
		}
	case trustField:
		w.of.wish.trust = typed == trustField
	}
	w.of.arrange()
	w.of.chosen()
	w.of.Refresh()
	return nil
}

// Files are none.
func (w wishes) Files(string) []app.Blob { return nil }

// SetFiles is never called: there are no files.
func (w wishes) SetFiles(string, []app.Blob) error { return nil }

// Strict is false: nothing has to be chosen.
func (w wishes) Strict() bool { return false }
