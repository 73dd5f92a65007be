package shell

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/text"
)

// connect leads keys that no widget takes to key and shortcut, and gives the
// desk the window's focus.
func connect(window fyne.Window, desk *ui.Desk, key func(*fyne.KeyEvent) bool, shortcut func(fyne.Shortcut) bool) {
	c := window.Canvas()
	desk.Focus, desk.Focused = c.Focus, c.Focused
	desk.Above = func(o fyne.CanvasObject) func() {
		c.Overlays().Add(o)
		o.Resize(c.Size())
		return func() { c.Overlays().Remove(o) }
	}
	desk.Key, desk.Shortcut = key, shortcut
	c.SetOnTypedKey(func(e *fyne.KeyEvent) { desk.Touch(); key(e) })
}

// digits are the keys of the first nine sections.
var digits = []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8, fyne.Key9}

// listen names the keys with modifiers that a window listens to when nothing is
// in focus, beside those of sections that work everywhere.
func listen(window fyne.Window, desk *ui.Desk, shortcut func(fyne.Shortcut) bool, anywhere []ui.Action) {
	keys := []ui.Key{ui.Ctrl(fyne.KeyK), ui.Ctrl(fyne.KeyN), ui.Ctrl(fyne.KeyF), ui.Ctrl(fyne.KeyD), ui.Ctrl(fyne.KeyS), ui.Ctrl(fyne.KeyP), ui.Ctrl(fyne.KeyR), ui.Ctrl(fyne.KeyReturn), lockKey, settingsKey, closeKey, apartKey}
	for _, d := range digits {
		keys = append(keys, ui.Ctrl(d))
	}
	keys = append(keys, ui.Key{Name: fyne.KeyF6, Mod: fyne.KeyModifierShift}, otherKeysKey, ui.Ctrl(fyne.KeyI), ui.Ctrl(fyne.KeyPageDown), ui.Ctrl(fyne.KeyPageUp))
	for _, a := range anywhere {
		keys = append(keys, a.Key)
	}
	for _, k := range keys {
		window.Canvas().AddShortcut(k.Shortcut(), func(sc fyne.Shortcut) { desk.Touch(); shortcut(sc) })
	}
}

// The keys of windows of single records.
var (
	closeKey = ui.Ctrl(fyne.KeyW)
	apartKey = ui.Key{Name: fyne.KeyReturn, Mod: fyne.KeyModifierControl | fyne.KeyModifierShift}
)

// paletteKey opens the palette.
var paletteKey = ui.Ctrl(fyne.KeyK)

// lockKey locks from everywhere, also from a card on top of the page.
var lockKey = ui.Ctrl(fyne.KeyL)

// key takes a key without modifiers that no widget has taken.
func (s *Shell) key(e *fyne.KeyEvent) bool {
	switch {
	case s.Locked():
		return false
	case e.Name == fyne.KeyEscape && s.closeTop():
		return true
	case s.covers():
		return false
	case e.Name == fyne.KeyEscape:
		return s.back()
	}
	return s.press(ui.Plain(e.Name))
}

// shortcut takes a key with modifiers that no widget has taken.
func (s *Shell) shortcut(sc fyne.Shortcut) bool {
	k, ok := ui.KeyOf(sc)
	switch {
	case !ok || s.Locked():
		return false
	case k == lockKey && s.lock != nil:
		s.lock()
		return true
	}
	return !s.covers() && s.press(k)
}

// press does what a key is for: of the page first, then of the shell.
func (s *Shell) press(k ui.Key) bool { return press(k, s.offers()) }

// offers are all that can be done now.
func (s *Shell) offers() []ui.Action { return append(s.pages[s.current].Actions(), s.actions()...) }

func press(k ui.Key, actions []ui.Action) bool {
	for _, a := range actions {
		if a.Key == k && !k.IsZero() {
			a.Do()
			return true
		}
	}
	return false
}

