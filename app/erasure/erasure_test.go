package erasure_test

import (
	"slices"
	"testing"

	"daicho/app"
	"daicho/app/erasure"
	"daicho/app/people"
)

var (
	book = app.Book{Registers: app.Collect([]app.Module{erasure.Module(func(*app.Act, []app.Ref) error { return nil }), people.Module(), {Registers: []app.AnyRegister{app.Conflicts}}})}
	hana = app.Ref{Kind: app.PersonKind, ID: app.ID{1}}
	asks = app.ID{10}
	says = app.ID{11}
)

// rows is a view of a few records.
type rows map[app.Ref]app.Doc

func (v rows) Row(r app.Ref) (app.Doc, int64, error) { return v[r], 1, nil }

func (v rows) Linked(to app.Ref, from app.Kind) (refs []app.Ref, err error) {
	for ref, doc := range v {
		linked := false
		err = doc.Each(func(_ string, value app.Value) { linked = linked || slices.Contains(value.Refs(), to) })
		if ref.Kind == from && linked {
			refs = append(refs, ref)
		}
	}
	slices.SortFunc(refs, func(a, b app.Ref) int { return slices.Compare(a.ID[:], b.ID[:]) })
	return refs, err
}

// do takes in a change by one person as the rules see it.
func (v rows) do(by app.ID, c *app.Change) (app.Decision, error) {
	d, err := book.Decide(&app.Act{Actor: app.Actor{ID: by}, At: 1_000, View: v}, c)
	for _, e := range d.Effects {
		v[e.Ref] = v[e.Ref].Patch(e.Cells)
	}
	return d, err
}

func (v rows) save(t *testing.T, by app.ID, r app.Record) error {
	t.Helper()
	g := book.Registers[r.Meta().Ref.Kind]
	_, err := v.do(by, &app.Change{Ref: r.Meta().Ref, New: r.Meta().IsNew(), Cells: g.Diff(r)})
	return err
}

