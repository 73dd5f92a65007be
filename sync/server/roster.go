package server

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/hpke"
	"io"
	"slices"

	"daicho/app"
	"daicho/sync/wire"
)

// Names of settings: the secret that the server's key for boxes grows from, and
// the keys that devices told. The secret is none of the identity's, so that
// boxes made for an identity open for its successor.
const (
	settingBoxSecret = "box secret"
	settingBox       = "box " // and the device's id
)

// maxRosterAsk is the size of a question for the roster.
const maxRosterAsk = 512 << 10

// boxKey is the server's key pair for boxes, made when it is first wanted.
func (s *Server) boxKey(ctx context.Context) (hpke.PrivateKey, error) {
	secret, err := s.boxSecret(ctx)
	if err == nil && secret == nil {
		secret, err = s.makeBoxSecret(ctx)
	}
	if err != nil {
		return nil, err
	}
	return wire.BoxKey(secret)
}

func (s *Server) boxSecret(ctx context.Context) (secret []byte, err error) {
	err = s.log.Read(ctx, func(tx Tx) error {
		secret, err = tx.Setting(settingBoxSecret)
		return err
	})
	return secret, err
}

func (s *Server) makeBoxSecret(ctx context.Context) (secret []byte, err error) {
	fresh := make([]byte, 32)
	if _, err = io.ReadFull(s.o.Random, fresh); err != nil {
		return nil, err
	}
	err = s.log.Write(ctx, func(tx Tx) error {
		if secret, err = tx.Setting(settingBoxSecret); err != nil || secret != nil {
			return err
		}
		secret = fresh
		return tx.PutSetting(settingBoxSecret, fresh)
	})
	return secret, err
}

func (s *Server) postRoster(q *request) (any, error) {
	var in wire.RosterAsk
	if err := wire.Decode(q.body, &in); err != nil {
		return nil, err
	}
	if err := s.learnBox(q, q.key, in.Box); err != nil {
		return nil, err
	}
	all, err := s.roster(q)
	if err != nil {
		return nil, err
	}
	out := all.Without(in.Have)
	q.said = []any{"cards", len(out.Cards), "known", len(out.Same)}
	out.Times = s.times(q.at)
	return out, nil
}

// learnBox keeps a device's key for what is sealed to it, if it is another than
// before.
func (s *Server) learnBox(ctx context.Context, device ed25519.PublicKey, box []byte) error {
	if len(box) != wire.BoxPublicSize {
		return nil
	}
	name := settingBox + app.DeviceID(device).String()
	var there []byte
	err := s.log.Read(ctx, func(tx Tx) (err error) {
		there, err = tx.Setting(name)
		return err
	})
	if err != nil || bytes.Equal(there, box) {
		return err
	}
	return s.log.Write(ctx, func(tx Tx) error { return tx.PutSetting(name, box) })
}

// roster is who belongs to the server, in the order of their keys.
func (s *Server) roster(ctx context.Context) (*wire.Roster, error) {
	key, err := s.boxKey(ctx)
	if err != nil {
		return nil, err
	}
	out := &wire.Roster{Box: key.PublicKey().Bytes()}
	err = s.log.Read(ctx, func(tx Tx) error {
		out.At, out.Cards = s.now(), nil
		devices, err := tx.Devices()
		for _, d := range devices {
			box, failed := tx.Setting(settingBox + d.ID.String())
			if failed != nil {
				return failed
			}
			out.Cards = append(out.Cards, wire.Card{Public: d.Public, Box: box, Person: d.Person, Name: d.Name, Barred: d.bar() != nil})
		}
		return err
	})
	slices.SortFunc(out.Cards, func(a, b wire.Card) int { return bytes.Compare(a.Public, b.Public) })
	return out, err
}