// actions are what can be done on every page.
func (s *Shell) actions() []ui.Action {
	out := []ui.Action{
		{Label: label(text.SearchAndAct), Icon: "search", Key: paletteKey, Do: s.openPalette},
		{Label: label(text.SyncNow), Icon: "refresh-cw", Key: ui.Plain(fyne.KeyF5), Do: s.sync},
		{Label: label(text.NextPane), Icon: "columns-3", Key: ui.Plain(fyne.KeyF6), Do: func() { s.pane(1) }},
		{Label: label(text.LastPane), Icon: "columns-3", Key: ui.Key{Name: fyne.KeyF6, Mod: fyne.KeyModifierShift}, Do: func() { s.pane(-1) }},
		{Label: label(text.OutboxTitle), Icon: "upload", Do: func() { s.Go(outboxID) }},
		{Label: label(text.NoticesTitle), Icon: "mail", Do: func() { s.Go(noticesID) }},
	}
	out = append(out, s.whatToDo()...)
	if s.settings != nil {
		out = append(out, ui.Action{Label: label(text.SettingsTitle), Icon: "settings", Key: settingsKey, Do: func() { s.Go(settingsID) }})
	}
	out = append(out, s.anywhere(s)...)
	if s.lock != nil {
		out = append(out, ui.Action{Label: label(text.Lock), Icon: "lock", Key: lockKey, Do: s.lock},
			ui.Action{Label: label(text.TurnPerson), Icon: "user", Do: s.turnPerson})
	}
	for i, x := range s.sections {
		a := ui.Action{Label: x.Label, Icon: x.Icon, Do: func() { s.Go(x.ID) }}
		if i < len(digits) {
			a.Key = ui.Ctrl(digits[i])
		}
		out = append(out, a)
	}
	return out
}

// whatToDo is what F1 opens: while a banner stands, what that is about, and otherwise
// the keys of the page.
func (s *Shell) whatToDo() []ui.Action {
	keys := ui.Action{Label: label(text.KeysTitle), Icon: "command", Key: whatToDoKey, Do: func() { s.help(s.pages[s.current].Actions(), s.actions()) }}
	if !s.frame.banner.shows() {
		return []ui.Action{keys}
	}
	keys.Key = otherKeysKey
	return []ui.Action{{Label: label(text.WhatToDo), Icon: "siren", Key: whatToDoKey, Do: s.frame.banner.open}, keys}
}

// anywhere is what sections offer on every page of a window.
func (s *Shell) anywhere(h ui.Host) (out []ui.Action) {
	for _, x := range s.sections {
		if x.Anywhere != nil {
			out = append(out, x.Anywhere(h)...)
		}
	}
	return out
}

// turnPerson locks and offers who else works on this computer.
func (s *Shell) turnPerson() {
	s.lock()
	if s.Locked() {
		s.door.offerPeople()
	}
}

func label(k text.Key) app.Label {
	return app.Label{JA: text.New(app.JA).T(k), EN: text.New(app.EN).T(k)}
}

// back leaves what the page has to leave.
func (s *Shell) back() bool {
	b, ok := s.pages[s.current].(ui.Backer)
	return ok && b.Back()
}

// pane moves the keyboard to the next pane: the navigation, the page's, the status
// bar, the banner.
func (s *Shell) pane(step int) {
	var inside []fyne.Focusable
	if p, ok := s.pages[s.current].(ui.Paner); ok {
		inside = p.Panes()
	}
	panes := append(append([]fyne.Focusable{s.frame.nav}, inside...), s.frame.status)
	if s.frame.banner.shows() {
		panes = append(panes, s.frame.banner)
	}
	at := 0 // from elsewhere it goes to the page's first, or to the navigation
	if len(inside) == 0 {
		at = 1
	}
	focused := s.window.Canvas().Focused()
	for i, p := range panes {
		if p == focused {
			at = i
		}
	}
	s.desk.Focus(panes[(at+step+len(panes))%len(panes)])
}

// openKind opens the section of a kind and gives its page; nil: there is none.
func (s *Shell) openKind(kind app.Kind) ui.Page {
	if kind == ui.OutgoingKind {
		s.Go(outboxID)
		return s.outbox
	}
	for _, x := range s.sections {
		if slices.Contains(x.Kinds, kind) {
			s.Go(x.ID)
			return s.pages[x.ID]
		}
	}
	return nil
}

var _ desktop.Hoverable = (*nav)(nil)
