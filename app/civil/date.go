// Package civil keeps the dates and times of a Japanese office: civil days in
// Japan Standard Time whatever zone the device is set to, fiscal years, era
// names (和暦), the few ways the product prints them and the many ways people
// type them.
//
// Use it wherever a day, a fiscal year or a time of day is shown, typed or
// compared as a day. Do not use it to count working days or business hours (a
// calendar with holidays does that), and do not store its texts: records keep
// UTC instants.
package civil

import (
	"cmp"
	"fmt"
	"time"
)

// Tokyo is Japan Standard Time, UTC+9 without summer time (標準時ニ関スル件,
// 明治28年勅令第167号). It is fixed in the program, so that a device with a
// wrong zone or without zone files shows the same day as all the others. The
// summer time of 1948 to 1951 is not followed.
var Tokyo = time.FixedZone("JST", 9*60*60)

// Date is a civil day in Tokyo. The zero value is no day (IsZero).
type Date struct {
	Year  int // Gregorian, 1 to 9999
	Month time.Month
	Day   int
}

// DateOf returns the day on which t falls in Tokyo.
func DateOf(t time.Time) Date {
	y, m, d := t.In(Tokyo).Date()
	return Date{y, m, d}
}

// Start returns the first instant of the day, 00:00 in Tokyo.
func (d Date) Start() time.Time { return d.At(0, 0, 0) }

// At returns the instant of a time of day on d in Tokyo. Hour 24 is the first
// hour of the next day.
func (d Date) At(hour, minute, second int) time.Time {
	return time.Date(d.Year, d.Month, d.Day, hour, minute, second, 0, Tokyo)
}

// IsZero reports whether d is the zero value, no day at all.
func (d Date) IsZero() bool { return d == Date{} }

// Valid reports whether d is a day of the Gregorian calendar in the years 1 to
// 9999: 30 February is none.
func (d Date) Valid() bool {
	return d.Year >= 1 && d.Year <= 9999 && DateOf(d.Start()) == d
}

// AddDays returns the day n days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, Tokyo))
}

// DaysUntil returns how many days e is after d; the same day is 0, the day
// before is -1.
func (d Date) DaysUntil(e Date) int {
	const day = 24 * 60 * 60 // a time.Duration would stop at 292 years
	return int((e.Start().Unix() - d.Start().Unix()) / day)
}

// Compare returns -1, 0 or +1 when d is before, equal to or after e.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.Start().Weekday() }

// String returns the day as ISO 8601, 2026-11-20: for machines and sorting.
func (d Date) String() string {
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}
