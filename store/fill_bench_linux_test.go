package store_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"syscall"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/storetest"
)

// standing makes pages of n inquiries as a server would give them to a new
// device: a key for each.
func standing(t testing.TB, n, page int) (pages []store.Rows) {
	t.Helper()
	var after app.Ref
	for from := 0; from < n; from += page {
		p := store.Rows{Epoch: app.ID{0xe0, 1}, After: after, Total: int64(n), More: from+page < n}
		for i := from; i < min(from+page, n); i++ {
			r := inquiry(t, i)
			p.Rows = append(p.Rows, r)
			p.Keys = append(p.Keys, app.SubjectKey{Subject: r.Ref.ID, Key: sha256.Sum256(r.Ref.ID[:])})
		}
		after = p.Rows[len(p.Rows)-1].Ref
		pages = append(pages, p)
	}
	return pages
}

// inquiry is one record as it stands: inquiries come minutes apart.
func inquiry(t testing.TB, i int) store.Row {
	t.Helper()
	at := app.Stamp(1_790_000_000_000 + int64(i)*60_000)
	id, err := app.NewID(at, storetest.Random(uint64(i)))
	if err != nil {
		t.Fatal(err)
	}
	x := ticket.Register.Draft(id)
	x.Number = fmt.Sprintf("R-2026-%06d", i)
	x.Title, x.Body = fmt.Sprintf("%s %d", subjects[i%len(subjects)], i), "共有プリンターに送ると用紙切れと表示されるが、用紙は入っている。"
	x.Channel, x.Category, x.Impact = ticket.Phone, ticket.Device, ticket.Minor
	x.Requester, x.Department, x.Site = "山田太郎", fmt.Sprintf("第%d課", i%37), fmt.Sprintf("第%d庁舎", i%9)
	x.ReceivedAt = at
	return store.Row{Ref: x.Ref, GSN: int64(i + 1), Doc: app.Doc(nil).Patch(ticket.Register.Diff(x))}
}

var subjects = []string{"プリンターから印刷できない", "給与システムに入れない", "共有フォルダーが見えない", "端末の動作が遅い", "会議室の回線が切れる"}

// BenchmarkFill fills new replicas with 100,000 inquiries (DAICHO_FILL: as many),
// and tells how many came a second until lists could be used, and until searches
// found them, too.
func BenchmarkFill(b *testing.B) {
	n := times(b, "DAICHO_FILL", 100_000)
	pages := standing(b, n, 5000)
	for b.Loop() {
		b.StopTimer()
		r := city(b, 7)
		ctx := context.Background()
		b.StartTimer()
		begin, used := time.Now(), spent()
		if err := r.Rescope(ctx, app.ID{0xe0, 1}, app.ReadsAll, int64(n)); err != nil {
			b.Fatal(err)
		}
		for _, p := range pages {
			if err := r.Fill(ctx, p); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(n)/time.Since(begin).Seconds(), "rows/s")
		b.ReportMetric(float64(n)/(spent()-used).Seconds(), "rows/CPU-s")
		if err := r.Index(ctx, nil); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(n)/time.Since(begin).Seconds(), "searchable/s")
		b.ReportMetric(float64(n)/(spent()-used).Seconds(), "searchable/CPU-s")
	}
}

// spent is the CPU time of this process: what else runs here does not count.
func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // there is no process without one
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
