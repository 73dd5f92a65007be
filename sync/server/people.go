package server

import (
	"context"
	"crypto/sha256"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"daicho/app"
	"daicho/sync/wire"
)

// maxName is the longest name of a person or device, in characters.
const maxName = 100

// invitationLife is how long an enrolment code can be used: seven days, in milliseconds.
const invitationLife = 7 * 24 * 3600 * 1000

// cleanName is a name without blanks around it; false if it is none.
func cleanName(name string) (string, bool) {
	name = strings.TrimSpace(name)
	return name, name != "" && utf8.RuneCountInString(name) <= maxName && utf8.ValidString(name) && !strings.ContainsFunc(name, unicode.IsControl)
}

// AddUser adds a person to the directory. Names are unique.
func (s *Server) AddUser(ctx context.Context, name string) (p Person, err error) {
	err = s.act(ctx, func(tx Tx) error {
		p, err = s.addPerson(tx, name)
		return err
	})
	return p, err
}

func (s *Server) addPerson(tx Tx, name string) (Person, error) {
	name, ok := cleanName(name)
	if !ok {
		return Person{}, app.Refuse(app.Invalid, "name", "名前は 1 文字以上 100 文字以下で入力してください。", "a name has 1 to 100 characters")
	}
	id, err := app.NewID(s.now(), s.o.Random)
	if err != nil {
		return Person{}, err
	}
	p := Person{id, name}
	return p, know(tx, p)
}

// know puts somebody into the directory, which every device has.
func know(tx Tx, p Person) error {
	if _, there, err := findPerson(tx, p.Name); err != nil || there {
		return orElse(err, app.Refuse(app.Invalid, "name", "同じ名前の人が既に登録されています。区別できる名前にしてください。", "there is a person of this name; choose another"))
	}
	if _, err := tx.Count(counterPeople, 1); err != nil {
		return err
	}
	return tx.PutPerson(p)
}

func orElse(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// findPerson finds somebody by name or id.
func findPerson(tx Tx, who string) (Person, bool, error) {
	all, err := tx.Persons()
	for _, p := range all {
		if p.Name == strings.TrimSpace(who) || p.ID.String() == who {
			return p, true, err
		}
	}
	return Person{}, false, err
}

// rename brings a person's new name into the directory, if he is there and the
// name is free: records may share a name, authors of changes must not.
func rename(tx Tx, e app.Effect) error {
	if e.Ref.Kind != app.PersonKind {
		return nil
	}
	for _, c := range e.Cells {
		if c.Field != "name" {
			continue
		}
		name, ok := cleanName(c.Now.Text())
		_, taken, err := findPerson(tx, name)
		if err != nil || taken || !ok {
			return err
		}
		p, there, err := findPerson(tx, e.Ref.ID.String())
		if err != nil || !there {
			return err
		}
		p.Name = name
		return know(tx, p)
	}
	return nil
}

// mustFind finds somebody by name or id, or refuses.
func mustFind(tx Tx, who string) (Person, error) {
	p, there, err := findPerson(tx, who)
	if err != nil || there {
		return p, err
	}
	return introduce(tx, who)
}

// introduce puts somebody into the directory whose record was made on a device. He
// is asked for by the record's id.
func introduce(tx Tx, who string) (p Person, err error) {
	if p.ID, err = app.ParseID(who); err != nil {
		return p, errNobody
	}
	doc, _, err := tx.Row(app.Ref{Kind: app.PersonKind, ID: p.ID})
	if err != nil {
		return p, err
	}
	var ok bool
	if p.Name, ok = cleanName(doc.Get("name").Text()); !ok {
		return p, errNobody
	}
	return p, know(tx, p)
}

// Users are all people, by name, without the name of the server itself.
func (s *Server) Users(ctx context.Context) (all []Person, err error) {
	err = s.log.Read(ctx, func(tx Tx) error {
		if all, err = tx.Persons(); err != nil {
			return err
		}
		devices, err := tx.Devices()
		own := map[app.ID]bool{}
		for _, d := range devices {
			own[d.Person] = d.isOwn()
		}
		all = slices.DeleteFunc(all, func(p Person) bool { return own[p.ID] })
		return err
	})
	return all, err
}

// settingRights says that people have rights: what a server of before them lacks.
const settingRights = "rights"

// HasRights says whether people have rights since they are here. In a server of
// before they have none until [Acting.BeginRights].
func (s *Server) HasRights(ctx context.Context) (has bool, err error) {
	return has, s.log.Read(ctx, func(tx Tx) error {
		text, err := tx.Setting(settingRights)
		has = len(text) > 0
		return err
	})
}

// BeginRights notes that people have rights from now on.
func (a *Acting) BeginRights() error { return a.in.tx.PutSetting(settingRights, []byte{1}) }

// View reads records as they stand now.
func (s *Server) View(ctx context.Context, fn func(app.View) error) error {
	return s.log.Read(ctx, func(tx Tx) error { return fn(tx) })
}

// Devices are all enrolled devices, by time of enrolment, without the server's own.
func (s *Server) Devices(ctx context.Context) (all []Device, err error) {
	err = s.log.Read(ctx, func(tx Tx) error {
		all, err = tx.Devices()
		all = slices.DeleteFunc(all, func(d Device) bool { return d.isOwn() })
		return err
	})
	return all, err
}

var (
	errNobody   = app.Refuse(app.NotFound, "user", "この名前の人は登録されていません。先に追加してください。", "no such person; add the person first")
	errNoDevice = app.Refuse(app.NotFound, "", "この端末は登録されていません。", "no such device is enrolled")
	errNoClass  = app.Refuse(app.Invalid, "class", "端末の区分は high（72 時間）、middle（14 日）、low（30 日）のいずれかです。", "a device's class is high (72 hours), middle (14 days) or low (30 days)")
)

// Revoke shuts a device out. What it still sends is kept for a person to look at.
func (s *Server) Revoke(ctx context.Context, device app.ID) error {
	return s.act(ctx, func(tx Tx) error { return revoke(tx, device) })
}

func revoke(tx Tx, device app.ID) error {
	d, known, err := tx.Device(device)
	if err != nil || !known {
		return orElse(err, errNoDevice)
	}
	d.State = Revoked
	if err = tx.PutDevice(d); err != nil {
		return err
	}
	return notice(tx)
}

// EnrollCode makes a code with which one device can enrol for a person, given
// by name or id, once, within seven days, at one of the addresses (host:port).
func (s *Server) EnrollCode(ctx context.Context, user string, addresses []string) (string, error) {
	return s.EnrollCodeOf(ctx, user, wire.ClassLow, addresses)
}

// EnrollCodeOf makes a code as [Server.EnrollCode] does, for a device of a class.
func (s *Server) EnrollCodeOf(ctx context.Context, user string, class wire.Class, addresses []string) (string, error) {
	if err := wire.CheckAddresses(addresses); err != nil {
		return "", err
	}
	if wire.Classes[class] == 0 {
		return "", errNoClass
	}
	i, err := s.identity(ctx)
	if err != nil {
		return "", err
	}
	code := wire.Code{Pin: wire.PinOf(i.public()), Addresses: addresses}
	if _, err := io.ReadFull(s.o.Random, code.Secret[:]); err != nil {
		return "", err
	}
	return code.String(), s.act(ctx, func(tx Tx) error {
		p, err := mustFind(tx, user)
		if err != nil {
			return err
		}
		return tx.PutInvitation(Invitation{Secret: sha256.Sum256(code.Secret[:]), Person: p.ID, Until: s.now() + invitationLife, Class: class})
	})
}
