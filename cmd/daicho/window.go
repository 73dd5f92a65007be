package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"

	"daicho/assets"
	"daicho/store/keys"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/sections"
	"daicho/ui/shell"
	"daicho/ui/task"
	"daicho/ui/text"
	"daicho/ui/theme"
)

// appID is the program's name for the system; FyneApp.toml has the same.
const appID = "jp.daicho.desktop"

// title is what the system calls the window.
const title = "台帳 Daicho"

// desktopApp is the running window: the door first, then the shell, and the
// door in front of it whenever the window is locked.
type desktopApp struct {
	fyne      fyne.App
	window    fyne.Window
	desk      *ui.Desk
	idle      *idle
	door      *door
	records   *records
	scanner   *scanner
	intake    *intake
	link      *link
	shell     *shell.Shell
	args      *args
	settings  ui.Settings // in force
	front     bool        // a window of the program has the keyboard
	residents residents
	left      []*door         // of people who worked here before
	opened    chan struct{}   // closed when the replica is open for the first time
	log       io.Writer       // English, no personal data
	life      context.Context // of the program
	leave     func()          // ends what goes on while the door is open; nil: it is shut
	screen    *task.Runner    // that no lock holds
	unsync    func()          // the same of the link, which waits for a sync under way
	copies    *copies         // that stand open in other programs
	wiped     chan struct{}   // closed when the last lock has wiped these
}

func newDesktop(a *args, log io.Writer) (*desktopApp, error) {
	set := a.over(usualSettings())
	if err := errors.Join(speak(string(set.Lang)), preferX11()); err != nil {
		return nil, err
	}
	font := func(name string) []byte { return assets.Font(strings.TrimSuffix(name, ".ttf")) }
	look, err := theme.New(theme.Files{Font: font, Icon: assets.Icon})
	if err != nil {
		return nil, err
	}
	d := &desktopApp{fyne: app.NewWithID(appID), residents: residents{a.Replica}, idle: newIdle(set.LockAfter, time.Now), args: a, opened: make(chan struct{}), log: log,
		intake: &intake{}, copies: newCopies(log)}
	d.fyne.SetIcon(fyne.NewStaticResource("icon.png", assets.ProductIcon()))
	d.fyne.Settings().SetTheme(look.Theme())
	d.window = d.newWindow()
	d.window.Resize(fyne.NewSize(1280, 800))
	d.window.SetMaster()
	d.desk = &ui.Desk{Look: look, Words: text.New(set.Lang), Tasks: task.New(), Now: time.Now, Touch: d.idle.touch,
		Writes: tellWriting, Caret: d.showCaret, Place: d.fyne.Driver().AbsolutePositionForObject, Clipboard: d.fyne.Clipboard}
	d.fyne.Settings().AddListener(d.followSystem)
	d.fyne.Lifecycle().SetOnEnteredForeground(func() { d.front = true })
	d.fyne.Lifecycle().SetOnExitedForeground(func() { d.front = false })
	d.screen = d.desk.Tasks.Apart()
	_, err = d.put(set)
	return d, errors.Join(err, d.house(d.residents.first()))
}

// newWindow makes an empty window.
func (d *desktopApp) newWindow() fyne.Window {
	w := d.fyne.NewWindow(title)
	w.SetPadded(false)
	return w
}

// speak tells Fyne's own dialogs which language the window has; they ask the
// environment, which Fyne reads again when words are added. The person's locale of
// characters stays: an input method needs one that is installed, and LC_ALL would
// hide it.
func speak(language string) error {
	var err error
	if all := os.Getenv("LC_ALL"); all != "" {
		err = errors.Join(os.Setenv("LC_CTYPE", all), os.Unsetenv("LC_ALL"))
	}
	name := map[string]string{"ja": "ja_JP", "en": "en_US"}[language]
	return errors.Join(err, os.Setenv("LC_MESSAGES", name+".UTF-8"), os.Setenv("LANGUAGE", name),
		lang.AddTranslations(fyne.NewStaticResource("en.json", []byte("{}"))))
}

