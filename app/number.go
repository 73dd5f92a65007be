package app

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"daicho/app/civil"
)

// NumberTemplate writes the official numbers of a register:
//
//	{FY}    fiscal year of the change, 西暦: 2026 from 2026-04-01 00:00 JST
//	{FY:R}  the same in the era's years: 8
//	{n}     the running number; {n:6} with leading zeros to six digits
//
// Each template, with its year filled in, is a series of its own that starts
// at 1 and has no gaps. Everything outside braces stands as it is.
type NumberTemplate string

// Series is the name of the counter at a moment: the template with its year.
// The digits of {n} are no part of it: a template that gets more of them goes
// on counting, or numbers would be given out again.
func (t NumberTemplate) Series(at Stamp) string {
	s := t.inYear(at)
	if before, after, ok := cutCounter(s); ok {
		return before + "{n}" + after
	}
	return s
}

func (t NumberTemplate) inYear(at Stamp) string {
	y := civil.FiscalYear(at.Time())
	return strings.NewReplacer("{FY}", strconv.Itoa(y), "{FY:R}", strconv.Itoa(eraYear(y))).Replace(string(t))
}

// eraYear is the era's year that names a fiscal year. 2019年度 is 令和元年度
// though the era began a month after it, so May decides.
func eraYear(fiscal int) int {
	_, year, _ := civil.EraOf(civil.Date{Year: fiscal, Month: time.May, Day: 1})
	return year
}

// Check refuses a template that cannot number anything.
func (t NumberTemplate) Check() error {
	before, after, ok := cutCounter(t.inYear(0))
	if !ok || strings.ContainsAny(before+after, "{}") {
		return Refuse(Invalid, "", fmt.Sprintf("番号の様式「%s」には {n} が一つ必要です。使えるのは {FY}・{FY:R}・{n}・{n:桁数} です。", t),
			fmt.Sprintf("number template %q needs one {n}; it knows {FY}, {FY:R}, {n} and {n:digits}", t))
	}
	return nil
}

// Counts says whether a series is one of the template's, of whatever year.
func (t NumberTemplate) Counts(series string) bool {
	want, after, _ := cutCounter(string(t))
	is, end, ok := cutCounter(series)
	for _, part := range [][2]string{{want, is}, {after, end}} {
		pattern := strings.NewReplacer(`\{FY\}`, `\d{4}`, `\{FY:R\}`, `\d+`).Replace(regexp.QuoteMeta(part[0]))
		ok = ok && regexp.MustCompile("^"+pattern+"$").MatchString(part[1])
	}
	return ok
}

// Format writes the number n of a series.
func (t NumberTemplate) Format(series string, n int64) string {
	before, after, ok := cutCounter(series)
	if !ok {
		return series + strconv.FormatInt(n, 10)
	}
	return fmt.Sprintf("%s%0*d%s", before, t.digits(), n, after)
}

// digits is the least width of the running number.
func (t NumberTemplate) digits() int {
	before, after, ok := cutCounter(string(t))
	if !ok {
		return 1
	}
	return counterWidth(string(t[len(before) : len(t)-len(after)]))
}

// cutCounter cuts a series around its {n} or {n:6}.
func cutCounter(s string) (before, after string, ok bool) {
	i := strings.Index(s, "{n")
	if i < 0 {
		return s, "", false
	}
	j := strings.IndexByte(s[i:], '}')
	if j < 0 || counterWidth(s[i:i+j+1]) < 0 {
		return s, "", false
	}
	return s[:i], s[i+j+1:], true
}

// counterWidth is the digits of {n} or {n:6}; −1 if it is neither.
func counterWidth(s string) int {
	if s == "{n}" {
		return 1
	}
	w, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(s, "{n:"), "}"))
	if err != nil || w < 1 || w > 12 {
		return -1
	}
	return w
}

// Provisional is the number a record shows until the server has issued one.
func Provisional(device ID, seq uint64) string { return fmt.Sprintf("仮-%s-%d", device.Short(), seq) }

// number is the next number of a kind; empty if the table has none for it.
func (a *Act) number(kind Kind) (string, error) {
	t, ok := a.book.Numbers[kind]
	if !ok {
		return "", nil
	}
	if a.Issue == nil {
		return Provisional(a.change.Device, a.change.Seq), nil
	}
	series := t.Series(a.At)
	n, err := a.Issue(series)
	return t.Format(series, n), err
}

// Parse reads the number n of a series out of what [NumberTemplate.Format] wrote.
func (t NumberTemplate) Parse(series, number string) (n int64, ok bool) {
	before, after, _ := cutCounter(series)
	digits, begins := strings.CutPrefix(number, before)
	digits, ends := strings.CutSuffix(digits, after)
	n, err := strconv.ParseInt(digits, 10, 64)
	return n, begins && ends && err == nil && n > 0 && t.Format(series, n) == number
}
