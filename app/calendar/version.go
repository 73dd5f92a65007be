package calendar

import (
	"time"

	"daicho/app"
	"daicho/app/civil"
)

// Version is how a calendar is from one day on, until its last day or the next
// version. What a day was judged by stays: a question about the past finds the
// version that was in force then.
type Version struct {
	Name     string     // printed beside every result: 業務時間 第2版
	Document string     // the number of the document that agreed on it; empty for the contract itself
	From     civil.Date // the first day in force; zero: always
	Until    civil.Date // the last day in force; zero: until the next version
	Week     Week
	Holidays bool     // closed on holidays
	Closed   []Season // closed on these days of every year
}

// Season is the same days of every year, both included. It may run over the end of
// a year: 12/29 to 1/3.
type Season struct {
	Name     string // 年末年始
	From, To Day
}

// Day is a day of any year.
type Day struct {
	Month time.Month
	Day   int
}

func (d Day) order() int { return int(d.Month)*100 + d.Day }

// holds says whether a day lies in the season.
func (s Season) holds(d civil.Date) bool {
	n, from, to := Day{d.Month, d.Day}.order(), s.From.order(), s.To.order()
	if from > to {
		return n >= from || n <= to
	}
	return n >= from && n <= to
}

// inForce says whether the version holds on a day, as far as it alone says.
func (v *Version) inForce(d civil.Date) bool {
	return d.Compare(v.From) >= 0 && (v.Until.IsZero() || d.Compare(v.Until) <= 0)
}

// shut says why the version is closed on a day; empty where the week decides.
func (v *Version) shut(d civil.Date, h *Holidays) string {
	if v.Holidays {
		if name, ok := h.Name(d); ok {
			return name
		}
	}
	for _, s := range v.Closed {
		if s.holds(d) {
			return s.Name
		}
	}
	return ""
}

var errVersions = app.Refuse(app.Invalid, "", "カレンダーの版を読み取れません。名称、根拠文書、施行日の順、時間の設定を確かめてください。",
	"the versions of the calendar do not fit; look at their names, documents, the order of their first days, and hours")

// newYear is 12/29 to 1/3 (clause 3.1.4).
var newYear = []Season{{"年末年始", Day{time.December, 29}, Day{time.January, 3}}}

// Onsite is when staff is stationed (常駐): Monday to Friday 8:30 to 18:00, not on
// holidays and not from 12/29 to 1/3 (clause 3.1.4).
func Onsite() Version {
	return Version{Name: "常駐 第1版", Holidays: true, Closed: newYear,
		Week: On(Span{At(8, 30), At(18, 0)}, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday)}
}

// City is when the city works (業務時間): every day but Saturday 8:30 to 19:00, so
// on Sundays, too; not on holidays and not from 12/29 to 1/3 (clause 3.1.4).
func City() Version {
	return Version{Name: "業務時間 第1版", Holidays: true, Closed: newYear,
		Week: On(Span{At(8, 30), At(19, 0)}, time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday)}
}

// Always is monitoring and the like (監視等システム): all hours of all days (clause
// 3.1.4).
func Always() Version {
	return Version{Name: "24時間365日 第1版", Week: On(Span{0, midnight},
		time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday)}
}
