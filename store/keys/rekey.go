package keys

import (
	"context"
	"os"
	"slices"

	"daicho/store/durable"
)

// A change of data key has two envelopes for as long as the database is written
// again: the present one, and the next one beside it. Which of their keys fits the
// database says how far it came, so package store decides whether to finish or to
// abandon it. At every moment there is only the present one, both, or only the
// next one in its place.

// Next is the folder as it will be after the change of data key that is under way:
// its Open and Ways read the next envelope, and say ErrMissing if there is none.
// Nothing else is for it.
func (f Folder) Next() Folder {
	f.next = true
	return f
}

// Rekeying reports whether a change of data key is under way. Until it is finished
// or abandoned, no way to open can be added, changed or dropped: ErrRekeying.
func (f Folder) Rekeying(id ID) bool {
	_, err := os.Lstat(f.Next().Path(id))
	return err == nil
}

// StartRekey draws the data key to come and writes the next envelope, opened in
// every way that opens the present one: by a new entry of the keyring, by the same
// recovery key and shares, and by pass at its present cost. If the envelope has a
// passphrase, pass must be it: ErrWrongPassphrase; otherwise it is not looked at.
//
// Only who holds the present data key can: ErrOtherKey. Further errors: ErrRekeying
// if a change is under way, ErrDamaged if a public key was slipped in, ErrFuture for
// a way that this version does not know, and those of a [Keyring] that cannot take
// the entry. After an error nothing has changed.
func (f Folder) StartRekey(ctx context.Context, id ID, present DataKey, pass Passphrase) (DataKey, error) {
	e, err := f.held(id, present)
	if err != nil {
		return DataKey{}, err
	}
	key := newDataKey()
	next, err := newEnvelope(id, key)
	for i := 0; i < len(e.Wraps) && err == nil; i++ {
		w := &e.Wraps[i]
		if w.boxed() && !w.genuine(id, present) {
			err = damaged(f.Path(id))
		} else {
			err = f.rewrap(ctx, w, next, key, pass)
		}
	}
	if err == nil {
		err = f.Next().write(next, true)
	}
	if err != nil {
		f.forget(ctx, next.entries()) // an entry that stays opens nothing
		return DataKey{}, err
	}
	return key, nil
}

// rewrap seals the next data key in the way of w.
func (f Folder) rewrap(ctx context.Context, w *wrap, next *envelope, key DataKey, pass Passphrase) (err error) {
	id := next.Replica
	var again *wrap
	switch w.Way {
	case ByPassphrase:
		if _, right := w.unseal(id, w.stretch(pass)); !right {
			return wrongPassphrase()
		}
		again, err = passphraseWrap(id, key, pass, *w.Cost)
	case ByKeyring:
		again, err = f.enter(ctx, id, key)
	case ByRecoveryKey, ByShares:
		again = &wrap{Way: w.Way, Entry: w.Entry, Public: w.Public}
		err = again.sealBox(id, key)
	default:
		err = future(f.Path(id))
	}
	if err == nil {
		next.put(again)
	}
	return err
}

// FinishRekey puts the next envelope in the place of the present one, for who holds
// its data key: ErrOtherKey. Call it once the database is under that key. With
// ErrEntryLeft it is done, but for an entry of the keyring that now opens only
// copies of the earlier envelope.
func (f Folder) FinishRekey(ctx context.Context, id ID, next DataKey) error {
	e, err := f.Next().read(id)
	if err != nil {
		return err
	}
	if !e.holds(next) {
		return otherKey(f.Next().Path(id))
	}
	entries := without(f.entries(id), e.entries())
	if err := durable.Rename(f.Next().Path(id), f.Path(id)); err != nil {
		return noFile(f.Path(id), err)
	}
	return f.clear(ctx, entries)
}

// AbandonRekey takes the next envelope away, if there is one. Call it while the
// database is under the present data key. With ErrEntryLeft it is done, but for an
// entry of the keyring that now opens nothing.
func (f Folder) AbandonRekey(ctx context.Context, id ID) error {
	entries := without(f.Next().entries(id), f.entries(id))
	if err := durable.Remove(f.Next().Path(id)); err != nil {
		return noFile(f.Next().Path(id), err)
	}
	return f.clear(ctx, entries)
}

// without are the entries that are not kept. An envelope put there by somebody else
// may name an entry that is still of use.
func without(entries, kept []string) []string {
	return slices.DeleteFunc(entries, func(entry string) bool { return slices.Contains(kept, entry) })
}
