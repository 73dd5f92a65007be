package register

import (
	"slices"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// Measures of the page in design pixels.
const (
	onePane    = 852 // narrower pages show list or record, not both: windows below 900
	detailWide = 448
	detailSlim = 428
	headHigh   = 44
	filterHigh = 35
	footHigh   = 26
	undoHigh   = 34
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
	bulk   *bulk
	paper  *printing
	sheet  *importing
	alone  bool              // it is one record in a window of its own
	parted map[app.Ref]*Page // records in such windows

	valuing  task.Slot // reads what text facets offer
	reach    ui.Reach  // what of the register the person may read
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
	p.bulk = newBulk(p)
	p.table.OnMarks(p.bulk.marks)
	p.table.OnView(p.foot.Refresh)
	p.table.OnResize(p.keepWidths)
	p.detail = newDetail(p)
	p.paper = &printing{page: p}
	p.sheet = &importing{page: p}
	p.create = kit.NewButton(p.desk, kit.Primary, p.desk.Words.Of(cfg.New), ui.Ctrl(fyne.KeyN), p.New)
	p.find = kit.NewEntry(p.desk)
	p.find.SetPlaceHolder(p.desk.Words.T(text.FindHere) + p.desk.Words.T(text.FactGap) + ui.Ctrl(fyne.KeyF).String())
	p.find.OnChanged = func(string) { p.narrowList() }
	p.lists, p.facets = narrowings(cfg.Register), p.cfg.facets()
	p.filter = kit.NewFilterRow(p.desk, host.Ask, p.filters(), p.narrowList)
	p.Extend(p, p.desk.Look, p.paintPage)
	return p
}

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

// Showing is the open record.
func (p *Page) Showing() app.Ref { return p.detail.ref() }

// Keep keeps what was typed now, also on the face of the section.
func (p *Page) Keep() {
	p.detail.keep()
	if k, ok := p.detail.own.(ui.Keeper); ok {
		k.Keep()
	}
}

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
		if open := p.detail.ref(); r == open {
			p.detail.reload()
		} else if !open.IsZero() && slices.Contains(p.cfg.Face.Kinds, r.Kind) {
			p.detail.loadAside(open)
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
		p.readValues()
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
	case p.reach.Part && !p.cfg.makes():
		p.table.SetEmpty(w.Of(p.cfg.Empty), w.T(text.PartOnly))
	default:
		way := ""
		if p.cfg.makes() {
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

// Begin opens a new record that was filled in elsewhere, or goes on with one that was
// begun for the same record and left.
func (p *Page) Begin(r app.Record) {
	p.detail.keep()
	if was, ok := p.detail.begunFor(r); ok {
		p.detail.resume(was)
	} else {
		p.detail.begin(r)
	}
	p.enter()
}

// Actions are what can be done now.
func (p *Page) Actions() []ui.Action {
	find := ui.Action{Label: text.FindHere.Label(), Icon: "search", Key: ui.Ctrl(fyne.KeyF), Do: func() { p.desk.Focus(p.find) }}
	print := ui.Action{Label: text.PrintTitle.Label(), Icon: "file-text", Key: ui.Ctrl(fyne.KeyP), Do: p.paper.ask}
	if p.alone {
		return slices.Concat(p.detail.actions(), []ui.Action{print}, p.brings())
	}
	if p.cfg.readOnly() {
		return append([]ui.Action{find, print}, p.detail.apart()...)
	}
	actions := []ui.Action{find, print}
	if p.cfg.edits() {
		actions = append(actions, ui.Action{Label: text.ImportTitle.Label(), Icon: "file-text", Do: p.sheet.ask})
	}
	actions = append(actions, p.brings()...)
	if p.cfg.makes() {
		actions = slices.Insert(actions, 0, ui.Action{Label: p.cfg.New, Icon: "plus", Key: ui.Ctrl(fyne.KeyN), Do: p.New})
	}
	return slices.Concat(actions, p.ready(), p.bulk.actions(), p.detail.actions(), p.detail.apart())
}
