package simtest

import (
	"context"

	"daicho/app"
	"daicho/sync/server"
)

// ledger is the server's log, and a copy of everything committed to it, for
// the oracle to judge by.
type ledger struct {
	server.Log
	plant *Plant
	lines []server.Line
	keys  keyring
}

// Write is part of [server.Log].
func (l *ledger) Write(ctx context.Context, fn func(server.Tx) error) error {
	var noted *noting
	err := l.Log.Write(ctx, func(tx server.Tx) error {
		noted = &noting{Tx: tx, plant: l.plant}
		return fn(noted)
	})
	if err == nil {
		l.lines = append(l.lines, noted.lines...)
		l.keys.add(noted.keys)
	}
	return err
}

// Read is part of [server.Log].
func (l *ledger) Read(ctx context.Context, fn func(server.Tx) error) error {
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
	return t.Tx.PutKey(k, at)
}
