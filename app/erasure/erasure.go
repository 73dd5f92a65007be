// Package erasure is the register of erasures (個人情報の消去): who asked for the
// personal values of a record to be erased, and why, and who decided. Erasing itself
// is done by the server, in the transaction of the approval, and by every replica
// that hears of it.
package erasure

import "daicho/app"

// Kind is the kind of erasures.
const Kind app.Kind = "erasure"

// Erasure is one request and what became of it.
type Erasure struct {
	app.Head
	About     app.Ref // the record
	Basis     Basis
	Reason    string
	State     State
	By        app.Ref // who asked
	At        app.Stamp
	DecidedBy app.Ref
	DecidedAt app.Stamp
	Why       string    // it was declined
	Erased    []app.Ref // the record and all that was about it
	Zone      app.Zone  // of the record when it was asked for
}

// Basis is on what ground something is erased.
type Basis string

// The grounds.
const (
	Claimed  Basis = "claimed"
	Expired  Basis = "expired"
	Mistaken Basis = "mistaken"
	Ended    Basis = "ended"
	Other    Basis = "other"
)

// State is where an erasure stands.
type State string

// The states.
const (
	Asked     State = ""
	Approved  State = "approved"
	Declined  State = "declined"
	Withdrawn State = "withdrawn"
)

// Decline is why somebody does not approve.
type Decline struct{ Why string }

// Free refuses to erase records of which one has to stay: another module says so.
type Free func(a *app.Act, refs []app.Ref) error

func register(free Free) *app.Register[Erasure] {
	return Register.Can(
		app.Do("approve", "承認して消去する", "Approve and erase", approve(free)).Saw("state", "about").Finally(
			"承認すると、この記録と関連する記録の個人情報が、サーバーと全ての端末から消去されます。元に戻すことはできません。",
			"Approving erases the personal data of this record, and of all that is about it, at the server and on every device. Nobody can take that back."),
	)
}

// Register is the register of erasures, without the one command for which it must ask
// what is held: [Module] adds that.
var Register = app.Describe(Kind, "個人情報の消去", "Erasures",
	app.Link("about", "消去する記録", "Record", "", func(e *Erasure) *app.Ref { return &e.About }).Must().Index(),
	app.One("basis", "根拠", "Ground", func(e *Erasure) *Basis { return &e.Basis },
		app.Is(Claimed, "本人の請求（個人情報保護法第98条）", "Claim of the person (Act on the Protection of Personal Information, art. 98)"),
		app.Is(Expired, "保存期間の満了", "End of the retention period"), app.Is(Mistaken, "誤った登録", "Entered by mistake"),
		app.Is(Ended, "契約の終了", "End of the contract"), app.Is(Other, "その他", "Other")).Must().Index(),
	app.Long("reason", "理由", "Reason", func(e *Erasure) *string { return &e.Reason }).Must().Seal(),
	app.One("state", "状態", "State", func(e *Erasure) *State { return &e.State },
		app.First(Asked, "asked", "承認待ち", "Waits for approval"), app.Is(Approved, "承認", "Approved"),
		app.Is(Declined, "却下", "Declined"), app.Is(Withdrawn, "取下げ", "Withdrawn")).ByRule().Index(),
	app.Link("by", "請求者", "Asked by", app.PersonKind, func(e *Erasure) *app.Ref { return &e.By }).ByRule().Index(),
	app.At("at", "請求日時", "Asked at", func(e *Erasure) *app.Stamp { return &e.At }).ByRule().Index(),
	app.Link("decided_by", "決定者", "Decided by", app.PersonKind, func(e *Erasure) *app.Ref { return &e.DecidedBy }).ByRule(),
	app.At("decided_at", "決定日時", "Decided at", func(e *Erasure) *app.Stamp { return &e.DecidedAt }).ByRule().Index(),
	app.Long("why", "却下の理由", "Why it was declined", func(e *Erasure) *string { return &e.Why }).ByRule().Seal(),
	app.Links("erased_records", "消去した記録", "Records erased", func(e *Erasure) *[]app.Ref { return &e.Erased }).ByRule(),
	app.One("zone", "領域", "Zone", func(e *Erasure) *app.Zone { return &e.Zone }, app.Zones...).ByRule(),
).Clause("1.3.2", "3.1.2").Zoned(func(e *Erasure) app.Zone { return e.Zone }).Rule(ask).Can(
	app.Do("decline", "却下する", "Decline", decline,
		app.Long("why", "却下の理由", "Why", func(d *Decline) *string { return &d.Why }).Must().Seal()).Saw("state"),
	app.Do("withdraw", "取り下げる", "Withdraw", withdraw).Saw("state"),
).Lists(
	app.Listed("asked", "承認待ち", "Waiting", app.Where("state", "=", string(Asked))).Newest("at"),
	app.Listed("approved", "消去済", "Erased", app.Where("state", "=", string(Approved))).Newest("at"),
	app.Listed("all", "全て", "All").Newest("at"),
)

// Module is what the product takes from this package.
func Module(free Free) app.Module {
	return app.Module{Name: "erasure", Registers: []app.AnyRegister{register(free)}}
}
