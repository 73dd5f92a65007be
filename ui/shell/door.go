package shell

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
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
	desk   *ui.Desk
	door   ui.Door
	opened func()

	state  ui.DoorState
	alone  bool // first run: work alone first, instead of enrolling
	busy   bool
	fault  string
	fields []*doorField
	back   *kit.Surface
	open   *kit.Button
	other  *kit.Button // keyring, or the other way of a first run
}

// doorField is one line of the form.
type doorField struct {
	label text.Key
	entry *searchEntry
}

// NewDoor shows the door in the window; opened is called when the replica is open.
func NewDoor(window fyne.Window, desk *ui.Desk, door ui.Door, opened func()) {
	d := &doorPage{desk: desk, door: door, opened: opened, state: door.State()}
	connect(window, desk, func(*fyne.KeyEvent) bool { return false }, func(fyne.Shortcut) bool { return false })
	d.back = kit.NewSurface(desk.Look, d.paint)
	d.open = kit.NewButton(desk, kit.Primary, "", ui.Key{}, d.press)
	d.other = kit.NewButton(desk, kit.Linked, "", ui.Key{}, d.pressOther)
	d.ExtendBaseWidget(d)
	d.build()
	window.SetContent(d)
	desk.Focus(d.fields[0].entry)
}

// build makes the fields that the way in needs.
func (d *doorPage) build() {
	w := d.desk.Words
	switch {
	case d.state.Exists:
		d.fields = []*doorField{d.secret(text.Passphrase)}
		d.open.SetWord(w.T(text.OpenReplica))
		d.other.SetWord(w.T(text.OpenByKeyring))
	case d.alone:
		d.fields = []*doorField{d.line(text.YourName), d.secret(text.NewPassphrase), d.secret(text.SameAgain)}
		d.open.SetWord(w.T(text.BeginAlone))
		d.other.SetWord(w.T(text.IHaveACode))
	default:
		d.fields = []*doorField{d.line(text.EnrolmentCode), d.secret(text.NewPassphrase), d.secret(text.SameAgain)}
		d.open.SetWord(w.T(text.Enrol))
		d.other.SetWord(w.T(text.WorkAloneFirst))
	}
	d.Refresh()
}

func (d *doorPage) line(label text.Key) *doorField {
	f := &doorField{label: label}
	f.entry = newSearchEntry(d.desk, d.key)
	return f
}

func (d *doorPage) secret(label text.Key) *doorField {
	f := d.line(label)
	f.entry.Password = true
	return f
}

// key opens on Enter: nothing behind this door can be lost by it.
func (d *doorPage) key(e *fyne.KeyEvent) bool {
	if e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
		d.press()
		return true
	}
	return false
}

func (d *doorPage) press() {
	if d.busy {
		return
	}
	if fault := d.check(); fault != "" {
		d.say(fault)
		return
	}
	first, secret := d.fields[0].entry.Text, []byte(d.fields[len(d.fields)-1].entry.Text)
	d.run(func(ctx context.Context) error {
		switch {
		case d.state.Exists:
			return d.door.Unlock(ctx, secret)
		case d.alone:
			return d.door.Create(ctx, first, secret)
		}
		return d.door.Enrol(ctx, first, secret)
	})
}

// shortest is the least number of characters of a new passphrase.
const shortest = 12

// check says what is missing before anything is tried.
func (d *doorPage) check() string {
	w := d.desk.Words
	for _, f := range d.fields {
		if f.entry.Text == "" {
			return w.T(text.FieldMissing, w.T(f.label))
		}
	}
	if d.state.Exists {
		return ""
	}
	one, two := d.fields[1].entry.Text, d.fields[2].entry.Text
	switch {
	case len([]rune(one)) < shortest:
		return w.T(text.PassphraseShort, shortest)
	case one != two:
		return w.T(text.PassphraseDiffers)
	}
	return ""
}

func (d *doorPage) pressOther() {
	if d.busy {
		return
	}
	if d.state.Exists {
		d.run(d.door.UnlockByKeyring)
		return
	}
	d.alone = !d.alone
	d.fault = ""
	d.build()
	d.desk.Focus(d.fields[0].entry)
}

// run tries the door off the UI goroutine: deriving the key takes a second.
func (d *doorPage) run(try func(context.Context) error) {
	d.busy, d.fault = true, ""
	d.Refresh()
	task.Go(d.desk.Tasks, try, func(err error) {
		d.busy = false
		if err == nil {
			d.opened()
			return
		}
		d.state = d.door.State()
		d.say(d.desk.Words.Error(err))
		last := d.fields[len(d.fields)-1].entry
		if app.IsCode(err, app.Forbidden) && d.state.Exists {
			last.SetText("")
		}
		d.desk.Focus(last)
	})
}

