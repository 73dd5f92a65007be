package client

import (
	"context"
	"errors"
	"io"

	"daicho/sync/bundle"
	"daicho/sync/wire"
)

// Inspect reads a file that this device can open to its end,
// and takes nothing in.
func Inspect(ctx context.Context, p Port, r io.Reader) (*bundle.Manifest, error) {
	box, err := wire.BoxKey(p.DeviceKey().Seed())
	if err != nil {
		return nil, err
	}
	in, err := bundle.NewReader(r, deviceID(p), box, func(*bundle.Header) error { return nil })
	if err != nil {
		return nil, err
	}
	for err == nil && ctx.Err() == nil {
		_, err = in.Next()
	}
	if err == nil {
		err = ctx.Err()
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return &in.Manifest, err
}
