package server

import (
	"context"

	"daicho/app"
	"daicho/sync/wire"
)

// maxOpened is how many bytes of changes the boxes of one message may hold. They
// are squeezed: few bytes on the line may become many.
const maxOpened = 2 * wire.MaxRequest

// unbox opens what a carrier brings for others. What does not open is refused
// for its device alone; the keys of a device that may not speak are kept
// aside, as they are when it comes itself.
func (s *Server) unbox(ctx context.Context, boxes []wire.Box, into *wire.Push) (refused []wire.Refused, err error) {
	if len(boxes) == 0 {
		return nil, nil
	}
	key, err := s.boxKey(ctx)
	if err != nil {
		return nil, err
	}
	opened := 0
	for i := range boxes {
		segment, keys, err := boxes[i].Open(key)
		if err != nil {
			refused = append(refused, wire.Refused{Device: boxes[i].Device, Problem: wire.ProblemOf(err)})
			continue
		}
		if opened += segment.Bytes(); opened > maxOpened {
			return nil, errTooMuch
		}
		into.Segments = append(into.Segments, segment)
		if err = s.giveKeys(ctx, boxes[i].Device, keys, into); err != nil {
			return nil, err
		}
	}
	return refused, nil
}

// giveKeys hands on the keys of a device, or keeps them aside with what they open.
func (s *Server) giveKeys(ctx context.Context, device app.ID, keys []wire.Key, into *wire.Push) error {
	var d Device
	var known bool
	err := s.log.Read(ctx, func(tx Tx) (err error) {
		d, known, err = tx.Device(device)
		return err
	})
	switch {
	case err != nil || !known:
		return err
	case d.bar() == nil:
		into.Keys = append(into.Keys, keys...)
		return nil
	}
	return s.log.Write(ctx, func(tx Tx) error {
		in := &intake{tx: tx, carrier: device, at: s.now()}
		return in.impoundKeys(keys)
	})
}
