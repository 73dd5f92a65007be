// Package sla is the engine of service levels: clocks that start, pause, resume and
// stop (clauses 3.2.2 and 3.3.2), what they say of a limit where times are known with
// an error only, and the indicators as exact fractions (clause 3.3.1).
//
// Everything is computed anew from what was recorded, each time it is asked, with the
// calendar and the reading (解釈台帳) that were in force then. So there is nothing to
// repair after work without a network: what comes late is sorted in and counted.
//
// Use it for whatever is judged against a limit. It is handed its calendars as
// [Hours] and knows no records: who has them turns them into moments and events.
package sla

import (
	"time"

	"daicho/app"
)

// Hours is a calendar of service hours, as app/calendar makes them. A clock on the
// wall has one, too, that is always open.
type Hours interface {
	// Next is the first open instant from t on.
	Next(t time.Time) (time.Time, error)
	// Elapsed is the open time between two instants.
	Elapsed(from, to time.Time) (time.Duration, error)
	// Due is the first instant at which so much open time is used up.
	Due(start time.Time, budget time.Duration) (time.Time, error)
	// Walk tells of each open interval between two instants.
	Walk(from, to time.Time, f func(from, to time.Time, version string, why app.Label)) error
}

// ErrNoCalendar refuses to judge by a clock that nobody gave a calendar.
var ErrNoCalendar = app.Refuse(app.Invalid, "", "カレンダーが設定されていないため、判定できません。サービス時間のカレンダーを設定してください。",
	"there is no calendar to judge by; set the calendar of the service first")

// Party is who is awaited (対応待ち先).
type Party string

// The parties. Work goes on where the vendor is awaited.
const (
	Vendor Party = "vendor" // 事業者
	City   Party = "city"   // 甲府市
	Third  Party = "third"  // others, such as a maker or a carrier
)

// Label is the party's name.
func (p Party) Label() app.Label {
	return map[Party]app.Label{Vendor: {JA: "事業者", EN: "vendor"}, City: {JA: "市", EN: "city"}, Third: {JA: "第三者", EN: "third party"}}[p]
}

// Verdict is what a clock says.
type Verdict string

// The verdicts.
const (
	NotStarted Verdict = ""          // nothing to judge yet
	Pending    Verdict = "pending"   // goes on within the limit
	Met        Verdict = "met"       // 達成, however far off the times may be
	Missed     Verdict = "missed"    // 未達, however far off the times may be
	Undecided  Verdict = "undecided" // 判定不能: the error of the times lies over the limit
	Unagreed   Verdict = "unagreed"  // 未協議: there is no limit
)

// Label is the verdict as reports print it.
func (v Verdict) Label() app.Label {
	return map[Verdict]app.Label{
		NotStarted: {JA: "開始前", EN: "not started"}, Pending: {JA: "進行中", EN: "pending"}, Met: {JA: "達成", EN: "met"},
		Missed: {JA: "未達", EN: "missed"}, Undecided: {JA: "判定不能", EN: "undecided"}, Unagreed: {JA: "未協議", EN: "not agreed on"},
	}[v]
}
