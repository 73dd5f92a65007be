package server

import (
	"encoding/hex"
	"strings"

	"daicho/app"
	"daicho/sync/server/second"
	"daicho/sync/wire"
)

// What a second place is told of rows, each under a name that begins with what it
// is. What changes with every contact is left out: when a device was seen last and
// how far it has read, wrong tries of passwords, and watermarks, which follow from
// the order.
type (
	knownDevice struct {
		Public   []byte      `cbor:"1,keyasint"`
		Person   app.ID      `cbor:"2,keyasint"`
		Name     string      `cbor:"3,keyasint"`
		State    DeviceState `cbor:"4,keyasint"`
		Enrolled app.Stamp   `cbor:"5,keyasint"`
	}
	knownStanding struct {
		Class  wire.Class `cbor:"1,keyasint"`
		Issued app.Stamp  `cbor:"2,keyasint"`
		Until  app.Stamp  `cbor:"3,keyasint"`
		Lost   app.Stamp  `cbor:"4,keyasint,omitempty"`
		LostBy string     `cbor:"5,keyasint,omitempty"`
		Reason string     `cbor:"6,keyasint,omitempty"`
		Wiped  app.Stamp  `cbor:"7,keyasint,omitempty"`
	}
	knownCredential struct {
		Password string `cbor:"1,keyasint,omitempty"`
		TOTP     []byte `cbor:"2,keyasint,omitempty"`
		Recovery []byte `cbor:"3,keyasint,omitempty"`
	}
	knownCode struct {
		Person app.ID     `cbor:"1,keyasint"`
		Until  app.Stamp  `cbor:"2,keyasint"`
		UsedBy app.ID     `cbor:"3,keyasint"`
		Class  wire.Class `cbor:"4,keyasint"`
	}
)

// The beginnings of names.
const (
	namePerson     = "person "
	nameDevice     = "device "
	nameStanding   = "standing "
	nameCredential = "credential "
	nameCode       = "code "
	nameSetting    = "setting "
)

// knownSettings are the settings that a second place is told: the keys by which
// devices know the server, and what boxes are sealed to.
var knownSettings = []string{settingIdentity, settingSuccessor, settingSuccession, settingSuccessions, settingBoxSecret}

// knowledge is everything of that kind as it is now.
func knowledge(tx Tx) ([]second.Row, error) {
	k := &knowing{}
	for _, gather := range []func(Tx) error{k.people, k.devices, k.standings, k.credentials, k.codes, k.settings} {
		if err := gather(tx); err != nil {
			return nil, err
		}
	}
	return k.rows, k.err
}

// knowing gathers rows.
type knowing struct {
	rows []second.Row
	err  error
}

func (k *knowing) add(name string, value any) {
	text, err := wire.Encode(value)
	if err != nil {
		k.err = err
	}
	k.rows = append(k.rows, second.Row{Name: name, Value: text})
}

func (k *knowing) people(tx Tx) error {
	all, err := tx.Persons()
	for _, p := range all {
		k.add(namePerson+p.ID.String(), p.Name)
	}
	return err
}

func (k *knowing) devices(tx Tx) error {
	all, err := tx.Devices()
	for _, d := range all {
		k.add(nameDevice+d.ID.String(), knownDevice{d.Public, d.Person, d.Name, d.State, d.Enrolled})
	}
	return err
}

func (k *knowing) standings(tx Tx) error {
	all, err := tx.Standings()
	for _, s := range all {
		k.add(nameStanding+s.Device.String(), knownStanding{s.Class, s.Issued, s.Until, s.Lost, s.LostBy, s.Reason, s.Wiped})
	}
	return err
}

func (k *knowing) credentials(tx Tx) error {
	all, err := tx.Credentials()
	for _, c := range all {
		k.add(nameCredential+c.Person.String(), knownCredential{c.Password, c.TOTP, c.Recovery})
	}
	return err
}

func (k *knowing) codes(tx Tx) error {
	all, err := tx.Invitations()
	for _, i := range all {
		k.add(nameCode+hex.EncodeToString(i.Secret[:]), knownCode{i.Person, i.Until, i.UsedBy, i.Class})
	}
	return err
}

func (k *knowing) settings(tx Tx) error {
	for _, name := range knownSettings {
		value, err := tx.Setting(name)
		if err != nil {
			return err
		}
		k.rows = append(k.rows, second.Row{Name: nameSetting + name, Value: value})
	}
	return nil
}

// numbersNow is how far each series has come.
func numbersNow(tx Tx) (all []second.Count, err error) {
	series, err := tx.Series()
	for _, name := range series {
		n, failed := tx.Counter(counterNumber + name)
		if failed != nil {
			return nil, failed
		}
		all = append(all, second.Count{Series: name, N: n})
	}
	return all, err
}

// isOwn says whether a device is the server's, of now or of before a restore:
// nobody's but its own local author.
func (d *Device) isOwn() bool { return d.Person == app.LocalAuthor(d.ID) }

// ownLines are changes that were made at the server and that a second place has
// not been told, up to a page; more says that there are others.
func ownLines(tx Tx, told map[app.ID]uint64, e *second.Entry) (more bool, err error) {
	all, err := tx.Devices()
	for _, d := range all {
		if err != nil || more {
			return more, err
		}
		if d.isOwn() && d.Watermark > told[d.ID] {
			more, err = linesOf(tx, &d, told[d.ID], e)
		}
	}
	return more, err
}

func linesOf(tx Tx, d *Device, after uint64, e *second.Entry) (more bool, err error) {
	lines, err := tx.LinesOf(d.ID, after, wire.PageChanges)
	var gsns []int64
	size := 0
	for i := range lines {
		l := &lines[i]
		if size += len(l.Body); size > wire.PageBytes && i > 0 {
			break
		}
		one, failed := ownLine(tx, l)
		if failed != nil {
			return false, failed
		}
		e.Lines, gsns = append(e.Lines, one), append(gsns, l.GSN)
	}
	if err != nil || len(gsns) == 0 {
		return false, err
	}
	keys, err := tx.KeysOfLines(gsns)
	e.Keys = append(e.Keys, wire.KeysOf(keys)...)
	return e.Lines[len(e.Lines)-1].Seq < d.Watermark, err
}

func ownLine(tx Tx, l *Line) (second.Line, error) {
	out := second.Line{Device: l.Device, Seq: l.Seq, At: l.Received, Stood: l.Verdict == app.Accepted || l.Verdict == app.Contested, Body: l.Body}
	o, err := app.DecodeOutcome(l.Outcome, blind{})
	if err == nil {
		out.At = o.At
	}
	out.Numbers, err = tx.NumbersOf(l.GSN)
	return out, err
}

// cutName splits the name of a row.
func cutName(name string) (what string, id app.ID, err error) {
	what, text, _ := strings.Cut(name, " ")
	if what += " "; what == nameCode || what == nameSetting {
		return what, id, nil
	}
	id, err = app.ParseID(text)
	return what, id, err
}
