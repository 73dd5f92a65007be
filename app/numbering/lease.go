// Package numbering is the register of who may give official numbers when the
// server is away: leased blocks (番号ブロック) and tokens of strict registers
// (台帳の持出し), and how the numbers of a register are written (採番様式). What a
// template means is in package app; numbers that nobody will have are in package
// voided.
package numbering

import "daicho/app"

// LeaseKind is the kind of leases.
const LeaseKind app.Kind = "number_lease"

// Lease is a run of numbers that one device gives by itself.
type Lease struct {
	app.Head
	Register app.Kind // whose numbers
	Form     Form
	Size     int     // of a block
	Day      app.Day // from which it is used: that decides the fiscal year; zero: the day it is asked for
	Reason   string
	State    State
	Station  string  // short name of the device
	Holder   app.Ref // the device, while it has the lease
	Of       app.Ref // the series, while a token is out
	Series   string
	Template string
	First    int64
	Last     int64 // of a block
	Taken    int64 // the last number given; before the first one is, First−1
	By       app.Ref
	At       app.Stamp
	Returned app.Stamp
}

// Form is what is handed over.
type Form string

// The forms.
const (
	Block Form = ""      // so many numbers; the server goes on with those behind them
	Token Form = "token" // the register: nobody else gives numbers of it meanwhile
)

// State is where a lease stands.
type State string

// The states.
const (
	Asked  State = "" // the server has not yet decided
	Open   State = "open"
	Closed State = "closed"
)

// Leases is the register of leases.
var Leases = app.Describe(LeaseKind, "番号の持出し", "Leased numbers",
	app.Text("register", "台帳", "Register", func(l *Lease) *app.Kind { return &l.Register }).Must().Search().Index(),
	app.One("form", "区分", "Form", func(l *Lease) *Form { return &l.Form },
		app.First(Block, "block", "番号ブロック", "Block"), app.Is(Token, "台帳の持出し（採番を一台に限る）", "Token of the register")).Index(),
	app.Int("size", "件数", "Size", func(l *Lease) *int { return &l.Size }).Range(1, 1_000),
	app.On("day", "使用開始日", "Used from", func(l *Lease) *app.Day { return &l.Day }),
	app.Long("reason", "理由", "Reason", func(l *Lease) *string { return &l.Reason }).Must().Search().Seal(),
	app.One("state", "状態", "State", func(l *Lease) *State { return &l.State },
		app.First(Asked, "asked", "サーバーの決定待ち", "Waits for the server"), app.Is(Open, "使用中", "In use"), app.Is(Closed, "返却済", "Returned")).ByRule().Index(),
	app.Text("station", "端末", "Device", func(l *Lease) *string { return &l.Station }).ByRule().Search().Index(),
	app.Link("holder", "使用中の端末", "Held by device", "device", func(l *Lease) *app.Ref { return &l.Holder }).ByRule(),
	app.Link("of", "持出し中の系列", "Series", "series", func(l *Lease) *app.Ref { return &l.Of }).ByRule(),
	app.Text("series", "番号の系列", "Series", func(l *Lease) *string { return &l.Series }).ByRule().Index(),
	app.Text("template", "番号の様式", "Template", func(l *Lease) *string { return &l.Template }).ByRule(),
	app.Int("first", "最初", "First", func(l *Lease) *int64 { return &l.First }).ByRule(),
	app.Int("last", "最後", "Last", func(l *Lease) *int64 { return &l.Last }).ByRule(),
	app.Int("taken", "使用した最後の番号", "Last number given", func(l *Lease) *int64 { return &l.Taken }).ByRule(),
	app.Link("by", "申請者", "Asked by", app.PersonKind, func(l *Lease) *app.Ref { return &l.By }).ByRule(),
	app.At("at", "申請日時", "Asked at", func(l *Lease) *app.Stamp { return &l.At }).ByRule().Index(),
	app.At("returned", "返却日時", "Returned at", func(l *Lease) *app.Stamp { return &l.Returned }).ByRule(),
).Clause("1.1.1", "1.3.2", "2.1.1").Lists(
	app.Listed("open", "使用中", "In use", app.Where("state", "=", string(Open))).Newest("at"),
	app.Listed("all", "全て", "All").Newest("at"),
)
