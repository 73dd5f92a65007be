package simtest

import (
	"math"

	"daicho/app"
	"daicho/sync/server"
)

// shutOut revokes a desk's device.
func (s *Sim) shutOut(n int) error {
	if n == 0 {
		return nil // somebody goes on all the time
	}
	if _, err := s.Devices[n].Enrolment(now); err != nil {
		return nil
	}
	if s.isUnknown(s.Devices[n]) {
		return nil
	}
	s.say("the device of desk %d is revoked", n)
	id := app.DeviceID(publicKey(s.Devices[n]))
	s.barred[id], s.desks[n].doomed = int64(len(s.book.lines)), true
	return s.Server.Revoke(now, id)
}

// letIn judges what was impounded of devices that were at a desk.
func (s *Sim) letIn() error {
	for _, d := range s.retired {
		if s.isUnknown(d) {
			continue
		}
		id, before := app.DeviceID(publicKey(d)), len(s.book.lines)
		if _, err := s.Server.ReleaseImpounded(now, id); app.IsCode(err, app.NotFound) {
			continue // a copy took its desk before it was ever enrolled
		} else if err != nil {
			return err
		}
		for _, l := range s.book.lines[before:] {
			s.released[l.GSN] = true
		}
	}
	s.say("what was impounded is let in")
	return nil
}

// replace gives a desk a new device. What the old one had journaled and nobody
// brought stays there.
func (s *Sim) replace(n int) error {
	s.say("desk %d gets a new device", n)
	d, err := s.make(s, n)
	if err == nil {
		s.retired = append(s.retired, s.Devices[n])
		s.Devices[n], s.desks[n] = d, &desk{}
	}
	return err
}

// copy keeps a desk's device as it is.
func (s *Sim) copy(n int) {
	if d, ok := s.Devices[n].(*Device); ok {
		s.say("the folder of desk %d is copied", n)
		s.desks[n].copied = d.Clone()
	}
}

// putBack puts a copy in the place of a desk's device.
func (s *Sim) putBack(n int) {
	if s.desks[n].copied == nil || n == 0 {
		return
	}
	s.say("the copy is put back at desk %d", n)
	s.retired = append(s.retired, s.Devices[n])
	s.Devices[n] = s.desks[n].copied
	s.desks[n] = &desk{doomed: true}
}

// notice lets somebody at a desk with an old copy write: a copy that does not
// notice what it is would use numbers twice.
func (s *Sim) notice(n int) error {
	d := s.Devices[n]
	if !s.desks[n].doomed {
		return nil
	}
	for range 3 {
		mark, err := s.watermark(app.DeviceID(publicKey(d)))
		if err != nil || mark <= d.Last() {
			return err
		}
		if err = s.create(d, "ticket"); err != nil {
			return err
		}
	}
	return nil
}

func (s *Sim) watermark(id app.ID) (mark uint64, err error) {
	err = s.book.Log.Read(now, func(tx server.Tx) error {
		d, _, err := tx.Device(id)
		mark = d.Watermark
		return err
	})
	return mark, err
}

// held are the changes of a device that the server has outside the order, by
// what they hash to.
func (s *Sim) held(id app.ID) (all map[who]map[[32]byte]bool, forked bool, err error) {
	all = map[who]map[[32]byte]bool{}
	err = s.book.Log.Read(now, func(tx server.Tx) error {
		segments, err := tx.Held(id, math.MaxInt64)
		if err != nil {
			return err
		}
		kept, err := tx.Impounded(id)
		for _, k := range kept {
			segments, forked = append(segments, k.Segment), forked || k.Why == server.Forked
		}
		for _, g := range segments {
			for i, body := range g.Bodies {
				k := who{id, g.First + uint64(i)}
				if all[k] == nil {
					all[k] = map[[32]byte]bool{}
				}
				all[k][app.BodyHash(body)] = true
			}
		}
		return err
	})
	return all, forked, err
}
