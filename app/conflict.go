package app

import (
	"cmp"
	"fmt"
)

// Conflict is one field where two people wrote different things: both values
// are kept until a person has decided. Conflicts are an ordinary register, so
// they are listed, synced, counted and audited like everything else.
type Conflict struct {
	Head
	About    Ref // the record
	Field    string
	Was      Value // what both authors saw
	Shown    Value // what the record shows until it is decided
	Other    Value
	ShownBy  Ref
	OtherBy  Ref
	ShownAt  Stamp
	OtherAt  Stamp
	ShownErr int64  // milliseconds the time may be off, at least 1; 0: nobody knows
	OtherErr int64  // the same of the other one
	ShownDev string // short name of the device
	OtherDev string
	WaitsFor Ref // who was asked and is to speak next
	Talk     []Remark
	State    ConflictState
	Taken    Taken // how it was decided
	SettleAt Stamp
	SettleBy Ref
}

// ConflictState is where a conflict stands.
type ConflictState string

// Taken is how a conflict was decided.
type Taken string

// The states of a conflict and the ways to decide it.
const (
	ConflictOpen    ConflictState = ""
	ConflictSettled ConflictState = "settled"

	TakeShown Taken = "shown"
	TakeOther Taken = "other"
	TakeTyped Taken = "typed"
)

// ConflictKind is the kind of conflicts.
const ConflictKind Kind = "conflict"

// PersonKind is the kind that authors are linked as.
const PersonKind Kind = "person"

// Settle is what a person decides about a conflict.
type Settle struct {
	Take  Taken
	Value string // typed; as [AnyRegister.Enter] reads it
}

var takes = []Option[Taken]{
	Is(TakeShown, "表示中の値", "The value shown"), Is(TakeOther, "もう一方の値", "The other value"), Is(TakeTyped, "新しい値", "A new value"),
}

// Conflicts is the register of conflicts. It answers 「変更履歴…版数管理」 of
// 3.1.2: nobody's work is overruled silently.
var Conflicts = Describe("conflict", "競合", "Conflicts",
	Link("about", "対象", "Record", "", func(c *Conflict) *Ref { return &c.About }).ByRule().Index(),
	Text("field", "項目", "Field", func(c *Conflict) *string { return &c.Field }).ByRule(),
	Raw("was", "変更前", "Before", func(c *Conflict) *Value { return &c.Was }).ByRule().Seal(),
	Raw("shown", "表示中の値", "Value shown", func(c *Conflict) *Value { return &c.Shown }).ByRule().Seal(),
	Raw("other", "もう一方の値", "Other value", func(c *Conflict) *Value { return &c.Other }).ByRule().Seal(),
	Link("shown_by", "表示中の値の記入者", "Author of the value shown", PersonKind, func(c *Conflict) *Ref { return &c.ShownBy }).ByRule(),
	Link("other_by", "もう一方の値の記入者", "Author of the other value", PersonKind, func(c *Conflict) *Ref { return &c.OtherBy }).ByRule(),
	At("shown_at", "表示中の値の日時", "Time of the value shown", func(c *Conflict) *Stamp { return &c.ShownAt }).ByRule().Index(),
	At("other_at", "もう一方の値の日時", "Time of the other value", func(c *Conflict) *Stamp { return &c.OtherAt }).ByRule(),
	Int("shown_error", "表示中の値の時計の誤差（ミリ秒）", "Clock error of the value shown (ms)", func(c *Conflict) *int64 { return &c.ShownErr }).ByRule(),
	Int("other_error", "もう一方の値の時計の誤差（ミリ秒）", "Clock error of the other value (ms)", func(c *Conflict) *int64 { return &c.OtherErr }).ByRule(),
	Text("shown_device", "表示中の値の端末", "Device of the value shown", func(c *Conflict) *string { return &c.ShownDev }).ByRule(),
	Text("other_device", "もう一方の値の端末", "Device of the other value", func(c *Conflict) *string { return &c.OtherDev }).ByRule(),
	Link("waits_for", "対応待ち先", "Waits for", PersonKind, func(c *Conflict) *Ref { return &c.WaitsFor }).ByRule().Index(),
	talk,
	One("state", "状態", "State", func(c *Conflict) *ConflictState { return &c.State },
		First(ConflictOpen, "open", "未解決", "Open"), Is(ConflictSettled, "解決済", "Settled")).ByRule().Index(),
	One("taken", "決定", "Decision", func(c *Conflict) *Taken { return &c.Taken }, takes...).ByRule(),
	At("settled_at", "解決日時", "Settled at", func(c *Conflict) *Stamp { return &c.SettleAt }).ByRule(),
	Link("settled_by", "解決した人", "Settled by", PersonKind, func(c *Conflict) *Ref { return &c.SettleBy }).ByRule(),
).Clause("1.1.1", "3.1.2").Within(func(c *Conflict) Ref { return c.About }).Lists(
	Listed("open", "未解決", "Open", Where("state", "=", string(ConflictOpen))),
	asked,
	Listed("all", "全て", "All").Newest("shown_at"),
).Can(
	Do("resolve", "解決する", "Resolve", settle,
		One("take", "決定", "Decision", func(s *Settle) *Taken { return &s.Take }, takes...).Must(),
		Text("value", "新しい値", "New value", func(s *Settle) *string { return &s.Value }).Seal(),
	).Saw("state"),
	ask, answer,
)

