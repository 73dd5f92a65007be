// Package disaster is the register of disaster declarations (災害宣言): what happened,
// since when service has been difficult, who declared it, what it changes for people,
// and when it was over. How work goes on in each phase is written in the plans, not
// here.
package disaster

import "daicho/app"

// Kind is the kind of disaster declarations.
const Kind app.Kind = "disaster"

// Disaster is one declaration, or the drill of one.
type Disaster struct {
	app.Head
	Title      string
	Type       Type
	Nature     Nature
	Happened   app.Stamp
	Since      app.Stamp // service has been difficult: the phases count from here
	Extent     string
	Change     string // what changes for people; its first line stands on every page
	State      State
	DeclaredBy app.Ref
	DeclaredAt app.Stamp
	EndedBy    app.Ref
	EndedAt    app.Stamp
	Reason     string // it ended
}

// Type is what happened.
type Type string

// The types.
const (
	Earthquake Type = "earthquake"
	Flood      Type = "flood"
	Fire       Type = "fire"
	Power      Type = "power"
	Network    Type = "network"
	Cyber      Type = "cyber"
	Other      Type = "other"
)

// Nature tells a drill from the real thing.
type Nature string

// The natures.
const (
	Real  Nature = ""
	Drill Nature = "drill"
)

// State is where a declaration stands.
type State string

// The states.
const (
	Prepared State = ""
	Declared State = "declared"
	Ended    State = "ended"
)

// Ending is why a disaster is over.
type Ending struct{ Reason string }

// Register is the register of disaster declarations.
var Register = app.Describe(Kind, "災害宣言", "Disasters",
	app.Text("title", "件名", "Title", func(d *Disaster) *string { return &d.Title }).Must().Search().Index(),
	app.One("type", "種別", "Type", func(d *Disaster) *Type { return &d.Type },
		app.Is(Earthquake, "地震", "Earthquake"), app.Is(Flood, "風水害", "Flood"), app.Is(Fire, "火災", "Fire"), app.Is(Power, "停電", "Power failure"),
		app.Is(Network, "通信障害", "Network failure"), app.Is(Cyber, "サイバー攻撃", "Cyber attack"), app.Is(Other, "その他の災害", "Other disaster")).Must().Index(),
	app.One("nature", "区分", "Nature", func(d *Disaster) *Nature { return &d.Nature },
		app.First(Real, "real", "実災害", "Real"), app.Is(Drill, "訓練", "Drill")).Index(),
	app.At("happened", "発生日時", "Happened", func(d *Disaster) *app.Stamp { return &d.Happened }).Must(),
	app.At("since", "困難な事象の発生", "Difficult since", func(d *Disaster) *app.Stamp { return &d.Since }).Must().Index(),
	app.Long("extent", "範囲", "Extent", func(d *Disaster) *string { return &d.Extent }).Must().Search().Seal(),
	app.Long("change", "何が変わるか", "What changes", func(d *Disaster) *string { return &d.Change }).Must().Search().Seal(),
	app.One("state", "状態", "State", func(d *Disaster) *State { return &d.State },
		app.First(Prepared, "prepared", "宣言前", "Not declared"), app.Is(Declared, "宣言中", "Declared"), app.Is(Ended, "終結", "Ended")).ByRule().Index(),
	app.Link("declared_by", "宣言者", "Declared by", app.PersonKind, func(d *Disaster) *app.Ref { return &d.DeclaredBy }).ByRule().Index(),
	app.At("declared_at", "宣言日時", "Declared at", func(d *Disaster) *app.Stamp { return &d.DeclaredAt }).ByRule(),
	app.Link("ended_by", "終結者", "Ended by", app.PersonKind, func(d *Disaster) *app.Ref { return &d.EndedBy }).ByRule(),
	app.At("ended_at", "終結日時", "Ended at", func(d *Disaster) *app.Stamp { return &d.EndedAt }).ByRule(),
	app.Long("reason", "終結の理由", "Why it ended", func(d *Disaster) *string { return &d.Reason }).ByRule().Seal(),
).Clause("1.3.2").Rule(fixed).Rule(ordered).Rule(marked).Can(
	app.Do("declare", "宣言する", "Declare", declare).Saw("state", "nature", "since").Finally(
		"宣言すると、全ての端末の全ての画面に表示されます。表示は終結するまで消えません。",
		"Declaring shows it on every page of every device. It stays there until it is ended."),
	app.Do("end", "終結する", "End", end,
		app.Long("reason", "終結の理由", "Why", func(e *Ending) *string { return &e.Reason }).Must().Seal()).Saw("state"),
).Lists(
	app.Listed("all", "全て", "All").Newest("since"),
	app.Listed("declared", "宣言中", "Declared", app.Where("state", "=", string(Declared))).Newest("since"),
)

// Module is what the product takes from this package.
func Module() app.Module {
	return app.Module{Name: "disaster", Registers: []app.AnyRegister{Register}}
}
