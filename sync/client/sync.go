package client

import (
	"context"
	"encoding/binary"
	"errors"

	"daicho/app"
	"daicho/sync/wire"
)

// Sync pushes, uploads, pulls and downloads until nothing is left to do. It
// may be called at any time, cut off at any point, and called again. Errors
// are [app.Error]s: [app.Failed] means that the server could not be reached or
// had trouble, and that trying later is worth it; every other code needs a person.
func Sync(ctx context.Context, p Port, o Options) (Result, error) {
	s, err := open(ctx, p, o)
	if err != nil {
		return Result{Err: app.Unknown}, err
	}
	defer s.close()
	return s.sync(ctx)
}

// session is one replica speaking to its server.
type session struct {
	*conn
	port   Port
	o      Options
	place  Enrolment
	device app.ID
	asked  []app.BlobID // attachments that the server asked for
	scoped int          // how often it told of another clearance
	window int64        // lines of history that are asked for at once
	done   Result

	notices int64 // the version of how the device stands that it knows
	noticed int64 // and the one that the server named

	signed  bool  // in this sync the server has signed its record, and it goes on from what was seen
	spoiled error // attachments that are damaged here
}

func open(ctx context.Context, p Port, o Options) (*session, error) {
	place, err := p.Enrolment(ctx)
	if err != nil {
		return nil, err
	}
	c, err := connect(p.DeviceKey(), place, o)
	if err != nil {
		return nil, err
	}
	return &session{conn: c, port: p, o: o, place: place, device: deviceID(p)}, nil
}

func deviceID(p Port) app.ID { return app.DeviceID(publicKey(p.DeviceKey())) }

// sync does all steps; what each did counts even if a later one fails.
func (s *session) sync(ctx context.Context) (Result, error) {
	s.done, s.asked, s.spoiled, s.scoped, s.signed = Result{}, nil, nil, 0, false
	err := s.onCourse(ctx)
	if err == nil {
		err = s.certified(ctx)
	}
	if err == nil {
		err = s.steps(ctx)
	}
	if again, why := s.refused(ctx, err); again {
		err = s.steps(ctx)
	} else {
		err = why
	}
	if done, why := s.renew(ctx, err); done && why == nil {
		err = s.steps(ctx)
	} else {
		err = why
	}
	if err == nil && s.noticed != s.notices {
		err = s.stand(ctx)
	}
	if err == nil {
		err = s.port.Contacted(ctx)
	}
	err = errors.Join(err, s.spoiled, s.measured(ctx))
	return s.done, err
}

func (s *session) steps(ctx context.Context) (err error) {
	for _, step := range []func(context.Context) error{s.survey, s.push, s.deliver, s.upload, s.pull, s.index, s.download, s.catchUp, s.acquaint} {
		if err == nil {
			err = step(ctx)
		}
	}
	return s.suspect(ctx, err)
}

// measured keeps what this contact told of the clock.
func (s *session) measured(ctx context.Context) error {
	s.done.Offset, s.done.Err = s.clock.offset, s.clock.err
	if s.clock.err == app.Unknown {
		return nil
	}
	return s.port.Measured(context.WithoutCancel(ctx), s.clock.offset, s.clock.err)
}

var errLost = app.Refuse(app.Stale, "", "サーバーに、以前受け取ったはずの変更がありません。サーバーが古い状態に戻された可能性があります。管理者に連絡してください。",
	"the server lacks changes that it had acknowledged; it may have been put back to an older state; ask the administrator")

// push sends what is not acknowledged, page by page; each is read while the
// server has the one before.
func (s *session) push(ctx context.Context) error {
	p := s.outgoing(ctx, 0)
	for before, told := uint64(0), uint64(0); ; {
		if p.err == nil && len(p.up) == 0 && told > before {
			return s.port.Acknowledge(ctx, told) // which knows if so much was ever made here
		}
		if p.err != nil || len(p.up) == 0 {
			return p.err
		}
		first, last := p.up[0].First, p.up[len(p.up)-1].Last
		next := make(chan parcel, 1)
		go func() { next <- s.outgoing(ctx, last) }()
		s.o.progress(Pushing, s.done.Pushed, s.done.Pushed+p.changes)
		out, err := s.send(ctx, &wire.Push{Epoch: s.place.Epoch, Segments: p.up, Keys: p.keys})
		p = <-next
		if err != nil {
			return err
		}
		// What was not sent now is not acknowledged, whatever the server has: a copied
		// folder may have sent another change under the number, which only sending shows.
		told = out.Watermark(s.device)
		mark := min(told, last)
		if (mark+1 == first || mark == before) && s.reborn(ctx) {
			return nil // what these changes are about has not come yet
		}
		if mark < first {
			return errLost
		}
		if err = s.port.Acknowledge(ctx, mark); err != nil {
			return err
		}
		s.done.Pushed += int(mark - max(first-1, before))
		before = mark
		s.asked = out.Missing
		if mark < last {
			p = s.outgoing(ctx, 0)
		}
	}
}

