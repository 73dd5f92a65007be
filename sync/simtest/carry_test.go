package simtest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing/iotest"

	"daicho/app"
	"daicho/sync/client"
	"daicho/sync/wire"
)

// carry lets one device bring some of another's segments, in any order.
func (s *Sim) carry(from, by int) error {
	s.say("desk %d brings segments of %d", by, from)
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
	return r.Outgoing(now, 0, wire.PageChanges)
}

// bring sends a push over a device's own bad line.
func (s *Sim) bring(by int, p *wire.Push) error {
	body, err := wire.Encode(p)
	if err != nil {
		return err
	}
	q, err := http.NewRequest(http.MethodPost, "https://daicho"+wire.PathPush, bytes.NewReader(body))
	if err != nil {
		return err
	}
	a, err := s.options(by).Transport.RoundTrip(q)
	if err != nil {
		return nil // as any carrier may fail
	}
	refused := a.StatusCode == http.StatusForbidden || s.vault.ended && a.StatusCode == http.StatusConflict
	if s.desks[by].doomed { // of an old copy, a later piece alone does not continue what the server has
		refused = refused || a.StatusCode == http.StatusBadRequest
	}
	if a.StatusCode != http.StatusOK && !refused {
		return fmt.Errorf("a carried push was answered %d", a.StatusCode)
	}
	return a.Body.Close()
}

// stickAway is a file that lies about, and whom it was made for: a desk, or the
// server.
type stickAway struct {
	file []byte
	to   int // -1: the server
}

// maxSticks is how many files lie about.
const maxSticks = 6

// pack writes a file at a desk for another one and the server.
func (s *Sim) pack(n int) error {
	to := s.Rand.IntN(len(s.Devices))
	s.say("desk %d writes a stick for %d", n, to)
	id, err := app.NewID(app.StampOf(s.Now), s.Random)
	if err != nil {
		return err
	}
	ship := client.Shipment{ID: id, Most: 1<<20 + int64(s.Rand.IntN(10_000)), All: s.Rand.IntN(2) == 0}
	if to != n {
		ship.For = []app.ID{app.DeviceID(publicKey(s.Devices[to]))}
	}
	var parts []*bytes.Buffer
	_, err = client.Export(now, s.Devices[n], s.options(n), ship, func(int, int) (io.WriteCloser, error) {
		parts = append(parts, &bytes.Buffer{})
		return drawer{parts[len(parts)-1]}, nil
	})
	if app.ErrorOf(err) != nil && !app.IsCode(err, app.Failed) {
		return nil // it knows nobody yet, is shut out, or has nothing
	}
	for _, p := range parts {
		s.sticks = append(s.sticks, stickAway{p.Bytes(), to}, stickAway{p.Bytes(), -1})
	}
	s.sticks = s.sticks[max(0, len(s.sticks)-maxSticks):]
	return err
}

type drawer struct{ *bytes.Buffer }

func (drawer) Close() error { return nil }

// handIn has a file read where it belongs, or as much of it as came.
func (s *Sim) handIn() error {
	if len(s.sticks) == 0 {
		return nil
	}
	k := s.sticks[s.Rand.IntN(len(s.sticks))]
	cut := s.Rand.IntN(2 * len(k.file))
	s.say("a stick is read at %d up to %d", k.to, cut)
	src := io.Reader(bytes.NewReader(k.file[:min(cut, len(k.file))]))
	if cut < len(k.file) && s.Rand.IntN(2) == 0 {
		src = io.MultiReader(src, iotest.ErrReader(errors.New("the stick was pulled out")))
	}
	if k.to < 0 {
		return s.atServer(src, cut < len(k.file))
	}
	_, err := client.Import(now, &mortal{s.Devices[k.to], s}, s.options(k.to), src)
	return s.read(err, cut < len(k.file))
}

// read lets pass what may become of a file: it was cut, or is of somebody who is
// shut out, or for a device that is no more.
func (s *Sim) read(err error, cut bool) error {
	if cut && err != nil || s.ended {
		return nil
	}
	return refusedOr(err)
}

func (s *Sim) atServer(src io.Reader, cut bool) error {
	receipt, err := s.Server.ImportBundle(now, src)
	if err != nil || receipt == nil {
		return s.read(err, cut)
	}
	var answer bytes.Buffer
	if _, err = s.Server.AnswerBundle(now, receipt, &answer); err != nil {
		return s.read(err, false)
	}
	for n, d := range s.Devices {
		if app.DeviceID(publicKey(d)) == receipt.Header.Device() {
			_, err = client.Import(now, &mortal{d, s}, s.options(n), &answer)
			return s.read(s.endured(n, err), false)
		}
	}
	return nil
}
