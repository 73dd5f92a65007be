package main

import (
	"log/slog"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	core "daicho/app"
	"daicho/app/access"
	"daicho/app/calendar"
	"daicho/app/civil"
	"daicho/app/dispatch"
	"daicho/app/document"
	"daicho/app/incident"
	"daicho/app/notice"
	"daicho/app/people"
	told "daicho/app/serve/notice"
	"daicho/app/ticket"
	"daicho/assets"
)

// TestAMorningOfTheHelpdesk is the work of a helpdesk from its opening on, with the
// keyboard alone on a screen of 1024 by 768: what came overnight, the answer of a similar
// inquiry, calls, what was said by mouth, somebody who is sent, a failure with its clocks
// and its alarm, the month on paper.
func TestAMorningOfTheHelpdesk(t *testing.T) {
	for _, lang := range []core.Lang{core.JA, core.EN} {
		t.Run(string(lang), func(t *testing.T) {
			c := newTown(t, lang, "中村 彩", access.Helpdesk)
			night := c.night()
			c.open()
			c.shown("helpdesk-01-today")
			c.answers(night)
			c.takesCalls()
			c.sends()
			c.reports()
			c.printsTheMonth()
		})
	}
}

// night is what the helpdesk finds: an inquiry that somebody has asked before, and one
// for whom somebody must go.
func (c *town) night() (asked core.Ref) {
	t, r := c.t, c.colleague
	entered(t, r, people.SiteKind, "name=本庁舎", "main=yes")
	entered(t, r, notice.LineKind, "name=ヘルプデスク 当番", "way=desktop")
	entered(t, r, ticket.Kind, "title=窓口端末で給紙エラー E-052 が出て印刷できない", "channel=phone", "department=税務課",
		"answer=給紙ローラーを清掃し、トレイ2を差し直してください。改善しないときは、部品を交換します。", "do:close")
	at := "received=" + afterClosing(t, r)
	asked = entered(t, r, ticket.Kind, "title=給紙エラー E-052 が出て窓口端末から印刷できない", "channel=mail", "department=市民課", "requester=見本 花子", "extension=2114",
		"body=トレイ2から給紙すると「給紙エラー E-052」が表示される。", at)
	entered(t, r, ticket.Kind, "title=本庁舎地下の端末が起動しない", "channel=web", "department=税務課", "requester=印南 帳子", "extension=2231", "site=本庁舎", at)
	return asked
}

// answers takes the first inquiry of the night, and answers it as a similar one was.
func (c *town) answers(night core.Ref) {
	c.keys("F6")
	c.shown("helpdesk-02-night")
	c.keys("Return")
	c.shown("helpdesk-03-first")
	c.does("着手する", "Start")
	c.face(3)
	c.shown("helpdesk-04-similar")
	c.keys("Tab", "Tab", "space")
	c.shown("helpdesk-05-answer")
	c.keys("ctrl+Return")
	c.does("完了にする", "Close")
	awaited(c, "it is answered and closed", ticket.Register, func(k *ticket.Ticket) bool {
		return k.Ref == night && k.State == ticket.Closed && strings.HasPrefix(k.Answer, "給紙ローラーを清掃し")
	})
	c.shown("helpdesk-06-closed")
}

// takesCalls takes a call that the city passes on, and writes down what was said by mouth.
func (c *town) takesCalls() {
	c.keys("ctrl+alt+h")
	c.shown("helpdesk-07-direct")
	title := c.says("会議室の扉が開かない", "a door does not open")
	c.write(title)
	c.keys("Tab")
	c.write(c.says("鷹野 航", "Takano"))
	c.keys("Tab")
	c.write(c.says("総務課", "general affairs"))
	c.shown("helpdesk-08-direct-written")
	c.keys("ctrl+Return")
	awaited(c, "the call is handed over", ticket.Register, func(k *ticket.Ticket) bool { return k.Title == title && k.PassedAt != 0 })

	c.section("documents")
	c.keys("ctrl+n")
	said := c.says("年末の開庁時間についての口頭の連絡", "opening hours at the end of the year")
	c.write(said)
	c.keys("Tab", "space", "End", "Return")
	c.shown("helpdesk-09-by-mouth")
	c.keys("ctrl+Return")
	awaited(c, "what was said is a numbered slip", document.Register, func(d *document.Document) bool { return d.Title == said && d.Type == document.Oral })
	c.shown("helpdesk-10-by-mouth-recorded")
}

