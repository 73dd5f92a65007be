package civil

import (
	"strings"
	"time"
)

// scanner reads a folded text from left to right; blanks between parts are
// skipped, since forms pad with them (令和 8年 4月 1日).
type scanner struct{ rest string }

func (sc *scanner) skipBlanks() { sc.rest = strings.TrimLeft(sc.rest, " ") }

func (sc *scanner) done() bool {
	sc.skipBlanks()
	return sc.rest == ""
}

// take consumes a word when it comes next; letters match in either case.
func (sc *scanner) take(word string) bool {
	sc.skipBlanks()
	if len(sc.rest) < len(word) || !strings.EqualFold(sc.rest[:len(word)], word) {
		return false
	}
	sc.rest = sc.rest[len(word):]
	return true
}

// number consumes up to eight digits and says how many they were; more than
// eight are no part of any date and count as none.
func (sc *scanner) number() (n, digits int) {
	sc.skipBlanks()
	for digits < len(sc.rest) && sc.rest[digits] >= '0' && sc.rest[digits] <= '9' {
		if digits == 8 {
			return 0, 0
		}
		n = n*10 + int(sc.rest[digits]-'0')
		digits++
	}
	sc.rest = sc.rest[digits:]
	return n, digits
}

// separator consumes the sign after a year or month: the kanji, or / - or a dot.
// It returns "" when there is none.
func (sc *scanner) separator(kanji string) string {
	for _, s := range []string{kanji, "/", "-", "."} {
		if sc.take(s) {
			return s
		}
	}
	return ""
}

// era consumes the name or the letter of an era.
func (sc *scanner) era() (Era, bool) {
	for _, e := range eras {
		if sc.take(e.Name) || sc.take(e.Letter) {
			return e, true
		}
	}
	return Era{}, false
}

// weekday consumes (金), (金曜) or (金曜日); brackets were folded before.
func (sc *scanner) weekday() (time.Weekday, bool) {
	before := sc.rest
	if sc.take("(") {
		for i, name := range weekdays {
			if sc.take(name) {
				_ = sc.take("曜日") || sc.take("曜")
				if sc.take(")") {
					return time.Weekday(i), true
				}
				break
			}
		}
	}
	sc.rest = before
	return 0, false
}

// time reads a time of day on d: 14:02, 14:02:33, 14時, 14時2分, 午後2時5分.
func (sc *scanner) time(d Date) (time.Time, error) {
	var afternoon, half bool
	if afternoon = sc.take("午後"); !afternoon {
		half = sc.take("午前")
	}
	hour, digits := sc.number()
	minute, second, ok := sc.minutes()
	if half = half || afternoon; half && hour > 12 {
		ok = false
	}
	if afternoon && hour < 12 {
		hour += 12
	}
	if !ok || digits < 1 || digits > 2 || minute > 59 || second > 59 || hour*3600+minute*60+second > 24*3600 {
		return time.Time{}, &ParseError{Reason: NotATime}
	}
	return d.At(hour, minute, second), nil
}

// minutes reads what follows the hour.
func (sc *scanner) minutes() (minute, second int, ok bool) {
	colon := sc.take(":")
	if !colon && !sc.take("時") {
		return 0, 0, false
	}
	minute, digits := sc.number()
	if colon {
		return sc.afterColon(minute, digits)
	}
	if digits == 0 {
		return 0, 0, true
	}
	if digits > 2 || !sc.take("分") {
		return 0, 0, false
	}
	if second, digits = sc.number(); digits > 0 {
		return minute, second, digits <= 2 && sc.take("秒")
	}
	return minute, 0, true
}

func (sc *scanner) afterColon(minute, digits int) (int, int, bool) {
	if digits != 2 {
		return 0, 0, false
	}
	if !sc.take(":") {
		return minute, 0, true
	}
	second, n := sc.number()
	return minute, second, n == 2
}
