package calendar

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"daicho/app"
)

// Clock is a time of day in seconds since 00:00, from 0 to 86,400, which is 24:00
// and the first instant of the next day.
type Clock int

const midnight Clock = 24 * 60 * 60

// At is a time of day.
func At(hour, minute int) Clock { return Clock(hour*3600 + minute*60) }

// String is 08:30, or 08:30:15 where there are seconds.
func (c Clock) String() string {
	s := fmt.Sprintf("%02d:%02d", c/3600, c/60%60)
	if c%60 != 0 {
		s += fmt.Sprintf(":%02d", c%60)
	}
	return s
}

// duration is how long after 00:00 it is.
func (c Clock) duration() time.Duration { return time.Duration(c) * time.Second }

// Span is a part of a day, from the first instant to just before the last one.
type Span struct{ From, To Clock }

// String is 08:30-18:00.
func (s Span) String() string { return s.From.String() + "-" + s.To.String() }

// MarshalText writes a span as String does.
func (s Span) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads 08:30-18:00, with seconds if need be; 24:00 is the end of a
// day. A span past midnight is two, one on each day.
func (s *Span) UnmarshalText(text []byte) error {
	from, to, both := strings.Cut(string(text), "-")
	a, ok := readClock(from)
	b, ok2 := readClock(to)
	if !both || !ok || !ok2 || a >= b {
		return errSpan
	}
	*s = Span{a, b}
	return nil
}

var errSpan = app.Refuse(app.Invalid, "", "稼働時間を読み取れません。08:30-18:00 のように、00:00 から 24:00 までで、始まりを終わりより前にしてください。",
	"no hours; write 08:30-18:00, within 00:00 to 24:00, with the beginning before the end")

// readClock reads 08:30, 8:30, 08:30:15 or 24:00.
func readClock(text string) (c Clock, ok bool) {
	parts := strings.Split(text, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, false
	}
	for i, part := range parts {
		n, digits := 0, len(part)
		for _, r := range part {
			if r < '0' || r > '9' {
				return 0, false
			}
			n = n*10 + int(r-'0')
		}
		if digits > 2 || digits < 1 || i > 0 && (digits != 2 || n > 59) {
			return 0, false
		}
		c = c*60 + Clock(n)
	}
	if len(parts) == 2 {
		c *= 60
	}
	return c, c <= midnight
}

// Week is when a calendar is open on the days of a week, Sunday first as
// time.Weekday counts. A day without spans is closed; spans that overlap or meet
// count as one.
type Week [7][]Span

// On is a week with the same hours on some days and no others.
func On(hours Span, days ...time.Weekday) (w Week) {
	for _, d := range days {
		w[d] = []Span{hours}
	}
	return w
}

// tidy is the week with the spans of a day in order, none overlapping another.
func (w Week) tidy() (Week, error) {
	var out Week
	for d, spans := range w {
		for _, s := range slices.SortedFunc(slices.Values(spans), func(a, b Span) int { return cmp.Compare(a.From, b.From) }) {
			if s.From < 0 || s.From >= s.To || s.To > midnight {
				return out, errSpan
			}
			if n := len(out[d]) - 1; n >= 0 && s.From <= out[d][n].To {
				out[d][n].To = max(out[d][n].To, s.To)
				continue
			}
			out[d] = append(out[d], s)
		}
	}
	return out, nil
}
