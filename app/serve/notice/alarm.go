package notice

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"daicho/app"
	"daicho/app/calendar"
	"daicho/app/incident"
	"daicho/app/notice"
	"daicho/app/terms"
	"daicho/store"
)

// Alarms tells people of incidents by the escalation list: it makes the notices that are
// wanting, spares those that nobody needs any more, and writes into the incident when
// the first of them was sent, delivered and acknowledged (clause 3.2.2).
type Alarms struct {
	Replica  *store.Replica
	From     string // our mail address; empty: notices have identifiers of this machine
	Holidays *calendar.Holidays
	Now      app.Clock
	Log      *slog.Logger // is told no address and no text
}

// tellWithin is how long after an incident was entered people are told of it: of what
// a server did not manage in a day they have long heard by telephone.
const tellWithin = 24 * time.Hour

// Pass looks at every open incident once. What it did before, or a server that was
// killed, it does not do again: all that it goes by is in the registers.
func (o *Alarms) Pass(ctx context.Context) error {
	lines, err := app.Every(ctx, o.Replica, notice.Lines, app.Query{Sort: "after"})
	if err != nil {
		return err
	}
	agreed, err := terms.Read(ctx, o.Replica, o.Holidays)
	if err != nil {
		return err
	}
	open, err := app.Every(ctx, o.Replica, incident.Register, app.Query{Where: []app.Cond{app.Where("state", "<>", string(incident.Closed))}, Sort: "occurred"})
	for _, i := range open {
		if i.GSN > 0 { // else it has no official number yet
			err = errors.Join(err, o.look(ctx, lines, agreed, i))
		}
	}
	return errors.Join(err, o.sweep(ctx))
}

// look does for one incident what is wanting.
func (o *Alarms) look(ctx context.Context, lines []*notice.Line, agreed *terms.Terms, i *incident.Incident) error {
	c, err := incident.Load(ctx, o.Replica, i)
	if err != nil {
		return err
	}
	told, err := app.Every(ctx, o.Replica, notice.Register, app.Query{Where: []app.Cond{app.Where("about", "=", i.Ref.String())}})
	if err != nil {
		return err
	}
	w := &watched{course: &c, lines: lines, told: told, now: o.Now()}
	if w.settled() {
		err = o.spare(ctx, told)
	} else if w.young() {
		err = o.raise(ctx, w, agreed)
	}
	return errors.Join(err, o.record(ctx, w))
}

// watched is an incident with what is known of who was told.
type watched struct {
	course *incident.Course
	lines  []*notice.Line
	told   []*notice.Notice
	now    time.Time
}

// settled says whether nobody needs to be told any more.
func (w *watched) settled() bool {
	over := w.course.State != incident.Going && w.course.State != incident.Stopped
	return over || w.course.Last(incident.Ack) != nil || slices.ContainsFunc(w.chain(), func(n *notice.Notice) bool { return n.State == notice.Acknowledged })
}

// young says whether the incident was entered lately.
func (w *watched) young() bool {
	drafted := w.course.Last(incident.Draft)
	return drafted != nil && w.now.Sub(drafted.Made.Time()) <= tellWithin
}

// chain are the notices of the incident itself; warnings have chains of their own.
func (w *watched) chain() (all []*notice.Notice) {
	for _, n := range w.told {
		if n.Chain == w.course.Ref.String() {
			all = append(all, n)
		}
	}
	return all
}

// has says whether a line was told something already.
func (w *watched) has(l *notice.Line, chain string) bool {
	return slices.ContainsFunc(w.told, func(n *notice.Notice) bool { return n.Line == l.Ref && n.Chain == chain })
}

// concerns is what lines need to know of the incident.
func (w *watched) concerns() notice.Concerns {
	i := w.course.Incident
	return notice.Concerns{Severity: i.Severity, Security: i.Nature == incident.Security, Systems: append([]string{i.Target}, i.Systems...)}
}

