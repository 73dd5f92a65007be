package staffing

import "daicho/app"

// ReplacementKind is the kind of replacements.
const ReplacementKind app.Kind = "replacement"

// Replacement asks the city to let somebody else hold a post.
type Replacement struct {
	app.Head
	Title      string  // who takes which post, for lists and links
	Member     app.Ref // who goes
	On         app.Day // first day of the substitute
	Reason     string
	Substitute app.Ref
	Experience string
	Similar    bool
	PassedOver string
	Ability    string
	Gaps       []Gap
	Handover   string // how the work is handed over
	Phase      app.Ref
	Build      bool // the day lies in a construction phase
	State      Examination
	Paper      app.Ref // the city's decision to allow it in a construction phase
	PaperNo    string
	Letter     string // the city's number of the examination
	Decided    app.Day
	DecidedBy  app.Ref
	Finding    string // what the examination found
	Successor  app.Ref
}

// Examination is where a replacement stands.
type Examination string

// The states.
const (
	Prepared Examination = ""
	Examined Examination = "examined" // by the city, now
	Passed   Examination = "passed"
	Failed   Examination = "failed"
	Dropped  Examination = "dropped"
)

// Decision names the city's document that allows a replacement in a construction phase.
type Decision struct{ Document app.Ref }

// Finding is the result of the city's examination.
type Finding struct {
	Letter  string
	Finding string
}

// Replacements is the register of replacements, without the commands that ask for
// documents: [Module] adds these.
var Replacements = app.Describe(ReplacementKind, "要員交代", "Replacements",
	app.Text("title", "後任の案", "Successor proposed", func(r *Replacement) *string { return &r.Title }).ByRule().Search().Index().Seal(),
	app.Link("member", "交代する要員", "Who goes", MemberKind, func(r *Replacement) *app.Ref { return &r.Member }).Must().Index(),
	app.On("on", "交代日", "On", func(r *Replacement) *app.Day { return &r.On }).Must().Index(),
	app.Long("reason", "交代の理由", "Why", func(r *Replacement) *string { return &r.Reason }).Must().Search().Seal(),
	app.Link("substitute", "代替要員", "Substitute", app.PersonKind, func(r *Replacement) *app.Ref { return &r.Substitute }).Must().Index(),
	app.Long("experience", "経験", "Experience", func(r *Replacement) *string { return &r.Experience }).Must().Search().Seal(),
	app.Bool("similar", "類似案件の経験", "Similar projects", func(r *Replacement) *bool { return &r.Similar }),
	app.Long("passed_over", "未経験者とする理由", "Why no experience", func(r *Replacement) *string { return &r.PassedOver }).Seal(),
	app.Long("ability", "能力・資格", "Ability", func(r *Replacement) *string { return &r.Ability }).Must().Search().Seal(),
	app.Rows("gaps", "要件との差", "Gaps", func(r *Replacement) *[]Gap { return &r.Gaps },
		app.Text("skill", "技能", "Skill", func(g *Gap) *string { return &g.Skill }),
		app.Int("needed", "必要な水準", "Needed", func(g *Gap) *int { return &g.Needed }),
		app.Int("have", "現在の水準", "Has", func(g *Gap) *int { return &g.Have })).ByRule(),
	app.Long("handover", "引継ぎ計画", "Handover plan", func(r *Replacement) *string { return &r.Handover }).Must().Search().Seal(),
	app.Link("phase", "フェーズ", "Phase", PhaseKind, func(r *Replacement) *app.Ref { return &r.Phase }).ByRule(),
	app.Bool("build", "構築フェーズ", "Construction phase", func(r *Replacement) *bool { return &r.Build }).ByRule(),
	app.One("state", "状態", "State", func(r *Replacement) *Examination { return &r.State }, app.First(Prepared, "prepared", "申請前", "Not asked for"), app.Is(Examined, "市の審査中", "With the city"),
		app.Is(Passed, "合格", "Passed"), app.Is(Failed, "不合格", "Failed"), app.Is(Dropped, "取下げ", "Withdrawn")).ByRule().Index(),
	app.Link("paper", "市の決定文書", "City's decision", documentKind, func(r *Replacement) *app.Ref { return &r.Paper }).ByRule(),
	app.Text("paper_number", "決定文書の番号", "Decision number", func(r *Replacement) *string { return &r.PaperNo }).ByRule(),
	app.Text("letter", "市の文書番号", "The city's number", func(r *Replacement) *string { return &r.Letter }).ByRule(),
	app.On("decided", "市の決定日", "Decided", func(r *Replacement) *app.Day { return &r.Decided }).ByRule(),
	app.Link("decided_by", "市の決定者", "Decided by", app.PersonKind, func(r *Replacement) *app.Ref { return &r.DecidedBy }).ByRule(),
	app.Long("finding", "審査の所見", "Finding", func(r *Replacement) *string { return &r.Finding }).ByRule().Seal(),
	app.Link("successor", "後任", "Successor", MemberKind, func(r *Replacement) *app.Ref { return &r.Successor }).ByRule(),
).Clause("3.1.3").Rule(prepared).Can(
	app.Do("fail", "不合格とする", "Fail", fail,
		app.Text("letter", "市の文書番号", "The city's number", func(f *Finding) *string { return &f.Letter }).Must(),
		app.Long("finding", "審査の所見", "Finding", func(f *Finding) *string { return &f.Finding }).Must().Seal()).Saw("state"),
	app.Do("drop", "取り下げる", "Withdraw", drop).Saw("state"),
).Lists(
	app.Listed("all", "全て", "All").Newest("on"),
	app.Listed("waiting", "市の審査中", "With the city", app.Where("state", "=", string(Examined))).By("on"),
	app.Listed("state", "状態別", "By state").Of("state").By("on"),
)

func replacements(paper Paper) *app.Register[Replacement] {
	return Replacements.Can(
		app.Do("permit", "構築フェーズの交代を認める", "Allow it in construction", permit(paper),
			app.Link("document", "市の決定文書", "City's decision", documentKind, func(d *Decision) *app.Ref { return &d.Document }).Must()).Saw("state", "on", "member", "substitute"),
		app.Do("request", "交代を申請する", "Ask the city", request(paper)).Saw("state", "on"),
		app.Do("pass", "合格とし、交代を許可する", "Pass and allow", pass(paper),
			app.Text("letter", "市の文書番号", "The city's number", func(f *Finding) *string { return &f.Letter }).Must(),
			app.Long("finding", "審査の所見", "Finding", func(f *Finding) *string { return &f.Finding }).Seal()).Saw("state", "on", "paper").Finally(
			"合格とすると、交代日に要員が入れ替わります。取り消すことはできません。", "The post changes hands on that day. Nobody can take it back."),
	)
}
