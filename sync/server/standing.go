package server

import (
	"bytes"
	"cmp"
	"context"
	"crypto/ed25519"
	"log/slog"
	"slices"

	"daicho/app"
	"daicho/sync/wire"
)

// counterNotices is the version of what devices are told by their [wire.Standing].
const counterNotices = "notices"

// notice has every device ask how it stands.
func notice(tx Tx) error {
	_, err := tx.Count(counterNotices, 1)
	return err
}

var errOver = app.Refuse(app.Forbidden, wire.FieldCertificate, "端末の証明書の期限が切れています。端末をサーバーに接続して同期すると更新されます（古いプログラムは先に更新してください）。端末の変更は失われていません。サーバーの日時が正しいことも確認してください。",
	"the device's certificate is over; connect it to the server and sync, which renews it (update an old program first); its changes are not lost; see also that the server's clock is right")

// over is why a device may not speak before it has renewed its certificate. One
// of a program that knew no certificates has none that could end.
func (st *Standing) over(now app.Stamp) error {
	if st.Until != 0 && now > st.Until {
		return errOver
	}
	return nil
}

// lease is how long the device may be opened after a contact, in milliseconds.
func (st *Standing) lease() int64 {
	return cmp.Or(wire.Classes[st.Class], wire.Classes[wire.ClassLow])
}

// certify gives a device a certificate from now on.
func certify(tx Tx, i *identity, d Device, st *Standing, now app.Stamp) ([]byte, error) {
	st.Issued, st.Until = now, now+app.Stamp(wire.CertificateLife.Milliseconds())
	if err := tx.PutStanding(*st); err != nil {
		return nil, err
	}
	return wire.Certificate{Device: d.ID, Public: d.Public, Person: d.Person, Issued: st.Issued, Until: st.Until, Lease: st.lease()}.Sign(i.key)
}

// postStanding answers any device that was ever enrolled.
func (s *Server) postStanding(q *request) (any, error) {
	var in wire.Stand
	if err := wire.Decode(q.body, &in); err != nil {
		return nil, err
	}
	if err := s.mayRenew(q, &in); err != nil {
		return nil, err
	}
	out := &wire.Standing{}
	err := s.log.Write(q, func(tx Tx) error {
		*out = wire.Standing{}
		return s.stand(tx, app.DeviceID(q.key), &in, out)
	})
	q.said = []any{"renewed", len(out.Certificate) > 0, "wipe", len(out.Wipe) > 0, "wiped", in.Wiped, "notices", out.Notices}
	out.Times = s.times(q.at)
	return out, err
}

// mayRenew wants to see the person where a certificate is over.
func (s *Server) mayRenew(q *request, in *wire.Stand) error {
	if !in.Renew {
		return nil
	}
	d, st, err := s.find(q, q.key)
	if err != nil || d.bar() != nil || st.over(s.now()) == nil {
		return err
	}
	return s.prove(q, d.ID, d.Person, in.Proof)
}

func (s *Server) stand(tx Tx, device app.ID, in *wire.Stand, out *wire.Standing) error {
	d, _, err := tx.Device(device)
	if err != nil {
		return err
	}
	st, err := tx.Standing(device)
	if err != nil {
		return err
	}
	i, err := identityOf(tx)
	if err != nil {
		return err
	}
	if out.Notices, err = tx.Counter(counterNotices); err != nil {
		return err
	}
	if err = s.wipe(tx, &i, &st, in, out); err != nil {
		return err
	}
	if err = d.bar(); err != nil {
		p := wire.ProblemOf(err)
		out.Problem = &p
		return nil
	}
	if in.Renew {
		if out.Certificate, err = certify(tx, &i, d, &st, s.now()); err != nil {
			return err
		}
	}
	out.Successions = i.told()
	out.Revocations, err = revocations(tx, &i, s.now())
	return err
}

// wipe orders a lost device to erase itself, and hears that it has.
func (s *Server) wipe(tx Tx, i *identity, st *Standing, in *wire.Stand, out *wire.Standing) (err error) {
	if st.Lost == 0 {
		return nil
	}
	if in.Wiped && st.Wiped == 0 {
		st.Wiped = s.now()
		s.o.Log.Warn("a lost device says that it has erased itself", "device", st.Device.Short())
		if err = tx.PutStanding(*st); err != nil {
			return err
		}
	}
	epoch, err := epochOf(tx)
	if err != nil {
		return err
	}
	out.Wipe, err = wire.Wipe{Device: st.Device, Epoch: epoch, At: st.Lost}.Sign(i.key)
	return err
}

// revocations are the devices that are shut out, signed.
func revocations(tx Tx, i *identity, now app.Stamp) ([]byte, error) {
	all, err := tx.Devices()
	if err != nil {
		return nil, err
	}
	r := wire.Revocations{At: now}
	for _, d := range all {
		if d.State != Active {
			r.Devices = append(r.Devices, d.ID)
		}
	}
	slices.SortFunc(r.Devices, func(a, b app.ID) int { return bytes.Compare(a[:], b[:]) })
	return r.Sign(i.key)
}

// pulledEvery is how exact [Standing].PulledAt is, in milliseconds: a write for
// each pull would be dear.
const pulledEvery = 60_000

// pulled notes up to where a device may hold the order now, and which erasures it
// says it has carried out, and says which version of its standing it should know.
func (s *Server) pulled(ctx context.Context, key ed25519.PublicKey, head, erased int64) (notices int64, err error) {
	var st Standing
	err = s.log.Read(ctx, func(tx Tx) error {
		if notices, err = tx.Counter(counterNotices); err != nil {
			return err
		}
		st, err = tx.Standing(app.DeviceID(key))
		return err
	})
	if err != nil || s.now()-st.PulledAt < pulledEvery && st.PulledAt != 0 && head-st.Pulled < wire.PageChanges && erased <= st.Erased {
		return notices, err
	}
	return notices, s.log.Write(ctx, func(tx Tx) error {
		if st, err = tx.Standing(st.Device); err != nil {
			return err
		}
		last, err := tx.Counter(counterErased)
		if err != nil {
			return err
		}
		st.Pulled, st.PulledAt = max(st.Pulled, head), s.now()
		st.Erased = max(st.Erased, min(erased, last))
		return tx.PutStanding(st)
	})
}

// warn writes a line that an administrator should see.
func (s *Server) warn(ctx context.Context, what string, more ...any) {
	s.o.Log.Log(ctx, slog.LevelWarn, what, more...)
}
