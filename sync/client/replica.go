package client

import (
	"context"

	"daicho/app"
	"daicho/store"
	"daicho/sync/wire"
)

// Of is a replica as sync needs it.
func Of(r *store.Replica) Port { return replica{r} }

// replica says in the words of [Port] what a replica says in its own.
type replica struct{ *store.Replica }

func (r replica) Apply(ctx context.Context, p Page) error {
	page := store.Page{Epoch: p.Epoch, Clearance: p.Clearance, From: p.From, UpTo: p.UpTo, Outcomes: p.Outcomes, Keys: p.Keys}
	for _, who := range p.People {
		page.People = append(page.People, store.Person{ID: who.ID, Name: who.Name})
	}
	return r.Replica.Apply(ctx, page)
}

func (r replica) Enrolment(ctx context.Context) (Enrolment, error) {
	e, err := r.Replica.Enrolment(ctx)
	return Enrolment{Servers: e.Servers, Pin: wire.Pin(e.Pin), Epoch: e.Epoch, Person: app.Actor{ID: e.Person.ID, Name: e.Person.Name}}, err
}

func (r replica) Enroll(ctx context.Context, e Enrolment) error {
	return r.Local(ctx, func(tx *store.LocalTx) error {
		return tx.Enroll(store.Enrolment{Servers: e.Servers, Pin: e.Pin, Epoch: e.Epoch, Person: store.Person{ID: e.Person.ID, Name: e.Person.Name}})
	})
}

func (r replica) Measured(ctx context.Context, offset, err int64) error {
	return r.Local(ctx, func(tx *store.LocalTx) error {
		return tx.Measured(store.Measurement{Offset: offset, Err: err})
	})
}

func (r replica) SetSetting(ctx context.Context, name string, value []byte) error {
	return r.Local(ctx, func(tx *store.LocalTx) error { return tx.Set(name, value) })
}
