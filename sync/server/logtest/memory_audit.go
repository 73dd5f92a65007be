package logtest

import (
	"daicho/sync/audit"
	"daicho/sync/server"
)

func (t *memTx) PutHashes(gsn int64, row []byte) error { return add(t, t.hashes, gsn, row) }

func (t *memTx) Hashes(gsns []int64) ([][]byte, error) {
	out := make([][]byte, len(gsns))
	for i, gsn := range gsns {
		out[i] = t.hashes[gsn]
	}
	return out, nil
}

func (t *memTx) Hashed() (last int64, err error) {
	for gsn := range t.hashes {
		last = max(last, gsn)
	}
	return last, nil
}

func (t *memTx) Leaves(after int64, count int) (out []audit.Leaf, err error) {
	lines := t.after(after)
	for _, l := range lines[:min(count, len(lines))] {
		out = append(out, leafOf(l))
	}
	return out, nil
}

func leafOf(l server.Line) audit.Leaf {
	return audit.Leaf{GSN: l.GSN, Device: l.Device, Seq: l.Seq, Body: l.Point.Body, Verdict: l.Verdict, Outcome: audit.OutcomeHash(l.Outcome), Received: l.Received}
}
