package sla

import (
	"fmt"
	"strings"
	"time"

	"daicho/app"
	"daicho/app/civil"
)

// Explain tells in lines how a result came about: the verdict with its bounds, the
// due time, the reading, each interval that counted with the calendar it was counted
// by, and for whom was waited how long.
func (r Result) Explain(lang app.Lang) string {
	b := lines{lang: lang}
	say := b.say
	say("%s: %s", "%s: %s", r.Clock.Name.In(lang), r.Verdict.Label().In(lang))
	say("計上 %s / 上限 %s（%s）", "counted %s of %s (%s)", length(r.Used.Time, lang), length(r.Clock.Limit, lang), r.Used.in(lang))
	if !r.Due.IsZero() {
		say("期限 %s", "due %s", stamp(r.Due))
	}
	for _, w := range r.Warnings {
		say("警告 %s（%s）", "warning %s (%s)", stamp(w.At), length(w.After, lang))
	}
	if r.Reading.Question != "" {
		say("解釈 %s（%s）", "reading %s (%s)", r.Reading.Choice, r.Reading.agreed(lang))
	}
	for _, i := range r.Intervals {
		say("  %s – %s  %s  %s  %s", "  %s – %s  %s  %s  %s", stamp(i.From), stamp(i.To), length(i.To.Sub(i.From), lang), i.Why.In(lang), i.Version)
	}
	for _, p := range []Party{Vendor, City, Third} {
		if t, waited := r.Parties[p]; waited {
			say("対応待ち %s: %s（うち稼働時間 %s）", "waited for the %s: %s (%s of it in service hours)", p.Label().In(lang), length(t.Wall, lang), length(t.Open, lang))
		}
	}
	for _, e := range r.Ignored {
		say("計上外 %s %s: 順序が合いません", "left out %s %s: out of order", stamp(e.At.At.Time()), string(e.Kind))
	}
	return b.String()
}

// Explain tells in lines how the verdict on a visit came about: the due time and what
// it rests on, what counted as arrival with its bounds, and each wish.
func (r Visited) Explain(lang app.Lang) string {
	b := lines{lang: lang}
	verdict := r.Verdict.Label().In(lang)
	if r.Provisional == NotStarted {
		b.say("現地対応: %s", "visit: %s", verdict)
	} else {
		b.say("現地対応: %s（遠隔で完了した場合: %s）", "visit: %s (if the case is finished from afar: %s)", verdict, r.Provisional.Label().In(lang))
	}
	if r.Due.IsZero() {
		return b.String()
	}
	b.say("期限 %s（希望時間から %s%s）", "due %s (%s after the wish%s)", stamp(r.Due), length(r.Limit, lang), r.cited(lang))
	if r.Start.happened() {
		b.say("駆けつけ %s（%s）", "arrival %s (%s)", stamp(r.Start.At.Time()), r.Start.in(lang))
	}
	if r.Outside {
		b.say("サービス時間外の希望: 解釈 %s（%s）、他の解釈では期限 %s", "wished outside of service hours: reading %s (%s), by the other due %s", r.Reading.Choice, r.Reading.agreed(lang), stamp(r.Other))
	}
	for _, w := range r.Wishes {
		b.say("希望 %s（%s %s）期限 %s", "wish %s (%s %s) due %s", stamp(w.For.Time()), stamp(w.Made.Time()), w.Who, stamp(w.Due))
		if w.Late {
			b.say("  前の期限を過ぎてからの変更", "  made when the one before was overdue")
		}
	}
	return b.String()
}

// cited is the document that agreed on the limit.
func (r Visited) cited(lang app.Lang) string {
	if r.Document == "" {
		return ""
	}
	return app.Label{JA: "、", EN: ", "}.In(lang) + r.Document
}

// in is when it can have been.
func (m Moment) in(lang app.Lang) string {
	early, late, ok := m.Bounds()
	if !ok {
		return unknownError.In(lang)
	}
	return stamp(early) + " – " + stamp(late)
}

var unknownError = app.Label{JA: "時刻の誤差が不明", EN: "error of the time unknown"}

// lines are what is told, in one language.
type lines struct {
	strings.Builder
	lang app.Lang
}

func (b *lines) say(ja, en string, args ...any) {
	fmt.Fprintf(b, app.Label{JA: ja, EN: en}.In(b.lang)+"\n", args...)
}

// in is what the counted time is at least and at most.
func (u Used) in(lang app.Lang) string {
	if !u.Bounded {
		return unknownError.In(lang)
	}
	return length(u.Least, lang) + " – " + length(u.Most, lang)
}

// agreed is the agreement's number, or that there is none.
func (r Reading) agreed(lang app.Lang) string {
	if r.Agreement == "" {
		return app.Label{JA: "既定、合意文書なし", EN: "default, no agreement"}.In(lang)
	}
	return r.Agreement
}

// stamp is a time to the second, in Tokyo.
func stamp(t time.Time) string { return t.In(civil.Tokyo).Format(time.DateTime) }

// length is a duration cut off to seconds.
func length(d time.Duration, lang app.Lang) string {
	if lang == app.EN {
		return d.Truncate(time.Second).String()
	}
	return civil.InWords(d)
}

// Explain tells in lines how the verdicts on a failure came about: each clock, the
// report by the other reading and by the grades before, and the worst case where
// nobody knows when it occurred.
func (j Judged) Explain(lang app.Lang) string {
	b := lines{lang: lang}
	j.Four.explain(&b)
	for _, r := range j.Earlier {
		b.say("以前の重大度（%s 決定）", "by the grade before (given %s)", stamp(r.Grade.At.Time()))
		b.WriteString(r.Report.Explain(lang))
	}
	if j.Worst != nil {
		b.say("最後に正常だった時刻から数えた場合", "counted from the last good check")
		j.Worst.explain(&b)
	}
	return b.String()
}

func (f *Four) explain(b *lines) {
	for _, r := range []Result{f.Notice, f.Scope, f.Plan, f.Report} {
		b.WriteString(r.Explain(b.lang))
	}
	if f.Other.Reading.Question != "" {
		b.say("他の解釈", "by the other reading")
		b.WriteString(f.Other.Explain(b.lang))
	}
}
