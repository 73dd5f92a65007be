package staffing_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/staffing"
	"daicho/ui"
	"daicho/ui/kit/kittest"
	sections "daicho/ui/staffing"
)

// chartPage is the page of the chart in a window.
func chartPage(t *testing.T, lang app.Lang, fill func(r *kittest.Replica)) (*kittest.Host, ui.Page, fyne.Window) {
	t.Helper()
	d := kittest.Desk(t)
	d.Words.Set(lang)
	r := kittest.NewReplica(t, modules.Book())
	fill(r)
	host := kittest.NewHost(t, d, r)
	page := sections.Sections()[0].New(host)
	win := kittest.Window(t, page.View(), 1000, 620)
	page.Shown()
	kittest.Whole(t, win)
	return host, page, win
}

// TestChart: every post stands there with its holder or as vacant, and Enter opens the
// record.
func TestChart(t *testing.T) {
	for _, lang := range []app.Lang{app.JA, app.EN} {
		host, page, win := chartPage(t, lang, func(r *kittest.Replica) {
			r.Add(t, staffing.PostKind, "name=プロジェクトマネージャ", "rank=manager")
			r.Add(t, staffing.PostKind, "name=基盤リーダー", "rank=leader")
			who := r.Employ(t, "山田 徹")
			for i := range 5 {
				post := r.Add(t, staffing.PostKind, fmt.Sprintf("name=担当%d", i+1), "rank=member")
				if i < 4 {
					r.Add(t, staffing.MemberKind, "person="+who.String(), "post="+post.String(), "from=2026-04-01")
				}
			}
		})
		kittest.Spoken(t, win)
		kittest.Shot(t, win, "chart-"+string(lang))
		words := kittest.Words(win)
		want := []string{"プロジェクトマネージャ", "基盤リーダー", "担当5", "2026-11-20", "欠員: 3件", "△ 欠員"}
		if lang == app.EN {
			want[4], want[5] = "vacant: 3", "△ Vacant"
		}
		for _, w := range want {
			if !strings.Contains(words, w) {
				t.Errorf("%s: no %q in\n%s", lang, w, words)
			}
		}
		tree := page.(ui.Paner).Panes()[0]
		for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyPlus, fyne.KeyReturn} {
			tree.TypedKey(&fyne.KeyEvent{Name: k})
		}
		if len(host.Opened) != 1 || host.Opened[0].Kind != staffing.PostKind {
			t.Errorf("opened %v", host.Opened)
		}
	}
}

// TestChartIsEmpty says what to do first.
func TestChartIsEmpty(t *testing.T) {
	_, _, win := chartPage(t, app.JA, func(*kittest.Replica) {})
	if words := kittest.Words(win); !strings.Contains(words, "役割の登録がありません。") {
		t.Error(words)
	}
}
