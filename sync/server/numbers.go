package server

import (
	"maps"
	"slices"
)

// numbers counts what one decision issues. Nothing is written before the
// decision stands: a refused change must not leave a gap.
type numbers struct {
	tx    Tx
	given map[string]int64
	kept  []Reserved // that the change had before the server was restored
	again []Reserved // of them, those that it gets again
}

func (n *numbers) issue(series string) (int64, error) {
	if i := slices.IndexFunc(n.kept, func(r Reserved) bool { return r.Series == series }); i >= 0 {
		n.again = append(n.again, n.kept[i])
		n.kept = slices.Delete(slices.Clone(n.kept), i, i+1)
		return n.again[len(n.again)-1].N, nil
	}
	last, err := n.tx.Counter(counterNumber + series)
	if err != nil {
		return 0, err
	}
	n.given[series]++
	return last + n.given[series], nil
}

// last is the last number of a series that was given.
func (n *numbers) last(series string) (int64, error) {
	last, err := n.tx.Counter(counterNumber + series)
	return last + n.given[series], err
}

// settle writes the counters, and who got which number.
func (n *numbers) settle(gsn int64) error {
	for _, r := range n.again {
		if err := n.tx.Claim(r.Series, r.N, gsn); err != nil {
			return err
		}
	}
	for _, series := range slices.Sorted(maps.Keys(n.given)) {
		given := n.given[series]
		last, err := n.tx.Count(counterNumber+series, given)
		if err != nil {
			return err
		}
		for i := last - given + 1; i <= last; i++ {
			if err = n.tx.Claim(series, i, gsn); err != nil {
				return err
			}
		}
	}
	return nil
}
