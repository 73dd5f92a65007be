package theme_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"daicho/ui/kit/kittest"
	"daicho/ui/theme"
)

func TestSizesUnderTheTextFactor(t *testing.T) {
	look := kittest.Look(t)
	want := map[float32][3]float32{1: {24, 13, 11}, 1.15: {28, 15, 13}, 1.3: {32, 17, 14}}
	for _, f := range theme.Factors() {
		look.Set(false, f)
		got := [3]float32{look.Px(24), look.TextSize(theme.Body), look.Theme().Size(fynetheme.SizeNameCaptionText)}
		if got != want[f] {
			t.Errorf("at %v: row, body, caption = %v, want %v", f, got, want[f])
		}
	}
}

// The table cuts texts by summed widths of runes: they must be what is painted.
func TestWidthIsTheSumOfItsRunes(t *testing.T) {
	look := kittest.Look(t)
	for _, s := range []string{"問い合わせ、○ 達成　1分12秒", "AVAST To 2026-004129", "髙橋﨑①㈱", ""} {
		for _, style := range []fyne.TextStyle{{}, {Bold: true}, {Monospace: true}} {
			sum, whole := look.Width(s, 13, style), fyne.MeasureText(s, 13, style).Width
			if d := sum - whole; d > 1 || d < -1 {
				t.Errorf("%q %+v: runes %.1f, text %.1f", s, style, sum, whole)
			}
		}
	}
}

// Descenders must be inside the line, or g and y lose their feet.
func TestLineHasRoomForDescenders(t *testing.T) {
	look := kittest.Look(t)
	text := canvas.NewText("gy", look.Tokens().Ink)
	text.TextSize = 13
	if h := text.MinSize().Height; h < 18 || h > 18.5 {
		t.Errorf("line of body text is %.2f high, want 1.39 em", h)
	}
}

func TestEveryIconIsThereAndTakesColour(t *testing.T) {
	look := kittest.Look(t)
	files, err := filepath.Glob(filepath.Join(kittest.Root(), "assets", "icons", "*.svg"))
	if err != nil || len(files) < 30 {
		t.Fatal(len(files), err)
	}
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".svg")
		b, _ := os.ReadFile(f)
		r := look.Icon(name, look.Tokens().Late)
		if !strings.Contains(string(b), "currentColor") || !strings.Contains(string(r.Content()), "#a8261b") {
			t.Error(name, "does not take a colour")
		}
		if look.Icon(name, look.Tokens().Late) != r {
			t.Error(name, "is made anew each time")
		}
	}
}

func TestPaletteReachesFyne(t *testing.T) {
	look := kittest.Look(t)
	th, drawn := look.Theme(), map[string]bool{}
	for _, dark := range []bool{false, true} {
		look.Set(dark, 1)
		drawn[th.Icon(fynetheme.IconNameArrowDropDown).Name()] = true
		if th.Color(fynetheme.ColorNameBackground, fynetheme.VariantLight) != look.Tokens().Sheet || look.Dark() != dark {
			t.Error("dark", dark, "is not what Fyne paints")
		}
		if th.Font(fyne.TextStyle{Monospace: true}).Name() != "BIZUDGothic-Regular.ttf" {
			t.Error("digits must come from the monospaced face")
		}
	}
	if len(drawn) != 2 {
		t.Error("an icon drawn for one palette is taken for the other:", drawn)
	}
}

func TestMissingFontIsAnError(t *testing.T) {
	if _, err := theme.New(theme.Files{Font: func(string) []byte { return nil }}); err == nil || !strings.Contains(err.Error(), "BIZUDPGothic-Regular.ttf") {
		t.Error("the error must name the file:", err)
	}
}
