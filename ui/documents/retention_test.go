package documents_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/document"
	"daicho/app/modules"
	"daicho/app/retention"
	"daicho/ui"
	"daicho/ui/documents"
	"daicho/ui/kit/kittest"
)

// What is proposed for disposal and what is on hold is read, and given commands, and
// never edited.
func TestRetentionPages(t *testing.T) {
	for _, c := range []struct {
		section, golden, make string
		acts                  []string
	}{
		{"disposals", "disposals.xml", "廃棄を提案する", []string{"承認して廃棄する", "却下する", "取り下げる"}},
		{"holds", "holds.xml", "凍結する", []string{"凍結を解除する"}},
	} {
		d := kittest.Desk(t)
		d.Words.Set(app.JA)
		r := kittest.NewReplica(t, modules.Book())
		over := r.Add(t, document.Kind, "title=月次報告書", "type=report", "issued=2020-05-08", "completed=2020-05-11", "retention=1")
		r.Add(t, retention.DisposalKind, "document="+over.String(), "reason=保存期間の満了")
		r.Add(t, retention.HoldKind, "about="+over.String(), "basis=dispute", "reason=係争中のため")
		all := documents.Control()
		s := all[slices.IndexFunc(all, func(s ui.Section) bool { return s.ID == c.section })]
		page := s.New(kittest.NewHost(t, d, r))
		win := kittest.Window(t, page.View(), 1000, 620)
		page.Shown()
		kittest.Whole(t, win)
		test.AssertRendersToMarkup(t, c.golden, win.Canvas())
		for _, act := range c.acts {
			if !slices.ContainsFunc(page.Actions(), func(a ui.Action) bool { return a.Label.JA == act }) {
				t.Errorf("%s: no act %s", c.section, act)
			}
		}
		records := func(a ui.Action) bool { return a.Label.JA == "記録する" }
		if slices.ContainsFunc(page.Actions(), records) {
			t.Errorf("%s can be edited", c.section)
		}
		page.Actions()[slices.IndexFunc(page.Actions(), func(a ui.Action) bool { return a.Label.JA == c.make })].Do()
		if !slices.ContainsFunc(page.Actions(), records) {
			t.Errorf("%s: nothing new can be entered", c.section)
		}
	}
}
