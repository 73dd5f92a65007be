package main

import (
	"context"
	"encoding/json"
	"fmt"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	core "daicho/app"
	"daicho/store"
	"daicho/ui"
	"daicho/ui/task"
	"daicho/ui/theme"
)

// settingsName is where the settings of this device are kept.
const settingsName = "settings"

// usualSettings are in force until somebody chooses others, and at every door that
// was not yet open.
func usualSettings() ui.Settings {
	return ui.Settings{Lang: core.JA, Palette: ui.Light, Text: 100, LockAfter: lockAfter, Notify: true}
}

// over puts what was said at the start in the place of what is set.
func (a *args) over(s ui.Settings) ui.Settings {
	if a.Lang != "" {
		s.Lang = core.Lang(a.Lang)
	}
	if a.Dark {
		s.Palette = ui.Dark
	}
	if a.Text != 0 {
		s.Text = a.Text
	}
	if a.LockAfter != nil {
		s.LockAfter = *a.LockAfter
	}
	return s
}

// keptSettings reads the settings of a replica that has just been opened. What is
// missing there, or of another version, is as usual.
func keptSettings(ctx context.Context, r *store.Replica) (ui.Settings, error) {
	s := usualSettings()
	value, err := r.Setting(ctx, keptByScreens+settingsName)
	if err == nil && value != nil {
		err = json.Unmarshal(value, &s)
	}
	return s, err
}

// put puts settings in force; it reports whether what stands on the screen has to
// be made anew.
func (d *desktopApp) put(s ui.Settings) (anew bool, err error) {
	before := d.settings
	d.settings = s
	d.idle.set(s.LockAfter)
	if s.Lang != d.desk.Words.Lang() {
		d.desk.Words.Set(s.Lang)
		err = speak(string(s.Lang))
	}
	d.desk.Look.Set(d.dark(), float32(s.Text)/100)
	return s.Lang != before.Lang || s.Text != before.Text || s.Palette != before.Palette, err
}

// dark says whether the colours are the dark ones now.
func (d *desktopApp) dark() bool {
	if d.settings.Palette == ui.BySystem {
		return d.fyne.Settings().ThemeVariant() == fynetheme.VariantDark
	}
	return d.settings.Palette == ui.Dark
}

// change puts in force what a person has chosen, and keeps it.
func (d *desktopApp) change(s ui.Settings) {
	value, err := json.Marshal(s)
	if err != nil {
		fmt.Fprintf(d.log, "daicho: %v\n", err)
		return
	}
	records := d.records
	task.Go(d.desk.Tasks, func(ctx context.Context) error { return records.Keep(ctx, settingsName, value) }, func(err error) {
		if err != nil && d.shell != nil {
			d.shell.Say(theme.Late, d.desk.Words.Error(err))
		}
	})
	inbox := d.settings.Inbox
	anew, err := d.put(s)
	if err != nil {
		fmt.Fprintf(d.log, "daicho: %v\n", err)
	}
	if anew {
		d.showShell()
	}
	if s.Inbox != inbox {
		d.watchInbox()
	}
}

// followSystem takes on the colours of the system when they change, if that is
// what the person has chosen.
func (d *desktopApp) followSystem(fyne.Settings) {
	if d.settings.Palette == ui.BySystem && d.dark() != d.desk.Look.Dark() && d.shell != nil && !d.shell.Locked() {
		d.dress(d.dark(), d.desk.Look.Factor())
	}
}

// notify lets the system tell a person who looks elsewhere that something has come.
// What it is would stand on a screen that does not lock, so it is not said.
func (d *desktopApp) notify(sentence string) {
	if d.settings.Notify && !d.front {
		d.fyne.SendNotification(fyne.NewNotification(title, sentence))
	}
}
