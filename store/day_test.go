package store_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// childWorksADay uses everything that a replica offers, with some thousand records.
func childWorksADay(dir, _ string) error {
	ctx := context.Background()
	r, err := store.Create(ctx, itemOptions(dir, 3), storetest.Passphrase)
	if err != nil {
		return err
	}
	work := []func() error{
		func() error { return writeThousands(ctx, r, 3000) },
		func() error { return attachAndRead(ctx, r) },
		func() error { return r.Rebuild(ctx, storetest.ItemKind) },
		func() error { return sortAndSearch(ctx, r) },
		func() error { return r.ChangePassphrase(ctx, storetest.Passphrase, storetest.Passphrase) },
		func() error { return r.Verify(ctx) },
	}
	for _, w := range work {
		if err := w(); err != nil {
			return err
		}
	}
	return r.Close()
}

func writeThousands(ctx context.Context, r *store.Replica, n int) error {
	return r.Write(ctx, r.Actor(), func(tx *store.Tx) error {
		for i := range n {
			rec, err := tx.Draft(storetest.ItemKind)
			if err != nil {
				return err
			}
			it := rec.(*storetest.Item)
			it.Title, it.Count, it.Body = fmt.Sprintf("障害の題名%d", i*7919%n), i%9, strings.Repeat("本文の障害", 40)
			if err := tx.Save(it); err != nil {
				return err
			}
		}
		return nil
	})
}

func attachAndRead(ctx context.Context, r *store.Replica) error {
	rec, err := r.Draft(storetest.ItemKind)
	if err != nil {
		return err
	}
	b, err := r.Attach(ctx, rec.Meta().Ref, "x.bin", "", bytes.NewReader([]byte(bytesFor(1, 3<<20))))
	if err != nil {
		return err
	}
	return r.OpenBlob(ctx, b, io.Discard)
}

// sortAndSearch has SQLite sort all records with their documents, and join.
func sortAndSearch(ctx context.Context, r *store.Replica) error {
	if n := r.Number(ctx, "SELECT sum(length(doc)) FROM (SELECT DISTINCT doc || hex(randomblob(500)) AS doc FROM item ORDER BY doc DESC)"); n < 1<<20 {
		return fmt.Errorf("only %d bytes were sorted", n)
	}
	if hits, err := r.Search(ctx, "本文の障害", 50); len(hits) != 50 {
		return fmt.Errorf("%d hits, %w", len(hits), err)
	}
	_, _, err := r.List(ctx, storetest.ItemKind, app.Query{Sort: "title", Find: "障害"})
	return err
}