// openConflict keeps both values of a clash for people to decide.
func (a *Act) openConflict(k clash) ID {
	c := Conflicts.Draft(a.NewID())
	c.About, c.Field = a.change.Ref, k.field
	c.Was, c.Shown, c.Other = k.was, k.shown, k.other
	c.ShownBy, c.ShownAt, c.ShownErr, c.ShownDev = k.shownBy.told()
	c.OtherBy, c.OtherAt, c.OtherErr, c.OtherDev = k.otherBy.told()
	a.Save(c)
	return c.Ref.ID
}

// told is a moment as a conflict keeps it: who, when, how far that may be off
// in milliseconds, and on which device.
func (t Tick) told() (by Ref, at Stamp, off int64, device string) {
	if t.Err >= 0 {
		off = max(t.Err, 1)
	}
	if !t.Device.IsZero() {
		device = t.Device.Short()
	}
	return personRef(t.By), t.At.Stamp(), off, device
}

// ClockErrors are how far the two times may be off, in milliseconds or Unknown.
func (c *Conflict) ClockErrors() (shown, other int64) {
	return cmp.Or(c.ShownErr, Unknown), cmp.Or(c.OtherErr, Unknown)
}

func personRef(id ID) Ref {
	if id.IsZero() {
		return Ref{}
	}
	return Ref{PersonKind, id}
}

// settle decides a conflict. It refuses to overrule an edit that the person
// cannot have seen: then only keeping what is shown is possible here.
func settle(a *Act, c *Conflict, in Settle) error {
	if c.State == ConflictSettled {
		return errSettled
	}
	switch in.Take {
	case TakeShown:
	case TakeOther, TakeTyped:
		if err := overwrite(a, c, in); err != nil {
			return err
		}
	default: // of a later version
		return Refuse(Invalid, "take", "この版にない決定です。プログラムを更新してください。", "this version knows no such decision; update it")
	}
	c.State, c.Taken, c.SettleAt, c.SettleBy = ConflictSettled, in.Take, a.At, personRef(a.Actor.ID)
	c.WaitsFor = Ref{}
	return nil
}

func overwrite(a *Act, c *Conflict, in Settle) error {
	g, r, err := a.Load(c.About)
	if err != nil {
		return err
	}
	field, _ := g.Upcast(c.Field, nil)
	if !r.Meta().seen.Get(field).Equal(c.Shown) {
		return Refuse(Stale, c.Field, "この項目はその後も変更されています。記録を開いて内容を確認し、「表示中の値」で解決してください。",
			fmt.Sprintf("%s has changed again since; look at the record and take \"shown\"", c.Field))
	}
	if in.Take == TakeOther {
		err = g.Put(r, field, c.Other)
	} else if g.Enter(r, field, in.Value) != nil { // its error may quote what was typed, and refusals are kept for ever
		err = Refuse(Invalid, "value", "入力された値は、この項目の値として読めません。項目の形式で入力してください。", "not a value of the field in conflict")
	}
	if err == nil {
		a.Save(r)
	}
	return err
}
