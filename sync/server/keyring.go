package server

import (
	"io"

	"daicho/app"
)

// keyring finds subjects' keys in a transaction, and makes them for records
// that a rule made.
type keyring struct {
	tx     Tx
	random io.Reader
	at     app.Stamp
}

func (k *keyring) Find(subject app.ID, id app.KeyID) (app.SubjectKey, error) {
	key, ok, err := k.tx.Key(subject, id)
	if err == nil && !ok {
		err = k.why(subject)
	}
	return key, err
}

// why is why a key is not here.
func (k *keyring) why(subject app.ID) error {
	erased, err := k.tx.IsErased(subject)
	if err == nil && erased {
		err = app.ErrErased
	}
	return orElse(err, errKeyless)
}

func (k *keyring) For(subject app.ID) (app.SubjectKey, error) {
	keys, err := k.tx.KeysOf(subject)
	if err != nil {
		return app.SubjectKey{}, err
	}
	if len(keys) > 0 {
		return keys[0], nil
	}
	if err = k.why(subject); err != errKeyless {
		return app.SubjectKey{}, err
	}
	key := app.SubjectKey{Subject: subject}
	if _, err = io.ReadFull(k.random, key.Key[:]); err != nil {
		return key, err
	}
	return key, k.tx.PutKey(key, k.at)
}

// blind reads a change without what is sealed in it.
type blind struct{}

func (blind) Find(app.ID, app.KeyID) (app.SubjectKey, error) {
	return app.SubjectKey{}, app.ErrErased
}

func (blind) For(subject app.ID) (app.SubjectKey, error) {
	return app.SubjectKey{Subject: subject}, app.ErrErased
}
