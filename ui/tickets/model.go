// Package tickets is the section of inquiries. What is particular about them is
// here; the page itself is that of any register. Visits have a section of
// their own; here only their clocks are shown.
package tickets

import (
	"strings"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/sla"
	"daicho/app/ticket"
	"daicho/ui/kit"
)

// mark is the state with its glyph, as the paper forms of the helpdesk have it.
func mark(r app.Record, lang app.Lang) kit.Mark {
	m := kit.Mark{Word: ticket.Register.Show(r, "state", lang)}
	switch r.(*ticket.Ticket).State {
	case ticket.Open:
		m.Glyph, m.Tone = "○", kit.Plain
	case ticket.Working:
		m.Glyph, m.Tone = "◎", kit.Info
	case ticket.Dispatched:
		m.Glyph, m.Tone = "◆", kit.Info
	case ticket.Waiting:
		m.Glyph, m.Tone = "□", kit.Quiet
	case ticket.Closed:
		m.Glyph, m.Tone = "●", kit.Good
	case ticket.Returned:
		m.Glyph, m.Tone = "▽", kit.Warn
	}
	return m
}

// notBegun picks what nobody works on yet: it stands bold in the list.
func notBegun(r app.Record) bool { return r.(*ticket.Ticket).State == ticket.Open }

// facts is who asked, from where; of what the city took, how soon it was passed on.
func facts(r app.Record, lang app.Lang) string {
	t := r.(*ticket.Ticket)
	var parts []string
	for _, s := range []string{t.Requester, t.Department, extension(t, lang), t.Site} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if in := t.Intake(); in.Taker == sla.CityStaff && in.After >= 0 {
		parts = append(parts, app.Label{JA: "直受けから引き継ぎまで " + civil.InWords(in.After), EN: "handed over after " + in.After.Truncate(time.Second).String()}.In(lang))
	}
	return strings.Join(parts, "　")
}

func extension(t *ticket.Ticket, lang app.Lang) string {
	if t.Extension == "" {
		return ""
	}
	return app.Label{JA: "内線 ", EN: "ext. "}.In(lang) + t.Extension
}

// commands are the acts that the rules allow from each state, the most usual first.
// Somebody is sent by a visit, whose clock runs from its wished time, and not by the
// command of the inquiry alone.
func commands(r app.Record) []string {
	switch r.(*ticket.Ticket).State {
	case ticket.Open, ticket.Returned:
		return []string{"start", "visit", "close", "wait", "answer", "triage", "hand_over", "staff", "merge"}
	case ticket.Working:
		return []string{"close", "visit", "wait", "return", "answer", "triage", "hand_over", "staff", "merge"}
	case ticket.Dispatched: // somebody else may go, too
		return []string{"close", "wait", "visit", "return", "answer", "triage", "hand_over", "staff", "merge"}
	case ticket.Waiting:
		return []string{"start", "close", "visit", "return", "answer", "triage", "hand_over", "staff", "merge"}
	case ticket.Closed:
		return []string{"confirm", "return", "staff"}
	}
	return nil
}
