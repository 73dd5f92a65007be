package shell

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// doorPage is what stands before the replica: unlocking it, or making one.
type doorPage struct {
	widget.BaseWidget
	window fyne.Window
	desk   *ui.Desk
	door   ui.Door
	opened func()

	state  ui.DoorState
	way    *way
	more   bool // the other ways in are offered
	people bool // other people are offered
	busy   bool
	fault  string
	fields []*doorField
	back   *kit.Surface
	open   *kit.Button
	links  []*kit.Button
	stop   func() // the countdown of a pause

	asked attempt // what the server wants to see the person for
	from  *way    // and where it began, with what was typed there
	kept  []string

	rebuild ui.Rebuild // what the opening waits for; zero: nothing
	slow    bool       // the opening waits for the keyring
	cancel  func()     // the opening
	stopped bool       // by the person
	unwatch func()
}

// doorField is one line of the form.
type doorField struct {
	label text.Key
	entry *kit.Entry
}

// NewDoor shows the door in the window; opened is called when the replica is open.
func NewDoor(window fyne.Window, desk *ui.Desk, door ui.Door, opened func()) {
	showDoor(window, desk, door, opened)
}

func showDoor(window fyne.Window, desk *ui.Desk, door ui.Door, opened func()) *doorPage {
	d := newDoorPage(window, desk, door, opened)
	window.SetContent(d)
	d.focus()
	return d
}

func newDoorPage(window fyne.Window, desk *ui.Desk, door ui.Door, opened func()) *doorPage {
	d := &doorPage{window: window, desk: desk, door: door, opened: opened, stop: func() {}}
	connect(window, desk, func(*fyne.KeyEvent) bool { return false }, d.shortcut)
	d.back = kit.NewSurface(desk.Look, d.paint)
	d.ExtendBaseWidget(d)
	d.unwatch = door.Watch(func(r ui.Rebuild) { desk.Tasks.Post(func() { d.rebuilding(r) }) })
	d.look()
	d.take(firstWay(d.state))
	return d
}

// look reads anew what stands behind the door, and waits for the end of a pause.
func (d *doorPage) look() {
	d.state = d.door.State()
	d.stop()
	if d.pausing() {
		d.stop = task.After(d.desk.Tasks, ticking, d.tick)
	}
}

// take makes the page of a way in.
func (d *doorPage) take(w *way) {
	d.way, d.more, d.people, d.fault = w, false, false, ""
	d.fields = nil
	for _, f := range w.fields {
		d.fields = append(d.fields, d.field(f))
	}
	d.open = kit.NewButton(d.desk, kit.Primary, d.desk.Words.T(w.press), w.key, d.press)
	d.offer()
}

// offer makes the links to other ways.
func (d *doorPage) offer() {
	d.links = nil
	for _, o := range d.ways() {
		d.links = append(d.links, kit.NewButton(d.desk, kit.Linked, o.word, ui.Key{}, o.do))
	}
	d.Refresh()
}

func (d *doorPage) field(f wayField) *doorField {
	e := kit.NewEntry(d.desk)
	if f.kind == secret {
		e = kit.NewSecret(d.desk)
	}
	e.Name(d.desk.Words.T(f.label))
	e.OnKey(d.key)
	e.TextStyle.Monospace = f.kind == code
	return &doorField{f.label, e}
}

// focus brings the keyboard to where a person goes on.
func (d *doorPage) focus() {
	if f := d.fields[d.way.again(d.fault != "")].entry; !f.Disabled() {
		d.desk.Focus(f)
	}
}

// key opens on Enter: nothing behind this door can be lost by it, unless what
// is typed is kept for ever.
func (d *doorPage) key(e *fyne.KeyEvent) bool {
	switch {
	case d.way == identifying && e.Name == fyne.KeyEscape && !d.busy:
		d.goBack()
	case d.way.key.IsZero() && (e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter):
		d.enter()
	default:
		return false
	}
	return true
}

// enter presses the button; between password and code it goes on to the code.
func (d *doorPage) enter() {
	if d.way == identifying && d.window.Canvas().Focused() == d.fields[0].entry && d.fields[1].entry.Text == "" {
		d.desk.Focus(d.fields[1].entry)
		return
	}
	d.press()
}

func (d *doorPage) shortcut(s fyne.Shortcut) bool {
	k, ok := ui.KeyOf(s)
	if ok && !k.IsZero() && k == d.way.key {
		d.press()
		return true
	}
	return false
}

