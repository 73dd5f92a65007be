package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Key is a key with its modifiers. Letters alone are never commands: with an
// input method on they do not arrive.
type Key struct {
	Name fyne.KeyName
	Mod  fyne.KeyModifier
}

// Ctrl is a key held with Control.
func Ctrl(name fyne.KeyName) Key { return Key{name, fyne.KeyModifierControl} }

// Plain is a key alone: F5, Escape.
func Plain(name fyne.KeyName) Key { return Key{Name: name} }

// IsZero reports whether there is no key.
func (k Key) IsZero() bool { return k.Name == "" }

// String is the key as it is printed beside its action: Ctrl+N, Ctrl+Enter, F5.
func (k Key) String() string {
	var parts []string
	for _, m := range []struct {
		mod  fyne.KeyModifier
		name string
	}{{fyne.KeyModifierControl, "Ctrl"}, {fyne.KeyModifierAlt, "Alt"}, {fyne.KeyModifierShift, "Shift"}} {
		if k.Mod&m.mod != 0 {
			parts = append(parts, m.name)
		}
	}
	return strings.Join(append(parts, keyName(k.Name)), "+")
}

func keyName(n fyne.KeyName) string {
	switch n {
	case fyne.KeyReturn, fyne.KeyEnter:
		return "Enter"
	case fyne.KeyEscape:
		return "Esc"
	case fyne.KeyPageUp:
		return "PgUp"
	case fyne.KeyPageDown:
		return "PgDn"
	}
	return string(n)
}

// Shortcut is the key as Fyne knows it.
func (k Key) Shortcut() *desktop.CustomShortcut {
	return &desktop.CustomShortcut{KeyName: k.Name, Modifier: k.Mod}
}

// KeyOf is the key of a shortcut, if it is one of ours.
func KeyOf(s fyne.Shortcut) (Key, bool) {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok {
		return Key{}, false
	}
	name := c.KeyName
	if name == fyne.KeyEnter { // the one on the number pad
		name = fyne.KeyReturn
	}
	return Key{name, c.Modifier}, true
}
