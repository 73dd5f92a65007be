package incident

import (
	"slices"

	"daicho/app"
	"daicho/app/sla"
)

var (
	errState    = app.Refuse(app.Stale, "state", "今の状態からは行えません。障害を開いて状態を確認してください。", "not possible from the state the incident is in; look at it")
	errStopped  = app.Refuse(app.Stale, "state", "即時停止中のため、復旧を記録できません。決定の記録を指定して「再開した」を記録してから、復旧を記録してください。", "it is stopped; record by which decision work was taken up again, then that it recovered")
	errBefore   = app.Refuse(app.Invalid, "at", "発生より前の日時です。日時を確かめてください。", "the time is before the incident occurred; look at both")
	errGood     = app.Refuse(app.Invalid, "last_good", "最後に正常だった日時は、発生より前にしてください。", "the last good check is before the incident occurred; look at both")
	errImpact   = app.Refuse(app.Invalid, "impact", "影響範囲がありません。影響範囲を入力してから記録してください。", "the impact is missing; write it first")
	errInterim  = app.Refuse(app.Invalid, "interim", "対応手法がありません。暫定対応か恒久対策を入力してから記録してください。", "the measures are missing; write the interim or the lasting one first")
	errReport   = app.Refuse(app.Invalid, "first", "報告の内容がありません。速報を入力してから記録してください。", "the report is missing; write the first report first")
	errSecurity = app.Refuse(app.Invalid, "nature", "セキュリティインシデントではありません。種別を確かめてください。", "this is no security incident; look at its nature")
	errLast     = app.Refuse(app.Invalid, "last", "最終報告がありません。入力してから終結してください。", "the final report is missing; write it, then close")
)

// When is a time that a person says; none: now.
type When struct {
	sla.Saying
	Note string
}

// Beginning is when it occurred, and how that is known.
type Beginning struct {
	When
	LastGood app.Stamp
}

// Telling is a notice: when, by which way, to whom.
type Telling struct {
	When
	Way, Who string
}

// Grading is which severity it has.
type Grading struct {
	Grade app.Ref
	Note  string
}

// Resuming is by which decision work is taken up again.
type Resuming struct {
	When
	Decision app.Ref
}

// timed are the arguments of a time, of any command that has one.
func timed[A any](at func(*A) *When) []app.Field[A] {
	return []app.Field[A]{
		app.At("at", "日時（空欄は現在）", "Time (empty: now)", func(a *A) *app.Stamp { return &at(a).At }),
		app.One("source", "時刻の出所", "Source of the time", func(a *A) *sla.Source { return &at(a).Source },
			app.Is(sla.Watched, "監視装置", "Monitoring"), app.Is(sla.Served, "サーバー", "Server"), app.Is(sla.ByPerson, "本人の申告", "Said afterwards")),
		app.Int("error", "日時の誤差（秒）", "Error of the time (s)", func(a *A) *int { return &at(a).Error }).Range(0, 86_400),
		app.Long("note", "備考", "Note", func(a *A) *string { return &at(a).Note }).Seal(),
	}
}

func itself(w *When) *When { return w }

// commands are what people do with an incident.
func commands() []app.Command[Incident] {
	began := append(timed(func(b *Beginning) *When { return &b.When }),
		app.At("last_good", "最後に正常だった日時", "Last good check", func(b *Beginning) *app.Stamp { return &b.LastGood }))
	told := append(timed(func(t *Telling) *When { return &t.When }),
		app.Text("way", "方法", "Way", func(t *Telling) *string { return &t.Way }).Must(),
		app.Text("who", "相手", "To whom", func(t *Telling) *string { return &t.Who }).Must().Seal())
	resumed := append(timed(func(r *Resuming) *When { return &r.When }),
		app.Link("decision", "決定の記録", "Decision", "", func(r *Resuming) *app.Ref { return &r.Decision }).Must())
	return []app.Command[Incident]{
		app.Do("occur", "発生日時を記録する", "Occurred", occur, began...).Saw("occurred"),
		app.Do("detect", "検知を記録する", "Detected", moment(Detect), timed(itself)...),
		app.Do("send", "通知した（発信）", "Notice sent", tell(Send), told...),
		app.Do("deliver", "通知した（到達）", "Notice delivered", tell(Deliver), told...),
		app.Do("ack", "通知の受領を確認した", "Notice acknowledged", tell(Ack), told...),
		app.Do("grade", "重大度を決める", "Grade", grade,
			app.Link("grade", "重大度", "Severity", SeverityKind, func(g *Grading) *app.Ref { return &g.Grade }).Must(),
			app.Long("note", "理由", "Why", func(g *Grading) *string { return &g.Note }).Seal()).Saw("severity"),
		app.Do("scope", "影響範囲を特定した", "Scope found", wanting(Scope, errImpact, func(i *Incident) bool { return i.Impact != "" }), timed(itself)...).Saw("impact"),
		app.Do("plan", "対応手法を策定した", "Measures planned", wanting(Plan, errInterim, func(i *Incident) bool { return i.Interim != "" || i.Lasting != "" }), timed(itself)...).Saw("interim", "lasting"),
		app.Do("report", "報告した", "Reported", wanting(Report, errReport, func(i *Incident) bool { return i.First != "" }), timed(itself)...).Saw("first"),
		app.Do("recover", "復旧した", "Recovered", recovered, timed(itself)...).Saw("state"),
		app.Do("know", "認知を記録する", "Became known", secure(Know), timed(itself)...),
		app.Do("judge", "判断を記録する", "Decided", secure(Judge), timed(itself)...),
		app.Do("stop", "即時停止した", "Stopped", stop, timed(itself)...).Saw("state"),
		app.Do("resume", "再開した", "Taken up again", resume, resumed...).Saw("state"),
		app.Do("prompt", "委員会へ速報した", "Prompt report made", moment(Prompt), timed(itself)...),
		app.Do("full", "委員会へ確報した", "Full report made", moment(Full), timed(itself)...),
		app.Do("close", "終結する", "Close", end, timed(itself)...).Saw("state", "last"),
	}
}

