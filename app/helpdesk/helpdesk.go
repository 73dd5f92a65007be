// Package helpdesk is the monthly report of the helpdesk (ヘルプデスク月次報告, clauses
// 3.2.2, 3.3.1 and 3.3.2): the indicators by both readings, each visit that came too
// late, what inquiries took and whom they wait for, and each failure with its clocks.
//
// It reads what several registers hold, and puts it onto paper; who counts and judges is
// [daicho/app/sla].
package helpdesk

import (
	"slices"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/sla"
)

// Month is all that the report of a month says, or of any other days.
type Month struct {
	From, Until civil.Date // the first day and the last
	Number      string     // 文書番号; may be empty
	Made        time.Time
	Uptime      sla.Both
	Intakes     sla.Intakes
	HandedOver  []time.Duration // each that the city's staff took, from its call until it was passed on; where both are known
	Reopened    int             // times that an inquiry was re-opened, whenever it came
	Needless    int             // 職員対応 that were not needed
	Work        Work
	Visits      []Visit
	Unvisited   []Unvisited
	Failures    []Failure
}

// Work is what was done about inquiries, and what is still to be done.
type Work struct {
	Took    []time.Duration             // each that was closed, in service hours
	Waited  map[sla.Party]time.Duration // in all, in service hours
	Backlog map[sla.Party][]int         // what is open, by who is awaited and by age: see bands
}

// Inquiry is one inquiry of the month, or one that is older and was open in it.
type Inquiry struct {
	Open  bool
	Age   time.Duration
	Waits sla.Party
	Spent sla.Result
}

// Visit is one visit judged.
type Visit struct {
	Number string
	Site   string
	sla.Visited
}

// Unvisited is an inquiry to which somebody was sent in the time, and of which no visit
// was recorded: without its steps nobody can say whether the limit was kept. Those are
// told one by one beside the visits that came too late. A visit that was cancelled is
// recorded, so its inquiry is not among them.
type Unvisited struct {
	Number string // of the inquiry
	Site   string // as the inquiry says it
}

// Failure is one failure judged.
type Failure struct {
	Number   string
	Occurred app.Stamp
	Affects  bool // the city's work; the limits hold only then
	sla.Judged
}

// band is a range of ages, up to a limit.
type band struct {
	name string
	upTo time.Duration
}

var bands = []band{
	{"1日以内", 24 * time.Hour}, {"7日以内", 7 * 24 * time.Hour}, {"30日以内", 30 * 24 * time.Hour}, {"30日超", 1 << 62},
}

// Add counts an inquiry.
func (w *Work) Add(i Inquiry) {
	if w.Backlog == nil {
		w.Waited, w.Backlog = map[sla.Party]time.Duration{}, map[sla.Party][]int{}
		for _, p := range parties {
			w.Backlog[p] = make([]int, len(bands))
		}
	}
	for p, spent := range i.Spent.Parties {
		w.Waited[p] += spent.Open
	}
	if !i.Open {
		w.Took = append(w.Took, i.Spent.Used.Time)
		return
	}
	w.Backlog[i.Waits][slices.IndexFunc(bands, func(b band) bool { return i.Age <= b.upTo })]++
}

var parties = []sla.Party{sla.Vendor, sla.City, sla.Third}
