// Package voided is the register of official numbers that nobody will ever have
// (欠番): which, why, and who decided it when. It lets a ledger say why a number is
// missing. The server alone writes it; numbering is not here.
package voided

import "daicho/app"

// Kind is the kind of voided numbers.
const Kind app.Kind = "voided_number"

// Number is one number, or a run of them, that is void.
type Number struct {
	app.Head
	Numbers string // as they would have been written: the only one, or the first and the last
	Series  string // that counted them
	First   int64
	Last    int64 // the same as First where it is one
	Reason  Reason
	Epoch   string // of the order in which it was decided
	Decided app.Stamp
	By      string // who decided it
}

// Reason is why nobody has a number.
type Reason string

// Restored is of numbers that a server left out, or that a device had seen, when
// the server was restored, and that no device brought back.
const Restored Reason = "restored"

// The reasons of numbers that a device had been given to give by itself.
const (
	Returned Reason = "returned" // given back unused
	Refused  Reason = "refused"  // put on what the server refused
)

// Register is the register of voided numbers.
var Register = app.Describe(Kind, "欠番", "Voided numbers",
	app.Text("numbers", "欠番とする番号", "Numbers", func(v *Number) *string { return &v.Numbers }).Must().Search().Index(),
	app.Text("series", "番号の系列", "Series", func(v *Number) *string { return &v.Series }).Must().Index(),
	app.Int("first", "最初", "First", func(v *Number) *int64 { return &v.First }).Must().Range(1, 1<<53).Index(),
	app.Int("last", "最後", "Last", func(v *Number) *int64 { return &v.Last }).Must().Range(1, 1<<53),
	app.One("reason", "理由", "Reason", func(v *Number) *Reason { return &v.Reason },
		app.Is(Restored, "サーバーの復元により未使用", "Not used since the server was restored"),
		app.Is(Returned, "持ち出した番号を未使用のまま返却", "Leased and returned unused"),
		app.Is(Refused, "付けた記録をサーバーが受け付けなかった", "Given to what the server refused")).Must().Index(),
	app.Text("epoch", "受付の系列", "Order", func(v *Number) *string { return &v.Epoch }),
	app.At("decided", "決定日時", "Decided", func(v *Number) *app.Stamp { return &v.Decided }).Must().Index(),
	app.Text("by", "決定者", "Decided by", func(v *Number) *string { return &v.By }).Must().Search().Seal(),
).Clause("1.1.1", "3.1.2").Rule(once).Rule(ordered).Lists(
	app.Listed("all", "全て", "All").Newest("decided"),
	app.Listed("series", "系列別", "By series").Of("series").By("first"),
)

// once refuses every change of what was decided: a printed ledger stays true.
func once(_ *app.Act, before, _ *Number) error {
	if before.Series != "" {
		return app.Refuse(app.Forbidden, "", "欠番の記録は変更できません。", "a voided number is never changed")
	}
	return nil
}

func ordered(_ *app.Act, _, after *Number) error {
	if after.Last < after.First {
		return app.Refuse(app.Invalid, "last", "最後の番号が最初の番号より前です。番号を確認してください。", "the last number is before the first")
	}
	return nil
}

// Writer is where records are made: a transaction of the server.
type Writer interface {
	Draft(app.Kind) (app.Record, error)
	Save(app.Record) error
}

// Declare writes a run of numbers into the register, as the table of numbers
// would have written them.
func Declare(w Writer, table map[app.Kind]app.NumberTemplate, n Number) error {
	r, err := w.Draft(Kind)
	if err != nil {
		return err
	}
	n.write(templateOf(table, n.Series))
	n.Head = *r.Meta()
	*r.(*Number) = n
	return w.Save(r)
}

// Leased declares a run of numbers void that a device had been given: part of the
// act that shows it.
func Leased(a *app.Act, t app.NumberTemplate, series string, first, last int64, refused bool) error {
	v := Register.Draft(a.NewID())
	v.Series, v.First, v.Last, v.Reason, v.Decided, v.By = series, first, last, Returned, a.At, "端末 "+a.Device().Short()
	if refused {
		v.Reason = Refused
	}
	v.write(t)
	a.Save(v)
	return nil
}

// write says the numbers as their template would have.
func (v *Number) write(t app.NumberTemplate) {
	if v.Numbers = t.Format(v.Series, v.First); v.Last > v.First {
		v.Numbers += "〜" + t.Format(v.Series, v.Last)
	}
}

// templateOf is the one that counts in a series; plain digits if the table has
// none any more.
func templateOf(table map[app.Kind]app.NumberTemplate, series string) app.NumberTemplate {
	for _, t := range table {
		if t.Counts(series) {
			return t
		}
	}
	return app.NumberTemplate(series)
}

// Module is what the product takes from this package.
func Module() app.Module {
	return app.Module{Name: "voided", Registers: []app.AnyRegister{Register}}
}
