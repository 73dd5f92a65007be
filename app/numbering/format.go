package numbering

import (
	"crypto/sha256"
	"strings"

	"daicho/app"
	"daicho/app/civil"
)

// FormatKind is the kind of number formats.
const FormatKind app.Kind = "number_format"

// Format says how records of a register, or those of one type, are numbered from
// a fiscal year on. Without any the product's own table counts.
type Format struct {
	app.Head
	Register app.Kind
	Of       app.Ref // the register, for links
	Type     string  // of records, as machines read it; empty: all
	Year     int     // the first fiscal year
	Template string
	Office   string // 課記号
	Reason   string
}

// Formats is the register of number formats.
var Formats = app.Describe(FormatKind, "採番様式", "Number formats",
	app.Text("register", "台帳", "Register", func(f *Format) *app.Kind { return &f.Register }).Must().Search().Index(),
	app.Link("of", "対象", "Of", "register", func(f *Format) *app.Ref { return &f.Of }).ByRule(),
	app.Text("type", "種別", "Type", func(f *Format) *string { return &f.Type }).Search(),
	app.Int("year", "適用開始年度（西暦）", "First fiscal year", func(f *Format) *int { return &f.Year }).Must().Range(2019, 2200).Index(),
	app.Text("template", "番号の様式", "Template", func(f *Format) *string { return &f.Template }).Must(),
	app.Text("office", "課記号", "Office", func(f *Format) *string { return &f.Office }),
	app.Long("reason", "理由", "Reason", func(f *Format) *string { return &f.Reason }).Search().Seal(),
).Clause("1.1.1", "2.1.1").Lists(
	app.Listed("all", "全て", "All").Newest("year"),
)

var errPast = app.Refuse(app.Forbidden, "year", "既に始まった年度の採番様式は変更できません。次の年度から始まる様式を登録してください。",
	"the format of a fiscal year that has begun is never changed; enter one for the next year")

// ahead refuses to change how numbers of a year that has begun are written: the
// first format of a register may begin with the year at hand.
func ahead(a *app.Act, before, after *Format) error {
	after.Of = registerRef(after.Register)
	now := civil.FiscalYear(a.At.Time())
	if !before.IsNew() && before.Year <= now || after.Year < now {
		return errPast
	}
	if a.Template(after.Register) == "" {
		return errUnnumbered
	}
	return after.template().Check()
}

// registerRef stands for a register in links; there is no record behind it.
func registerRef(kind app.Kind) app.Ref {
	return app.Ref{Kind: "register", ID: app.DerivedID(sha256.Sum256([]byte("daicho-register-1" + string(kind))))}
}

// formatOf is the format of a record of a type at a moment: the one of its type
// before the one of all, of the latest year; nil if there is none.
func formatOf(a *app.Act, kind app.Kind, typ string) (best *Format, err error) {
	refs, err := a.Linked(registerRef(kind), FormatKind)
	if err != nil {
		return nil, err
	}
	for _, ref := range refs {
		f, err := app.Get(a, Formats, ref)
		if err != nil {
			return nil, err
		}
		counts := f.Year <= civil.FiscalYear(a.At.Time()) && (f.Type == "" || f.Type == typ)
		if counts && (best == nil || f.before(best)) {
			best = f
		}
	}
	return best, nil
}

// before says whether a format counts before another that counts as well.
func (f *Format) before(g *Format) bool {
	if (f.Type == "") != (g.Type == "") {
		return f.Type != ""
	}
	return f.Year > g.Year
}

// template is the format's, with its office.
func (f *Format) template() app.NumberTemplate {
	return app.NumberTemplate(strings.ReplaceAll(f.Template, "{課記号}", f.Office))
}
