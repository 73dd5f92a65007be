package logtest

import (
	"slices"
	"testing"

	"daicho/app"
	"daicho/sync/server"
)

func in(kind app.Kind, zone app.Zone, org byte) app.Scope {
	return app.Scope{Kind: kind, Zone: zone, Org: app.ID{org}}
}

// zoned says that records of some zones may be read.
func zoned(zones ...app.Zone) func(app.Scope) bool {
	return func(s app.Scope) bool {
		for _, z := range zones {
			if s.Zone == z {
				return true
			}
		}
		return false
	}
}

func row(n byte, s app.Scope) server.Row {
	return server.Row{Ref: app.Ref{Kind: s.Kind, ID: id(n)}, GSN: int64(n), Doc: doc("x"), Scope: s}
}

func scopedRows(t *testing.T, l server.Log) {
	write(t, l, func(tx server.Tx) {
		for _, r := range []server.Row{row(3, in("ticket", "lgwan", 0)), row(1, in("ticket", "number", 0)), row(2, in("ticket", "lgwan", 5)),
			row(9, in("device", "lgwan", 0)), row(4, in("ticket", "", 0))} {
			fine(t, tx.PutRow(r))
		}
	})
	d9, t1, t2, t3, t4 := app.Ref{Kind: "device", ID: id(9)}, ticket(1), ticket(2), ticket(3), ticket(4)
	for _, c := range []struct {
		after       app.Ref
		may         func(app.Scope) bool
		count, size int
		want        []app.Ref
	}{
		{app.Ref{}, nil, 10, 1000, []app.Ref{d9, t1, t2, t3, t4}},
		{t1, nil, 10, 1000, []app.Ref{t2, t3, t4}},
		{app.Ref{}, nil, 2, 1000, []app.Ref{d9, t1}},
		{app.Ref{}, nil, 10, 1, []app.Ref{d9}},
		{app.Ref{}, zoned("lgwan"), 10, 1000, []app.Ref{d9, t2, t3}},
		{d9, zoned("lgwan"), 1, 1000, []app.Ref{t2}},
		{t3, zoned("lgwan"), 10, 1000, nil},
		{app.Ref{}, zoned("internet"), 10, 1000, nil},
		{app.Ref{}, zoned(""), 10, 1000, []app.Ref{t4}},
	} {
		read(t, l, func(tx server.Tx) {
			rows, err := tx.RowsAfter(c.after, c.may, c.count, c.size)
			fine(t, err)
			var got []app.Ref
			for _, r := range rows {
				got = append(got, r.Ref)
				same(t, []any{r.GSN, r.Doc}, []any{int64(r.Ref.ID[0]), doc("x")})
			}
			same(t, got, c.want)
		})
	}
	read(t, l, func(tx server.Tx) {
		scopes, err := tx.Scopes()
		fine(t, err)
		slices.SortFunc(scopes, byScope)
		same(t, scopes, []app.Scope{in("device", "lgwan", 0), in("ticket", "", 0), in("ticket", "lgwan", 0), in("ticket", "lgwan", 5), in("ticket", "number", 0)})
		for _, c := range []struct {
			may  func(app.Scope) bool
			want int64
		}{{nil, 5}, {zoned("lgwan", ""), 4}, {zoned("internet"), 0}} {
			n, err := tx.CountRows(c.may)
			fine(t, err)
			same(t, n, c.want)
		}
	})
}

// movedRows: a record's scope changes with the record, or alone.
func movedRows(t *testing.T, l server.Log) {
	first, second, third := in("ticket", "lgwan", 0), in("ticket", "number", 1), in("ticket", "", 2)
	at := func(ref app.Ref, want app.Scope, there bool) {
		t.Helper()
		read(t, l, func(tx server.Tx) {
			got, found, err := tx.ScopeAt(ref)
			fine(t, err)
			same(t, []any{got, found}, []any{want, there})
		})
	}
	at(ticket(1), app.Scope{}, false)
	write(t, l, func(tx server.Tx) { fine(t, tx.PutRow(row(1, first))) })
	at(ticket(1), first, true)
	write(t, l, func(tx server.Tx) { fine(t, tx.PutRow(row(1, second))) })
	at(ticket(1), second, true)
	write(t, l, func(tx server.Tx) {
		fine(t, tx.Rescope(ticket(1), third))
		fine(t, tx.Rescope(ticket(2), third)) // is not there
	})
	at(ticket(1), third, true)
	at(ticket(2), app.Scope{}, false)
	read(t, l, func(tx server.Tx) {
		d, gsn, err := tx.Row(ticket(1))
		fine(t, err)
		same(t, []any{d, gsn}, []any{doc("x"), int64(1)})
	})
}

