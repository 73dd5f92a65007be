package simtest

import (
	"context"
	"errors"
	"math/rand/v2"

	"daicho/app"
	"daicho/sync/server"
)

var errDown = errors.New("the server's program ended")

// ledger is the server's log, and a copy of everything committed to it, for
// the oracle to judge by. Its program may end before or after any commit.
type ledger struct {
	server.Log
	book  app.Book
	plant *Plant
	lines []server.Line
	keys  keyring
	again map[app.ID][]app.SubjectKey // keys of erased subjects that were brought

	rand   *rand.Rand
	mortal bool // while a request is at work
	down   bool // it ended, and nobody has started it again

	rows   rows                            // the fold of the lines
	scopes map[int64]map[app.Ref]app.Scope // of what each line changed, after it
}

func newLedger(log server.Log, seed uint64, book app.Book, plant *Plant) *ledger {
	return &ledger{Log: log, book: book, plant: plant, keys: keyring{all: map[app.ID][]app.SubjectKey{}}, again: map[app.ID][]app.SubjectKey{},
		rand: rand.New(rand.NewPCG(seed, 2)), rows: rows{}, scopes: map[int64]map[app.Ref]app.Scope{}}
}

// Write is part of [server.Log].
func (l *ledger) Write(ctx context.Context, fn func(server.Tx) error) error {
	if l.down {
		return errDown
	}
	fate := -1
	if l.mortal {
		fate = l.rand.IntN(60)
	}
	var noted *noting
	err := l.Log.Write(ctx, func(tx server.Tx) error {
		noted = &noting{Tx: tx, plant: l.plant}
		if err := fn(noted); err != nil || fate != 0 && !(len(noted.lines) > 0 && l.plant.strikes(AckEarly)) {
			return err
		}
		return errDown // before the commit
	})
	if l.plant.Bug == AckEarly && errors.Is(err, errDown) && fate != 0 {
		return nil
	}
	if err == nil {
		l.keys.add(noted.keys)
		err = l.note(noted.lines)
	}
	if fate == 0 || fate == 1 {
		l.down, err = true, errDown
	}
	return err
}

// note keeps what was committed.
func (l *ledger) note(lines []server.Line) error {
	for _, line := range lines {
		l.lines = append(l.lines, line)
		o, err := app.DecodeOutcome(line.Outcome, &l.keys)
		if err != nil {
			return err
		}
		l.rows.take(o.Effects, line.GSN)
		at := map[app.Ref]app.Scope{}
		for _, e := range o.Effects {
			if at[e.Ref], err = l.book.ScopeOf(l.rows, e.Ref, l.rows[e.Ref].doc); err != nil {
				return err
			}
		}
		l.scopes[line.GSN] = at
	}
	return nil
}

// Read is part of [server.Log].
func (l *ledger) Read(ctx context.Context, fn func(server.Tx) error) error {
	if l.down {
		return errDown
	}
	return l.Log.Read(ctx, func(tx server.Tx) error { return fn(&noting{Tx: tx, plant: l.plant, reading: true}) })
}

// noting is a transaction that is written down, and in which bugs are planted.
type noting struct {
	server.Tx
	plant   *Plant
	reading bool
	lines   []server.Line
	keys    []app.SubjectKey
}

func (t *noting) Append(l server.Line) error {
	t.lines = append(t.lines, l)
	return t.Tx.Append(l)
}

func (t *noting) PutKey(k app.SubjectKey, at app.Stamp) error {
	t.keys = append(t.keys, k)
	if erased, err := t.Tx.IsErased(k.Subject); err != nil || erased {
		t.plant.sim.book.again[k.Subject] = append(t.plant.sim.book.again[k.Subject], k)
		return err
	}
	return t.Tx.PutKey(k, at)
}
