package sla

import (
	"cmp"

	"daicho/app"
)

// Source is what a time was taken from.
type Source string

// The sources.
const (
	Tapped   Source = "" // the device's clock, corrected, at the moment itself
	Watched  Source = "monitoring"
	Served   Source = "server"
	ByPerson Source = "person" // somebody said it afterwards
)

// Sources are the sources with their names.
var Sources = []app.Option[Source]{
	app.First(Tapped, "tapped", "その場で記録", "Recorded at once"), app.Is(Watched, "監視装置", "Monitoring"),
	app.Is(Served, "サーバー", "Server"), app.Is(ByPerson, "本人の申告", "Said afterwards"),
}

// Told is a time as a record keeps it.
type Told struct {
	At      app.Stamp
	Claimed app.Stamp // what the device's own clock said; zero where that says nothing
	Error   int       // milliseconds either way
	Vouched bool      // Error is known
	Source  Source
}

// Tap is the moment of an act itself, by the clock of its device.
func Tap(at app.Stamp, clock app.Reading) Told {
	return Told{At: at, Claimed: clock.Wall, Error: int(max(clock.Err, 0)), Vouched: clock.Err >= 0}
}

// Saying is a time that is told afterwards.
type Saying struct {
	At     app.Stamp // zero: now
	Error  int       // seconds either way that it may be off; zero: nobody said
	Source Source    // of a time; a person, if it is not named
}

var errLater = app.Refuse(app.Invalid, "at", "まだ来ていない日時は記録できません。日時を確かめてください。", "the time has not come yet; look at it")

// Tell is the time that was said, or that of the act where none was. A machine's time
// counts as it stands; of a person's nobody knows how far it is off unless he says.
func Tell(s Saying, now app.Stamp, clock app.Reading) (Told, error) {
	if s.At == 0 {
		return Tap(now, clock), nil
	}
	t := Told{At: s.At, Error: s.Error * 1000, Source: cmp.Or(s.Source, ByPerson)}
	t.Vouched = s.Error > 0 || t.Source != ByPerson
	if s.At > now {
		return t, errLater
	}
	return t, nil
}

// Moment is the time as clocks count it.
func (t Told) Moment() Moment {
	if !t.Vouched {
		return Moment{At: t.At, Err: app.Unknown}
	}
	return Moment{At: t.At, Err: int64(t.Error)}
}
