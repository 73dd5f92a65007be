package server

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"slices"

	"daicho/app"
	"daicho/store/keys"
	"daicho/sync/server/second"
	"daicho/sync/wire"
)

// memento is all that a second place tells.
type memento struct {
	dir     string
	last    int64 // its newest entry
	rows    map[string]told
	lines   []second.Line   // by device and number, each once
	entries []*second.Entry // that have lines
	counts  map[string]int64
	orders  []order // in their turn
	found   second.Found
	count   int       // of all entries
	at      app.Stamp // of the newest one
}

// told is the last word on a row.
type told struct {
	n     int64 // of the entry
	value []byte
}

// order is one that the second place saw.
type order struct {
	epoch  app.ID
	shared int64 // lines taken over from the one before it
}

var (
	errNoCopy = app.Refuse(app.NotFound, "copy", "このフォルダーには、このサーバーの控えがありません。serve --copy に指定していたフォルダーを指定してください。",
		"the folder holds no second place of this server; name the one that serve --copy named")
	errCopyKept = app.Refuse(app.Invalid, "copy", "このサーバーは控えを作っていました。--copy で控えのフォルダーを指定してください。失われた場合だけ、--without-copy を指定してください（失効させた端末や権限の取り消しが元に戻ることがあります）。何も書き込んでいません。",
		"this server kept a second place: name its folder with --copy; only if that is lost, say --without-copy (devices that were revoked and rights that were taken back since may come to life again). Nothing was written")
)

// recollect reads a second place whole.
func recollect(dir string, id keys.ID, key keys.DataKey) (*memento, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	f := &second.Folder{Dir: dir, Server: id, Key: key}
	all, found, err := f.Read()
	if err != nil {
		return nil, refusedCopy(err)
	}
	if found.Files == 0 {
		return nil, errNoCopy
	}
	m := &memento{dir: dir, rows: map[string]told{}, counts: map[string]int64{}, found: found}
	for _, e := range all {
		m.take(e)
	}
	turn := map[app.ID]int{} // the devices of one order after those of another
	for _, l := range m.lines {
		if _, there := turn[l.Device]; !there {
			turn[l.Device] = len(turn)
		}
	}
	slices.SortStableFunc(m.lines, func(a, b second.Line) int {
		return cmp.Or(cmp.Compare(turn[a.Device], turn[b.Device]), cmp.Compare(a.Seq, b.Seq))
	})
	m.lines = slices.CompactFunc(m.lines, func(a, b second.Line) bool { return a.Device == b.Device && a.Seq == b.Seq })
	return m, nil
}

func (m *memento) take(e *second.Entry) {
	if m.count++; e.N > m.last {
		m.last, m.at = e.N, e.At
	}
	for _, r := range e.Rows {
		m.rows[r.Name] = told{e.N, r.Value}
	}
	for _, c := range e.Counts {
		m.counts[c.Series] = max(m.counts[c.Series], c.N)
	}
	if m.lines = append(m.lines, e.Lines...); len(e.Lines) > 0 {
		m.entries = append(m.entries, e)
	}
	if !slices.ContainsFunc(m.orders, func(o order) bool { return o.epoch == e.Epoch }) {
		m.orders = append(m.orders, order{e.Epoch, e.Shared})
	}
}

// later are the orders that followed one, if the second place saw any: they ended,
// too. Each has in common with what is here at most what it took over.
func (m *memento) later(was app.ID, size int64) (out []ended) {
	at := slices.IndexFunc(m.orders, func(o order) bool { return o.epoch == was })
	if at < 0 {
		return nil
	}
	for _, o := range m.orders[at+1:] {
		size = min(size, o.shared)
		out = append(out, ended{Epoch: o.epoch, Size: size})
	}
	return out
}

// bringRows puts back what was told after a backup of which the newest entry is since.
func (m *memento) bringRows(tx Tx, since int64) error {
	names := map[app.ID]string{}
	for name, r := range m.rows {
		if r.n <= since {
			continue
		}
		if err := bringRow(tx, name, r.value, names); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return rememberNames(tx, names)
}

func bringRow(tx Tx, name string, value []byte, names map[app.ID]string) error {
	what, id, err := cutName(name)
	if err != nil {
		return err
	}
	switch what {
	case namePerson:
		var n string
		err = wire.Decode(value, &n)
		names[id] = n
	case nameDevice:
		err = bringDevice(tx, id, value)
	case nameStanding:
		err = bringStanding(tx, id, value)
	case nameCredential:
		err = bringCredential(tx, id, value)
	case nameCode:
		err = bringCode(tx, name[len(nameCode):], value)
	case nameSetting:
		err = tx.PutSetting(name[len(nameSetting):], value)
	}
	return err
}

// bringDevice puts a device back. One that was shut out, here or there, stays so.
func bringDevice(tx Tx, id app.ID, value []byte) error {
	var k knownDevice
	if err := wire.Decode(value, &k); err != nil {
		return err
	}
	d, there, err := tx.Device(id)
	if err != nil {
		return err
	}
	if !there {
		d = Device{ID: id, Public: k.Public, Person: k.Person, Name: k.Name, State: Active, Enrolled: k.Enrolled, Seen: k.Enrolled}
	}
	if k.State == Revoked || k.State == Frozen && d.State == Active {
		d.State = k.State
	}
	return tx.PutDevice(d)
}

func bringStanding(tx Tx, id app.ID, value []byte) error {
	var k knownStanding
	if err := wire.Decode(value, &k); err != nil {
		return err
	}
	s, err := tx.Standing(id)
	if err != nil {
		return err
	}
	s.Class, s.Issued, s.Until, s.Wiped = k.Class, k.Issued, k.Until, k.Wiped
	if k.Lost != 0 {
		s.Lost, s.LostBy, s.Reason = k.Lost, k.LostBy, k.Reason
	}
	return tx.PutStanding(s)
}

func bringCredential(tx Tx, id app.ID, value []byte) error {
	var k knownCredential
	if err := wire.Decode(value, &k); err != nil {
		return err
	}
	return tx.PutCredential(Credential{Person: id, Password: k.Password, TOTP: k.TOTP, Recovery: k.Recovery})
}

// bringCode makes a code good again that nobody has used.
func bringCode(tx Tx, secret string, value []byte) error {
	var k knownCode
	err := wire.Decode(value, &k)
	i := Invitation{Person: k.Person, Until: k.Until, UsedBy: k.UsedBy, Class: k.Class}
	if err == nil {
		_, err = hex.Decode(i.Secret[:], []byte(secret)[:min(len(secret), 64)])
	}
	if err != nil {
		return err
	}
	return tx.PutInvitation(i)
}

// rememberNames makes the directory what it was. Names may have changed hands, so
// those that change give up theirs first.
func rememberNames(tx Tx, names map[app.ID]string) error {
	all, err := tx.Persons()
	if err != nil {
		return err
	}
	for _, p := range all {
		if name, there := names[p.ID]; there && name == p.Name {
			delete(names, p.ID)
		} else if there {
			if err = tx.PutPerson(Person{p.ID, p.ID.String()}); err != nil {
				return err
			}
		}
	}
	for id, name := range names {
		if _, taken, err := findPerson(tx, name); err != nil {
			return err
		} else if taken { // by one whose new name a device will bring
			name += "（" + id.Short() + "）"
		}
		if err = tx.PutPerson(Person{id, name}); err != nil {
			return err
		}
	}
	return nil
}
