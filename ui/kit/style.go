package kit

import (
	"image/color"

	"fyne.io/fyne/v2"

	"daicho/ui/theme"
)

// Style is how a text is drawn. Its methods return a changed copy.
type Style struct {
	Size       float32 // of the type scale, design pixels
	Color      color.NRGBA
	Bold, Mono bool
	Align      fyne.TextAlign
}

// Body is what is read.
func (p *Pen) Body() Style { return Style{Size: theme.Body, Color: p.Ink} }

// Sub is body text of less weight.
func (p *Pen) Sub() Style { return Style{Size: theme.Body, Color: p.Ink2} }

// Label is the name of a field or a column.
func (p *Pen) Label() Style { return Style{Size: theme.Label, Color: p.Ink2} }

// Caption is a hint or a source.
func (p *Pen) Caption() Style { return Style{Size: theme.Caption, Color: p.Ink3} }

// Title is the page's name.
func (p *Pen) Title() Style { return Style{Size: theme.Title, Color: p.Ink, Bold: true} }

// Subject is the subject of the open record.
func (p *Pen) Subject() Style { return Style{Size: theme.Subject, Color: p.Ink, Bold: true} }

// B is bold.
func (s Style) B() Style { s.Bold = true; return s }

// M is the monospaced face: digits that line up.
func (s Style) M() Style { s.Mono = true; return s }

// R ends at the right edge of its box.
func (s Style) R() Style { s.Align = fyne.TextAlignTrailing; return s }

// C stands in the middle of its box.
func (s Style) C() Style { s.Align = fyne.TextAlignCenter; return s }

// In has another colour.
func (s Style) In(c color.NRGBA) Style { s.Color = c; return s }

// Sized has another size of the type scale.
func (s Style) Sized(n float32) Style { s.Size = n; return s }

func (s Style) text() fyne.TextStyle { return fyne.TextStyle{Bold: s.Bold, Monospace: s.Mono} }
