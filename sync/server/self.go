package server

import (
	"crypto/ed25519"

	"daicho/app"
	"daicho/sync/wire"
)

// settingSelf is the seed of the server's own device. A server that begins a new
// order must forget it: what stood under its numbers is not there any more.
const settingSelf = "self"

// begin finds the server's own device, or makes it.
func (a *Acting) begin(tx Tx) error {
	seed, err := tx.Setting(settingSelf)
	if err != nil {
		return err
	}
	if len(seed) != ed25519.SeedSize {
		if seed, err = a.found(tx); err != nil {
			return err
		}
	}
	if a.epoch, err = epochOf(tx); err != nil {
		return err
	}
	a.key = ed25519.NewKeyFromSeed(seed)
	a.in = &intake{book: a.s.o.Book, random: a.s.o.Random, carrier: deviceOf(a.key).ID, at: a.s.now(), own: true}
	if err = a.in.begin(tx, a.epoch); err != nil {
		return err
	}
	return a.in.barred
}

// found makes the server's own device, with a name for its changes.
func (a *Acting) found(tx Tx) ([]byte, error) {
	_, key, err := ed25519.GenerateKey(a.s.o.Random)
	if err != nil {
		return nil, err
	}
	d := deviceOf(key)
	d.Enrolled, d.Seen = a.s.now(), a.s.now()
	if err = know(tx, Person{d.Person, "サーバー " + d.ID.Short()}); err != nil {
		return nil, err
	}
	if err = tx.PutDevice(d); err != nil {
		return nil, err
	}
	return key.Seed(), tx.PutSetting(settingSelf, key.Seed())
}

func deviceOf(key ed25519.PrivateKey) Device {
	pub := key.Public().(ed25519.PublicKey)
	id := app.DeviceID(pub)
	return Device{ID: id, Public: pub, Person: app.LocalAuthor(id), Name: "server", State: Active}
}

// act makes a change now.
func (a *Acting) act(c *app.Change) error {
	a.hlc = a.hlc.Next(a.in.at)
	c.HLC, c.Clock = a.hlc, app.Reading{Wall: a.in.at}
	return a.put(c)
}

// put signs a change and takes it in.
func (a *Acting) put(c *app.Change) error {
	d, _, err := a.in.tx.Device(a.in.carrier)
	if err != nil {
		return err
	}
	c.Device, c.Seq, c.Author = d.ID, d.Watermark+1, d.Person
	c.App, c.Schema = "server", app.SchemaVersion
	body, err := c.Encode(a.s.o.Book.Registers, &app.Sealer{Keys: a.in.keys, Random: a.s.o.Random})
	if err != nil {
		return err
	}
	segment, err := a.sign(&d, body)
	if err != nil {
		return err
	}
	if err = a.in.segment(&segment); err != nil || a.in.mine != nil {
		return orElse(err, a.in.mine)
	}
	return refusedBy(a.in.last)
}

// sign is a segment of one change, the next of its device.
func (a *Acting) sign(d *Device, body []byte) (wire.Segment, error) {
	before := Point{Chain: app.ChainStart(d.Public)}
	if d.Watermark > 0 {
		var err error
		if before, _, err = a.in.tx.Point(d.ID, d.Watermark); err != nil {
			return wire.Segment{}, err
		}
	}
	s := app.Segment{Device: d.ID, First: d.Watermark + 1, Last: d.Watermark + 1, Head: before.Chain.Next(app.BodyHash(body))}
	s.Sign(a.key)
	return wire.SegmentOf(s, [][]byte{body}), nil
}
