package erasures_test

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/erasure"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/erasures"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/text"
)

func TestGolden(t *testing.T) {
	d := kittest.Desk(t)
	d.Words.Set(app.JA)
	r := kittest.NewReplica(t, modules.Book())
	about := r.Add(t, ticket.Kind, "title=異動に伴うアカウント権限の変更依頼", "channel=phone")
	r.Add(t, erasure.Kind, "about="+about.String(), "basis=claimed", "reason=本人からの請求（令和8年11月18日受付）")
	page := erasures.Section().New(kittest.NewHost(t, d, r))
	win := kittest.Window(t, page.View(), 1000, 620)
	page.Shown()
	kittest.Whole(t, win)
	test.AssertRendersToMarkup(t, "erasures.xml", win.Canvas())
}

// What nobody can take back is asked for first: the filled button, which has the
// keyboard, leads back, and nothing is erased by it.
func TestErasingIsNotTheDefault(t *testing.T) {
	for _, lang := range []app.Lang{app.JA, app.EN} {
		for _, dark := range []bool{false, true} {
			d := kittest.Desk(t)
			kittest.Variant{Lang: lang, Factor: 1, Dark: dark}.Set(d)
			r := kittest.NewReplica(t, modules.Book())
			about := r.Add(t, ticket.Kind, "title=異動に伴うアカウント権限の変更依頼", "channel=phone")
			asked := r.Add(t, erasure.Kind, "about="+about.String(), "basis=claimed", "reason=本人からの請求（令和8年11月18日受付）")
			r.Author, r.Device = "髙橋 直", 3 // nobody approves what he asked for
			host := kittest.NewHost(t, d, r)
			page := erasures.Section().New(host)
			kittest.Window(t, page.View(), 1000, 620)
			page.Shown()
			page.(ui.Opener).Open(asked)
			do(t, page, "承認して消去する")
			win := kittest.Window(t, host.Asked, host.Card.Width, host.Card.Height)
			kittest.Whole(t, win)
			kittest.Shot(t, win, fmt.Sprintf("erase-%s-%v", lang, dark))
			buttons := kittest.Buttons(win)
			if len(buttons) != 2 || buttons[0].AccessibilityLabel() != d.Words.T(text.Leave) || buttons[0].Position().X < buttons[1].Position().X ||
				!filled(buttons[0], d) || filled(buttons[1], d) {
				t.Fatal("the way back is not the first of", len(buttons))
			}
			buttons[0].Tapped(nil)
			if state := r.Load(asked).(*erasure.Erasure).State; host.Asked != nil || state != erasure.Asked {
				t.Errorf("the way back: %q", state)
			}
			do(t, page, "承認して消去する")
			win = kittest.Window(t, host.Asked, host.Card.Width, host.Card.Height)
			kittest.Buttons(win)[1].Tapped(nil)
			if state := r.Load(asked).(*erasure.Erasure).State; state != erasure.Approved {
				t.Errorf("approved: %q", state)
			}
		}
	}
}

// filled reports whether a button is the one that stands out.
func filled(b *kit.Button, d *ui.Desk) bool {
	return slices.ContainsFunc(test.LaidOutObjects(b), func(o fyne.CanvasObject) bool {
		r, ok := o.(*canvas.Rectangle)
		return ok && r.FillColor == d.Look.Tokens().Accent
	})
}

func do(t *testing.T, page ui.Page, label string) {
	t.Helper()
	i := slices.IndexFunc(page.Actions(), func(a ui.Action) bool { return a.Label.JA == label })
	if i < 0 {
		t.Fatal("no action", label)
	}
	page.Actions()[i].Do()
}
