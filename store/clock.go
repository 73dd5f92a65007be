package store

import (
	"context"

	"github.com/fxamacker/cbor/v2"

	"daicho/app"
)

// Measurement is how far the device's clock was off at a contact with the server.
type Measurement struct {
	Offset int64 // milliseconds to add to the device's clock
	Err    int64 // milliseconds the sum may be off: half the round trip
}

// measured is a measurement with the clocks of its moment.
type measured struct {
	Offset int64   `cbor:"1,keyasint"`
	Err    int64   `cbor:"2,keyasint"`
	Wall   int64   `cbor:"3,keyasint"`
	Mono   int64   `cbor:"4,keyasint"`
	Boot   [8]byte `cbor:"5,keyasint"`
}

// What a device's clock is trusted for between contacts.
const (
	driftPPM = 50    // how fast a quartz may drift
	jumpMS   = 1_000 // a wall clock that was set by more than this says nothing any more
)

// Measured keeps what a contact with the server said of the clock. It must be
// called right after it: the store adds its own clocks of this moment.
func (tx *LocalTx) Measured(m Measurement) error {
	mono, boot := tx.s.mono()
	b, err := cbor.Marshal(measured{m.Offset, m.Err, int64(app.StampOf(tx.s.clock())), mono, boot})
	if err != nil {
		return tx.keep(err)
	}
	return tx.Set(clockKey, b)
}

// Reading is what this device knows of the time now.
func (s *Replica) Reading(ctx context.Context) (now app.Reading, err error) {
	err = s.read(ctx, func(r *reader) error {
		now, err = r.reading()
		return err
	})
	return now, err
}

func (r *reader) reading() (app.Reading, error) {
	now := app.Reading{Wall: app.StampOf(r.s.clock()), Err: app.Unknown}
	now.Mono, now.Boot = r.s.mono()
	b, err := r.setting(clockKey)
	if err != nil || b == nil {
		return now, err
	}
	var m measured
	if err := cbor.Unmarshal(b, &m); err != nil {
		return now, err
	}
	m.judge(&now)
	return now, nil
}

// judge says how far the clock can be off by now. The error grows with the
// time since the contact; after a restart or after the clock was set nobody
// knows it. Within one run of the machine the clock that counts suspend still
// tells by how much the wall clock was set.
func (m measured) judge(now *app.Reading) {
	now.Offset = m.Offset
	elapsed := (now.Mono - m.Mono) / 1_000_000
	if now.Boot != m.Boot || elapsed < 0 {
		return
	}
	slip := int64(now.Wall) - m.Wall - elapsed
	now.Offset -= slip
	if slip = max(slip, -slip); slip <= jumpMS {
		now.Err = m.Err + elapsed*driftPPM/1_000_000 + slip
	}
}
