package client

import (
	"context"

	"daicho/app"
	"daicho/sync/audit"
	"daicho/sync/wire"
)

// settingAlarm is where an [Alarm] is kept.
const settingAlarm = "audit/alarm"

// Alarm is what is kept of a server whose record was rewritten: two words of
// its own that cannot both be true. The zero Alarm is of none.
type Alarm struct {
	At           app.Stamp `cbor:"1,keyasint"`           // when this device noticed, by its own clock
	Kept         []byte    `cbor:"2,keyasint"`           // the note that the device had accepted before
	Heard        []byte    `cbor:"3,keyasint,omitempty"` // the note that does not go on from it; empty: the server gave none
	Acknowledged app.Stamp `cbor:"4,keyasint,omitempty"` // when a person said that he had read it; zero: not yet
}

// Sounds says whether a person has to be told.
func (a *Alarm) Sounds() bool { return a.At != 0 && a.Acknowledged == 0 }

// Sounding is since when a person has to be told; zero: nobody has to.
func (a *Alarm) Sounding() app.Stamp {
	if !a.Sounds() {
		return 0
	}
	return a.At
}

// Err is the alarm in words, as the sync said it that noticed.
func (a *Alarm) Err() error { return audit.ErrRewritten }

// AlarmOf is what a device has noticed.
func AlarmOf(ctx context.Context, p Port) (a Alarm, err error) {
	b, err := p.Setting(ctx, settingAlarm)
	if err == nil && len(b) > 0 {
		err = wire.Decode(b, &a)
	}
	return a, err
}

// AcknowledgeAlarm notes that a person has read the alarm. What it is about
// stays, and the server is still refused as long as its record does not go on
// from what this device has seen.
func AcknowledgeAlarm(ctx context.Context, p Port, now app.Clock) error {
	a, err := AlarmOf(ctx, p)
	if err != nil || !a.Sounds() {
		return err
	}
	a.Acknowledged = app.StampOf(now())
	return keepAlarm(ctx, p, &a)
}

func keepAlarm(ctx context.Context, p Port, a *Alarm) error {
	b, err := wire.Encode(a)
	if err != nil {
		return err
	}
	return p.SetSetting(ctx, settingAlarm, b)
}

// alarm keeps what the server has said, and refuses it. The first evidence
// stays until a person has read it; the same break is not told twice after that.
func (s *session) alarm(ctx context.Context, last audit.Seen, c *wire.Checkpoint) error {
	before, err := AlarmOf(ctx, s.port)
	if err != nil {
		return err
	}
	if !before.Sounds() && (before.At == 0 || string(before.Kept) != string(last.Note)) {
		err = keepAlarm(ctx, s.port, &Alarm{At: app.StampOf(s.now()), Kept: last.Note, Heard: c.Note})
	}
	if err != nil {
		return err
	}
	return audit.ErrRewritten
}
