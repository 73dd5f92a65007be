package sections_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/dispatch"
	"daicho/app/people"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/kit/kittest"
)

// TestAVisitIsBegunOnceAndSends: who leaves a visit that was begun of an inquiry comes back
// to it by the same key; recording it sends somebody to the inquiry.
func TestAVisitIsBegunOnceAndSends(t *testing.T) {
	w := open(t, desktop)
	r := w.rep
	site := r.Add(t, people.SiteKind, "name=第九庁舎")
	k := r.Add(t, ticket.Kind, "title=地下の端末が起動しない", "channel=phone", "site=第九庁舎", "assignee=佐々木 健", "wished=2026-11-20 16:00")
	before, err := r.IDs(t.Context(), dispatch.Kind, app.Query{})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		w.Open(k)
		w.strike(ui.Ctrl(fyne.KeyD))
		for _, s := range []string{"新しい現地対応", "地下の端末が起動しない", "第九庁舎", "佐々木 健"} {
			if !w.shows(s) {
				t.Errorf("the form has no %s:\n%s", s, kittest.Words(w.win))
			}
		}
		w.look(t, "visit-begun")
	}
	w.strike(ui.Ctrl(fyne.KeyReturn))
	after, err := r.IDs(t.Context(), dispatch.Kind, app.Query{})
	if err != nil || len(after) != len(before)+1 {
		t.Fatalf("%d visits, %d before: %v", len(after), len(before), err)
	}
	id := after[slices.IndexFunc(after, func(id app.ID) bool { return !slices.Contains(before, id) })]
	if v := r.Load(app.Ref{Kind: dispatch.Kind, ID: id}).(*dispatch.Visit); v.Ticket != k || v.Site != site {
		t.Errorf("%+v", v)
	}
	if got := r.Load(k).(*ticket.Ticket); got.State != ticket.Dispatched || got.Assignee != "佐々木 健" {
		t.Errorf("the inquiry is %q, of %q", got.State, got.Assignee)
	}
	kept, err := r.Recall(t.Context(), "draft/"+string(dispatch.Kind)+":")
	if err != nil || len(kept) != 0 {
		t.Errorf("%d visits are left begun: %v", len(kept), err)
	}
}
