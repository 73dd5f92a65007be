// Package monitor is the monitoring of servers as the contract has it (clause 3.2.1):
// what is monitored and by what method, in versions that the city approved; what the
// tools really do, so that a change that nobody approved is seen; events that they
// report, backups with their results, restore tests, and signs of failures to come.
//
// It monitors nothing itself: tools do, and hand over what they found by a hook or as
// files. Failures that affect the city's work are incidents; an event links to its own.
package monitor

import "daicho/app"

// Module is what the product takes from this package.
func Module() app.Module {
	return app.Module{Name: "monitor", Registers: []app.AnyRegister{Events, Targets, Adjustments, Methods, Drifts, Backups, Restores, Signs, LogDays}}
}
