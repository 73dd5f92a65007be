package monitor

import "daicho/app"

// EventKind is the kind of events that monitoring tools report.
const EventKind app.Kind = "monitor_event"

// Event is something that a tool found wrong, until it found it right again.
type Event struct {
	app.Head
	Title     string // what the tool calls it
	Key       string // the tool and its number: the same one told twice is one
	Host      string // as the tool calls it
	Severity  Severity
	Occurred  app.Stamp // by the tool's clock
	Received  app.Stamp // it was told here
	Recovered app.Stamp // by the tool's clock
	Silenced  bool      // it came within a maintenance that the tool knew of
	Incident  app.Ref   // what it became, or belongs to; none: it is a sign alone
	Detail    string
	Item      string // that it came from, as the tool calls it

	Target       app.Ref // that the tool means
	Registration Registration
	Candidates   []app.Ref // targets that it may mean, where that is more than one
}

// Registration is whether it is known which target a tool means.
type Registration string

// The registrations.
const (
	Unregistered Registration = ""
	Registered   Registration = "registered"
	Ambiguous    Registration = "ambiguous"
)

// Severity is how grave a tool says that an event is.
type Severity string

// The severities, the least first.
const (
	Unclassified Severity = ""
	Information  Severity = "information"
	Warning      Severity = "warning"
	Average      Severity = "average"
	High         Severity = "high"
	Disaster     Severity = "disaster"
)

// Severities are all of them, the least first.
var Severities = []Severity{Unclassified, Information, Warning, Average, High, Disaster}

// Recovery is when a tool found it right again.
type Recovery struct{ At app.Stamp }

// Attachment is the target that a tool means.
type Attachment struct{ Target app.Ref }

var attachedTo = app.Link("target", "監視対象", "Target", TargetKind, func(t *Attachment) *app.Ref { return &t.Target }).Must()

// Args are the arguments of the command attach.
func (t Attachment) Args() app.Doc {
	return app.Doc(nil).Patch([]app.Cell{{Field: attachedTo.Name, Now: attachedTo.Value(&t)}})
}

// Events is the register of events.
var Events = app.Describe(EventKind, "監視イベント", "Monitoring events",
	app.Text("title", "事象", "Event", func(e *Event) *string { return &e.Title }).Must().Search().Index(),
	app.Text("key", "監視装置の番号", "Tool's number", func(e *Event) *string { return &e.Key }).Must().Index(),
	app.Text("host", "ホスト", "Host", func(e *Event) *string { return &e.Host }).Must().Search().Index(),
	app.One("severity", "深刻度", "Severity", func(e *Event) *Severity { return &e.Severity },
		app.First(Unclassified, "unclassified", "未分類", "Not classified"), app.Is(Information, "情報", "Information"), app.Is(Warning, "警告", "Warning"),
		app.Is(Average, "軽度の障害", "Average"), app.Is(High, "重度の障害", "High"), app.Is(Disaster, "致命的な障害", "Disaster")).Index(),
	app.At("occurred", "発生日時", "Occurred", func(e *Event) *app.Stamp { return &e.Occurred }).Must().Index(),
	app.At("received", "受信日時", "Received", func(e *Event) *app.Stamp { return &e.Received }).ByRule(),
	app.At("recovered", "復旧日時", "Recovered", func(e *Event) *app.Stamp { return &e.Recovered }).Index(),
	app.Bool("silenced", "計画停止中", "Within maintenance", func(e *Event) *bool { return &e.Silenced }),
	app.Link("incident", "障害", "Incident", "incident", func(e *Event) *app.Ref { return &e.Incident }).Index(),
	app.Long("detail", "詳細", "Detail", func(e *Event) *string { return &e.Detail }).Search().Seal(),
	app.Text("item", "監視項目", "Item", func(e *Event) *string { return &e.Item }).Search(),
	app.Link("target", "監視対象", "Target", TargetKind, func(e *Event) *app.Ref { return &e.Target }).ByRule().Index(),
	app.One("registration", "監視対象の登録", "Target in the register", func(e *Event) *Registration { return &e.Registration },
		app.First(Unregistered, "unregistered", "未登録", "Unregistered"), app.Is(Registered, "登録済み", "Registered"), app.Is(Ambiguous, "候補が複数", "Several candidates")).ByRule(),
	app.Links("candidates", "監視対象の候補", "Candidates", func(e *Event) *[]app.Ref { return &e.Candidates }),
).Clause("3.2.1", "3.2.2").Rule(told).Can(
	app.Do("recover", "復旧を記録する", "Recovered", recovered,
		app.At("at", "復旧日時", "Recovered at", func(r *Recovery) *app.Stamp { return &r.At }).Must()),
	app.Do("attach", "監視対象を指定する", "Name its target", attach, attachedTo).Saw("target"),
).Lists(
	app.Listed("open", "復旧していない", "Not recovered", app.Where("recovered", "=", int64(0))).Newest("occurred"),
	app.Listed("host", "ホスト別", "By host").Of("host").Newest("occurred"),
	app.Listed("incident", "障害別", "By incident").Of("incident").By("occurred"),
	app.Listed("unregistered", "監視対象が未登録・候補が複数", "Target unregistered or ambiguous", app.Where("target", "=", "")).Newest("occurred"),
	app.Listed("target", "監視対象別", "By target").Of("target").Newest("occurred"),
	app.Listed("all", "全て", "All").Newest("occurred"),
)

