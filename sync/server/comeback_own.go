package server

import (
	"daicho/app"
	"daicho/sync/server/second"
	"daicho/sync/wire"
)

var errCopyHole = app.Refuse(app.Damaged, "copy", "控えの中で、この前の変更が読み取れません。", "a change before this one cannot be read in the second place")

// undone tells of a change that could not be brought back: which record, never what
// it says.
func undone(body []byte, why error) Undone {
	u := Undone{JA: app.ErrorOf(why).Say.JA, EN: app.ErrorOf(why).Say.EN}
	if c, err := app.DecodeChange(body, blind{}); err == nil {
		u.Kind, u.ID, u.Command = c.Ref.Kind, c.Ref.ID, c.Command
	}
	return u
}

// holdLines keeps changes that were made at the server until they can be judged
// anew, each with its number, and names the devices they are of. What follows
// upon one that cannot be read is told as not brought back.
func (m *memento) holdLines(in *intake, e *epochs) error {
	for _, entry := range m.entries {
		if err := in.keysOf(entry); err != nil {
			return err
		}
	}
	for lines := m.lines; len(lines) > 0; {
		n := 1
		for n < len(lines) && lines[n].Device == lines[0].Device {
			n++
		}
		if err := in.holdOwn(lines[:n], e); err != nil {
			return err
		}
		lines = lines[n:]
	}
	return nil
}

// keysOf puts back the keys of an entry of which the backup lacks a change. Others
// may be of subjects that were erased since.
func (in *intake) keysOf(e *second.Entry) error {
	for i := range e.Lines {
		d, _, err := in.tx.Device(e.Lines[i].Device)
		if err != nil {
			return err
		}
		if e.Lines[i].Seq > d.Watermark {
			return in.putKeys(e.Keys)
		}
	}
	return nil
}

func (in *intake) holdOwn(lines []second.Line, e *epochs) error {
	d, known, err := in.tx.Device(lines[0].Device)
	if err != nil {
		return err
	}
	chain := app.ChainStart(d.Public)
	if d.Watermark > 0 {
		p, _, err := in.tx.Point(d.ID, d.Watermark)
		if err != nil {
			return err
		}
		chain = p.Chain
	}
	next := d.Watermark + 1
	for i := range lines {
		l := &lines[i]
		switch {
		case l.Seq < next && known:
			continue // the backup has it
		case l.Seq > next || !known:
			e.Undone = append(e.Undone, undone(l.Body, errCopyHole))
			continue
		}
		chain = chain.Next(app.BodyHash(l.Body))
		if err = in.holdLine(l, chain, e); err != nil {
			return err
		}
		next++
	}
	if next > d.Watermark+1 {
		e.Own = append(e.Own, d.ID)
	}
	return nil
}

// holdLine keeps one change, and for it the numbers that it had.
func (in *intake) holdLine(l *second.Line, head app.Chain, e *epochs) error {
	s := wire.Segment{Device: l.Device, First: l.Seq, Last: l.Seq, Head: head, Bodies: [][]byte{l.Body}}
	if err := in.tx.Hold(s, in.at); err != nil {
		return err
	}
	for _, n := range l.Numbers {
		_, there, err := in.tx.ReservedAs(n.Series, n.N)
		if err == nil && there {
			e.Twice = append(e.Twice, Twice{n.Series, n.N, l.Device, l.Seq})
		} else if err == nil {
			err = in.tx.Reserve(Reserved{n.Series, n.N, l.Device, l.Seq, l.At})
		}
		if err != nil {
			return err
		}
	}
	if !l.Stood {
		return nil
	}
	return in.tx.Stand(l.Device, l.Seq)
}
