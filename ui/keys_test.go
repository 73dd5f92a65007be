package ui_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"daicho/ui"
)

func TestKeysAsTheyArePrinted(t *testing.T) {
	for want, k := range map[string]ui.Key{
		"Ctrl+N": ui.Ctrl(fyne.KeyN), "Ctrl+Enter": ui.Ctrl(fyne.KeyReturn), "F5": ui.Plain(fyne.KeyF5), "Esc": ui.Plain(fyne.KeyEscape),
		"Ctrl+PgDn": ui.Ctrl(fyne.KeyPageDown), "Ctrl+PgUp": ui.Ctrl(fyne.KeyPageUp),
		"Shift+F6": {Name: fyne.KeyF6, Mod: fyne.KeyModifierShift}, "Ctrl+Alt+H": {Name: fyne.KeyH, Mod: fyne.KeyModifierControl | fyne.KeyModifierAlt},
	} {
		if k.String() != want {
			t.Errorf("%q, want %q", k, want)
		}
		if back, ok := ui.KeyOf(k.Shortcut()); !ok || back != k {
			t.Errorf("%s comes back as %s", k, back)
		}
	}
}

// Enter of the number pad is Enter.
func TestNumberPad(t *testing.T) {
	k, ok := ui.KeyOf(&desktop.CustomShortcut{KeyName: fyne.KeyEnter, Modifier: fyne.KeyModifierControl})
	if !ok || k != ui.Ctrl(fyne.KeyReturn) {
		t.Error(k)
	}
	if _, ok := ui.KeyOf(&fyne.ShortcutCopy{}); ok {
		t.Error("copying belongs to the widget")
	}
}

func TestACardTakesItsKeyFirst(t *testing.T) {
	var asked []string
	d := &ui.Desk{Shortcut: func(s fyne.Shortcut) bool { asked = append(asked, s.ShortcutName()); return false }}
	done := 0
	card := d.Taking(ui.Ctrl(fyne.KeyReturn), func() { done++ })
	if !card.Shortcut(ui.Ctrl(fyne.KeyReturn).Shortcut()) || card.Shortcut(ui.Ctrl(fyne.KeyK).Shortcut()) || done != 1 || len(asked) != 1 {
		t.Error("taken", done, "asked", asked)
	}
}
