package disasters_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/disaster"
	"daicho/app/modules"
	"daicho/ui/disasters"
	"daicho/ui/kit/kittest"
)

func TestGolden(t *testing.T) {
	d := kittest.Desk(t)
	d.Words.Set(app.JA)
	r := kittest.NewReplica(t, modules.Book())
	r.Add(t, disaster.Kind, "title=葉月市で震度6強", "type=earthquake", "happened=2026-11-20 13:31", "since=2026-11-20 13:40", "extent=本庁舎、北庁舎",
		"change=サーバーなしで業務を続けます。番号は仮番号になります。", "do:declare")
	r.Add(t, disaster.Kind, "title=停電を想定した訓練", "type=power", "nature=drill", "happened=2026-10-02 9:00", "since=2026-10-02 9:00", "extent=本庁舎",
		"change=発電機で業務を続けます。", "do:declare", "do:end;reason=手順を全て確認した。")
	r.Add(t, disaster.Kind, "title=台風15号", "type=flood", "happened=2026-11-20 12:00", "since=2026-11-20 12:00", "extent=北庁舎", "change=北庁舎の窓口を閉じます。")
	page := disasters.Section().New(kittest.NewHost(t, d, r))
	win := kittest.Window(t, page.View(), 1000, 620)
	page.Shown()
	kittest.Whole(t, win)
	kittest.Shot(t, win, "disasters")
	test.AssertRendersToMarkup(t, "disasters.xml", win.Canvas())
}
