package roundtrip

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"daicho/app"
	"daicho/app/report"
)

// Today is the register as it is now. Both find nil where there is nothing.
type Today interface {
	ByID(app.ID) (app.Record, error)
	ByNumber(string) (app.Record, error)
}

// File is what has to be known of a file beside what stands in it.
type File struct {
	Written func(string) string // a text as it comes back from such a file unedited
	Secret  []byte              // from which ids of added rows follow, if the file has no salt
}

// Compare says what a sheet that came back wants of a register.
func Compare(g app.AnyRegister, b *Back, f File, today Today) (*Preview, error) {
	c := &comparing{Preview: &Preview{Register: g}, back: b, file: f, today: today, seen: map[app.ID]bool{}, twins: map[string]uint64{}}
	b.findCopies(g)
	for _, r := range b.rows {
		if err := c.row(r); err != nil {
			return nil, err
		}
	}
	for _, id := range b.sent {
		if c.seen[id] {
			continue
		}
		rec, err := today.ByID(id)
		if err != nil {
			return nil, err
		}
		if rec != nil {
			c.Changes = append(c.Changes, Change{What: Deleted, ID: id, Number: rec.Meta().Number, Today: rec, Stale: c.isStale(rec)})
		}
	}
	return c.Preview, nil
}

// isStale says whether a record is another than that which was sent: by its version,
// or, of what no server has seen yet, by its cells.
func (c *comparing) isStale(rec app.Record) bool {
	sent := c.back.base[rec.Meta().Ref.ID]
	if sent.version != rec.Meta().GSN {
		return true
	}
	for _, s := range app.Columns(c.Register) {
		if was, there := sent.cells[s.Name]; there && was != c.file.Written(c.Register.Show(rec, s.Name, app.JA)) {
			return true
		}
	}
	return false
}

// findCopies marks rows whose id stands there more than once: the one that is as
// it was sent, else the first one, is the record; the others are new ones.
func (b *Back) findCopies(g app.AnyRegister) {
	byID := map[string][]int{}
	for i, r := range b.rows {
		if r.id != "" {
			byID[r.id] = append(byID[r.id], i)
		}
	}
	for _, rows := range byID {
		original := rows[0]
		for _, i := range rows {
			if b.isAsSent(g, b.rows[i]) {
				original = i
				break
			}
		}
		for _, i := range rows {
			b.rows[i].copied = i != original
		}
	}
}

func (b *Back) isAsSent(g app.AnyRegister, r row) bool {
	id, err := app.ParseID(r.id)
	base, there := b.base[id]
	if err != nil || !there {
		return false
	}
	for _, s := range app.Columns(g, b.Fields...) {
		if was, sent := base.cells[s.Name]; sent && !same(g, s, was, r.cells[s.Name]) {
			return false
		}
	}
	return true
}

// comparing is a comparison on its way.
type comparing struct {
	*Preview
	back  *Back
	file  File
	today Today
	seen  map[app.ID]bool
	twins map[string]uint64 // added rows of the same content so far
}

func (c *comparing) row(r row) error {
	if r.id == "" || r.copied {
		return c.unnamed(r)
	}
	id, err := app.ParseID(r.id)
	if err != nil {
		c.Changes = append(c.Changes, Change{What: Gone, Line: r.line, Wrong: foreignID(r.line)})
		return nil
	}
	rec, err := c.today.ByID(id)
	switch {
	case err != nil:
		return err
	case rec == nil:
		c.seen[id] = true
		c.Changes = append(c.Changes, Change{What: Gone, Line: r.line, ID: id, Number: r.cells["number"], Wrong: goneRow(r.line)})
		return nil
	}
	return c.known(r, rec)
}

func foreignID(line int) error {
	return app.Refuse(app.Invalid, "", fmt.Sprintf("%d行目の ID が書き換えられています。元の行を戻すか、ID を空にして新しい行にしてください。", line),
		fmt.Sprintf("the id in line %d was changed; bring the row back, or empty its id to make it a new one", line))
}

func goneRow(line int) error {
	return app.Refuse(app.NotFound, "", fmt.Sprintf("%d行目の記録はこの端末にありません。同期してから取り込み直すか、行を削除してください。", line),
		fmt.Sprintf("the record of line %d is not here; sync and import again, or delete the row", line))
}

func secondRow(line int, number string) error {
	return app.Refuse(app.Invalid, "number", fmt.Sprintf("%d行目は、別の行と同じ記録（%s）の行です。一方を削除するか、新しい記録にする行の ID と番号を空にしてください。", line, number),
		fmt.Sprintf("line %d is of the same record (%s) as another line; delete one of them, or empty id and number of the one that is to be a new record", line, number))
}

