package erasures_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/erasure"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/ui/erasures"
	"daicho/ui/kit/kittest"
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
