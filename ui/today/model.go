package today

import (
	"context"
	"slices"
	"time"

	"daicho/app"
	"daicho/app/terms"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/chart"
	"daicho/ui/kit/register"
	"daicho/ui/text"
)

// list is a named list of a register: what a card counts and what it opens. Of a
// kind that has no such lists the name is empty.
type list struct {
	kind app.Kind
	name string
}

// card is one figure.
type card struct {
	opens list
	name  app.Label
	// figure says the figure; what the person may not read, or what nobody knows
	// on this device, is no figure.
	figure func(*asker) kit.Figure
	own    bool // counts what is the person's: somebody must be known here
}

// panel is a list under a title.
type panel struct {
	opens list // what stands behind it; of no kind: nothing more
	title app.Label
	note  app.Label // source or order; zero: nothing to be said
	empty app.Label // what it says when there is nothing
	most  int       // rows it shows at most, as far as there is room
	own   bool      // holds what is the person's: somebody must be known here
	// columns of a table, and fill, which reads its rows, most or less.
	columns []column
	fill    func(a *asker, p *panel) content
}

// column is a field of a record in a panel.
type column struct {
	field string
	kit.Column
	cell func(app.Record, *asker) kit.Cell // nil: as the register shows the field
}

// content is what a panel shows at one moment: rows of a table, or sentences, or
// visits.
type content struct {
	left  bool // the panel is left out: the person may not read it
	total int  // how many stand in the list behind it
	rows  []row
	items []item
	day   *day
}

// row is one record in a table.
type row struct {
	opens app.Ref
	cells []kit.Cell
}

// item is one sentence that asks for something.
type item struct {
	opens    app.Ref
	list     list // in place of a record
	mark     kit.Mark
	sentence string
}

// day is who is where, against the time.
type day struct {
	lanes    []string
	work     []chart.Stretch
	refs     []app.Ref // of work
	from, to time.Time
}

// figure is a card with its figure.
type figure struct {
	kit.Figure
	opens list
}

// board is all that the page shows at one moment.
type board struct {
	sheets      []*sheet
	chosen      string // the id of the sheet; empty: the first
	figures     []figure
	left, right []content
}

// asker reads for the page, off the UI goroutine. After its first error it reads
// nothing more.
type asker struct {
	ctx     context.Context
	records ui.Records
	words   *text.Words
	now     time.Time
	wire    ui.Link
	link    ui.Status // as it was when the asking began
	reach   map[app.Kind]bool
	terms   *terms.Terms // nil until a clock is judged
	figured *figured     // of the page; nil on its first board, which nobody waits for longer than he must
	err     error
}

func newAsker(h ui.Host) *asker {
	return &asker{records: h.Records(), words: h.Desk().Words, now: h.Desk().Now(), wire: h.Link(), link: h.Link().Status(), reach: map[app.Kind]bool{}}
}

// board reads everything that the page of the person shows.
func (a *asker) board(ctx context.Context, chosen string) (*board, error) {
	a.ctx = ctx
	b := &board{sheets: sheetsOf(a.roles()), chosen: chosen}
	if chosen == "" {
		b.chosen = a.recall(chosenName)
	}
	s := b.sheets[chosenOf(b.sheets, b.chosen)]
	b.figures, b.left, b.right = a.figures(s.cards), a.contents(s.left), a.contents(s.right)
	return b, a.err
}

// chosenOf is the place of the sheet with an id, or of the first.
func chosenOf(sheets []*sheet, id string) int {
	return max(0, slices.IndexFunc(sheets, func(s *sheet) bool { return s.id == id }))
}

func (a *asker) recall(name string) string {
	if a.err != nil {
		return ""
	}
	kept, err := a.records.Recall(a.ctx, name)
	a.err = err
	return string(kept[name])
}

func (a *asker) figures(cards []*card) (all []figure) {
	for _, c := range cards {
		if a.shows(c.opens, c.own) {
			f := c.figure(a)
			f.Name = a.words.Of(c.name)
			all = append(all, figure{f, c.opens})
		}
	}
	return all
}

func (a *asker) contents(panels []*panel) (all []content) {
	for _, p := range panels {
		c := content{left: true}
		if a.shows(p.opens, p.own) {
			c = p.fill(a, p)
		}
		all = append(all, c)
	}
	return all
}

// shows says whether a list has a place on the page.
func (a *asker) shows(l list, own bool) bool {
	return a.reads(l.kind) && (!own || a.known())
}

// known says whether this device knows who works here, so that something can be
// told to be his.
func (a *asker) known() bool { return a.link.Enrolled && a.link.Person != "" }

// reads says whether the person may read something of a kind. What is no register
// is always there.
func (a *asker) reads(kind app.Kind) bool {
	yes, asked := a.reach[kind]
	if asked || a.err != nil || a.records.Registers()[kind] == nil {
		return yes || !asked
	}
	r, err := a.records.Reach(a.ctx, kind)
	a.err, a.reach[kind] = err, !r.None
	return a.reach[kind]
}

// where are the conditions of a named list, and more.
func (a *asker) where(l list, more ...app.Cond) []app.Cond {
	f, _ := app.FilterOf(a.records.Registers()[l.kind], l.name)
	return append(slices.Clone(f.Where), more...)
}

// count counts a named list, narrowed further.
func (a *asker) count(l list, more ...app.Cond) int {
	if a.err != nil {
		return 0
	}
	n, err := a.records.Count(a.ctx, l.kind, a.where(l, more...))
	a.err = err
	return n
}

// rows reads the first records of a query.
func (a *asker) rows(kind app.Kind, q app.Query, most int) (found []app.Record) {
	if a.err != nil {
		return nil
	}
	q.Limit = most
	ids, err := a.records.IDs(a.ctx, kind, q)
	if err == nil {
		found, err = a.records.Rows(a.ctx, kind, ids)
	}
	a.err = err
	return slices.DeleteFunc(found, func(r app.Record) bool { return r == nil })
}

// listed fills a panel with the first rows of its list, in the list's order.
func listed(a *asker, p *panel) content {
	f, _ := app.FilterOf(a.records.Registers()[p.opens.kind], p.opens.name)
	return a.table(p, a.rows(p.opens.kind, f.Query(nil), p.most))
}

// table is a panel of some records, and how many there are.
func (a *asker) table(p *panel, found []app.Record) content {
	c := content{total: a.count(p.opens)}
	for _, r := range found {
		c.rows = append(c.rows, row{r.Meta().Ref, a.cells(p, r)})
	}
	return c
}

func (a *asker) cells(p *panel, r app.Record) (cells []kit.Cell) {
	for _, col := range p.columns {
		if col.cell != nil {
			cells = append(cells, col.cell(r, a))
			continue
		}
		cell := kit.Cell{Text: register.Text(a.records.Registers()[r.Meta().Ref.Kind], r, col.field, a.words, a.now)}
		if !col.Flex {
			cell.Tone = kit.Quiet
		}
		cells = append(cells, cell)
	}
	return cells
}