// unnamed is a row without an id: it has the number of a record, or it is new.
func (c *comparing) unnamed(r row) error {
	if number := r.cells["number"]; number != "" && !r.copied {
		rec, err := c.today.ByNumber(number)
		if err != nil {
			return err
		}
		if rec != nil {
			return c.known(r, rec)
		}
	}
	return c.added(r)
}

func (c *comparing) added(r row) error {
	id := c.idOf(r)
	twin, err := c.today.ByID(id)
	if err != nil {
		return err
	}
	if twin != nil { // this file was imported before, or, of one without salt, another with such a row
		c.Changes = append(c.Changes, Change{What: Already, Line: r.line, ID: id, Number: twin.Meta().Number, Today: twin})
		return nil
	}
	change := Change{What: Added, Line: r.line, ID: id, Copied: r.copied}
	for _, s := range c.Register.About().Fields {
		text := r.cells[s.Name]
		must := s.Required && !s.ReadOnly
		if isMade(s) || text == "" && !must && !r.unread[s.Name] {
			continue
		}
		if _, err := c.value(r, s, text); err != nil || text != "" {
			change.Cells = append(change.Cells, Cell{Spec: s, Now: text, Wrong: err})
		}
	}
	if err := c.leave(r, &change); err != nil {
		return err
	}
	if len(change.Cells) == 0 {
		change.Wrong = nothingIn(r.line)
	}
	c.Changes = append(c.Changes, change)
	return nil
}

// isMade says whether no sheet says what stands in a field.
func isMade(s app.Spec) bool { return s.ReadOnly || s.Type == app.TFiles }

var errFilesInSheet = app.Refuse(app.Invalid, "", "ファイルは表からは添付できません。取り込んだ後、記録の画面で添付してください。", "a sheet attaches no files; attach them to the record afterwards")

var errNoField = app.Refuse(app.Invalid, "", "この列は台帳の項目ではありません。必要な内容は、項目の列に移してください。", "the column is no field; move to one what is needed")

func nothingIn(line int) error {
	return app.Refuse(app.Invalid, "", fmt.Sprintf("%d行目には、取り込める欄がありません。項目の列に記入するか、行を削除してください。", line),
		fmt.Sprintf("line %d has no cell that can be imported; fill in the columns of fields, or delete the row", line))
}

// leave notes what an added row says that its record does not take: another thing
// than the program sets by itself, files, and what stands in columns of no field.
func (c *comparing) leave(r row, change *Change) error {
	rec := c.Register.New()
	for _, cell := range change.Cells {
		if cell.Wrong == nil {
			if err := c.Register.Enter(rec, cell.Spec.Name, typed(cell.Spec, cell.Now)); err != nil {
				return err
			}
		}
	}
	for _, s := range app.Columns(c.Register, c.back.Fields...) {
		text := r.cells[s.Name]
		switch {
		case !isMade(s) || text == "" || text == tidy(c.file.Written(c.Register.Show(rec, s.Name, app.JA))):
		case s.Type == app.TFiles && !s.ReadOnly:
			change.Left = append(change.Left, Left{s.Label, text, errFilesInSheet})
		default:
			change.Left = append(change.Left, Left{s.Label, text, c.Register.Enter(rec, s.Name, text)})
		}
	}
	for _, a := range r.aside {
		change.Left = append(change.Left, Left{app.Label{JA: a.column, EN: a.column}, a.text, errNoField})
	}
	return nil
}

// idOf is the id of an added row: the same one whenever the file is read, and
// nobody can tell from it what stands in the row.
func (c *comparing) idOf(r row) app.ID {
	key := c.back.salt
	if key == nil {
		key = c.file.Secret
	}
	var content strings.Builder
	content.WriteString(string(c.Register.About().Kind))
	for _, f := range slices.Sorted(maps.Keys(r.cells)) {
		if s := r.cells[f]; s != "" {
			fmt.Fprintf(&content, "\x00%s\x00%d\x00%s", f, len(s), s)
		}
	}
	h := hmac.New(sha256.New, key)
	h.Write([]byte(content.String()))
	h.Write(binary.BigEndian.AppendUint64(nil, c.twins[content.String()]))
	c.twins[content.String()]++
	return app.DerivedID([32]byte(h.Sum(nil)))
}

