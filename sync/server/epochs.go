package server

import (
	"context"
	"maps"
	"slices"

	"daicho/app"
	"daicho/sync/audit"
	"daicho/sync/wire"
)

// settingEpochs is the history of a server that was restored.
const settingEpochs = "epochs"

// epochs is what a server remembers of the orders that ended when it was restored.
type epochs struct {
	Ended    []ended  `cbor:"1,keyasint,omitempty"` // the oldest first
	Gaps     []Gap    `cbor:"2,keyasint,omitempty"` // numbers that may have been given out in what was lost
	Finished bool     `cbor:"3,keyasint,omitempty"` // nobody is waited for any more
	Twice    []Twice  `cbor:"4,keyasint,omitempty"` // numbers that their changes did not get again
	Own      []app.ID `cbor:"5,keyasint,omitempty"` // devices of the server whose changes wait, held, for their records
	Undone   []Undone `cbor:"6,keyasint,omitempty"` // what was done at the server and could not be brought back
	Void     []Gap    `cbor:"7,keyasint,omitempty"` // of the gaps, numbers that nobody will ever have
}

// ended is an order that ended.
type ended struct {
	Epoch app.ID    `cbor:"1,keyasint"`
	Size  int64     `cbor:"2,keyasint"` // its lines up to this are those of the order that followed
	At    app.Stamp `cbor:"3,keyasint"` // when the server was restored
	Until app.Stamp `cbor:"4,keyasint"` // when the last of these lines was received
}

// Gap are numbers that may have been given out in what was lost. They are given
// again only to the changes that had them.
type Gap struct {
	Series string `cbor:"1,keyasint"`
	First  int64  `cbor:"2,keyasint"`
	Last   int64  `cbor:"3,keyasint"`
}

// Twice is a number that a change had and did not get again, since another one
// claims it, too, since the change came by stick before its device had told, or
// since it came when the number was void: a person has to look.
type Twice struct {
	Series string `cbor:"1,keyasint"`
	N      int64  `cbor:"2,keyasint"`
	Device app.ID `cbor:"3,keyasint"` // whose change did not get it again
	Seq    uint64 `cbor:"4,keyasint"`
}

// Undone is something that was done at the server itself, was in the second
// place, and could not be brought back: a person has to look.
type Undone struct {
	Kind    app.Kind `cbor:"1,keyasint,omitempty"` // of the record that a change was about
	ID      app.ID   `cbor:"2,keyasint,omitempty"`
	Command string   `cbor:"3,keyasint,omitempty"`
	JA      string   `cbor:"4,keyasint"` // why
	EN      string   `cbor:"5,keyasint"`
}

func epochsOf(tx Tx) (e epochs, err error) {
	text, err := tx.Setting(settingEpochs)
	if err == nil && len(text) > 0 {
		err = wire.Decode(text, &e)
	}
	return e, err
}

func (e *epochs) keep(tx Tx) error {
	text, err := wire.Encode(e)
	if err != nil {
		return err
	}
	return tx.PutSetting(settingEpochs, text)
}

// of finds an order that ended.
func (e *epochs) of(epoch app.ID) (ended, bool) {
	i := slices.IndexFunc(e.Ended, func(o ended) bool { return o.Epoch == epoch })
	if i < 0 {
		return ended{}, false
	}
	return e.Ended[i], true
}

// waits says whether devices are still expected that bring changes again.
func (e *epochs) waits() bool { return len(e.Ended) > 0 && !e.Finished }

// isVoid says whether nobody will ever have a number.
func (e *epochs) isVoid(series string, n int64) bool {
	return slices.ContainsFunc(e.Void, func(g Gap) bool { return g.Series == series && g.First <= n && n <= g.Last })
}

// told are they as a checkpoint tells them.
func (e *epochs) told() (out []audit.Ended) {
	for _, o := range e.Ended {
		out = append(out, audit.Ended{Epoch: o.Epoch, Size: o.Size})
	}
	return out
}

// settingJump is how far versions of lists jump that devices compare: a restored
// server counts on from an older one, and must never name one that was used.
const settingJump = 1 << 32

// Begin starts a new order where the database was put back to an earlier state.
// Devices that come with the old one bring again what is not in it. Of each series
// that many numbers are left out (margin): they may have been given out since.
func (s *Server) Begin(ctx context.Context, margin int64) error {
	return s.begin(ctx, margin, &memento{})
}

