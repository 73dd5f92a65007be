package emergency_test

import (
	"testing"

	"daicho/app"
	"daicho/app/emergency"
	"daicho/app/modules"
	"daicho/store"
	"daicho/store/storetest"
)

func TestNotedOnceAndNeverChanged(t *testing.T) {
	r := storetest.New(t, storetest.WithBook(modules.Book()))
	at := app.StampOf(storetest.Start)
	err := emergency.Note(t.Context(), r, emergency.Access{Way: emergency.TwoPersons, At: at, Reason: "担当者不在", Shares: "1a2b: 1, 3", Custodians: "課長 係長"})
	if err != nil {
		t.Fatal(err)
	}
	list, _, err := store.List(t.Context(), r, emergency.Register, app.Query{})
	if err != nil || len(list) != 1 || list[0].Reason != "担当者不在" || list[0].At != at {
		t.Fatalf("%+v, %v", list, err)
	}
	list[0].Reason = "別の理由"
	err = r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error { return tx.Save(list[0]) })
	if !app.IsCode(err, app.Forbidden) {
		t.Errorf("changed: %v", err)
	}
	if err := emergency.Note(t.Context(), r, emergency.Access{Way: emergency.RecoveryKey, At: at}); !app.IsCode(err, app.Invalid) {
		t.Errorf("without a reason: %v", err)
	}
}