var (
	errTold = app.Refuse(app.Forbidden, "", "監視装置が報告した内容は変更できません。", "what a tool reported is never changed")
	errBack = app.Refuse(app.Invalid, "at", "復旧日時が発生日時より前です。監視装置の時計を確かめてください。", "it recovered before it occurred; look at the tool's clock")
)

// told keeps an event as the tool told it.
func told(a *app.Act, before, after *Event) error {
	switch {
	case before.IsNew():
		after.Received = a.At
		if len(after.Candidates) > 1 {
			after.Registration = Ambiguous
		}
		if after.Recovered != 0 && after.Recovered < after.Occurred {
			return errBack
		}
	case before.Key != after.Key || before.Title != after.Title || before.Host != after.Host || before.Occurred != after.Occurred || before.Item != after.Item:
		return errTold
	}
	return nil
}

// recovered may be told twice: the first time counts.
func recovered(_ *app.Act, e *Event, r Recovery) error {
	switch {
	case e.Recovered != 0:
		return nil
	case r.At < e.Occurred:
		return errBack
	}
	e.Recovered = r.At
	return nil
}

// attach says which target a tool means by an event, and by the others of its incident
// that came by the same name. A name that is of no target yet is kept with this one, so
// what comes next needs nobody.
func attach(a *app.Act, e *Event, to Attachment) error {
	t, err := app.Get(a, Targets, to.Target)
	if err != nil {
		return err
	}
	if e.Registration == Unregistered && len(Match([]*Target{t}, e.Host, e.Item)) == 0 {
		t.Names = append(t.Names, blankless(e.Host))
		a.Save(t)
	}
	if !e.Incident.IsZero() {
		if err := e.others(a, t); err != nil {
			return err
		}
	}
	e.Target, e.Registration = t.Ref, Registered
	return nil
}

func (e *Event) others(a *app.Act, t *Target) error {
	refs, err := a.Linked(e.Incident, EventKind)
	if err != nil {
		return err
	}
	for _, ref := range refs {
		_, rec, err := a.Load(ref)
		if err != nil {
			return err
		}
		o, ok := rec.(*Event)
		if ok && ref != e.Ref && o.Incident == e.Incident && o.Host == e.Host && o.Registration == e.Registration && o.Target.IsZero() {
			o.Target, o.Registration = t.Ref, Registered
			a.Save(o)
		}
	}
	return nil
}
