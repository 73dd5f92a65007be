package shell

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
	"daicho/ui/theme"
)

// apart is a record in a window of its own, and the host of its page. It is
// locked and unlocked with the shell, and closes with it.
type apart struct {
	stage
	shell *Shell
	ref   app.Ref
	from  ui.Parter // the page that takes the record back
	page  ui.Page
	frame *apartFrame
	title string
	slot  task.Slot
}

// Size of such a window at first, in design pixels.
const (
	apartWide = 620
	apartHigh = 760
)

// OnAnother lets records have windows of their own: another makes an empty one.
func (s *Shell) OnAnother(another func() fyne.Window) { s.another = another }

// Apart shows a record in a window of its own, if its page is a Parter.
func (s *Shell) Apart(ref app.Ref) {
	if a := s.apart[ref]; a != nil {
		a.window.RequestFocus()
		return
	}
	for _, x := range s.sections {
		if !slices.Contains(x.Kinds, ref.Kind) || s.another == nil {
			continue
		}
		if from, ok := s.page(x.ID).(ui.Parter); ok {
			s.apart[ref] = newApart(s, ref, from)
			return
		}
	}
}

func newApart(s *Shell, ref app.Ref, from ui.Parter) *apart {
	own := *s.desk
	a := &apart{stage: stage{window: s.another(), desk: &own}, shell: s, ref: ref, from: from, title: text.New(s.desk.Words.Lang()).T(text.ProductName)}
	a.tell = a.Say
	a.open = func() ui.Page { return a.page }
	a.drawn = func() []fyne.CanvasObject { return []fyne.CanvasObject{a.page.View()} }
	connect(a.window, a.desk, a.key, a.shortcut)
	listen(a.window, a.desk, a.shortcut, s.anywhere(a))
	a.window.SetOnDropped(func(at fyne.Position, uris []fyne.URI) { a.dropped(s.Locked(), at, uris) })
	a.page = from.Part(a, ref)
	a.frame = newApartFrame(a)
	a.window.SetContent(a.frame)
	a.window.SetCloseIntercept(a.close)
	a.window.Resize(fyne.NewSize(s.desk.Look.Px(apartWide), s.desk.Look.Px(apartHigh)))
	a.window.SetTitle(a.title)
	a.window.Show()
	a.page.Shown()
	a.name()
	return a
}

// name puts the number of the record into the title, for who has several open.
func (a *apart) name() {
	task.Do(a.desk.Tasks, &a.slot, func(ctx context.Context) ([]ui.Hit, error) {
		return a.shell.records.Names(ctx, []app.Ref{a.ref})
	}, func(hits []ui.Hit, err error) {
		if err == nil && len(hits) > 0 && hits[0].Number != "" {
			a.title = hits[0].Number + " - " + a.title
			a.window.SetTitle(a.title)
		}
	})
}

// close gives the record back and closes the window.
func (a *apart) close() {
	a.slot.Stop()
	delete(a.shell.apart, a.ref)
	a.from.Rejoin(a.ref)
	a.window.Close()
}

// shut shows nothing of the record until reopen, not in the title either.
func (a *apart) shut(desk *ui.Desk) {
	own := *desk
	connect(a.window, &own, func(*fyne.KeyEvent) bool { return false }, func(fyne.Shortcut) bool { return false })
	a.cover(a.frame, newApartCover(a, &own))
	a.window.Canvas().Unfocus()
	a.window.SetTitle(own.Words.T(text.ProductName))
}

func (a *apart) reopen() {
	connect(a.window, a.desk, a.key, a.shortcut)
	a.uncover(a.frame)
	a.window.SetTitle(a.title)
}

// key takes a key without modifiers that no widget has taken.
func (a *apart) key(e *fyne.KeyEvent) bool {
	switch {
	case a.shell.Locked():
		return false
	case e.Name == fyne.KeyEscape && a.closeTop():
		return true
	case a.covers():
		return false
	case e.Name == fyne.KeyEscape:
		if b, ok := a.page.(ui.Backer); !ok || !b.Back() {
			a.close()
		}
		return true
	}
	return press(ui.Plain(e.Name), a.offers())
}

