package simtest

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"daicho/app"
	"daicho/sync/audit"
	"daicho/sync/client"
	"daicho/sync/server"
)

// trust: of a device that was shut out nothing came into the order afterwards,
// unless a person let it in; of one that wrote two things under one number the
// server knows that, unless one of them waits unjudged, since nobody brought it who
// may speak.
func (o *oracle) trust() error {
	for _, l := range o.book.lines {
		if end, barred := o.barred[l.Device]; barred && l.GSN > end && !o.released[l.GSN] {
			return fmt.Errorf("gsn %d is of a device that was revoked before", l.GSN)
		}
	}
	for k, bodies := range o.customs.got {
		if len(slices.DeleteFunc(slices.Collect(maps.Values(bodies)), func(heard bool) bool { return !heard })) < 2 {
			continue
		}
		if state, err := o.state(k.device); err != nil || state == server.Active {
			return errors.Join(err, fmt.Errorf("a device gave two changes %d and may go on", k.seq))
		}
	}
	return nil
}

func (s *Sim) state(id app.ID) (state server.DeviceState, err error) {
	err = s.book.Log.Read(now, func(tx server.Tx) error {
		d, _, err := tx.Device(id)
		state = d.State
		return err
	})
	return state, err
}

// promises: what the server has acknowledged stands in the order as it was.
func (o *oracle) promises() error {
	there := map[who][32]byte{}
	for _, l := range o.book.lines {
		there[who{l.Device, l.Seq}] = app.BodyHash(l.Body)
	}
	for k, hash := range o.promised {
		if there[k] != hash {
			return fmt.Errorf("change %d of a device was acknowledged and is not in the log", k.seq)
		}
	}
	return nil
}

// kept: whatever reached the server is in the order or waits outside of it.
func (o *oracle) kept() error {
	there := map[who][32]byte{}
	for _, l := range o.book.lines {
		there[who{l.Device, l.Seq}] = app.BodyHash(l.Body)
	}
	aside := map[app.ID]map[who]map[[32]byte]bool{}
	for k, bodies := range o.customs.got {
		for hash := range bodies {
			if there[k] == hash {
				continue
			}
			if aside[k.device] == nil {
				all, _, err := o.held(k.device)
				if err != nil {
					return err
				}
				aside[k.device] = all
			}
			if !aside[k.device][k][hash] {
				return fmt.Errorf("the server was given change %d of a device and has it nowhere", k.seq)
			}
		}
	}
	return nil
}

// audit: the tree over the log is the one that every device has seen grow.
func (o *oracle) audit() error {
	stored := map[int64][]byte{}
	tree, err := audit.Load(0, func(gsns []int64) (rows [][]byte, _ error) {
		for _, gsn := range gsns {
			rows = append(rows, stored[gsn])
		}
		return rows, nil
	})
	if err != nil {
		return err
	}
	roots := map[int64]audit.Hash{0: tree.Root()}
	for _, l := range o.book.lines {
		leaf := audit.Leaf{GSN: l.GSN, Device: l.Device, Seq: l.Seq, Body: app.BodyHash(l.Body), Verdict: l.Verdict,
			Outcome: audit.OutcomeHash(l.Outcome), Received: l.Received}
		text, err := leaf.Encode()
		if err != nil {
			return err
		}
		stored[l.GSN] = audit.Row(tree.Add(audit.HashOf(text)))
		roots[l.GSN] = tree.Root()
	}
	for n, d := range o.Devices {
		trail, err := client.Trail(now, d)
		if err != nil {
			return err
		}
		for _, seen := range trail {
			if root, there := roots[seen.Size]; !there || root != seen.Root {
				return fmt.Errorf("device %d has seen another record of %d lines", n, seen.Size)
			}
		}
		if last, _ := trail.Last(); last.Size != int64(len(o.book.lines)) {
			return fmt.Errorf("device %d has no checkpoint of the whole record", n)
		}
	}
	return nil
}

// secrecy: of a record that its person may not read, nothing is on a device: no
// line of history, no key. (What is sent is looked at on the line.)
func (o *oracle) secrecy() error {
	for n, d := range o.Devices {
		may, err := o.mayRead(d)
		for ref := range o.rows {
			reads, failed := o.reads(may, ref)
			if err = errors.Join(err, failed); err == nil {
				err = o.remembers(d, ref, reads)
			}
			if err != nil {
				return fmt.Errorf("device %d: %w", n, err)
			}
		}
	}
	return nil
}

func (o *oracle) remembers(r Replica, ref app.Ref, reads bool) error {
	lines, key, err := o.traces(r, ref)
	switch {
	case err != nil:
		return err
	case !reads && lines > 0:
		return fmt.Errorf("it has history of a %s that its person may not read", ref.Kind)
	case !reads && key:
		return fmt.Errorf("it has the key of a %s that its person may not read", ref.Kind)
	case reads && lines == 0 && o.knows(r, ref.Kind):
		return fmt.Errorf("it has no history of a %s", ref.Kind)
	}
	return nil
}

// traces are the lines of history of a record that a replica has from the
// server, and whether it has a key that the server has. (One that it made itself,
// for a file that was then not saved, opens that file alone.)
func (o *oracle) traces(r Replica, ref app.Ref) (lines int, key bool, err error) {
	switch d := r.(type) {
	case *Device:
		ours := func(k app.SubjectKey) bool { return slices.Contains(o.book.keys.all[ref.ID], k) }
		return len(d.history[ref]), slices.ContainsFunc(d.keys.all[ref.ID], ours), nil
	case *real:
		events, err := d.r.History(now, ref)
		for _, e := range events {
			if e.GSN > 0 {
				lines++
			}
		}
		return lines, false, err
	}
	return math.MaxInt, false, nil
}
