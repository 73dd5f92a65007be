package numbering

import (
	"fmt"
	"strings"

	"daicho/app"
)

// Void declares a run of a series' numbers void: they were given back unused, or
// put on what the server refused.
type Void func(a *app.Act, t app.NumberTemplate, series string, first, last int64, refused bool) error

// ledger is how the rules of all records find their numbers here.
type ledger struct {
	void Void
}

// Numbering is what a book asks of this package.
func Numbering(void Void) app.Numbering { return ledger{void} }

// Numbered are the registers whose records have numbers, and the types of records that
// may be numbered otherwise, as people choose them.
type Numbered struct{ Registers, Types []app.Choice }

// Module is what the product takes from this package.
func Module(void Void, n Numbered) app.Module {
	l := ledger{void}
	leases := Leases.Offering("register", n.Registers).Can(
		app.Do("return", "返却する", "Return", l.giveBack).Saw("state").Finally(
			"返却すると、使わなかった番号は欠番になります。端末を失った場合は、その端末で付けた番号のうち、まだ届いていないものも使えなくなります。",
			"What was not used becomes void. Of a lost device, that goes for numbers that have not come here yet, too."),
	).Rule(asked)
	return app.Module{Name: "numbering", Registers: []app.AnyRegister{leases, Formats.Offering("register", n.Registers).Offering("type", n.Types).Rule(ahead)}}
}

var (
	errUnnumbered = app.Refuse(app.Invalid, "register", "この台帳の記録には番号を付けません。別の台帳を選んでください。", "records of this register have no numbers; choose another register")
	errWords      = app.Refuse(app.Invalid, "register", "この台帳の番号は記録の内容によって変わるため、持ち出せません。", "numbers of this register depend on its records; they cannot be leased")
	errStrict     = app.Refuse(app.Invalid, "form", "この台帳の番号は一連でなければなりません。「台帳の持出し」を選んでください。", "the numbers of this register follow one another; take its token instead")
	errLoose      = app.Refuse(app.Invalid, "form", "この台帳は持出しの対象ではありません。「番号ブロック」を選んでください。", "this register has no token; take a block instead")
	errSize       = app.Refuse(app.Invalid, "size", "番号ブロックの件数を入力してください。", "say how many numbers")
	errKept       = app.Refuse(app.Forbidden, "", "番号の持出しは、申請した後に変更できません。返却してから、新しく申請してください。", "a lease is never changed; return it and ask for another")
	errNotOpen    = app.Refuse(app.Stale, "state", "この持出しは使用中ではありません。", "this lease is not in use")
)

// asked gives a lease its numbers, on the server; a device waits for them.
func asked(a *app.Act, before, after *Lease) error {
	switch {
	case !before.IsNew():
		return unchanged(before, after)
	case after.Form == Block && after.Size == 0:
		return errSize
	}
	t, err := leased(a, after)
	if err != nil {
		return err
	}
	after.By, after.At, after.Station = app.Ref{Kind: app.PersonKind, ID: a.Actor.ID}, a.At, a.Device().Short()
	if !a.Decides() {
		return nil
	}
	after.Series, after.Template, after.State = t.Series(after.from(a)), string(t), Open
	after.Holder = app.DeviceRef(a.Device())
	if after.Form == Token {
		return handOver(a, after)
	}
	for range after.Size {
		if after.Last, err = a.Issue(after.Series); err != nil {
			return err
		}
	}
	after.First = after.Last - int64(after.Size) + 1
	after.Taken = after.First - 1
	return nil
}

// unchanged refuses edits of what was asked for; what rules set is theirs.
func unchanged(before, after *Lease) error {
	if before.Register != after.Register || before.Form != after.Form || before.Size != after.Size || before.Day != after.Day || before.Reason != after.Reason {
		return errKept
	}
	return nil
}

// leased is the template of a lease.
func leased(a *app.Act, l *Lease) (app.NumberTemplate, error) {
	t := a.Template(l.Register)
	f, err := formatOf(a, l.Register, "")
	switch {
	case err != nil:
		return "", err
	case t == "":
		return "", errUnnumbered
	case f != nil:
		t = f.template()
	}
	if _, err := t.Fill(nil); err != nil || strings.HasSuffix(string(t), "{版}") {
		return "", errWords
	}
	switch strict := a.IsStrict(l.Register); {
	case strict && l.Form == Block:
		return "", errStrict
	case !strict && l.Form == Token:
		return "", errLoose
	}
	return t, nil
}

func (l *Lease) from(a *app.Act) app.Stamp {
	if l.Day == 0 {
		return a.At
	}
	return app.StampOf(l.Day.Civil().Start())
}

// handOver gives away the token of a series, once.
func handOver(a *app.Act, l *Lease) error {
	out, err := tokenOf(a, l.Series)
	if err != nil {
		return err
	}
	if out != nil {
		return app.Refuse(app.Stale, "register", fmt.Sprintf("この台帳は端末 %s が持ち出しています。返却されてから申請してください。", out.Station),
			fmt.Sprintf("device %s holds this register; ask when it is returned", out.Station))
	}
	l.Of = app.SeriesRef(l.Series)
	last, err := a.Last(l.Series)
	l.First, l.Taken = last+1, last
	return err
}

// tokenOf is the open token of a series; nil if nobody has it.
func tokenOf(a *app.Act, series string) (*Lease, error) {
	refs, err := a.Linked(app.SeriesRef(series), LeaseKind)
	if err != nil || len(refs) == 0 {
		return nil, err
	}
	return app.Get(a, Leases, refs[0])
}

// giveBack ends a lease. What a block has left is void; so is what the holder of a token
// has given beyond the numbers that came here: it may stand on paper.
func (d ledger) giveBack(a *app.Act, l *Lease, _ struct{}) error {
	if l.State != Open {
		return errNotOpen
	}
	holds := l.Holder == app.DeviceRef(a.Device())
	l.State, l.Holder, l.Of, l.Returned = Closed, app.Ref{}, app.Ref{}, a.At
	switch {
	case l.Form == Token && holds:
		return d.countOn(a, l)
	case l.Form == Token || l.Taken == l.Last:
		return nil
	}
	return d.void(a, app.NumberTemplate(l.Template), l.Series, l.Taken+1, l.Last, false)
}

// countOn brings the series of a token to the last number that its holder has given.
func (d ledger) countOn(a *app.Act, l *Lease) error {
	last, err := a.Handed(l.Ref.ID, l.First)
	if err != nil || !a.Decides() || last <= l.Taken {
		return err
	}
	first := l.Taken + 1
	if err = l.count(a, last); err != nil {
		return err
	}
	l.Taken = last
	return d.void(a, app.NumberTemplate(l.Template), l.Series, first, last, true)
}