func (d *doorPage) press() {
	if d.busy || d.pausing() {
		return
	}
	if fault := d.check(); fault != "" {
		d.say(fault)
		return
	}
	typed, way := d.typed(), d.way
	if way == identifying {
		d.run(d.asked, ui.Proof{Password: typed[0], Code: typed[1]})
		return
	}
	d.run(func(ctx context.Context, p ui.Proof) error { return way.try(ctx, d.door, typed, p) }, ui.Proof{})
}

func (d *doorPage) typed() []string {
	typed := make([]string, len(d.fields))
	for i, f := range d.fields {
		typed[i] = f.entry.Text
	}
	return typed
}

// shortest is the least number of characters of a new passphrase.
const shortest = 12

// check says what is missing before anything is tried.
func (d *doorPage) check() string {
	w := d.desk.Words
	if d.way == identifying {
		if d.fields[0].entry.Text+d.fields[1].entry.Text == "" {
			return w.T(text.ProofMissing)
		}
		return ""
	}
	for _, f := range d.fields {
		if f.entry.Text == "" {
			return w.T(text.FieldMissing, w.T(f.label))
		}
	}
	if !d.way.fresh {
		return ""
	}
	return newPassphraseFault(w, d.fields[1].entry.Text, d.fields[2].entry.Text)
}

// newPassphraseFault says what is wrong with a passphrase typed twice.
func newPassphraseFault(w *text.Words, one, two string) string {
	switch {
	case len([]rune(one)) < shortest:
		return w.T(text.PassphraseShort, shortest)
	case one != two:
		return w.T(text.PassphraseDiffers)
	}
	return ""
}

// attempt is one try of the door, with what the server is shown of the person.
type attempt func(context.Context, ui.Proof) error

// unasked is a try that no server has a part in.
func unasked(try func(context.Context) error) attempt {
	return func(ctx context.Context, _ ui.Proof) error { return try(ctx) }
}

// run tries the door off the UI goroutine: deriving the key takes a second.
func (d *doorPage) run(try attempt, shown ui.Proof) {
	d.busy, d.stopped, d.fault = true, false, ""
	d.Refresh()
	ctx, cancel := context.WithCancel(context.Background())
	d.cancel = cancel
	task.Go(d.desk.Tasks, func(context.Context) error { return try(ctx, shown) }, func(err error) {
		cancel()
		d.tried(try, err)
	})
}

// tried goes in, or says why the try did not open the door.
func (d *doorPage) tried(try attempt, err error) {
	d.busy, d.slow, d.rebuild = false, false, ui.Rebuild{}
	if err == nil {
		d.leave()
		return
	}
	d.look()
	if ui.IsUnproved(err) && d.way != identifying {
		d.identify(try)
		return
	}
	d.offer()
	d.say(d.reason(err))
	if app.IsCode(err, app.Forbidden) && (d.way == byPassphrase || d.way == identifying) {
		d.fields[len(d.fields)-1].entry.SetText("") // a code counts once
	}
	if d.state.Leased && d.way != identifying {
		d.desk.Focus(d.links[0])
		return
	}
	d.focus()
}

// reason is why the door did not open.
func (d *doorPage) reason(err error) string {
	if d.stopped {
		return d.desk.Words.T(text.OpeningStopped)
	}
	return d.desk.Words.Error(err)
}

// rebuilding shows how far an opening is that makes columns anew, and lets the
// person stop it.
func (d *doorPage) rebuilding(r ui.Rebuild) {
	if !d.busy {
		return
	}
	first := d.rebuild.Total == 0
	d.rebuild = r
	if first {
		d.offer()
		return
	}
	d.back.Refresh()
}

// stopOpening leaves the replica shut; the next opening goes on from there.
func (d *doorPage) stopOpening() {
	d.stopped = true
	d.cancel()
}

// leave forgets what was typed and goes in.
func (d *doorPage) leave() {
	d.stop()
	d.unwatch()
	for _, f := range d.fields {
		f.entry.SetText("")
	}
	d.asked, d.kept = nil, nil
	d.opened()
}

func (d *doorPage) say(fault string) {
	d.fault = fault
	d.Refresh()
}

// Cursor is asked for whenever the mouse moves, wherever in the window.
func (d *doorPage) Cursor() desktop.Cursor {
	d.desk.Touch()
	return desktop.DefaultCursor
}
