package main

import (
	"context"
	"strings"

	"daicho/store"
)

// keptByScreens is before every name under which screens keep something, so
// that they cannot reach settings of other parts.
const keptByScreens = "ui/"

func (r *records) Recall(ctx context.Context, prefix string) (map[string][]byte, error) {
	return with(r, func(open *store.Replica) (map[string][]byte, error) {
		all, err := open.Settings(ctx, keptByScreens+prefix)
		kept := make(map[string][]byte, len(all))
		for name, value := range all {
			kept[strings.TrimPrefix(name, keptByScreens)] = value
		}
		return kept, err
	})
}

func (r *records) Keep(ctx context.Context, name string, value []byte) error {
	open, err := r.door.open()
	if err != nil {
		return err
	}
	return open.Local(ctx, func(tx *store.LocalTx) error { return tx.Set(keptByScreens+name, value) })
}