func rowKeys(t *testing.T, l server.Log) {
	key := func(n, k byte) app.SubjectKey { return app.SubjectKey{Subject: id(n), Key: [32]byte{k}} }
	write(t, l, func(tx server.Tx) {
		fine(t, tx.PutRow(row(1, in("ticket", "lgwan", 0))))
		fine(t, tx.PutRow(row(2, in("ticket", "number", 0))))
		fine(t, tx.PutRow(row(3, in("ticket", "lgwan", 0))))
		for _, k := range []app.SubjectKey{key(1, 1), key(2, 2), key(3, 3), key(3, 4), key(9, 9)} {
			fine(t, tx.PutKey(k, 1))
		}
	})
	for _, c := range []struct {
		refs []app.Ref
		want []byte
	}{
		{[]app.Ref{ticket(3), ticket(1)}, []byte{1, 3, 4}}, {[]app.Ref{ticket(2)}, []byte{2}}, {[]app.Ref{ticket(7)}, nil}, {nil, nil},
	} {
		read(t, l, func(tx server.Tx) {
			keys, err := tx.KeysOfRows(c.refs)
			fine(t, err)
			got := map[byte]bool{}
			for _, k := range keys {
				got[k.Key[0]] = true
			}
			want := map[byte]bool{}
			for _, k := range c.want {
				want[k] = true
			}
			same(t, []any{got, len(keys)}, []any{want, len(c.want)})
		})
	}
}

func reaches(t *testing.T, l server.Log) {
	a, b := in("ticket", "lgwan", 0), in("ticket", "number", 7)
	want := []server.Reach{
		{GSN: 1, Device: id(1), About: a, Moves: []server.Move{{Is: a}}},
		{GSN: 2, Device: id(2), About: b, Moves: []server.Move{{Was: a, Is: b}, {Was: b, Is: b}}},
		{GSN: 3, Device: id(2)},
		{GSN: 4, Device: id(1), About: a, Moves: []server.Move{{Is: a}}},
	}
	write(t, l, func(tx server.Tx) {
		for i, r := range want {
			one := line(r.GSN, r.Device[0], uint64(i+1), 1)
			one.Reach = server.Reach{About: r.About, Moves: r.Moves}
			fine(t, tx.Append(one))
		}
	})
	for _, c := range []struct {
		after int64
		count int
		want  []server.Reach
	}{{0, 9, want}, {1, 2, want[1:3]}, {4, 9, nil}} {
		read(t, l, func(tx server.Tx) {
			got, err := tx.Reaches(c.after, c.count)
			fine(t, err)
			same(t, got, c.want)
		})
	}
}

// someLines reads lines that do not stand beside each other.
func someLines(t *testing.T, l server.Log) {
	key := func(n byte) app.SubjectKey { return app.SubjectKey{Subject: id(n), Key: [32]byte{n}} }
	write(t, l, func(tx server.Tx) {
		for n := range byte(5) {
			one := line(int64(n+1), 1, uint64(n+1), 100)
			one.Needs = []server.NamedKey{{Subject: id(n + 1), Key: key(n + 1).ID()}}
			fine(t, tx.Append(one))
			fine(t, tx.PutKey(key(n+1), 1))
		}
	})
	for _, c := range []struct {
		gsns []int64
		size int
		want []int64
	}{{[]int64{1, 3, 5}, 1000, []int64{1, 3, 5}}, {[]int64{2, 4}, 150, []int64{2}}, {[]int64{4}, 1, []int64{4}}, {nil, 1000, nil}} {
		read(t, l, func(tx server.Tx) {
			told, err := tx.Outcomes(c.gsns, c.size)
			fine(t, err)
			var got []int64
			for _, o := range told {
				got = append(got, o.GSN)
			}
			same(t, got, c.want)
			keys, err := tx.KeysOfLines(c.gsns)
			fine(t, err)
			var of []int64
			for _, k := range keys {
				of = append(of, int64(k.Key[0]))
			}
			same(t, of, c.gsns)
		})
	}
}

func naming(t *testing.T, l server.Log) {
	write(t, l, func(tx server.Tx) {
		fine(t, tx.Want(app.BlobID{1}, id(4)))
		for _, ref := range []app.Ref{ticket(2), ticket(1), ticket(2)} {
			fine(t, tx.Name(app.BlobID{1}, ref))
		}
		fine(t, tx.Name(app.BlobID{2}, ticket(3)))
	})
	read(t, l, func(tx server.Tx) {
		refs, err := tx.Naming(app.BlobID{1})
		fine(t, err)
		same(t, refs, []app.Ref{ticket(1), ticket(2)})
		refs, err = tx.Naming(app.BlobID{9})
		fine(t, err)
		same(t, len(refs), 0)
		device, wanted, err := tx.WantedOf(app.BlobID{1})
		fine(t, err)
		same(t, []any{device, wanted}, []any{id(4), true})
		_, wanted, err = tx.WantedOf(app.BlobID{2})
		fine(t, err)
		same(t, wanted, false)
	})
}
