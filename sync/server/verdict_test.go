package server_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/sync/server"
	"daicho/sync/simtest"
)

// last is what the server said to a device's last change.
func (o *office) last(d *simtest.Device) app.Outcome {
	o.Helper()
	said, there := d.Said[d.Seq()]
	if !there {
		o.Fatal("no verdict")
	}
	return said
}

// journal writes a change past the rules of the device.
func (o *office) journal(d *simtest.Device, c *app.Change) {
	o.Helper()
	_, err := d.Journal(c)
	ok(o.T, err)
}

func set(field, was, now string) app.Cell {
	return app.Cell{Field: field, Was: app.TextValue(was), Now: app.TextValue(now)}
}

// traces is everything that a refused change must leave as it is.
func (o *office) traces(refs ...app.Ref) string {
	o.Helper()
	var out string
	o.read(func(tx server.Tx) error {
		for _, ref := range refs {
			doc, gsn, _ := tx.Row(ref)
			ticks, _ := tx.Ticks(ref)
			keys, _ := tx.KeysOf(ref.ID)
			out += fmt.Sprintf("%x %d %x %x ", doc, gsn, ticks, keys)
		}
		n, _ := tx.Counter("number 2026-{n:6}")
		missing, err := tx.Missing(app.ID{}, 9)
		out += fmt.Sprint(n, missing)
		return err
	})
	return out
}

// TestRefusals are changes that no honest replica would send, or that the
// order has overtaken: each is an outcome, leaves no trace, and stops nothing.
func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name    string
		change  func(o *office, d *simtest.Device, there *ticket.Ticket) *app.Change
		verdict app.Verdict
		code    app.Code
		field   string
	}{
		{"edit of nothing", func(o *office, d *simtest.Device, _ *ticket.Ticket) *app.Change {
			return &app.Change{Ref: app.Ref{Kind: ticket.Kind, ID: app.ID{9}}, Cells: []app.Cell{set("title", "a", "b")}}
		}, app.Rejected, app.NotFound, ""},
		{"new without what is required", func(*office, *simtest.Device, *ticket.Ticket) *app.Change {
			return &app.Change{Ref: app.Ref{Kind: ticket.Kind, ID: app.ID{9}}, New: true, Cells: []app.Cell{set("title", "", "b")}}
		}, app.Rejected, app.Invalid, "channel"},
		{"field that rules alone set", func(_ *office, _ *simtest.Device, k *ticket.Ticket) *app.Change {
			return &app.Change{Ref: k.Ref, Cells: []app.Cell{set("number", k.Number, "2026-000009")}}
		}, app.Rejected, app.Forbidden, "number"},
		{"value of another type", func(_ *office, _ *simtest.Device, k *ticket.Ticket) *app.Change {
			return &app.Change{Ref: k.Ref, Cells: []app.Cell{set("minutes", "", "many")}}
		}, app.Rejected, app.Damaged, ""},
		{"unknown register", func(*office, *simtest.Device, *ticket.Ticket) *app.Change {
			return &app.Change{Ref: app.Ref{Kind: "starship", ID: app.ID{9}}, New: true}
		}, app.Rejected, app.Invalid, ""},
		{"unknown command", func(_ *office, _ *simtest.Device, k *ticket.Ticket) *app.Change {
			return &app.Change{Ref: k.Ref, Command: "explode"}
		}, app.Rejected, app.Invalid, ""},
		{"command on a state that has passed", func(_ *office, _ *simtest.Device, k *ticket.Ticket) *app.Change {
			return &app.Change{Ref: k.Ref, Command: "start", Cells: []app.Cell{{Field: "state", Was: app.TextValue("waiting")}}}
		}, app.Rejected, app.Stale, "state"},
		{"another's author", func(o *office, _ *simtest.Device, k *ticket.Ticket) *app.Change {
			return &app.Change{Author: o.device("別人").Author(), Ref: k.Ref, Cells: []app.Cell{set("department", "", "税務課")}}
		}, app.Rejected, app.Forbidden, ""},
		{"another's local author", func(o *office, _ *simtest.Device, k *ticket.Ticket) *app.Change {
			return &app.Change{Author: app.LocalAuthor(o.device("別人").ID), Ref: k.Ref, Cells: []app.Cell{set("department", "", "税務課")}}
		}, app.Rejected, app.Forbidden, ""},
		{"another device's name", func(o *office, _ *simtest.Device, k *ticket.Ticket) *app.Change {
			return &app.Change{Device: o.device("別人").ID, Ref: k.Ref, Cells: []app.Cell{set("department", "", "税務課")}}
		}, app.Quarantined, app.Damaged, ""},
		{"another number", func(_ *office, _ *simtest.Device, k *ticket.Ticket) *app.Change {
			return &app.Change{Seq: 77, Ref: k.Ref, Cells: []app.Cell{set("department", "", "税務課")}}
		}, app.Quarantined, app.Damaged, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := newOffice(t, modules.Book())
			a := o.device("青木")
			k := o.open(a, "元")
			o.sync(a)
			k = o.get(a, k.Ref)
			wrong := c.change(o, a, k)
			before := o.traces(k.Ref, wrong.Ref)
			o.journal(a, wrong)
			o.sync(a)
			said := o.last(a)
			equal(t, []any{said.Verdict, said.Code, said.Field, len(said.Effects), said.GSN}, []any{c.verdict, c.code, c.field, 0, int64(2)})
			if said.Say.JA == "" || said.Say.EN == "" {
				t.Fatal("refused without a word")
			}
			if wrong.Ref == k.Ref {
				equal(t, o.traces(k.Ref, wrong.Ref), before)
			}
			next := o.open(a, "次") // nothing is blocked, and no number was lost
			o.sync(a)
			equal(t, o.get(a, next.Ref).Number, "2026-000002")
		})
	}
}

