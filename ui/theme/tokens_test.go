package theme

import (
	"image/color"
	"math"
	"testing"
)

// luminance is relative luminance by WCAG 2.2.
func luminance(c color.NRGBA) float64 {
	f := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*f(c.R) + 0.7152*f(c.G) + 0.0722*f(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

type pair struct {
	what   string
	fg, bg color.NRGBA
	least  float64
}

// pairs are all combinations that a screen may draw.
func pairs(k *Tokens) (out []pair) {
	grounds := map[string]color.NRGBA{"ground": k.Ground, "sheet": k.Sheet, "raised": k.Raised, "band": k.Band, "select": k.Select, "over": k.Over}
	inks := map[string]color.NRGBA{"ink": k.Ink, "ink2": k.Ink2, "ink3": k.Ink3}
	for tone := range tones {
		inks["tone "+string('0'+rune(tone))] = k.Of(tone)
	}
	for g, bg := range grounds {
		for i, fg := range inks {
			if i == "ink3" && g == "select" {
				continue // hints on a selected row take ink2
			}
			out = append(out, pair{i + " on " + g, fg, bg, 4.5})
		}
	}
	for tone := Quiet; tone < tones; tone++ {
		name := string('0' + rune(tone))
		out = append(out, pair{"badge " + name, k.Of(tone), k.Soft(tone), 4.5}, pair{"sentence on a band of tone " + name, k.Ink, k.Soft(tone), 4.5},
			pair{"bar of tone " + name + " on a day off", k.Of(tone), k.Shade, 3})
	}
	for g, bg := range map[string]color.NRGBA{"ground": k.Ground, "raised": k.Raised, "band": k.Band} {
		out = append(out, pair{"edge of a control on " + g, k.Edge, bg, 3})
	}
	return append(out,
		pair{"button", k.OnAccent, k.Accent, 4.5}, pair{"alarm", k.OnAlarm, k.Alarm, 4.5}, pair{"seal", k.OnSeal, k.Seal, 4.5},
		pair{"print", k.PaperInk, k.Paper, 4.5}, pair{"faint print", k.PaperFaint, k.Paper, 4.5}, pair{"stamp", k.Stamp, k.Paper, 4.5},
		pair{"word on a bubble", k.Sheet, k.Ink, 4.5}, pair{"line of now", k.Seal, k.Sheet, 3}, pair{"line of now on a day off", k.Seal, k.Shade, 3},
		pair{"day off", k.Ink2, k.Shade, 4.5}, pair{"field edge", k.Edge, k.Sheet, 3}, pair{"focus ring", k.Accent, k.Ground, 3}, pair{"focus bar", k.Accent, k.Select, 3})
}

func TestContrast(t *testing.T) {
	for name, k := range map[string]Tokens{"light": Light(), "dark": Dark()} {
		for _, p := range pairs(&k) {
			if c := contrast(p.fg, p.bg); c < p.least {
				t.Errorf("%s: %s is %.2f, want %.1f", name, p.what, c, p.least)
			}
		}
	}
}

func TestUnknownToneIsPlain(t *testing.T) {
	k := Light()
	if k.Of(tones) != k.Ink || k.Soft(tones) != k.QuietSoft {
		t.Error("a tone of a newer version must be drawn as plain text")
	}
}
