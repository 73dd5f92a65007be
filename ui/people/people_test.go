package people_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/people"
	"daicho/ui/kit/kittest"
	ui "daicho/ui/people"
)

func TestGoldens(t *testing.T) {
	for i, s := range ui.Sections() {
		t.Run(s.ID, func(t *testing.T) {
			d := kittest.Desk(t)
			d.Words.Set(app.JA)
			r := kittest.NewReplica(t, modules.Book())
			r.Add(t, people.OrganisationKind, "name=葉月市 情報課", "side=city", "phone=055-200-2410")
			r.Add(t, people.SiteKind, "name=本庁舎", "address=架空県葉月市本町1丁目1番1号")
			who := r.Add(t, app.PersonKind, "name=中村 彩", "kana=ナカムラ アヤ", "post=主任", "phone=055-200-9001", "email=nakamura@example.jp")
			r.Add(t, people.GrantKind, "person="+who.String(), "role=helpdesk", "from=2026-04-01", "until=2027-03-31")
			page := ui.Sections()[i].New(kittest.NewHost(t, d, r))
			win := kittest.Window(t, page.View(), 1000, 620)
			page.Shown()
			kittest.Whole(t, win)
			test.AssertRendersToMarkup(t, s.ID+".xml", win.Canvas())
		})
	}
}