// TestUnreadable pushes what cannot be read: it is kept, told of, and stops nothing.
func TestUnreadable(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(o *office, d *simtest.Device)
		keys  bool
		code  app.Code
		kind  app.Kind
	}{
		{"no key", func(o *office, d *simtest.Device) { o.open(d, "鍵なし") }, false, app.Damaged, ticket.Kind},
		{"no change at all", func(_ *office, d *simtest.Device) { d.JournalBytes([]byte("garbage")) }, true, app.Damaged, server.Unreadable},
		{"nothing", func(_ *office, d *simtest.Device) { d.JournalBytes(nil) }, true, app.Damaged, server.Unreadable},
		{"a newer format", func(_ *office, d *simtest.Device) {
			d.JournalBytes([]byte{0xa3, 1, 9, 3, 1, 13, 0x61, 'x'})
		}, true, app.Invalid, server.Unreadable},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := newOffice(t, modules.Book())
			a := o.device("青木")
			c.spoil(o, a)
			p := o.outgoing(a)
			if !c.keys {
				p.Keys = nil
			}
			equal(t, o.pushed(a, p).Watermark(a.ID), uint64(1))
			next := o.open(a, "次")
			o.sync(a)
			said := a.Said[1]
			equal(t, []any{said.Verdict, said.Code, said.Ref.Kind}, []any{app.Quarantined, c.code, c.kind})
			equal(t, o.get(a, next.Ref).Number, "2026-000001")
		})
	}
}

func TestLocalAuthorBecomesThePerson(t *testing.T) {
	o := newOffice(t, modules.Book())
	a := o.device("")
	o.open(a, "登録前")
	ok(t, o.Enroll(context.Background(), a, "青木"))
	o.open(a, "登録後")
	o.sync(a)
	for seq := uint64(1); seq <= 2; seq++ {
		equal(t, []any{a.Said[seq].Verdict, a.Said[seq].Author}, []any{app.Accepted, a.Author()})
	}
}

func TestClocks(t *testing.T) {
	hour := app.Stamp(3600_000)
	for _, c := range []struct {
		name   string
		skew   time.Duration
		offset int64
		at     app.Stamp // against the server's clock
	}{
		{"right", 0, 0, 0},
		{"an hour late", -time.Hour, 0, -hour},
		{"an hour late, and known", -time.Hour, 3600_000, 0},
		{"an hour ahead", time.Hour, 0, 0},
		{"a year ahead", 365 * 24 * time.Hour, 0, 0},
		{"corrected too far", 0, 3600_000, 0},
		{"a year late", -365 * 24 * time.Hour, 0, -365 * 24 * hour},
		{"begun anew in 1970", -56 * 365 * 24 * time.Hour, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := newOffice(t, modules.Book())
			a := o.device("青木")
			a.Skew, a.Offset = c.skew, c.offset
			k := o.open(a, "時刻")
			o.pushed(a, o.outgoing(a))
			o.sync(a)
			now := app.StampOf(o.Now)
			said := a.Said[1]
			equal(t, []app.Stamp{said.At - now, said.Received}, []app.Stamp{c.at, now})
			equal(t, o.get(a, k.Ref).ReceivedAt-now, c.at)
		})
	}
}

