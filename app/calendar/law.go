package calendar

import (
	"slices"
	"time"

	"daicho/app/civil"
)

// Holiday is a day on which the law has offices closed.
type Holiday struct {
	Date civil.Date
	Name string // 勤労感謝の日; Substitute or Between for those without a name of their own
}

// Names of the days that are holidays (休日) without being a 国民の祝日. The law
// has no names for them; these are the usual ones.
const (
	Substitute = "振替休日"  // 国民の祝日に関する法律第3条第2項
	Between    = "国民の休日" // the same, 第3条第3項
)

// rule is one line of article 2 of 国民の祝日に関する法律 (昭和23年法律第178号), for
// the years in which it stood so: a day of a month, the nth Monday of it, or what
// on computes. to 0 is still so.
type rule struct {
	name     string
	from, to int
	month    time.Month
	day      int // of the month; 0 where monday or on says it
	monday   int
	on       func(year int) civil.Date
}

// rules begin before 1970 only where that is when the day came in. The changes:
// 昭和41年法律第86号 (建国記念の日, 敬老の日, 体育の日), 平成元年法律第5号 (天皇誕生日,
// みどりの日), 平成7年法律第22号 (海の日), 平成10年法律第141号 (成人の日 and 体育の日 to
// Mondays), 平成13年法律第59号 (海の日 and 敬老の日 to Mondays), 平成17年法律第43号 (昭和の日,
// みどりの日), 平成26年法律第43号 (山の日), 平成29年法律第63号附則第10条 (天皇誕生日: 12/23
// falls away with 30 April 2019, so 2019 has none), 平成30年法律第57号 (スポーツの日).
// The moves of 2020 and 2021 are 平成27年法律第33号 as amended by 平成30年法律第55号 and
// 令和2年法律第68号.
var rules = []rule{
	{name: "元日", month: time.January, day: 1},
	{name: "成人の日", to: 1999, month: time.January, day: 15},
	{name: "成人の日", from: 2000, month: time.January, monday: 2},
	{name: "建国記念の日", from: 1967, month: time.February, day: 11},
	{name: "天皇誕生日", from: 2020, month: time.February, day: 23},
	{name: "春分の日", on: springEquinox},
	{name: "天皇誕生日", to: 1988, month: time.April, day: 29},
	{name: "みどりの日", from: 1989, to: 2006, month: time.April, day: 29},
	{name: "昭和の日", from: 2007, month: time.April, day: 29},
	{name: "憲法記念日", month: time.May, day: 3},
	{name: "みどりの日", from: 2007, month: time.May, day: 4},
	{name: "こどもの日", month: time.May, day: 5},
	{name: "海の日", from: 1996, to: 2002, month: time.July, day: 20},
	{name: "海の日", from: 2003, to: 2019, month: time.July, monday: 3},
	{name: "海の日", from: 2020, to: 2020, month: time.July, day: 23},
	{name: "海の日", from: 2021, to: 2021, month: time.July, day: 22},
	{name: "海の日", from: 2022, month: time.July, monday: 3},
	{name: "山の日", from: 2016, to: 2019, month: time.August, day: 11},
	{name: "山の日", from: 2020, to: 2020, month: time.August, day: 10},
	{name: "山の日", from: 2021, to: 2021, month: time.August, day: 8},
	{name: "山の日", from: 2022, month: time.August, day: 11},
	{name: "敬老の日", from: 1966, to: 2002, month: time.September, day: 15},
	{name: "敬老の日", from: 2003, month: time.September, monday: 3},
	{name: "秋分の日", on: autumnEquinox},
	{name: "体育の日", from: 1966, to: 1999, month: time.October, day: 10},
	{name: "体育の日", from: 2000, to: 2019, month: time.October, monday: 2},
	{name: "スポーツの日", from: 2020, to: 2020, month: time.July, day: 24},
	{name: "スポーツの日", from: 2021, to: 2021, month: time.July, day: 23},
	{name: "スポーツの日", from: 2022, month: time.October, monday: 2},
	{name: "文化の日", month: time.November, day: 3},
	{name: "勤労感謝の日", month: time.November, day: 23},
	{name: "天皇誕生日", from: 1989, to: 2018, month: time.December, day: 23},
	// Days that a law of their own made holidays, and that count as 国民の祝日:
	// 平成元年法律第4号, 平成2年法律第24号, 平成5年法律第32号, 平成30年法律第99号 (two days).
	{name: "大喪の礼", from: 1989, to: 1989, month: time.February, day: 24},
	{name: "即位礼正殿の儀", from: 1990, to: 1990, month: time.November, day: 12},
	{name: "結婚の儀", from: 1993, to: 1993, month: time.June, day: 9},
	{name: "天皇の即位の日", from: 2019, to: 2019, month: time.May, day: 1},
	{name: "即位礼正殿の儀", from: 2019, to: 2019, month: time.October, day: 22},
}

