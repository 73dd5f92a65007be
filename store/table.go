package store

import (
	"fmt"
	"strings"

	"daicho/app"
	"daicho/store/bigram"
)

// table is how the rows of one kind are read and written. Its names come from
// the register, never from a person.
type table struct {
	g        app.AnyRegister
	kind     app.Kind
	indexed  []app.Spec
	links    []string
	files    []string
	searched []string
	get, put string
	add      string // puts a row that is not there
	addMany  string // addBatch of them
}

// addBatch is how many rows one statement adds.
const addBatch = 20

func newTable(g app.AnyRegister) *table {
	t := &table{g: g, kind: g.About().Kind}
	for _, f := range g.About().Fields {
		t.sort(f)
	}
	cols, sets := []string{"id", "gsn", "doc"}, []string{"gsn = excluded.gsn", "doc = excluded.doc"}
	for _, f := range t.indexed {
		cols, sets = append(cols, quote(f.Name)), append(sets, fmt.Sprintf("%[1]s = excluded.%[1]s", quote(f.Name)))
	}
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(cols)), ", ")
	t.put = fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (id) DO UPDATE SET %s",
		quote(string(t.kind)), strings.Join(cols, ", "), marks, strings.Join(sets, ", "))
	t.add = fmt.Sprintf("INSERT OR FAIL INTO %s (%s) VALUES (%s)", quote(string(t.kind)), strings.Join(cols, ", "), marks)
	t.addMany = t.add + strings.Repeat(fmt.Sprintf(", (%s)", marks), addBatch-1)
	t.get = fmt.Sprintf("SELECT doc, gsn FROM %s WHERE id = ?", quote(string(t.kind)))
	return t
}

// values are what put and add write of a record.
func (t *table) values(rec app.Record, doc app.Doc) []any {
	head := rec.Meta()
	args := make([]any, 0, 3+len(t.indexed))
	args = append(args, head.Ref.ID[:], head.GSN, []byte(doc))
	for _, f := range t.indexed {
		args = append(args, t.g.Column(rec, f.Name).SQL(f.Type))
	}
	return args
}

// change is the statement that makes a row that is there what a record is now, and
// its arguments.
func (t *table) change(rec, before app.Record, doc app.Doc) (query string, args []any) {
	sets, args := "gsn = ?, doc = ?", []any{rec.Meta().GSN, []byte(doc)}
	for _, f := range t.indexed {
		if differ(before.Meta().Seen(), rec.Meta().Seen(), []string{f.Name}) {
			sets, args = sets+", "+quote(f.Name)+" = ?", append(args, t.g.Column(rec, f.Name).SQL(f.Type))
		}
	}
	id := rec.Meta().Ref.ID
	return fmt.Sprintf("UPDATE %s SET %s WHERE id = ?", quote(string(t.kind)), sets), append(args, id[:])
}

// textOf is what the search has of a record: nothing where no field is set that
// is searched.
func (t *table) textOf(rec app.Record) string {
	if !differ(nil, rec.Meta().Seen(), t.searched) {
		return ""
	}
	return t.g.SearchText(rec)
}

// sort puts a field to where it needs work.
func (t *table) sort(f app.Spec) {
	if f.Indexed {
		t.indexed = append(t.indexed, f)
	}
	if f.Searched {
		t.searched = append(t.searched, f.Name)
	}
	switch f.Type {
	case app.TLink, app.TLinks:
		t.links = append(t.links, f.Name)
	case app.TFiles:
		t.files = append(t.files, f.Name)
	}
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// column finds the column of a field to filter or sort by.
func (t *table) column(field string) (app.Spec, error) {
	for _, f := range t.indexed {
		if f.Name == field {
			return f, nil
		}
	}
	return app.Spec{}, app.Refuse(app.Invalid, field, "この項目では絞り込みも並べ替えもできません。別の項目を指定してください。",
		fmt.Sprintf("%s cannot be filtered or sorted by this field; take an indexed one", t.kind))
}

// made is what the projection of the kind depends on: when it changes, the
// projection must be made anew.
func (t *table) made() string {
	var b strings.Builder
	fmt.Fprintf(&b, "2 %s", bigram.Version()) // 2: what project writes beside the columns
	for _, f := range t.indexed {
		fmt.Fprintf(&b, " %s:%s", f.Name, f.Type)
	}
	fmt.Fprintf(&b, " links %s files %s search %s", strings.Join(t.links, ","), strings.Join(t.files, ","), strings.Join(t.searched, ","))
	return b.String()
}

// differ says whether one of the fields is not the same in two documents.
func differ(a, b app.Doc, fields []string) bool {
	for _, f := range fields {
		if !a.Get(f).Equal(b.Get(f)) {
			return true
		}
	}
	return false
}
