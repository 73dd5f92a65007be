package client

import (
	"context"
	"crypto/ed25519"
	"time"

	"daicho/app"
	"daicho/sync/wire"
)

// settingRoster is where the devices of the server are kept, as last heard.
const settingRoster = "sync/roster"

// rosterEvery is how often the server is asked for it, at most.
const rosterEvery = 10 * time.Minute

// known is the roster, and when it was asked for by the device's clock.
type known struct {
	Roster wire.Roster `cbor:"1,keyasint"`
	Asked  app.Stamp   `cbor:"2,keyasint"`
}

var errNoRoster = app.Refuse(app.Invalid, "", "この端末は、サーバーと他の端末の鍵をまだ受け取っていません。一度サーバーと同期してから、やり直してください。",
	"this device does not have the keys of the server and of other devices yet; sync with the server once, then try again")

// KnownDevices is the server's roster as the replica heard it last.
func KnownDevices(ctx context.Context, p Port) (*wire.Roster, error) {
	k, err := heard(ctx, p)
	if err == nil && k == nil {
		err = errNoRoster
	}
	if err != nil {
		return nil, err
	}
	return &k.Roster, nil
}

// heard is what is kept; nil if nothing is.
func heard(ctx context.Context, p Port) (*known, error) {
	b, err := p.Setting(ctx, settingRoster)
	if err != nil || len(b) == 0 {
		return nil, err
	}
	k := &known{}
	return k, wire.Decode(b, k)
}

// keepRoster joins an answer to what is kept.
func keepRoster(ctx context.Context, p Port, news *wire.Roster, asked app.Stamp) error {
	k, err := heard(ctx, p)
	if err != nil {
		return err
	}
	var old *wire.Roster
	if k != nil {
		old = &k.Roster
	}
	all, err := news.Onto(old)
	if err != nil {
		return err
	}
	b, err := wire.Encode(known{*all, asked})
	if err != nil {
		return err
	}
	return p.SetSetting(ctx, settingRoster, b)
}

// acquaint learns who belongs to the server, now and then, and tells it the
// device's own key for boxes. A server of before has no such list.
func (s *session) acquaint(ctx context.Context) error {
	return s.conn.acquaint(ctx, s.port, s.o.Acquaint)
}

func (c *conn) acquaint(ctx context.Context, p Port, anew bool) error {
	k, err := heard(ctx, p)
	now := app.StampOf(c.now())
	if err != nil || k != nil && !anew && now >= k.Asked && now-k.Asked < app.Stamp(rosterEvery.Milliseconds()) {
		return err
	}
	ask := &wire.RosterAsk{}
	if k != nil {
		ask.Have = k.Roster.Hashes()
	}
	if ask.Box, err = boxPublic(p.DeviceKey()); err != nil {
		return err
	}
	var out wire.Roster
	err = c.post(ctx, wire.PathRoster, ask, &out, &out.Times)
	switch {
	case app.IsCode(err, app.NotFound):
		return nil
	case err != nil:
		return err
	}
	return keepRoster(ctx, p, &out, now)
}

// boxPublic is a device's own key for what is sealed to it.
func boxPublic(device ed25519.PrivateKey) ([]byte, error) {
	key, err := wire.BoxKey(device.Seed())
	if err != nil {
		return nil, err
	}
	return key.PublicKey().Bytes(), nil
}
