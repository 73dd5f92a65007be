// Package mails is the sections of what came in by mail, of what the server told people
// and of who is told of incidents, and of the course of inquiries. Reading and sending
// mail is not here: the server's jobs do that.
package mails

import (
	"daicho/app"
	"daicho/app/letter"
	"daicho/app/notice"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// group is the heading of its sections.
var group = app.Label{JA: "メール・通知", EN: "Mail and notices"}

// Sections are the entries of the navigation.
func Sections() []ui.Section {
	return []ui.Section{
		register.Section("letters", "mail", group, register.Config{
			Register: letter.Register, Title: "title", Sort: "received", Desc: true,
			Columns: []register.Column{
				{Field: "title", Column: kit.Column{Flex: true, Min: 180}},
				{Field: "from", Column: kit.Column{Width: 160, Drop: 560}},
				{Field: "outcome", Column: kit.Column{Width: 92, Drop: 400}},
				{Field: "received", Column: moment},
			},
			Empty: app.Label{JA: "受信したメールはありません。", EN: "No mail has come in."},
		}),
		register.Section("held_letters", "lock", group, register.Config{
			Register: letter.HeldRegister, Title: "why", Sort: "held", Desc: true,
			Columns: []register.Column{{Field: "why", Column: kit.Column{Flex: true, Min: 180}}, {Field: "held", Column: moment}},
			Empty:   app.Label{JA: "隔離したメールはありません。", EN: "No mail is held apart."},
		}),
		notices(),
		register.Section("escalation", "phone", group, register.Config{
			Register: notice.Lines, Title: "name", Sort: "after",
			Columns: []register.Column{
				{Field: "name", Column: kit.Column{Flex: true, Min: 140}},
				{Field: "way", Column: kit.Column{Width: 92}},
				{Field: "to", Column: kit.Column{Width: 180, Drop: 560}},
				{Field: "after", Column: kit.Column{Kind: kit.NumColumn, Width: 70, Drop: 460}},
			},
			Labels: map[string]app.Label{"after": app.Label{JA: "何分後", EN: "Minutes"}},
			New:    app.Label{JA: "連絡先を登録する", EN: "New line"},
			Empty:  app.Label{JA: "連絡先が登録されていないため、障害は自動で通知されません。", EN: "Nobody is told of incidents, for no line has been entered."},
		}),
		register.Section("ticket_notes", "list-checks", group, register.Config{
			Register: ticket.Notes, Title: "text", Sort: "at", Desc: true,
			Columns: []register.Column{
				{Field: "text", Column: kit.Column{Flex: true, Min: 180}},
				{Field: "from", Column: kit.Column{Width: 160, Drop: 560}},
				{Field: "at", Column: moment},
			},
			New:   app.Label{JA: "経過を書く", EN: "Write an entry"},
			Empty: app.Label{JA: "経過はありません。", EN: "There are no entries."},
		}),
		register.Section("ticket_slips", "stamp", group, register.Config{
			Register: ticket.Slips, Title: "first", Sort: "first", Desc: true,
			Columns: []register.Column{
				{Field: "first", Column: kit.Column{Kind: kit.MonoColumn, Width: 130}},
				{Field: "about", Column: kit.Column{Flex: true, Min: 160}},
				{Field: "taken", Column: moment},
			},
			Hidden: []string{"form", "proof"},
			Empty:  app.Label{JA: "Web受付票はありません。", EN: "There are no web receipts."},
		}),
	}
}

// moment is a column of times.
var moment = kit.Column{Kind: kit.MonoColumn, Width: 100, Drop: 480}
