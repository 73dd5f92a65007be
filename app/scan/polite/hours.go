package polite

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"daicho/app"
	"daicho/app/civil"
)

// Hours are the minutes of a week in which a scan may read, in Tokyo, from Monday
// 00:00. The zero value has none.
type Hours [week]bool

const (
	day  = 24 * 60 // minutes
	week = 7 * day
)

var dayNames = [7][2]string{{"mon", "月"}, {"tue", "火"}, {"wed", "水"}, {"thu", "木"}, {"fri", "金"}, {"sat", "土"}, {"sun", "日"}}

// ParseHours reads spans between commas: days, and from when until when. Without
// times a span is whole days; one that ends before it begins goes on after
// midnight: "Mon-Fri 20:00-06:00, Sat, Sun" or "月-金 20:00-6:00, 土, 日".
func ParseHours(text string) (*Hours, error) {
	h := &Hours{}
	for span := range strings.SplitSeq(text, ",") {
		if err := h.add(strings.Fields(span)); err != nil {
			return nil, err
		}
	}
	return h, nil
}

func (h *Hours) add(span []string) error {
	if len(span) < 1 || len(span) > 2 {
		return app.Refuse(app.Invalid, "", fmt.Sprintf("「%s」は時間帯として読めません。Mon-Fri 20:00-06:00 のように、間をコンマで区切って指定してください。", strings.Join(span, " ")), fmt.Sprintf("%q: write spans as Mon-Fri 20:00-06:00, with commas between them", strings.Join(span, " ")))
	}
	first, last, err := daysOf(span[0])
	if err != nil {
		return err
	}
	from, until := 0, day
	if len(span) == 2 {
		if from, until, err = timesOf(span[1]); err != nil {
			return err
		}
	}
	for d := first; ; d = (d + 1) % 7 {
		for m := from; m < until; m++ {
			h[(d*day+m)%week] = true
		}
		if d == last {
			return nil
		}
	}
}

func daysOf(text string) (first, last int, err error) {
	from, to, several := strings.Cut(text, "-")
	first = dayOf(from)
	if last = first; several {
		last = dayOf(to)
	}
	if first < 0 || last < 0 {
		return 0, 0, app.Refuse(app.Invalid, "", fmt.Sprintf("「%s」は曜日として読めません。Mon または Mon-Fri のように、Mon Tue Wed Thu Fri Sat Sun から指定してください。", text), fmt.Sprintf("%q: days are Mon Tue Wed Thu Fri Sat Sun, as Mon or Mon-Fri", text))
	}
	return first, last, nil
}

func dayOf(name string) int {
	name = strings.ToLower(name)
	return slices.IndexFunc(dayNames[:], func(n [2]string) bool { return n[0] == name || n[1] == name })
}

func timesOf(text string) (from, until int, err error) {
	a, b, _ := strings.Cut(text, "-")
	from, ok := minuteOf(a)
	until, good := minuteOf(b)
	if !ok || !good || from == until || from == day {
		return 0, 0, app.Refuse(app.Invalid, "", fmt.Sprintf("「%s」は時刻として読めません。20:00-06:00 のように指定してください。", text), fmt.Sprintf("%q: write times as 20:00-06:00", text))
	}
	if until < from {
		until += day
	}
	return from, until, nil
}

// minuteOf reads 6:00 and 06:00, up to 24:00.
func minuteOf(text string) (m int, ok bool) {
	hour, minute, _ := strings.Cut(text, ":")
	if len(hour) < 1 || len(hour) > 2 || len(minute) != 2 {
		return 0, false
	}
	for _, c := range hour + minute {
		if c < '0' || c > '9' {
			return 0, false
		}
	}
	number := func(s string) (n int) {
		for _, c := range s {
			n = n*10 + int(c-'0')
		}
		return n
	}
	m = number(hour)*60 + number(minute)
	return m, number(minute) < 60 && m <= day
}

// Open says whether t lies in the hours, and if not, when they next begin; the zero
// time, if never.
func (h *Hours) Open(t time.Time) (open bool, next time.Time) {
	t = t.In(civil.Tokyo)
	now := (int(t.Weekday())+6)%7*day + t.Hour()*60 + t.Minute()
	if h[now] {
		return true, t
	}
	begin := t.Truncate(time.Minute) // whole minutes from UTC, and so in Tokyo
	for m := 1; m < week; m++ {
		if h[(now+m)%week] {
			return false, begin.Add(time.Duration(m) * time.Minute)
		}
	}
	return false, time.Time{}
}
