package logtest

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"daicho/app"
	"daicho/sync/server"
)

// epochs is what devices said of an order that ended.
type epochs struct {
	reserved map[claim]server.Reserved
	stood    map[change]bool
}

func newEpochs() epochs {
	return epochs{map[claim]server.Reserved{}, map[change]bool{}}
}

func (t *memTx) Reserve(r server.Reserved) error {
	return add(t, t.reserved, claim{r.Series, r.N}, r)
}

func (t *memTx) ReservedAs(series string, n int64) (server.Reserved, bool, error) {
	r, there := t.reserved[claim{series, n}]
	return r, there, nil
}

func (t *memTx) ReservedFor(device app.ID, seq uint64) (out []server.Reserved, err error) {
	for _, r := range t.reserved {
		if r.Device == device && r.Seq == seq {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b server.Reserved) int {
		return cmp.Or(cmp.Compare(a.Series, b.Series), cmp.Compare(a.N, b.N))
	})
	return out, nil
}

func (t *memTx) Stand(device app.ID, seq uint64) error {
	return put(t, t.stood, change{device, seq}, true)
}

func (t *memTx) Stood(device app.ID, seq uint64) (bool, error) {
	return t.stood[change{device, seq}], nil
}

func (t *memTx) Series() (out []string, err error) {
	for _, name := range slices.Sorted(maps.Keys(t.counters)) {
		if series, is := strings.CutPrefix(name, "number "); is {
			out = append(out, series)
		}
	}
	return out, nil
}

func (t *memTx) Claims(series string, after int64, count int) (out []server.Claimed, err error) {
	for c, gsn := range t.claims {
		if c.series == series && c.n > after {
			out = append(out, server.Claimed{N: c.n, GSN: gsn})
		}
	}
	slices.SortFunc(out, func(a, b server.Claimed) int { return cmp.Compare(a.N, b.N) })
	return out[:min(count, len(out))], nil
}

func (t *memTx) VoidInvitations(at app.Stamp) error {
	for secret, i := range t.invitations {
		if i.UsedBy.IsZero() && i.Until > at {
			i.Until = at
			if err := put(t, t.invitations, secret, i); err != nil {
				return err
			}
		}
	}
	return nil
}
