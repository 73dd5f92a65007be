package server

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"daicho/app"
	"daicho/sync/wire"
)

// LostReport is what was on a device at its last sync, as far as a server can
// know: counts alone, nothing of what records say.
type LostReport struct {
	Device  Device
	Person  Person // whose it is
	Class   string
	Lost    app.Stamp // when it was reported
	By      string    // who reported it
	Reason  string
	Contact app.Stamp // the last one
	Lease   app.Stamp // up to when it may be opened without a contact
	GSN     int64     // of the order, up to which it may hold everything
	Unknown bool      // it never said up to where: an older program; everything is counted
	Waiting int       // its segments that wait for a person
	Wiped   app.Stamp // when it said that it has erased itself; zero: it has not
	Groups  []LostGroup
	Total   LostGroup
}

// LostGroup counts the records of one scope.
type LostGroup struct {
	Scope       app.Scope
	Records     int
	Newer       int // of them, changed or made since: the device holds an older state, or none
	Personal    int // values in fields of personal data
	Attachments int
	Keys        int // that open the records' sealed values
}

func (g *LostGroup) add(o LostGroup) {
	g.Records += o.Records
	g.Newer += o.Newer
	g.Personal += o.Personal
	g.Attachments += o.Attachments
	g.Keys += o.Keys
}

var errNoReason = app.Refuse(app.Invalid, "by", "届出者と理由は 200 文字以下で入力してください。", "who reports it and why: up to 200 characters each")

// Lost shuts a device out, marks it to be told to erase itself, and reports what
// was on it. Asked again, it reports again: the first report stays noted.
func (s *Server) Lost(ctx context.Context, device app.ID, by, reason string) (*LostReport, error) {
	if len([]rune(by)) > 200 || len([]rune(reason)) > 200 {
		return nil, errNoReason
	}
	err := s.act(ctx, func(tx Tx) error {
		if err := revoke(tx, device); err != nil {
			return err
		}
		st, err := tx.Standing(device)
		if err != nil || st.Lost != 0 {
			return err
		}
		st.Lost, st.LostBy, st.Reason = s.now(), strings.TrimSpace(by), strings.TrimSpace(reason)
		return tx.PutStanding(st)
	})
	if err != nil {
		return nil, err
	}
	s.news.tell()
	s.warn(ctx, "a device was reported lost", "device", device.Short())
	var r *LostReport
	err = s.log.Read(ctx, func(tx Tx) (err error) {
		r, err = s.lostReport(tx, device)
		return err
	})
	return r, err
}

func (s *Server) lostReport(tx Tx, device app.ID) (*LostReport, error) {
	d, _, err := tx.Device(device)
	if err != nil {
		return nil, err
	}
	st, err := tx.Standing(device)
	if err != nil {
		return nil, err
	}
	r := &LostReport{Device: d, Class: string(st.Class), Lost: st.Lost, By: st.LostBy, Reason: st.Reason, Wiped: st.Wiped}
	r.Contact = max(d.Seen, st.PulledAt)
	r.Lease = r.Contact + app.Stamp(st.lease())
	if r.Person, _, err = findPerson(tx, d.Person.String()); err != nil {
		return nil, err
	}
	r.Unknown = st.PulledAt == 0
	if r.GSN, err = mayHold(tx, &st); err != nil {
		return nil, err
	}
	if r.Waiting, err = tx.ImpoundedCount(device); err != nil {
		return nil, err
	}
	reads, err := s.readAtLast(tx, d.Person, st.PulledAt)
	if err != nil {
		return nil, err
	}
	return r, s.countRecords(tx, reads, r)
}

// mayHold is up to where a device may hold the order. Pulls are noted to a
// minute, so what came within the next one counts, too.
func mayHold(tx Tx, st *Standing) (gsn int64, err error) {
	if st.PulledAt == 0 {
		return tx.Counter(counterGSN)
	}
	for gsn = st.Pulled; ; {
		page, err := tx.Since(gsn, wire.PageChanges, wire.PageBytes)
		if err != nil || len(page) == 0 {
			return gsn, err
		}
		for _, told := range page {
			o, err := app.DecodeOutcome(told.Outcome, blind{})
			if err != nil || o.Received > st.PulledAt+pulledEvery {
				return gsn, err
			}
			gsn = told.GSN
		}
	}
}

// readAtLast is what a person may have been sent: what he could read at the last
// pull, and what he can read now.
func (s *Server) readAtLast(tx Tx, person app.ID, last app.Stamp) (app.Clearance, error) {
	then, err := s.o.Book.ClearanceOf(tx, person, last)
	if err != nil {
		return nil, err
	}
	now, err := s.o.Book.ClearanceOf(tx, person, s.now())
	return app.NewClearance(slices.Concat(then, now)...), err
}

func (s *Server) countRecords(tx Tx, reads app.Clearance, r *LostReport) error {
	groups := map[app.Scope]*LostGroup{}
	for after := (app.Ref{}); ; {
		rows, err := tx.RowsAfter(after, reads.Reads, wire.RowsCount, wire.RowsBytes)
		if err != nil || len(rows) == 0 {
			r.Groups = inOrder(groups)
			return err
		}
		for _, row := range rows {
			scope, _, err := tx.ScopeAt(row.Ref)
			if err != nil {
				return err
			}
			one, err := s.countOne(tx, row, r.GSN)
			if err != nil {
				return err
			}
			scope.Kind = row.Ref.Kind // a conflict is told as one, whatever it is about
			if groups[scope] == nil {
				groups[scope] = &LostGroup{Scope: scope}
			}
			groups[scope].add(one)
			r.Total.add(one)
		}
		after = rows[len(rows)-1].Ref
	}
}

// countOne counts what one record holds.
func (s *Server) countOne(tx Tx, row Row, upTo int64) (g LostGroup, err error) {
	g.Records = 1
	if row.GSN > upTo {
		g.Newer = 1
	}
	if register := s.o.Book.Registers[row.Ref.Kind]; register != nil {
		err = row.Doc.Each(func(name string, v app.Value) {
			name, v = register.Upcast(name, v)
			spec, ok := app.SpecOf(register, name)
			if ok && spec.Personal {
				g.Personal++
			}
			if ok && spec.Type == app.TFiles {
				g.Attachments += len(v.Blobs())
			}
		})
	}
	if err != nil {
		return g, err
	}
	keys, err := tx.KeysOf(row.Ref.ID)
	g.Keys = len(keys)
	return g, err
}

func inOrder(groups map[app.Scope]*LostGroup) (out []LostGroup) {
	for _, scope := range slices.SortedFunc(maps.Keys(groups), func(a, b app.Scope) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Zone, b.Zone), bytes.Compare(a.Org[:], b.Org[:]))
	}) {
		out = append(out, *groups[scope])
	}
	return out
}
