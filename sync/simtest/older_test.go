package simtest

import (
	"maps"

	"daicho/app"
	"daicho/app/document"
	"daicho/app/ticket"
)

// early is a ticket as a program knew it that had fewer fields.
type early struct {
	app.Head
	Title      string
	Channel    ticket.Channel
	Department string
	Body       string
	Zone       app.Zone
}

var earlyTickets = app.Describe(ticket.Kind, "問い合わせ", "Tickets",
	app.Text("title", "件名", "Subject", func(t *early) *string { return &t.Title }).Must().Seal(),
	app.One("channel", "受付経路", "Channel", func(t *early) *ticket.Channel { return &t.Channel }, app.Is(ticket.Phone, "電話", "Telephone")).Must(),
	app.Text("department", "所属", "Department", func(t *early) *string { return &t.Department }),
	app.Long("body", "内容", "Inquiry", func(t *early) *string { return &t.Body }).Seal(),
	app.One("zone", "領域", "Zone", func(t *early) *app.Zone { return &t.Zone }, app.Zones...),
).Zoned(func(t *early) app.Zone { return t.Zone })

// older is the book of a program of before: a register has fewer fields, another
// is not there yet.
func older(b app.Book) app.Book {
	b.Registers = maps.Clone(b.Registers)
	b.Registers[ticket.Kind] = earlyTickets
	delete(b.Registers, document.Kind)
	return b
}

// old says whether the device at a desk has such a program. On the disk none
// has: its tables would be of before, too.
func (s *Sim) old(n int) bool { return !s.disk && s.seed%3 == 0 && n == 2 }

// register is the one that a record is of, be it of before or of now.
func (s *Sim) register(r app.Record) app.AnyRegister {
	if _, before := r.(*early); before {
		return earlyTickets
	}
	return s.Book.Registers[r.Meta().Ref.Kind]
}
