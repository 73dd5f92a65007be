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
// device with one code, as after a lost answer, it says the same twice. Nobody
// without a good code is told whether a person has a password.
func (s *Server) enroll(ctx context.Context, pub ed25519.PublicKey, in *wire.Enroll) (*wire.Enrolled, error) {
	device, out := app.DeviceID(pub), &wire.Enrolled{}
	var i Invitation
	err := s.log.Read(ctx, func(tx Tx) (err error) {
		i, err = s.invited(tx, device, in)
		return err
	})
	if err == nil {
		err = s.prove(ctx, device, i.Person, in.Proof)
	}
	if err != nil {
		return out, err
	}
	return out, s.act(ctx, func(tx Tx) error {
		*out = wire.Enrolled{}
		if i, err = s.invited(tx, device, in); err != nil {
			return err
		}
		d := Device{ID: device, Public: pub, Person: i.Person, State: Active, Enrolled: s.now(), Seen: s.now()}
		d.Name, _ = cleanName(in.Name)
		if err = admit(tx, d); err != nil {
			return err
		}
		i.UsedBy = d.ID
		if err = tx.PutInvitation(i); err != nil {
			return err
		}
		if out.Certificate, err = s.firstCertificate(tx, d, i.Class); err != nil {
			return err
		}
		return tellEnrolled(tx, i.Person, out)
	})
}

// invited finds the invitation that a device may use.
func (s *Server) invited(tx Tx, device app.ID, in *wire.Enroll) (Invitation, error) {
	i, found, err := tx.Invitation(sha256.Sum256(in.Secret[:]))
	switch {
	case err != nil:
	case !found || !i.UsedBy.IsZero() && i.UsedBy != device:
		err = errCode
	case s.now() > i.Until:
		err = errExpired
	}
	return i, err
}

func (s *Server) firstCertificate(tx Tx, d Device, class wire.Class) ([]byte, error) {
	id, err := identityOf(tx)
	if err != nil {
		return nil, err
	}
	st, err := tx.Standing(d.ID)
	if err != nil {
		return nil, err
	}
	st.Class = class
	return certify(tx, &id, d, &st, s.now())
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
