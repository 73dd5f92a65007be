// Package logtest holds what every driver of [server.Log] must pass, and a
// driver in memory that passes it.
//
// Use [Run] in the tests of a driver, and [NewMemory] in tests and simulators
// that need a log but no disk. Neither belongs into a program.
package logtest

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"daicho/app"
	"daicho/sync/server"
	"daicho/sync/wire"
)

// Run puts a driver through the suite; open gives an empty log each time.
func Run(t *testing.T, open func(t *testing.T) server.Log) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, l server.Log)
	}{
		{"an empty log has nothing", empty},
		{"a failed transaction leaves nothing", rollback},
		{"a panic leaves nothing", panics},
		{"a read cannot write", readOnly},
		{"rows and links", rows},
		{"counters and numbers", counters},
		{"lines", lines},
		{"pages", pages},
		{"keys of a page", pageKeys},
		{"held segments", held},
		{"impounded segments", impounded},
		{"people", people},
		{"devices", devices},
		{"invitations", invitations},
		{"keys", keys},
		{"hashes of lines", hashes},
		{"lines as leaves", leaves},
		{"attachments", attachments},
		{"settings", settings},
		{"what was expected", expected},
		{"strange names", strange},
		{"rows by scope", scopedRows},
		{"rows that move", movedRows},
		{"keys of rows", rowKeys},
		{"where lines reach", reaches},
		{"some lines", someLines},
		{"who names an attachment", naming},
		{"standings", standings},
		{"credentials", credentials},
		{"impounded segments under review", review},
		{"impounded keys", impoundedKeys},
		{"numbers kept for changes", reservations},
		{"a subject that is erased", erasing},
		{"numbers of a series", series},
		{"codes that are void", voided},
		{"what a second place is told", copied},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := open(t)
			t.Cleanup(func() { fine(t, l.Close()) })
			c.test(t, l)
		})
	}
}

func fine(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got  %+v\nwant %+v", got, want)
	}
}

func write(t *testing.T, l server.Log, fn func(server.Tx)) {
	t.Helper()
	fine(t, l.Write(context.Background(), func(tx server.Tx) error { fn(tx); return nil }))
}

func read(t *testing.T, l server.Log, fn func(server.Tx)) {
	t.Helper()
	fine(t, l.Read(context.Background(), func(tx server.Tx) error { fn(tx); return nil }))
}

func id(n byte) app.ID         { return app.ID{n, 15: n} }
func ticket(n byte) app.Ref    { return app.Ref{Kind: "ticket", ID: id(n)} }
func doc(title string) app.Doc { return app.Doc(nil).Patch(cells("title", title)) }
func cells(field, v string) []app.Cell {
	return []app.Cell{{Field: field, Now: app.TextValue(v)}}
}

func line(gsn int64, device byte, seq uint64, size int) server.Line {
	return server.Line{GSN: gsn, Device: id(device), Seq: seq, Point: server.Point{Body: [32]byte{device, byte(seq)}, Chain: app.Chain{9, device, byte(seq)}},
		Received: 1000 + app.Stamp(gsn), Verdict: app.Accepted, Body: []byte{1}, Outcome: make([]byte, size)}
}

func empty(t *testing.T, l server.Log) {
	read(t, l, func(tx server.Tx) {
		d, gsn, err := tx.Row(ticket(1))
		fine(t, err)
		same(t, []any{d.IsEmpty(), gsn}, []any{true, int64(0)})
		n, err := tx.Counter("gsn")
		fine(t, err)
		same(t, n, int64(0))
		_, found, err := tx.Point(id(1), 1)
		fine(t, err)
		same(t, found, false)
		_, found, err = tx.Device(id(1))
		fine(t, err)
		same(t, found, false)
		_, found, err = tx.Invitation([32]byte{1})
		fine(t, err)
		same(t, found, false)
		told, err := tx.Since(0, 10, 1000)
		fine(t, err)
		same(t, len(told), 0)
		value, err := tx.Setting("epoch")
		fine(t, err)
		same(t, len(value), 0)
	})
}

// everything writes to each table.
func everything(tx server.Tx) error {
	_, err := tx.Count("gsn", 1)
	return errors.Join(err, tx.PutRow(server.Row{Ref: ticket(1), GSN: 1, Doc: doc("a"), Links: []app.Ref{ticket(2)}}), tx.Claim("S", 1, 1),
		tx.Append(line(1, 1, 1, 1)), tx.Hold(wire.Segment{Device: id(1), First: 9}, 1), tx.Impound(wire.Segment{Device: id(1)}, server.Forked, 1),
		tx.PutPerson(server.Person{ID: id(1), Name: "x"}), tx.PutDevice(server.Device{ID: id(1), Public: []byte{1}}),
		tx.PutInvitation(server.Invitation{Secret: [32]byte{1}}), tx.PutKey(app.SubjectKey{Subject: id(1)}, 1), tx.Want(app.BlobID{1}, id(1)), tx.PutSetting("a", []byte{1}),
		tx.PutStanding(server.Standing{Device: id(1), Until: 1}), tx.PutCredential(server.Credential{Person: id(1), Tries: 1}), tx.ImpoundKey(id(1), app.SubjectKey{Subject: id(1)}, 1))
}

