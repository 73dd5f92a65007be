// Package register is the page of any register: the list with its filters, the
// open record with form, history and links, and its commands.
//
// A section of a plain register is a Config and nothing else. Use it as long
// as a list and a record are what people need; a page of another shape (a
// board, a chart, a conflict) is code of its section.
package register

import (
	"cmp"
	"strings"

	"daicho/app"
	"daicho/app/civil"
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
	// Labels are fields that have another name here than in the register.
	Labels map[string]app.Label
	// Commands names the commands that make sense for a record, the most usual
	// first; nil: all of the register.
	Commands func(app.Record) []string
	// Keys of commands.
	Keys map[string]ui.Key
}

// readOnly says whether people only read here.
func (c *Config) readOnly() bool { return c.New == app.Label{} }

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

// facets are the fields of a closed list by which any list can be narrowed
// further.
func facets(g app.AnyRegister) (all []app.Spec) {
	for _, s := range g.About().Fields {
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