// begin does it with what a second place tells.
func (s *Server) begin(ctx context.Context, margin int64, m *memento) error {
	err := s.log.Write(ctx, func(tx Tx) error {
		was, err := epochOf(tx)
		if err != nil {
			return err
		}
		if err = s.end(tx, was, margin, m); err != nil {
			return err
		}
		epoch, err := app.NewID(s.now(), s.o.Random)
		if err != nil {
			return err
		}
		if err = tx.PutSetting(settingEpoch, epoch[:]); err != nil {
			return err
		}
		if err = s.forgetSelf(tx); err != nil {
			return err
		}
		return s.remember(tx, m)
	})
	if err != nil {
		return err
	}
	return s.comeBack(ctx)
}

// remember puts back what a second place tells, and goes on with it.
func (s *Server) remember(tx Tx, m *memento) error {
	since, err := tx.Counter(counterCopied)
	if err != nil {
		return err
	}
	if err = m.bringRows(tx, since); err != nil {
		return err
	}
	if _, err = tx.Count(counterCopied, max(0, m.last-since)); err != nil {
		return err
	}
	if err = (copyPlace{Dir: m.dir}).keep(tx); err != nil {
		return err
	}
	e, err := epochsOf(tx)
	if err != nil {
		return err
	}
	in := &intake{book: s.o.Book, random: s.o.Random, own: true, at: s.now()}
	in.within(tx)
	if err = m.holdLines(in, &e); err != nil {
		return err
	}
	return e.keep(tx)
}

// end notes how far the order that ends is here.
func (s *Server) end(tx Tx, was app.ID, margin int64, m *memento) error {
	e, err := epochsOf(tx)
	if err != nil {
		return err
	}
	o := ended{Epoch: was, At: s.now()}
	if o.Size, err = tx.Counter(counterGSN); err != nil {
		return err
	}
	last, err := tx.Leaves(o.Size-1, 1)
	if err != nil {
		return err
	}
	for _, l := range last {
		o.Until = l.Received
	}
	for i := range e.Ended { // an earlier order lives on no further than this
		e.Ended[i].Size = min(e.Ended[i].Size, o.Size)
	}
	e.Ended, e.Finished = append(e.Ended, o), false
	for _, later := range m.later(was, o.Size) {
		later.At, later.Until = o.At, o.Until
		e.Ended = append(e.Ended, later)
	}
	if e.Gaps, err = s.leaveOut(tx, e.Gaps, margin, m.counts); err != nil {
		return err
	}
	return e.keep(tx)
}

// leaveOut has each series jump: those that count already, and those of the time
// for which changes still come (see maxBehind), which may have begun in what was lost. Where it is known how far one had come,
// it jumps from there.
func (s *Server) leaveOut(tx Tx, gaps []Gap, margin int64, known map[string]int64) ([]Gap, error) {
	all, err := tx.Series()
	if err != nil || margin <= 0 && len(known) == 0 {
		return gaps, err
	}
	all = slices.AppendSeq(all, maps.Keys(known))
	for _, t := range s.o.Book.Numbers {
		for back := app.Stamp(0); back <= maxBehind; back += day {
			all = append(all, t.Series(s.now()-back))
		}
	}
	slices.Sort(all)
	for _, series := range slices.Compact(all) {
		was, err := tx.Counter(counterNumber + series)
		if err != nil {
			return nil, err
		}
		last, err := tx.Count(counterNumber+series, max(0, known[series]-was)+margin)
		if err != nil {
			return nil, err
		}
		if last > was {
			gaps = append(gaps, Gap{series, was + 1, last})
		}
	}
	return gaps, nil
}

// day is one in milliseconds.
const day = 24 * 60 * 60_000

// forgetPulls has every device count as one that never said how far it reads: it may
// hold what came after the backup, and a lost report must not count too little.
func forgetPulls(tx Tx) error {
	all, err := tx.Standings()
	for _, st := range all {
		if st.Pulled, st.PulledAt = 0, 0; err == nil {
			err = tx.PutStanding(st)
		}
	}
	return err
}

// forgetSelf lets go of what must not be used in two orders: the server's own
// device, codes that may have been used, and versions that devices compare.
func (s *Server) forgetSelf(tx Tx) error {
	if err := tx.PutSetting(settingSelf, nil); err != nil {
		return err
	}
	if err := tx.VoidInvitations(s.now()); err != nil {
		return err
	}
	if err := forgetPulls(tx); err != nil {
		return err
	}
	for _, name := range []string{counterPeople, counterNotices} {
		if _, err := tx.Count(name, settingJump); err != nil {
			return err
		}
	}
	return nil
}
