package server

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"sync"

	"daicho/app"
	"daicho/sync/audit"
	"daicho/sync/wire"
)

// notary signs checkpoints. The last is kept: it stays good until the order grows.
type notary struct {
	mu   sync.Mutex
	last audit.Checkpoint
	by   ed25519.PublicKey
	note []byte
}

// sign signs what the order is now, or finds that it did.
func (n *notary) sign(c audit.Checkpoint, key ed25519.PrivateKey) (note []byte, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	by := key.Public().(ed25519.PublicKey)
	if c.Size == n.last.Size && c.Root == n.last.Root && c.Epoch == n.last.Epoch && bytes.Equal(by, n.by) {
		return n.note, nil
	}
	if note, err = c.Sign(key); err == nil {
		n.last, n.by, n.note = c, by, note
	}
	return note, err
}

// signed is the whole order as it is in one transaction.
type signed struct {
	wire.Checkpoint
	size int64
}

// attest signs the order, and proves that it goes on from what it was when it
// had so many lines. There is no proof of what it never was.
func (s *Server) attest(tx Tx, seen int64) (out signed, err error) {
	i, err := identityOf(tx)
	if err != nil {
		return out, err
	}
	c := audit.Checkpoint{At: s.now()}
	if c.Epoch, err = epochOf(tx); err != nil {
		return out, err
	}
	if c.Size, err = tx.Counter(counterGSN); err != nil {
		return out, err
	}
	e, err := epochsOf(tx)
	if err != nil {
		return out, err
	}
	c.Ended = e.told()
	tree, err := audit.Load(c.Size, tx.Hashes)
	if err != nil {
		return out, err
	}
	c.Root, out.size = tree.Root(), c.Size
	if out.Note, err = s.notary.sign(c, i.key); err != nil {
		return out, err
	}
	proof, err := audit.ProveContinued(c.Size, seen, tx.Hashes)
	out.Identity, out.Proof = i.public(), proof.Wire()
	return out, err
}

// checkpoint is what a pull says of the whole order.
func (s *Server) checkpoint(ctx context.Context, seen int64) (*wire.Checkpoint, error) {
	var out signed
	err := s.log.Read(ctx, func(tx Tx) (err error) {
		out, err = s.attest(tx, seen)
		return err
	})
	return &out.Checkpoint, err
}

var (
	errNoAuditor = app.Refuse(app.Forbidden, "", "監査記録を書き出す権限がありません。市監査担当または監査人の権限を持つ人の端末で行ってください。必要な権限は、システム管理者に付与を依頼してください。",
		"you have no right to export the audit log; do it on the device of an auditor, or ask a system administrator for the right")
	errNotYours = app.Refuse(app.Forbidden, "gsn", "この番号の行は、閲覧できる記録のものではないため、証明を受け取れません。市監査担当または監査人の端末で行ってください。",
		"the line with this number is not of a record that you may read; have it proved on the device of an auditor")
)

// mayAudit says whether a device's person may read the audit log. It holds no value of
// any record, but how many changes each device made, and when they came.
func (s *Server) mayAudit(tx Tx, device app.ID) error {
	c, err := s.order.clearance(tx, device, s.now())
	if err == nil && !c.Reads(app.Scope{Kind: app.AuditKind}) {
		err = errNoAuditor
	}
	return err
}

// mayProve says whether a device may have lines proved: one who does not audit, those
// that he is told.
func (s *Server) mayProve(tx Tx, device app.ID, size int64, lines []int64) error {
	err := s.mayAudit(tx, device)
	if !errors.Is(err, errNoAuditor) {
		return err
	}
	c, err := s.order.clearance(tx, device, s.now())
	if err != nil {
		return err
	}
	p := &page{asking: &asking{tx: tx, book: s.order.book, device: device, clearance: c}}
	if p.may, err = p.asking.may(nil); err != nil || p.may == nil {
		return err
	}
	for _, gsn := range lines {
		if err = p.tells(gsn, size); err != nil {
			return err
		}
	}
	return nil
}

// tells refuses a line that is there and that its reader is not told.
func (p *page) tells(gsn, size int64) error {
	if gsn < 1 || gsn > size {
		return nil // nobody is
	}
	reaches, err := p.tx.Reaches(gsn-1, 1)
	if err != nil || len(reaches) == 0 {
		return orElse(err, errNoReach)
	}
	if _, told := p.view(reaches[0]); !told {
		return errNotYours
	}
	return nil
}

// audit gives a piece of the audit log, as the log has it now.
func (s *Server) audit(ctx context.Context, device app.ID, in *wire.Audit) (*wire.AuditPage, error) {
	out := &wire.AuditPage{}
	return out, s.log.Read(ctx, func(tx Tx) error {
		now, err := s.attest(tx, in.Seen)
		if err != nil {
			return err
		}
		out.Checkpoint = now.Checkpoint
		if in.Count <= 0 { // the checkpoint is everybody's: by it each device watches the server
			return nil
		}
		if err = s.mayAudit(tx, device); err != nil {
			return err
		}
		leaves, err := tx.Leaves(in.After, min(in.Count, audit.MaxPage))
		if err != nil {
			return err
		}
		return fillAudit(tx, leaves, out)
	})
}

func fillAudit(tx Tx, leaves []audit.Leaf, out *wire.AuditPage) error {
	gsns := make([]int64, len(leaves))
	for i := range leaves {
		gsns[i] = leaves[i].GSN
		text, err := leaves[i].Encode()
		if err != nil {
			return err
		}
		out.Leaves = append(out.Leaves, text)
	}
	rows, err := tx.Hashes(gsns)
	for _, row := range rows {
		var h [32]byte
		copy(h[:], row)
		out.Hashes = append(out.Hashes, h)
	}
	return err
}

var errNoLine = app.Refuse(app.NotFound, "gsn", "この番号の行はサーバーの記録にありません。", "no line of the server's record has this number")

// proven proves that lines stand in the order.
func (s *Server) proven(ctx context.Context, device app.ID, in *wire.Proving) (*wire.Proven, error) {
	out := &wire.Proven{}
	return out, s.log.Read(ctx, func(tx Tx) error {
		now, err := s.attest(tx, 0)
		if err != nil {
			return err
		}
		out.Checkpoint = now.Checkpoint
		if len(in.Lines) > audit.MaxProven {
			return errTooMuch
		}
		if err = s.mayProve(tx, device, now.size, in.Lines); err != nil {
			return err
		}
		for _, gsn := range in.Lines {
			line, err := proveLine(tx, now.size, gsn)
			if err != nil {
				return err
			}
			out.Lines = append(out.Lines, line)
		}
		return nil
	})
}

func proveLine(tx Tx, size, gsn int64) (line wire.ProvenLine, err error) {
	if gsn < 1 || gsn > size {
		return line, errNoLine
	}
	leaves, err := tx.Leaves(gsn-1, 1)
	if err != nil || len(leaves) == 0 {
		return line, orElse(err, errNoLine)
	}
	proof, err := audit.ProveLeaf(size, gsn, tx.Hashes)
	if err != nil {
		return line, err
	}
	line.Proof = proof.Wire()
	line.Leaf, err = leaves[0].Encode()
	return line, err
}
