package terms

import "daicho/app"

// The kinds of times that were agreed on, or in which nothing ran.
const (
	ExtraKind  app.Kind = "extra_hours"
	OutageKind app.Kind = "outage"
)

// Extra is a time outside of the regular hours that the city asked for (追加稼動時間,
// clause 3.1.4). It counts only if it was recorded before it began.
type Extra struct {
	app.Head
	Begins   app.Stamp
	Ends     app.Stamp
	Service  string
	AskedBy  string
	Document string
	Agreed   app.Stamp // it was recorded
}

// Extras is the register of extra hours.
var Extras = app.Describe(ExtraKind, "追加稼動時間", "Extra hours",
	app.At("begins", "開始", "Begins", func(e *Extra) *app.Stamp { return &e.Begins }).Must().Index(),
	app.At("ends", "終了", "Ends", func(e *Extra) *app.Stamp { return &e.Ends }).Must(),
	app.Text("service", "対象の業務", "Service", func(e *Extra) *string { return &e.Service }).Search(),
	app.Text("asked_by", "協議を求めた者", "Asked by", func(e *Extra) *string { return &e.AskedBy }).Seal(),
	app.Text("document", "協議の記録", "Agreement", func(e *Extra) *string { return &e.Document }).Must().Search(),
	app.At("agreed", "記録日時", "Recorded at", func(e *Extra) *app.Stamp { return &e.Agreed }).ByRule(),
).Clause("3.1.4").Rule(agreed).Lists(app.Listed("all", "全て", "All").Newest("begins"))

func agreed(a *app.Act, before, after *Extra) error {
	switch {
	case !before.IsNew():
		return errAgreed
	case after.Ends <= after.Begins:
		return errOrder
	}
	after.Agreed = a.At
	return nil
}

// Outage is a time in which the helpdesk did not run.
type Outage struct {
	app.Head
	Begins   app.Stamp
	Ends     app.Stamp
	Reason   string
	Excluded string // the number of the document that agreed not to count it; empty: it counts
}

// Outages is the register of them.
var Outages = app.Describe(OutageKind, "ヘルプデスクの停止", "Helpdesk outages",
	app.At("begins", "開始", "Begins", func(o *Outage) *app.Stamp { return &o.Begins }).Must().Index(),
	app.At("ends", "終了", "Ends", func(o *Outage) *app.Stamp { return &o.Ends }).Must(),
	app.Long("reason", "理由", "Reason", func(o *Outage) *string { return &o.Reason }).Must().Search().Seal(),
	app.Text("excluded", "除外の合意文書", "Excluded by", func(o *Outage) *string { return &o.Excluded }).Search(),
).Clause("3.3.1").Rule(outage).Lists(app.Listed("all", "全て", "All").Newest("begins"))

func outage(_ *app.Act, _, after *Outage) error {
	if after.Ends <= after.Begins {
		return errOrder
	}
	return nil
}
