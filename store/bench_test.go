package store_test

import (
	"context"
	"fmt"
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/storetest"
)

// tickets saves n tickets in transactions of 500.
func tickets(b *testing.B, r *store.Replica, n int) {
	b.Helper()
	for from := 0; from < n; from += 500 {
		err := r.Write(context.Background(), r.Actor(), func(tx *store.Tx) error {
			for i := from; i < min(from+500, n); i++ {
				if err := saveTicket(tx, i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func saveTicket(tx *store.Tx, i int) error {
	rec, err := tx.Draft(ticket.Kind)
	if err != nil {
		return err
	}
	t := rec.(*ticket.Ticket)
	t.Title, t.Body = fmt.Sprintf("プリンターから印刷できない %d", i), "共有プリンターに送ると用紙切れと表示されるが、用紙は入っている。"
	t.Channel, t.Category, t.Impact = ticket.Phone, ticket.Device, ticket.Minor
	t.Requester, t.Department, t.Site = "山田太郎", "総務課", fmt.Sprintf("第%d庁舎", i%9)
	t.ReceivedAt = app.Stamp(1_790_000_000_000 + int64(i)*60_000)
	return tx.Save(rec)
}

func city(b *testing.B, seed uint64) *store.Replica {
	return storetest.New(b, storetest.WithBook(modules.Book()), storetest.WithSeed(seed))
}

// BenchmarkSave saves one ticket a transaction: rules, seal, journal, columns,
// search, and a COMMIT that waits for the disk.
func BenchmarkSave(b *testing.B) {
	r := city(b, 1)
	i := 0
	for b.Loop() {
		if err := r.Write(context.Background(), r.Actor(), func(tx *store.Tx) error { i++; return saveTicket(tx, i) }); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkApply takes in 1,000 new tickets of another device.
func BenchmarkApply(b *testing.B) {
	q := storetest.NewSequencer(b, modules.Book())
	author := city(b, 1)
	tickets(b, author, 1000)
	q.Push(author, 1<<20)
	page := q.Page(0, 1<<20)
	for seed := uint64(2); b.Loop(); seed++ {
		b.StopTimer()
		r := city(b, seed)
		b.StartTimer()
		if err := r.Apply(context.Background(), page); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(1000*b.N)/b.Elapsed().Seconds(), "rows/s")
}
