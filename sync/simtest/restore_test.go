package simtest

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"daicho/app"
	"daicho/app/voided"
	"daicho/sync/client"
	"daicho/sync/server"
	"daicho/sync/server/logtest"
)

// margin is how many numbers of each series a restored server leaves out: more
// than any run gives.
const margin = 100

// vault is what a run needs to put its server back.
type vault struct {
	rand  *rand.Rand // of what happens to the server, and when
	left  int        // how often it may still be put back
	last  *backup
	ended bool // an order did

	owed   map[who][32]byte   // acknowledged in an order that ended, and not in its beginning
	gave   map[string]app.Ref // official numbers that such an order gave, and to which records
	told   map[change]string  // and those that a device knew of its own changes
	closed map[change]bool    // of these, changes that came again when nobody was waited for any more
	early  map[change]bool    // and changes that somebody else brought before their device could tell
}

// change is one of a device, be it that the device is still there or not.
type change = who

// backup is the server as it was.
type backup struct {
	log   *logtest.Memory
	lines int
	used  int64 // how often it was restored
}

// newVault: the server of every fourth seed is put back, once or twice.
func newVault(seed uint64) *vault {
	v := &vault{rand: rand.New(rand.NewPCG(seed, 5)), owed: map[who][32]byte{}, gave: map[string]app.Ref{}, told: map[change]string{}, closed: map[change]bool{}, early: map[change]bool{}}
	if seed%4 == 3 {
		v.left = 1 + v.rand.IntN(2)
	}
	return v
}

// fate is what may happen to the server before a step.
func (s *Sim) fate() error {
	v := s.vault
	if v.left == 0 && !v.ended {
		return nil
	}
	switch x := v.rand.IntN(40); {
	case x < 2:
		s.backUp()
	case x < 4 && v.last != nil && v.left > 0:
		v.left--
		return s.putServerBack(v.last)
	case x < 5 && v.ended:
		return s.waitNoMore()
	}
	return nil
}

func (s *Sim) backUp() {
	s.say("the server is backed up at %d", len(s.book.lines))
	s.vault.last = &backup{log: s.book.Log.(*logtest.Memory).Clone(), lines: len(s.book.lines)}
}

// putServerBack restores a backup, over which a new order begins.
func (s *Sim) putServerBack(b *backup) error {
	s.say("the server is put back from %d to %d", len(s.book.lines), b.lines)
	list, err := s.Server.SignedErasures(now)
	if err != nil {
		return err
	}
	lost := s.book.cutOff(b)
	if err := s.Restart(); err != nil {
		return err
	}
	if b.used++; b.used > 1 { // the order in between gave numbers beyond the margin
		s.say("for the second time")
	}
	if err := s.Server.Begin(now, b.used*margin); err != nil {
		return err
	}
	s.vault.ended = true
	if err := s.vault.remember(s, lost); err != nil {
		return err
	}
	if err := s.forgo(b); err != nil {
		return err
	}
	return s.eraseAgain(list)
}

// eraseAgain replays the list of erasures, which an operator keeps apart from backups.
func (s *Sim) eraseAgain(list []byte) error {
	path := filepath.Join(s.dir, "list")
	if err := os.WriteFile(path, list, 0o600); err != nil {
		return err
	}
	return s.Server.ReplayErasures(now, path)
}

// cutOff puts the log back, and gives the lines that are lost by that.
func (l *ledger) cutOff(b *backup) []server.Line {
	lost, kept := l.lines[b.lines:], slices.Clip(l.lines[:b.lines])
	l.Log, l.lines, l.rows = b.log.Clone(), nil, rows{}
	clear(l.scopes)
	if err := l.note(kept); err != nil {
		panic(err) // it was noted before
	}
	return lost
}

// remember notes what numbers an order that ended had given.
func (v *vault) remember(s *Sim, lost []server.Line) error {
	for _, l := range lost {
		o, err := app.DecodeOutcome(l.Outcome, &s.book.keys)
		if err != nil {
			return err
		}
		for ref, n := range numbersIn(s.Book, o) {
			v.gave[n] = ref
		}
	}
	return nil
}

// numbersIn are the official numbers that an outcome tells.
func numbersIn(b app.Book, o *app.Outcome) map[app.Ref]string {
	all := map[app.Ref]string{}
	for _, e := range o.Effects {
		for _, c := range e.Cells {
			if b.Numbers[e.Ref.Kind] != "" && c.Field == "number" {
				all[e.Ref] = c.Now.Text()
			}
		}
	}
	return all
}

