package civil

// Reason says why a text is no date or time.
type Reason int

// The reasons for which ParseDate and ParseMoment refuse a text.
const (
	NotADate     Reason = iota + 1 // not one of the ways to write a day
	NoYear                         // the year is neither four digits nor of an era
	NoSuchDay                      // 4月31日
	OutsideEra                     // 平成32年1月1日
	WrongWeekday                   // a weekday beside the day contradicts it
	NotATime                       // no time of day after the day, or 25:00
)

var reasons = map[Reason]string{
	NotADate:     "not a date: write R8.4.1, 2026-04-01 or 4/1",
	NoYear:       "year must have four digits or an era: write 2026 or R8",
	NoSuchDay:    "no such day in that month",
	OutsideEra:   "the day is not in that era",
	WrongWeekday: "weekday does not match the day",
	NotATime:     "not a time of day: write 14:02",
}

// ParseError says why a text was refused. It never repeats the text itself,
// because what people type by mistake may be personal data.
type ParseError struct {
	Reason Reason
	detail string
}

// Error returns the reason in English, for logs and the command line.
func (e *ParseError) Error() string { return reasons[e.Reason] }

// Japanese returns one or two sentences for the screen: what is wrong, and what
// to type.
func (e *ParseError) Japanese() string {
	switch e.Reason {
	case NoYear:
		return "年を読み取れません。西暦4桁（2026）か元号（R8、令和8年）で入力してください。"
	case NoSuchDay, OutsideEra, WrongWeekday:
		return e.detail
	case NotATime:
		return "時刻を読み取れません。14:02 のように、0:00 から 24:00 までで入力してください。"
	default:
		return "日付を読み取れません。R8.4.1、令和8年4月1日、2026-04-01、4/1 のように入力してください。"
	}
}