// known compares a row with its record, of which there is one row only.
func (c *comparing) known(r row, rec app.Record) error {
	head := rec.Meta()
	change := Change{What: Changed, Line: r.line, ID: head.Ref.ID, Number: head.Number, Today: rec}
	if c.seen[change.ID] {
		change.Wrong = secondRow(r.line, head.Number)
		c.Changes = append(c.Changes, change)
		return nil
	}
	c.seen[change.ID] = true
	var base map[string]string
	base, change.version = c.baseOf(r, rec)
	for _, s := range app.Columns(c.Register, c.back.Fields...) {
		was, sent := base[s.Name]
		cell := c.cell(s, r, was, sent, rec)
		if cell == nil {
			continue
		}
		change.Cells = append(change.Cells, *cell)
		if cell.Clash || cell.Unsure {
			change.What = Conflict
		}
	}
	if len(change.Cells) == 0 {
		c.Unchanged++
		return nil
	}
	c.Changes = append(c.Changes, change)
	return nil
}

// baseOf is the row as it was sent: by the hidden sheet, or what there is today if
// the hash says that it is the same; nil if nobody knows.
func (c *comparing) baseOf(r row, rec app.Record) (map[string]string, int64) {
	head := rec.Meta()
	if s, there := c.back.base[head.Ref.ID]; there {
		return s.cells, s.version
	}
	version, err := strconv.ParseInt(r.version, 10, 64)
	if err != nil || r.hash == "" {
		return nil, head.GSN
	}
	if hashOf(head.Ref.ID, version, c.sentCells(rec)) != r.hash {
		return nil, head.GSN
	}
	today := map[string]string{}
	for _, f := range c.back.Fields {
		today[f] = c.file.Written(c.Register.Show(rec, f, app.JA))
	}
	return today, version
}

// sentCells are the cells of a record as [Table] writes them.
func (c *comparing) sentCells(rec app.Record) []string {
	return Table(c.Register, []app.Record{rec}, c.back.Fields...).Rows[0][len(keys):]
}

// cell compares one cell with what was sent and with what there is; nil if the
// sheet wants nothing.
func (c *comparing) cell(s app.Spec, r row, was string, sent bool, rec app.Record) *Cell {
	now := r.cells[s.Name]
	full := c.Register.Show(rec, s.Name, app.JA)
	today := c.file.Written(full)
	if !r.unread[s.Name] && (sent && same(c.Register, s, now, was) || same(c.Register, s, now, today)) {
		return nil
	}
	cell := &Cell{Spec: s, Was: was, Now: now, Today: full, Unsure: !sent, was: c.Register.Column(rec, s.Name)}
	cur := cell.was
	to, err := c.value(r, s, now)
	cell.Wrong = err
	if err == nil && lost(now, full) {
		cell.Wrong = lossy(s)
	}
	if sent && was != today {
		if v, err := value(c.Register, s, was); err == nil {
			cell.was = v
		} else if cell.Wrong == nil {
			cell.Unsure = true
		}
		cell.Clash = !cell.was.Equal(cur)
	}
	if cell.Clash && err == nil {
		if both := app.Again(s, cur, app.Cell{Field: s.Name, Was: cell.was, Now: to}); !both.Equal(to) {
			cell.Merged = app.ShowValue(c.Register, s.Name, both, app.JA)
		}
	}
	return cell
}

// value is what a cell of a row holds, checked as if it were typed in.
func (c *comparing) value(r row, s app.Spec, text string) (app.Value, error) {
	if r.unread[s.Name] {
		return nil, unreadCell(s)
	}
	return value(c.Register, s, text)
}

func unreadCell(s app.Spec) error {
	return app.Refuse(app.Invalid, s.Name, "この欄の式はエラーか、計算結果が保存されていません。Excelで開いて直すか、値を入力して保存してください。",
		"the formula of this cell is an error, or was saved without its result; mend it in a spreadsheet program, or type the value in, and save")
}

// cellRunes is the most characters that a cell of a sheet holds.
const cellRunes = 32_767

// lost says whether the file could not hold what it was made from: writing it back
// would take away what nobody wanted taken away.
func lost(now, full string) bool {
	geta := string(report.Geta)
	return strings.Count(now, geta) > strings.Count(full, geta) || utf8.RuneCountInString(full) > cellRunes
}

func lossy(s app.Spec) error {
	return app.Refuse(app.Invalid, s.Name, "この欄の元の文字の一部は、ファイルに書き出せませんでした。プログラムの画面で変更してください。",
		"the file could not hold all of what stood here; change it in the program")
}
