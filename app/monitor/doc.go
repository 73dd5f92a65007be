// Package monitor is the monitoring of servers as the contract has it (clause 3.2.1):
// what is monitored and by what method, in versions that the city approved; what the
// tools really do, so that a change that nobody approved is seen; events that they
// report, backups with their results, restore tests, and signs of failures to come.
//
// It monitors nothing itself: tools do, and hand over what they found by a hook or as
// files. Failures that affect the city's work are incidents; an event links to its own.
package monitor

import "daicho/app"

// Tell has an incident hear which target an event of it, by that host, is of.
type Tell func(a *app.Act, incident app.Ref, host string, t *Target) error

// Module is what the product takes from this package. Incidents are another module's.
func Module(tell Tell) app.Module {
	events := Events.Can() // a register of its own: this one tells
	return app.Module{Name: "monitor", Registers: []app.AnyRegister{events.Rule(telling(tell)), Targets, Adjustments, Methods, Drifts, Backups, Restores, Signs, LogDays}}
}

// telling keeps an event as the tool told it, and hands on which target it is of.
func telling(tell Tell) func(*app.Act, *Event, *Event) error {
	return func(a *app.Act, before, after *Event) error {
		if err := told(a, before, after); err != nil {
			return err
		}
		if after.Target == before.Target || after.Incident.IsZero() || after.Ref != a.Own() {
			return nil
		}
		t, err := app.Get(a, Targets, after.Target)
		if err != nil {
			return err
		}
		return tell(a, after.Incident, after.Host, t)
	}
}
