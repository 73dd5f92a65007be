package keys

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"

	"github.com/zalando/go-keyring"
)

// service is the name that the system's keyring shows for our entries.
const service = "Daicho"

// ring is what is needed of a keyring.
type ring interface {
	get(entry string) (string, error)
	set(entry, secret string) error
	remove(entry string) error
}

// systemRing is the operating system's keyring.
type systemRing struct{}

func (systemRing) get(entry string) (string, error) { return keyring.Get(service, entry) }
func (systemRing) set(entry, secret string) error   { return keyring.Set(service, entry, secret) }
func (systemRing) remove(entry string) error        { return keyring.Delete(service, entry) }

// Keyring is the operating system's keyring as an [Opener]. It may ask the person
// at the screen first; the context limits the wait.
type Keyring struct{}

func (Keyring) open(ctx context.Context, f Folder, id ID) (DataKey, error) {
	w, err := f.wrapped(id, ByKeyring)
	if err != nil {
		return DataKey{}, err
	}
	var under string
	err = ask(ctx, func() (err error) { under, err = f.ring.get(w.Entry); return err })
	if err != nil {
		return DataKey{}, err
	}
	b, err := base64.StdEncoding.DecodeString(under)
	if err != nil {
		return DataKey{}, notInKeyring()
	}
	key, right := w.unseal(id, b)
	if !right {
		return DataKey{}, notInKeyring()
	}
	return key, nil
}

// ask runs one call to the keyring, which can wait for a person, until ctx ends.
// The call itself cannot be stopped and ends later unheard.
func ask(ctx context.Context, call func() error) error {
	done := make(chan error, 1)
	go func() { done <- call() }()
	select {
	case err := <-done:
		return ringError(err)
	case <-ctx.Done():
		return keyringLocked(ctx.Err())
	}
}

// ringError sorts what a keyring answers: not there, locked, or no keyring at all.
// The library tells only the first by its type.
func ringError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return notInKeyring()
	case strings.Contains(err.Error(), "unlock") || strings.Contains(strings.ToLower(err.Error()), "locked"):
		return keyringLocked(err)
	}
	return noKeyring(err)
}
