// Package register is the page of any register: the list with its filters, the
// open record with form, history and links, and its commands.
//
// A section of a plain register is a Config and nothing else. Use it as long
// as a list and a record are what people need; a page of another shape (a
// board, a chart, a conflict) is code of its section.
package register

import (
	"cmp"
	"context"
	"strings"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/report"
	"daicho/ui"
	"daicho/ui/kit"
)

// Config says what is particular about a register's page.
type Config struct {
	Register app.AnyRegister
	// Title is the field that names a record.
	Title string
	// Columns of the list, in order.
	Columns []Column
	// Sort is the field that the list is in order of at first.
	Sort string
	Desc bool
	// New is the act of making a record: 受け付ける. Zero: programs note records
	// here, and people read them.
	New app.Label
	// Works says that people work on records that programs note: they edit fields and
	// run commands. Where they can make records, they can work on them anyway.
	Works bool
	// Fixed says that nobody edits what a record says once it is made: people give it
	// commands alone.
	Fixed bool
	// Empty is what the list says when there is nothing.
	Empty app.Label
	// Mark is the state of a record; nil: it has none.
	Mark func(app.Record, app.Lang) kit.Mark
	// Bold picks records that nobody has begun with; nil: none.
	Bold func(app.Record) bool
	// Facts is the line under the subject of the open record; nil: none.
	Facts func(app.Record, app.Lang) string
	// Hidden are fields that the head of the record shows already.
	Hidden []string
	// Facets are the fields by which any list can be narrowed further, in this order:
	// closed lists, and texts, which offer what is in the records. Nil: all closed lists.
	Facets []string
	// Labels are fields that have another name here than in the register.
	Labels map[string]app.Label
	// Commands names the commands that make sense for a record, the most usual
	// first; nil: all of the register, and no other acts.
	Commands func(app.Record) []string
	// Taps names the commands of which all arguments may be left out, and mostly are: one
	// key or click does them. Who has something to say asks for their card.
	Taps []string
	// Bulk names the commands that people give to all marked records at once; none of
	// them takes a file.
	Bulk []string
	// Retires names the commands by which a record is taken out of use: what people can
	// choose for records whose rows were deleted from a sheet. Nil: nothing happens to them.
	Retires []string
	// Sets names the fields that people change in all marked records at once; nil: all
	// that are short and do not name the record.
	Sets []string
	// Ready are ready texts for the form; its kind is empty where there are none.
	Ready Ready
	// Face is one more face of the open record; its label is empty where there is none.
	Face Face
	// Signed names, by command, the field of files that takes the signature drawn on the
	// command's card.
	Signed map[string]string
	// Bring makes records of files of this machine that fall onto the list; nil: none.
	Bring func(host ui.Host, paths []string)
	// Papers are what can be printed beside the form of a record and the list.
	Papers []Paper
	// Begins are acts that open the form of a new record elsewhere, with what the open one
	// says already in it. Commands names them among the commands.
	Begins map[string]Begin
	// Keys of commands.
	Keys map[string]ui.Key
}

// Begin is an act that begins a record of another kind.
type Begin struct {
	Label app.Label
	// Make fills it in from the open record, off the UI goroutine. What it links to first
	// is what it is for.
	Make func(ctx context.Context, records ui.Records, open app.Record) (app.Record, error)
}

// Paper is a letter or report of a section.
type Paper struct {
	Label app.Label
	// Of makes it of the open record, off the UI goroutine.
	Of func(context.Context, ui.Records, *ui.Desk, app.Record) (report.Document, error)
	// Whole says that it is of many records, and Of gets none.
	Whole bool
}

// Face is a face of a record that only its section can draw.
type Face struct {
	Label app.Label
	New   func(ui.Host, *ui.Desk) View
	Kinds []app.Kind // of what it shows beside the record: it is read anew when one changes
}

// View is what stands on a [Face].
type View interface {
	kit.Tall
	// Load reads what belongs to a record, off the UI goroutine, and returns what
	// shows it there.
	Load(context.Context, ui.Records, app.Record) (show func(), err error)
}

// Filler is a [View] that offers texts for fields of the record.
type Filler interface {
	// Fills names what puts a text into a field of the form, to be recorded.
	Fills(put func(field, words string))
}

// readOnly says whether people only read here.
func (c *Config) readOnly() bool { return !c.makes() && !c.Works }

// makes says whether people make records here.
func (c *Config) makes() bool { return c.New != app.Label{} }

// reads says whether people only read what a record says.
func (c *Config) reads(r app.Record) bool { return c.readOnly() || c.Fixed && !r.Meta().IsNew() }

// edits says whether people edit what records say here, by hand or by a sheet.
func (c *Config) edits() bool { return c.makes() || c.Works && !c.Fixed }

// sets are the fields that people change in many records at once.
func (c *Config) sets() (all []app.Spec) {
	for _, s := range app.Columns(c.Register, c.Sets...) {
		switch s.Type {
		case app.TLong, app.TLinks, app.TFiles, app.TRows, app.TRaw:
			continue
		}
		if !s.ReadOnly && !s.Derived && s.Name != "number" && s.Name != c.Title {
			s.Label = c.label(s)
			all = append(all, s)
		}
	}
	return all
}

// label is the name of a field on the page.
func (c *Config) label(s app.Spec) app.Label { return cmp.Or(c.Labels[s.Name], s.Label) }

// Column is a field in the list.
type Column struct {
	Field string
	kit.Column
	// Text shows the field otherwise than the register does; nil: as it does.
	Text func(app.Record, app.Lang) string
}

// narrowing is one line of the filter box: a named list of the register.
type narrowing struct {
	name  string
	label app.Label
	where []app.Cond
}

// narrowings are the named lists of a register. A list for which a value must
// be given has no place here: facets give it.
func narrowings(g app.AnyRegister) (all []narrowing) {
	for _, f := range g.About().Filters {
		if f.Given == "" {
			all = append(all, narrowing{f.Name, f.Label, f.Where})
		}
	}
	return all
}

// facets are the fields by which any list can be narrowed further.
func (c *Config) facets() (all []app.Spec) {
	if c.Facets != nil {
		return app.Columns(c.Register, c.Facets...)
	}
	for _, s := range c.Register.About().Fields {
		if s.Type == app.TChoice && s.Indexed && len(s.Choices) > 0 {
			all = append(all, s)
		}
	}
	return all
}

// ShortNumber is an official number in a list: without the fiscal year if that
// is the running one (2026-004129 → 004129). Other numbers stay whole.
func ShortNumber(number string, today civil.Date) string {
	year, rest, ok := strings.Cut(number, "-")
	if ok && year == fiscal(today) {
		return rest
	}
	return number
}

func fiscal(d civil.Date) string {
	return civil.Date{Year: d.FiscalYear(), Month: 4, Day: 1}.String()[:4]
}
