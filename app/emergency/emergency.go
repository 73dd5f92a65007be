// Package emergency is the register of emergency access: each time that a replica
// was opened by its recovery key or by two custodians together. Opening itself is
// not here; the programs do that and note it before anything else.
package emergency

import (
	"context"

	"daicho/app"
	"daicho/store"
)

// Kind is the kind of emergency accesses.
const Kind app.Kind = "emergency_access"

// Access is one opening that was not by passphrase or keyring.
type Access struct {
	app.Head
	Way        Way
	At         app.Stamp
	Reason     string
	Shares     string // the set and the numbers of the two shares
	Custodians string
}

// Way is how it was opened.
type Way string

// The ways.
const (
	TwoPersons  Way = "two_persons"
	RecoveryKey Way = "recovery_key"
)

// Register is the register of emergency accesses.
var Register = app.Describe(Kind, "緊急解錠", "Emergency access",
	app.One("way", "方法", "Way", func(a *Access) *Way { return &a.Way },
		app.Is(TwoPersons, "二人による解錠", "Two persons"), app.Is(RecoveryKey, "回復キー", "Recovery key")).Must().Index(),
	app.At("at", "日時", "Time", func(a *Access) *app.Stamp { return &a.At }).Must().Index(),
	app.Long("reason", "理由", "Reason", func(a *Access) *string { return &a.Reason }).Must().Search().Seal(),
	app.Text("shares", "分割キー", "Shares", func(a *Access) *string { return &a.Shares }),
	app.Text("custodians", "保管者", "Custodians", func(a *Access) *string { return &a.Custodians }).Search().Seal(),
).Clause("1.3.2").Rule(once).Lists(
	app.Listed("all", "全て", "All").Newest("at"),
	app.Listed("way", "方法", "By way").Of("way").Newest("at"),
)

// once refuses every change of what was noted.
func once(_ *app.Act, before, _ *Access) error {
	if before.Way != "" {
		return app.Refuse(app.Forbidden, "", "緊急解錠の記録は変更できません。", "a noted emergency access is never changed")
	}
	return nil
}

// Note notes one. It must be the first thing that is done with the replica.
func Note(ctx context.Context, r *store.Replica, a Access) error {
	rec, err := r.Draft(Kind)
	if err != nil {
		return err
	}
	a.Head = *rec.Meta()
	*rec.(*Access) = a
	return r.Write(ctx, r.Actor(), func(tx *store.Tx) error { return tx.Save(rec) })
}

// Module is what the product takes from this package.
func Module() app.Module {
	return app.Module{Name: "emergency", Registers: []app.AnyRegister{Register}}
}
