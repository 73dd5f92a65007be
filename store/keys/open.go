package keys

import "context"

// Opener is one way to open an envelope: a [Passphrase], the [Keyring], a
// [RecoveryKey], a [Pair] of shares, or one of them under [Throttle].
type Opener interface {
	open(ctx context.Context, f Folder, id ID) (DataKey, error)
}

// Open gives the data key to who knows or has what opens it. Errors of the
// envelope: ErrMissing, ErrDamaged, ErrFuture. Of a way that it has not:
// ErrNoPassphrase, ErrNotInKeyring, ErrNoRecoveryKey, ErrNoShares. Of what does
// not open it: ErrWrongPassphrase, ErrWrongRecoveryKey, ErrWrongShares,
// ErrOtherSet, ErrSameShare. Of a keyring that cannot be asked:
// ErrKeyringLocked, ErrNoKeyring. Of one under Throttle also ErrWait.
func (f Folder) Open(ctx context.Context, id ID, how Opener) (DataKey, error) {
	return how.open(ctx, f, id)
}

func (p Passphrase) open(_ context.Context, f Folder, id ID) (DataKey, error) {
	w, err := f.wrapped(id, ByPassphrase)
	if err != nil {
		return DataKey{}, err
	}
	key, right := w.unseal(id, w.stretch(p))
	if !right {
		return DataKey{}, wrongPassphrase()
	}
	return key, nil
}

func (k RecoveryKey) open(_ context.Context, f Folder, id ID) (DataKey, error) {
	w, err := f.wrapped(id, ByRecoveryKey)
	if err != nil {
		return DataKey{}, err
	}
	key, right := w.unsealBy(id, secret(k))
	if !right {
		return DataKey{}, wrongRecoveryKey()
	}
	return key, nil
}

func (p Pair) open(_ context.Context, f Folder, id ID) (DataKey, error) {
	s, err := p.join()
	if err != nil {
		return DataKey{}, err
	}
	w, err := f.wrapped(id, ByShares)
	if err != nil {
		return DataKey{}, err
	}
	if p[0].Set() != w.Entry {
		return DataKey{}, earlierSet(p[0].Set(), w.Entry)
	}
	key, right := w.unsealBy(id, s)
	if !right {
		return DataKey{}, wrongShares()
	}
	return key, nil
}

// wrapped is the data key as one way opens it.
func (f Folder) wrapped(id ID, by Way) (*wrap, error) {
	e, err := f.read(id)
	if err != nil {
		return nil, err
	}
	if w := e.way(by); w != nil {
		return w, nil
	}
	return nil, noWay(by, f.Path(id))
}