func (d *doorPage) say(fault string) {
	d.fault = fault
	d.Refresh()
}

const (
	doorWidth  = 420
	fieldPitch = 36
	doorTop    = 168
)

// height of the card in design pixels.
func (d *doorPage) height() float32 { return doorTop + fieldPitch*float32(len(d.fields)) + 190 }

// origin is the card's corner.
func (d *doorPage) origin(w, h float32) (x, y float32) {
	return (w - doorWidth) / 2, max(8, (h-d.height())/2-20)
}

func (d *doorPage) paint(p *kit.Pen, w, h float32) {
	words := d.desk.Words
	x, y := d.origin(w, h)
	p.Rect(0, 0, w, h, p.Ground)
	p.Box(x, y, doorWidth, d.height(), p.Sheet, p.Line, 8)
	p.ProductSeal(x+36, y+32, 36)
	p.Text(x+86, y+30, doorWidth-120, 24, words.T(text.ProductName), p.Title())
	p.Text(x+86, y+54, doorWidth-120, 18, d.whose(), p.Caption())
	p.Para(x+36, y+88, doorWidth-72, 22, words.T(d.welcome()), p.Sub())
	fy := y + doorTop
	for _, f := range d.fields {
		p.Text(x+36, fy, 114, 29, words.T(f.label), p.Label())
		fy += fieldPitch
	}
	fault, st := d.fault, p.Caption().In(p.Late)
	if d.busy {
		fault, st = words.T(text.OpeningNow), p.Caption().In(p.Ink2)
	} else if fault != "" {
		fault = words.T(text.ErrorAbove, fault)
	}
	p.Para(x+36, fy, doorWidth-72, 17, fault, st)
	foot := y + d.height() - 40
	p.H(x, foot, doorWidth)
	p.Text(x+36, foot+10, doorWidth-72, 20, d.foot(), p.Caption().In(p.Ink2))
}

func (d *doorPage) whose() string {
	if d.state.Device == "" {
		return d.desk.Words.T(text.ProductLine)
	}
	return d.desk.Words.T(text.DeviceNamed, d.state.Device)
}

func (d *doorPage) welcome() text.Key {
	switch {
	case d.state.Exists:
		return text.DoorLocked
	case d.alone:
		return text.DoorAlone
	}
	return text.DoorFirst
}

// foot says what is known without the key.
func (d *doorPage) foot() string {
	w := d.desk.Words
	if d.state.Exists && d.state.LastSync > 0 {
		return w.T(text.LastSync, w.Moment(d.state.LastSync, d.desk.Now()))
	}
	return w.T(text.NothingReadable)
}

// Cursor is asked for whenever the mouse moves, wherever in the window.
func (d *doorPage) Cursor() desktop.Cursor {
	d.desk.Touch()
	return desktop.DefaultCursor
}

// CreateRenderer is for Fyne.
func (d *doorPage) CreateRenderer() fyne.WidgetRenderer { return doorRenderer{d} }

type doorRenderer struct{ d *doorPage }

func (r doorRenderer) Destroy()           {}
func (r doorRenderer) MinSize() fyne.Size { return fyne.NewSize(640, 520) }

func (r doorRenderer) Objects() []fyne.CanvasObject {
	objs := []fyne.CanvasObject{r.d.back}
	for _, f := range r.d.fields {
		objs = append(objs, f.entry)
	}
	objs = append(objs, r.d.open)
	if !r.d.state.Exists || r.d.state.Keyring {
		objs = append(objs, r.d.other)
	}
	return objs
}

func (r doorRenderer) Layout(size fyne.Size) {
	f := r.d.desk.Look.Factor()
	put(r.d.back, 0, 0, size.Width, size.Height)
	x, y := r.d.origin(size.Width/f, size.Height/f)
	fy := y + doorTop
	for _, field := range r.d.fields {
		h := field.entry.MinSize().Height
		put(field.entry, (x+156)*f, fy*f, (doorWidth-192)*f, h)
		fy += fieldPitch
	}
	put(r.d.open, (x+36)*f, (fy+52)*f, (doorWidth-72)*f, 32*f)
	put(r.d.other, (x+34)*f, (fy+94)*f, r.d.other.Need()*f, 28*f)
}

func (r doorRenderer) Refresh() {
	r.d.open.Enable(!r.d.busy)
	r.d.other.Enable(!r.d.busy)
	r.Layout(r.d.Size())
	r.d.back.Refresh()
	r.d.open.Refresh()
	r.d.other.Refresh()
	canvas.Refresh(r.d)
}