func (v rows) command(by app.ID, ref app.Ref, command string, args app.Doc) (app.Decision, error) {
	g := book.Registers[ref.Kind]
	spec, err := app.CommandOf(g, command)
	if err != nil {
		return app.Decision{}, err
	}
	c := &app.Change{Ref: ref, Command: command, Args: args}
	for _, f := range spec.Pre {
		c.Cells = append(c.Cells, app.Cell{Field: f, Was: v[ref].Get(f)})
	}
	return v.do(by, c)
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// city is somebody with a grant, and a request to erase him.
func city(t *testing.T) (rows, app.Ref) {
	t.Helper()
	v := rows{}
	p := people.Persons.Draft(hana.ID)
	p.Name, p.Kana, p.Post = "秘密 花子", "ヒミツ ハナコ", "主事"
	ok(t, v.save(t, asks, p))
	g := people.Grants.Draft(app.ID{2})
	g.Person, g.Role = hana, "pm"
	ok(t, v.save(t, asks, g))
	e := erasure.Register.Draft(app.ID{3})
	e.About, e.Basis, e.Reason = hana, erasure.Claimed, "本人の申出"
	ok(t, v.save(t, asks, e))
	return v, e.Ref
}

func (v rows) load(t *testing.T, ref app.Ref) app.Record {
	t.Helper()
	g := book.Registers[ref.Kind]
	r := g.New()
	ok(t, g.Load(r, ref, 1, v[ref]))
	return r
}

func TestAnErasureIsDecidedByTwo(t *testing.T) {
	v, ref := city(t)
	if _, err := v.command(asks, ref, "approve", nil); !app.IsCode(err, app.Forbidden) {
		t.Errorf("approved by who asked: %v", err)
	}
	if _, err := v.command(says, ref, "withdraw", nil); !app.IsCode(err, app.Forbidden) {
		t.Errorf("withdrawn by another: %v", err)
	}
	e := v.load(t, ref).(*erasure.Erasure)
	e.Reason = "別の理由"
	if err := v.save(t, asks, e); !app.IsCode(err, app.Forbidden) {
		t.Errorf("changed after it was asked for: %v", err)
	}
	d, err := v.command(says, ref, "approve", nil)
	ok(t, err)
	if want := []app.Ref{hana, {Kind: people.GrantKind, ID: app.ID{2}}}; !slices.Equal(d.Erased, want) {
		t.Errorf("erases %v, want %v", d.Erased, want)
	}
	if e := v.load(t, ref).(*erasure.Erasure); e.State != erasure.Approved || e.DecidedBy.ID != says || len(e.Erased) != 2 || !slices.Contains(e.Erased, hana) {
		t.Errorf("%+v", e)
	}
	why := app.Doc(nil).Patch([]app.Cell{{Field: "why", Now: app.TextValue("必要な記録のため")}})
	for command, args := range map[string]app.Doc{"approve": nil, "withdraw": nil, "decline": why} {
		if _, err := v.command(says, ref, command, args); !app.IsCode(err, app.Stale) {
			t.Errorf("%s of what was decided: %v", command, err)
		}
	}
}

// TestWhatIsErasedSaysSo: personal values are gone, all else stays, and nobody
// enters something personal again.
func TestWhatIsErasedSaysSo(t *testing.T) {
	v, ref := city(t)
	_, err := v.command(says, ref, "approve", nil)
	ok(t, err)
	p := v.load(t, hana).(*people.Person)
	if !p.IsErased() || p.Name != "" || p.Kana != "" || p.Post != "主事" {
		t.Errorf("%+v", p)
	}
	if got := people.Persons.Show(p, "name", app.JA); got != "消去済み" {
		t.Errorf("the name reads %q", got)
	}
	if got := people.Persons.Show(p, "post", app.EN); got != "主事" {
		t.Errorf("the post reads %q", got)
	}
	p.Phone = "055-000-0000"
	if err := v.save(t, asks, p); !app.IsCode(err, app.Forbidden) {
		t.Errorf("entered again: %v", err)
	}
	p = v.load(t, hana).(*people.Person)
	p.Post = "主任"
	ok(t, v.save(t, asks, p))
	g := app.Ref{Kind: people.GrantKind, ID: app.ID{2}}
	_, err = v.command(asks, g, "revoke", nil)
	ok(t, err)
	if name := v.load(t, g).(*people.Grant).Name; name != "" {
		t.Errorf("the grant copies %q", name)
	}
	if _, err := v.do(asks, &app.Change{Ref: hana, Cells: []app.Cell{{Field: app.ErasedField, Was: v[hana].Get(app.ErasedField)}}}); !app.IsCode(err, app.Forbidden) {
		t.Errorf("the mark was taken away: %v", err)
	}
}

func TestRequestsThatCannotBe(t *testing.T) {
	v, ref := city(t)
	for name, about := range map[string]app.Ref{"an erasure itself": ref, "what is not there": {Kind: app.PersonKind, ID: app.ID{99}}, "nothing": {}} {
		e := erasure.Register.Draft(app.ID{4})
		e.About, e.Basis, e.Reason = about, erasure.Expired, "期間満了"
		if err := v.save(t, asks, e); err == nil {
			t.Errorf("%s can be asked for", name)
		}
	}
}

// TestARecordThatComesAgainIsMadeWithoutItsValues: a server that was restored
// knows of the erasure before the record is brought back to it.
func TestARecordThatComesAgainIsMadeWithoutItsValues(t *testing.T) {
	v := rows{}
	c := &app.Change{Ref: hana, New: true, Cells: []app.Cell{{Field: "name", Erased: true}, {Field: "post", Now: app.TextValue("主事")}}}
	d, err := book.Decide(&app.Act{Actor: app.Actor{ID: asks}, View: v, Erased: func(s app.ID) bool { return s == hana.ID }}, c)
	ok(t, err)
	v[hana] = v[hana].Patch(d.Effects[0].Cells)
	if p := v.load(t, hana).(*people.Person); !p.IsErased() || p.Post != "主事" {
		t.Errorf("%+v", p)
	}
}
