package register

import (
	"context"
	"maps"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// Pages of rows: what is in sight and some more is in memory, the rest is
// asked for when it comes into sight.
const (
	pageRows  = 100
	keptPages = 40
)

// List is the rows of a register as the table asks for them: all ids of the
// query, at most app.MaxList, and the records of the pages seen. It draws
// nothing.
type List struct {
	cfg     *Config
	desk    *ui.Desk
	records ui.Records
	query   app.Query
	ids     []app.ID
	rows    map[app.ID]int
	pages   map[int][]app.Record
	links   []app.Spec         // columns that point to other records
	names   map[app.Ref]string // of those on the pages
	asked   map[int]bool
	round   int // of ids; rows of an earlier round are dropped
	loading task.Slot
	asking  bool
	loaded  bool
	err     error
	changed func()
}

// NewList is an empty list; changed is called whenever it has more to show.
func NewList(desk *ui.Desk, records ui.Records, cfg *Config, changed func()) *List {
	l := &List{cfg: cfg, desk: desk, records: records, changed: changed, links: linkFields(cfg)}
	l.query = app.Query{Sort: cfg.Sort, Desc: cfg.Desc}
	if all := narrowings(cfg.Register); len(all) > 0 {
		l.query.Where = all[0].where
	}
	l.forget(nil)
	return l
}

// Narrow sets the filter and the words to find, and loads.
func (l *List) Narrow(where []app.Cond, find string) {
	l.query.Where, l.query.Find = where, find
	l.Load()
}

// Load asks for the ids anew, and for the first page with them, so that no list
// of empty rows is painted before. What is shown stays until they are there.
func (l *List) Load() {
	a := question{l.records, l.cfg.Register, l.links, l.query}
	task.Do(l.desk.Tasks, &l.loading, func(ctx context.Context) (b beginning, err error) {
		if b.ids, err = a.ids(ctx); err == nil {
			b.leaf, err = a.leaf(ctx, b.ids[:min(pageRows, len(b.ids))])
		}
		return b, err
	}, func(b beginning, err error) {
		l.loaded, l.err = true, err
		l.forget(b.ids)
		l.asked[0] = true
		l.put(0, b.leaf)
		l.changed()
	})
}

// beginning is a list with its first page.
type beginning struct {
	ids  []app.ID
	leaf leaf
}

// leaf is a page that was read: rows, and what their links are called.
type leaf struct {
	rows  []app.Record
	names map[app.Ref]string
}

// leaf reads one off the UI goroutine.
func (a question) leaf(ctx context.Context, ids []app.ID) (read leaf, err error) {
	if len(ids) == 0 {
		return leaf{}, nil
	}
	if read.rows, err = a.records.Rows(ctx, a.g.About().Kind, ids); err == nil && len(a.links) > 0 {
		read.names, err = namesOf(ctx, a.records, a.g, a.links, read.rows)
	}
	return read, err
}

// put takes in a page that was read.
func (l *List) put(page int, read leaf) {
	l.pages[page] = read.rows
	maps.Copy(l.names, read.names)
	l.drop(page)
}

func (l *List) forget(ids []app.ID) {
	l.round++
	l.ids, l.rows = ids, make(map[app.ID]int, len(ids))
	for i, id := range ids {
		l.rows[id] = i
	}
	l.pages, l.names, l.asked = map[int][]app.Record{}, map[app.Ref]string{}, map[int]bool{}
}

// Loaded reports whether the ids have been read at least once.
func (l *List) Loaded() bool { return l.loaded }

// Err is why the list could not be read.
func (l *List) Err() error { return l.err }

// Len is the number of rows.
func (l *List) Len() int { return len(l.ids) }

// Ref is the record of a row.
func (l *List) Ref(row int) app.Ref {
	return app.Ref{Kind: l.cfg.Register.About().Kind, ID: l.ids[row]}
}

// Row is the place of a record.
func (l *List) Row(ref app.Ref) int {
	if row, ok := l.rows[ref.ID]; ok && ref.Kind == l.cfg.Register.About().Kind {
		return row
	}
	return -1
}

// Sort puts the list in order of a column.
func (l *List) Sort(col int, desc bool) {
	l.query.Sort, l.query.Desc = l.cfg.Columns[col].Field, desc
	l.Load()
}

// Cell is one cell; empty while its page is on the way.
func (l *List) Cell(row, col int) kit.Cell {
	r := l.record(row)
	if r == nil {
		return kit.Cell{}
	}
	lang, c := l.desk.Words.Lang(), l.cfg.Columns[col]
	cell := kit.Cell{Text: l.text(r, c, lang)}
	switch {
	case c.Kind == kit.BadgeColumn && l.cfg.Mark != nil:
		m := l.cfg.Mark(r, lang)
		cell.Text, cell.Tone = m.String(), m.Tone
	case c.Field != l.cfg.Title:
		cell.Tone = kit.Quiet
	case l.cfg.Bold != nil:
		cell.Bold = l.cfg.Bold(r)
	}
	return cell
}

func (l *List) text(r app.Record, c Column, lang app.Lang) string {
	if c.Text != nil {
		return c.Text(r, lang)
	}
	if s, ok := app.SpecOf(l.cfg.Register, c.Field); ok && s.Type == app.TLink {
		return l.called(linkOf(l.cfg.Register, r, s))
	}
	return Text(l.cfg.Register, r, c.Field, l.desk.Words, l.desk.Now())
}

// Text is a field as lists show it: days and moments as short as they can be said
// now, the official number without the running year.
func Text(g app.AnyRegister, r app.Record, field string, words *text.Words, now time.Time) string {
	s, ok := app.SpecOf(g, field)
	v := g.Column(r, field)
	switch {
	case ok && s.Type == app.TTime:
		return words.Moment(app.Stamp(v.Int()), now)
	case ok && s.Type == app.TDay:
		return words.Day(app.Day(v.Int()), now)
	case field == "number":
		return ShortNumber(r.Meta().Number, civil.DateOf(now))
	}
	return g.Show(r, field, words.Lang())
}

// record is the record of a row, nil while it is on the way.
func (l *List) record(row int) app.Record {
	page := row / pageRows
	if l.pages[page] == nil && !l.asked[page] {
		l.asking = true
		l.ask(page)
		l.asking = false
	}
	if rows := l.pages[page]; row%pageRows < len(rows) {
		return rows[row%pageRows]
	}
	return nil
}

// ask loads a page. It is called while painting: if the answer is there at
// once, the cell that asked shows it and nobody needs to be told.
func (l *List) ask(page int) {
	l.asked[page] = true
	round, a := l.round, question{l.records, l.cfg.Register, l.links, l.query}
	ids := l.ids[page*pageRows : min((page+1)*pageRows, len(l.ids))]
	var read leaf
	task.Go(l.desk.Tasks, func(ctx context.Context) (err error) {
		read, err = a.leaf(ctx, ids)
		return err
	}, func(err error) {
		if round != l.round {
			return
		}
		if err != nil {
			l.err = err
		}
		l.put(page, read)
		if !l.asking {
			l.changed()
		}
	})
}

// drop forgets pages far from the one in sight.
func (l *List) drop(near int) {
	if len(l.pages) <= keptPages {
		return
	}
	for page := range l.pages {
		if page < near-keptPages/4 || page > near+keptPages/4 {
			delete(l.pages, page)
			delete(l.asked, page)
		}
	}
}
