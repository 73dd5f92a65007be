package client

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"io"
	"slices"

	"daicho/app"
	"daicho/sync/audit"
	"daicho/sync/wire"
)

// Exported is what an export is of.
type Exported struct {
	audit.Checkpoint
	Identity ed25519.PublicKey // of the server
	Earlier  int               // checkpoints that this device had seen, which the file holds, too
}

// ExportAudit writes the server's audit log, together with the checkpoints that
// this device has seen, so that whoever verifies the file holds these against
// it. What the server says is written as it is, also if it cannot be true.
func ExportAudit(ctx context.Context, p Port, o Options, to io.Writer) (Exported, error) {
	s, err := open(ctx, p, o)
	if err != nil {
		return Exported{}, err
	}
	defer s.close()
	first, err := s.leaves(ctx, &wire.Audit{})
	if err != nil {
		return Exported{}, err
	}
	now, err := s.opened(ctx, &first.Checkpoint)
	if err != nil {
		return Exported{}, err
	}
	out := Exported{Checkpoint: now, Identity: first.Checkpoint.Identity}
	notes, err := s.seen(ctx, out.Identity)
	if err != nil {
		return out, err
	}
	out.Earlier = len(notes)
	e, err := audit.NewExporter(to, out.Identity, append(notes, first.Checkpoint.Note))
	if err == nil {
		err = s.pages(ctx, e, now.Size)
	}
	return out, err
}

// seen are the notes of this device that an identity has signed.
func (s *session) seen(ctx context.Context, identity ed25519.PublicKey) (notes [][]byte, err error) {
	trail, err := Trail(ctx, s.port)
	if err != nil {
		return nil, err
	}
	alarm, err := AlarmOf(ctx, s.port)
	if err != nil {
		return nil, err
	}
	for _, one := range trail {
		notes = append(notes, one.Note)
	}
	var signed [][]byte
	for _, note := range append(notes, alarm.Kept, alarm.Heard) {
		_, wrong := audit.Open(note, identity)
		if there := func(n []byte) bool { return bytes.Equal(n, note) }; wrong == nil && !slices.ContainsFunc(signed, there) {
			signed = append(signed, note)
		}
	}
	return signed, nil
}

// pages fetches leaves until there are as many as the server signed, or no more.
func (s *session) pages(ctx context.Context, e *audit.Exporter, size int64) error {
	for done := int64(0); done < size; {
		out, err := s.leaves(ctx, &wire.Audit{After: done, Count: int(min(audit.MaxPage, size-done))})
		if err != nil || len(out.Leaves) == 0 {
			return err
		}
		if err = e.Page(audit.Page{Leaves: out.Leaves, Hashes: audit.ProofOf(out.Hashes)}); err != nil {
			return err
		}
		done += int64(len(out.Leaves))
		s.o.progress(Auditing, int(done), int(size))
	}
	return nil
}

// ProveLines has the server prove that lines stand in its order, and checks it.
func ProveLines(ctx context.Context, p Port, o Options, gsns []int64) (*audit.Proven, error) {
	s, err := open(ctx, p, o)
	if err != nil {
		return nil, err
	}
	defer s.close()
	var out wire.Proven
	if err = s.post(ctx, wire.PathProven, &wire.Proving{Lines: gsns}, &out, &out.Times); err != nil {
		return nil, err
	}
	if _, err = s.opened(ctx, &out.Checkpoint); err != nil {
		return nil, err
	}
	var lines []audit.Line
	for _, l := range out.Lines {
		lines = append(lines, audit.Line{Leaf: l.Leaf, Proof: audit.ProofOf(l.Proof)})
	}
	proven := audit.NewProven(out.Checkpoint.Identity, out.Checkpoint.Note, lines)
	return proven, checkProven(proven, gsns)
}

var errUnproven = app.Refuse(app.Damaged, "", "サーバーは、この行が記録に含まれていることを証明できませんでした。監査担当者に連絡してください。",
	"the server could not prove that these lines stand in its record; tell the auditor")

func checkProven(p *audit.Proven, gsns []int64) error {
	r, err := p.Verify()
	if err != nil || !r.Sound() || len(p.Lines) != len(gsns) {
		return errUnproven
	}
	leaves, err := p.Leaves()
	for i, l := range leaves {
		if l.GSN != gsns[i] {
			return errUnproven
		}
	}
	return err
}
