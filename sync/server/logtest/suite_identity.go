package logtest

import (
	"testing"

	"daicho/app"
	"daicho/sync/server"
	"daicho/sync/wire"
)

func standings(t *testing.T, l server.Log) {
	whole := server.Standing{Device: id(1), Class: wire.ClassHigh, Issued: 1, Until: 2, Pulled: 3, PulledAt: 4, Lost: 5, LostBy: "花子", Reason: "電車", Wiped: 6}
	write(t, l, func(tx server.Tx) {
		fine(t, tx.PutStanding(server.Standing{Device: id(1), Until: 9}))
		fine(t, tx.PutStanding(whole))
	})
	read(t, l, func(tx server.Tx) {
		for want, device := range map[server.Standing]app.ID{whole: id(1), {Device: id(2)}: id(2)} {
			got, err := tx.Standing(device)
			fine(t, err)
			same(t, got, want)
		}
	})
}

func credentials(t *testing.T, l server.Log) {
	whole := server.Credential{Person: id(1), Password: "$argon2id$", TOTP: []byte{1}, Step: 2, Recovery: []byte{3}, Tries: 4, Barred: 5}
	write(t, l, func(tx server.Tx) {
		fine(t, tx.PutCredential(server.Credential{Person: id(1), Tries: 9}))
		fine(t, tx.PutCredential(whole))
	})
	read(t, l, func(tx server.Tx) {
		got, err := tx.Credential(id(1))
		fine(t, err)
		same(t, got, whole)
		got, err = tx.Credential(id(2))
		fine(t, err)
		same(t, got, server.Credential{Person: id(2)})
	})
}

func review(t *testing.T, l server.Log) {
	one := wire.Segment{Device: id(1), First: 3, Last: 4, Head: app.Chain{1}, Sig: []byte{2}, Bodies: [][]byte{{5}}}
	two := one
	two.First, two.Head = 1, app.Chain{2}
	write(t, l, func(tx server.Tx) {
		fine(t, tx.Impound(one, server.Barred, 10))
		fine(t, tx.Impound(two, server.Forked, 11))
		fine(t, tx.Impound(wire.Segment{Device: id(2)}, server.Barred, 12))
		fine(t, tx.Keep(id(1), 1, app.Chain{2}, 20))
		fine(t, tx.Keep(id(1), 1, app.Chain{3}, 21)) // there is none
	})
	read(t, l, func(tx server.Tx) {
		got, err := tx.Impounded(id(1))
		fine(t, err)
		same(t, got, []server.Kept{{Segment: two, Why: server.Forked, Received: 11, Kept: 20}, {Segment: one, Why: server.Barred, Received: 10}})
	})
	write(t, l, func(tx server.Tx) { fine(t, tx.Discharge(id(1), 1, app.Chain{2})) })
	read(t, l, func(tx server.Tx) {
		got, err := tx.Impounded(id(1))
		fine(t, err)
		same(t, got, []server.Kept{{Segment: one, Why: server.Barred, Received: 10}})
	})
}

func impoundedKeys(t *testing.T, l server.Log) {
	a, b := app.SubjectKey{Subject: id(1), Key: [32]byte{1}}, app.SubjectKey{Subject: id(2), Key: [32]byte{2}}
	write(t, l, func(tx server.Tx) {
		for _, k := range []app.SubjectKey{b, a, a} {
			fine(t, tx.ImpoundKey(id(7), k, 1))
		}
		fine(t, tx.ImpoundKey(id(8), b, 1))
	})
	read(t, l, func(tx server.Tx) {
		got, err := tx.ImpoundedKeys(id(7), 9)
		fine(t, err)
		same(t, got, []app.SubjectKey{a, b})
		got, err = tx.ImpoundedKeys(id(7), 1)
		fine(t, err)
		same(t, got, []app.SubjectKey{a})
		got, err = tx.ImpoundedKeysOf(id(2))
		fine(t, err)
		same(t, got, []app.SubjectKey{b}) // once, though two brought it
		_, there, err := tx.Key(id(1), a.ID())
		fine(t, err)
		same(t, there, false) // they are given to nobody
	})
}
