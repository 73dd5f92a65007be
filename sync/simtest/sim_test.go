package simtest

import (
	"errors"
	"fmt"
	"time"

	"daicho/app"
	"daicho/sync/client"
	"daicho/sync/server/logtest"
	"daicho/sync/wire"
)

// Sim is one run: some devices, one server, a bad network, and people who
// work as if nothing were the matter.
type Sim struct {
	*World
	Devices []Replica
	net     *network
	plant   *Plant
	book    *ledger
	forms   map[int]form // what people have open
	wants   []want       // what they meant, for the oracle
}

// Setup says what a run is made of.
type Setup struct {
	Seed    uint64
	Book    app.Book
	Dir     string // for attachments
	Steps   int
	Devices int
	// Make makes the devices; nil: [Device]s in memory.
	Make  func(s *Sim, n int) (Replica, error)
	Plant *Plant // a bug to be found; nil: none
}

// Run runs a seed and says what was wrong, if anything was.
func Run(c Setup) error {
	s, err := begin(c)
	if err != nil {
		return err
	}
	for range c.Steps {
		if err = s.step(); err != nil {
			return err
		}
	}
	if err = s.heal(); err != nil {
		return err
	}
	return s.check()
}

func begin(c Setup) (*Sim, error) {
	if c.Plant == nil {
		c.Plant = &Plant{}
	}
	s := &Sim{plant: c.Plant, forms: map[int]form{}}
	c.Plant.sim = s
	s.book = &ledger{Log: logtest.NewMemory(), plant: c.Plant, keys: keyring{all: map[app.ID][]app.SubjectKey{}}}
	w, err := NewWorld(c.Seed, c.Book, s.book, c.Dir)
	if err != nil {
		return nil, err
	}
	s.World, s.net = w, &network{Sim: s}
	make := c.Make
	if make == nil {
		make = (*Sim).inMemory
	}
	for n := range c.Devices {
		d, err := make(s, n)
		if err != nil {
			return nil, err
		}
		s.Devices = append(s.Devices, d)
		if n > 0 { // the others come later, with changes made before
			continue
		}
		if err = s.enroll(n); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// inMemory is a [Device] that cuts segments as it likes and whose clock is off.
func (s *Sim) inMemory(int) (Replica, error) {
	d, err := s.World.Device()
	if err == nil {
		d.Cut, d.Most = 1+s.Rand.IntN(6), 1+s.Rand.IntN(12)
		d.Skew = s.skew()
	}
	return d, err
}

func (s *Sim) skew() time.Duration { return time.Duration(s.Rand.IntN(7_200)-3_600) * time.Second }

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
	o := client.Options{Now: s.Clock, Transport: &badLine{s.net, s.Line(d.DeviceKey())}}
	if n%2 == 1 { // others follow the order from its beginning
		o.FillFrom, o.Past = 3, true
	}
	return o
}

// step lets one thing happen.
func (s *Sim) step() error {
	s.Now = s.Now.Add(time.Duration(s.Rand.IntN(60_000)) * time.Millisecond)
	n := s.Rand.IntN(len(s.Devices))
	switch x := s.Rand.IntN(100); {
	case x < 50:
		return s.act(n)
	case x < 75:
		return s.sync(n)
	case x < 85:
		s.net.deliver()
	case x < 95:
		return s.carry(n, s.Rand.IntN(len(s.Devices)))
	case x < 97:
		s.jump(n)
	default:
		s.plant.crash(s.Devices[n])
	}
	return nil
}

// jump sets a device's clock.
func (s *Sim) jump(n int) {
	if d, ok := s.Devices[n].(*Device); ok {
		d.Skew = s.skew()
	}
}

// sync lets a device try. It may fail in the ways that a bad line and a
// crash allow, and in no other.
func (s *Sim) sync(n int) error {
	if _, err := s.Devices[n].Enrolment(now); app.IsCode(err, app.NotFound) {
		return s.enroll(n)
	}
	_, err := client.Sync(now, &mortal{s.Devices[n], s}, s.options(n))
	if err == nil || errors.Is(err, errCrash) || errors.Is(err, errLine) {
		return nil
	}
	return fmt.Errorf("device %d: %w", n, err)
}

// carry lets one device bring some of another's segments, in any order.
func (s *Sim) carry(from, by int) error {
	place, err := s.Devices[by].Enrolment(now)
	if err != nil {
		return nil // it cannot speak yet
	}
	if _, err = s.Devices[from].Enrolment(now); err != nil {
		return nil // nobody knows it yet
	}
	bodies, segments, keys, err := everything(s.Devices[from])
	if err != nil {
		return err
	}
	p := &wire.Push{Epoch: place.Epoch, Keys: wire.KeysOf(keys)}
	for _, g := range segments {
		count := int(g.Last - g.First + 1)
		if s.Rand.IntN(3) > 0 {
			p.Segments = append(p.Segments, wire.SegmentOf(g, bodies[:count]))
		}
		bodies = bodies[count:]
	}
	s.Rand.Shuffle(len(p.Segments), func(i, j int) { p.Segments[i], p.Segments[j] = p.Segments[j], p.Segments[i] })
	return s.bring(by, p)
}

// everything is what a replica has not been acknowledged for, to the last change.
func everything(r Replica) ([][]byte, []app.Segment, []app.SubjectKey, error) {
	if d, ok := r.(*Device); ok {
		most := d.Most
		defer func() { d.Most = most }()
		d.Most = 0
	}
	return r.Outgoing(now, wire.PageChanges)
}

// heal mends network and machines and lets everybody sync until it is quiet.
func (s *Sim) heal() error {
	s.net.good = true
	for len(s.net.late) > 0 {
		s.net.deliver()
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
			return nil
		}
	}
	return errors.New("it never becomes quiet")
}

// maxRounds is how often each device may sync after healing until it is quiet.
const maxRounds = 6

func (s *Sim) finish(n int) (client.Result, error) {
	if _, err := s.Devices[n].Enrolment(now); app.IsCode(err, app.NotFound) {
		if err = s.enroll(n); err != nil {
			return client.Result{}, err
		}
	}
	return client.Sync(now, &mortal{s.Devices[n], s}, s.options(n))
}
