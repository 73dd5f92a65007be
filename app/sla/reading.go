package sla

import (
	"fmt"
	"slices"
	"time"

	"daicho/app"
	"daicho/app/civil"
)

// Question is a place of the specification that can be read in more than one way.
type Question string

// The questions.
const (
	ReportWhen  Question = "report"       // 3.2.2: 報告は原則業務時間内, for failures that are not serious
	NoticeWhen  Question = "notice"       // 3.2.2: which of its times is that of a notice
	WishOutside Question = "wish_outside" // 3.3.2: a wished time outside of service hours
	UptimeBy    Question = "uptime"       // 3.3.1: what counts as running
	FirstLineBy Question = "first_line"   // 3.3.1: what counts as taken by the helpdesk first
)

// Choice is one way to read a question.
type Choice string

// The choices, the one that holds without an agreement before the others.
const (
	Rolled  Choice = "rolled"  // (b) 2 hours on the wall, moved to the next opening of the city
	Counted Choice = "counted" // (a) 2 hours of the city's time

	Delivered    Choice = "delivered"
	Sent         Choice = "sent"
	Acknowledged Choice = "acknowledged"

	AsWished    Choice = "as_wished"    // the limit counts from the wish, whenever that is
	NextOpening Choice = "next_opening" // it counts from when staff is on site again

	Staffed    Choice = "staffed"     // only hours in which staff is there
	WithIntake Choice = "with_intake" // also those in which a system takes inquiries

	FirstTaken Choice = "first_taken" // only what the helpdesk took itself
	HandedOver Choice = "handed_over" // also what the city's staff handed over at once
)

// choices of each question; the first is the default.
var choices = map[Question][]Choice{
	ReportWhen: {Rolled, Counted}, NoticeWhen: {Delivered, Sent, Acknowledged}, WishOutside: {AsWished, NextOpening},
	UptimeBy: {Staffed, WithIntake}, FirstLineBy: {FirstTaken, HandedOver},
}

// Reading is how a question is read from a day on.
type Reading struct {
	Question  Question
	Choice    Choice
	From      civil.Date // first day; zero: from the beginning
	Agreement string     // the number of the document that agreed on it; empty for a default
}

// Ledger is the readings agreed on (解釈台帳). What was judged by one stays so when
// another is agreed on later.
type Ledger []Reading

// Check refuses readings that nobody knows, that rest on no agreement, or of which two
// hold from the same day.
func (l Ledger) Check() error {
	for i, r := range l {
		twice := slices.ContainsFunc(l[:i], func(o Reading) bool { return o.Question == r.Question && o.From == r.From })
		if !slices.Contains(choices[r.Question], r.Choice) || r.Agreement == "" || twice {
			return app.Refuse(app.Invalid, string(r.Question), fmt.Sprintf("解釈「%s」を設定できません。選択肢、合意文書の番号、施行日を確かめてください。", r.Choice),
				fmt.Sprintf("the reading %q does not fit; look at its choice, the number of its agreement and its first day", r.Choice))
		}
	}
	return nil
}

// In is the reading in force at an instant: the last one agreed on for that day, or
// the default.
func (l Ledger) In(q Question, t time.Time) Reading {
	found := Reading{Question: q, Choice: choices[q][0]}
	day := civil.DateOf(t)
	for _, r := range l {
		if r.Question == q && r.From.Compare(day) <= 0 && r.From.Compare(found.From) >= 0 {
			found = r
		}
	}
	return found
}

// Contract is the calendars and readings by which is judged.
type Contract struct {
	Always Hours // 24 hours of 365 days
	City   Hours // 業務時間
	Onsite Hours // 常駐
	Ledger Ledger
}

// check refuses to judge without a calendar.
func (c *Contract) check() error {
	if c.Always == nil || c.City == nil || c.Onsite == nil {
		return ErrNoCalendar
	}
	return c.Ledger.Check()
}
