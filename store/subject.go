package store

import (
	"fmt"
	"io"

	"daicho/app"
)

// found finds subject keys in a snapshot; it makes none.
type found struct {
	*reader
	last *app.SubjectKey // found last: the values of a record are opened one after the other
}

func (r *reader) keys() found { return found{r, &app.SubjectKey{}} }

// Find is one key of a subject.
func (k found) Find(subject app.ID, id app.KeyID) (app.SubjectKey, error) {
	if k.last.Subject == subject && k.last.ID() == id {
		return *k.last, nil
	}
	key, err := k.read(subject, id)
	if err == nil {
		*k.last = key
	}
	return key, err
}

func (k found) read(subject app.ID, id app.KeyID) (app.SubjectKey, error) {
	var key []byte
	there, err := k.one("SELECT key FROM subject_key WHERE subject = ? AND id = ?", []any{subject[:], id[:]}, &key)
	switch {
	case err != nil:
		return app.SubjectKey{}, err
	case !there:
		return app.SubjectKey{}, k.why(subject)
	case len(key) == 0:
		return app.SubjectKey{}, app.ErrErased
	}
	return subjectKey(subject, key)
}

// For is the first key of a subject that was not erased.
func (k found) For(subject app.ID) (app.SubjectKey, error) {
	var key []byte
	there, err := k.one("SELECT key FROM subject_key WHERE subject = ? AND length(key) > 0 ORDER BY n LIMIT 1", []any{subject[:]}, &key)
	if err != nil {
		return app.SubjectKey{}, err
	}
	if !there {
		return app.SubjectKey{}, k.why(subject)
	}
	return subjectKey(subject, key)
}

// why is why a key is not here.
func (k found) why(subject app.ID) error {
	erased, err := k.isErased(subject)
	switch {
	case err != nil:
		return err
	case erased:
		return app.ErrErased
	}
	return keyNeverCame
}

func subjectKey(subject app.ID, key []byte) (app.SubjectKey, error) {
	if len(key) != 32 {
		return app.SubjectKey{}, fmt.Errorf("a subject key of %d bytes", len(key))
	}
	return app.SubjectKey{Subject: subject, Key: [32]byte(key)}, nil
}

// made finds subject keys in a transaction, and makes those that are wanted.
type made struct {
	found
	st *step
}

func (st *step) keys() made { return made{st.reader.keys(), st} }

// Find is one key of a subject: those that just came need not be read.
func (k made) Find(subject app.ID, id app.KeyID) (app.SubjectKey, error) {
	if key, came := k.st.came[subject]; came && key.ID() == id {
		return key, nil
	}
	return k.found.Find(subject, id)
}

// For is the key to seal with now, made if the subject has none.
func (k made) For(subject app.ID) (app.SubjectKey, error) {
	key, err := k.found.For(subject)
	if err != keyNeverCame {
		return key, err
	}
	key.Subject = subject
	if _, err := io.ReadFull(k.st.s.random, key.Key[:]); err != nil {
		return key, err
	}
	return key, k.st.storeKey(key)
}

// storeKey keeps a subject's key, unless it was erased.
func (st *step) storeKey(k app.SubjectKey) error {
	id := k.ID()
	n, err := st.count("INSERT INTO subject_key (subject, id, key) SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM erased WHERE id = ?1) ON CONFLICT DO NOTHING", k.Subject[:], id[:], k.Key[:])
	if n > 0 {
		st.came[k.Subject] = k
	}
	return err
}

func (st *step) storeKeys(list []app.SubjectKey) error {
	for _, k := range list {
		if err := st.storeKey(k); err != nil {
			return err
		}
	}
	return nil
}

// dropKeys lets go of a record's keys, unless an own change needs them that is
// not done with. What was erased stays told.
func (st *step) dropKeys(ref app.Ref) error {
	delete(st.came, ref.ID)
	return st.exec(`DELETE FROM subject_key WHERE subject = ?2 AND length(key) > 0 AND NOT EXISTS
		(SELECT 1 FROM journal WHERE kind = ?1 AND id = ?2 AND state IN ('pending', 'rejected', 'quarantined'))`, string(ref.Kind), ref.ID[:])
}

// keysOf are the keys of a subject that were not erased.
func (r *reader) keysOf(subject app.ID) (list []app.SubjectKey, err error) {
	err = r.each("SELECT key FROM subject_key WHERE subject = ? AND length(key) > 0 ORDER BY n", []any{subject[:]}, func(scan func(...any) error) error {
		var key []byte
		if err := scan(&key); err != nil {
			return err
		}
		k, err := subjectKey(subject, key)
		list = append(list, k)
		return err
	})
	return list, err
}
