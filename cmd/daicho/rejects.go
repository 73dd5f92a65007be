package main

import (
	"context"

	"daicho/app"
	"daicho/store"
	"daicho/ui"
)

func (r *records) Rejected(ctx context.Context) ([]app.Sent, error) {
	return with(r, func(open *store.Replica) ([]app.Sent, error) { return open.Rejected(ctx) })
}

func (r *records) Retry(ctx context.Context, seq uint64) error {
	open, err := r.door.open()
	if err != nil {
		return err
	}
	return open.Retry(ctx, open.Actor(), seq)
}

func (r *records) Dismiss(ctx context.Context, seq uint64, reason string) error {
	open, err := r.door.open()
	if err != nil {
		return err
	}
	return open.Dismiss(ctx, open.Actor(), seq, reason)
}

func (r *records) People(ctx context.Context) ([]ui.Hit, error) {
	people, err := with(r, func(open *store.Replica) ([]store.Person, error) { return open.People(ctx) })
	out := make([]ui.Hit, len(people))
	for i, p := range people {
		out[i] = ui.Hit{Ref: app.Ref{Kind: app.PersonKind, ID: p.ID}, Title: p.Name}
	}
	return out, err
}
