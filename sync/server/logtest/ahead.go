package logtest

import (
	"testing"

	"daicho/app"
	"daicho/sync/server"
)

// expected reads everything twice, once with what it will need told before:
// that changes nothing.
func expected(t *testing.T, l server.Log) {
	key := func(n byte) app.SubjectKey { return app.SubjectKey{Subject: id(n), Key: [32]byte{n, 1}} }
	write(t, l, func(tx server.Tx) {
		fine(t, tx.PutRow(server.Row{Ref: ticket(1), GSN: 1, Doc: doc("a"), Ticks: doc("t"), Links: []app.Ref{ticket(2)}}))
		fine(t, tx.PutKey(key(1), 5))
	})
	all := []app.Ref{{Kind: "part", ID: id(1)}}
	for n := range byte(120) { // more than one query asks for
		all = append(all, ticket(n))
	}
	look := func(tx server.Tx, want app.Doc, keys ...app.SubjectKey) {
		d, gsn, err := tx.Row(ticket(1))
		fine(t, err)
		ticks, err := tx.Ticks(ticket(1))
		fine(t, err)
		same(t, []any{d, gsn, ticks}, []any{want, gsn, doc("t")})
		d, _, err = tx.Row(ticket(119))
		fine(t, err)
		same(t, d.IsEmpty(), true)
		got, err := tx.KeysOf(id(1))
		fine(t, err)
		same(t, got, keys)
		_, found, err := tx.Key(id(119), key(119).ID())
		fine(t, err)
		same(t, found, false)
	}
	read(t, l, func(tx server.Tx) {
		look(tx, doc("a"), key(1))
		fine(t, tx.Expect(all))
		look(tx, doc("a"), key(1))
	})
	write(t, l, func(tx server.Tx) {
		fine(t, tx.Expect(all))
		linked(t, tx, map[byte]int{2: 1, 3: 0})
		young := app.SubjectKey{Subject: id(1), Key: [32]byte{9}}
		fine(t, tx.PutKey(young, 1)) // it came later, but is older
		fine(t, tx.PutRow(server.Row{Ref: ticket(1), GSN: 2, Doc: doc("b"), Ticks: doc("t"), Links: []app.Ref{ticket(3)}}))
		look(tx, doc("b"), young, key(1))
		fine(t, tx.Expect(all))
		look(tx, doc("b"), young, key(1))
		linked(t, tx, map[byte]int{2: 0, 3: 1})
		fine(t, tx.PutRow(server.Row{Ref: ticket(4), GSN: 3, Doc: doc("b"), Links: []app.Ref{ticket(3)}}))
		linked(t, tx, map[byte]int{2: 0, 3: 2})
		fine(t, tx.PutRow(server.Row{Ref: ticket(4), GSN: 4, Doc: doc("b"), Links: []app.Ref{ticket(2)}}))
		linked(t, tx, map[byte]int{2: 1, 3: 1})
	})
	write(t, l, func(tx server.Tx) { // what is not known before
		linked(t, tx, map[byte]int{2: 1, 3: 1})
		fine(t, tx.PutRow(server.Row{Ref: ticket(4), GSN: 5, Doc: doc("b")}))
		linked(t, tx, map[byte]int{2: 0, 3: 1})
	})
}

// linked counts the tickets that link to some.
func linked(t *testing.T, tx server.Tx, want map[byte]int) {
	t.Helper()
	for to, n := range want {
		refs, err := tx.Linked(ticket(to), "ticket")
		fine(t, err)
		same(t, len(refs), n)
	}
}

// strange are kinds and names that no honest device sends: they are bytes like
// any other.
func strange(t *testing.T, l server.Log) {
	ref := app.Ref{Kind: "a\x00b\\'\xff", ID: id(1)}
	write(t, l, func(tx server.Tx) {
		d, _, err := tx.Row(ref)
		fine(t, err)
		same(t, d.IsEmpty(), true)
		fine(t, tx.PutRow(server.Row{Ref: ref, GSN: 1, Doc: doc("a"), Links: []app.Ref{ref}}))
		fine(t, tx.Claim(string(ref.Kind), 1, 1))
		_, err = tx.Count(string(ref.Kind), 3)
		fine(t, err)
	})
	read(t, l, func(tx server.Tx) {
		d, _, err := tx.Row(ref)
		fine(t, err)
		same(t, d, doc("a"))
		refs, err := tx.Linked(ref, ref.Kind)
		fine(t, err)
		same(t, refs, []app.Ref{ref})
		n, err := tx.Counter(string(ref.Kind))
		fine(t, err)
		same(t, n, int64(3))
	})
}
