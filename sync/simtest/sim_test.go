package simtest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"time"

	"daicho/app"
	"daicho/sync/client"
	"daicho/sync/server/logtest"
)

// Sim is one run: some devices, one server, a bad network, and people who
// work as if nothing were the matter.
type Sim struct {
	*World
	Devices []Replica // at each desk
	desks   []*desk
	retired []Replica // devices that were at a desk and are none any more
	make    func(s *Sim, n int) (Replica, error)

	net      *network
	customs  *customs
	plant    *Plant
	book     *ledger
	vault    *vault
	roles    *roles
	rand     *rand.Rand // of crashes of devices
	wants    []want     // what people meant, for the oracle
	promised map[who][32]byte
	barred   map[app.ID]int64 // the end of the order when a device was shut out
	released map[int64]bool   // lines that a person let in afterwards
	sticks   []stickAway
	rows     int  // of a page of them
	ended    bool // the program of a device, in this step
	said     []string
	seed     uint64
	disk     bool // its devices are real replicas
}

// desk is a person's place with a device.
type desk struct {
	open   *form
	copied *Device // its folder as it was once
	doomed bool    // it was revoked or put back: the server may refuse it
}

// Setup says what a run is made of.
type Setup struct {
	Seed    uint64
	Book    app.Book
	Dir     string // for attachments; Run removes it
	Steps   int
	Devices int
	// Make makes the devices; nil: [Device]s in memory.
	Make  func(s *Sim, n int) (Replica, error)
	Plant *Plant // a bug to be found; nil: none
}

// Run runs a seed and says what was wrong, if anything was, and what had
// happened last.
func Run(c Setup) error {
	_, err := play(c)
	return errors.Join(err, os.RemoveAll(c.Dir))
}

func play(c Setup) (*Sim, error) {
	s, err := begin(c)
	for n := 0; err == nil && n < c.Steps; n++ {
		if err = s.fate(); err == nil {
			err = s.step()
		}
		if err == nil {
			err = s.customs.found
		}
	}
	if err == nil {
		s.say("heal")
		err = s.heal()
	}
	if err == nil {
		err = s.check()
	}
	if err != nil && s != nil {
		err = fmt.Errorf("%w\nlast steps: %s", err, strings.Join(s.said[max(0, len(s.said)-12):], "; "))
	}
	return s, err
}

// say notes a step.
func (s *Sim) say(format string, args ...any) { s.said = append(s.said, fmt.Sprintf(format, args...)) }

func begin(c Setup) (*Sim, error) {
	if c.Plant == nil {
		c.Plant = &Plant{}
	}
	s := &Sim{seed: c.Seed, disk: c.Make != nil, plant: c.Plant, make: c.Make, roles: newRoles(), vault: newVault(c.Seed), rand: rand.New(rand.NewPCG(c.Seed, 3)), promised: map[who][32]byte{},
		barred: map[app.ID]int64{}, released: map[int64]bool{}}
	if s.make == nil {
		s.make = (*Sim).inMemory
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return nil, err
	}
	c.Plant.sim = s
	c.Book.Access = s.roles
	s.book = newLedger(logtest.NewMemory(), c.Seed, c.Book, c.Plant)
	w, err := NewWorld(c.Seed, c.Book, s.book, c.Dir)
	if err != nil {
		return nil, err
	}
	s.World, s.net = w, &network{Sim: s, rand: rand.New(rand.NewPCG(c.Seed, 4))}
	s.customs = &customs{Sim: s, got: map[who]map[[32]byte]bool{}}
	s.rows = 1 + s.Rand.IntN(6)
	for n := range c.Devices {
		d, err := s.make(s, n)
		if err != nil {
			return nil, err
		}
		s.Devices, s.desks = append(s.Devices, d), append(s.desks, &desk{})
	}
	if err = s.hire(); err != nil {
		return nil, err
	}
	return s, s.enroll(0) // the others come later, with changes made before
}

// inMemory is a [Device] that cuts segments as it likes and whose clock is off.
// One in some runs has a program of before.
func (s *Sim) inMemory(n int) (Replica, error) {
	book := s.Book
	if s.old(n) {
		book = older(book)
	}
	d, err := NewDevice(book, s.Clock, s.Random)
	if err == nil {
		d.Cut, d.Most = 1+s.Rand.IntN(6), 1+s.Rand.IntN(12)
		d.Skew = s.skew()
	}
	return d, err
}

// skew is by how much a clock is off: mostly up to an hour, sometimes a year.
func (s *Sim) skew() time.Duration {
	if s.Rand.IntN(8) == 0 {
		return []time.Duration{-1, 1}[s.Rand.IntN(2)] * 365 * 24 * time.Hour
	}
	return time.Duration(s.Rand.IntN(7_200)-3_600) * time.Second
}

// enroll binds a device to one of three people. A lost answer is asked for again.
func (s *Sim) enroll(n int) error {
	name := fmt.Sprint("人", n%3)
	if _, err := s.Server.AddUser(now, name); err != nil && !app.IsCode(err, app.Invalid) {
		return err
	}
	code, err := s.Server.EnrollCode(now, name, []string{"server.example:1"})
	if err != nil {
		return err
	}
	for range 100 {
		if _, err = client.Enroll(now, s.Devices[n], code, s.options(n)); !app.IsCode(err, app.Failed) {
			return err
		}
	}
	return err
}

