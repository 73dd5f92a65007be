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
//	{FY} {年度}  fiscal year of the change, 西暦: 2026 from 2026-04-01 00:00 JST
//	{FY:R}       the same in the era's years: 8, and 1 for the first
//	{年度:R}     the same as letters have it: 8, and 元 for the first
//	{年度:和}    the same with its era: 令和8, 令和元
//	{課記号} {種別} {案件}  what the record or its office is called: see [Numbered]
//	{n}          the running number; {n:6} with leading zeros to six digits
//	{版}         the version of the record, at the end: it follows the record's
//
// Each template, with its year and words filled in, is a series of its own that
// starts at 1 and has no gaps. Everything outside braces stands as it is.
type NumberTemplate string

// Numbered is a record whose template has words of it: what stands for 種別, for
// example. One that is missing or empty is refused, but for 版.
type Numbered interface {
	NumberWords() map[string]string
}

// version is the word that is no part of a series.
const version = "版"

// words are what a record can fill in beside its version.
var words = []string{"課記号", "種別", "案件"}

// Series is the name of the counter at a moment: the template with its year.
// The digits of {n} are no part of it: a template that gets more of them goes
// on counting, or numbers would be given out again.
func (t NumberTemplate) Series(at Stamp) string {
	base, _, _ := t.base()
	s := base.inYear(at)
	if before, after, ok := cutCounter(s); ok {
		return before + "{n}" + after
	}
	return s
}

func (t NumberTemplate) inYear(at Stamp) string {
	y := civil.FiscalYear(at.Time())
	era, n := eraYear(y)
	letters := strconv.Itoa(n)
	if n == 1 {
		letters = "元"
	}
	return strings.NewReplacer("{FY}", strconv.Itoa(y), "{年度}", strconv.Itoa(y), "{FY:R}", strconv.Itoa(n),
		"{年度:R}", letters, "{年度:和}", era+letters).Replace(string(t))
}

// eraYear is the era and its year that name a fiscal year. 2019年度 is 令和元年度
// though the era began a month after it, so May decides.
func eraYear(fiscal int) (name string, year int) {
	era, year, _ := civil.EraOf(civil.Date{Year: fiscal, Month: time.May, Day: 1})
	return era.Name, year
}

// Fill puts a record's words into the template.
func (t NumberTemplate) Fill(given map[string]string) (NumberTemplate, error) {
	for _, w := range words {
		place := "{" + w + "}"
		if !strings.Contains(string(t), place) {
			continue
		}
		if given[w] == "" || strings.ContainsAny(given[w], "{}") {
			return "", Refuse(Invalid, "", fmt.Sprintf("番号に必要な「%s」がありません。入力してから、もう一度保存してください。", w),
				fmt.Sprintf("the number needs %s; enter it and save again", w))
		}
		t = NumberTemplate(strings.ReplaceAll(string(t), place, given[w]))
	}
	return t, nil
}

// base is the template without the version at its end, and what stands before
// that, where it has one.
func (t NumberTemplate) base() (base NumberTemplate, tail string, versioned bool) {
	before, versioned := strings.CutSuffix(string(t), "{"+version+"}")
	if !versioned {
		return t, "", false
	}
	i := strings.LastIndexByte(before, '}') + 1
	return NumberTemplate(before[:i]), before[i:], true
}

// Check refuses a template that cannot number anything.
func (t NumberTemplate) Check() error {
	base, tail, _ := t.base()
	filled := base.inYear(0)
	for _, w := range words {
		filled = strings.ReplaceAll(filled, "{"+w+"}", w)
	}
	before, after, ok := cutCounter(filled)
	if !ok || strings.ContainsAny(before+after+tail, "{}") {
		return Refuse(Invalid, "", fmt.Sprintf("番号の様式「%s」には {n} が一つ必要です。使えるのは {FY}・{FY:R}・{年度}・{年度:R}・{年度:和}・{課記号}・{種別}・{案件}・{n}・{n:桁数}と、最後の {版} です。", t),
			fmt.Sprintf("number template %q needs one {n}; it knows {FY}, {FY:R}, {年度}, {年度:R}, {年度:和}, {課記号}, {種別}, {案件}, {n}, {n:digits} and, at its end, {版}", t))
	}
	return nil
}

// Counts says whether a series is one of the template's, of whatever year.
func (t NumberTemplate) Counts(series string) bool {
	base, _, _ := t.base()
	want, after, _ := cutCounter(string(base))
	is, end, ok := cutCounter(series)
	for _, part := range [][2]string{{want, is}, {after, end}} {
		pattern := placePattern.Replace(regexp.QuoteMeta(part[0]))
		ok = ok && regexp.MustCompile("^"+pattern+"$").MatchString(part[1])
	}
	return ok
}

// placePattern turns places of a quoted template into what can stand there.
var placePattern = strings.NewReplacer(`\{FY\}`, `\d{4}`, `\{年度\}`, `\d{4}`, `\{FY:R\}`, `\d+`, `\{年度:R\}`, `(\d+|元)`,
	`\{年度:和\}`, `\p{Han}+?(\d+|元)`, `\{課記号\}`, `.+`, `\{種別\}`, `.+`, `\{案件\}`, `.+`)

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

// Parse reads the number n of a series out of what [NumberTemplate.Format] wrote.
func (t NumberTemplate) Parse(series, number string) (n int64, ok bool) {
	before, after, _ := cutCounter(series)
	digits, begins := strings.CutPrefix(number, before)
	digits, ends := strings.CutSuffix(digits, after)
	n, err := strconv.ParseInt(digits, 10, 64)
	return n, begins && ends && err == nil && n > 0 && t.Format(series, n) == number
}
