package logtest

import (
	"context"
	"testing"

	"daicho/app"
	"daicho/sync/server"
)

func reservations(t *testing.T, l server.Log) {
	a, b := app.ID{1}, app.ID{2}
	first := server.Reserved{Series: "R8-{n}", N: 7, Device: a, Seq: 3, At: 40}
	second := server.Reserved{Series: "R8-{n}", N: 8, Device: a, Seq: 3, At: 40}
	write(t, l, func(tx server.Tx) {
		fine(t, tx.Reserve(second))
		fine(t, tx.Reserve(first))
		fine(t, tx.Stand(a, 3))
		fine(t, tx.Stand(a, 3))
	})
	if l.Write(context.Background(), func(tx server.Tx) error {
		return tx.Reserve(server.Reserved{Series: "R8-{n}", N: 7, Device: b, Seq: 1})
	}) == nil {
		t.Fatal("a number was kept for two changes")
	}
	read(t, l, func(tx server.Tx) {
		list, err := tx.ReservedFor(a, 3)
		fine(t, err)
		same(t, list, []server.Reserved{first, second})
		r, there, err := tx.ReservedAs("R8-{n}", 8)
		fine(t, err)
		same(t, r, second)
		same(t, there, true)
		_, there, err = tx.ReservedAs("R8-{n}", 10)
		fine(t, err)
		same(t, there, false)
		stood, err := tx.Stood(a, 3)
		fine(t, err)
		same(t, stood, true)
		stood, err = tx.Stood(b, 3)
		fine(t, err)
		same(t, stood, false)
	})
}

func series(t *testing.T, l server.Log) {
	write(t, l, func(tx server.Tx) {
		for _, name := range []string{"gsn", "number R8-{n}", "number R7-{n}"} {
			_, err := tx.Count(name, 2)
			fine(t, err)
		}
		for n, gsn := range map[int64]int64{1: 11, 2: 12, 9: 19} {
			fine(t, tx.Claim("R8-{n}", n, gsn))
		}
	})
	read(t, l, func(tx server.Tx) {
		all, err := tx.Series()
		fine(t, err)
		same(t, all, []string{"R7-{n}", "R8-{n}"})
		claims, err := tx.Claims("R8-{n}", 1, 5)
		fine(t, err)
		same(t, claims, []server.Claimed{{N: 2, GSN: 12}, {N: 9, GSN: 19}})
		claims, err = tx.Claims("R8-{n}", 0, 1)
		fine(t, err)
		same(t, claims, []server.Claimed{{N: 1, GSN: 11}})
	})
}

func voided(t *testing.T, l server.Log) {
	code := server.Invitation{Secret: [32]byte{1}, Person: app.ID{9}, Until: 900, Class: "high"}
	used := server.Invitation{Secret: [32]byte{2}, Person: app.ID{9}, Until: 900, UsedBy: app.ID{2}}
	write(t, l, func(tx server.Tx) {
		fine(t, tx.PutInvitation(code))
		fine(t, tx.PutInvitation(used))
		fine(t, tx.VoidInvitations(100))
	})
	code.Until = 100
	read(t, l, func(tx server.Tx) {
		for _, want := range []server.Invitation{code, used} {
			got, _, err := tx.Invitation(want.Secret)
			fine(t, err)
			same(t, got, want)
		}
	})
}
