// Package carry is the section by which changes travel where the server is out
// of reach: files for a stick, and an exchange between two devices. What a file
// holds and who may open it is not here.
package carry

import (
	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// Section is the entry of the navigation.
func Section() ui.Section {
	return ui.Section{
		ID: "carry", Icon: "truck", Label: text.CarryTitle.Label(), Group: app.Label{JA: "同期", EN: "Sync"},
		New: func(h ui.Host) ui.Page { return newPage(h) },
	}
}

// face is one tab of the page.
type face interface {
	// paint draws it and returns the y below.
	paint(d *kit.Pen, y, w, h float32) float32
	// buttons stand in the head, the primary first.
	buttons() []*kit.Button
	// pane takes the keyboard first.
	pane() fyne.Focusable
	actions() []ui.Action
	// shown reads anew what may have changed.
	shown()
}

// page is the tabs and what is under way.
type page struct {
	kit.Surface
	host  ui.Host
	desk  *ui.Desk
	tabs  *kit.Tabs
	faces []face
	work  work
}

func newPage(h ui.Host) *page {
	p := &page{host: h, desk: h.Desk()}
	w := p.desk.Words
	p.work.page, p.work.stop = p, kit.NewButton(p.desk, kit.Secondary, w.T(text.CancelWork), ui.Key{}, func() { p.work.cancel() })
	p.faces = []face{newPacking(p), newTaking(p), newMeeting(p), newCargo(p)}
	p.tabs = kit.NewTabs(p.desk, func(int) { p.turned() }, kit.Tab{Word: w.T(text.PackTab), Count: -1}, kit.Tab{Word: w.T(text.TakeTab), Count: -1},
		kit.Tab{Word: w.T(text.MeetTab), Count: -1}, kit.Tab{Word: w.T(text.CargoTab), Count: -1})
	p.Extend(p, p.desk.Look, p.paintPage)
	return p
}

// cargoTab is the place of the tab of what is carried.
const cargoTab = 3

func (p *page) face() face { return p.faces[p.tabs.At()] }

// ready says whether there is a server to carry to.
func (p *page) ready() bool { return p.host.Link().Status().Enrolled }

// View is what stands in the page area.
func (p *page) View() fyne.CanvasObject { return p }

// Shown reads anew what there is to carry.
func (p *page) Shown() {
	p.Changed(nil)
	p.focus()
}

// Changed reads anew what there is to carry: a sync may have brought it.
func (p *page) Changed([]app.Ref) {
	if p.ready() {
		for _, f := range p.faces {
			f.shown()
		}
	}
	p.Refresh()
}

func (p *page) turned() {
	p.Refresh()
	p.focus()
}

func (p *page) focus() {
	if panes := p.Panes(); len(panes) > 0 {
		p.desk.Focus(panes[0])
	}
}

// Panes are what is typed into and the tabs, for F6.
func (p *page) Panes() []fyne.Focusable {
	if !p.ready() {
		return nil
	}
	return []fyne.Focusable{p.face().pane(), p.tabs}
}

// Actions are what can be done now.
func (p *page) Actions() []ui.Action {
	if !p.ready() || p.work.busy() {
		return nil
	}
	return p.face().actions()
}

// Measures in design pixels.
const (
	headHigh  = 44
	tabsHigh  = 29
	side      = 16
	labelWide = 150
	fieldWide = 420
	readWide  = 760 + 2*side // lines longer than that are read badly
	pitch     = 36
)

func (p *page) paintPage(d *kit.Pen, w, h float32) {
	words := p.desk.Words
	d.Rect(0, 0, w, h, d.Sheet)
	title := words.T(text.CarryTitle)
	if !p.ready() {
		d.Text(side, 0, w-2*side, headHigh, title, d.Title())
		d.H(0, headHigh, w)
		d.Empty(0, headHigh, w, h-headHigh, words.T(text.CarryAlone), "")
		return
	}
	buttons := p.face().buttons()
	right := float32(w - 14)
	for _, b := range buttons {
		right -= b.Need() + 8
	}
	d.Text(side, 0, right-side, headHigh, title, d.Title())
	d.Add(p.tabs, 0, headHigh, w, tabsHigh)
	y := float32(headHigh + tabsHigh)
	if p.work.busy() {
		y = p.work.paint(d, y, w)
	}
	p.face().paint(d, y+14, w, h)
	d.Place(w-14, 8, buttons...)
}

// row draws a label, and beside it a field with a button at its right, if any.
func (p *page) row(d *kit.Pen, y, w float32, label text.Key, field fyne.CanvasObject, choose *kit.Button) float32 {
	d.Text(side, y, labelWide-12, 29, p.desk.Words.T(label), d.Label())
	if f, ok := field.(interface{ Name(string) }); ok {
		f.Name(p.desk.Words.T(label))
	}
	wide := min(fieldWide, w-labelWide-2*side)
	if choose != nil {
		need := choose.Need()
		wide = min(wide, w-labelWide-2*side-need-8)
		d.Add(field, side+labelWide, y, wide, 29)
		d.Add(choose, side+labelWide+wide+8, y, need, 28)
	} else {
		d.Add(field, side+labelWide, y, wide, 29)
	}
	return y + pitch
}

// hint draws what explains a field under it.
func (p *page) hint(d *kit.Pen, y, w float32, what text.Key) float32 {
	return d.Para(side+labelWide, y-5, w-labelWide-2*side, 17, p.desk.Words.T(what), d.Caption()) + 5
}

// said draws a sentence with its mark.
func (p *page) said(d *kit.Pen, y, w float32, fault string) float32 {
	return d.Para(side, y, w-2*side, 20, p.desk.Words.T(text.ErrorAbove, fault), d.Body().In(d.Late)) + 8
}
