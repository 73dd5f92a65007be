package keys

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"
)

// AddKeyring lets the system's keyring open the envelope, too, by a new key put
// there. Only who holds the data key can. The errors are those of a [Keyring]
// and ErrOtherKey; after one the envelope is as it was.
func (f Folder) AddKeyring(ctx context.Context, id ID, key DataKey) error {
	var before []string
	err := f.change(id, key, func(e *envelope) error {
		before = e.entries()
		w, err := f.enter(ctx, id, key)
		if err == nil {
			e.put(w)
		}
		return err
	})
	if err != nil {
		return err
	}
	return f.clear(ctx, before)
}

// enter puts a new wrapping key into the keyring.
func (f Folder) enter(ctx context.Context, id ID, key DataKey) (*wrap, error) {
	w, under, err := keyringWrap(id, key)
	if err != nil {
		return nil, err
	}
	return w, ask(ctx, func() error { return f.ring.set(w.Entry, base64.StdEncoding.EncodeToString(under)) })
}

// entries are the names of what the keyring holds for an envelope.
func (e *envelope) entries() []string {
	if w := e.way(ByKeyring); w != nil {
		return []string{w.Entry}
	}
	return nil
}

// entries are those of a replica's envelope, none if that cannot be read.
func (f Folder) entries(id ID) []string {
	e, err := f.read(id)
	if err != nil {
		return nil
	}
	return e.entries()
}

// forget removes entries from the keyring, those that are still there.
func (f Folder) forget(ctx context.Context, entries []string) error {
	for _, entry := range entries {
		err := ask(ctx, func() error { return f.ring.remove(entry) })
		if err != nil && !errors.Is(err, ErrNotInKeyring) {
			return err
		}
	}
	return nil
}

// clear is forget after something that is done already. Its error is ErrEntryLeft.
func (f Folder) clear(ctx context.Context, entries []string) error {
	if err := f.forget(ctx, entries); err != nil {
		return entryLeft(strings.Join(entries, " "), err)
	}
	return nil
}