// drafted is when the incident was entered. Unless somebody knows better, it occurred
// then, of which nobody vouches for a time before.
func drafted(a *app.Act, before, after *Incident) error {
	if before.IsNew() {
		after.step(a, Draft, sla.Tap(a.At, a.Clock()))
	}
	return nil
}

// at writes down a moment that was said.
func (i *Incident) at(a *app.Act, what What, w When) (*Step, error) {
	told, err := sla.Tell(w.Saying, a.At, a.Clock())
	switch {
	case err != nil:
		return nil, err
	case i.State == Closed:
		return nil, errState
	case i.Occurred != 0 && told.At < i.Occurred && what != Occur:
		return nil, errBefore
	}
	s := i.step(a, what, told)
	s.Note = w.Note
	return s, nil
}

func occur(a *app.Act, i *Incident, b Beginning) error {
	s, err := i.at(a, Occur, b.When)
	if err != nil {
		return err
	}
	if b.LastGood >= s.At {
		return errGood
	}
	s.LastGood, i.Occurred = b.LastGood, s.At
	return nil
}

// moment records one moment and nothing else.
func moment(what What) func(*app.Act, *Incident, When) error {
	return func(a *app.Act, i *Incident, w When) error {
		_, err := i.at(a, what, w)
		return err
	}
}

// wanting records a moment for which something must have been written.
func wanting(what What, otherwise error, written func(*Incident) bool) func(*app.Act, *Incident, When) error {
	return func(a *app.Act, i *Incident, w When) error {
		if !written(i) {
			return otherwise
		}
		_, err := i.at(a, what, w)
		return err
	}
}

func tell(what What) func(*app.Act, *Incident, Telling) error {
	return func(a *app.Act, i *Incident, t Telling) error {
		s, err := i.at(a, what, t.When)
		if err == nil {
			s.Way, s.Who = t.Way, t.Who
		}
		return err
	}
}

// grade gives a severity; those before stay in the course.
func grade(a *app.Act, i *Incident, g Grading) error {
	severity, err := app.Get(a, Severities, g.Grade)
	if err != nil {
		return err
	}
	s, err := i.at(a, Regrade, When{Note: g.Note})
	if err != nil {
		return err
	}
	i.Severity, s.Grade, s.Serious = g.Grade, g.Grade, severity.Serious
	return nil
}

// recovered is no way round the decision that going on after a stop needs.
func recovered(a *app.Act, i *Incident, w When) error {
	if i.State == Stopped {
		return errStopped
	}
	s, err := i.at(a, Recover, w)
	if err == nil {
		i.State, i.Recovered = Recovered, s.At
	}
	return err
}

func secure(what What) func(*app.Act, *Incident, When) error {
	return func(a *app.Act, i *Incident, w When) error {
		if i.Nature != Security {
			return errSecurity
		}
		_, err := i.at(a, what, w)
		return err
	}
}

// stop asks for nothing: whoever is on duty stops first and reports then.
func stop(a *app.Act, i *Incident, w When) error {
	if i.Nature != Security {
		return errSecurity
	}
	_, err := i.at(a, Stop, w)
	if err == nil {
		i.State = Stopped
	}
	return err
}

// resume needs the record of a decision, of whatever kind it is.
func resume(a *app.Act, i *Incident, r Resuming) error {
	if i.State != Stopped {
		return errState
	}
	if _, _, err := a.Load(r.Decision); err != nil {
		return err
	}
	s, err := i.at(a, Resume, r.When)
	if err == nil {
		i.State, s.Decision = Going, r.Decision
	}
	return err
}

func end(a *app.Act, i *Incident, w When) error {
	switch {
	case !slices.Contains([]State{Recovered, Going}, i.State):
		return errState
	case i.Last == "":
		return errLast
	}
	_, err := i.at(a, Close, w)
	if err == nil {
		i.State = Closed
	}
	return err
}
