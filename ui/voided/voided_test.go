package voided_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/voided"
	"daicho/ui/kit/kittest"
	ui "daicho/ui/voided"
)

func TestGolden(t *testing.T) {
	d := kittest.Desk(t)
	d.Words.Set(app.JA)
	r := kittest.NewReplica(t, modules.Book())
	r.Add(t, voided.Kind, "numbers=8葉情第12号", "series=8葉情第{n}号", "first=12", "last=12", "reason=restored", "decided=2026-11-19 10:00", "by=佐々木 健")
	r.Add(t, voided.Kind, "numbers=2026-000102〜2026-001101", "series=2026-{n}", "first=102", "last=1101", "reason=restored", "decided=2026-11-19 10:00", "by=佐々木 健")
	page := ui.Section().New(kittest.NewHost(t, d, r))
	win := kittest.Window(t, page.View(), 1000, 620)
	page.Shown()
	kittest.Whole(t, win)
	test.AssertRendersToMarkup(t, "voided.xml", win.Canvas())
}
