package letter_test

import (
	"testing"

	"daicho/app"
	"daicho/app/letter"
	"daicho/app/modules"
	"daicho/store"
	"daicho/store/storetest"
)

// TestWhatCameStays as it came, what is held of it, too.
func TestWhatCameStays(t *testing.T) {
	r := storetest.New(t, storetest.WithBook(modules.Book()))
	save := func(rec app.Record) error {
		return r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error { return tx.Save(rec) })
	}
	l := letter.Register.Draft(app.ID{7})
	l.Key, l.Subject, l.Outcome = "k", "件名", letter.Held
	w := letter.HeldRegister.Draft(app.ID{8})
	w.Letter, w.Why, w.Text = l.Ref, letter.MyNumber, "本文"
	if err := save(l); err != nil {
		t.Fatal(err)
	}
	if err := save(w); err != nil {
		t.Fatal(err)
	}
	l.Subject, w.Text = "別の件名", "別の本文"
	if err := save(l); !app.IsCode(err, app.Forbidden) {
		t.Errorf("a letter was changed: %v", err)
	}
	if err := save(w); !app.IsCode(err, app.Forbidden) {
		t.Errorf("what is held was changed: %v", err)
	}
}
