package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// palette is one field over everything: actions of the page and the shell, and
// the records of all registers on this device. It serves to choose a record too.
type palette struct {
	widget.BaseWidget
	shell  *Shell
	stage  *stage // the window that it stands on
	offers func() []ui.Action
	opens  func(app.Ref)
	kind   app.Kind      // only records of it; empty: all
	chosen func(app.Ref) // nil: open the record
	entry  *kit.Entry
	list   *paletteList
	rows   []paletteRow
	only   string // group that it is narrowed to; empty: to none
	at     int
	slot   task.Slot
	saved  []ui.Search // words that were saved, once they are read
	close  func()
}

// paletteRow is a heading or something to choose.
type paletteRow struct {
	heading, icon, name, note, key string
	group                          string // by which Tab narrows
	do                             func()
	stays                          bool // the palette stays open
}

func (s *Shell) openPalette() {
	s.recent.note(s.showing())
	newPalette(s, &s.stage, s.offers, s.Open, "", nil).open()
}

// PickRecord lets the person choose a record of a kind; empty for any.
func (s *Shell) PickRecord(kind app.Kind, chosen func(app.Ref)) {
	newPalette(s, &s.stage, nil, nil, kind, chosen).open()
}

// newPalette makes one for a window; offers are what can be done there, opens
// opens a record. Where chosen is not nil it takes the record, and nothing else is
// offered.
func newPalette(s *Shell, on *stage, offers func() []ui.Action, opens func(app.Ref), kind app.Kind, chosen func(app.Ref)) *palette {
	p := &palette{shell: s, stage: on, offers: offers, opens: opens, kind: kind, chosen: chosen}
	desk := on.desk
	if chosen == nil {
		desk = desk.Taking(saveKey, p.save)
	}
	p.entry = kit.NewSearch(desk)
	p.entry.OnKey(p.key)
	p.entry.SetPlaceHolder(s.desk.Words.T(text.PaletteHint))
	if chosen != nil {
		p.entry.SetPlaceHolder(s.desk.Words.T(text.PickHint))
	}
	p.entry.OnChanged = func(string) { p.search() }
	p.list = newPaletteList(p)
	p.ExtendBaseWidget(p)
	return p
}

func (p *palette) open() {
	p.search()
	p.close = p.stage.overlay(p, fyne.NewSize(640, 460), p.slot.Stop)
	p.stage.desk.Focus(p.entry)
}

func (p *palette) choose(ref app.Ref) {
	if p.chosen != nil {
		p.chosen(ref)
		return
	}
	p.opens(ref)
}

// show shows rows; of those of several groups, the group that it is narrowed to.
func (p *palette) show(rows []paletteRow) {
	p.rows, p.at = nil, 0
	for _, r := range rows {
		if p.only == "" || r.group == p.only || r.group == "" {
			p.rows = append(p.rows, r)
		}
	}
	p.move(0)
}

// narrow narrows to the group of the row that is chosen, or takes that back.
func (p *palette) narrow() {
	if p.only != "" {
		p.only = ""
	} else if p.at < len(p.rows) {
		p.only = p.rows[p.at].group
	}
	p.search()
}

// move goes to the next row that can be chosen.
func (p *palette) move(step int) {
	dir := 1
	if step < 0 {
		dir = -1
	}
	to := p.at + step
	for to >= 0 && to < len(p.rows) && p.rows[to].do == nil {
		to += dir
	}
	if to >= 0 && to < len(p.rows) {
		p.at = to
	}
	p.list.Refresh()
}

// key takes the keys that steer the list while the field has the keyboard.
func (p *palette) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyDown:
		p.move(1)
	case fyne.KeyUp:
		p.move(-1)
	case fyne.KeyReturn, fyne.KeyEnter:
		p.take(p.at)
	case fyne.KeyTab:
		p.narrow()
	case fyne.KeyBackspace:
		if p.only == "" || p.entry.Text != "" {
			return false
		}
		p.narrow()
	case fyne.KeyEscape:
		p.close()
	default:
		return false
	}
	return true
}

// take closes the palette and does what a row is for.
func (p *palette) take(i int) {
	if i < 0 || i >= len(p.rows) || p.rows[i].do == nil {
		return
	}
	row := p.rows[i]
	if !row.stays {
		p.close()
	}
	row.do()
}

// CreateRenderer is for Fyne.
func (p *palette) CreateRenderer() fyne.WidgetRenderer { return paletteRenderer{p} }

type paletteRenderer struct{ p *palette }

func (r paletteRenderer) Destroy()           {}
func (r paletteRenderer) MinSize() fyne.Size { return fyne.NewSize(0, 0) }
func (r paletteRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.p.list, r.p.entry}
}

func (r paletteRenderer) Layout(size fyne.Size) {
	put(r.p.list, 0, 0, size.Width, size.Height)
	px := r.p.shell.desk.Look.Px
	h := r.p.entry.MinSize().Height
	put(r.p.entry, px(38), (px(48)-h)/2, size.Width-px(54+r.p.list.scope()), h)
}

func (r paletteRenderer) Refresh() {
	r.Layout(r.p.Size())
	r.p.list.Refresh()
	r.p.entry.Refresh()
}
