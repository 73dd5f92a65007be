package server

import (
	"context"

	"daicho/sync/wire"
)

// unbox opens what a carrier brings for others. What does not open is refused
// for its device alone; of a device that may not speak the keys stay out, as
// they do when it comes itself.
func (s *Server) unbox(ctx context.Context, boxes []wire.Box, into *wire.Push) (refused []wire.Refused, err error) {
	if len(boxes) == 0 {
		return nil, nil
	}
	key, err := s.boxKey(ctx)
	if err != nil {
		return nil, err
	}
	for i := range boxes {
		segment, keys, err := boxes[i].Open(key)
		if err != nil {
			refused = append(refused, wire.Refused{Device: boxes[i].Device, Problem: wire.ProblemOf(err)})
			continue
		}
		into.Segments = append(into.Segments, segment)
		may, err := s.mayGiveKeys(ctx, &boxes[i])
		if err != nil {
			return nil, err
		}
		if may {
			into.Keys = append(into.Keys, keys...)
		}
	}
	return refused, nil
}

func (s *Server) mayGiveKeys(ctx context.Context, b *wire.Box) (may bool, err error) {
	err = s.log.Read(ctx, func(tx Tx) error {
		d, known, err := tx.Device(b.Device)
		may = known && d.bar() == nil
		return err
	})
	return may, err
}
