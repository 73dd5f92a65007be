package numbering_test

import (
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/document"
	"daicho/app/modules"
	"daicho/app/numbering"
	"daicho/app/ticket"
	"daicho/app/voided"
	"daicho/ui/kit/kittest"
)

func jst(y, m, d, h, min int) time.Time {
	return time.Date(y, time.Month(m), d, h, min, 0, 0, civil.Tokyo)
}

// The year of a number is that of the contract: it turns on April 1st at 0:00 in
// Tokyo, and what was numbered before stays as it is.
func TestAprilFirst(t *testing.T) {
	r := kittest.NewReplica(t, modules.Book())
	var refs []app.Ref
	for _, at := range []time.Time{jst(2027, 3, 31, 23, 59), jst(2027, 4, 1, 0, 0), jst(2027, 4, 1, 9, 0)} {
		r.At = at
		refs = append(refs, r.Add(t, document.Kind, "title=通知", "type=notice"), r.Add(t, ticket.Kind, "title=受付", "channel=phone"))
	}
	for i, want := range []string{"8葉情第1号", "2026-000001", "9葉情第1号", "2027-000001", "9葉情第2号", "2027-000002"} {
		if got := r.Load(refs[i]).Meta().Number; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// A new format begins with a fiscal year, for a whole register or for one type of
// its records, and counts from 1; years that have begun are never written otherwise.
func TestAFormatBeginsWithAYear(t *testing.T) {
	r := kittest.NewReplica(t, modules.Book())
	r.At = jst(2027, 3, 1, 9, 0)
	r.Add(t, numbering.FormatKind, "register=document", "year=2027", "template={年度:R}{課記号}第{n}号", "office=葉デ")
	r.Add(t, numbering.FormatKind, "register=document", "type=plan", "year=2027", "template={年度}-{種別}-{n:4}-{版}")
	before := r.Add(t, document.Kind, "title=通知", "type=notice")
	r.At = jst(2027, 4, 1, 0, 0)
	notice, plan := r.Add(t, document.Kind, "title=通知", "type=notice"), r.Add(t, document.Kind, "title=運用計画書", "type=plan", "revisions=0.1|2027-04-01|初稿|青木")
	for ref, want := range map[app.Ref]string{before: "8葉情第1号", notice: "9葉デ第1号", plan: "2027-計画書-0001-0.1"} {
		if got := r.Load(ref).Meta().Number; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	for name, fields := range map[string][]string{
		"a year that has begun": {"register=document", "year=2026", "template={n}"},
		"no counter":            {"register=document", "year=2028", "template={年度}"},
		"no such register":      {"register=conflict", "year=2028", "template={n}"},
	} {
		d, err := r.New(numbering.FormatKind)
		for _, f := range fields {
			at, text, _ := strings.Cut(f, "=")
			if err == nil {
				err = numbering.Formats.Enter(d, at, text)
			}
		}
		if err == nil {
			err = r.Save(t.Context(), d)
		}
		if err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

// Register and type are chosen by their names; what is typed and is none of them is
// refused with what there is.
func TestRegistersAreChosen(t *testing.T) {
	r := kittest.NewReplica(t, modules.Book())
	r.At = jst(2027, 3, 1, 9, 0)
	g := r.Registers()[numbering.FormatKind]
	f := r.Load(r.Add(t, numbering.FormatKind, "register=文書", "type=計画書", "year=2027", "template={n}"))
	if got := f.(*numbering.Format); got.Register != document.Kind || got.Type != string(document.Plan) || g.Show(f, "register", app.EN) != "Documents" || g.Show(f, "type", app.JA) != "計画書" {
		t.Errorf("%+v", got)
	}
	for _, kind := range []app.Kind{numbering.FormatKind, numbering.LeaseKind} {
		g := r.Registers()[kind]
		s, _ := app.SpecOf(g, "register")
		names := map[string]bool{}
		for _, c := range s.Choices {
			names[c.Name] = true
			if names[c.Label.JA] || names[c.Label.EN] {
				t.Errorf("%s: two registers are called %v", kind, c.Label)
			}
			names[c.Label.JA], names[c.Label.EN] = true, true
		}
		if s.Type != app.TChoice || !names[string(ticket.Kind)] || names["conflict"] {
			t.Errorf("%s: %+v", kind, s)
		}
		if err := g.Enter(g.New(), "register", "tickets"); app.ErrorOf(err) == nil || app.ErrorOf(err).Field != "register" || !strings.Contains(err.Error(), "take one of: ticket, document, ") {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

// The end of a number follows the version; what another format wrote, or whose words
// were taken out since, stays or loses nothing else.
func TestTheVersionAtTheEndOfANumber(t *testing.T) {
	r := kittest.NewReplica(t, modules.Book())
	r.At = jst(2027, 3, 1, 9, 0)
	r.Add(t, numbering.FormatKind, "register=document", "type=plan", "year=2027", "template={年度}-{案件}-{n:4}-{版}")
	r.At = jst(2027, 4, 1, 9, 0)
	plan := r.Add(t, document.Kind, "title=運用計画書", "type=plan", "project=基盤", "revisions=0.1|2027-04-01|初稿|青木")
	old := r.Add(t, document.Kind, "title=通知", "type=notice", "revisions=0.1|2027-04-01|初稿|青木")
	for ref, line := range map[app.Ref]string{plan: "project=", old: "type=plan"} {
		r.Edit(t, r.Load(ref), line, "revisions=0.1|2027-04-01|初稿|青木\n0.2|2027-04-02|追記|青木")
	}
	for ref, want := range map[app.Ref]string{plan: "2027-基盤-0001-0.2", old: "9葉情第1号"} {
		if got := r.Load(ref).Meta().Number; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// desk decides changes as the server does.
type desk struct {
	rows map[app.Ref]app.Doc
	seq  uint64
	last map[string]int64
}

func (d *desk) Row(r app.Ref) (app.Doc, int64, error) { return d.rows[r], 1, nil }

func (d *desk) Linked(to app.Ref, from app.Kind) (refs []app.Ref, err error) {
	for ref, doc := range d.rows {
		err = doc.Each(func(_ string, v app.Value) {
			for _, r := range v.Refs() {
				if r == to && ref.Kind == from {
					refs = append(refs, ref)
				}
			}
		})
	}
	return refs, err
}

func (d *desk) take(c *app.Change) error {
	d.seq++
	c.Seq, c.Device = d.seq, app.ID{9}
	act := &app.Act{At: app.StampOf(jst(2026, 11, 20, 14, 0)), View: d,
		Last:  func(s string) (int64, error) { return d.last[s], nil },
		Issue: func(s string) (int64, error) { d.last[s]++; return d.last[s], nil }}
	out, err := modules.Book().Decide(act, c)
	for _, e := range out.Effects {
		d.rows[e.Ref] = d.rows[e.Ref].Patch(e.Cells)
	}
	return err
}

func (d *desk) add(t *testing.T, r app.Record, given app.Leased) string {
	t.Helper()
	g := modules.Book().Registers[r.Meta().Ref.Kind]
	if err := d.take(&app.Change{Ref: r.Meta().Ref, New: true, Cells: g.Diff(r), Leased: given}); err != nil {
		t.Fatal(err)
	}
	return d.rows[r.Meta().Ref].Get("number").Text()
}

func newDesk() *desk { return &desk{rows: map[app.Ref]app.Doc{}, last: map[string]int64{}} }

func call(id byte) *ticket.Ticket {
	k := ticket.Register.Draft(app.ID{id})
	k.Title, k.Channel = "受付", ticket.Phone
	return k
}

// Numbers that a device put on what was refused are void as soon as a later one
// comes; one that is not, or no longer, its own is not taken.
func TestNumbersOfWhatWasRefusedAreVoid(t *testing.T) {
	d := newDesk()
	l := numbering.Leases.Draft(app.ID{50})
	l.Register, l.Size, l.Reason = ticket.Kind, 10, "回線断に備える"
	d.add(t, l, app.Leased{})
	given := func(n int64) app.Leased { return app.Leased{Lease: l.Ref.ID, N: n} }
	for i, c := range []struct {
		n    int64
		want string
	}{
		{1, "2026-000001"}, {4, "2026-000004"},
		{4, "2026-000011"}, {2, "2026-000012"}, // given already: the server numbers it
		{11, "2026-000013"}, {0, "2026-000014"}, {5, "2026-000005"},
	} {
		if got := d.add(t, call(byte(i+1)), given(c.n)); got != c.want {
			t.Errorf("%d: %s, want %s", c.n, got, c.want)
		}
	}
	if err := d.take(&app.Change{Ref: l.Ref, Command: "return", Cells: []app.Cell{{Field: "state", Was: d.rows[l.Ref].Get("state")}}}); err != nil {
		t.Fatal(err)
	}
	void := map[string]string{}
	for ref, doc := range d.rows {
		if ref.Kind == voided.Kind {
			void[doc.Get("numbers").Text()] = doc.Get("reason").Text()
		}
	}
	if len(void) != 2 || void["2026-000002〜2026-000003"] != "refused" || void["2026-000006〜2026-000010"] != "returned" {
		t.Errorf("void: %v", void)
	}
	if got := d.add(t, call(40), given(6)); got != "2026-000015" {
		t.Errorf("%s after the lease was returned", got)
	}
}

// A token is handed over once, and only of a register that is strict.
func TestATokenIsHandedOverOnce(t *testing.T) {
	d := newDesk()
	ask := func(id byte, kind app.Kind, form numbering.Form) error {
		l := numbering.Leases.Draft(app.ID{id})
		l.Register, l.Form, l.Size, l.Reason = kind, form, 5, "災害対策本部"
		return d.take(&app.Change{Ref: l.Ref, New: true, Cells: numbering.Leases.Diff(l)})
	}
	for _, c := range []struct {
		kind app.Kind
		form numbering.Form
		want app.Code
	}{
		{document.Kind, numbering.Block, app.Invalid}, {ticket.Kind, numbering.Token, app.Invalid}, {"conflict", numbering.Block, app.Invalid},
		{document.Kind, numbering.Token, ""}, {document.Kind, numbering.Token, app.Stale},
	} {
		if err := ask(byte(60+d.seq), c.kind, c.form); err != nil != (c.want != "") || err != nil && !app.IsCode(err, c.want) {
			t.Errorf("%s %s: %v, want %s", c.form, c.kind, err, c.want)
		}
	}
}

// What its holder gave to letters that were refused stands on paper: the return of a
// token says how far he came, and the server gives none of these again.
func TestATokenComesBackWithTheLastNumberGiven(t *testing.T) {
	d := newDesk()
	l := numbering.Leases.Draft(app.ID{50})
	l.Register, l.Form, l.Reason = document.Kind, numbering.Token, "災害対策本部"
	d.add(t, l, app.Leased{})
	letter := func(id byte, n int64) string {
		r := document.Register.Draft(app.ID{id})
		r.Title, r.Type = "災害時の運用", document.Notice
		return d.add(t, r, app.Leased{Lease: l.Ref.ID, N: n})
	}
	if got := letter(1, 1); got != "8葉情第1号" {
		t.Error(got)
	}
	back := &app.Change{Ref: l.Ref, Device: app.ID{9}, Command: "return", Cells: []app.Cell{{Field: "state", Was: d.rows[l.Ref].Get("state")}}}
	holder := &app.Act{View: d, Unused: func(app.ID, int64) (int64, error) { return 4, nil }} // 2 and 3 were refused
	out, err := modules.Book().Decide(holder, back)
	if back.Leased = out.Leased; err != nil || back.Leased != (app.Leased{Lease: l.Ref.ID, N: 3}) {
		t.Fatal(out.Leased, err)
	}
	if err := d.take(back); err != nil {
		t.Fatal(err)
	}
	if got := letter(2, 0); got != "8葉情第4号" {
		t.Errorf("%s was given after the token came back", got)
	}
	for ref, doc := range d.rows {
		if ref.Kind == voided.Kind && doc.Get("numbers").Text() != "8葉情第2号〜8葉情第3号" {
			t.Error(doc.Get("numbers").Text())
		}
	}
}
