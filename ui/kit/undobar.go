package kit

import (
	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/text"
	"daicho/ui/theme"
)

// KeyUndo takes back what was just done. It is not Ctrl+Z, which belongs to the
// text in a field.
var KeyUndo = ui.Key{Name: fyne.KeyZ, Mod: fyne.KeyModifierControl | fyne.KeyModifierAlt}

// UndoBar says what was just done and takes it back, 34 high. It stays until
// the next act or until it is closed: nobody has to hurry. While it offers
// nothing it is hidden.
type UndoBar struct {
	Surface
	desk     *ui.Desk
	sentence string
	undo     func()
	back     *Button
	close    *Button
	Closed   func() // after it went away; nil: nobody asks
}

// NewUndoBar makes a bar that offers nothing.
func NewUndoBar(desk *ui.Desk) *UndoBar {
	b := &UndoBar{desk: desk}
	b.back = NewButton(desk, Secondary, desk.Words.T(text.Undo), KeyUndo, b.Undo)
	b.close = newGlyph(desk, "×", desk.Words.T(text.Close), b.Close)
	b.Extend(b, desk.Look, b.paintUndo)
	b.SetMin(200, 34)
	b.Hide()
	return b
}

// Offer says what was done, and what takes it back. What was offered before can
// no longer be taken back.
func (b *UndoBar) Offer(sentence string, undo func()) {
	b.sentence, b.undo = sentence, undo
	b.Show()
	b.Refresh()
}

// Undo takes back what was done, once; without an offer it does nothing.
func (b *UndoBar) Undo() {
	undo := b.undo
	b.Close()
	call(undo)
}

// Close lets what was done stand.
func (b *UndoBar) Close() {
	b.sentence, b.undo = "", nil
	b.Hide()
	call(b.Closed)
}

func (b *UndoBar) paintUndo(p *Pen, w, h float32) {
	p.Rect(0, 0, w, h, p.Soft(theme.Good))
	p.H(0, 0, w)
	n := b.close.Need()
	p.Add(b.close, w-8-n, 3, n, 28)
	right := p.Place(w-8-n-8, 3, b.back)
	p.Text(14, 0, right-22, h, "○ "+b.sentence, p.Body().In(p.OK))
}

// AccessibilityLabel is what was done.
func (b *UndoBar) AccessibilityLabel() string { return b.sentence }

// AccessibilityRole is for screen readers.
func (b *UndoBar) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