// parcel is what one push carries.
type parcel struct {
	up      []wire.Segment
	keys    []wire.Key
	changes int // that wait, as far as was looked
	err     error
}

// outgoing is what is to be sent after a change.
func (s *session) outgoing(ctx context.Context, after uint64) parcel {
	bodies, segments, keys, err := s.port.Outgoing(ctx, after, wire.PageChanges)
	return parcel{page(bodies, segments), wire.KeysOf(keys), len(bodies), err}
}

// page is as many segments as one message should carry, but at least one.
func page(bodies [][]byte, segments []app.Segment) (out []wire.Segment) {
	size := 0
	for _, g := range segments {
		n := min(int(g.Last-g.First+1), len(bodies))
		one := wire.SegmentOf(g, bodies[:n])
		if size += one.Bytes(); size > wire.PageBytes && len(out) > 0 {
			return out
		}
		out, bodies = append(out, one), bodies[n:]
	}
	return out
}

// settingPeople is where the directory's version is kept.
const settingPeople = "sync/people"

// pull takes in what happened, page by page, each in one transaction.
func (s *session) pull(ctx context.Context) error {
	for {
		if err := s.fill(ctx); err != nil {
			return err
		}
		p, have, err := s.question(ctx)
		if err != nil {
			return err
		}
		out, err := s.fetch(ctx, p)
		if err != nil {
			return err
		}
		s.noticed = out.Notices
		if out.Clearance != nil {
			if err := s.rescope(ctx, out.Clearance, p.GSN, out.Head); err != nil {
				return err
			}
			continue
		}
		if len(out.Erased) > 0 {
			if further, err := s.erase(ctx, out.Erased); err != nil {
				return err
			} else if !further { // it would go on for ever
				return errStrange
			}
			continue
		}
		if out.UpTo < p.GSN || out.UpTo == p.GSN && out.Head > p.GSN { // it would go on for ever
			return errStrange
		}
		if err = s.apply(ctx, p, out, have); err != nil || out.UpTo >= out.Head {
			return err
		}
		s.o.progress(Pulling, s.done.Pulled, s.done.Pulled+int(out.Head-out.UpTo))
	}
}

// question is what to ask for next, and the version of the directory that is here.
func (s *session) question(ctx context.Context) (p *wire.Pull, have int64, err error) {
	p = &wire.Pull{Epoch: s.place.Epoch, Notices: s.notices}
	if _, p.GSN, err = s.port.Cursor(ctx); err != nil {
		return nil, 0, err
	}
	if p.Erased, err = s.port.Erased(ctx); err != nil {
		return nil, 0, err
	}
	p.Erased++
	people, err := s.port.Setting(ctx, settingPeople)
	if err != nil {
		return nil, 0, err
	}
	p.People = version(people)
	hash, err := s.port.Clearance(ctx)
	p.Clearance = hash[:]
	return p, p.People, err
}

func version(b []byte) int64 {
	if len(b) != 8 {
		return 0
	}
	return int64(binary.BigEndian.Uint64(b))
}

// apply takes in one page. The directory's version is noted after it: noted
// too seldom, it comes once more.
func (s *session) apply(ctx context.Context, asked *wire.Pull, out *wire.Pulled, have int64) error {
	if out.UpTo == asked.GSN && out.Directory == have {
		return nil
	}
	p := Page{Epoch: out.Epoch, Clearance: [32]byte(asked.Clearance), From: asked.GSN, UpTo: out.UpTo, Outcomes: out.Outcomes, Keys: wire.SubjectKeys(out.Keys)}
	for _, who := range out.People {
		p.People = append(p.People, app.Actor{ID: who.ID, Name: who.Name})
	}
	if err := s.port.Apply(ctx, p); err != nil {
		return err
	}
	s.count(out.Outcomes)
	if out.Directory == have || len(out.People) == 0 {
		return nil
	}
	return s.port.SetSetting(ctx, settingPeople, binary.BigEndian.AppendUint64(nil, uint64(out.Directory)))
}

// count tells what a page held. Its contents were checked when it was applied.
func (s *session) count(outcomes [][]byte) {
	s.done.Pulled += len(outcomes)
	for _, p := range outcomes {
		o, err := app.DecodeOutcome(p, sealed{})
		switch {
		case err != nil:
		case o.Verdict == app.Contested:
			s.done.Conflicts++
		case o.Verdict == app.Rejected && o.Device == s.device:
			s.done.Rejected++
		}
	}
}

// sealed reads an outcome without what is sealed in it.
type sealed struct{}

func (sealed) Find(app.ID, app.KeyID) (app.SubjectKey, error) {
	return app.SubjectKey{}, app.ErrErased
}
func (sealed) For(app.ID) (app.SubjectKey, error) { return app.SubjectKey{}, app.ErrErased }
