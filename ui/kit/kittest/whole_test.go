package kittest_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

// The check must see each fault, or it guards nothing.
func TestFaultsAreSeen(t *testing.T) {
	d := kittest.Desk(t)
	for _, c := range []struct {
		name, want string
		draw       func(p *kit.Pen, w, h float32)
	}{
		{"good", "", func(p *kit.Pen, w, h float32) {
			p.Text(8, 8, w-16, 20, "窓口端末から住民票の帳票が印刷できない", p.Body())
		}},
		{"two lines", "", func(p *kit.Pen, w, h float32) { p.Para(8, 8, 90, 20, "窓口端末から印刷できない", p.Body()) }},
		{"too wide", "cut at the side", func(p *kit.Pen, w, h float32) {
			p.Text(8, 8, 0, 20, "窓口端末から住民票の帳票が印刷できない", p.Body())
		}},
		{"overlapping", "overlap", func(p *kit.Pen, w, h float32) {
			p.Text(8, 8, 0, 20, "窓口端末", p.Body())
			p.Text(40, 12, 0, 20, "印刷", p.Body())
		}},
		{"outside", "outside the window", func(p *kit.Pen, w, h float32) { p.Text(8, h-4, 0, 20, "窓口", p.Body()) }},
		{"far outside", "outside the window", func(p *kit.Pen, w, h float32) { p.Text(8, h+40, 0, 20, "窓口", p.Body()) }},
	} {
		win := kittest.Window(t, kit.NewSurface(d.Look, c.draw), 200, 100)
		faults := strings.Join(kittest.Faults(win), "\n")
		if c.want == "" && faults != "" || !strings.Contains(faults, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, faults, c.want)
		}
	}
}

func TestMuteWidgetsAreHeard(t *testing.T) {
	d := kittest.Desk(t)
	named := kit.NewEntry(d)
	named.Name("件名")
	for want, o := range map[int]fyne.CanvasObject{0: named, 1: kit.NewEntry(d)} {
		if got := kittest.Mute(kittest.Window(t, o, 200, 40)); len(got) != want {
			t.Errorf("%v are mute, want %d", got, want)
		}
	}
}
