package kit

import (
	"cmp"
	"strings"

	"daicho/app"
)

// FormModel is what a form edits: the fields of a record, or the arguments of
// a command. It knows no widget.
type FormModel interface {
	Specs() []app.Spec
	// Show is a field as a person edits it.
	Show(field string) string
	// Enter sets a field from what was typed; the refusal says what is wrong.
	Enter(field, typed string) error
	// Files are the attachments in a field; SetFiles replaces them.
	Files(field string) []app.Blob
	SetFiles(field string, files []app.Blob) error
	// Strict means that every field is checked when the form is recorded, also
	// those that nobody touched: a new record, a command.
	Strict() bool
}

// RecordModel edits a record through its register.
type RecordModel struct {
	Register app.AnyRegister
	Record   app.Record
	Lang     app.Lang
	Hidden   map[string]bool      // fields shown elsewhere on the page
	Labels   map[string]app.Label // of fields that have another name here than in the register
	ReadOnly bool                 // nobody edits it
}

// Specs are the fields but the number and those that are hidden. What was erased
// is not entered again.
func (m *RecordModel) Specs() (out []app.Spec) {
	for _, s := range m.Register.About().Fields {
		if s.Name != "number" && !m.Hidden[s.Name] {
			s.Label = cmp.Or(m.Labels[s.Name], s.Label)
			s.ReadOnly = s.ReadOnly || m.ReadOnly || s.Personal && m.Record.Meta().IsErased()
			out = append(out, s)
		}
	}
	return out
}

// Show is a field as a person edits it: of a moment without the seconds, which
// nobody types.
func (m *RecordModel) Show(field string) string {
	if at := m.minute(field); at != 0 {
		return at.Time().Format(app.TypedTime)
	}
	return m.Register.Show(m.Record, field, m.Lang)
}

// Enter sets a field. A moment that reads as the one shown keeps its seconds.
func (m *RecordModel) Enter(field, typed string) error {
	if at := m.minute(field); at != 0 && typed == at.RFC3339() {
		return nil
	}
	return m.Register.Enter(m.Record, field, typed)
}

// minute is the moment in a field, its seconds cut off; zero if it holds none.
func (m *RecordModel) minute(field string) app.Stamp {
	if s, ok := app.SpecOf(m.Register, field); !ok || s.Type != app.TTime {
		return 0
	}
	at := app.Stamp(m.Register.Column(m.Record, field).Int())
	return at - at%60_000
}

// Files are the attachments in a field.
func (m *RecordModel) Files(field string) []app.Blob {
	return m.Register.Column(m.Record, field).Blobs()
}

// SetFiles replaces the attachments in a field.
func (m *RecordModel) SetFiles(field string, files []app.Blob) error {
	return m.Register.Put(m.Record, field, app.FilesValue(files))
}

// Strict is true for a new record.
func (m *RecordModel) Strict() bool { return m.Record.Meta().IsNew() }

// Dirty reports whether there is something to record.
func (m *RecordModel) Dirty() bool { return len(m.Register.Diff(m.Record)) > 0 }

// CommandModel edits the arguments of a command.
type CommandModel struct {
	Register app.AnyRegister
	Command  app.CommandSpec
	typed    map[string]string
}

// NewCommandModel starts with nothing typed.
func NewCommandModel(g app.AnyRegister, c app.CommandSpec) *CommandModel {
	return &CommandModel{Register: g, Command: c, typed: map[string]string{}}
}

// Specs are the arguments.
func (m *CommandModel) Specs() []app.Spec { return m.Command.Args }

// Show is what was typed.
func (m *CommandModel) Show(field string) string { return m.typed[field] }

// Enter keeps what was typed and checks it, a missing value of its own included.
func (m *CommandModel) Enter(field, typed string) error {
	m.typed[field] = typed
	_, err := app.Args(m.Register, m.Command.Name, m.Args())
	if e := app.ErrorOf(err); e != nil && e.Field == field {
		return err
	}
	return nil
}

// Args are the arguments as field=value, those that were typed.
func (m *CommandModel) Args() (args []string) {
	for _, s := range m.Command.Args {
		if v := strings.TrimSpace(m.typed[s.Name]); v != "" {
			args = append(args, s.Name+"="+v)
		}
	}
	return args
}

// Files of a command: there are none.
func (m *CommandModel) Files(string) []app.Blob { return nil }

// SetFiles of a command: there are none.
func (m *CommandModel) SetFiles(field string, _ []app.Blob) error {
	return app.Refuse(app.Invalid, field, "この操作にはファイルを添付できません。記録の画面で添付してください。", "a command takes no files; attach them to the record")
}

// Strict is true: a command needs all it asks for.
func (m *CommandModel) Strict() bool { return true }

// escaping of nested rows, as the machinery reads them: bars part columns,
// lines part rows.
var escapeRow = strings.NewReplacer(`\`, `\\`, `|`, `\|`, "\n", `\n`)

// JoinRows writes nested rows; rows without any text are left out.
func JoinRows(rows [][]string) string {
	var lines []string
	for _, row := range rows {
		if strings.Join(row, "") == "" {
			continue
		}
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = escapeRow.Replace(c)
		}
		lines = append(lines, strings.Join(cells, "|"))
	}
	return strings.Join(lines, "\n")
}

// SplitRows reads what JoinRows, or the machinery, wrote; every row gets n cells.
func SplitRows(s string, n int) (rows [][]string) {
	if s == "" {
		return nil
	}
	for line := range strings.SplitSeq(s, "\n") {
		row := splitCells(line)
		for len(row) < n {
			row = append(row, "")
		}
		rows = append(rows, row[:n])
	}
	return rows
}

func splitCells(line string) (cells []string) {
	var b strings.Builder
	escaped := false
	for _, r := range line {
		switch {
		case escaped && r == 'n':
			b.WriteRune('\n')
			escaped = false
		case escaped:
			b.WriteRune(r)
			escaped = false
		case r == '\\':
			escaped = true
		case r == '|':
			cells = append(cells, b.String())
			b.Reset()
		default:
			b.WriteRune(r)
		}
	}
	return append(cells, b.String())
}
