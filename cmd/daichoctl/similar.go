package main

import (
	"context"
	"strings"

	"daicho/app"
	"daicho/app/synonym"
	"daicho/app/ticket"
	"daicho/store"
)

// similarVerb finds what was asked before.
type similarVerb struct {
	About []string `arg:"" name:"ref-or-text" help:"ticket:NUMBER, ticket:ID, or what somebody asks, in any words."`
	Limit int      `default:"5" placeholder:"N" help:"At most so many inquiries."`
	JSON  bool     `name:"json" help:"Print one JSON array."`
}

// similar is one inquiry found, as it is printed.
type similar struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	State  string `json:"state"`
	FAQ    bool   `json:"faq"`
	Title  string `json:"title"`
	Answer string `json:"answer"`
}

// Run compares with the inquiries on this device.
func (v *similarVerb) Run(ctx context.Context, s *session) error {
	return s.with(ctx, func(r *store.Replica) error {
		like, err := v.like(ctx, r)
		if err != nil {
			return err
		}
		hits, err := r.Similar(ctx, like)
		if err != nil {
			return err
		}
		if err := tellUnindexed(ctx, s, r); err != nil {
			return err
		}
		found, t := []similar{}, table{}
		for _, h := range hits {
			k, err := store.Get(ctx, r, ticket.Register, h.Ref.ID)
			if err != nil {
				return err
			}
			x := similar{k.Ref.ID.String(), k.Number, ticket.Register.Show(k, "state", s.console.Lang), k.FAQEntry, k.Title, k.Answer}
			found = append(found, x)
			t.add(nameOf(k.Ref, x.Number), x.State, shortened(x.Title, most), shortened(x.Answer, most))
		}
		if v.JSON {
			return printJSON(s.console.Out, found)
		}
		return t.write(s.console.Out)
	})
}

// like is what is asked: of an inquiry, or in words.
func (v *similarVerb) like(ctx context.Context, r *store.Replica) (app.Like, error) {
	names, err := synonym.Read(ctx, r)
	if err != nil {
		return app.Like{}, err
	}
	name, is := strings.CutPrefix(v.About[0], string(ticket.Kind)+":")
	if !is || len(v.About) > 1 {
		return ticket.Alike(names.Others, strings.Join(v.About, " "), v.Limit), nil
	}
	rec, err := find(ctx, r, ticket.Register, name)
	if err != nil {
		return app.Like{}, err
	}
	return rec.(*ticket.Ticket).Alike(names.Others, v.Limit), nil
}
