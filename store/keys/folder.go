package keys

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"daicho/store/durable"
)

// Folder is where envelopes stand, one a replica.
type Folder struct {
	dir  string
	ring ring
	next bool // reads the envelopes to come: see Next
}

// In is the folder at dir. It is made, readable by its owner only, when the first
// envelope is written.
func In(dir string) Folder { return Folder{dir: dir, ring: systemRing{}} }

// Default is the folder named by the environment variable DAICHO_KEYS, or
// daicho/keys in the user's configuration folder.
func Default() (Folder, error) {
	if dir := os.Getenv("DAICHO_KEYS"); dir != "" {
		return In(dir), nil
	}
	config, err := os.UserConfigDir()
	if err != nil {
		return Folder{}, fmt.Errorf("no folder for keys (set DAICHO_KEYS): %w", err)
	}
	return In(filepath.Join(config, "daicho", "keys")), nil
}

// Path is where the envelope of a replica stands, if it has one.
func (f Folder) Path(id ID) string {
	if f.next {
		return filepath.Join(f.dir, string(id)+".next.json")
	}
	return filepath.Join(f.dir, string(id)+".json")
}

// Create draws a data key for a new replica and writes its envelope, opened by
// pass. An envelope that is there is never replaced: ErrExists.
func (f Folder) Create(id ID, pass Passphrase, cost Cost) (DataKey, error) {
	key := newDataKey()
	e, err := newEnvelope(id, key)
	if err != nil {
		return DataKey{}, err
	}
	w, err := passphraseWrap(id, key, pass, cost)
	if err != nil {
		return DataKey{}, err
	}
	e.put(w)
	if err := f.write(e, true); err != nil {
		return DataKey{}, err
	}
	return key, nil
}

// SetPassphrase makes pass the passphrase, in place of an earlier one. Only who
// holds the data key can; the database is not written again. Copies of the
// envelope made before still open by the earlier one.
func (f Folder) SetPassphrase(id ID, key DataKey, pass Passphrase, cost Cost) error {
	return f.change(id, key, func(e *envelope) error {
		w, err := passphraseWrap(id, key, pass, cost)
		if err == nil {
			e.put(w)
		}
		return err
	})
}

// ChangePassphrase makes new the passphrase for who can open the envelope: by the
// old one, or by another way if that is forgotten.
func (f Folder) ChangePassphrase(ctx context.Context, id ID, old Opener, new Passphrase, cost Cost) error {
	key, err := f.Open(ctx, id, old)
	if err != nil {
		return err
	}
	return f.SetPassphrase(id, key, new, cost)
}

// Ways tells how the envelope can be opened.
func (f Folder) Ways(id ID) ([]Way, error) {
	e, err := f.read(id)
	if err != nil {
		return nil, err
	}
	var ways []Way
	for _, w := range e.Wraps {
		ways = append(ways, w.Way)
	}
	return ways, nil
}

// change lets edit alter the envelope of key and writes it back.
func (f Folder) change(id ID, key DataKey, edit func(*envelope) error) error {
	e, err := f.held(id, key)
	if err != nil {
		return err
	}
	if err := edit(e); err != nil {
		return err
	}
	return f.write(e, false)
}

// held reads the envelope for who holds its key, while no change of key is under way.
func (f Folder) held(id ID, key DataKey) (*envelope, error) {
	e, err := f.read(id)
	switch {
	case err != nil:
		return nil, err
	case !e.holds(key):
		return nil, otherKey(f.Path(id))
	case f.Rekeying(id):
		return nil, rekeying(f.Path(id))
	}
	return e, nil
}

func (f Folder) read(id ID) (*envelope, error) {
	path := f.Path(id)
	if !wellFormed.MatchString(string(id)) {
		return nil, missing(path)
	}
	b, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, missing(path)
	case err != nil:
		return nil, noFile(path, err)
	}
	return decode(b, id, path)
}

func (f Folder) write(e *envelope, fresh bool) error {
	path := f.Path(e.Replica)
	b, err := e.encode()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return noFile(path, err)
	}
	if fresh {
		err = durable.Create(path, func(d string) error { return os.WriteFile(d, b, 0o600) })
	} else {
		err = durable.Replace(path, b)
	}
	switch {
	case errors.Is(err, fs.ErrExist):
		return exists(path)
	case err != nil:
		return noFile(path, err)
	}
	return nil
}
