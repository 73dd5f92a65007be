package register

import (
	"slices"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/civil"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// Measures of the page in design pixels.
const (
	onePane    = 850 // narrower pages show list or record, not both
	detailWide = 448
	detailSlim = 428
	headHigh   = 44
	filterHigh = 35
	footHigh   = 26
)

// Page is the page of a register.
type Page struct {
	kit.Surface
	host   ui.Host
	desk   *ui.Desk
	cfg    *Config
	list   *List
	table  *kit.Table
	detail *detail
	lists  []narrowing
	facets []app.Spec // after the lists, in the row of filters
	filter *kit.FilterRow
	find   *kit.Entry
	create *kit.Button
	foot   *kit.Surface
	shown  bool // once at least
	widths task.Slot
	narrow bool // one pane
	inside bool // the one pane is the record
	paper  *printing
	alone  bool              // it is one record in a window of its own
	parted map[app.Ref]*Page // records in such windows

	reach    ui.Reach // what of the register the person may read
	reaching task.Slot
}

// New makes the page of a register.
func New(host ui.Host, cfg Config) *Page {
	p := &Page{host: host, desk: host.Desk(), cfg: &cfg, parted: map[app.Ref]*Page{}}
	p.list = NewList(p.desk, host.Records(), p.cfg, p.listChanged)
	p.table = kit.NewTable(p.desk, p.columns(), p.list, p.sorted(), cfg.Desc)
	p.table.OnSelect(p.selected)
	p.table.OnOpen(p.opened)
	p.foot = kit.NewSurface(p.desk.Look, p.paintFoot)
	p.table.OnMarks(p.foot.Refresh)
	p.table.OnView(p.foot.Refresh)
	p.table.OnResize(p.keepWidths)
	p.detail = newDetail(p)
	p.paper = &printing{page: p}
	p.create = kit.NewButton(p.desk, kit.Primary, p.desk.Words.Of(cfg.New), ui.Ctrl(fyne.KeyN), p.New)
	p.find = kit.NewEntry(p.desk)
	p.find.SetPlaceHolder(p.desk.Words.T(text.FindHere) + p.desk.Words.T(text.FactGap) + ui.Ctrl(fyne.KeyF).String())
	p.find.OnChanged = func(string) { p.narrowList() }
	p.lists, p.facets = narrowings(cfg.Register), facets(cfg.Register)
	p.filter = kit.NewFilterRow(p.desk, host.Ask, p.filters(), p.narrowList)
	p.Extend(p, p.desk.Look, p.paintPage)
	return p
}

func (p *Page) columns() (cols []kit.Column) {
	for _, c := range p.cfg.Columns {
		if s, ok := app.SpecOf(p.cfg.Register, c.Field); ok {
			c.Sortable = s.Indexed
			if c.Title == "" {
				c.Title = p.desk.Words.Of(s.Label)
			}
			c.Width = max(c.Width, p.headWidth(c.Title))
			c.Width = max(c.Width, p.dateWidth(s))
			if c.Kind == kit.BadgeColumn {
				c.Width = max(c.Width, p.badgeWidth(s))
			}
		}
		c.Name = c.Field
		cols = append(cols, c.Column)
	}
	return cols
}

// headWidth is the room for a column's name with the mark of its order.
func (p *Page) headWidth(title string) float32 {
	pen := kit.NewPen(p.desk.Look)
	return pen.Width(title+" ▼", pen.Label().B()) + 14
}

// dateWidth is the room for a day or a moment of another year, in the language
// of the window.
func (p *Page) dateWidth(s app.Spec) float32 {
	pen, now := kit.NewPen(p.desk.Look), p.desk.Now()
	before := now.AddDate(-1, 0, 0)
	switch s.Type {
	case app.TDay:
		return pen.Width(p.desk.Words.Day(app.DayOf(civil.DateOf(before)), now), pen.Body().M()) + 18
	case app.TTime:
		return pen.Width(p.desk.Words.Moment(app.StampOf(before), now), pen.Body().M()) + 18
	}
	return 0
}

// badgeWidth is the room for the longest state in the language of the window.
func (p *Page) badgeWidth(s app.Spec) (w float32) {
	pen := kit.NewPen(p.desk.Look)
	for _, c := range s.Choices {
		w = max(w, pen.Width("◎ "+p.desk.Words.Of(c.Label), pen.Caption().B()))
	}
	return w + 12 + 14
}

func (p *Page) sorted() int {
	for i, c := range p.cfg.Columns {
		if c.Field == p.cfg.Sort {
			return i
		}
	}
	return -1
}

// filters are the named lists, then the fields that narrow each of them.
func (p *Page) filters() (out []kit.Facet) {
	w := p.desk.Words
	var lists []string
	for _, n := range p.lists {
		lists = append(lists, w.Of(n.label))
	}
	if len(lists) > 0 {
		out = append(out, kit.Facet{Choices: lists})
	}
	for _, s := range p.facets {
		f := kit.Facet{Label: w.Of(s.Label)}
		for _, c := range s.Choices {
			f.Choices = append(f.Choices, w.Of(c.Label))
		}
		out = append(out, f)
	}
	return out
}

// where is what the row of filters asks for.
func (p *Page) where() (where []app.Cond) {
	first := 0
	if len(p.lists) > 0 {
		where, first = slices.Clone(p.lists[p.filter.Chosen(0)].where), 1
	}
	for i, s := range p.facets {
		if c := p.filter.Chosen(first + i); c >= 0 {
			where = append(where, app.Where(s.Name, "=", s.Choices[c].Value))
		}
	}
	return where
}

func (p *Page) narrowList() { p.list.Narrow(p.where(), p.find.Text) }

// View is what stands in the page area.
func (p *Page) View() fyne.CanvasObject { return p }

// Shown loads the list, and the first time what this device keeps of it.
func (p *Page) Shown() {
	if p.alone {
		if p.detail.wished = !p.detail.coming.IsZero(); !p.detail.wished {
			p.detail.focus()
		}
		return
	}
	if !p.shown {
		p.shown = true
		p.recallWidths()
		p.recallDrafts()
	}
	p.load()
	p.readReach()
	if c := p.table.Cursor(); c.IsZero() || p.narrow && !p.inside {
		p.desk.Focus(p.table)
	}
}

// Keep keeps what was typed now.
func (p *Page) Keep() { p.detail.keep() }

// Changed loads what others changed: the list, and the open record unless it
// is being edited.
func (p *Page) Changed(refs []app.Ref) {
	ours := len(refs) == 0
	if ours {
		p.detail.reload()
		p.readReach()
	}
	for _, r := range refs {
		ours = ours || r.Kind == p.cfg.Register.About().Kind || p.list.shows(r.Kind)
		if r == p.detail.ref() {
			p.detail.reload()
		}
	}
	if ours {
		p.load()
	}
}

// load reads the list anew; one record alone has none.
func (p *Page) load() {
	if !p.alone {
		p.list.Load()
	}
}

func (p *Page) listChanged() {
	if err := p.list.Err(); err != nil {
		p.host.Say(kit.Late, p.desk.Words.Error(err))
	}
	p.sayEmpty()
	p.table.Reload()
	if p.detail.model == nil && p.detail.coming.IsZero() && !p.narrow { // a new record stays open while others come
		p.detail.show(p.table.Cursor())
	}
	p.Refresh()
}

func (p *Page) sayEmpty() {
	w := p.desk.Words
	switch {
	case !p.list.Loaded():
		p.table.SetEmpty(w.T(text.Loading), "")
	case p.find.Text != "":
		p.table.SetEmpty(w.T(text.NothingFound, p.find.Text), w.T(text.WidenSearch))
	case p.host.Link().Status().First:
		p.table.SetEmpty(w.T(text.FirstEmpty), w.T(text.FirstEmptyHint))
	case p.reach.None:
		p.table.SetEmpty(p.unreadable(), w.T(text.AskForRights))
	case p.reach.Part && p.cfg.readOnly():
		p.table.SetEmpty(w.Of(p.cfg.Empty), w.T(text.PartOnly))
	default:
		way := ""
		if !p.cfg.readOnly() {
			way = w.T(text.NewByKey, w.Of(p.cfg.New), ui.Ctrl(fyne.KeyN))
		}
		p.table.SetEmpty(w.Of(p.cfg.Empty), way)
	}
}

func (p *Page) selected(ref app.Ref) {
	if !p.narrow {
		p.detail.show(ref)
	}
	p.Refresh()
}

func (p *Page) opened(ref app.Ref) {
	p.detail.show(ref)
	p.enter()
}

// Open shows one record, whatever the list shows.
func (p *Page) Open(ref app.Ref) {
	if !p.table.Reveal(ref) {
		p.table.SetCursor(ref)
	}
	p.opened(ref)
}

// List shows one of the register's named lists, without what narrowed it before.
func (p *Page) List(name string) {
	i := slices.IndexFunc(p.lists, func(n narrowing) bool { return n.name == name })
	if i < 0 {
		return
	}
	p.find.SetText("")
	p.filter.Clear()
	p.filter.Choose(0, i)
	p.inside = false
	p.Refresh()
	p.desk.Focus(p.table)
}

// New begins a new record, or goes on with one that was left.
func (p *Page) New() {
	if was, ok := p.detail.unfinished(); ok && !p.detail.isNew() {
		p.detail.resume(was)
		p.enter()
		return
	}
	r, err := p.host.Records().New(p.cfg.Register.About().Kind)
	if err != nil {
		p.host.Say(kit.Late, p.desk.Words.Error(err))
		return
	}
	p.detail.begin(r)
	p.enter()
}

// enter goes into the record.
func (p *Page) enter() {
	p.inside = true
	p.Refresh()
	p.detail.focus()
}

// Back goes from the record to the list, gives up what is being printed, or takes
// marks away. What was typed is kept.
func (p *Page) Back() bool {
	if !p.inside && p.paper.progress != nil {
		p.paper.stop()
		return true
	}
	if !p.inside {
		return p.unmark()
	}
	if p.alone {
		return false
	}
	p.inside, p.detail.wished = false, false
	p.Refresh()
	p.desk.Focus(p.table)
	return true
}

func (p *Page) unmark() bool {
	marked := p.table.MarkCount() > 0
	if marked {
		p.table.Unmark()
	}
	return marked
}

// Panes are the list and the record, for F6: what of them is drawn.
func (p *Page) Panes() (panes []fyne.Focusable) {
	if !p.alone && (!p.narrow || !p.inside) {
		panes = append(panes, p.table)
	}
	if p.detail.model != nil && (p.alone || !p.narrow || p.inside) {
		panes = append(panes, p.detail.tabs)
	}
	return panes
}

// rest puts the keyboard into the first pane; away from all where there is none.
func (p *Page) rest() {
	panes := append(p.Panes(), nil)
	p.desk.Focus(panes[0])
}

// Actions are what can be done now.
func (p *Page) Actions() []ui.Action {
	find := ui.Action{Label: text.FindHere.Label(), Icon: "search", Key: ui.Ctrl(fyne.KeyF), Do: func() { p.desk.Focus(p.find) }}
	print := ui.Action{Label: text.PrintTitle.Label(), Icon: "file-text", Key: ui.Ctrl(fyne.KeyP), Do: p.paper.ask}
	if p.alone {
		return append(p.detail.actions(), print)
	}
	if p.cfg.readOnly() {
		return append([]ui.Action{find, print}, p.detail.apart()...)
	}
	actions := []ui.Action{{Label: p.cfg.New, Icon: "plus", Key: ui.Ctrl(fyne.KeyN), Do: p.New}, find, print}
	return slices.Concat(actions, p.detail.actions(), p.detail.apart())
}
