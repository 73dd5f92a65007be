package monitor

import "daicho/app"

// SignKind is the kind of signs of failures to come.
const SignKind app.Kind = "monitor_sign"

// Sign is something that a failure may follow (障害の兆候): clause 3.2.1 has it found in
// the logs and reported.
type Sign struct {
	app.Head
	Title    string
	Target   app.Ref
	Sort     SignSort
	SeenAt   app.Stamp
	Evidence string
	Expected app.Day // the day on which it would fail
	Measure  string
	State    SignState
	Report   string // the number of the report to the city
	Reported app.Stamp
	Result   string
	Rule     string    // by which it was found, and on what; empty: a person saw it
	Last     app.Stamp // of the facts that it goes by
}

// SignSort is by what a sign was seen.
type SignSort string

// The sorts.
const (
	Errors  SignSort = "errors"
	Trend   SignSort = "trend"
	Unusual SignSort = "unusual"
	Silence SignSort = "silence"
)

// SignState is where a sign stands.
type SignState string

// The states.
const (
	Seen      SignState = ""
	Reported  SignState = "reported"
	Prevented SignState = "closed"
)

// SignReport is how the city was told.
type SignReport struct{ Document string }

// SignEnd is what came of it.
type SignEnd struct{ Result string }

// Signs is the register of signs.
var Signs = app.Describe(SignKind, "障害の兆候", "Signs of failures",
	app.Text("title", "件名", "Title", func(s *Sign) *string { return &s.Title }).Must().Search().Index(),
	app.Link("target", "監視対象", "Target", TargetKind, func(s *Sign) *app.Ref { return &s.Target }).Must().Index(),
	app.One("sort", "見つけ方", "Seen by", func(s *Sign) *SignSort { return &s.Sort },
		app.Is(Errors, "エラーの増加", "More errors"), app.Is(Trend, "傾向", "Trend"), app.Is(Unusual, "普段と違う動き", "Unusual"), app.Is(Silence, "記録の途絶", "Silence")).Must().Index(),
	app.At("seen", "発見日時", "Seen", func(s *Sign) *app.Stamp { return &s.SeenAt }).Index(),
	app.Long("evidence", "根拠", "Evidence", func(s *Sign) *string { return &s.Evidence }).Must().Search().Seal(),
	app.On("expected", "障害が見込まれる日", "Failure expected on", func(s *Sign) *app.Day { return &s.Expected }),
	app.Long("measure", "対応", "Measure", func(s *Sign) *string { return &s.Measure }).Search().Seal(),
	app.One("state", "状態", "State", func(s *Sign) *SignState { return &s.State },
		app.First(Seen, "seen", "未報告", "Not reported"), app.Is(Reported, "報告済み", "Reported"), app.Is(Prevented, "完了", "Closed")).ByRule().Index(),
	app.Text("report", "報告の文書番号", "Report no.", func(s *Sign) *string { return &s.Report }).ByRule().Search(),
	app.At("reported", "報告日時", "Reported at", func(s *Sign) *app.Stamp { return &s.Reported }).ByRule(),
	app.Long("result", "結果", "Result", func(s *Sign) *string { return &s.Result }).ByRule().Seal(),
	app.Text("rule", "検出の規則", "Rule", func(s *Sign) *string { return &s.Rule }).Search(),
	app.At("last", "根拠の最終日時", "Last of the evidence", func(s *Sign) *app.Stamp { return &s.Last }),
).Clause("3.2.1").Within(func(s *Sign) app.Ref { return s.Target }).Rule(noticed).Can(
	app.Do("report", "市へ報告した", "Reported to the city", reported,
		app.Text("document", "報告の文書番号", "Report no.", func(r *SignReport) *string { return &r.Document }).Must()).Saw("state"),
	app.Do("close", "完了にする", "Close", prevented,
		app.Long("result", "結果", "Result", func(e *SignEnd) *string { return &e.Result }).Must().Seal()).Saw("state"),
).Lists(
	app.Listed("open", "完了していない", "Not closed", app.Where("state", "<>", string(Prevented))).Newest("seen"),
	app.Listed("unreported", "未報告", "Not reported", app.Where("state", "=", string(Seen))).Newest("seen"),
	app.Listed("all", "全て", "All").Newest("seen"),
)

// errUnreported keeps a sign open until the city has heard of it.
var errUnreported = app.Refuse(app.Stale, "state", "市へ報告していません。報告の文書番号を記録してから、完了にしてください。", "the city was not told; record the number of the report, then close")

func noticed(a *app.Act, before, after *Sign) error {
	if before.IsNew() && after.SeenAt == 0 {
		after.SeenAt = a.At
	}
	return nil
}

func reported(a *app.Act, s *Sign, r SignReport) error {
	if s.State != Seen {
		return errState
	}
	s.State, s.Report, s.Reported = Reported, r.Document, a.At
	return nil
}

func prevented(_ *app.Act, s *Sign, e SignEnd) error {
	switch s.State {
	case Seen:
		return errUnreported
	case Reported:
		s.State, s.Result = Prevented, e.Result
		return nil
	}
	return errState
}
