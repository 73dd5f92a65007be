package client

import (
	"context"
	"errors"
	"slices"

	"daicho/app"
	"daicho/sync/audit"
	"daicho/sync/wire"
)

// settingTrail is where the checkpoints are kept that this device has accepted.
const settingTrail = "audit/trail"

// fetch asks for a page and looks, before anything is done with it, whether the
// server's record still is the one that this device has seen.
func (s *session) fetch(ctx context.Context, in *wire.Pull) (*wire.Pulled, error) {
	trail, err := Trail(ctx, s.port)
	if err != nil {
		return nil, err
	}
	last, _ := trail.Last()
	in.Seen = last.Size
	out, err := s.conn.fetch(ctx, in)
	if err == nil {
		err = s.attested(ctx, trail, out.Checkpoint, max(out.UpTo, out.Head))
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Trail are the checkpoints that a device has accepted.
func Trail(ctx context.Context, p Port) (audit.Trail, error) {
	b, err := p.Setting(ctx, settingTrail)
	if err != nil {
		return nil, err
	}
	return audit.DecodeTrail(b)
}

// attested checks a checkpoint that came with something that holds lines up to
// a number, and keeps it. A server that once signed its record may not stop.
func (s *session) attested(ctx context.Context, trail audit.Trail, c *wire.Checkpoint, upTo int64) error {
	last, seen := trail.Last()
	if c == nil {
		if !seen {
			return nil // of a version that signed nothing
		}
		return s.alarm(ctx, last, &wire.Checkpoint{})
	}
	now, err := s.opened(ctx, c)
	switch {
	case err != nil:
		return err
	case now.Size < upTo || now.Epoch != s.place.Epoch || seen && now.Follows(&last.Checkpoint, audit.ProofOf(c.Proof)) != nil:
		return s.alarm(ctx, last, c)
	}
	s.signed = true
	if seen && now.Size == last.Size && now.Epoch == last.Epoch {
		return nil
	}
	b, err := trail.With(audit.Seen{Checkpoint: now, Note: c.Note}).Encode()
	if err != nil {
		return err
	}
	return s.port.SetSetting(ctx, settingTrail, b)
}

// opened reads a checkpoint that one of the server's identities has signed.
func (s *session) opened(ctx context.Context, c *wire.Checkpoint) (audit.Checkpoint, error) {
	pins, err := Pins(ctx, s.port, s.now)
	if err != nil {
		return audit.Checkpoint{}, err
	}
	if !slices.Contains(pins, wire.PinOf(c.Identity)) {
		return audit.Checkpoint{}, audit.ErrNote
	}
	return audit.Open(c.Note, c.Identity)
}

// attest asks for a checkpoint alone, where something is to be taken in that
// comes without one.
func (s *session) attest(ctx context.Context) error {
	trail, err := Trail(ctx, s.port)
	if err != nil || s.signed {
		return err
	}
	last, _ := trail.Last()
	out, err := s.leaves(ctx, &wire.Audit{Seen: last.Size})
	switch {
	case app.IsCode(err, app.NotFound): // a version that signed nothing
		return s.attested(ctx, trail, nil, 0)
	case err != nil:
		return err
	}
	now, err := s.opened(ctx, &out.Checkpoint)
	if err == nil && now.Epoch != s.place.Epoch {
		return errLost // the server was restored: see renew, which looks at how
	}
	return s.attested(ctx, trail, &out.Checkpoint, 0)
}

// suspect looks, when the server says that it is behind this device, whether
// its record was cut off. What it cannot find out stays as the server told it.
func (s *session) suspect(ctx context.Context, why error) error {
	if !app.IsCode(why, app.Stale) {
		return why
	}
	trail, err := Trail(ctx, s.port)
	last, seen := trail.Last()
	if err != nil || !seen {
		return errors.Join(why, err)
	}
	out, err := s.leaves(ctx, &wire.Audit{Seen: last.Size})
	if err != nil {
		return why
	}
	now, err := s.opened(ctx, &out.Checkpoint)
	if err != nil || now.Epoch != last.Epoch || now.Follows(&last.Checkpoint, audit.ProofOf(out.Checkpoint.Proof)) == nil {
		return why
	}
	return s.alarm(ctx, last, &out.Checkpoint)
}