// sends sends somebody to the basement: the visit is begun of its inquiry, and says what
// that says.
func (c *town) sends() {
	c.section("tickets")
	c.keys("Home", "Down")
	c.shown("helpdesk-11-basement")
	c.keys("ctrl+d")
	c.shown("helpdesk-12-visit")
	c.keys("Tab", "Tab", "Tab", "Tab")
	c.write(c.says("佐々木 健", "佐々木 健"))
	c.keys("Tab")
	c.write(inAnHour())
	c.keys("Tab")
	c.write(c.says("税務課 印南", "Innami"))
	c.shown("helpdesk-13-visit-written")
	c.keys("ctrl+Return")
	v := awaited(c, "somebody is sent", dispatch.Register, func(v *dispatch.Visit) bool { return v.Engineer == "佐々木 健" && !v.Site.IsZero() })
	awaited(c, "the inquiry tells of it", ticket.Register, func(k *ticket.Ticket) bool { return k.Ref == v.Ticket && k.State == ticket.Dispatched })
	c.face(3)
	c.shown("helpdesk-14-visit-clock")
}

// inAnHour is a time as a person types it, who is in Japan.
func inAnHour() string { return time.Now().In(civil.Tokyo).Add(time.Hour).Format("2006-01-02 15:04") }

// reports makes a failure of what people say, sees its clocks run, and acknowledges the
// alarm that the server raises.
func (c *town) reports() {
	c.section("incidents")
	c.keys("ctrl+n")
	title := c.says("住民記録システムに接続できない", "the residents' register does not answer")
	c.write(title)
	c.keys("Tab", "Tab", "space")
	c.keys("ctrl+Return")
	c.does("発生日時を記録する", "Occurred")
	c.shown("helpdesk-15-occurred")
	c.keys("ctrl+Return")
	i := awaited(c, "the failure has its beginning", incident.Register, func(i *incident.Incident) bool { return i.Title == title && i.Affects && i.Occurred != 0 })
	c.face(3)
	c.shown("helpdesk-16-clocks")

	var alarm *notice.Notice
	c.until("the server raises the alarm", func() bool {
		c.tellsPeople()
		c.keys("F5")
		all, err := core.Every(c.t.Context(), c.mine, notice.Register, core.Query{})
		ok(c.t, err)
		for _, n := range all {
			if n.About == i.Ref && n.State == notice.Asked {
				alarm = n
			}
		}
		return alarm != nil
	})
	c.shown("helpdesk-17-alarm")
	c.keys("F1")
	c.shown("helpdesk-18-notice")
	c.does("確認した", "Acknowledge")
	awaited(c, "it is acknowledged", notice.Register, func(n *notice.Notice) bool { return n.Ref == alarm.Ref && n.State == notice.Acknowledged })
	c.shown("helpdesk-19-acknowledged")
}

// tellsPeople does what the server does by itself every few seconds: it raises alarms, and
// asks people to look.
func (c *town) tellsPeople() {
	t, r := c.t, c.colleague
	synced(t, r)
	table, err := calendar.ReadHolidays(assets.Holidays())
	ok(t, err)
	alarms := told.Alarms{Replica: r, Holidays: table, Now: time.Now, Log: slog.New(slog.DiscardHandler)}
	ok(t, alarms.Pass(t.Context()))
	box := told.Outbox{Replica: r, Now: time.Now, Log: alarms.Log}
	ok(t, box.Pass(t.Context()))
	synced(t, r)
}

// printsTheMonth looks at the figures of the month, and puts them on paper.
func (c *town) printsTheMonth() {
	c.section("today")
	c.shown("helpdesk-20-figures")
	c.section("tickets")
	c.keys("ctrl+p")
	c.shown("helpdesk-21-papers")
	c.keys("Tab", "Return") // the first is the open inquiry
	c.shown("helpdesk-22-where")
	c.keys("Return")
	words := c.paper("*.pdf")
	for _, want := range []string{"ヘルプデスク月次報告書", "一次受付率"} {
		if !strings.Contains(words, want) {
			c.t.Errorf("the report has no %s:\n%s", want, words)
		}
	}
	c.shown("helpdesk-23-printed")
}

// paper is what a PDF says that was saved, once it is whole.
func (c *town) paper(pattern string) (words string) {
	c.t.Helper()
	c.until("the paper is there", func() bool {
		all, err := filepath.Glob(filepath.Join(c.files, pattern))
		ok(c.t, err)
		if len(all) == 0 {
			return false
		}
		out, err := exec.Command("pdftotext", "-layout", all[0], "-").Output()
		words = string(out)
		return err == nil && words != ""
	})
	return words
}
