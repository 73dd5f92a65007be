// Package calendar is the engine of service hours (clause 3.1.4): when a
// calendar is open, how much open time lies between two instants, and when a
// budget of open time is used up. It knows the Japanese national holidays, hours
// that were agreed on in addition, and which version of a calendar held when.
//
// Everything is in Japan Standard Time whatever zone the device is set to, exact
// to the nanosecond and half-open: at 18:00 a calendar that is open until 18:00 is
// closed. It answers for 1970 to 2050 ([First], [End]) and refuses other times, so
// nothing is ever searched without end.
//
// Use it for whatever is counted in open hours or working days. Do not use it to
// judge whether something was on time: that is app/sla, which is handed a calendar.
package calendar

import (
	"time"

	"daicho/app"
	"daicho/app/civil"
)

// First and last year of which the engine speaks. The table of holidays covers
// them, and the formula of the equinoxes is exact beyond both.
const (
	FirstYear = 1970
	LastYear  = 2050
)

// First is the first instant that a calendar answers for; End is the first one
// after the last.
var (
	First = civil.Date{Year: FirstYear, Month: time.January, Day: 1}.Start()
	End   = civil.Date{Year: LastYear + 1, Month: time.January, Day: 1}.Start()
)

// ErrRange refuses what lies, or would lie, outside of [First] and [End].
var ErrRange = app.Refuse(app.Invalid, "", "1970年から2050年までの日時ではありません。日時を確かめてください。",
	"the time is not within 1970 to 2050; look at the date")

// ErrNoHours refuses to wait for a calendar that does not open any more.
var ErrNoHours = app.Refuse(app.Invalid, "", "この日時より後に稼働時間のないカレンダーです。曜日と時間の設定を確かめてください。",
	"the calendar has no open hours after that time; look at its days and hours")

// ErrBackwards refuses a stretch of time that ends before it begins.
var ErrBackwards = app.Refuse(app.Invalid, "", "終わりが始まりより前です。日時を確かめてください。",
	"the end is before the beginning; look at both")