// forgo lets go of what the server cannot know any more, and of what nobody but
// it knew.
func (s *Sim) forgo(b *backup) error {
	there := map[who][32]byte{}
	for _, l := range s.book.lines {
		there[who{l.Device, l.Seq}] = app.BodyHash(l.Body)
	}
	for k, hash := range s.promised {
		if there[k] != hash {
			s.vault.owed[k] = hash
			delete(s.promised, k)
		}
	}
	maps.DeleteFunc(s.released, func(gsn int64, _ bool) bool { return gsn > int64(b.lines) })
	for id := range s.barred {
		if state, err := s.state(id); err != nil || state != server.Revoked {
			delete(s.barred, id)
		} else {
			s.barred[id] = min(s.barred[id], int64(b.lines))
		}
	}
	return s.customs.forgo(there)
}

// forgo keeps of what the server had answered for what it still has.
func (c *customs) forgo(there map[who][32]byte) error {
	for k, bodies := range c.got {
		aside, _, err := c.held(k.device)
		if err != nil {
			return err
		}
		maps.DeleteFunc(bodies, func(hash [32]byte, _ bool) bool { return there[k] != hash && !aside[k][hash] })
	}
	return nil
}

// waitNoMore ends the waiting for devices.
func (s *Sim) waitNoMore() error {
	s.say("nobody is waited for any more")
	if err := s.Server.Finish(now, s.declare); err != nil {
		return err
	}
	there := s.book.changes()
	for k := range s.vault.told {
		if !there[k] {
			s.vault.closed[k] = true
		}
	}
	return nil
}

// changes are those of the order.
func (l *ledger) changes() map[change]bool {
	all := map[change]bool{}
	for i := range l.lines {
		all[change{l.lines[i].Device, l.lines[i].Seq}] = true
	}
	return all
}

// tells notes which numbers a device knows of its own changes, as it goes over to
// a new order, which of them are void by then, and which changes are there already.
func (s *Sim) tells(d app.ID, l client.Lost) {
	there := s.book.changes()
	for _, g := range l.Given {
		if k := (change{g.Device, g.Seq}); g.Device == d && s.vault.told[k] == "" {
			s.vault.told[k], s.vault.closed[k], s.vault.early[k] = g.Number, s.isVoid(g.Kind, g.Number), there[k]
		}
	}
}

// isVoid says whether the server has declared a number void.
func (s *Sim) isVoid(kind app.Kind, number string) bool {
	for ref, r := range s.book.rows {
		v := voided.Register.Draft(ref.ID)
		if ref.Kind != voided.Kind || voided.Register.Load(v, ref, r.gsn, r.doc) != nil {
			continue
		}
		if n, is := s.Book.Numbers[kind].Parse(v.Series, number); is && v.First <= n && n <= v.Last {
			return true
		}
	}
	return false
}

// mended: of an order that ended, changes whose devices came are there as they
// were, its numbers went to no other change, and each number that a series left
// out is told.
func (o *oracle) mended() error {
	if !o.vault.ended {
		return nil
	}
	there := map[who]server.Line{}
	for _, l := range o.book.lines {
		there[who{l.Device, l.Seq}] = l
	}
	for k, hash := range o.vault.owed {
		if !o.isRetired(k.device) && app.BodyHash(there[k].Body) != hash {
			return fmt.Errorf("change %d had been acknowledged before the server was restored, and is not there again", k.seq)
		}
	}
	restored, err := o.Server.Restored(now)
	if err != nil {
		return err
	}
	listed := map[change]bool{}
	for _, t := range restored.Twice {
		listed[change{t.Device, t.Seq}] = true
	}
	for k, l := range there {
		if err := o.numberedAgain(k, l, listed); err != nil {
			return err
		}
	}
	return nil
}

// numberedAgain: a change got the number that its device had told, and none that
// had been another's. One that came by somebody else before its device could tell may
// have another: then the server lists it.
func (o *oracle) numberedAgain(k who, l server.Line, listed map[change]bool) error {
	out, err := app.DecodeOutcome(l.Outcome, &o.book.keys)
	if err != nil {
		return err
	}
	for ref, n := range numbersIn(o.Book, out) {
		if of, given := o.vault.gave[n]; given && of != ref {
			return fmt.Errorf("%s was the number of another record before the server was restored", n)
		}
		told, may := o.vault.told[k], o.vault.closed[k] || o.vault.early[k] && listed[k]
		if told != "" && told != n && !o.isRetired(k.device) && !may {
			return fmt.Errorf("a change had the number %s, and has %s", told, n)
		}
	}
	return nil
}