// raise makes the notices that are wanting, in one transaction. A line that concerns the
// incident only now, since it was graded, counts from now. Where the clock cannot be
// judged, nobody is warned of it, but people are told all the same.
func (o *Alarms) raise(ctx context.Context, w *watched, agreed *terms.Terms) error {
	i := w.course.Incident
	if !i.Affects && i.Nature != incident.Security {
		return nil // clause 3.2.2 speaks of failures that affect the city's work
	}
	late, unjudged := w.late(agreed)
	var made []func(*store.Tx) error
	for _, l := range w.lines {
		chain, fill, due := i.Ref.String(), w.alarm().Fill, w.now.Add(l.Delay())
		if l.Purpose == notice.Warning {
			if late.stage == 0 {
				continue
			}
			chain, fill, due = late.chain, late.words.Fill, w.now
		}
		if l.Tells(w.concerns()) && !w.has(l, chain) {
			made = append(made, func(tx *store.Tx) error { return o.make(tx, i.Ref, l, chain, due, fill) })
		}
	}
	if len(made) == 0 {
		return unjudged
	}
	o.Log.Info("people are told of an incident", "incident", i.Ref.ID.String(), "notices", len(made))
	return errors.Join(unjudged, o.Replica.Write(ctx, o.Replica.Actor(), func(tx *store.Tx) error {
		for _, make := range made {
			if err := make(tx); err != nil {
				return err
			}
		}
		return nil
	}))
}

func (o *Alarms) make(tx *store.Tx, about app.Ref, l *notice.Line, chain string, due time.Time, fill func(*notice.Notice)) error {
	rec, err := tx.Draft(notice.Kind)
	if err != nil {
		return err
	}
	n := rec.(*notice.Notice)
	n.About, n.Line, n.Way, n.To, n.Chain, n.Due = about, l.Ref, l.Way, l.To, chain, app.StampOf(due)
	n.MessageID = MessageID(n.Ref.ID, o.From)
	fill(n)
	return tx.Save(n)
}

// alarm is what the notice of the incident says.
func (w *watched) alarm() *Incident {
	i := w.course.Incident
	said := &Incident{Number: i.Number, Title: i.Title, System: i.Target, State: incident.Register.Show(i, "state", app.JA)}
	if systems := incident.Register.Show(i, "systems", app.JA); systems != "" {
		said.System += "（" + systems + "）"
	}
	said.Happened, said.Found = w.course.Asked().Occurred.At.Time(), w.course.Asked().Occurred.At.Time()
	for _, what := range []incident.What{incident.Draft, incident.Detect} {
		if s := w.course.Last(what); s != nil {
			said.Found = s.At.Time()
		}
	}
	return said
}

// sweep spares the notices of incidents that are closed, or not here any more.
func (o *Alarms) sweep(ctx context.Context) (err error) {
	for _, state := range []notice.State{notice.Waiting, notice.Asked} {
		waiting, e := app.Every(ctx, o.Replica, notice.Register, app.Query{Where: []app.Cond{app.Where("state", "=", string(state))}, Sort: "due"})
		err = errors.Join(err, e)
		for _, n := range waiting {
			if n.About.Kind == incident.Kind && o.over(ctx, n.About) {
				err = errors.Join(err, o.spare(ctx, []*notice.Notice{n}))
			}
		}
	}
	return err
}

func (o *Alarms) over(ctx context.Context, ref app.Ref) bool {
	rec, err := o.Replica.Get(ctx, ref)
	if err != nil {
		return app.IsCode(err, app.NotFound)
	}
	return rec.(*incident.Incident).State == incident.Closed
}

// spare ends those that have not gone out.
func (o *Alarms) spare(ctx context.Context, told []*notice.Notice) error {
	told = slices.DeleteFunc(slices.Clone(told), func(n *notice.Notice) bool { return n.State != notice.Waiting && n.State != notice.Asked })
	if len(told) == 0 {
		return nil
	}
	return o.Replica.Write(ctx, o.Replica.Actor(), func(tx *store.Tx) error {
		for _, n := range told {
			if err := tx.Do(n, "spare", nil); err != nil {
				return err
			}
		}
		return nil
	})
}