// run shows the window until it is closed. A passphrase at hand opens the door
// without a person; a tour then walks through the product and ends it.
func (d *desktopApp) run(passphrase keys.Passphrase, tourTo string) error {
	life, end := context.WithCancel(context.Background())
	defer end()
	d.life = life
	d.copies.beside(d.copies.start)
	itself := passphrase == nil && d.opensItself()
	if itself {
		shell.Arrive(d.window, d.desk, d.door, d.enter)
	}
	d.showGround()
	if !itself {
		shell.NewDoor(d.window, d.desk, d.door, d.enter)
	}
	toured := make(chan error, 1)
	open := func() { d.openItself(passphrase) }
	d.fyne.Lifecycle().SetOnStarted(func() {
		fmt.Fprintln(d.log, "daicho: the window is open")
		if !cured {
			fmt.Fprintln(d.log, "daicho: built without make's flags: what an input method composes can harm text beside it")
		}
		watchSession(life, d.lockAtOnce, d.log)
		switch {
		case tourTo != "":
			go func() { toured <- (&tour{d: d, dir: tourTo, pass: passphrase, ui: d.desk.Tasks.Apart()}).walk(open) }()
		case passphrase != nil:
			open()
		}
	})
	d.fyne.Run()
	end()
	if tourTo != "" {
		return errors.Join(<-toured, d.close())
	}
	return d.close()
}

// opensItself reports whether the system's keyring may open the replica without a
// person. Where several people have one, the door asks who is there.
func (d *desktopApp) opensItself() bool {
	return d.door.State().Keyring && len(d.door.Others()) == 0
}

// showGround shows the window with nothing on it. Making it takes the system as
// long as it takes Fyne to read the fonts, so both are done at once.
func (d *desktopApp) showGround() {
	read := make(chan struct{})
	go func() { defer close(read); theme.ReadFonts() }()
	d.window.SetContent(canvas.NewRectangle(d.desk.Look.Tokens().Ground))
	d.window.Show()
	<-read
}

// openItself opens the door with the passphrase from a file.
func (d *desktopApp) openItself(passphrase keys.Passphrase) {
	task.Go(d.desk.Tasks, func(ctx context.Context) error { return d.door.Unlock(ctx, passphrase) }, func(err error) {
		if err == nil {
			d.enter()
			return
		}
		fmt.Fprintf(d.log, "daicho: %v\n", err)
	})
}

// enter goes in by the open door: to a new shell the first time, to the one
// that waits behind a lock after that.
func (d *desktopApp) enter() {
	r := d.door.opened()
	ctx, leave := context.WithCancel(d.life)
	unwatch := r.Watch(d.records.hear)
	d.leave = func() { leave(); unwatch() }
	d.unsync = d.link.start(d.life, r)
	d.scanner.goOn(ctx)
	d.idle.touch()
	go d.everyMinute(ctx, d.desk.Tasks, d.door)
	go d.lockWhenIdle(ctx, d.desk.Tasks)
	go d.readAttachments(ctx, r, d.records.reader())
	if d.shell != nil {
		d.shell.Unlock()
		fmt.Fprintln(d.log, "daicho: the window is unlocked")
	} else {
		if _, err := d.put(d.args.over(d.door.kept())); err != nil {
			fmt.Fprintf(d.log, "daicho: %v\n", err)
		}
		d.showShell()
		d.shell.AppearRead()
		d.tellOpened()
		fmt.Fprintln(d.log, "daicho: the replica is open")
	}
	d.watchInbox()
	if n := d.copies.left(); n > 0 {
		d.shell.Say(kit.Late, d.desk.Words.T(text.OutsideLeft, n))
	}
	switch d.door.how() {
	case firstRun:
		d.shell.OfferRecovery(d.door)
	case byRecovery:
		d.shell.AskPassphrase(d.door)
	}
}

// showShell makes the shell, anew after the look has changed.
func (d *desktopApp) showShell() {
	earlier := d.shell
	if earlier != nil {
		earlier.Close()
	}
	d.shell = shell.New(d.window, d.desk, d.records, d.link, sections.All())
	d.shell.OnLock(func() { d.lock(ui.ByPerson) })
	d.shell.OnAnother(d.newWindow)
	d.shell.OnSettings(d.settings, d.change)
	d.shell.OnNotice(d.notify)
	if earlier != nil {
		d.shell.Resume(earlier)
	}
}

// dress changes how everything looks; what stands on the screen is made anew.
func (d *desktopApp) dress(dark bool, factor float32) {
	d.desk.Look.Set(dark, factor)
	d.showShell()
}

// lock puts the door in front of the shell at once. Beside it, what was saved outside
// is taken back when the screens have kept what was typed, and the copies are wiped.
// The replica is closed when all that was begun has come to its end, a sync under way
// too.
func (d *desktopApp) lock(why ui.Shut) {
	if d.leave == nil {
		return
	}
	d.leave()
	d.leave = nil
	d.noteResident()
	d.wiped = make(chan struct{})
	wiped := d.wiped
	unsync, halted, untaken, shut := d.unsync, d.scanner.halt(), d.intake.halt(), d.door.lock(why, d.idle.after, d.link.Status())
	ended := d.shell.Lock(d.door, d.enter)
	fmt.Fprintln(d.log, "daicho: the window is locked")
	go func() {
		err := shut(func() {
			ended()
			d.copies.wipe()
			close(wiped)
			d.screen.Post(d.tellLeft)
			unsync()
			halted()
			untaken()
		})
		if err != nil {
			fmt.Fprintf(d.log, "daicho: close the replica: %v\n", err)
			return
		}
		fmt.Fprintln(d.log, "daicho: the replica is closed")
	}()
}

