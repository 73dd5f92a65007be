package server

import (
	"bytes"
	"cmp"
	"errors"
	"slices"

	"daicho/app"
	"daicho/sync/wire"
)

func (t *sqlTx) Persons() (out []Person, err error) {
	err = t.each("SELECT id, name FROM person", nil, func(scan func(...any) error) (bool, error) {
		var p Person
		err := scan(blob(p.ID[:]), t.opened("person.name", &p.Name, p.ID[:]))
		out = append(out, p)
		return true, err
	})
	slices.SortFunc(out, func(a, b Person) int { return cmp.Or(cmp.Compare(a.Name, b.Name), bytes.Compare(a.ID[:], b.ID[:])) })
	return out, err
}

var errName = errors.New("a person of this name is there already")

// PutPerson looks for the name itself: a sealed one differs from every other.
func (t *sqlTx) PutPerson(p Person) error {
	all, err := t.Persons()
	if err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(q Person) bool { return q.Name == p.Name && q.ID != p.ID }) {
		return errName
	}
	return t.exec("INSERT INTO person (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = $2", p.ID[:], t.seal("person.name", p.Name, p.ID[:]))
}

const selectDevice = "SELECT id, public, person, name, state, enrolled, seen, watermark FROM device"

func (t *sqlTx) columnsOf(d *Device) []any {
	return []any{blob(d.ID[:]), &d.Public, blob(d.Person[:]), t.opened("device.name", &d.Name, d.ID[:]), &d.State, &d.Enrolled, &d.Seen, &d.Watermark}
}

func (t *sqlTx) Devices() (out []Device, err error) {
	err = t.each(selectDevice+" ORDER BY enrolled, id", nil, func(scan func(...any) error) (bool, error) {
		var d Device
		err := scan(t.columnsOf(&d)...)
		out = append(out, d)
		return true, err
	})
	return out, err
}

func (t *sqlTx) Device(id app.ID) (d Device, ok bool, err error) {
	ok, err = t.one(selectDevice+" WHERE id = $1", []any{id[:]}, t.columnsOf(&d)...)
	return d, ok, err
}

func (t *sqlTx) PutDevice(d Device) error {
	return t.exec(`INSERT INTO device (id, public, person, name, state, enrolled, seen, watermark) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET public = $2, person = $3, name = $4, state = $5, enrolled = $6, seen = $7, watermark = $8`,
		d.ID[:], d.Public, d.Person[:], t.seal("device.name", d.Name, d.ID[:]), string(d.State), int64(d.Enrolled), int64(d.Seen), int64(d.Watermark))
}

func (t *sqlTx) Invitation(secret [32]byte) (i Invitation, ok bool, err error) {
	i.Secret = secret
	ok, err = t.one("SELECT person, until, used_by, class FROM invitation WHERE secret = $1", []any{secret[:]}, blob(i.Person[:]), &i.Until, blob(i.UsedBy[:]), &i.Class)
	return i, ok, err
}

func (t *sqlTx) PutInvitation(i Invitation) error {
	return t.exec(`INSERT INTO invitation (secret, person, until, used_by, class) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (secret) DO UPDATE SET person = $2, until = $3, used_by = $4, class = $5`, i.Secret[:], i.Person[:], int64(i.Until), i.UsedBy[:], string(i.Class))
}

func (t *sqlTx) Setting(name string) (value []byte, err error) {
	_, err = t.one("SELECT value FROM setting WHERE name = $1", []any{name}, t.opened("setting.value", &value, name))
	return value, err
}

func (t *sqlTx) PutSetting(name string, value []byte) error {
	return t.exec("INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2", name, t.seal("setting.value", column(value), name))
}

func (t *sqlTx) Hold(s wire.Segment, at app.Stamp) error {
	text, err := wire.Encode(s)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO held (device, first, head, segment, received) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (device, first, head) DO UPDATE SET segment = $4, received = $5`,
		s.Device[:], int64(s.First), s.Head[:], t.seal("held.segment", text, s.Device[:], int64(s.First)), int64(at))
}

func (t *sqlTx) Held(device app.ID, seq uint64) (out []wire.Segment, err error) {
	err = t.each("SELECT first, segment FROM held WHERE device = $1 AND first <= $2 ORDER BY first, received", []any{device[:], int64(seq)}, func(scan func(...any) error) (bool, error) {
		var first int64
		var text []byte
		var s wire.Segment
		if err := scan(&first, t.opened("held.segment", &text, device[:], &first)); err != nil {
			return false, err
		}
		err := wire.Decode(text, &s)
		out = append(out, s)
		return true, err
	})
	return out, err
}

func (t *sqlTx) HeldCount(device app.ID) (n int, err error) {
	_, err = t.one("SELECT count(*) FROM held WHERE device = $1", []any{device[:]}, &n)
	return n, err
}

func (t *sqlTx) Release(device app.ID, first uint64) error {
	return t.exec("DELETE FROM held WHERE device = $1 AND first = $2", device[:], int64(first))
}

func (t *sqlTx) Impound(s wire.Segment, why Impounded, at app.Stamp) error {
	text, err := wire.Encode(s)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO impounded (device, first, head, why, segment, received) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (device, first, head) DO NOTHING`, s.Device[:], int64(s.First), s.Head[:], string(why),
		t.seal("impounded.segment", text, s.Device[:], int64(s.First), s.Head[:]), int64(at))
}

func (t *sqlTx) ImpoundedCount(device app.ID) (n int, err error) {
	_, err = t.one("SELECT count(*) FROM impounded WHERE device = $1", []any{device[:]}, &n)
	return n, err
}
