package server_test

import (
	"context"
	"slices"
	"testing"

	"daicho/sync/server"
)

// treeless is a log that keeps no tree: what it costs is seen beside one that does.
type treeless struct{ server.Log }

func (l treeless) Write(ctx context.Context, fn func(server.Tx) error) error {
	return l.Log.Write(ctx, func(tx server.Tx) error { return fn(noHashes{tx}) })
}

type noHashes struct{ server.Tx }

func (noHashes) PutHashes(int64, []byte) error { return nil }
func (noHashes) Hashes(gsns []int64) ([][]byte, error) {
	return slices.Repeat([][]byte{make([]byte, 64*32)}, len(gsns)), nil
}

// BenchmarkPushTree puts 10,000 changes into the order on SQLite with the tree
// and without it, by turns, and reports what the tree costs as a ratio.
func BenchmarkPushTree(b *testing.B) {
	var times []float64
	for range b.N {
		without := push(b, treeless{sqlite(b)})
		with := push(b, sqlite(b))
		b.Logf("without %v, with %v", without, with)
		times = append(times, with.Seconds()/without.Seconds())
	}
	slices.Sort(times)
	b.ReportMetric(times[len(times)/2], "with-tree")
	b.ReportMetric(times[0], "with-tree-low")
	b.ReportMetric(times[len(times)-1], "with-tree-high")
}
