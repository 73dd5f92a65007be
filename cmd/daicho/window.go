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

	core "daicho/app"
	"daicho/assets"
	"daicho/store/keys"
	"daicho/ui"
	"daicho/ui/sections"
	"daicho/ui/shell"
	"daicho/ui/task"
	"daicho/ui/text"
	"daicho/ui/theme"
)

// appID is the program's name for the system; FyneApp.toml has the same.
const appID = "jp.daicho.desktop"

// desktopApp is the running window: the door first, then the shell.
type desktopApp struct {
	fyne   fyne.App
	window fyne.Window
	desk   *ui.Desk
	door   *door
	link   *link
	shell  *shell.Shell
	opened chan struct{} // closed when the replica is open
	log    io.Writer     // English, no personal data
}

func newDesktop(a *args, log io.Writer) (*desktopApp, error) {
	if err := speak(a.Lang); err != nil {
		return nil, err
	}
	font := func(name string) []byte { return assets.Font(strings.TrimSuffix(name, ".ttf")) }
	look, err := theme.New(theme.Files{Font: font, Icon: assets.Icon})
	if err != nil {
		return nil, err
	}
	look.Set(a.Dark, float32(a.Text)/100)
	door, err := newDoor(a.Replica, time.Now)
	if err != nil {
		return nil, err
	}
	d := &desktopApp{fyne: app.NewWithID(appID), door: door, opened: make(chan struct{}), log: log}
	d.fyne.SetIcon(fyne.NewStaticResource("icon.png", assets.ProductIcon()))
	d.fyne.Settings().SetTheme(look.Theme())
	d.window = d.fyne.NewWindow("台帳 Daicho")
	d.window.SetPadded(false)
	d.window.Resize(fyne.NewSize(1280, 800))
	d.window.SetMaster()
	d.desk = &ui.Desk{Look: look, Words: text.New(core.Lang(a.Lang)), Tasks: task.New(), Now: time.Now, Clipboard: d.fyne.Clipboard}
	return d, nil
}

// speak tells Fyne's own dialogs which language the window has; they ask the
// environment.
func speak(lang string) error {
	return os.Setenv("LC_ALL", map[string]string{"ja": "ja_JP.UTF-8", "en": "en_US.UTF-8"}[lang])
}

// run shows the window until it is closed. A passphrase at hand opens the door
// without a person; a tour then walks through the product and ends it.
func (d *desktopApp) run(passphrase keys.Passphrase, tourTo string) error {
	ctx, end := context.WithCancel(context.Background())
	defer end()
	enter := func() { d.enter(ctx) }
	shell.NewDoor(d.window, d.desk, d.door, enter)
	toured := make(chan error, 1)
	open := func() { d.openItself(passphrase, enter) }
	d.fyne.Lifecycle().SetOnStarted(func() {
		fmt.Fprintln(d.log, "daicho: the window is open")
		switch {
		case tourTo != "":
			go func() { toured <- (&tour{d: d, dir: tourTo}).walk(open) }()
		case passphrase != nil:
			open()
		}
	})
	d.window.ShowAndRun()
	if tourTo != "" {
		return errors.Join(<-toured, d.close())
	}
	return d.close()
}

// openItself opens the door with the passphrase from a file.
func (d *desktopApp) openItself(passphrase keys.Passphrase, enter func()) {
	task.Go(d.desk.Tasks, func(ctx context.Context) error { return d.door.Unlock(ctx, passphrase) }, func(err error) {
		if err == nil {
			enter()
			return
		}
		fmt.Fprintf(d.log, "daicho: %v\n", err)
	})
}

// enter shows the shell on the replica that the door has opened.
func (d *desktopApp) enter(ctx context.Context) {
	d.link = newLink(d.door.opened(), d.desk.Now)
	d.showShell()
	go d.link.run(ctx)
	go d.everyMinute(ctx)
	close(d.opened)
	fmt.Fprintln(d.log, "daicho: the replica is open")
}

// showShell makes the shell, anew after the look has changed.
func (d *desktopApp) showShell() {
	if d.shell != nil {
		d.shell.Close()
	}
	d.shell = shell.New(d.window, d.desk, &records{d.door.opened()}, d.link, sections.All())
}

// everyMinute draws what depends on the time of day, and lets the replica tidy
// up, which gives way to whoever writes.
func (d *desktopApp) everyMinute(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Until(time.Now().Truncate(time.Minute).Add(time.Minute))):
			d.desk.Tasks.Post(func() { d.shell.Tick() })
			if err := d.door.opened().Tidy(ctx); err != nil && ctx.Err() == nil {
				fmt.Fprintf(d.log, "daicho: %v\n", err)
			}
		}
	}
}

func (d *desktopApp) close() error {
	if d.shell != nil {
		d.shell.Close()
	}
	if r := d.door.opened(); r != nil {
		return r.Close()
	}
	return nil
}
