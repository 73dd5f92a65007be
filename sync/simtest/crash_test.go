package simtest

import (
	"context"
	"errors"

	"daicho/app"
	"daicho/sync/client"
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
	switch m.Rand.IntN(25) {
	case 0:
		return errCrash
	case 1:
		return errors.Join(commit(), errCrash)
	}
	return commit()
}

func (m *mortal) Acknowledge(ctx context.Context, watermark uint64) error {
	return m.do(func() error { return m.Replica.Acknowledge(ctx, watermark) })
}

func (m *mortal) Apply(ctx context.Context, p client.Page) error {
	return m.do(func() error { return m.Replica.Apply(ctx, m.plant.page(p)) })
}

func (m *mortal) BlobSent(ctx context.Context, id app.BlobID) error {
	return m.do(func() error { return m.Replica.BlobSent(ctx, id) })
}

func (m *mortal) SetSetting(ctx context.Context, name string, value []byte) error {
	return m.do(func() error { return m.Replica.SetSetting(ctx, name, value) })
}