func (s *Sim) options(n int) client.Options {
	d := s.Devices[n]
	return client.Options{
		Now: func() time.Time { return s.Now.Add(skewOf(d)) }, Rest: func(context.Context, time.Duration) error { return nil },
		Transport: &badLine{network: s.net, to: s.Line(d.DeviceKey()), device: n, packs: s.net.rand.IntN(20) == 0},
		FillFrom:  []int64{3, 20, 0}[n%3], Past: s.net.good || s.Rand.IntN(2) == 0,
	}
}

// step lets one thing happen.
func (s *Sim) step() error {
	s.Now = s.Now.Add(time.Duration(s.Rand.IntN(60_000)) * time.Millisecond)
	s.ended = false
	n := s.Rand.IntN(len(s.Devices))
	switch x := s.Rand.IntN(200); {
	case x < 85:
		s.say("desk %d acts", n)
		return s.act(n)
	case x < 90:
		return s.erase(n)
	case x < 142:
		s.say("desk %d syncs", n)
		return s.sync(n)
	case x < 154:
		s.say("late requests")
		s.net.deliver()
	case x < 166:
		return s.carry(n, s.Rand.IntN(len(s.Devices)))
	case x < 171:
		return s.pack(n)
	case x < 178:
		return s.handIn()
	case x < 184:
		return s.assign(n)
	case x < 188:
		s.jump(n)
	case x < 190:
		s.say("days pass")
		s.Now = s.Now.Add(time.Duration(s.Rand.IntN(20*24)) * time.Hour)
	case x < 192:
		return s.shutOut(n)
	case x < 193:
		return s.letIn()
	case x < 195:
		s.copy(n)
	case x < 196:
		s.putBack(n)
	default:
		s.say("desk %d crashes", n)
		s.plant.crash(s.Devices[n])
	}
	return nil
}

// jump sets a device's clock.
func (s *Sim) jump(n int) {
	s.say("desk %d sets its clock", n)
	switch d := s.Devices[n].(type) {
	case *Device:
		d.Skew = s.skew()
	case *real:
		d.skew = s.skew()
	}
}

func skewOf(d Replica) time.Duration {
	switch d := d.(type) {
	case *Device:
		return d.Skew
	case *real:
		return d.skew
	}
	return 0
}

// sync lets a device try. It may fail in the ways that a bad line, a crash and
// an end of trust allow, and in no other.
func (s *Sim) sync(n int) error {
	if _, err := s.Devices[n].Enrolment(now); app.IsCode(err, app.NotFound) {
		return s.enrollLater(n)
	}
	_, err := client.Sync(now, &mortal{s.Devices[n], s}, s.options(n))
	if err = s.endured(n, err); err != nil {
		return fmt.Errorf("device %d: %w", n, err)
	}
	return nil
}

func (s *Sim) enrollLater(n int) error {
	return s.endured(n, s.enroll(n))
}

// endured lets errors pass that are part of life.
func (s *Sim) endured(n int, err error) error {
	switch {
	case err == nil || errors.Is(err, errCrash) || errors.Is(err, errLine):
		return nil
	case s.isStranger(n, err):
		return s.enrollAgain(n)
	case s.desks[n].doomed && (app.IsCode(err, app.Forbidden) || app.IsCode(err, app.Damaged)):
		return s.replace(n)
	}
	return err
}

// maxRounds is how often each device may sync after healing until it is quiet.
const maxRounds = 8

// heal mends network and machines and lets everybody sync until it is quiet.
func (s *Sim) heal() error {
	s.net.good = true
	for len(s.net.late) > 0 {
		s.net.deliver()
	}
	if err := s.gather(); err != nil {
		return err
	}
	for range maxRounds {
		quiet := true
		for n := range s.Devices {
			done, err := s.finish(n)
			if err != nil {
				return fmt.Errorf("device %d after healing: %w", n, err)
			}
			quiet = quiet && done == client.Result{Offset: done.Offset, Err: done.Err}
		}
		if quiet {
			return s.customs.found
		}
	}
	return wrong("quiet", "it never becomes quiet")
}

func (s *Sim) finish(n int) (done client.Result, err error) {
	if err = s.notice(n); err != nil {
		return done, err
	}
	for range 3 { // of them all but the last may end a device
		was := s.Devices[n]
		if _, err = was.Enrolment(now); app.IsCode(err, app.NotFound) {
			if err = s.endured(n, s.enroll(n)); err != nil {
				return done, err
			}
			if s.Devices[n] != was {
				continue
			}
		}
		done, err = client.Sync(now, &mortal{s.Devices[n], s}, s.options(n))
		if err = s.endured(n, err); err != nil || s.Devices[n] == was {
			return done, err
		}
	}
	return done, errors.New("it is refused again and again")
}

// fault is an invariant that does not hold.
type fault struct {
	invariant string
	error
}

func (f *fault) Error() string { return f.invariant + ": " + f.error.Error() }
func (f *fault) Unwrap() error { return f.error }

func wrong(invariant, format string, args ...any) error {
	return &fault{invariant, fmt.Errorf(format, args...)}
}
