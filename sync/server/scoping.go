package server

import (
	"context"
	"errors"

	"daicho/app"
	"daicho/sync/wire"
)

// settingScoped says that every row and line of the database knows its scope.
const settingScoped = "scoped"

// giveScopes brings a database of a version without scopes to this one. No
// record of such a version ever moved, so each line reaches where the records it
// changed are now.
func giveScopes(ctx context.Context, log Log, book app.Book) error {
	if done, err := isScoped(ctx, log); err != nil || done {
		return err
	}
	return log.Write(ctx, func(tx Tx) error {
		if done, err := tx.Setting(settingScoped); err != nil || len(done) > 0 {
			return err // another process was first
		}
		g := &giving{tx, book}
		return errors.Join(g.rows(), g.lines(), tx.PutSetting(settingScoped, []byte{1}))
	})
}

func isScoped(ctx context.Context, log Log) (done bool, err error) {
	err = log.Read(ctx, func(tx Tx) error {
		value, err := tx.Setting(settingScoped)
		done = len(value) > 0
		return err
	})
	return done, err
}

type giving struct {
	tx   Tx
	book app.Book
}

func (g *giving) rows() error {
	var last app.Ref
	for {
		rows, err := g.tx.RowsAfter(last, nil, wire.RowsCount, wire.RowsBytes)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, r := range rows {
			s, err := g.book.ScopeOf(g.tx, r.Ref, r.Doc)
			if err != nil {
				return err
			}
			if err = g.tx.Rescope(r.Ref, s); err != nil {
				return err
			}
			last = r.Ref
		}
	}
}

func (g *giving) lines() error {
	var last int64
	for {
		page, err := g.tx.Since(last, wire.PageChanges, wire.PageBytes)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, told := range page {
			if err = g.line(told); err != nil {
				return err
			}
			last = told.GSN
		}
	}
}

func (g *giving) line(told Told) error {
	o, err := app.DecodeOutcome(told.Outcome, &keyring{tx: g.tx})
	if err != nil { // a key never came: its attachments can be read by nobody
		o, err = app.DecodeOutcome(told.Outcome, blind{})
	}
	if err != nil {
		return err
	}
	r := Reach{GSN: told.GSN, Device: o.Device}
	if r.About, _, err = g.tx.ScopeAt(o.Ref); err != nil {
		return err
	}
	for _, e := range o.Effects {
		s, _, err := g.tx.ScopeAt(e.Ref)
		if err != nil {
			return err
		}
		r.Moves = append(r.Moves, Move{s, s})
		for _, id := range attached(g.book.Registers[e.Ref.Kind], e) {
			if err = g.tx.Name(id, e.Ref); err != nil {
				return err
			}
		}
	}
	return g.tx.PutReach(r)
}