func nothing(t *testing.T, l server.Log) {
	t.Helper()
	empty(t, l)
	read(t, l, func(tx server.Tx) {
		refs, err := tx.Linked(ticket(2), "ticket")
		fine(t, err)
		same(t, len(refs), 0)
		n, err := tx.HeldCount(id(1))
		fine(t, err)
		m, err := tx.ImpoundedCount(id(1))
		fine(t, err)
		same(t, n+m, 0)
		persons, err := tx.Persons()
		fine(t, err)
		same(t, len(persons), 0)
		keys, err := tx.KeysOf(id(1))
		fine(t, err)
		same(t, len(keys), 0)
		wanted, _, err := tx.Attachment(app.BlobID{1})
		fine(t, err)
		same(t, wanted, false)
		hashed, err := tx.Hashed()
		fine(t, err)
		same(t, hashed, int64(0))
		s, err := tx.Setting("a")
		fine(t, err)
		same(t, len(s), 0)
	})
	write(t, l, func(tx server.Tx) { fine(t, tx.Claim("S", 1, 1)) }) // still free
}

func rollback(t *testing.T, l server.Log) {
	stop := errors.New("stop")
	err := l.Write(context.Background(), func(tx server.Tx) error {
		fine(t, everything(tx))
		return stop
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	nothing(t, l)
}

func panics(t *testing.T, l server.Log) {
	func() {
		defer func() { same(t, recover(), any("bad rule")) }()
		fine(t, l.Write(context.Background(), func(tx server.Tx) error {
			fine(t, everything(tx))
			panic("bad rule")
		}))
	}()
	nothing(t, l)
}

func readOnly(t *testing.T, l server.Log) {
	err := l.Read(context.Background(), func(tx server.Tx) error { return tx.PutSetting("a", []byte{1}) })
	if err == nil {
		t.Fatal("a read transaction wrote")
	}
	nothing(t, l)
}

func rows(t *testing.T, l server.Log) {
	write(t, l, func(tx server.Tx) {
		fine(t, tx.PutRow(server.Row{Ref: ticket(3), GSN: 1, Doc: doc("a"), Ticks: doc("t"), Links: []app.Ref{ticket(1), ticket(2)}}))
		fine(t, tx.PutRow(server.Row{Ref: ticket(2), GSN: 2, Doc: doc("b"), Links: []app.Ref{ticket(1)}}))
		fine(t, tx.PutRow(server.Row{Ref: app.Ref{Kind: "part", ID: id(4)}, GSN: 2, Doc: doc("b"), Links: []app.Ref{ticket(1)}}))
		fine(t, tx.PutRow(server.Row{Ref: ticket(3), GSN: 3, Doc: doc("c"), Ticks: doc("u"), Links: []app.Ref{ticket(1)}}))
	})
	read(t, l, func(tx server.Tx) {
		d, gsn, err := tx.Row(ticket(3))
		fine(t, err)
		same(t, []any{d, gsn}, []any{doc("c"), int64(3)})
		ticks, err := tx.Ticks(ticket(3))
		fine(t, err)
		same(t, ticks, doc("u"))
		refs, err := tx.Linked(ticket(1), "ticket")
		fine(t, err)
		same(t, refs, []app.Ref{ticket(2), ticket(3)})
		refs, err = tx.Linked(ticket(2), "ticket")
		fine(t, err)
		same(t, len(refs), 0)
	})
}

func counters(t *testing.T, l server.Log) {
	write(t, l, func(tx server.Tx) {
		for _, want := range []int64{1, 2} {
			n, err := tx.Count("gsn", 1)
			fine(t, err)
			same(t, n, want)
		}
		n, err := tx.Count("other", 5)
		fine(t, err)
		same(t, n, int64(5))
		fine(t, tx.Claim("2026-{n}", 1, 7))
		fine(t, tx.Claim("2027-{n}", 1, 8))
	})
	read(t, l, func(tx server.Tx) {
		n, err := tx.Counter("gsn")
		fine(t, err)
		same(t, n, int64(2))
	})
	err := l.Write(context.Background(), func(tx server.Tx) error { return tx.Claim("2026-{n}", 1, 9) })
	if err == nil {
		t.Fatal("one number was given twice")
	}
}

func lines(t *testing.T, l server.Log) {
	want := line(1, 1, 1, 3)
	write(t, l, func(tx server.Tx) { fine(t, tx.Append(want)) })
	read(t, l, func(tx server.Tx) {
		p, found, err := tx.Point(id(1), 1)
		fine(t, err)
		same(t, []any{p, found}, []any{want.Point, true})
	})
	for _, twice := range []server.Line{line(1, 2, 2, 1), line(2, 1, 1, 1)} {
		if l.Write(context.Background(), func(tx server.Tx) error { return tx.Append(twice) }) == nil {
			t.Fatalf("a line stands twice: %d %v %d", twice.GSN, twice.Device, twice.Seq)
		}
	}
}

func pages(t *testing.T, l server.Log) {
	write(t, l, func(tx server.Tx) {
		for i := range int64(5) {
			fine(t, tx.Append(line(i+1, 1, uint64(i+1), 100)))
		}
	})
	for _, c := range []struct {
		after       int64
		count, size int
		want        []int64
	}{
		{0, 10, 10_000, []int64{1, 2, 3, 4, 5}},
		{2, 2, 10_000, []int64{3, 4}},
		{0, 10, 250, []int64{1, 2}},
		{0, 10, 200, []int64{1, 2}},
		{0, 10, 10, []int64{1}},
		{5, 10, 10_000, nil},
	} {
		read(t, l, func(tx server.Tx) {
			told, err := tx.Since(c.after, c.count, c.size)
			fine(t, err)
			var got []int64
			for _, o := range told {
				got = append(got, o.GSN)
				same(t, len(o.Outcome), 100)
			}
			same(t, got, c.want)
		})
	}
}

func pageKeys(t *testing.T, l server.Log) {
	a, b := app.SubjectKey{Subject: id(1), Key: [32]byte{1}}, app.SubjectKey{Subject: id(2), Key: [32]byte{2}}
	needs := func(l server.Line, keys ...app.SubjectKey) server.Line {
		for _, k := range keys {
			l.Needs = append(l.Needs, server.NamedKey{Subject: k.Subject, Key: k.ID()})
		}
		return l
	}
	write(t, l, func(tx server.Tx) {
		fine(t, tx.PutKey(a, 1))
		fine(t, tx.PutKey(b, 1))
		fine(t, tx.Append(needs(line(1, 1, 1, 1), a)))
		fine(t, tx.Append(needs(line(2, 1, 2, 1), a, b)))
		fine(t, tx.Append(needs(line(3, 1, 3, 1), app.SubjectKey{Subject: id(9)}))) // never came
	})
	for _, c := range []struct {
		after, upTo int64
		want        []app.SubjectKey
	}{{0, 1, []app.SubjectKey{a}}, {1, 2, []app.SubjectKey{a, b}}, {0, 3, []app.SubjectKey{a, b}}, {2, 3, nil}} {
		read(t, l, func(tx server.Tx) {
			got, err := tx.KeysNeeded(c.after, c.upTo)
			fine(t, err)
			same(t, got, c.want)
		})
	}
}

func held(t *testing.T, l server.Log) {
	seg := func(first uint64, head byte) wire.Segment {
		return wire.Segment{Device: id(1), First: first, Last: first + 1, Head: app.Chain{head}, Bodies: [][]byte{{1}, {2}}}
	}
	write(t, l, func(tx server.Tx) {
		fine(t, tx.Hold(seg(9, 1), 1))
		fine(t, tx.Hold(seg(3, 1), 1))
		fine(t, tx.Hold(seg(9, 2), 2))
		fine(t, tx.Hold(seg(9, 2), 2))
	})
	check := func(seq uint64, want ...wire.Segment) {
		t.Helper()
		read(t, l, func(tx server.Tx) {
			got, err := tx.Held(id(1), seq)
			fine(t, err)
			same(t, got, want)
		})
	}
	check(2)
	check(3, seg(3, 1))
	check(9, seg(3, 1), seg(9, 1), seg(9, 2))
	write(t, l, func(tx server.Tx) { fine(t, tx.Release(id(1), 3)) })
	check(9, seg(9, 1), seg(9, 2))
	read(t, l, func(tx server.Tx) {
		n, err := tx.HeldCount(id(1))
		fine(t, err)
		m, err := tx.HeldCount(id(2))
		fine(t, err)
		same(t, []int{n, m}, []int{2, 0})
	})
	write(t, l, func(tx server.Tx) { fine(t, tx.Release(id(1), 9)) })
	check(9)
}

func impounded(t *testing.T, l server.Log) {
	a := wire.Segment{Device: id(1), First: 1, Head: app.Chain{1}}
	b := a
	b.Head = app.Chain{2}
	write(t, l, func(tx server.Tx) {
		for _, s := range []wire.Segment{a, b, a} {
			fine(t, tx.Impound(s, server.Forked, 1))
		}
		n, err := tx.ImpoundedCount(id(1))
		fine(t, err)
		same(t, n, 2)
	})
}

func people(t *testing.T, l server.Log) {
	a, b := server.Person{ID: id(1), Name: "田中"}, server.Person{ID: id(2), Name: "佐藤"}
	write(t, l, func(tx server.Tx) {
		fine(t, tx.PutPerson(a))
		fine(t, tx.PutPerson(b))
	})
	if l.Write(context.Background(), func(tx server.Tx) error { return tx.PutPerson(server.Person{ID: id(3), Name: "田中"}) }) == nil {
		t.Fatal("two people of one name")
	}
	b.Name = "鈴木"
	write(t, l, func(tx server.Tx) { fine(t, tx.PutPerson(b)) })
	read(t, l, func(tx server.Tx) {
		got, err := tx.Persons()
		fine(t, err)
		same(t, got, []server.Person{a, b})
	})
}

func devices(t *testing.T, l server.Log) {
	a := server.Device{ID: id(2), Public: []byte{1, 2}, Person: id(9), Name: "北庁舎 PC", State: server.Active, Enrolled: 5, Seen: 6, Watermark: 7}
	b := server.Device{ID: id(1), Public: []byte{3}, Person: id(9), State: server.Revoked, Enrolled: 8}
	write(t, l, func(tx server.Tx) {
		fine(t, tx.PutDevice(b))
		fine(t, tx.PutDevice(server.Device{ID: a.ID, Public: []byte{9}}))
		fine(t, tx.PutDevice(a))
	})
	read(t, l, func(tx server.Tx) {
		got, found, err := tx.Device(a.ID)
		fine(t, err)
		same(t, []any{got, found}, []any{a, true})
		all, err := tx.Devices()
		fine(t, err)
		same(t, all, []server.Device{a, b})
	})
}

func invitations(t *testing.T, l server.Log) {
	i := server.Invitation{Secret: [32]byte{1}, Person: id(1), Until: 5}
	write(t, l, func(tx server.Tx) { fine(t, tx.PutInvitation(i)) })
	i.UsedBy = id(2)
	write(t, l, func(tx server.Tx) { fine(t, tx.PutInvitation(i)) })
	read(t, l, func(tx server.Tx) {
		got, found, err := tx.Invitation(i.Secret)
		fine(t, err)
		same(t, []any{got, found}, []any{i, true})
	})
}

func keys(t *testing.T, l server.Log) {
	old, young := app.SubjectKey{Subject: id(1), Key: [32]byte{7}}, app.SubjectKey{Subject: id(1), Key: [32]byte{1}}
	write(t, l, func(tx server.Tx) {
		fine(t, tx.PutKey(young, 20))
		fine(t, tx.PutKey(old, 10))
		fine(t, tx.PutKey(old, 30)) // stays as it is
		fine(t, tx.PutKey(app.SubjectKey{Subject: id(2)}, 1))
	})
	read(t, l, func(tx server.Tx) {
		got, err := tx.KeysOf(id(1))
		fine(t, err)
		same(t, got, []app.SubjectKey{old, young})
		one, found, err := tx.Key(id(1), young.ID())
		fine(t, err)
		same(t, []any{one, found}, []any{young, true})
		_, found, err = tx.Key(id(2), young.ID())
		fine(t, err)
		same(t, found, false)
	})
}

func attachments(t *testing.T, l server.Log) {
	a, b, c := app.BlobID{1}, app.BlobID{2}, app.BlobID{3}
	write(t, l, func(tx server.Tx) {
		fine(t, tx.Got(a)) // nobody named it
		for _, id2 := range []app.BlobID{b, a, c, a} {
			fine(t, tx.Want(id2, id(1)))
		}
		fine(t, tx.Want(b, id(2)))
		fine(t, tx.Got(c))
	})
	read(t, l, func(tx server.Tx) {
		for _, c := range []struct {
			id           app.BlobID
			wanted, here bool
		}{{a, true, false}, {c, true, true}, {app.BlobID{9}, false, false}} {
			wanted, here, err := tx.Attachment(c.id)
			fine(t, err)
			same(t, []bool{wanted, here}, []bool{c.wanted, c.here})
		}
		got, err := tx.Missing(id(1), 10)
		fine(t, err)
		same(t, got, []app.BlobID{a, b})
		got, err = tx.Missing(id(1), 1)
		fine(t, err)
		same(t, got, []app.BlobID{a})
		got, err = tx.Missing(id(2), 10)
		fine(t, err)
		same(t, len(got), 0)
	})
}

func settings(t *testing.T, l server.Log) {
	for _, v := range [][]byte{{1}, {2, 3}} {
		write(t, l, func(tx server.Tx) { fine(t, tx.PutSetting("epoch", v)) })
		read(t, l, func(tx server.Tx) {
			got, err := tx.Setting("epoch")
			fine(t, err)
			same(t, got, v)
		})
	}
}
