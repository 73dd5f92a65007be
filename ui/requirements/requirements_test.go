package requirements_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/agreement"
	"daicho/app/modules"
	"daicho/app/requirement"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/requirements"
)

// The face of a requirement counts what there is for its clause and shows each side's
// judgement; the navigation counts measures that are not closed.
func TestEvidenceIsSeenBesideJudgements(t *testing.T) {
	d := kittest.Desk(t)
	d.Words.Set(app.JA)
	r := kittest.NewReplica(t, modules.Book())
	for range 3 {
		r.Add(t, agreement.Kind, "title=夜間の監視を二人で行う", "type=decision", "raised=city", "content=二人で行う。")
	}
	at := r.Add(t, requirement.Kind, "code=2.1.1-S3", "clause=2.1.1", "tag=s", "origin=specification", "text=合意事項などを全て記録・管理する。", "do:judge;verdict=met;measured=3件中3件", "do:assess;verdict=unmet;note=口頭の依頼が残っている。")
	all := requirements.Sections()
	if n, err := all[2].Count(t.Context(), r); n != 1 || err != nil {
		t.Errorf("%d measures, %v", n, err)
	}
	page := all[0].New(kittest.NewHost(t, d, r))
	win := kittest.Window(t, page.View(), 1280, 800)
	page.Shown()
	page.(ui.Opener).Open(at)
	for _, o := range test.LaidOutObjects(win.Content()) {
		if tabs, ok := o.(*kit.Tabs); ok {
			tabs.Choose(3)
		}
	}
	kittest.Whole(t, win)
	words := kittest.Words(win)
	for _, word := range []string{"協議・合意・要望", "3件", "3件中3件", "事業者　充足", "市　未充足", "口頭の依頼が残っている。", "件数は充足を意味しません"} {
		if !strings.Contains(words, word) {
			t.Errorf("no %s in\n%s", word, words)
		}
	}
}
