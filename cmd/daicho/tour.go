package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	core "daicho/app"
	"daicho/app/document"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/keys"
	"daicho/ui/task"
)

// tour walks through the demo by itself and photographs every stop from
// outside, in both sizes and both palettes: what a person would see.
type tour struct {
	d    *desktopApp
	dir  string
	pass keys.Passphrase
	ui   *task.Runner // goes on while the window is locked
	size string       // part of the picture's name
}

// stop is one place of the tour.
type stop struct {
	name string
	does string // for the terminal
	show func(*tour)
}

func (t *tour) stops() []stop {
	return []stop{
		{"today", "looked at what is to be done today", func(t *tour) { t.section("today") }},
		{"tickets", "opened the list of inquiries and one of them", func(t *tour) { t.open(ticket.Kind, "state", "<>", string(ticket.Closed)) }},
		{"ticket-new", "began a new inquiry with Ctrl+N", func(t *tour) { t.section("tickets"); t.ctrl(fyne.KeyN) }},
		{"palette", "searched for 障害 with Ctrl+K", func(t *tour) { t.section("tickets"); t.ctrl(fyne.KeyK); t.write("障害") }},
		{"documents", "opened the list of documents and one with its revisions", func(t *tour) { t.open(document.Kind, "version", "<>", "") }},
		{"conflicts", "opened the open conflicts", func(t *tour) { t.open(core.ConflictKind, "state", "=", string(core.ConflictOpen)) }},
		{"rejects", "looked at what the server refused", func(t *tour) { t.section("rejects") }},
		{"carry", "looked at how changes travel without the server", func(t *tour) { t.section("carry") }},
		{"recovery", "was offered a recovery key", func(t *tour) { t.do(func() { t.d.shell.OfferRecovery(t.d.door) }) }},
		{"emergencies", "opened the register of emergency accesses", func(t *tour) { t.section("emergencies") }},
		{"people", "looked at who uses the register, where and with what rights", func(t *tour) { t.section("people") }},
		{"organisations", "opened the register of organisations", func(t *tour) { t.section("organisations") }},
		{"sites", "opened the register of sites", func(t *tour) { t.section("sites") }},
		{"grants", "opened the register of rights", func(t *tour) { t.section("grants") }},
		{"proof", "was asked for a password and a one-time code", func(t *tour) { t.do(t.d.shell.Prove) }},
		{"settings", "looked at the settings of this device", func(t *tour) { t.section("settings") }},
		{"outbox", "looked at what waits to be sent", func(t *tour) { t.section("outbox") }},
	}
}

// sizes are those of the window that every picture is taken in.
var sizes = []fyne.Size{{Width: 1280, Height: 800}, {Width: 1024, Height: 768}}

// walk makes the tour and ends the program; open opens the door.
func (t *tour) walk(open func()) error {
	defer t.ui.Post(t.d.fyne.Quit)
	if err := os.MkdirAll(t.dir, 0o755); err != nil {
		return err
	}
	for _, size := range sizes {
		t.do(func() { t.d.window.Resize(size) })
		if err := t.shoot(fmt.Sprintf("door-%d-light", int(size.Width))); err != nil {
			return err
		}
	}
	t.do(open)
	select {
	case <-t.d.opened:
	case <-time.After(time.Minute):
		return fmt.Errorf("the replica did not open within a minute: is DAICHO_PASSPHRASE_FILE right?")
	}
	for _, size := range sizes {
		for _, dark := range []bool{false, true} {
			if err := t.round(size, dark); err != nil {
				return err
			}
		}
	}
	return nil
}

// round photographs every stop in one size and palette.
func (t *tour) round(size fyne.Size, dark bool) error {
	t.do(func() {
		t.d.window.Resize(size)
		t.d.dress(dark, t.d.desk.Look.Factor())
	})
	t.size = fmt.Sprintf("%d-%s", int(size.Width), map[bool]string{false: "light", true: "dark"}[dark])
	for _, s := range t.stops() {
		s.show(t)
		t.settle()
		if err := t.shoot(s.name + "-" + t.size); err != nil {
			return err
		}
		t.leave()
		t.tell(s.does)
	}
	t.ctrl(fyne.KeyL)
	if err := t.shoot("locked-" + t.size); err != nil {
		return err
	}
	t.unlock()
	t.tell("locked the window with Ctrl+L and opened it again")
	return nil
}

// tell says in the terminal what was done, once.
func (t *tour) tell(does string) {
	if t.size == "1280-light" {
		fmt.Println("·", does)
	}
}

// unlock types the passphrase at the door, as a person does.
func (t *tour) unlock() {
	t.write(string(t.pass))
	t.do(func() { t.d.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) })
	for locked := true; locked; {
		time.Sleep(120 * time.Millisecond)
		t.do(func() { locked = t.d.shell.Locked() })
	}
	t.settle()
}

// do runs f where the window lives and waits for it.
func (t *tour) do(f func()) {
	done := make(chan struct{})
	t.ui.Post(func() { f(); close(done) })
	<-done
}

// settle waits until nothing is being loaded and the window has been painted.
func (t *tour) settle() {
	for quiet := 0; quiet < 4; quiet++ {
		time.Sleep(120 * time.Millisecond)
		if !t.d.desk.Tasks.Idle() {
			quiet = 0
		}
	}
}

func (t *tour) section(id string) { t.do(func() { t.d.shell.Go(id) }); t.settle() }

// open shows the first record that meets a condition.
func (t *tour) open(kind core.Kind, field, op, value string) {
	list, _, err := t.replica().List(context.Background(), kind, core.Query{Where: []core.Cond{{Field: field, Op: op, Value: value}}, Desc: true, Limit: 1})
	if err != nil || len(list) == 0 {
		t.section(map[core.Kind]string{core.ConflictKind: "conflicts", document.Kind: "documents"}[kind])
		return
	}
	t.do(func() { t.d.shell.Open(list[0].Meta().Ref) })
	t.settle()
}

func (t *tour) replica() *store.Replica { return t.d.door.opened() }

func (t *tour) ctrl(key fyne.KeyName) {
	t.do(func() {
		t.d.desk.Shortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierControl})
	})
	t.settle()
}

// write types into what has the keyboard.
func (t *tour) write(words string) {
	t.do(func() {
		for _, r := range words {
			t.d.window.Canvas().Focused().TypedRune(r)
		}
	})
}

// leave closes what the stop has opened.
func (t *tour) leave() {
	for range 2 {
		t.do(func() { t.d.desk.Key(&fyne.KeyEvent{Name: fyne.KeyEscape}) })
	}
}

// shoot photographs the screen from outside: a window's own picture of itself
// is black where nothing but software draws it.
func (t *tour) shoot(name string) error {
	t.settle()
	path := filepath.Join(t.dir, name+".png")
	size := t.d.window.Canvas().Size()
	crop := fmt.Sprintf("%dx%d+0+0", int(size.Width), int(size.Height))
	out, err := exec.Command("import", "-window", "root", "-crop", crop, "+repage", path).CombinedOutput()
	if err != nil {
		return fmt.Errorf("photograph %s: %w: %s", name, err, out)
	}
	return nil
}
