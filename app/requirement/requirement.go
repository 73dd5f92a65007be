// Package requirement is the register of what the contract asks for, and the method by
// which it is checked whether it is met (3.1.1, 充足度マトリクス). The clauses of the
// city's specification are entered by [Preload]; those of proposal and plan by people.
//
// The evidence of a clause fills itself in, for registers name the clauses that they
// answer. The judgement never does: it is a person's, dated, the contractor's and the
// city's apart. Examples (実施内容の例) illustrate and are never judged.
package requirement

import "daicho/app"

// Kind is the kind of requirements.
const Kind app.Kind = "requirement"

// Requirement is one thing that is asked for.
type Requirement struct {
	app.Head
	Code    string // 2.1.1-S3
	Clause  string
	Tag     Tag
	Text    string
	Origin  Origin
	Version string // of the document it stands in

	Contractor   Verdict
	ContractorOn app.Day
	City         Verdict
	CityOn       app.Day
}

// Tag is how binding it is, by the column of the specification in which it stands.
type Tag string

// The tags.
const (
	Binding    Tag = "m" // サービス仕様
	Supplement Tag = "s" // サービス仕様の補足
	Example    Tag = "e" // 実施内容の例
)

// Origin is the document in which it stands.
type Origin string

// The origins.
const (
	Specification Origin = "specification"
	Offer         Origin = "proposal"
	ProjectPlan   Origin = "project_plan"
)

// Verdict is how far a requirement is met.
type Verdict string

// The verdicts.
const (
	Unjudged      Verdict = ""
	Met           Verdict = "met"
	Partly        Verdict = "partly"
	Unmet         Verdict = "unmet"
	NotApplicable Verdict = "not_applicable"
)

var verdicts = []app.Option[Verdict]{
	app.First(Unjudged, "unjudged", "未判定", "Not judged"), app.Is(Met, "充足", "Met"), app.Is(Partly, "一部充足", "Partly met"),
	app.Is(Unmet, "未充足", "Not met"), app.Is(NotApplicable, "対象外", "Not applicable"),
}

// Finding is what somebody found.
type Finding struct {
	Verdict  Verdict
	Measured string
	Evidence []app.Ref
	Note     string
}

// Reason is why something is.
type Reason struct{ Reason string }

func finding() []app.Field[Finding] {
	return []app.Field[Finding]{
		app.One("verdict", "判定", "Verdict", func(f *Finding) *Verdict { return &f.Verdict }, verdicts[1:]...).Must(),
		app.Text("measured", "測定値", "Measured", func(f *Finding) *string { return &f.Measured }),
		app.Links("evidence", "証跡", "Evidence", func(f *Finding) *[]app.Ref { return &f.Evidence }),
		app.Long("note", "所見", "What you say", func(f *Finding) *string { return &f.Note }).Seal(),
	}
}

