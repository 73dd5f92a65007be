package documents_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/document"
	"daicho/app/modules"
	"daicho/ui/documents"
	"daicho/ui/kit/kittest"
)

func markup(t *testing.T, lang app.Lang, lines ...string) (string, func(name string)) {
	d := kittest.Desk(t)
	d.Words.Set(lang)
	r := kittest.NewReplica(t, modules.Book())
	r.Add(t, document.Kind, append([]string{"title=帳票印刷 障害対応手順書", "type=plan"}, lines...)...)
	page := documents.Sections()[0].New(kittest.NewHost(t, d, r))
	win := kittest.Window(t, page.View(), 1000, 620)
	page.Shown()
	kittest.Whole(t, win)
	return test.RenderToMarkup(win.Canvas()), func(name string) { test.AssertRendersToMarkup(t, name, win.Canvas()) }
}

func TestFacts(t *testing.T) {
	for _, c := range []struct {
		lang  app.Lang
		lines []string
		want  string
	}{
		{app.JA, nil, ">計画書<"},
		{app.JA, []string{"revisions=1.0|2026-04-01|初版|小林"}, ">計画書　第1.0版<"},
		{app.EN, []string{"revisions=1.0|2026-04-01|初版|小林"}, ">Plan　version 1.0<"},
		{app.JA, []string{"sender=情報課長", "recipient=各課長"}, ">計画書　情報課長 → 各課長<"},
		{app.JA, []string{"recipient=各課長"}, ">計画書　各課長<"},
	} {
		if got, _ := markup(t, c.lang, c.lines...); !strings.Contains(got, c.want) {
			t.Errorf("%v: want %s", c.lines, c.want)
		}
	}
}

func TestGolden(t *testing.T) {
	_, golden := markup(t, app.JA, "issued=2026-11-19", "owner=山田 徹", "revisions=1.0|2026-04-01|初版|小林\n1.1|2026-11-19|連絡先の変更（別表1）|山田")
	golden("document.xml")
}
