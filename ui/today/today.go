// Package today is the first page after the door: what a person of a role has to
// look at now, out of the records on this device. What each role sees is the
// list in sheets.go; a register joins it with a card or a panel there.
//
// It holds no records and decides nothing: each row opens its record and each
// card its list, in the section that they belong to.
package today

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// Section is the entry of the navigation.
func Section() ui.Section {
	return ui.Section{
		ID: "today", Icon: "sun", Label: app.Label{JA: "今日", EN: "Today"},
		New: func(h ui.Host) ui.Page { return newPage(h) },
	}
}

// page shows one of the sheets that are for the person.
type page struct {
	kit.Surface
	host    ui.Host
	desk    *ui.Desk
	sheets  []*sheet // those of the person's roles, at least one
	at      int
	chosen  string // the sheet chosen before, by its id; empty: none
	loaded  bool
	busy    bool // a board is being read
	again   bool // and is out of date already
	tabs    *kit.Tabs
	fresh   *kit.Button
	cards   *cards
	left    []*block
	right   []*block
	loading task.Slot
	month   figured  // is read and written by one board after the other
	read    []func() // wait for the first board
}

func newPage(h ui.Host) *page {
	p := &page{host: h, desk: h.Desk()}
	p.fresh = kit.NewButton(p.desk, kit.Primary, p.desk.Words.T(text.TakeACall), ui.Ctrl(fyne.KeyN), p.begin)
	p.cards = newCards(p.desk, func(l list) { h.List(l.kind, l.name) })
	p.take([]*sheet{&general})
	p.Extend(p, p.desk.Look, p.paintPage)
	return p
}

// take makes the page of some sheets, and shows the one chosen before.
func (p *page) take(sheets []*sheet) {
	if slices.Equal(p.sheets, sheets) {
		return
	}
	p.sheets = sheets
	p.at = chosenOf(sheets, p.chosen)
	faces := make([]kit.Tab, len(sheets))
	for i, s := range sheets {
		faces[i] = kit.Tab{Word: p.desk.Words.Of(s.label), Count: -1}
	}
	p.tabs = kit.NewTabs(p.desk, p.turn, faces...)
	p.tabs.Choose(p.at)
	p.make()
}

// turn shows another sheet of the person's, and remembers it.
func (p *page) turn(at int) {
	if p.at == at {
		return
	}
	p.at, p.chosen, p.loaded = at, p.sheets[at].id, false
	records, value := p.host.Records(), []byte(p.chosen)
	task.Go(p.desk.Tasks, func(ctx context.Context) error { return records.Keep(ctx, chosenName, value) }, p.sayError)
	p.make()
	p.load()
}

// chosenName is where the sheet chosen last is kept.
const chosenName = "today/sheet"

// make makes the blocks of the sheet, still empty.
func (p *page) make() {
	p.left, p.right = p.blocks(p.sheet().left), p.blocks(p.sheet().right)
}

func (p *page) blocks(panels []*panel) (all []*block) {
	for _, x := range panels {
		all = append(all, newBlock(p.host, x))
	}
	return all
}

func (p *page) sheet() *sheet { return p.sheets[p.at] }

// View is what stands in the page area.
func (p *page) View() fyne.CanvasObject { return p }

// Shown reads the records anew.
func (p *page) Shown() { p.load() }

// Changed reads them anew: any record may stand here.
func (p *page) Changed([]app.Ref) { p.load() }

// Tick reads them anew: times have gone by.
func (p *page) Tick() { p.load() }

// load reads the board. What comes while that is under way is read after it, so
// that a long sync does not keep the page from being shown.
func (p *page) load() {
	if p.busy {
		p.again = true
		return
	}
	p.busy, p.again = true, false
	a, chosen := newAsker(p.host), p.chosen
	if p.loaded {
		a.figured = &p.month
	}
	task.Do(p.desk.Tasks, &p.loading, func(ctx context.Context) (*board, error) { return a.board(ctx, chosen) },
		func(b *board, err error) {
			p.busy = false
			p.sayError(err)
			if err == nil {
				p.show(b)
			}
			p.tellRead()
			if p.again {
				p.load()
			}
		})
}

// Read calls done when the first board is there or could not be read.
func (p *page) Read(done func()) {
	p.read = append(p.read, done)
	if p.loaded {
		p.tellRead()
	}
}

func (p *page) tellRead() {
	for _, done := range p.read {
		done()
	}
	p.read = nil
}

func (p *page) sayError(err error) {
	if err != nil {
		p.host.Say(kit.Late, p.desk.Words.Error(err))
	}
}

// show puts a board on the page, unless the person has turned to another sheet
// meanwhile: that is being read already.
func (p *page) show(b *board) {
	if p.chosen != "" && p.chosen != b.chosen {
		return
	}
	first := !p.loaded
	p.chosen, p.loaded = b.chosen, true
	p.take(b.sheets)
	p.cards.show(b.figures)
	for i, x := range p.left {
		x.show(b.left[i])
	}
	for i, x := range p.right {
		x.show(b.right[i])
	}
	p.Refresh()
	if first {
		p.focus()
		p.again = slices.Contains(p.sheet().left, &monthly)
	}
}

// focus gives the keyboard to the first panel, if nobody has it: the person may
// have gone to another page while this one was read.
func (p *page) focus() {
	if panes := p.Panes(); len(panes) > 0 && p.desk.Focused() == nil {
		p.desk.Focus(panes[0])
	}
}

// Panes are the panels in sight, the cards and the sheets, for F6.
func (p *page) Panes() (panes []fyne.Focusable) {
	for _, b := range slices.Concat(p.left, p.right) {
		if f := b.pane(); f != nil {
			panes = append(panes, f)
		}
	}
	if len(p.cards.figures) > 0 {
		panes = append(panes, p.cards)
	}
	if len(p.sheets) > 1 {
		panes = append(panes, p.tabs)
	}
	return panes
}

// begin begins what the role takes in all day.
func (p *page) begin() { p.host.New(p.sheet().fresh) }

// Actions are what can be done now.
func (p *page) Actions() []ui.Action {
	if p.sheet().fresh == "" {
		return nil
	}
	return []ui.Action{{Label: text.TakeACall.Label(), Icon: "plus", Key: ui.Ctrl(fyne.KeyN), Primary: true, Do: p.begin}}
}
