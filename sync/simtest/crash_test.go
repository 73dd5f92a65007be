package simtest

import (
	"context"
	"errors"
	"io"

	"daicho/app"
	"daicho/sync/client"
	"daicho/sync/wire"
)

var errCrash = errors.New("the program ended")

// mortal is a replica whose program may end before or after anything it does
// durably. What was committed stays, what was not is gone.
type mortal struct {
	Replica
	*Sim
}

// do ends the program now and then.
func (m *mortal) do(commit func() error) error {
	if m.net.good {
		return commit()
	}
	switch m.rand.IntN(25) {
	case 0:
		m.ended = true
		return errCrash
	case 1:
		m.ended = true
		return errors.Join(commit(), errCrash)
	}
	return commit()
}

func (m *mortal) Acknowledge(ctx context.Context, watermark uint64) error {
	m.promise(watermark)
	return m.do(func() error { return m.Replica.Acknowledge(ctx, watermark) })
}

// promise notes what the server has said that it has.
func (m *mortal) promise(watermark uint64) {
	if d, ok := m.Replica.(*Device); ok {
		for seq := d.Acked + 1; seq <= min(watermark, d.Seq()); seq++ {
			m.promised[who{d.ID, seq}] = app.BodyHash(d.bodies[seq-1])
		}
	}
}

func (m *mortal) Apply(ctx context.Context, p client.Page) error {
	return m.do(func() error { return m.Replica.Apply(ctx, m.plant.page(m.Replica, p)) })
}

func (m *mortal) Rescope(ctx context.Context, epoch app.ID, to app.Clearance, head int64) error {
	return m.do(func() error {
		return m.plant.rescope(m.Replica, func() error { return m.Replica.Rescope(ctx, epoch, to, head) })
	})
}

func (m *mortal) Clearance(ctx context.Context) ([32]byte, error) {
	hash, err := m.Replica.Clearance(ctx)
	return m.plant.clearance(m.Replica, hash), err
}

func (m *mortal) Fill(ctx context.Context, p client.Rows) error {
	return m.do(func() error { return m.Replica.Fill(ctx, m.plant.rows(p)) })
}

func (m *mortal) TakePast(ctx context.Context, p client.PastPage) error {
	return m.do(func() error { return m.Replica.TakePast(ctx, m.plant.past(p)) })
}

func (m *mortal) Renew(ctx context.Context, n client.Renewal) error {
	lost, err := m.Replica.Lost(ctx, n.UpTo)
	if err != nil {
		return err
	}
	m.tells(app.DeviceID(publicKey(m)), lost)
	return m.do(func() error { return m.Replica.Renew(ctx, m.plant.renewal(n)) })
}

func (m *mortal) Enroll(ctx context.Context, e client.Enrolment) error {
	return m.do(func() error { return m.Replica.Enroll(ctx, e) })
}

func (m *mortal) BlobSent(ctx context.Context, id app.BlobID) error {
	return m.do(func() error { return m.Replica.BlobSent(ctx, id) })
}

func (m *mortal) StoreBlob(ctx context.Context, id app.BlobID, from int64, src io.Reader) error {
	return m.do(func() error { return m.Replica.StoreBlob(ctx, id, from, src) })
}

func (m *mortal) KeepCargo(ctx context.Context, boxes []*wire.Box, via app.ID, at app.Stamp) (kept int, err error) {
	err = m.do(func() (err error) { kept, err = m.Replica.KeepCargo(ctx, boxes, via, at); return err })
	return kept, err
}

func (m *mortal) DropCargo(ctx context.Context, device app.ID, upTo uint64) error {
	return m.do(func() error { return m.Replica.DropCargo(ctx, device, upTo) })
}

func (m *mortal) Setting(ctx context.Context, name string) ([]byte, error) {
	if m.plant.Bug == TrailLost && name == "audit/trail" {
		return nil, nil
	}
	return m.Replica.Setting(ctx, name)
}

func (m *mortal) SetSetting(ctx context.Context, name string, value []byte) error {
	return m.do(func() error { return m.Replica.SetSetting(ctx, name, value) })
}
