package mails_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/letter"
	"daicho/app/modules"
	"daicho/app/notice"
	"daicho/app/ticket"
	"daicho/ui/kit/kittest"
	ui "daicho/ui/mails"
)

func TestGoldens(t *testing.T) {
	for i, s := range ui.Sections() {
		t.Run(s.ID, func(t *testing.T) {
			d := kittest.Desk(t)
			d.Words.Set(app.JA)
			r := kittest.NewReplica(t, modules.Book())
			about := r.Add(t, ticket.Kind, "title=印刷できません", "channel=mail")
			l := r.Add(t, letter.Kind, "title=印刷できません", "from=葉月 見本 <mihon@example.jp>", "received=2026-11-19 22:10", "outcome=opened", "ticket="+about.String(), "key=k1")
			r.Add(t, letter.Kind, "title=（読み取れないメール）", "received=2026-11-19 22:14", "outcome=held", "why=unreadable", "key=k2")
			r.Add(t, letter.HeldKind, "letter="+l.String(), "why=my_number", "text=本文", "held=2026-11-19 22:10")
			r.Add(t, notice.Kind, "title=[受付 2026-004129] 印刷できません", "about="+about.String(), "way=mail", "to=mihon@example.jp", "body=お問い合わせを受け付けました。", "due=2026-11-19 22:10")
			line := r.Add(t, notice.LineKind, "name=情報課 当番", "way=phone", "to=055-200-2410", "after=5")
			r.Add(t, notice.Kind, "title=【障害通知】住民記録システムに接続できない（I2026-0012）", "about="+about.String(), "way=phone", "to=055-200-2410", "line="+line.String(), "due=2026-11-20 09:00", "do:ask", "do:call;outcome=silent")
			r.Add(t, ticket.NoteKind, "about="+about.String(), "from=葉月 見本 <mihon@example.jp>", "way=mail", "text=直りました。", "at=2026-11-20 08:40")
			page := ui.Sections()[i].New(kittest.NewHost(t, d, r))
			win := kittest.Window(t, page.View(), 1000, 620)
			page.Shown()
			kittest.Whole(t, win)
			test.AssertRendersToMarkup(t, s.ID+".xml", win.Canvas())
		})
	}
}
