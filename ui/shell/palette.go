package shell

import (
	"context"

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
	kind   app.Kind      // only records of it; empty: all
	chosen func(app.Ref) // nil: open the record
	entry  *kit.Entry
	list   *paletteList
	rows   []paletteRow
	at     int
	slot   task.Slot
	close  func()
}

// paletteRow is a heading or something to choose.
type paletteRow struct {
	heading, icon, name, note, key string
	do                             func()
}

// maxFound is how many records the palette shows of a register.
const maxFound = 30

func (s *Shell) openPalette() { newPalette(s, &s.stage, s.offers, "", nil).open() }

// PickRecord lets the person choose a record of a kind; empty for any.
func (s *Shell) PickRecord(kind app.Kind, chosen func(app.Ref)) {
	newPalette(s, &s.stage, nil, kind, chosen).open()
}

// newPalette makes one for a window; offers are what can be done there. Where
// chosen is not nil it takes the record, and nothing else is offered.
func newPalette(s *Shell, on *stage, offers func() []ui.Action, kind app.Kind, chosen func(app.Ref)) *palette {
	p := &palette{shell: s, stage: on, offers: offers, kind: kind, chosen: chosen}
	p.entry = kit.NewEntry(on.desk)
	p.entry.OnKey(p.key)
	p.entry.SetPlaceHolder(s.desk.Words.T(text.PaletteHint))
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

// search looks for what is typed: actions at once, records when they are found.
func (p *palette) search() {
	words := p.entry.Text
	p.show(p.matchingActions(words))
	if words == "" && p.chosen == nil {
		p.slot.Stop()
		return
	}
	task.Do(p.shell.desk.Tasks, &p.slot, func(ctx context.Context) (findings, error) {
		return p.find(ctx, words)
	}, func(f findings, err error) {
		rows := p.matchingActions(words)
		if err != nil {
			rows = append(rows, paletteRow{heading: p.shell.desk.Words.Error(err)})
		}
		rows = append(rows, p.found(f.hits, words)...)
		p.show(append(rows, p.incomplete(f)...))
	})
}

// findings are what a search found, and about how many records it cannot find yet.
type findings struct {
	hits      []ui.Hit
	unindexed int
}

func (p *palette) find(ctx context.Context, words string) (f findings, err error) {
	if p.kind == app.PersonKind {
		f.hits, err = p.shell.records.People(ctx)
		return f, err
	}
	if p.kind != "" {
		f.hits, err = p.ofOneKind(ctx, words)
		return f, err
	}
	if f.hits, err = p.shell.records.Search(ctx, words, maxFound); err == nil {
		f.unindexed, err = p.shell.records.Unindexed(ctx)
	}
	return f, err
}

// ofOneKind are the records to choose from, the first of them all where nothing
// is typed.
func (p *palette) ofOneKind(ctx context.Context, words string) ([]ui.Hit, error) {
	ids, err := p.shell.records.IDs(ctx, p.kind, app.Query{Find: words, Limit: maxFound})
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	refs := make([]app.Ref, len(ids))
	for i, id := range ids {
		refs[i] = app.Ref{Kind: p.kind, ID: id}
	}
	return p.shell.records.Names(ctx, refs)
}

// incomplete says that more may be here than was found.
func (p *palette) incomplete(f findings) []paletteRow {
	if f.unindexed == 0 {
		return nil
	}
	w := p.shell.desk.Words
	return []paletteRow{{heading: w.T(text.SearchIncomplete, w.Count(f.unindexed))}}
}

// matchingActions are the actions whose name holds what is typed.
func (p *palette) matchingActions(words string) (rows []paletteRow) {
	if p.chosen != nil {
		return nil
	}
	w := p.shell.desk.Words
	for _, a := range p.offers() {
		name := w.Of(a.Label)
		if !containsFold(name, words) {
			continue
		}
		row := paletteRow{icon: a.Icon, name: name, do: a.Do}
		if !a.Key.IsZero() {
			row.key = a.Key.String()
		}
		rows = append(rows, row)
	}
	if len(rows) > 0 {
		rows = append([]paletteRow{{heading: w.T(text.Actions)}}, rows...)
	}
	return rows
}

// found groups records by register, in the order of the sections; people stand
// by themselves.
func (p *palette) found(hits []ui.Hit, words string) (rows []paletteRow) {
	if rows = p.grouped(hits); p.kind == app.PersonKind {
		rows = p.people(hits, words)
	}
	if len(rows) == 0 && words != "" {
		rows = append(rows, paletteRow{heading: p.shell.desk.Words.T(text.NoneOnDevice, words)})
	}
	return rows
}

// grouped are the records under the names of their registers.
func (p *palette) grouped(hits []ui.Hit) (rows []paletteRow) {
	w := p.shell.desk.Words
	for _, x := range p.shell.sections {
		for _, kind := range x.Kinds {
			group := p.ofKind(hits, kind, x.Icon)
			if len(group) > 0 {
				rows = append(rows, paletteRow{heading: w.T(text.FoundIn, w.Of(x.Label), w.Count(len(group)))})
				rows = append(rows, group...)
			}
		}
	}
	return rows
}

func (p *palette) ofKind(hits []ui.Hit, kind app.Kind, icon string) (rows []paletteRow) {
	for _, h := range hits {
		if h.Ref.Kind != kind || p.kind != "" && p.kind != kind {
			continue
		}
		rows = append(rows, paletteRow{icon: icon, name: h.Title, note: h.Number, do: func() { p.choose(h.Ref) }})
	}
	return rows
}

// people are those of the directory whose name holds what is typed.
func (p *palette) people(all []ui.Hit, words string) (rows []paletteRow) {
	for _, h := range all {
		if containsFold(h.Title, words) {
			rows = append(rows, paletteRow{icon: "user", name: h.Title, do: func() { p.choose(h.Ref) }})
		}
	}
	return rows
}

func (p *palette) choose(ref app.Ref) {
	if p.chosen != nil {
		p.chosen(ref)
		return
	}
	p.shell.Open(ref)
}

func (p *palette) show(rows []paletteRow) {
	p.rows, p.at = rows, 0
	p.move(0)
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
	do := p.rows[i].do
	p.close()
	do()
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
	put(r.p.entry, px(38), (px(48)-h)/2, size.Width-px(54), h)
}

func (r paletteRenderer) Refresh() {
	r.Layout(r.p.Size())
	r.p.list.Refresh()
	r.p.entry.Refresh()
}

// paletteList draws the rows under the field.
type paletteList struct {
	kit.Surface
	p     *palette
	first int
	spots []spotRow
}

type spotRow struct {
	y, h float32
	row  int
}

func newPaletteList(p *palette) *paletteList {
	l := &paletteList{p: p}
	l.Extend(l, p.shell.desk.Look, l.paint)
	return l
}

const (
	paletteTop  = 50
	paletteFoot = 32
)

func rowHeight(r paletteRow) float32 {
	if r.do == nil {
		return 26
	}
	return 34
}

func (l *paletteList) paint(p *kit.Pen, w, h float32) {
	words := l.p.shell.desk.Words
	p.Icon(16, 16, 16, "search", p.Ink2)
	p.H(0, 48, w)
	l.scroll(h)
	l.spots = l.spots[:0]
	y := float32(paletteTop)
	for i := l.first; i < len(l.p.rows); i++ {
		r := l.p.rows[i]
		if y+rowHeight(r) > h-paletteFoot {
			break
		}
		l.paintRow(p, r, i, y, w)
		y += rowHeight(r)
	}
	p.H(0, h-paletteFoot, w)
	p.Hints(14, h-25, w-14, kit.KeyHint{Key: "↑↓", Does: words.T(text.SelectVerb)},
		kit.KeyHint{Key: "Enter", Does: words.T(text.OpenVerb)}, kit.KeyHint{Key: "Esc", Does: words.T(text.Close)})
}

// scroll brings the chosen row into sight.
func (l *paletteList) scroll(h float32) {
	l.first = min(l.first, l.p.at)
	for l.first < l.p.at {
		y := float32(paletteTop)
		for i := l.first; i <= l.p.at; i++ {
			y += rowHeight(l.p.rows[i])
		}
		if y <= h-paletteFoot {
			break
		}
		l.first++
	}
	if l.first == 1 {
		l.first = 0
	}
}

func (l *paletteList) paintRow(p *kit.Pen, r paletteRow, i int, y, w float32) {
	if r.do == nil {
		p.Text(16, y+2, w-32, 24, r.heading, p.Caption())
		return
	}
	l.spots = append(l.spots, spotRow{y, 34, i})
	note := p.Caption().In(p.Ink3)
	if i == l.p.at {
		p.Round(6, y, w-12, 34, p.Select, 4)
		p.Rect(6, y+5, 3, 24, p.Accent)
		note = note.In(p.Ink2)
	}
	p.Icon(18, y+9, 16, r.icon, p.Ink2)
	right := w - 16
	if r.key != "" {
		kw := p.Width(r.key, p.Caption()) + 10
		right -= p.Key(right-kw, y+8, r.key) + 12
	}
	if r.note != "" {
		right -= p.Text(right-150, y, 150, 34, r.note, note.R()) + 12
	}
	p.Text(44, y, right-44, 34, r.name, p.Body())
}

// AccessibilityLabel is the row that Enter takes.
func (l *paletteList) AccessibilityLabel() string {
	if l.p.at >= len(l.p.rows) {
		return ""
	}
	return l.p.rows[l.p.at].name
}

// AccessibilityRole is text.
func (l *paletteList) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// Tapped takes the row that was clicked.
func (l *paletteList) Tapped(e *fyne.PointEvent) {
	l.p.shell.desk.Touch()
	y := e.Position.Y / l.p.shell.desk.Look.Factor()
	for _, s := range l.spots {
		if y >= s.y && y < s.y+s.h {
			l.p.take(s.row)
			return
		}
	}
}
