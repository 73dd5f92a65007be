package keys

import (
	"context"
	"errors"
)

// DropWay takes one way of opening back. Only who holds the data key can. The last
// way that a person can use, which the keyring alone is not, is refused with
// ErrLastWay. One that the envelope has not is fine.
//
// The entry of the keyring goes first: with a locked keyring nothing is changed and
// the error is ErrKeyringLocked; where there is no keyring any more, there is no
// entry. Copies of the envelope made before keep the way.
func (f Folder) DropWay(ctx context.Context, id ID, key DataKey, way Way) error {
	return f.change(id, key, func(e *envelope) error {
		w := e.way(way)
		if w == nil {
			return nil
		}
		if !e.usableWithout(way) {
			return lastWay()
		}
		if way == ByKeyring {
			if err := f.forget(ctx, []string{w.Entry, witnessEntry(id)}); err != nil && !errors.Is(err, ErrNoKeyring) {
				return err
			}
		}
		e.drop(way)
		return nil
	})
}

// usableWithout reports whether a person can open the envelope without that way.
func (e *envelope) usableWithout(way Way) bool {
	for _, by := range []Way{ByPassphrase, ByRecoveryKey, ByShares} {
		if by != way && e.way(by) != nil {
			return true
		}
	}
	return false
}
