package server

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"

	"daicho/app"
	"daicho/sync/wire"
)

var (
	errCode    = app.Refuse(app.Forbidden, "", "この登録コードは使えません。使用済みか、取り消されています。新しいコードを受け取ってください。", "this enrolment code cannot be used; ask for a new one")
	errExpired = app.Refuse(app.Forbidden, "", "この登録コードは期限（7 日間）が過ぎています。新しいコードを受け取ってください。", "this enrolment code is older than seven days; ask for a new one")
	errOther   = app.Refuse(app.Forbidden, "", "この端末は別の人に登録されています。新しい端末として用意し直してください。", "this device is enrolled for another person; set up a new one")
)

// enroll binds a device to the person a code was made for. Asked twice by one
// device with one code, as after a lost answer, it says the same twice.
func (s *Server) enroll(ctx context.Context, pub ed25519.PublicKey, in *wire.Enroll) (*wire.Enrolled, error) {
	out := &wire.Enrolled{}
	err := s.log.Write(ctx, func(tx Tx) error {
		i, found, err := tx.Invitation(sha256.Sum256(in.Secret[:]))
		if err != nil {
			return err
		}
		d := Device{ID: app.DeviceID(pub), Public: pub, Person: i.Person, State: Active, Enrolled: s.now(), Seen: s.now()}
		d.Name, _ = cleanName(in.Name)
		switch {
		case !found || !i.UsedBy.IsZero() && i.UsedBy != d.ID:
			return errCode
		case s.now() > i.Until:
			return errExpired
		}
		if err = admit(tx, d); err != nil {
			return err
		}
		i.UsedBy = d.ID
		if err = tx.PutInvitation(i); err != nil {
			return err
		}
		return tellEnrolled(tx, i.Person, out)
	})
	return out, err
}

// admit writes the device, or finds it as it is.
func admit(tx Tx, d Device) error {
	there, known, err := tx.Device(d.ID)
	switch {
	case err != nil:
		return err
	case !known:
		return tx.PutDevice(d)
	case there.Person != d.Person:
		return errOther
	}
	return there.bar()
}

func tellEnrolled(tx Tx, person app.ID, out *wire.Enrolled) (err error) {
	if out.Epoch, err = epochOf(tx); err != nil {
		return err
	}
	p, _, err := findPerson(tx, person.String())
	out.Person = wire.Person{ID: p.ID, Name: p.Name}
	return err
}
