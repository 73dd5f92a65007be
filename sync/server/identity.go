package server

import (
	"context"
	"crypto/ed25519"
	"io"
	"time"

	"daicho/app"
	"daicho/sync/wire"
)

// Names of settings: the seed of the key by which devices know the server, that
// of the one which will follow it, the announcement of that, and the successions
// that led here, the newest first.
const (
	settingIdentity    = "identity"
	settingSuccessor   = "identity successor"
	settingSuccession  = "identity succession"
	settingSuccessions = "identity successions"
)

// identity is the key by which devices know the server, and what leads to it
// from earlier ones. It is read anew for each use: another process may switch it.
type identity struct {
	key  ed25519.PrivateKey
	past [][]byte // successions, the newest first
	next []byte   // the succession that was announced; empty: none
}

func identityOf(tx Tx) (i identity, err error) {
	if i.key, err = keyOf(tx, settingIdentity); err != nil {
		return i, err
	}
	if i.key == nil {
		return i, errHalf
	}
	text, err := tx.Setting(settingSuccessions)
	if err == nil && len(text) > 0 {
		err = wire.Decode(text, &i.past)
	}
	if err != nil {
		return i, err
	}
	i.next, err = tx.Setting(settingSuccession)
	return i, err
}

// keyOf is the key whose seed a setting holds; nil if there is none.
func keyOf(tx Tx, setting string) (ed25519.PrivateKey, error) {
	seed, err := tx.Setting(setting)
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, err
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

func (i *identity) public() ed25519.PublicKey { return i.key.Public().(ed25519.PublicKey) }

// told are all successions that a device should know, the newest first.
func (i *identity) told() [][]byte {
	if len(i.next) == 0 {
		return i.past
	}
	return append([][]byte{i.next}, i.past...)
}

func (s *Server) identity(ctx context.Context) (i identity, err error) {
	err = s.log.Read(ctx, func(tx Tx) error {
		i, err = identityOf(tx)
		return err
	})
	return i, err
}

var (
	errSuccessor   = app.Refuse(app.Invalid, "", "後継の鍵は既に作成され、端末に知らせています。", "there is a successor already, and devices are told of it")
	errNoSuccessor = app.Refuse(app.NotFound, "", "後継の鍵がありません。先に key successor で作成してください。", "there is no successor; make one with key successor first")
)

// Successor makes the key that will follow the server's identity, signs the
// announcement, and has it told to every device from now on.
func (s *Server) Successor(ctx context.Context) (from time.Time, err error) {
	_, key, err := ed25519.GenerateKey(s.o.Random)
	if err != nil {
		return from, err
	}
	from = s.o.Clock().Add(wire.Notice).UTC().Truncate(time.Second)
	return from, s.act(ctx, func(tx Tx) error {
		i, err := identityOf(tx)
		if err != nil || len(i.next) > 0 {
			return orElse(err, errSuccessor)
		}
		return announce(tx, i, key, from, s.o.Random)
	})
}

func announce(tx Tx, i identity, key ed25519.PrivateKey, from time.Time, random io.Reader) error {
	text, err := wire.Succession{New: key.Public().(ed25519.PublicKey), From: from}.Sign(i.key, random)
	if err != nil {
		return err
	}
	if err = tx.PutSetting(settingSuccessor, key.Seed()); err != nil {
		return err
	}
	if err = tx.PutSetting(settingSuccession, text); err != nil {
		return err
	}
	return notice(tx)
}

// Switch lets the successor serve from now on. It refuses before the day that
// was announced.
func (s *Server) Switch(ctx context.Context) error {
	return s.act(ctx, func(tx Tx) error {
		i, err := identityOf(tx)
		if err != nil {
			return err
		}
		next, err := keyOf(tx, settingSuccessor)
		if err != nil || next == nil || len(i.next) == 0 {
			return orElse(err, errNoSuccessor)
		}
		announced, err := wire.ReadSuccession(i.next)
		if err != nil {
			return err
		}
		if s.o.Clock().Before(announced.From) {
			day := announced.From.Format(time.DateOnly)
			return app.Refuse(app.Invalid, "", "後継の鍵は "+day+" から使えます。それまでに端末へ知らせます。", "the successor may serve from "+day+" on: until then devices are told of it")
		}
		return replace(tx, i, next)
	})
}

func replace(tx Tx, i identity, next ed25519.PrivateKey) error {
	past, err := wire.Encode(i.told()[:min(len(i.past)+1, wire.MaxSuccessions)])
	if err != nil {
		return err
	}
	for name, value := range map[string][]byte{settingIdentity: next.Seed(), settingSuccessions: past, settingSuccession: nil, settingSuccessor: nil} {
		if err = tx.PutSetting(name, value); err != nil {
			return err
		}
	}
	return notice(tx)
}

// Key is what devices know the server by.
type Key struct {
	Pin  wire.Pin
	Next wire.Pin  // of the successor
	From time.Time // when that may serve; zero: there is none
}

// Key tells by what devices know the server, and by what they will.
func (s *Server) Key(ctx context.Context) (k Key, err error) {
	i, err := s.identity(ctx)
	if err != nil {
		return k, err
	}
	k.Pin = wire.PinOf(i.public())
	if len(i.next) == 0 {
		return k, nil
	}
	next, err := wire.ReadSuccession(i.next)
	k.Next, k.From = wire.PinOf(next.New), next.From
	return k, err
}
