// Package text holds every word that the window shows by itself, in Japanese
// first and in English.
//
// Use a Key for words of the window (buttons, headings, sentences). Do not use
// it for words of a register: field names, choices and refusals carry both
// languages where they are described.
package text

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"daicho/app"
	"daicho/app/civil"
)

// Key is one word or sentence: its value is the Japanese text, which may hold
// verbs of package fmt. Two keys cannot have the same Japanese text, so one
// thing keeps one word.
type Key string

// Label is the key in both languages, for what is named before anybody knows in
// which it will be shown.
func (k Key) Label() app.Label { return app.Label{JA: string(k), EN: english[k]} }

// Words speaks one language at a time. It belongs to the UI goroutine; after
// Set all pages are drawn again.
type Words struct{ lang app.Lang }

// New speaks lang.
func New(lang app.Lang) *Words { return &Words{lang} }

// Set changes the language.
func (w *Words) Set(lang app.Lang) { w.lang = lang }

// Lang is the language spoken.
func (w *Words) Lang() app.Lang { return w.lang }

// T is the text of a key with its arguments put in.
func (w *Words) T(k Key, args ...any) string {
	s := string(k)
	if w.lang == app.EN {
		if en, ok := english[k]; ok {
			s = en
		}
	}
	if len(args) == 0 {
		return s
	}
	return fmt.Sprintf(s, args...)
}

// Of is a label of a register.
func (w *Words) Of(l app.Label) string { return l.In(w.lang) }

// Error is the sentence of a refusal or a failure.
func (w *Words) Error(err error) string { return w.Sentence(app.ErrorOf(err).Say) }

// Sentence is what was refused or has failed, as people read it. In English
// such words are written for logs: without a capital and a full stop.
func (w *Words) Sentence(l app.Label) string {
	s := w.Of(l)
	if w.lang != app.EN || s == "" {
		return s
	}
	first, size := utf8.DecodeRuneInString(s)
	s = string(unicode.ToUpper(first)) + s[size:]
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}

// Count is a number with commas and its counter: 1,134件, 1,134.
func (w *Words) Count(n int) string { return w.T(Items, thousands(n)) }

// Number is a number with commas: 1,134.
func (w *Words) Number(n int) string { return thousands(n) }

func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Today is the day with its weekday and the time, for the status bar:
// 令和8年11月20日（金）14:02; in English 2026-11-20 Fri 14:02.
func (w *Words) Today(t time.Time) string {
	if w.lang == app.EN {
		return t.In(civil.Tokyo).Format("2006-01-02 Mon 15:04")
	}
	return civil.DateOf(t).WarekiWeekday() + clock(t)
}

// DayOfWeek is the day with its weekday, for the head of a page: 11月20日（金）; in
// English 2026-11-20 Fri.
func (w *Words) DayOfWeek(t time.Time) string {
	if w.lang == app.EN {
		return t.In(civil.Tokyo).Format("2006-01-02 Mon")
	}
	_, day, _ := strings.Cut(civil.DateOf(t).WarekiWeekday(), "年")
	return day
}

// Moment is a moment in a table or a history: 14:02 if it is today, 11/19 16:20
// in this fiscal year, with the year before it otherwise. In English, where 11/12
// is read in two ways, it has its year always: 2026-11-19 16:20.
func (w *Words) Moment(s app.Stamp, now time.Time) string {
	if s == 0 {
		return ""
	}
	t, day, today := s.Time(), civil.DateOf(s.Time()), civil.DateOf(now)
	switch {
	case day == today:
		return clock(t)
	case w.lang == app.EN:
		return t.Format("2006-01-02 15:04")
	}
	return day.InTable(today) + " " + clock(t)
}

// MomentSure is a moment with what vouches for it: 14:02 ±2秒. The error is in
// milliseconds, or app.Unknown.
func (w *Words) MomentSure(s app.Stamp, err int64, now time.Time) string {
	if s == 0 {
		return ""
	}
	if err < 0 {
		return w.Moment(s, now) + w.T(FactGap) + w.Of(app.Certainty(err))
	}
	return w.Moment(s, now) + " " + w.Of(app.Certainty(err))
}

// clock is the time of day in Tokyo, 24 hours, seconds cut off: 14:02, 8:30.
func clock(t time.Time) string {
	t = t.In(civil.Tokyo)
	return fmt.Sprintf("%d:%02d", t.Hour(), t.Minute())
}

// Clock is a time of day in Tokyo to the second: 14:02:05.
func (w *Words) Clock(t time.Time) string { return t.In(civil.Tokyo).Format("15:04:05") }

// Span is a time that passes, rounded up: 12分, and below a minute 27秒.
func (w *Words) Span(d time.Duration) string {
	if d >= time.Minute {
		return w.T(Minutes, int((d+time.Minute-1)/time.Minute))
	}
	return w.T(Seconds, int((max(d, 0)+time.Second-1)/time.Second))
}

// Left is a time that is left or exceeded, as a clock shows it: 0:41, minutes
// cut off, and from two days on 2日.
func (w *Words) Left(d time.Duration) string {
	if d = max(d, 0); d >= 48*time.Hour {
		return w.T(Days, int(d/(24*time.Hour)))
	}
	return fmt.Sprintf("%d:%02d", int(d/time.Hour), int(d/time.Minute)%60)
}

// Took is how long something took, cut off: 8秒, 1分12秒, 1時間20分.
func (w *Words) Took(d time.Duration) string {
	s := int(max(d, 0) / time.Second)
	switch {
	case s < 60:
		return w.T(Seconds, s)
	case s < 3600:
		return w.T(MinSeconds, s/60, s%60)
	}
	return w.T(Hours, s/3600, s/60%60)
}

// About is a time in as few words as a guess deserves: 40秒, 12分, 1時間20分.
func (w *Words) About(d time.Duration) string {
	if d < time.Hour {
		return w.Span(d)
	}
	return w.T(Hours, int(d/time.Hour), int(d/time.Minute)%60)
}

// Month is the month of a day above a calendar, with the year if that is to be
// said: 11月, 令和8年11月; in English 2026-11.
func (w *Words) Month(d civil.Date, year bool) string {
	switch {
	case w.lang == app.EN:
		return d.String()[:7]
	case year:
		name, _, _ := strings.Cut(d.Wareki(), "月")
		return name + "月"
	}
	return fmt.Sprintf("%d月", int(d.Month))
}

// Day is a civil day in a table: 11/20, with the year if it is not this fiscal
// year; in English 2026-11-20.
func (w *Words) Day(d app.Day, now time.Time) string {
	today := civil.DateOf(now)
	switch {
	case d == 0:
		return ""
	case w.lang == app.EN:
		return d.String()
	}
	return d.Civil().InTable(today)
}

// Size is the size of a file: 12 KB, 3.4 MB, 1.2 GB, as file managers count (1,024).
func Size(bytes int64) string {
	switch {
	case bytes < 1<<10:
		return fmt.Sprintf("%d B", bytes)
	case bytes < 1<<20:
		return fmt.Sprintf("%d KB", bytes>>10)
	case bytes < 1<<30:
		return fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20))
	}
	return fmt.Sprintf("%.1f GB", float64(bytes)/(1<<30))
}
