package register

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/report"
	"daicho/app/report/roundtrip"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// mapping is the card on which a person says what the columns of a sheet of their own
// are. What is chosen can be kept under a name; daichoctl knows it by that name too.
type mapping struct {
	in     *importing
	sheet  sheet
	by     roundtrip.Layout
	name   string // to keep it under; empty: it is not kept
	why    error  // the sheet was not understood before; nil: it was
	looked roundtrip.Headings
	shut   func()
}

// layouts are the mappings of this register that have names.
func (i *importing) layouts(ctx context.Context) (map[string]roundtrip.Layout, error) {
	prefix := roundtrip.LayoutKey(i.page.cfg.Register.About().Kind, "")
	kept, err := i.page.host.Records().Recall(ctx, prefix)
	if err != nil {
		return nil, err
	}
	all := map[string]roundtrip.Layout{}
	for key, data := range kept {
		l, err := roundtrip.ParseLayout(data)
		if err != nil {
			return nil, err
		}
		all[strings.TrimPrefix(key, prefix)] = l
	}
	return all, nil
}

// choose lets the person say what the columns are.
func (i *importing) choose(s sheet, by roundtrip.Layout, why error) {
	m := &mapping{in: i, sheet: s, by: by, why: why}
	m.by.Columns = maps.Clone(by.Columns)
	m.open("")
}

// mappingCard is the size of the card, in design pixels.
var mappingCard = fyne.NewSize(640, 620)

// open shows the card as the columns are now, with the keyboard in a field.
func (m *mapping) open(field string) {
	m.look()
	if m.shut != nil {
		m.shut()
	}
	desk := m.in.page.desk
	words := desk.Words
	sentence := words.T(text.MappingSentence)
	if m.why != nil {
		sentence = words.Error(m.why) + "\n" + sentence
	}
	next := func() { m.shut(); m.done() }
	desk = desk.Taking(ui.Ctrl(fyne.KeyReturn), next)
	form := kit.NewForm(desk, nil, m, nil)
	q := kit.NewQuestion(desk, words.T(text.ImportMapping), m.sheet.name, sentence, form,
		kit.NewButton(desk, kit.Primary, words.T(text.MappingDone), ui.Ctrl(fyne.KeyReturn), next),
		kit.NewButton(desk, kit.Secondary, words.T(text.Leave), ui.Plain(fyne.KeyEscape), func() { m.shut() }))
	form.In(q.Body)
	m.shut = m.in.page.host.Ask(q, mappingCard)
	if field == "" || !form.FocusOn(field) {
		form.Focus()
	}
}

// look finds the headings; where none is known, the first line is taken for them.
func (m *mapping) look() {
	g := m.in.page.cfg.Register
	m.looked = roundtrip.Look(g, m.sheet.grids, m.by)
	if m.looked.Line > 0 {
		return
	}
	for _, grid := range m.sheets() {
		if len(grid.Lines) > 0 && (m.by.Sheet == "" || m.by.Sheet == grid.Name) {
			by := m.by
			by.Sheet, by.Line = grid.Name, grid.Lines[0].N
			m.looked = roundtrip.Look(g, m.sheet.grids, by)
			return
		}
	}
}

// sheets are those that people see.
func (m *mapping) sheets() (all []report.Grid) {
	for _, grid := range m.sheet.grids {
		if roundtrip.IsSheet(grid) {
			all = append(all, grid)
		}
	}
	return all
}

// done keeps the mapping, if it has a name, and shows what the sheet wants by it.
func (m *mapping) done() {
	m.by.Sheet, m.by.Line = m.looked.Sheet, m.looked.Line
	page := m.in.page
	if m.name == "" {
		m.in.compare(m.sheet, m.by)
		return
	}
	key := roundtrip.LayoutKey(page.cfg.Register.About().Kind, m.name)
	m.sheet.kept[m.name] = m.by
	task.Go(page.desk.Tasks, func(ctx context.Context) error {
		data, err := m.by.Bytes()
		if err != nil {
			return err
		}
		return page.host.Records().Keep(ctx, key, data)
	}, func(err error) {
		if err != nil {
			page.host.Say(kit.Late, page.desk.Words.Error(err))
			return
		}
		m.in.compare(m.sheet, m.by)
	})
}

// The names of the form's fields; a column is called by its number after a letter.
const (
	keptField   = "kept"
	sheetField  = "sheet"
	lineField   = "line"
	nameField   = "name"
	columnField = "c"
)

