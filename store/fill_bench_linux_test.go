package store_test

import (
	"context"
	"syscall"
	"testing"
	"time"

	"daicho/app"
)

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