// in is the day of the rule in a year; ok is false where it did not stand.
func (r rule) in(year int) (d civil.Date, ok bool) {
	switch {
	case year < r.from || r.to != 0 && year > r.to:
		return d, false
	case r.on != nil:
		return r.on(year), true
	case r.monday > 0:
		first := civil.Date{Year: year, Month: r.month, Day: 1}
		toMonday := int(time.Monday-first.Weekday()+7) % 7
		return first.AddDays(toMonday + 7*(r.monday-1)), true
	}
	return civil.Date{Year: year, Month: r.month, Day: r.day}, true
}

// Law computes the holidays of a year from 1970 to 2050 from the law as it stood in
// that year, in the order of their days. It is what a table is held against.
func Law(year int) []Holiday {
	named := map[civil.Date]string{}
	for _, r := range rules {
		if d, ok := r.in(year); ok {
			named[d] = r.name
		}
	}
	var all []Holiday
	for d, name := range named {
		all = append(all, Holiday{d, name})
		if s, ok := substitute(d, named); ok {
			all = append(all, Holiday{s, Substitute})
		}
		if b := d.AddDays(1); between(b, named) {
			all = append(all, Holiday{b, Between})
		}
	}
	slices.SortFunc(all, func(a, b Holiday) int { return a.Date.Compare(b.Date) })
	return all
}

// The days from which article 3 has its paragraphs on substitutes (昭和48年法律第10号,
// first for 29 April 1973), on days in between (昭和60年法律第103号), and from which a
// substitute moves past other holidays (平成17年法律第43号).
var (
	substitutesFrom = civil.Date{Year: 1973, Month: time.April, Day: 12}
	betweenFrom     = civil.Date{Year: 1985, Month: time.December, Day: 27}
	movesOnFrom     = civil.Date{Year: 2007, Month: time.January, Day: 1}
)

// substitute is the day off for a holiday on a Sunday. Until 2006 it was the next
// day, whatever that was; since 2007 it is the next one that is no holiday itself.
func substitute(d civil.Date, named map[civil.Date]string) (civil.Date, bool) {
	if d.Weekday() != time.Sunday || d.Compare(substitutesFrom) < 0 {
		return d, false
	}
	next := d.AddDays(1)
	for named[next] != "" {
		if d.Compare(movesOnFrom) < 0 {
			return d, false
		}
		next = next.AddDays(1)
	}
	return next, true
}

// between says whether a day lies between two named holidays and is a day off for
// that. Until 2006 a Sunday and a substitute were not; since 2007 the law excepts
// named holidays alone, and neither can come about any more: a Sunday would need a
// holiday on each side, and a substitute is one already.
func between(d civil.Date, named map[civil.Date]string) bool {
	if d.Compare(betweenFrom) < 0 || named[d] != "" || named[d.AddDays(-1)] == "" || named[d.AddDays(1)] == "" {
		return false
	}
	return d.Weekday() != time.Sunday && d.AddDays(-1).Weekday() != time.Sunday
}
