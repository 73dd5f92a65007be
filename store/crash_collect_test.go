package store_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// collectFiles attaches files and gives the form up, lets months pass in which
// they are collected, and attaches the same files again, to be saved.
func collectFiles(home string, rnd *rand.Rand) error {
	clock := &storetest.Clock{}
	r, err := working(func(dir string, seed uint64) store.Options {
		o := itemOptions(dir, seed)
		o.Clock = clock.Now
		return o
	}, home, rnd)
	if err != nil {
		return err
	}
	ctx := context.Background()
	for {
		rec, err := r.Draft(storetest.ItemKind)
		if err != nil {
			return err
		}
		it, seed, size := rec.(*storetest.Item), rnd.Uint64(), 70_000
		for range 2 {
			b, err := r.Attach(ctx, it.Ref, "x.bin", "", &mortal{strings.NewReader(bytesFor(seed, size))})
			if err != nil {
				return err
			}
			it.Title, it.Files = "添付あり", []app.Blob{b}
			err = r.Collect(ctx)
			clock.Advance(31 * day)
			if err = errors.Join(err, r.Collect(ctx), r.Tidy(ctx)); err != nil {
				return err
			}
			if here, err := r.HasBlob(ctx, b.ID); here || err != nil {
				return errors.Join(errors.New("a file of nobody is still here"), err)
			}
		}
		b, err := r.Attach(ctx, it.Ref, "x.bin", "", &mortal{strings.NewReader(bytesFor(seed, size))})
		if err != nil {
			return err
		}
		it.Files = []app.Blob{b}
		if err := r.Write(ctx, r.Actor(), func(tx *store.Tx) error { return tx.Save(it) }); err != nil {
			return err
		}
		tell("attached", it.Ref.ID, seed)
	}
}
