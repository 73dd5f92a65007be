package simtest

import (
	"errors"
	"fmt"
	"net/http"

	"daicho/app"
	"daicho/sync/server"
	"daicho/sync/wire"
)

// customs opens what passes the line. Of answers it sees to it that nobody is
// sent what he may not read; of questions it notes what the server has got.
type customs struct {
	*Sim
	got   map[who]map[[32]byte]bool // bodies of changes that the server has answered for; true: to one who may speak
	found error                     // the first thing wrong
}

func (c *customs) look(key []byte, path string, question []byte, status int, answer []byte) {
	var err error
	switch {
	case path == wire.PathPush && (status == http.StatusOK || status == http.StatusForbidden):
		if !refusedUnread(status, answer) {
			err = c.push(question, answer, status == http.StatusOK)
		}
	case status != http.StatusOK:
	case path == wire.PathPull:
		var p wire.Pulled
		if err = wire.Decode(answer, &p); err == nil {
			err = c.page(key, p.Outcomes, p.Keys)
		}
	case path == wire.PathPast:
		var p wire.PastPage
		if err = wire.Decode(answer, &p); err == nil {
			err = c.page(key, p.Outcomes, p.Keys)
		}
	case path == wire.PathRows:
		var p wire.RowsPage
		if err = wire.Decode(answer, &p); err == nil {
			err = c.records(key, p.Rows, p.Keys)
		}
	}
	if c.found == nil && err != nil {
		c.found = fmt.Errorf("%s: %w", path, err)
	}
}

// refusedUnread says whether a push was refused before anybody looked at it: a
// device whose certificate is over renews that first, and sends it again.
func refusedUnread(status int, answer []byte) bool {
	var p wire.Problem
	return status != http.StatusOK && (wire.Decode(answer, &p) != nil || p.Field == wire.FieldCertificate)
}

func (c *customs) push(question, answer []byte, heard bool) error {
	var p wire.Push
	var said wire.Pushed
	_ = wire.Decode(answer, &said) // a refusal is none, and acknowledges nothing
	if err := wire.Decode(question, &p); err != nil {
		return nil // packed; then it is not counted
	}
	for _, s := range p.Segments {
		for i, body := range s.Bodies {
			k := who{s.Device, s.First + uint64(i)}
			if c.vault.ended && k.seq > said.Watermark(k.device) {
				continue // it may wait for its record, and is brought again
			}
			if c.got[k] == nil {
				c.got[k] = map[[32]byte]bool{}
			}
			hash := app.BodyHash(body)
			c.got[k][hash] = c.got[k][hash] || heard
		}
	}
	return nil
}

var errForeign = errors.New("somebody is sent what he may not read")

// page: effects of a page are on records that could be read after them, and keys
// are of these.
func (c *customs) page(key []byte, outcomes [][]byte, keys []wire.Key) error {
	may, err := c.clearance(key)
	if err != nil {
		return err
	}
	shown := map[app.ID]bool{}
	for _, text := range outcomes {
		o, err := app.DecodeOutcome(text, &c.book.keys)
		if err != nil {
			return err
		}
		shown[o.Ref.ID] = true
		for _, e := range o.Effects {
			if shown[e.Ref.ID] = true; !e.Gone && !may.Reads(c.book.scopes[o.GSN][e.Ref]) {
				return fmt.Errorf("%w: a %s", errForeign, e.Ref.Kind)
			}
		}
	}
	return c.unlocks(may, keys, shown)
}

func (c *customs) records(key []byte, all []wire.Row, keys []wire.Key) error {
	may, err := c.clearance(key)
	if err != nil {
		return err
	}
	for _, r := range all {
		ref := app.Ref{Kind: app.Kind(r.Ref.Kind), ID: r.Ref.ID}
		if len(r.Doc) == 0 {
			continue // it is as one that is not there
		}
		if s, err := c.Book.ScopeOf(c.book.rows, ref, r.Doc); err != nil || !may.Reads(s) {
			return errors.Join(err, fmt.Errorf("%w: a %s", errForeign, ref.Kind))
		}
	}
	return c.unlocks(may, keys, nil)
}

func (c *customs) unlocks(may app.Clearance, keys []wire.Key, shown map[app.ID]bool) error {
	for _, k := range keys {
		if !shown[k.Subject] && !c.book.readable(may, k.Subject) {
			return fmt.Errorf("%w: a key", errForeign)
		}
	}
	return nil
}

// readable says whether one of the records with an id may be read.
func (l *ledger) readable(may app.Clearance, id app.ID) bool {
	for kind := range l.book.Registers {
		ref := app.Ref{Kind: kind, ID: id}
		if r, there := l.rows[ref]; there {
			s, err := l.book.ScopeOf(l.rows, ref, r.doc)
			return err == nil && may.Reads(s)
		}
	}
	return false
}

func (c *customs) clearance(key []byte) (may app.Clearance, err error) {
	err = c.book.Log.Read(now, func(tx server.Tx) error {
		d, _, err := tx.Device(app.DeviceID(key))
		may, _ = c.roles.Clearance(tx, d.Person, 0)
		return err
	})
	return may, err
}