// hire has everybody in the directory from the beginning where the server may be
// put back: who was added at the server itself after a backup is lost with it.
func (s *Sim) hire() error {
	if s.vault.left == 0 {
		return nil
	}
	for n := range 3 {
		if _, err := s.Server.AddUser(now, fmt.Sprint("人", n)); err != nil {
			return err
		}
	}
	return nil
}

// isStranger says whether that is why a device was refused.
func (s *Sim) isStranger(n int, err error) bool {
	return app.IsCode(err, app.Forbidden) && s.isUnknown(s.Devices[n])
}

// enrollAgain binds a device to a server that does not know it any more. Codes that
// it has forgotten, too, count as guesses, and after some it lets nobody in for a while.
func (s *Sim) enrollAgain(n int) error {
	s.say("desk %d enrols once more", n)
	err := s.enroll(n)
	if errors.Is(err, errCrash) || errors.Is(err, errLine) || !s.net.good && app.IsCode(err, app.Forbidden) {
		return nil
	}
	return err
}

// isUnknown says whether a server that was put back does not know a device that
// had been enrolled afterwards.
func (s *Sim) isUnknown(d Replica) bool {
	known := true
	err := s.book.Log.Read(now, func(tx server.Tx) (err error) {
		_, known, err = tx.Device(app.DeviceID(publicKey(d)))
		return err
	})
	return s.vault.ended && err == nil && !known
}

// gather lets everybody come to a server that was put back, before nobody is
// waited for any more.
func (s *Sim) gather() error {
	if !s.vault.ended {
		return nil
	}
	s.Now = s.Now.Add(time.Hour)
	for range 2 {
		for n := range s.Devices {
			if _, err := s.finish(n); err != nil {
				return fmt.Errorf("device %d comes to the server that was put back: %w", n, err)
			}
		}
	}
	return s.waitNoMore()
}

// declare writes numbers that nobody brought back into their register.
func (s *Sim) declare(a *server.Acting, unused []server.Gap) error {
	at, epoch := a.Now()
	for _, g := range unused {
		if s.plant.Bug == VoidLost {
			return nil
		}
		n := voided.Number{Series: g.Series, First: g.First, Last: g.Last, Reason: voided.Restored, Epoch: epoch.String(), Decided: at, By: "人0"}
		if err := voided.Declare(a, s.Book.Numbers, n); err != nil {
			return err
		}
	}
	return nil
}

// voids are the numbers of a series that the register of voided ones holds.
func (o *oracle) voids(series string) (map[int64]bool, error) {
	all := map[int64]bool{}
	for ref, r := range o.rows {
		n := voided.Register.Draft(ref.ID)
		if ref.Kind != voided.Kind || voided.Register.Load(n, ref, r.gsn, r.doc) != nil || n.Series != series {
			continue
		}
		for i := n.First; i <= n.Last; i++ {
			if all[i] {
				return nil, fmt.Errorf("%d of %s is declared void twice", i, series)
			}
			all[i] = true
		}
	}
	return all, nil
}

// explained: each number of a series up to the last is given or declared void,
// and not both.
func (o *oracle) explained(series string, t app.NumberTemplate, given map[string]bool, last int64) error {
	void, err := o.voids(series)
	if err != nil {
		return err
	}
	for n := range void {
		last = max(last, n)
	}
	for n := range last {
		switch number := t.Format(series, n+1); {
		case given[number] && void[n+1]:
			return fmt.Errorf("number %s is given, and declared void", number)
		case !given[number] && !void[n+1]:
			return fmt.Errorf("number %s is missing", number)
		}
	}
	return nil
}

// isSealed says whether nobody has the key of a record: the one who made it lost
// the right to read it, and the server was put back to before it was there.
func (o *oracle) isSealed(ref app.Ref) bool {
	return o.vault.ended && !slices.ContainsFunc(o.Devices, func(r Replica) bool {
		d, memory := r.(*Device)
		return memory && len(d.keys.all[ref.ID]) > 0
	})
}
