package main

import (
	"context"
	"errors"

	"daicho/cmd/cli"
	"daicho/store"
	"daicho/sync/client"
	"daicho/sync/wire"
)

// obeyed erases the replica, which is closed, where the server has ordered that:
// the device was reported lost. Of any other error it makes nothing.
func obeyed(ctx context.Context, o store.Options, err error) error {
	var order *client.Order
	if !errors.As(err, &order) {
		return err
	}
	return order.Obey(ctx, func() error {
		if err := store.Erase(context.WithoutCancel(ctx), o, true); err != nil {
			return cli.Errorf("サーバーがこの端末の消去を命じましたが、消去できませんでした。%v", "the server ordered this device to erase itself, and that failed: %v", err)
		}
		return nil
	})
}

// prove asks the person for a password and a one-time code: at the terminal, or
// as two lines of the input.
func (s *session) prove(ctx context.Context) (p wire.Proof, err error) {
	if p.Password, err = s.console.Secret(ctx, "Password at the server (empty if none is set): "); err != nil {
		return p, err
	}
	p.Code, err = s.console.Secret(ctx, "One-time code (empty if none is set): ")
	return p, err
}
