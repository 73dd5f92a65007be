package audit

import (
	"golang.org/x/mod/sumdb/tlog"

	"daicho/app"
)

// ErrRewritten is of a server whose record does not go on from what it was.
var ErrRewritten = app.Refuse(app.Damaged, "", "サーバーの記録が書き換えられています。以前この端末に示した記録と、いまの記録がつながりません。今回は何も取り込んでいません。この端末をそのまま保管し、監査担当者に連絡してください。",
	"the server's record was rewritten: what it shows now does not go on from what it had shown to this device; nothing was taken in; keep this device as it is and tell the auditor")

// Reach is up to which size the order of a checkpoint is still the one that c
// is of: all of it, or what a restored server had kept of it; -1 if c tells of
// no such order.
func (c *Checkpoint) Reach(epoch app.ID) int64 {
	if epoch == c.Epoch {
		return c.Size
	}
	for _, e := range c.Ended {
		if e.Epoch == epoch {
			return min(e.Size, c.Size)
		}
	}
	return -1
}

// Follows checks that c goes on from an earlier checkpoint; anything else is
// [ErrRewritten]. Of an order that ended the earlier one must lie within what
// is left of it: choose it by [Trail.Within].
func (c *Checkpoint) Follows(before *Checkpoint, p Proof) error {
	switch {
	case before.Size > c.Reach(before.Epoch):
		return ErrRewritten
	case before.Size == 0:
		return nil
	case before.Size == c.Size && before.Root != c.Root:
		return ErrRewritten
	case before.Size == c.Size:
		return nil
	}
	if tlog.CheckTree(tlog.TreeProof(p), c.Size, c.Root, before.Size, before.Root) != nil {
		return ErrRewritten
	}
	return nil
}

// Holds checks that an encoded leaf stands under c.
func (c *Checkpoint) Holds(leaf []byte, p Proof) error {
	l, err := DecodeLeaf(leaf)
	if err != nil {
		return err
	}
	if tlog.CheckRecord(tlog.RecordProof(p), c.Size, c.Root, l.GSN-1, HashOf(leaf)) != nil {
		return errNotHeld
	}
	return nil
}

var errNotHeld = app.Refuse(app.Damaged, "", "この記録は、署名されたチェックポイントの監査記録に含まれていません。", "the line does not stand in the record that was signed")
