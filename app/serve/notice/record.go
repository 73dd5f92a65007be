package notice

import (
	"context"
	"errors"

	"daicho/app"
	"daicho/app/incident"
	"daicho/app/notice"
	"daicho/app/sla"
	"daicho/store"
)

// record writes into the incident when the first notice was sent, when the first arrived
// and when somebody first acknowledged one, with what those times were taken from. What
// a person has recorded stays.
func (o *Alarms) record(ctx context.Context, w *watched) (err error) {
	first := w.firsts()
	for _, what := range []incident.What{incident.Send, incident.Deliver, incident.Ack} {
		t, there := first[what]
		if !there || w.course.Last(what) != nil || t.at < w.course.Occurred {
			continue
		}
		args := o.telling(ctx, t)
		err = errors.Join(err, o.Replica.Write(ctx, o.Replica.Actor(), func(tx *store.Tx) error {
			return tx.Do(w.course.Incident, string(what), args)
		}))
	}
	return err
}

// told is a time at which people were told.
type told struct {
	at      app.Stamp
	source  sla.Source
	seconds int // it may be off; 0: nobody knows
	of      *notice.Notice
}

// firsts are the first of each of these times.
func (w *watched) firsts() map[incident.What]told {
	first := map[incident.What]told{}
	note := func(what incident.What, t told) {
		if before, there := first[what]; t.at != 0 && (!there || t.at < before.at) {
			first[what] = t
		}
	}
	for _, n := range w.chain() {
		for _, a := range n.Attempts {
			note(incident.Send, tried(n, &a, a.At))
			if a.Result == notice.OK {
				note(incident.Deliver, tried(n, &a, a.Ended))
			}
		}
		if n.AckAt != 0 { // what was acknowledged has arrived
			t := told{at: n.AckAt, source: sla.ByPerson, of: n}
			note(incident.Ack, t)
			note(incident.Deliver, t)
			note(incident.Send, t)
		}
	}
	return first
}

// tried is a time of an attempt. The server made it, or a person at the telephone.
func tried(n *notice.Notice, a *notice.Attempt, at app.Stamp) told {
	t := told{at: at, source: sla.Served, seconds: a.Off, of: n}
	if n.Way == notice.Phone {
		t.source = sla.ByPerson
	}
	return t
}

// telling is a time as the arguments of the incident's command.
func (o *Alarms) telling(ctx context.Context, t told) app.Doc {
	who := t.of.To
	if l, err := store.Get(ctx, o.Replica, notice.Lines, t.of.Line.ID); err == nil {
		who = l.Name
	}
	return app.Doc(nil).Patch([]app.Cell{
		{Field: "at", Now: app.IntValue(int64(t.at))},
		{Field: "source", Now: app.TextValue(string(t.source))},
		{Field: "error", Now: app.IntValue(int64(t.seconds))},
		{Field: "way", Now: app.TextValue(notice.Register.Show(t.of, "way", app.JA))},
		{Field: "who", Now: app.TextValue(who)},
		{Field: "note", Now: app.TextValue("通知の記録から自動で記入しました。")},
	})
}