// shortcut takes a key with modifiers that no widget has taken.
func (a *apart) shortcut(sc fyne.Shortcut) bool {
	k, ok := ui.KeyOf(sc)
	switch {
	case !ok || a.shell.Locked():
		return false
	case k == lockKey && a.shell.lock != nil:
		a.shell.lock()
		return true
	}
	return !a.covers() && press(k, a.offers())
}

// offers are what can be done in this window.
func (a *apart) offers() []ui.Action { return append(a.page.Actions(), a.actions()...) }

// actions are those that are not the page's own.
func (a *apart) actions() []ui.Action {
	out := []ui.Action{
		{Label: label(text.SearchAndAct), Icon: "search", Key: paletteKey, Do: a.palette},
		{Label: label(text.KeysTitle), Icon: "command", Key: ui.Plain(fyne.KeyF1), Do: func() { a.help(a.page.Actions(), a.actions()) }},
		{Label: label(text.CloseWindow), Icon: "x", Key: closeKey, Do: a.close},
	}
	if a.shell.lock != nil {
		out = append(out, ui.Action{Label: label(text.Lock), Icon: "lock", Key: lockKey, Do: a.shell.lock})
	}
	return append(out, a.shell.anywhere(a)...)
}

func (a *apart) palette() { newPalette(a.shell, &a.stage, a.offers, a.Open, "", nil).open() }

// What follows makes it a ui.Host.

// Desk is what every widget of this window shares.
func (a *apart) Desk() *ui.Desk { return a.desk }

// Records is the replica.
func (a *apart) Records() ui.Records { return a.shell.records }

// Link is the connection to the server.
func (a *apart) Link() ui.Link { return a.shell.link }

// Open shows a record in the first window.
func (a *apart) Open(ref app.Ref) {
	a.shell.Open(ref)
	a.shell.window.RequestFocus()
}

// List shows a list in the first window.
func (a *apart) List(kind app.Kind, name string) {
	a.shell.List(kind, name)
	a.shell.window.RequestFocus()
}

// New begins a new record in the first window.
func (a *apart) New(kind app.Kind) {
	a.shell.New(kind)
	a.shell.window.RequestFocus()
}

// Begin opens a new record that was filled in here in the first window.
func (a *apart) Begin(r app.Record) {
	a.shell.Begin(r)
	a.shell.window.RequestFocus()
}

// Apart shows another record in a window of its own.
func (a *apart) Apart(ref app.Ref) { a.shell.Apart(ref) }

// Say shows one sentence at the foot of this window.
func (a *apart) Say(tone theme.Tone, sentence string) { a.frame.say(tone, sentence) }

// PickRecord lets the person choose a record of a kind; empty for any.
func (a *apart) PickRecord(kind app.Kind, chosen func(app.Ref)) {
	newPalette(a.shell, &a.stage, nil, nil, kind, chosen).open()
}

var _ ui.Host = (*apart)(nil)

// apartCover stands in front of the record while the shell is locked.
type apartCover struct {
	kit.Surface
	desk *ui.Desk
	way  *kit.Button
}

func newApartCover(a *apart, desk *ui.Desk) *apartCover {
	c := &apartCover{desk: desk}
	c.way = kit.NewButton(desk, kit.Secondary, desk.Words.T(text.ToTheDoor), ui.Key{}, a.shell.window.RequestFocus)
	c.Extend(c, desk.Look, c.paint)
	return c
}

func (c *apartCover) paint(p *kit.Pen, w, h float32) {
	words := c.desk.Words
	p.Rect(0, 0, w, h, p.Ground)
	p.ProductSeal((w-36)/2, h/2-100, 36)
	p.Empty(0, 0, w, h, words.T(text.LockedApart), "")
	need := c.way.Need()
	p.Add(c.way, (w-need)/2, h/2+24, need, 28)
}
