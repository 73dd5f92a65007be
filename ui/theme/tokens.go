// Package theme holds how the window looks: colours by meaning (tokens and
// tones), the type scale, the fonts with mended line metrics, the icons, and
// the one text factor, all in a Look; Look.Theme hands them to Fyne's own widgets.
//
// Use it wherever something is drawn. Do not use it to decide what to draw: a
// tone says what a mark means, the section says which mark a record gets. No
// other package may name a colour by its value.
package theme

import "image/color"

// Tokens are the only colours that a screen may use. Every pair that carries
// text meets WCAG 2.2 AA (4.5:1); edges and focus marks meet 3:1.
type Tokens struct {
	Ground, Sheet, Raised, Band    color.NRGBA // window, page, card, header row
	Line, Edge                     color.NRGBA // hairline, edge of a control
	Ink, Ink2, Ink3                color.NRGBA // text, labels, hints (Ink3 never on Select)
	Accent, OnAccent, Select, Over color.NRGBA // link and primary button, words on it, selected row, hovered row
	Late, LateSoft                 color.NRGBA // past its limit, failed
	Warn, WarnSoft                 color.NRGBA // needs care, offline
	OK, OKSoft                     color.NRGBA // met, done
	Unsure, UnsureSoft             color.NRGBA // two truths: a person must look
	Quiet, QuietSoft               color.NRGBA // stopped, waiting, none
	Alarm, OnAlarm                 color.NRGBA // disaster banner only
	Shade, Seal, OnSeal, Scrim     color.NRGBA // days off, seal of the product, its glyph, behind an overlay
	Paper, PaperInk, PaperFaint    color.NRGBA // a picture of a print: paper stays paper in the dark, only dimmed
	Stamp                          color.NRGBA // a seal on paper
}

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}
}

// Light is the palette of the day.
func Light() Tokens {
	return Tokens{
		Ground: rgb(0xF1F2F0), Sheet: rgb(0xFFFFFF), Raised: rgb(0xF8F9F7), Band: rgb(0xF5F6F4),
		Line: rgb(0xE1E3DF), Edge: rgb(0x858B8D),
		Ink: rgb(0x1D2226), Ink2: rgb(0x4C545A), Ink3: rgb(0x646C72),
		Accent: rgb(0x1F5489), OnAccent: rgb(0xFFFFFF), Select: rgb(0xDCE8F4), Over: rgb(0xEDF2F7),
		Late: rgb(0xA8261B), LateSoft: rgb(0xFBE5E1),
		Warn: rgb(0x7E4E00), WarnSoft: rgb(0xFBEDCB),
		OK: rgb(0x1C6140), OKSoft: rgb(0xDDF0E4),
		Unsure: rgb(0x613A94), UnsureSoft: rgb(0xEDE5F7),
		Quiet: rgb(0x4C545A), QuietSoft: rgb(0xE9EBE8),
		Alarm: rgb(0x9B1C14), OnAlarm: rgb(0xFFFFFF),
		Shade: rgb(0xF0F1EE), Seal: rgb(0xC0392B), OnSeal: rgb(0xFFFFFF),
		Scrim: color.NRGBA{R: 20, G: 24, B: 28, A: 90},
		Paper: rgb(0xFFFFFF), PaperInk: rgb(0x1D2226), PaperFaint: rgb(0x5D656B), Stamp: rgb(0xB3261E),
	}
}

// Dark is the palette of a dim room. Its shadows are darker than its ground,
// or a card would seem to glow.
func Dark() Tokens {
	return Tokens{
		Ground: rgb(0x14171A), Sheet: rgb(0x1B1F23), Raised: rgb(0x22272C), Band: rgb(0x20252A),
		Line: rgb(0x2E343A), Edge: rgb(0x747D86),
		Ink: rgb(0xE4E7E9), Ink2: rgb(0xB0B8BF), Ink3: rgb(0x98A1A9),
		Accent: rgb(0x8DB9EA), OnAccent: rgb(0x0E1B2A), Select: rgb(0x24405E), Over: rgb(0x262E36),
		Late: rgb(0xFFA296), LateSoft: rgb(0x47221E),
		Warn: rgb(0xF0C064), WarnSoft: rgb(0x3E3113),
		OK: rgb(0x86D3A6), OKSoft: rgb(0x1C3B2B),
		Unsure: rgb(0xCCB0F5), UnsureSoft: rgb(0x35294B),
		Quiet: rgb(0xB0B8BF), QuietSoft: rgb(0x2C3238),
		Alarm: rgb(0x8E1D16), OnAlarm: rgb(0xFFFFFF),
		Shade: rgb(0x22262A), Seal: rgb(0xE8705F), OnSeal: rgb(0x14171A),
		Scrim: color.NRGBA{A: 150},
		Paper: rgb(0xDCDEDD), PaperInk: rgb(0x1D2226), PaperFaint: rgb(0x50585E), Stamp: rgb(0xB3261E),
	}
}

// Tone is the meaning of a mark. Colour alone never carries it: a glyph and a
// word stand beside it.
type Tone uint8

// The tones, from none to a doubt that only a person can settle.
const (
	Plain  Tone = iota // ordinary text
	Quiet              // stopped, waiting
	Info               // running
	Good               // met, done
	Warn               // needs care soon
	Late               // past its limit, failed
	Unsure             // two values or an unknown time
	tones
)

// Of is the colour of text and lines in a tone.
func (t *Tokens) Of(tone Tone) color.NRGBA {
	return [tones]color.NRGBA{t.Ink, t.Quiet, t.Accent, t.OK, t.Warn, t.Late, t.Unsure}[tone%tones]
}

// Soft is the ground of a badge in a tone.
func (t *Tokens) Soft(tone Tone) color.NRGBA {
	return [tones]color.NRGBA{t.QuietSoft, t.QuietSoft, t.Select, t.OKSoft, t.WarnSoft, t.LateSoft, t.UnsureSoft}[tone%tones]
}
