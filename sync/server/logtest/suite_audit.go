package logtest

import (
	"context"
	"testing"

	"daicho/sync/audit"
	"daicho/sync/server"
)

func hashes(t *testing.T, l server.Log) {
	write(t, l, func(tx server.Tx) {
		for gsn := int64(1); gsn <= 3; gsn++ {
			fine(t, tx.PutHashes(gsn, []byte{byte(gsn), 7}))
		}
	})
	if l.Write(context.Background(), func(tx server.Tx) error { return tx.PutHashes(2, []byte{9}) }) == nil {
		t.Fatal("a row was written twice")
	}
	read(t, l, func(tx server.Tx) {
		got, err := tx.Hashes([]int64{3, 9, 1, 3})
		fine(t, err)
		same(t, got, [][]byte{{3, 7}, nil, {1, 7}, {3, 7}})
		got, err = tx.Hashes(nil)
		fine(t, err)
		same(t, len(got), 0)
		last, err := tx.Hashed()
		fine(t, err)
		same(t, last, int64(3))
	})
}

func leaves(t *testing.T, l server.Log) {
	var want []audit.Leaf
	write(t, l, func(tx server.Tx) {
		for gsn := int64(1); gsn <= 4; gsn++ {
			one := line(gsn, byte(gsn%2), uint64(gsn), int(gsn))
			fine(t, tx.Append(one))
			want = append(want, leafOf(one))
		}
	})
	read(t, l, func(tx server.Tx) {
		got, err := tx.Leaves(1, 2)
		fine(t, err)
		same(t, got, want[1:3])
		got, err = tx.Leaves(3, 100)
		fine(t, err)
		same(t, got, want[3:])
		last, err := tx.Hashed()
		fine(t, err)
		same(t, last, int64(0)) // whoever appends lines keeps the tree
	})
}
