package ticket_test

import (
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/storetest"
)

// TestANoteStands: an entry says who wrote it and when, and is never changed.
func TestANoteStands(t *testing.T) {
	clock := &storetest.Clock{}
	r := storetest.New(t, storetest.WithBook(modules.Book()), storetest.WithClock(clock))
	save := func(rec app.Record) error {
		return r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error { return tx.Save(rec) })
	}
	n := ticket.Notes.Draft(app.ID{7})
	n.About, n.Text = app.Ref{Kind: ticket.Kind, ID: app.ID{1}}, "電話で確認した。"
	if err := save(n); err != nil {
		t.Fatal(err)
	}
	if n.By.ID != r.Actor().ID || n.At != app.StampOf(clock.Now()) {
		t.Errorf("%+v", n)
	}
	n.Text = "別のことを言った。"
	if err := save(n); !app.IsCode(err, app.Forbidden) {
		t.Errorf("changed: %v", err)
	}
	if err := save(ticket.Notes.Draft(app.ID{8})); !app.IsCode(err, app.Invalid) {
		t.Errorf("an entry without a text: %v", err)
	}
}