// edit changes one field of a ticket.
func (o *office) edit(d *simtest.Device, ref app.Ref, change func(*ticket.Ticket)) {
	o.Helper()
	k := o.get(d, ref)
	change(k)
	ok(o.T, d.Save(k))
}

func department(s string) func(*ticket.Ticket) { return func(k *ticket.Ticket) { k.Department = s } }

// conflicts are the open conflicts that a device shows.
func (o *office) conflicts(d *simtest.Device) (open []*app.Conflict) {
	o.Helper()
	for _, ref := range d.Refs(app.ConflictKind) {
		r, err := d.Get(ref)
		ok(o.T, err)
		if c := r.(*app.Conflict); c.State == app.ConflictOpen {
			open = append(open, c)
		}
	}
	return open
}

// TestTwoDevicesOneField is the conflict that people fear: nothing is lost,
// both see it, one decides.
func TestTwoDevicesOneField(t *testing.T) {
	for _, log := range drivers {
		t.Run(log.name, func(t *testing.T) {
			o := officeOver(t, modules.Book(), log.open(t))
			a, b := o.device("青木"), o.device("馬場")
			k := o.open(a, "競合")
			o.sync(a, b)
			b.Skew = time.Minute // b is the later one, but comes first
			o.edit(b, k.Ref, department("税務課"))
			o.edit(b, k.Ref, func(k *ticket.Ticket) { k.Site = "北庁舎" })
			o.edit(a, k.Ref, department("市民課"))
			o.sync(b, a, b)
			equal(t, o.last(a).Verdict, app.Contested)
			for _, d := range []*simtest.Device{a, b} {
				got, open := o.get(d, k.Ref), o.conflicts(d)
				equal(t, []any{got.Department, got.Site, len(open)}, []any{"税務課", "北庁舎", 1})
				c := open[0]
				equal(t, []any{c.About, c.Field, c.Shown.Text(), c.Other.Text(), c.ShownBy.ID, c.OtherBy.ID},
					[]any{k.Ref, "department", "税務課", "市民課", b.Author(), a.Author()})
			}
			o.resolve(b, app.TakeOther)
			o.sync(b, a)
			for _, d := range []*simtest.Device{a, b} {
				equal(t, []any{o.get(d, k.Ref).Department, len(o.conflicts(d))}, []any{"市民課", 0})
			}
		})
	}
}

// TestConflictSaysHowSureItsTimesAre: an error of each clock travels to all, and
// a clock that claims what cannot be is vouched for by nobody.
func TestConflictSaysHowSureItsTimesAre(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, b := o.device("青木"), o.device("馬場")
	k := o.open(a, "時計")
	o.sync(a, b)
	a.Offset, a.Err, b.Offset, b.Err = 0, 40, 0, 40
	o.edit(a, k.Ref, department("甲"))
	b.Skew = 90 * time.Second
	claimed := app.StampOf(b.Clock())
	o.edit(b, k.Ref, department("乙"))
	o.sync(a, b, a)
	c := o.conflicts(a)[0]
	errs := map[string]int64{}
	errs[c.ShownDev], errs[c.OtherDev] = c.ClockErrors()
	equal(t, errs, map[string]int64{a.ID.Short(): 40, b.ID.Short(): app.Unknown})
	said := o.last(b)
	equal(t, []any{said.At, said.Claimed, said.Err}, []any{said.Received, claimed, app.Unknown})
}

func (o *office) resolve(d *simtest.Device, take app.Taken) {
	o.Helper()
	args, err := app.Args(app.Conflicts, "resolve", []string{"take=" + string(take)})
	ok(o.T, err)
	ok(o.T, d.Do(o.conflicts(d)[0], "resolve", args))
}

func TestResolvedTwiceIsRefusedOnce(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, b := o.device("青木"), o.device("馬場")
	k := o.open(a, "競合")
	o.sync(a, b)
	o.edit(a, k.Ref, department("甲"))
	o.edit(b, k.Ref, department("乙"))
	o.sync(a, b, a)
	o.resolve(a, app.TakeShown)
	o.resolve(b, app.TakeOther)
	o.sync(a, b)
	equal(t, []any{o.last(a).Verdict, o.last(b).Verdict, o.last(b).Code}, []any{app.Accepted, app.Rejected, app.Stale})
}

