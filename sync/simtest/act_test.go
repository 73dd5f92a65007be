package simtest

import (
	"fmt"
	"strings"

	"daicho/app"
	"daicho/app/document"
	"daicho/app/ticket"
)

// form is a record that somebody has open: what syncs meanwhile must not count
// as seen.
type form struct{ r app.Record }

// want is what somebody meant by a change: what a field showed when the form
// was opened, and what he wrote.
type want struct {
	device app.ID
	seq    uint64
	ref    app.Ref
	cells  []app.Cell
}

// act lets somebody do something on a device.
func (s *Sim) act(n int) error {
	d := s.Devices[n]
	if f := s.desks[n].open; f != nil {
		s.desks[n].open = nil
		return s.save(d, f.r)
	}
	kind := []app.Kind{ticket.Kind, ticket.Kind, document.Kind}[s.Rand.IntN(3)]
	if s.old(n) {
		kind = ticket.Kind
	}
	refs := d.Refs(kind)
	x := s.Rand.IntN(20)
	switch {
	case len(refs) == 0 || x < 3 && len(refs) < 6:
		return s.create(d, kind)
	case x < 5:
		return s.command(d, refs[s.Rand.IntN(len(refs))])
	case x < 6:
		return s.resolve(d)
	case x < 7:
		return s.spoil(d, refs[s.Rand.IntN(len(refs))])
	}
	r, err := d.Get(refs[s.Rand.IntN(len(refs))])
	if err != nil {
		return err
	}
	if x < 12 {
		s.desks[n].open = &form{r}
		return nil
	}
	return s.save(d, r)
}

// create makes a record; one in eight lacks what is required.
func (s *Sim) create(d Replica, kind app.Kind) error {
	r, err := d.Draft(kind)
	if err != nil {
		return err
	}
	if s.Rand.IntN(8) > 0 {
		switch k := r.(type) {
		case *ticket.Ticket:
			k.Channel, k.Zone = ticket.Phone, zones[s.Rand.IntN(3)]
		case *early:
			k.Channel, k.Zone = ticket.Phone, zones[s.Rand.IntN(3)]
		case *document.Document:
			k.Type, k.Zone = document.Notice, zones[s.Rand.IntN(3)]
		}
	}
	return s.save(d, r)
}

// save writes into a record and journals it, if the device allows it.
func (s *Sim) save(d Replica, r app.Record) error {
	if err := s.write(d, r); err != nil {
		return err
	}
	g := s.register(r)
	meant := want{device: app.DeviceID(publicKey(d)), ref: r.Meta().Ref, cells: g.Diff(r)}
	before := d.Last()
	err := d.Save(s.plant.forget(d, r))
	if meant.seq = d.Last(); meant.seq > before {
		s.wants = append(s.wants, meant)
	}
	return refusedOr(err)
}

// refusedOr lets refusals pass: they are part of life.
func refusedOr(err error) error {
	if e := app.ErrorOf(err); e != nil && e.Code == app.Failed {
		return err
	}
	return nil
}

func (s *Sim) word() string { return fmt.Sprintf("語%d", s.Rand.IntN(6)) }

var texts = []string{"一\n二\n三\n", "一甲\n二\n三\n", "一\n二\n三丙\n", "一\n二乙\n三\n", ""}

func (s *Sim) write(d Replica, r app.Record) (err error) {
	switch k := r.(type) {
	case *ticket.Ticket:
		if k.Title == "" || s.Rand.IntN(2) == 0 {
			k.Title = s.word()
		}
		switch x := s.Rand.IntN(20); {
		case x < 5:
			k.Department = s.word()
		case x < 10:
			k.Body = texts[s.Rand.IntN(len(texts))]
		case x < 15:
			k.Tags = append(k.Tags[:len(k.Tags):len(k.Tags)], s.word())
		case x < 17:
			k.Answer = s.word()
		case x < 19:
			k.Zone = zones[s.Rand.IntN(3)]
		default:
			err = s.attach(d, r, &k.Photos)
		}
	case *early:
		if k.Title, k.Department = s.word(), s.word(); s.Rand.IntN(8) == 0 {
			k.Zone = zones[s.Rand.IntN(3)]
		}
	case *document.Document:
		if s.Rand.IntN(8) == 0 {
			k.Zone = zones[s.Rand.IntN(3)]
		}
		k.Title, k.Summary = s.word(), texts[s.Rand.IntN(len(texts))]
		k.Revisions = append(k.Revisions[:len(k.Revisions):len(k.Revisions)], document.Line{Version: fmt.Sprintf("0.%d", s.Rand.IntN(9)), Change: s.word()})
	}
	return err
}

func (s *Sim) attach(d Replica, r app.Record, at *[]app.Blob) error {
	b, err := d.Attach(r.Meta().Ref, s.word()+".jpg", strings.NewReader(s.word()))
	if app.IsCode(err, app.Forbidden) { // what it belongs to was erased
		return nil
	}
	*at = append((*at)[:len(*at):len(*at)], b)
	return err
}

func (s *Sim) command(d Replica, ref app.Ref) error {
	r, err := d.Get(ref)
	if _, commands := r.(*ticket.Ticket); err != nil || !commands {
		return err
	}
	return refusedOr(d.Do(r, []string{"start", "wait", "close", "return"}[s.Rand.IntN(4)], nil))
}

// resolve settles a conflict, perhaps one that another settles too.
func (s *Sim) resolve(d Replica) error {
	refs := d.Refs(app.ConflictKind)
	if len(refs) == 0 {
		return nil
	}
	r, err := d.Get(refs[s.Rand.IntN(len(refs))])
	if err != nil {
		return err
	}
	args, err := app.Args(app.Conflicts, "resolve", []string{"take=" + []string{"shown", "other"}[s.Rand.IntN(2)]})
	if err != nil {
		return err
	}
	return refusedOr(d.Do(r, "resolve", args))
}

// spoil journals what no honest device would: the server must refuse it.
func (s *Sim) spoil(d Replica, ref app.Ref) error {
	m, ok := d.(*Device)
	if !ok {
		return nil
	}
	c := &app.Change{Ref: ref, Cells: []app.Cell{{Field: "number", Now: app.TextValue("偽")}}}
	if s.Rand.IntN(2) == 0 {
		ref.ID[0] ^= 0xff
		c = &app.Change{Ref: ref, New: true, Cells: []app.Cell{{Field: "title", Now: app.TextValue(s.word())}}}
	}
	_, err := m.Journal(c)
	return err
}
