package client

import (
	"context"
	"crypto/ed25519"
	"slices"

	"daicho/app"
	"daicho/sync/wire"
)

// settingStrangers is where devices are kept that were met and that the roster does
// not name: a list of [wire.Introduction].
const settingStrangers = "sync/strangers"

// maxStrangers is how many of them are kept, the last ones.
const maxStrangers = 64

// circle is who a device believes where the server is out of reach.
type circle struct {
	wire.Trust
	met []wire.Introduction
}

func circleOf(ctx context.Context, p Port, now app.Clock) (*circle, error) {
	c := &circle{Trust: wire.Trust{Now: app.StampOf(now())}}
	var err error
	if c.Roster, err = KnownDevices(ctx, p); err != nil {
		return nil, err
	}
	if c.Pins, err = Pins(ctx, p, now); err != nil {
		return nil, err
	}
	if c.Shut, err = shut(ctx, p, c.Pins); err != nil {
		return nil, err
	}
	text, err := p.Setting(ctx, settingStrangers)
	if err != nil || len(text) == 0 {
		return c, err
	}
	return c, wire.Decode(text, &c.met)
}

// shut is the list of devices that are shut out, as it was heard last.
func shut(ctx context.Context, p Port, pins []wire.Pin) (wire.Revocations, error) {
	text, err := Revocations(ctx, p)
	if err != nil || len(text) == 0 {
		return wire.Revocations{}, err
	}
	return wire.ReadRevocations(text, pins...)
}

// all are those of whom the device has heard.
func (c *circle) all() []wire.Card {
	cards := slices.Clone(c.Roster.Cards)
	for i := range c.met {
		if card, err := c.again(&c.met[i]); err == nil && c.stranger(card.Public) {
			cards = append(cards, *card)
		}
	}
	return cards
}

// again looks at somebody who was met before as if it were now.
func (c *circle) again(in *wire.Introduction) (*wire.Card, error) {
	cert, err := wire.ReadCertificate(in.Certificate, c.Pins...)
	if err != nil {
		return nil, err
	}
	return c.Admit(cert.Public, in)
}

// card is somebody by his id, or why one must not deal with him.
func (c *circle) card(device app.ID) (*wire.Card, error) {
	for i := range c.met {
		if card, err := c.again(&c.met[i]); err == nil && card.Device() == device {
			return card, nil
		}
	}
	card, err := c.Roster.Card(device)
	if err != nil {
		return nil, err
	}
	return c.Admit(card.Public, &wire.Introduction{})
}

// stranger says whether the roster does not name the holder of a key.
func (c *circle) stranger(peer ed25519.PublicKey) bool {
	_, err := c.Roster.Card(app.DeviceID(peer))
	return err != nil
}

// meet remembers somebody whom the roster does not name, so that something can be
// sealed to him.
func (c *circle) meet(ctx context.Context, p Port, peer ed25519.PublicKey, in *wire.Introduction) error {
	if !c.stranger(peer) {
		return nil
	}
	c.met = slices.DeleteFunc(c.met, func(o wire.Introduction) bool {
		card, err := c.again(&o)
		return err != nil || card.Device() == app.DeviceID(peer)
	})
	c.met = append(c.met, *in)
	c.met = c.met[max(0, len(c.met)-maxStrangers):]
	text, err := wire.Encode(c.met)
	if err != nil {
		return err
	}
	return p.SetSetting(ctx, settingStrangers, text)
}

// introduction is by what this device makes itself known.
func introduction(ctx context.Context, p Port) (in wire.Introduction, err error) {
	if in.Certificate, err = Certificate(ctx, p); err != nil {
		return in, err
	}
	in.Box, err = boxPublic(p.DeviceKey())
	return in, err
}

// hearShut takes over a list of devices that are shut out, whoever carried it, if it
// is newer than the one that is here.
func hearShut(ctx context.Context, p Port, text []byte, now app.Clock) error {
	if len(text) == 0 {
		return nil
	}
	pins, err := Pins(ctx, p, now)
	if err != nil {
		return err
	}
	news, err := wire.ReadRevocations(text, pins...)
	if err != nil {
		return err
	}
	known, err := shut(ctx, p, pins)
	if err != nil || news.At <= known.At {
		return err
	}
	return p.SetSetting(ctx, settingRevocations, text)
}

// Peers are the devices of the server that this one knows where the server is out of
// reach: those of its roster, and others that it has met since.
func Peers(ctx context.Context, p Port, now app.Clock) ([]wire.Card, error) {
	c, err := circleOf(ctx, p, now)
	if err != nil {
		return nil, err
	}
	return c.all(), nil
}
