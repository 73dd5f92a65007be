package civil

import (
	"fmt"
	"strings"
	"time"
)

// ParseDate reads a day as people type it: R8.4.1, R元.5.1, 令和8年4月1日,
// 2026-04-01, 2026/4/1, 2026.4.1, 20260401, 2026年4月1日, 4/1, 4月1日; in full-
// or half-width, with blanks between the parts, with or without the weekday in
// brackets. A day without a year is the one in the fiscal year of today.
// A refusal is a *ParseError.
func ParseDate(s string, today Date) (Date, error) {
	sc := scanner{rest: fold(s)}
	d, err := sc.date(today)
	if err != nil {
		return Date{}, err
	}
	if !sc.done() {
		return Date{}, &ParseError{Reason: NotADate}
	}
	return d, nil
}

// ParseMoment reads an instant as people type it: a day in any form of
// ParseDate followed by a time (14:02, 14:02:33, 14時2分, 午後2時5分), a time alone,
// which is then on the day of now, or RFC 3339 with its own offset. Without an
// offset it is Tokyo time. 24:00 is the end of the day. The result is in Tokyo.
// A refusal is a *ParseError; a day without a time is refused, so that nobody's
// midnight is invented.
func ParseMoment(s string, now time.Time) (time.Time, error) {
	s = fold(s)
	if t, err := time.Parse(time.RFC3339Nano, strings.ToUpper(s)); err == nil {
		return inRange(t.In(Tokyo))
	}
	clock := scanner{rest: s}
	if t, err := clock.time(DateOf(now)); err == nil && clock.done() {
		return inRange(t)
	}
	sc := scanner{rest: s}
	d, err := sc.date(DateOf(now))
	if err != nil {
		return time.Time{}, err
	}
	sc.take("T")
	t, err := sc.time(d)
	if err != nil || !sc.done() {
		return time.Time{}, &ParseError{Reason: NotATime}
	}
	return inRange(t)
}

// inRange refuses instants whose day in Tokyo has no four-digit year.
func inRange(t time.Time) (time.Time, error) {
	if !DateOf(t).Valid() {
		return time.Time{}, &ParseError{Reason: NotADate}
	}
	return t, nil
}

// date reads a day and the weekday that may follow it.
func (sc *scanner) date(today Date) (Date, error) {
	d, err := sc.day(today)
	if err != nil {
		return Date{}, err
	}
	if !d.Valid() {
		return Date{}, &ParseError{NoSuchDay, fmt.Sprintf("%d月%d日はその年にありません。月と日を確かめてください。", int(d.Month), d.Day)}
	}
	if w, ok := sc.weekday(); ok && w != d.Weekday() {
		return Date{}, &ParseError{WrongWeekday, fmt.Sprintf("%sは%s曜日です。日付か曜日を確かめてください。", d.Wareki(), weekdays[d.Weekday()])}
	}
	return d, nil
}

func (sc *scanner) day(today Date) (Date, error) {
	if era, ok := sc.era(); ok {
		return sc.eraDay(era)
	}
	n, digits := sc.number()
	switch {
	case digits == 8:
		return Date{n / 10000, time.Month(n / 100 % 100), n % 100}, nil
	case digits == 4:
		return sc.monthDay(n, sc.separator("年"))
	case digits == 1 || digits == 2:
		return sc.yearless(n, today)
	}
	return Date{}, &ParseError{Reason: NotADate}
}

// eraDay reads what follows the name of an era, and holds the day against it.
func (sc *scanner) eraDay(era Era) (Date, error) {
	n := 1
	if !sc.take("元") {
		var digits int
		if n, digits = sc.number(); digits < 1 || digits > 3 || n == 0 {
			return Date{}, &ParseError{Reason: NotADate}
		}
	}
	d, err := sc.monthDay(era.before+n, sc.separator("年"))
	if err == nil && d.Valid() && !era.holds(d) {
		return Date{}, &ParseError{OutsideEra, era.Name + "は" + era.span() + "です。元号と年を確かめてください。"}
	}
	return d, err
}

// monthDay reads month and day after a year and its separator.
func (sc *scanner) monthDay(year int, sep string) (Date, error) {
	month, m := sc.number()
	between := sep
	if sep == "年" {
		between = "月"
	}
	if sep == "" || m < 1 || m > 2 || !sc.take(between) {
		return Date{}, &ParseError{Reason: NotADate}
	}
	day, n := sc.number()
	if n < 1 || n > 2 || (sep == "年" && !sc.take("日")) {
		return Date{}, &ParseError{Reason: NotADate}
	}
	return Date{year, time.Month(month), day}, nil
}

// yearless reads 4/1 or 4月1日 whose month has been read already.
func (sc *scanner) yearless(month int, today Date) (Date, error) {
	sep := sc.separator("月")
	day, n := sc.number()
	switch {
	case sep == "" || n < 1 || n > 2:
		return Date{}, &ParseError{Reason: NotADate}
	case sep == "月" && !sc.take("日"):
		return Date{}, &ParseError{Reason: NotADate}
	case sep != "月" && sc.take(sep):
		return Date{}, &ParseError{Reason: NoYear}
	}
	year := today.FiscalYear()
	if time.Month(month) < time.April {
		year++
	}
	return Date{year, time.Month(month), day}, nil
}

// holds reports whether the day lies in the era.
func (e Era) holds(d Date) bool {
	return d.Compare(e.First) >= 0 && (e.Last.IsZero() || d.Compare(e.Last) <= 0)
}

// span says in words from when until when the era runs.
func (e Era) span() string {
	from := fmt.Sprintf("%s%sから", eraYear(e.First.Year-e.before), e.First.MonthDay())
	if e.Last.IsZero() {
		return from
	}
	return from + fmt.Sprintf("%s%sまで", eraYear(e.Last.Year-e.before), e.Last.MonthDay())
}
