package server

import (
	"context"
	"crypto/ed25519"

	"daicho/app"
)

// Acting is what is done at the server itself, in one transaction: people added
// to the directory, and changes of records. These go through the same intake as
// everybody's, signed by a device of the server's own; only their right is not
// asked for, since whoever opens the server's data has it all.
type Acting struct {
	app.View
	s     *Server
	in    *intake
	key   ed25519.PrivateKey
	epoch app.ID
	hlc   app.HLC
}

// Act does something at the server itself. After an error nothing of it has happened.
func (s *Server) Act(ctx context.Context, fn func(*Acting) error) error {
	var a *Acting
	err := s.act(ctx, func(tx Tx) error {
		a = &Acting{View: tx, s: s}
		if err := a.begin(tx); err != nil {
			return err
		}
		return fn(a)
	})
	if err == nil && a.in.erased {
		s.erasedSome(context.WithoutCancel(ctx))
	}
	s.news.tell()
	return err
}

// Now is the server's time, and the order that everything goes into.
func (a *Acting) Now() (app.Stamp, app.ID) { return a.in.at, a.epoch }

// Draft is an empty record with an id.
func (a *Acting) Draft(kind app.Kind) (app.Record, error) {
	g, err := a.s.o.Book.Registers.Of(kind)
	if err != nil {
		return nil, err
	}
	r := g.New()
	id, err := app.NewID(a.in.at, a.s.o.Random)
	r.Meta().Ref = app.Ref{Kind: kind, ID: id}
	return r, err
}

// Save puts what was changed in a record into the order, or returns why the rules
// refuse it.
func (a *Acting) Save(r app.Record) error {
	head := r.Meta()
	g, err := a.s.o.Book.Registers.Of(head.Ref.Kind)
	if err != nil {
		return err
	}
	return a.act(&app.Change{Ref: head.Ref, Base: head.GSN, New: head.IsNew(), Cells: g.Diff(r)})
}

// Do puts a command on a record into the order, or returns why the rules refuse it.
func (a *Acting) Do(r app.Record, command string, args app.Doc) error {
	head := r.Meta()
	g, err := a.s.o.Book.Registers.Of(head.Ref.Kind)
	if err != nil {
		return err
	}
	spec, err := app.CommandOf(g, command)
	if err != nil {
		return err
	}
	c := &app.Change{Ref: head.Ref, Base: head.GSN, Command: command, Args: args}
	for _, f := range spec.Pre {
		c.Cells = append(c.Cells, app.Cell{Field: f, Was: head.Seen().Get(f)})
	}
	return a.act(c)
}

// AddPerson adds somebody to the directory. Names are unique.
func (a *Acting) AddPerson(name string) (Person, error) { return a.s.addPerson(a.in.tx, name) }

// FindPerson finds somebody of the directory by name or id.
func (a *Acting) FindPerson(who string) (Person, error) { return mustFind(a.in.tx, who) }
