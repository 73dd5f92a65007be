package agreements_test

import (
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/agreement"
	"daicho/app/modules"
	"daicho/ui"
	"daicho/ui/agreements"
	"daicho/ui/kit/kittest"
)

// What is late says so beside what is not, and the navigation counts what no document
// holds yet. The day there is Friday, 20 November 2026.
func TestLateIsSeen(t *testing.T) {
	d := kittest.Desk(t)
	d.Words.Set(app.JA)
	r := kittest.NewReplica(t, modules.Book())
	late := r.Add(t, agreement.Kind, "title=夜間の監視を二人で行う", "type=decision", "raised=city", "content=二人で行う。", "held=2026-11-04")
	r.Add(t, agreement.Kind, "title=報告書の様式を改める", "type=agreement", "raised=contractor", "content=別紙のとおり。", "held=2026-11-19")
	r.Add(t, agreement.Kind, "title=印刷の単価を知りたい", "type=request", "raised=city", "content=単価を示すこと。", "held=2026-11-12", "reply_due=2026-11-18")
	s := agreements.Section()
	if n, err := s.Count(t.Context(), r); n != 2 || err != nil {
		t.Errorf("%d are to be written down, %v", n, err)
	}
	page := s.New(kittest.NewHost(t, d, r))
	win := kittest.Window(t, page.View(), 1000, 620)
	page.Shown()
	kittest.Whole(t, win)
	kittest.Shot(t, win, "agreements")
	page.(ui.Opener).Open(late)
	words := kittest.Words(win)
	for _, word := range []string{"反映の遅れ", "回答の遅れ", "未了", "文書に反映した"} {
		if !strings.Contains(words, word) {
			t.Errorf("no %s in:\n%s", word, words)
		}
	}
}
