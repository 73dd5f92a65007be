package client

import (
	"bufio"
	"context"
	"crypto/ed25519"
	"crypto/tls"
	"errors"
	"io"
	"math"
	"net"
	"sync"

	"daicho/app"
	"daicho/sync/bundle"
	"daicho/sync/wire"
)

// Meeting is two devices side by side where the server is out of reach. Each
// takes along for the server what the other has: nothing is numbered or
// approved by it, and neither reads what is the other's.
type Meeting struct {
	Port    Port
	Options Options
	// ID names what is written, as in [Shipment].
	ID app.ID
	// Confirm asks the person whether the other screen shows the same code, once
	// for each pair of devices. It must end when ctx does.
	Confirm func(ctx context.Context, code string, other wire.Card) (bool, error)
}

// Met is what two devices gave each other.
type Met struct {
	Other   wire.Card
	Vouched bool      // only the server's certificate speaks for it
	Listed  app.Stamp // when the server said last who is shut out, as far as was known here
	Gave    bundle.Counts
	Took    Unpacked
}

var (
	errNotSame  = app.Refuse(app.Forbidden, "", "コードが一致しないため、交換を中止しました。何も受け渡していません。", "the codes are not the same; nothing was exchanged")
	errDeclined = app.Refuse(app.Forbidden, "", "相手の端末が交換を取りやめました。何も受け渡していません。", "the other device declined; nothing was exchanged")
	errMyself   = app.Refuse(app.Invalid, "", "この端末自身に接続しています。相手の端末のアドレスを指定してください。", "this is the device itself; give the address of the other one")
)

// Accept meets who connected; connected is a plain connection, which it closes.
func (m *Meeting) Accept(ctx context.Context, connected net.Conn) (Met, error) {
	return m.meet(ctx, connected, tls.Server)
}

// Connect meets who listens at the other end.
func (m *Meeting) Connect(ctx context.Context, connected net.Conn) (Met, error) {
	return m.meet(ctx, connected, func(c net.Conn, conf *tls.Config) *tls.Conn { return tls.Client(c, conf) })
}

func (m *Meeting) meet(ctx context.Context, plain net.Conn, shake func(net.Conn, *tls.Config) *tls.Conn) (met Met, err error) {
	defer plain.Close()
	defer context.AfterFunc(ctx, func() { plain.Close() })()
	circle, err := circleOf(ctx, m.Port, m.Options.Now)
	if err != nil {
		return met, err
	}
	me, err := introduction(ctx, m.Port)
	if err != nil {
		return met, err
	}
	conf, err := wire.PeerTLS(m.Port.DeviceKey(), &me, m.verify(circle))
	if err != nil {
		return met, err
	}
	t := newTalk(shake(plain, conf))
	if err = t.conn.HandshakeContext(ctx); err == nil {
		met, err = m.exchange(ctx, t, circle)
	}
	return met, parted(ctx, err)
}

func (m *Meeting) verify(c *circle) func(ed25519.PublicKey, *wire.Introduction) error {
	return func(peer ed25519.PublicKey, in *wire.Introduction) error {
		if app.DeviceID(peer) == deviceID(m.Port) {
			return errMyself
		}
		_, err := c.Admit(peer, in)
		return err
	}
}

// parted says why a meeting ended early.
func parted(ctx context.Context, err error) error {
	var known *app.Error
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return app.Because(context.Canceled, app.Failed, "交換を中止しました。受け取った分は保存されており、もう一度行えば続きから始まります。", "the exchange was cancelled; what came is kept, and another goes on from there")
	case errors.As(err, &known) && !errors.Is(err, errLine):
		return err
	}
	return app.Because(err, app.Failed, "相手の端末との接続が切れました。受け取った分は保存されています。双方の端末が同じネットワークにあり、相手が登録済みであることを確認して、もう一度行ってください。",
		"the connection to the other device broke; what came is kept; check that both are on one network and enrolled, and try again")
}

// exchange is what happens once each knows the other.
func (m *Meeting) exchange(ctx context.Context, t *talk, c *circle) (met Met, err error) {
	state := t.conn.ConnectionState()
	peer, err := wire.DeviceKey(&state)
	if err != nil {
		return met, err
	}
	in, err := wire.IntroductionIn(&state)
	if err != nil {
		return met, err
	}
	card, err := c.Admit(peer, &in)
	if err != nil {
		return met, err
	}
	met.Other, met.Vouched, met.Listed = *card, c.stranger(peer), c.Listed()
	if err = m.agree(ctx, t, peer, met.Other); err != nil {
		return met, err
	}
	if err = c.meet(ctx, m.Port, peer, &in); err != nil {
		return met, err
	}
	return met, m.both(ctx, t, &met)
}

// settingMet is where it stands that the code was compared with a device.
const settingMet = "sync/met/"

// agree compares the codes, if that was not done before, and waits for the
// other to have done so.
func (m *Meeting) agree(ctx context.Context, t *talk, peer ed25519.PublicKey, card wire.Card) error {
	name := settingMet + app.DeviceID(peer).String()
	before, err := m.Port.Setting(ctx, name)
	if err != nil {
		return err
	}
	yes := before != nil
	if !yes {
		if yes, err = m.Confirm(ctx, wire.PairCode(publicKey(m.Port.DeviceKey()), peer), card); err != nil {
			return err
		}
	}
	if !yes {
		return errors.Join(errNotSame, t.say(sayNo))
	}
	if err = t.say(sayYes); err != nil {
		return err
	}
	if err = t.hear(sayYes); err != nil {
		return err
	}
	return m.Port.SetSetting(ctx, name, []byte{1})
}

// both gives and takes at the same time. The first thing that goes wrong ends
// both, and is told.
func (m *Meeting) both(ctx context.Context, t *talk, met *Met) error {
	var giving sync.WaitGroup
	giving.Go(func() {
		var err error
		if met.Gave, err = m.give(ctx, t, met.Other.Device()); err != nil {
			t.fail(err)
		}
	})
	var err error
	if met.Took, err = m.take(ctx, t); err != nil {
		t.fail(err)
	}
	giving.Wait()
	if t.failed != nil {
		return t.failed
	}
	if err = t.say(sayDone); err != nil {
		return err
	}
	return t.hear(sayDone)
}

// give writes what this device has.
func (m *Meeting) give(ctx context.Context, t *talk, other app.ID) (sum bundle.Counts, err error) {
	quiet := m.Options
	quiet.Progress = nil // taking tells how far it is
	heads, err := Export(ctx, m.Port, quiet, Shipment{ID: m.ID, For: []app.ID{other}, Most: math.MaxInt64},
		func(int, int) (io.WriteCloser, error) { return file{bufio.NewWriterSize(t, lineBuffer)}, nil })
	for _, h := range heads {
		sum = sum.Plus(h.Counts)
	}
	return sum, err
}

// take reads what the other gives, all parts of it.
func (m *Meeting) take(ctx context.Context, t *talk) (sum Unpacked, err error) {
	for {
		one, err := Import(ctx, m.Port, m.Options, t.in)
		sum.Header, sum.Taken, sum.Fresh = one.Header, sum.Taken.Plus(one.Taken), sum.Fresh+one.Fresh
		if err != nil || one.Header.Part == one.Header.Parts {
			return sum, err
		}
	}
}