// Register is the register of requirements.
var Register = app.Describe(Kind, "要件", "Requirements",
	app.Text("code", "要件番号", "Code", func(r *Requirement) *string { return &r.Code }).Must().Search().Index(),
	app.Text("clause", "条項", "Clause", func(r *Requirement) *string { return &r.Clause }).Must().Search().Index(),
	app.One("tag", "区分", "Column", func(r *Requirement) *Tag { return &r.Tag }, app.Is(Binding, "仕様", "Specification"),
		app.Is(Supplement, "補足", "Supplement"), app.Is(Example, "例示", "Example")).Must().Index(),
	app.Text("text", "要件", "Requirement", func(r *Requirement) *string { return &r.Text }).Must().Search().Index(),
	app.One("origin", "出典", "Origin", func(r *Requirement) *Origin { return &r.Origin }, app.Is(Specification, "サービス仕様書", "Specification"),
		app.Is(Offer, "提案書", "Proposal"), app.Is(ProjectPlan, "プロジェクト計画書", "Project plan")).Must().Index(),
	app.Text("version", "出典の版", "Version of it", func(r *Requirement) *string { return &r.Version }),
	app.One("contractor", "事業者の判定", "Contractor's verdict", func(r *Requirement) *Verdict { return &r.Contractor }, verdicts...).ByRule().Index(),
	app.On("contractor_on", "事業者の判定日", "Contractor judged on", func(r *Requirement) *app.Day { return &r.ContractorOn }).ByRule().Index(),
	app.One("city", "市の判定", "City's verdict", func(r *Requirement) *Verdict { return &r.City }, verdicts...).ByRule().Index(),
	app.On("city_on", "市の判定日", "City judged on", func(r *Requirement) *app.Day { return &r.CityOn }).ByRule().Index(),
).Clause("3.1.1").Rule(fixed).Can(
	app.Do("judge", "事業者として判定する", "Judge for the contractor", judge, finding()...).Saw("contractor"),
	app.Do("assess", "市として判定する", "Judge for the city", assess, finding()...).Saw("city"),
	app.Do("warn", "満たせないおそれを指摘する", "Point out a likely failure", warn,
		app.Long("reason", "理由", "Why", func(r *Reason) *string { return &r.Reason }).Must().Seal()),
).Lists(
	app.Listed("all", "全て", "All").By("code"),
	app.Listed("clause", "条項別", "By clause").Of("clause").By("code"),
	app.Listed("tag", "区分別", "By column").Of("tag").By("code"),
	app.Listed("contractor", "事業者の判定別", "By the contractor's verdict").Of("contractor").By("code"),
	app.Listed("city", "市の判定別", "By the city's verdict").Of("city").By("code"),
)

// JudgementKind is the kind of judgements.
const JudgementKind app.Kind = "judgement"

// Judgement is what one side found on a day; a later one does not take its place.
type Judgement struct {
	app.Head
	Requirement app.Ref
	Side        Side
	Verdict     Verdict
	Measured    string
	Evidence    []app.Ref
	Note        string
	At          app.Stamp
	By          app.Ref
}

// Side is whose judgement it is.
type Side string

// The sides.
const (
	OfContractor Side = "contractor"
	OfCity       Side = "city"
)

// Judgements is the register of judgements: commands alone write it.
var Judgements = app.Describe(JudgementKind, "充足の判定", "Judgements",
	app.Link("requirement", "要件", "Requirement", Kind, func(j *Judgement) *app.Ref { return &j.Requirement }).ByRule().Index(),
	app.One("side", "判定者", "Side", func(j *Judgement) *Side { return &j.Side }, app.Is(OfContractor, "事業者", "Contractor"), app.Is(OfCity, "市", "City")).ByRule().Index(),
	app.One("verdict", "判定", "Verdict", func(j *Judgement) *Verdict { return &j.Verdict }, verdicts...).ByRule().Index(),
	app.Text("measured", "測定値", "Measured", func(j *Judgement) *string { return &j.Measured }).ByRule(),
	app.Links("evidence", "証跡", "Evidence", func(j *Judgement) *[]app.Ref { return &j.Evidence }).ByRule(),
	app.Long("note", "所見", "What was said", func(j *Judgement) *string { return &j.Note }).ByRule().Search().Seal(),
	app.At("at", "判定日時", "At", func(j *Judgement) *app.Stamp { return &j.At }).ByRule().Index(),
	app.Link("by", "判定した者", "By", app.PersonKind, func(j *Judgement) *app.Ref { return &j.By }).ByRule(),
).Clause("3.1.1").Within(func(j *Judgement) app.Ref { return j.Requirement }).Lists(
	app.Listed("all", "全て", "All").Newest("at"),
	app.Listed("requirement", "要件別", "By requirement").Of("requirement").Newest("at"),
)

// Module is what the product takes from this package.
func Module() app.Module {
	return app.Module{Name: "requirement", Registers: []app.AnyRegister{Register, Judgements, Measures}}
}
