package server

import (
	"context"

	"daicho/sync/audit"
	"daicho/sync/wire"
)

// grow puts a line into the tree, in the transaction that writes it.
func (in *intake) grow(l *Line) (err error) {
	if in.tree == nil {
		if in.tree, err = audit.Load(l.GSN-1, in.tx.Hashes); err != nil {
			return err
		}
	}
	leaf := audit.Leaf{GSN: l.GSN, Device: l.Device, Seq: l.Seq, Body: l.Point.Body, Verdict: l.Verdict, Outcome: audit.OutcomeHash(l.Outcome), Received: l.Received}
	return add(in.tx, in.tree, &leaf)
}

func add(tx Tx, tree *audit.Tree, leaf *audit.Leaf) error {
	text, err := leaf.Encode()
	if err != nil {
		return err
	}
	return tx.PutHashes(leaf.GSN, audit.Row(tree.Add(audit.HashOf(text))))
}

// giveHashes brings a database of a version without a tree to this one, some
// lines at a time: a server that is ended meanwhile goes on from there.
func giveHashes(ctx context.Context, log Log) error {
	for more := true; more; {
		var behind bool
		err := log.Read(ctx, func(tx Tx) (err error) {
			behind, err = isBehind(tx)
			return err
		})
		if err != nil || !behind {
			return err
		}
		err = log.Write(ctx, func(tx Tx) (err error) {
			more, err = giveSome(tx)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func isBehind(tx Tx) (bool, error) {
	hashed, err := tx.Hashed()
	if err != nil {
		return false, err
	}
	next, err := tx.Leaves(hashed, 1)
	return len(next) > 0, err
}

func giveSome(tx Tx) (more bool, err error) {
	hashed, err := tx.Hashed()
	if err != nil {
		return false, err
	}
	leaves, err := tx.Leaves(hashed, wire.PageChanges)
	if err != nil || len(leaves) == 0 {
		return false, err
	}
	tree, err := audit.Load(hashed, tx.Hashes)
	for i := 0; i < len(leaves) && err == nil; i++ {
		err = add(tx, tree, &leaves[i])
	}
	return true, err
}
