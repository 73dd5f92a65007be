package voided_test

import (
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/voided"
	"daicho/store"
	"daicho/store/storetest"
)

// TestDeclaredOnceAndNeverChanged: also where somebody may write everything.
func TestDeclaredOnceAndNeverChanged(t *testing.T) {
	r := storetest.New(t, storetest.WithBook(modules.Book()))
	declare := func(first, last int64) error {
		return r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error {
			return voided.Declare(drafts{r, tx}, modules.Book().Numbers, voided.Number{Series: "8葉情第{n}号", First: first, Last: last,
				Reason: voided.Restored, Decided: app.StampOf(storetest.Start), By: "佐々木 健"})
		})
	}
	for _, run := range [][2]int64{{12, 12}, {13, 1012}} {
		if err := declare(run[0], run[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := declare(7, 6); !app.IsCode(err, app.Invalid) {
		t.Errorf("a run that ends before it begins: %v", err)
	}
	list, _, err := store.List(t.Context(), r, voided.Register, app.Query{Sort: "first"})
	if err != nil || len(list) != 2 || list[0].Numbers != "8葉情第12号" || list[1].Numbers != "8葉情第13号〜8葉情第1012号" {
		t.Fatalf("%+v, %v", list, err)
	}
	list[0].By = "別の人"
	err = r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error { return tx.Save(list[0]) })
	if !app.IsCode(err, app.Forbidden) {
		t.Errorf("changed: %v", err)
	}
}

// drafts is a transaction of a replica as a server's is.
type drafts struct {
	*store.Replica
	tx *store.Tx
}

func (d drafts) Save(r app.Record) error { return d.tx.Save(r) }
