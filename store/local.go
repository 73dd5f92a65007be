package store

import (
	"context"
	"strings"

	"github.com/fxamacker/cbor/v2"

	"daicho/app"
)

// LocalTx is one transaction over the settings of this device.
type LocalTx struct {
	*step
	bound *app.Actor // who the device was enrolled for
}

// Local is the door for settings of this device, which are never synced:
// the server it belongs to, drafts, how windows stood. What a person would
// miss on another device does not belong here. A key that ends with a record's
// reference, as "ui/draft/ticket:…" does, is about that record: its value goes when
// the record is erased or may not be read here any more.
func (s *Replica) Local(ctx context.Context, fn func(*LocalTx) error) error {
	var tx *LocalTx
	err := s.transact(ctx, func(st *step) error {
		tx = &LocalTx{step: st}
		return fn(tx)
	})
	if err == nil && tx.bound != nil {
		s.actor.Store(tx.bound)
	}
	return err
}

// Set keeps a value under a key such as "draft/ticket"; nil takes it away.
func (tx *LocalTx) Set(key string, value []byte) error {
	if value == nil {
		return tx.keep(tx.exec("DELETE FROM setting WHERE key = ?", key))
	}
	return tx.keep(tx.exec("INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value))
}

// aboutOf is the record that a setting is about, if it is about one.
func aboutOf(key string) (app.Ref, bool) {
	ref, err := app.ParseRef(key[strings.LastIndex(key, "/")+1:])
	return ref, err == nil && !ref.IsZero()
}

// dropSettings takes away the settings that are about a record.
func (st *step) dropSettings(ref app.Ref) error {
	if st.abouts == nil {
		st.abouts = map[app.Ref][]string{}
		err := st.each("SELECT key FROM setting", nil, func(scan func(...any) error) error {
			var key string
			err := scan(&key)
			if about, is := aboutOf(key); is {
				st.abouts[about] = append(st.abouts[about], key)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, key := range st.abouts[ref] {
		if err := st.exec("DELETE FROM setting WHERE key = ?", key); err != nil {
			return err
		}
	}
	return nil
}

// Get is the value of a key; nil if it is not set.
func (tx *LocalTx) Get(key string) ([]byte, error) { return tx.setting(key) }

// Setting is the value of a key; nil if it is not set.
func (s *Replica) Setting(ctx context.Context, key string) (value []byte, err error) {
	err = s.read(ctx, func(r *reader) error {
		value, err = r.setting(key)
		return err
	})
	return value, err
}

// Settings are all values whose keys begin with prefix.
func (s *Replica) Settings(ctx context.Context, prefix string) (map[string][]byte, error) {
	all := map[string][]byte{}
	err := s.read(ctx, func(r *reader) error {
		return r.each("SELECT key, value FROM setting WHERE key >= ? ORDER BY key", []any{prefix}, func(scan func(...any) error) error {
			var key string
			var value []byte
			err := scan(&key, &value)
			if strings.HasPrefix(key, prefix) {
				all[key] = value
			}
			return err
		})
	})
	return all, err
}

func (r *reader) setting(key string) (value []byte, err error) {
	there, err := r.one("SELECT value FROM setting WHERE key = ?", []any{key}, &value)
	if there && value == nil {
		value = []byte{}
	}
	return value, err
}

// The keys of the settings that the store itself uses.
const (
	enrolmentKey = "store/enrolment"
	clockKey     = "store/clock"
)

// Enrolment is what binds the device to a server and a person.
type Enrolment struct {
	Servers []string `cbor:"1,keyasint"` // https://host:port, to be tried in this order
	Pin     [32]byte `cbor:"2,keyasint"` // SHA-256 of the server's identity key
	Epoch   app.ID   `cbor:"3,keyasint"` // of the server's order when the device was enrolled
	Person  Person   `cbor:"4,keyasint"`
}

// Person is one line of the server's directory.
type Person struct {
	ID   app.ID `cbor:"1,keyasint"`
	Name string `cbor:"2,keyasint"`
}

// Enroll binds the device: from now on its author is the person.
func (tx *LocalTx) Enroll(e Enrolment) error {
	if e.Person.ID.IsZero() {
		return app.Refuse(app.Invalid, "", "登録先の利用者が指定されていません。登録コードを確認してください。", "no person to enrol this device for; check the enrolment code")
	}
	b, err := cbor.Marshal(e)
	if err != nil {
		return tx.keep(err)
	}
	if err := tx.Set(enrolmentKey, b); err != nil {
		return err
	}
	if err := tx.keep(tx.contacted()); err != nil {
		return err
	}
	tx.bound = &app.Actor{ID: e.Person.ID, Name: e.Person.Name}
	return tx.keep(tx.know(e.Person))
}

// Enrolment is what binds the device; a NotFound error if nothing does yet.
func (s *Replica) Enrolment(ctx context.Context) (e Enrolment, err error) {
	err = s.read(ctx, func(r *reader) (err error) {
		var there bool
		if e, there, err = r.enrolment(); err == nil && !there {
			err = notEnrolled
		}
		return err
	})
	return e, err
}

func (r *reader) enrolment() (e Enrolment, there bool, err error) {
	b, err := r.setting(enrolmentKey)
	if err != nil || b == nil {
		return e, false, err
	}
	return e, true, cbor.Unmarshal(b, &e)
}

// me is who acts on this device: the person it is enrolled for, or its local
// author.
func (r *reader) me() (app.Actor, error) {
	e, there, err := r.enrolment()
	if !there {
		return app.Actor{ID: app.LocalAuthor(r.s.device)}, err
	}
	name, err := r.name(e.Person.ID)
	return app.Actor{ID: e.Person.ID, Name: name}, err
}

// know keeps a line of the directory.
func (st *step) know(p Person) error {
	return st.exec("INSERT INTO directory VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name", p.ID[:], p.Name)
}

// name is a person's name; empty if nobody knows.
func (r *reader) name(id app.ID) (name string, err error) {
	_, err = r.one("SELECT name FROM directory WHERE id = ?", []any{id[:]}, &name)
	return name, err
}
