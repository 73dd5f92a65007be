package kit

import (
	"cmp"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daicho/ui"
	"daicho/ui/text"
)

// Entry is Fyne's text field with the keys of the window: commands with
// modifiers, function keys and Esc reach the shell while a person types. A bare
// Enter never submits anything: an input method uses it.
type Entry struct {
	widget.Entry
	desk    *ui.Desk
	onKey   func(*fyne.KeyEvent) bool
	named   string
	tabs    bool // takes Tab
	onFocus func()
	onBlur  func()
}

// NewEntry is a field of one line.
func NewEntry(desk *ui.Desk) *Entry {
	e := &Entry{desk: desk}
	e.oneLine()
	return e
}

// oneLine lets a long text scroll sideways with the cursor, never upwards.
func (e *Entry) oneLine() {
	e.Wrapping, e.Scroll, e.OnCursorChanged = fyne.TextWrapOff, fyne.ScrollHorizontalOnly, e.showCaret
	e.ExtendBaseWidget(e)
}

// NewLong is a field of several lines that shows rows of them.
func NewLong(desk *ui.Desk, rows int) *Entry {
	e := &Entry{desk: desk}
	e.MultiLine, e.Wrapping, e.OnCursorChanged = true, fyne.TextWrapBreak, e.showCaret
	e.ExtendBaseWidget(e)
	e.SetMinRowsVisible(rows)
	return e
}

// NewSecret is a field for a passphrase.
func NewSecret(desk *ui.Desk) *Entry {
	e := &Entry{desk: desk}
	e.Password = true
	e.oneLine()
	return e
}

// NewSearch is a field of one line alone on its card: Tab is a key like others.
func NewSearch(desk *ui.Desk) *Entry {
	e := &Entry{desk: desk, tabs: true}
	e.oneLine()
	return e
}

// AcceptsTab is false but for a search: Tab goes to the next field, also out of a
// long text.
func (e *Entry) AcceptsTab() bool { return e.tabs }

// TypedShortcut offers the shortcut to the window first: no command of the
// window is one that edits text.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	e.desk.Touch()
	if !e.desk.Shortcut(s) {
		e.Entry.TypedShortcut(s)
	}
}

// TypedRune is for Fyne.
func (e *Entry) TypedRune(r rune) {
	e.desk.Touch()
	e.Entry.TypedRune(r)
}

// MouseDown is for Fyne.
func (e *Entry) MouseDown(m *desktop.MouseEvent) {
	e.desk.Touch()
	e.Entry.MouseDown(m)
}

// TypedKey gives function keys and Esc to the window.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	e.desk.Touch()
	if e.onKey != nil && e.onKey(k) {
		return
	}
	if isWindowKey(k.Name) && e.desk.Key(k) {
		return
	}
	e.Entry.TypedKey(k)
}

// FocusGained is for Fyne.
func (e *Entry) FocusGained() {
	e.desk.Writes(true)
	e.Entry.FocusGained()
	call(e.onFocus)
}

// FocusLost is for Fyne.
func (e *Entry) FocusLost() {
	e.desk.Writes(false)
	e.Entry.FocusLost()
	call(e.onBlur)
}

// showCaret tells where the caret stands. How far Fyne has scrolled a text inside
// its field is not to be had, so a caret that would lie outside is at the edge.
func (e *Entry) showCaret() {
	line := fyne.MeasureText("台", e.Theme().Size(theme.SizeNameText), e.TextStyle).Height
	at, size := e.CursorPosition().AddXY(0, line), e.Size()
	e.desk.Caret(e, fyne.NewPos(min(at.X, size.Width), min(at.Y, size.Height)))
}

// OnKey is asked at each key before the field is; it reports whether it took the key.
func (e *Entry) OnKey(f func(*fyne.KeyEvent) bool) { e.onKey = f }

// Name gives the field the name that stands beside it, for screen readers.
func (e *Entry) Name(name string) { e.named = name }

// AccessibilityLabel is the name of the field and what stands in it; never what
// stands in a field for a passphrase.
func (e *Entry) AccessibilityLabel() string {
	name := cmp.Or(e.named, e.PlaceHolder)
	if e.Password {
		return name
	}
	return spoken(name, e.Text)
}

// spoken is a field as a screen reader says it.
func spoken(name, value string) string { return strings.TrimSpace(name + " " + value) }

// AccessibilityRole is for screen readers.
func (e *Entry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// OnFocus is called when the keyboard comes.
func (e *Entry) OnFocus(f func()) { e.onFocus = f }

// OnBlur is called when the keyboard goes elsewhere.
func (e *Entry) OnBlur(f func()) { e.onBlur = f }

func call(f func()) {
	if f != nil {
		f()
	}
}

// isWindowKey are the keys that mean nothing inside a field.
func isWindowKey(n fyne.KeyName) bool {
	switch n {
	case fyne.KeyEscape, fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6,
		fyne.KeyF7, fyne.KeyF8, fyne.KeyF9, fyne.KeyF10, fyne.KeyF11, fyne.KeyF12:
		return true
	}
	return false
}

// Check is Fyne's yes or no with the keys of the window.
type Check struct {
	widget.Check
	desk    *ui.Desk
	named   string
	onFocus func()
}

// NewCheck is yes or no, without a word of its own: its label stands left.
func NewCheck(desk *ui.Desk, changed func(bool)) *Check {
	c := &Check{desk: desk}
	c.OnChanged = changed
	c.ExtendBaseWidget(c)
	return c
}

// Name gives the box the name that stands beside it, for screen readers.
func (c *Check) Name(name string) { c.named = name }

// AccessibilityLabel is the name of the box, and whether it is ticked.
func (c *Check) AccessibilityLabel() string {
	if c.Checked {
		return spoken(c.named, c.desk.Words.T(text.Yes))
	}
	return spoken(c.named, c.desk.Words.T(text.No))
}

// AccessibilityRole is for screen readers.
func (c *Check) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// TypedKey gives keys to the window; Space is a rune and ticks.
func (c *Check) TypedKey(k *fyne.KeyEvent) {
	c.desk.Touch()
	if !c.desk.Key(k) {
		c.Check.TypedKey(k)
	}
}

// TypedShortcut gives commands to the window.
func (c *Check) TypedShortcut(s fyne.Shortcut) { c.desk.Touch(); c.desk.Shortcut(s) }

// TypedRune ticks on Space.
func (c *Check) TypedRune(r rune) {
	c.desk.Touch()
	c.Check.TypedRune(r)
}

// Tapped ticks.
func (c *Check) Tapped(e *fyne.PointEvent) {
	c.desk.Touch()
	c.Check.Tapped(e)
}

// FocusGained is for Fyne.
func (c *Check) FocusGained() {
	c.Check.FocusGained()
	call(c.onFocus)
}