// Specs are the mappings that were kept, where the headings stand, and each column: part
// of [kit.FormModel].
func (m *mapping) Specs() (out []app.Spec) {
	same := func(s string) app.Choice { return app.Choice{Value: s, Name: s, Label: app.Label{JA: s, EN: s}} }
	if len(m.sheet.kept) > 0 {
		s := app.Spec{Name: keptField, Label: text.MappingKept.Label(), Type: app.TChoice}
		for _, name := range slices.Sorted(maps.Keys(m.sheet.kept)) {
			s.Choices = append(s.Choices, same(name))
		}
		out = append(out, s)
	}
	if grids := m.sheets(); len(grids) > 1 {
		s := app.Spec{Name: sheetField, Label: text.MappingSheet.Label(), Type: app.TChoice, Required: true}
		for _, grid := range grids {
			s.Choices = append(s.Choices, same(grid.Name))
		}
		out = append(out, s)
	}
	out = append(out, app.Spec{Name: lineField, Label: text.MappingLine.Label(), Type: app.TChoice, Required: true, Choices: m.lines()})
	for n, h := range m.looked.Columns {
		out = append(out, app.Spec{Name: columnField + strconv.Itoa(n), Label: app.Label{JA: h.Text, EN: h.Text}, Type: app.TChoice, Choices: m.fields()})
	}
	return append(out, app.Spec{Name: nameField, Label: text.MappingName.Label(), Type: app.TText})
}

// lines are those that may be the headings.
func (m *mapping) lines() (all []app.Choice) {
	for _, grid := range m.sheets() {
		if grid.Name != m.looked.Sheet {
			continue
		}
		for _, l := range grid.Lines[:min(len(grid.Lines), roundtrip.HeadLines)] {
			n := strconv.Itoa(l.N)
			says := quoted(strings.Join(l.Cells, " "))
			all = append(all, app.Choice{Value: n, Name: n, Label: app.Label{
				JA: text.New(app.JA).T(text.ImportLine, l.N) + says, EN: text.New(app.EN).T(text.ImportLine, l.N) + " " + says,
			}})
		}
	}
	return all
}

// fields are what a column can be: what people enter, and the number, which tells a
// record.
func (m *mapping) fields() []app.Choice {
	all := []app.Choice{{Name: "-", Label: text.ImportLeaveOut.Label()}}
	for _, s := range m.in.page.cfg.Register.About().Fields {
		if s.Name == "number" || !s.ReadOnly && s.Type != app.TFiles {
			all = append(all, app.Choice{Value: s.Name, Name: s.Name, Label: m.in.page.cfg.label(s)})
		}
	}
	return all
}

// Show is what is chosen.
func (m *mapping) Show(field string) string {
	value := ""
	switch field {
	case nameField:
		return m.name
	case keptField:
		return m.name
	case sheetField:
		return m.looked.Sheet
	case lineField:
		value = strconv.Itoa(m.looked.Line)
	default:
		value = m.column(field).Field
	}
	for _, s := range m.Specs() {
		for _, c := range s.Choices {
			if s.Name == field && c.Value == value {
				return m.in.page.desk.Words.Of(c.Label)
			}
		}
	}
	return ""
}

// column is the heading that a field of the form stands for.
func (m *mapping) column(field string) roundtrip.Heading {
	n, err := strconv.Atoi(strings.TrimPrefix(field, columnField))
	if err != nil || n < 0 || n >= len(m.looked.Columns) {
		return roundtrip.Heading{}
	}
	return m.looked.Columns[n]
}

// Enter takes a choice; where other columns follow from it the card is drawn anew.
func (m *mapping) Enter(field, typed string) error {
	switch field {
	case nameField:
		m.name = strings.TrimSpace(typed)
		return nil
	case keptField:
		if typed == "" || typed == m.name {
			return nil
		}
		m.name, m.by = typed, m.sheet.kept[typed]
		m.by.Columns = maps.Clone(m.by.Columns)
	case sheetField:
		if typed == m.looked.Sheet {
			return nil
		}
		m.by.Sheet, m.by.Line = typed, 0
	case lineField:
		n, err := strconv.Atoi(typed)
		if err != nil || n == m.looked.Line {
			return nil
		}
		m.by.Sheet, m.by.Line = m.looked.Sheet, n
	default:
		return m.is(field, typed)
	}
	m.why = nil
	m.open(field)
	return nil
}

// map_ says what a column is.
func (m *mapping) is(field, to string) error {
	h := m.column(field)
	if _, there := app.SpecOf(m.in.page.cfg.Register, to); !there {
		to = ""
	}
	if h.Text == "" || h.Field == to {
		return nil
	}
	if m.by.Columns == nil {
		m.by.Columns = map[string]string{}
	}
	m.by.Columns[h.Text] = to
	m.by.Sheet, m.by.Line = m.looked.Sheet, m.looked.Line // the line stays, whatever is known of it
	m.look()
	return nil
}

// Files are none.
func (m *mapping) Files(string) []app.Blob { return nil }

// SetFiles is never called: there are no files.
func (m *mapping) SetFiles(string, []app.Blob) error { return nil }

// Strict is false: nothing has to be chosen.
func (m *mapping) Strict() bool { return false }
