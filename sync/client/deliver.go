package client

import (
	"context"

	"daicho/app"
	"daicho/sync/wire"
)

// deliver brings the server what is carried for others. What it does not take
// stays here with its reason and is not offered again.
func (s *session) deliver(ctx context.Context) error {
	list, err := s.port.Cargo(ctx)
	if err != nil {
		return err
	}
	var load []wire.Box
	for _, c := range list {
		if c.Said != "" {
			continue
		}
		if c.Box.Sealed, err = s.port.CargoBox(ctx, c.N); err != nil {
			return err
		}
		if c.Box.Sealed == nil {
			continue
		}
		if len(load) > 0 && !fits(load, &c.Box) {
			if err = s.unload(ctx, load); err != nil {
				return err
			}
			load = nil
		}
		load = append(load, c.Box)
	}
	if len(load) == 0 {
		return nil
	}
	return s.unload(ctx, load)
}

// fits says whether one more box may go into a message.
func fits(load []wire.Box, more *wire.Box) bool {
	changes, bytes := more.Last-more.First+1, more.Bytes()
	for i := range load {
		changes, bytes = changes+load[i].Last-load[i].First+1, bytes+load[i].Bytes()
	}
	return changes <= wire.PageChanges && bytes <= wire.PageBytes
}

func (s *session) unload(ctx context.Context, load []wire.Box) error {
	out, err := s.send(ctx, &wire.Push{Epoch: s.place.Epoch, Boxes: load})
	if err != nil {
		return err
	}
	for i := range load {
		if b := &load[i]; b.Last <= out.Watermark(b.Device) {
			s.done.Delivered += int(b.Last - b.First + 1)
		}
	}
	return s.settle(ctx, out.Watermarks, out.Refused)
}

// settle takes in what the server said of devices whose changes were brought.
func (s *session) settle(ctx context.Context, marks []wire.Mark, refused []wire.Refused) error {
	for _, m := range marks {
		if m.Device == s.device {
			continue
		}
		if err := s.port.DropCargo(ctx, m.Device, m.Seq); err != nil {
			return err
		}
	}
	for _, r := range refused {
		if err := s.port.RefuseCargo(ctx, r.Device, app.ErrorOf(r.Problem.Err()).Say.JA); err != nil {
			return err
		}
	}
	return nil
}
