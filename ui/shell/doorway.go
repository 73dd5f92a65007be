package shell

import (
	"context"

	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/text"
)

// way is one way in: what must be typed, and what is done with it.
type way struct {
	welcome text.Key
	press   text.Key // the button
	key     ui.Key   // that presses it; zero: a bare Enter
	fields  []wayField
	fresh   bool // the last two fields are a new passphrase
	wide    bool // fields of long codes
	try     func(ctx context.Context, d ui.Door, typed []string, p ui.Proof) error
}

type wayField struct {
	label text.Key
	kind  fieldKind
}

type fieldKind uint8

const (
	line fieldKind = iota
	secret
	code // from a sheet: to be compared with it, so it is shown
)

// again is the field to go on with: the first, or after a fault of a
// passphrase that.
func (w *way) again(fault bool) int {
	if fault && w.fields[len(w.fields)-1].kind == secret {
		return len(w.fields) - 1
	}
	return 0
}

var byPassphrase = &way{
	welcome: text.DoorLocked, press: text.OpenReplica,
	fields: []wayField{{text.Passphrase, secret}},
	try: func(ctx context.Context, d ui.Door, typed []string, _ ui.Proof) error {
		return d.Unlock(ctx, []byte(typed[0]))
	},
}

// byRecovery and byPair keep names and reason for ever, so an input method's
// Enter must not open the door.
var byRecovery = &way{
	welcome: text.DoorRecovery, press: text.OpenReplica, wide: true, key: ui.Ctrl(fyne.KeyReturn),
	fields: []wayField{{text.RecoveryKey, code}, {text.YourName, line}, {text.ReasonToOpen, line}},
	try: func(ctx context.Context, d ui.Door, typed []string, _ ui.Proof) error {
		return d.UnlockByRecovery(ctx, []byte(typed[0]), typed[1], typed[2])
	},
}

var byPair = &way{
	welcome: text.DoorPair, press: text.OpenReplica, wide: true, key: ui.Ctrl(fyne.KeyReturn),
	fields: []wayField{{text.FirstSheet, code}, {text.SecondSheet, code}, {text.FirstPerson, line}, {text.SecondPerson, line}, {text.ReasonToOpen, line}},
	try: func(ctx context.Context, d ui.Door, typed []string, _ ui.Proof) error {
		return d.UnlockByPair(ctx, ui.Pair{Sheets: [2][]byte{[]byte(typed[0]), []byte(typed[1])}, People: [2]string{typed[2], typed[3]}, Reason: typed[4]})
	},
}

var enrolling = &way{
	welcome: text.DoorFirst, press: text.Enrol, fresh: true,
	fields: []wayField{{text.EnrolmentCode, line}, {text.NewPassphrase, secret}, {text.SameAgain, secret}},
	try: func(ctx context.Context, d ui.Door, typed []string, p ui.Proof) error {
		return d.Enrol(ctx, typed[0], []byte(typed[1]), p)
	},
}

var beginningAlone = &way{
	welcome: text.DoorAlone, press: text.BeginAlone, fresh: true,
	fields: []wayField{{text.YourName, line}, {text.NewPassphrase, secret}, {text.SameAgain, secret}},
	try: func(ctx context.Context, d ui.Door, typed []string, _ ui.Proof) error {
		return d.Create(ctx, typed[0], []byte(typed[1]))
	},
}

// identifying is no way of its own: the server wants to see the person before
// it lets another one go on. Each field may stay empty, for who has not set it.
var identifying = &way{
	welcome: text.DoorIdentify, press: text.IdentifyNow,
	fields: []wayField{{text.ServerPassword, secret}, {text.OneTimeCode, code}},
}

func firstWay(s ui.DoorState) *way {
	if s.Exists {
		return byPassphrase
	}
	return enrolling
}

// otherWay is a link to another way in.
type otherWay struct {
	word string
	do   func()
}

// ways are the other ways in from here.
func (d *doorPage) ways() (out []otherWay) {
	w := d.desk.Words
	switch {
	case d.stoppable():
		return []otherWay{{w.T(text.StopOpening), d.stopOpening}}
	case d.people:
		return d.others()
	}
	if d.state.Leased {
		out = append(out, otherWay{w.T(text.ExtendLease), func() { d.run(d.door.Extend, ui.Proof{}) }})
	}
	to := func(way *way) func() { return func() { d.take(way); d.focus() } }
	switch d.way {
	case identifying:
		return []otherWay{{w.T(text.BackFromProof), d.goBack}}
	case enrolling:
		return append([]otherWay{{w.T(text.WorkAloneFirst), to(beginningAlone)}}, d.elsewhere()...)
	case beginningAlone:
		return append([]otherWay{{w.T(text.IHaveACode), to(enrolling)}}, d.elsewhere()...)
	case byRecovery, byPair:
		return append(out, otherWay{w.T(text.OpenByPassphrase), to(byPassphrase)})
	}
	if !d.more && (d.state.Recovery || d.state.Pair) {
		return append(out, otherWay{w.T(text.OtherWays), func() { d.more = true; d.offer(); d.desk.Focus(d.links[0]) }}, otherWay{w.T(text.TurnPerson), d.offerPeople})
	}
	if d.state.Keyring {
		out = append(out, otherWay{w.T(text.OpenByKeyring), func() { d.run(unasked(d.door.UnlockByKeyring), ui.Proof{}) }})
	}
	if d.state.Recovery {
		out = append(out, otherWay{w.T(text.OpenByRecovery), to(byRecovery)})
	}
	if d.state.Pair {
		out = append(out, otherWay{w.T(text.OpenByPair), to(byPair)})
	}
	return append(out, otherWay{w.T(text.TurnPerson), d.offerPeople})
}

// stoppable reports whether an opening is under way that can take long.
func (d *doorPage) stoppable() bool { return d.slow || d.rebuild.Total > 0 }

// elsewhere leads from a first run to who is on this computer already.
func (d *doorPage) elsewhere() []otherWay {
	if len(d.door.Others()) == 0 {
		return nil
	}
	return []otherWay{{d.desk.Words.T(text.TurnPerson), d.offerPeople}}
}
