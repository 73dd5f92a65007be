package main

import (
	"context"
	"strconv"

	"daicho/app"
	"daicho/store"
)

// outboxVerb is about changes of this device that the server has not accepted.
type outboxVerb struct {
	List outboxList `cmd:"" help:"List changes that wait or were rejected."`
}

type outboxList struct {
	JSON bool `name:"json" help:"Print one JSON array."`
}

// waiting is one change of the outbox as it is printed.
type waiting struct {
	Seq    uint64   `json:"seq"`
	Kind   app.Kind `json:"kind"`
	ID     string   `json:"id"`
	Number string   `json:"number"`
	Title  string   `json:"title"`
	event
}

// Run lists.
func (v *outboxList) Run(ctx context.Context, s *session) error {
	return s.with(ctx, func(r *store.Replica) error {
		sent, err := r.Outbox(ctx)
		if err != nil {
			return err
		}
		return s.printSent(sent, v.JSON)
	})
}

func (s *session) printSent(sent []app.Sent, asJSON bool) error {
	if asJSON {
		return printJSON(s.console.Out, s.waiting(sent))
	}
	t := table{}
	for _, c := range sent {
		t.add(strconv.FormatUint(c.Seq, 10), placeOf(c.Event), string(c.Ref.Kind), nameOf(c.Ref, c.Number), act(c.Event), shortened(c.Title, most), c.Say.EN)
	}
	return t.write(s.console.Out)
}

func (s *session) waiting(sent []app.Sent) []waiting {
	out := []waiting{}
	for _, c := range sent {
		w := waiting{Seq: c.Seq, Kind: c.Ref.Kind, ID: c.Ref.ID.String(), Number: c.Number, Title: c.Title}
		if g := s.book.Registers[c.Ref.Kind]; g != nil {
			w.event = eventOf(g, c.Event)
		}
		out = append(out, w)
	}
	return out
}