func TestOwnSecondEditIsNoConflict(t *testing.T) {
	o := newOffice(t, modules.Book())
	a := o.device("青木")
	k := o.open(a, "自分")
	for _, s := range []string{"一", "二", "三"} {
		o.edit(a, k.Ref, department(s))
	}
	o.sync(a)
	equal(t, []any{o.get(a, k.Ref).Department, len(o.conflicts(a))}, []any{"三", 0})
}

func TestLaterClockIsShownHoweverLateItComes(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, b, c := o.device("青木"), o.device("馬場"), o.device("千葉")
	k := o.open(a, "時計")
	o.sync(a, b, c)
	a.Skew, b.Skew, c.Skew = 3*time.Second, 2*time.Second, time.Second
	o.edit(a, k.Ref, department("三秒"))
	o.edit(b, k.Ref, department("二秒"))
	o.edit(c, k.Ref, department("一秒"))
	o.sync(b, a, c, a)
	equal(t, []any{o.get(a, k.Ref).Department, len(o.conflicts(a))}, []any{"三秒", 2})
}

// TestFutureClockIsPulledBack lets a device that claims to be a year ahead
// lose against one that writes ten minutes after it.
func TestFutureClockIsPulledBack(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, b := o.device("青木"), o.device("馬場")
	k := o.open(a, "未来")
	o.sync(a, b)
	a.Skew = 365 * 24 * time.Hour
	o.edit(a, k.Ref, department("未来"))
	o.pushed(a, o.outgoing(a))
	o.Now = o.Now.Add(10 * time.Minute)
	o.edit(b, k.Ref, department("今"))
	o.sync(b)
	equal(t, o.get(b, k.Ref).Department, "今")
}

func TestNumbersHaveNoGapsUnderRefusals(t *testing.T) {
	o := newOffice(t, modules.Book())
	a := o.device("青木")
	want := 0
	for i := range 30 {
		cells := []app.Cell{set("title", "", "題")}
		if i%3 != 0 {
			cells = append(cells, set("channel", "", "phone"))
			want++
		}
		o.journal(a, &app.Change{Ref: app.Ref{Kind: ticket.Kind, ID: app.ID{1, byte(i)}}, New: true, Cells: cells})
	}
	o.sync(a)
	got := a.Refs(ticket.Kind)
	equal(t, len(got), want)
	for i, ref := range got {
		equal(t, o.get(a, ref).Number, fmt.Sprintf("2026-%06d", i+1))
	}
}

// TestBrokenRuleStopsNothing gives the server a rule that panics on one change.
func TestBrokenRuleStopsNothing(t *testing.T) {
	book := modules.Book()
	type bomb struct {
		app.Head
		Fuse string
	}
	register := app.Describe("bomb", "爆弾", "Bomb", app.Text("fuse", "導火線", "Fuse", func(b *bomb) *string { return &b.Fuse }))
	register.Rule(func(_ *app.Act, _, after *bomb) error {
		if after.Fuse == "short" {
			panic(after.Fuse)
		}
		return nil
	})
	book.Registers["bomb"] = register
	o := newOffice(t, book)
	a := o.device("青木")
	o.journal(a, &app.Change{Ref: app.Ref{Kind: "bomb", ID: app.ID{1}}, New: true, Cells: []app.Cell{set("fuse", "", "short")}})
	o.journal(a, &app.Change{Ref: app.Ref{Kind: "bomb", ID: app.ID{2}}, New: true, Cells: []app.Cell{set("fuse", "", "long")}})
	p := o.outgoing(a)
	equal(t, o.pushed(a, p).Watermark(a.ID), uint64(2))
	equal(t, verdicts(o.outcomes()), []app.Verdict{app.Quarantined, app.Accepted})
}

// TestOutcomesTellNothingWithoutKeys looks for words in what replicas are sent.
func TestOutcomesTellNothingWithoutKeys(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, b := o.device("青木"), o.device("馬場")
	k := o.open(a, "極秘の件名")
	o.sync(a, b)
	o.edit(a, k.Ref, func(k *ticket.Ticket) { k.Requester = "田中花子" })
	o.edit(b, k.Ref, func(k *ticket.Ticket) { k.Requester = "佐藤太郎" })
	o.sync(a, b)
	o.read(func(tx server.Tx) error {
		told, err := tx.Since(0, 99, 1<<30)
		for _, one := range told {
			for _, word := range []string{"極秘", "田中", "佐藤"} {
				if bytes.Contains(one.Outcome, []byte(word)) {
					t.Fatalf("%s stands in outcome %d", word, one.GSN)
				}
			}
		}
		return err
	})
}