// tellLeft tells beside the locked window that readable copies had to stay.
func (d *desktopApp) tellLeft() {
	if n := d.copies.left(); n > 0 {
		d.fyne.SendNotification(fyne.NewNotification(title, d.desk.Words.T(text.OutsideLeft, n)))
	}
}

// lockAtOnce waits for what is on the screen to be painted, and for nothing too
// long: a machine that goes to sleep gives a program five seconds.
const (
	aFrame      = 100 * time.Millisecond
	longestLock = 4 * time.Second
)

// lockAtOnce locks from another goroutine and returns when nothing is shown any
// more and no copy is readable, or after a few seconds: sleep does not wait longer.
func (d *desktopApp) lockAtOnce() {
	done := make(chan struct{})
	d.screen.Post(func() {
		d.lock(ui.ByPerson)
		wiped := d.wiped
		task.After(d.screen, aFrame, func() {
			go func() {
				if wiped != nil {
					<-wiped
				}
				close(done)
			}()
		})
	})
	select {
	case <-done:
	case <-time.After(longestLock):
	}
}

// tellOpened tells who waits for the first opening.
func (d *desktopApp) tellOpened() {
	select {
	case <-d.opened:
	default:
		close(d.opened)
	}
}

// leaveErased goes back to the door, which says that the replica was erased: the
// screens that showed it are gone, whether it was locked or not. Of one that was
// left for another person's nothing is shown any more.
func (d *desktopApp) leaveErased(of *door) {
	d.copies.beside(func() { d.copies.discard(of.lost()) })
	if of != d.door {
		return
	}
	d.scanner.halt()
	d.intake.halt()
	if d.leave != nil {
		d.leave()
		d.leave = nil
	}
	if d.shell == nil {
		return
	}
	d.dropScreens()
	fmt.Fprintln(d.log, "daicho: the replica was erased on the server's order")
}

// dropScreens takes down the screens of a replica and shows the door again.
// Another runner serves what comes: what still waits for a lock to end is not
// run, for it belongs to those screens.
func (d *desktopApp) dropScreens() {
	if d.shell != nil {
		d.shell.Close()
		d.shell = nil
	}
	stack := d.window.Canvas().Overlays()
	for top := stack.Top(); top != nil; top = stack.Top() {
		stack.Remove(top)
	}
	desk := *d.desk
	desk.Tasks = d.desk.Tasks.Apart()
	d.desk = &desk
	shell.NewDoor(d.window, d.desk, d.door, d.enter)
}

// lockWhenIdle locks when nobody has touched the window for long enough, also
// not while the lock was on its way.
func (d *desktopApp) lockWhenIdle(ctx context.Context, tasks *task.Runner) {
	for d.idle.wait(ctx) {
		looked := make(chan struct{})
		tasks.Post(func() {
			defer close(looked)
			if d.idle.left() <= 0 {
				d.lock(ui.ByIdleness)
			}
		})
		select {
		case <-looked:
		case <-ctx.Done():
		}
	}
}

// everyMinute draws what depends on the time of day, and lets the replica tidy
// up, which gives way to whoever writes.
func (d *desktopApp) everyMinute(ctx context.Context, tasks *task.Runner, door *door) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Until(time.Now().Truncate(time.Minute).Add(time.Minute))):
			tasks.Post(func() { d.tick(ctx) })
			if r := door.opened(); r == nil { // erased just now
				return
			} else if err := r.Tidy(ctx); err != nil && ctx.Err() == nil {
				fmt.Fprintf(d.log, "daicho: %v\n", err)
			}
		}
	}
}

// tick draws what depends on the time of day. What was posted on the minute can
// come after the replica was erased, when there is no shell any more.
func (d *desktopApp) tick(ctx context.Context) {
	if ctx.Err() == nil {
		d.shell.Tick()
	}
}

// close ends everything, once what was begun is done. What was saved outside is taken
// back while the replica is still open.
func (d *desktopApp) close() error {
	if d.shell != nil {
		d.shell.Close()
	}
	ended, halted, untaken := d.desk.Tasks.Hold(), d.scanner.halt(), d.intake.halt()
	if d.leave != nil {
		d.noteResident()
		d.leave()
		d.unsync()
	}
	halted()
	untaken()
	ended()
	d.door.closing.Wait()
	d.copies.close()
	return d.closeAll()
}
