package logtest

import (
	"testing"

	"daicho/app"
	"daicho/sync/server"
)

func erasing(t *testing.T, l server.Log) {
	file := app.Ref{Kind: "file", ID: app.ID{7}}
	other := app.Ref{Kind: "file", ID: app.ID{8}}
	mine, his := app.SubjectKey{Subject: file.ID, Key: [32]byte{1}}, app.SubjectKey{Subject: other.ID, Key: [32]byte{2}}
	photo, letter := app.BlobID{3}, app.BlobID{4}
	device := app.ID{5}
	write(t, l, func(tx server.Tx) {
		for _, k := range []app.SubjectKey{mine, his} {
			fine(t, tx.PutKey(k, 10))
			fine(t, tx.ImpoundKey(device, k, 10))
		}
		fine(t, tx.Want(photo, device))
		fine(t, tx.Got(photo))
		fine(t, tx.Name(photo, file))
		fine(t, tx.Want(letter, device))
		fine(t, tx.Name(letter, other))
		is, err := tx.IsErased(file.ID)
		fine(t, err)
		same(t, is, false)
	})
	first := server.Erased{N: 1, Ref: file, GSN: 9, At: 20}
	write(t, l, func(tx server.Tx) {
		keys, err := tx.KeysOf(file.ID) // a driver may remember them
		fine(t, err)
		same(t, keys, []app.SubjectKey{mine})
		n, err := tx.Count("erased", 1)
		fine(t, err)
		same(t, n, int64(1))
		fine(t, tx.Erase(first))
		fine(t, tx.Erase(server.Erased{N: 2, Ref: file, GSN: 11, At: 30}))
		fine(t, tx.PutKey(mine, 40))
		forgotten(t, tx, file.ID)
	})
	write(t, l, func(tx server.Tx) {
		fine(t, tx.PutKey(mine, 50))
		fine(t, tx.ImpoundKey(device, mine, 50))
		forgotten(t, tx, file.ID)
		keys, err := tx.KeysOf(other.ID)
		fine(t, err)
		same(t, keys, []app.SubjectKey{his})
		keys, err = tx.ImpoundedKeys(device, 9)
		fine(t, err)
		same(t, keys, []app.SubjectKey{his})
	})
	read(t, l, func(tx server.Tx) {
		all, err := tx.Erasures(0, 5)
		fine(t, err)
		same(t, all, []server.Erased{first})
		none, err := tx.Erasures(1, 5)
		fine(t, err)
		same(t, len(none), 0)
		wanted, _, err := tx.Attachment(photo)
		fine(t, err)
		same(t, wanted, false)
		refs, err := tx.Naming(photo)
		fine(t, err)
		same(t, len(refs), 0)
		wanted, _, err = tx.Attachment(letter)
		fine(t, err)
		same(t, wanted, true)
		ids, err := tx.Doomed(5)
		fine(t, err)
		same(t, ids, []app.BlobID{photo})
	})
	write(t, l, func(tx server.Tx) { fine(t, tx.Destroyed(photo)) })
	read(t, l, func(tx server.Tx) {
		ids, err := tx.Doomed(5)
		fine(t, err)
		same(t, len(ids), 0)
	})
}

// forgotten wants no key of a subject, and that it is known to be erased.
func forgotten(t *testing.T, tx server.Tx, subject app.ID) {
	keys, err := tx.KeysOf(subject)
	fine(t, err)
	same(t, len(keys), 0)
	is, err := tx.IsErased(subject)
	fine(t, err)
	same(t, is, true)
}
