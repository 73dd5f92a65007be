package hook

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"

	"daicho/app"
	"daicho/app/incident"
	"daicho/app/monitor"
	"daicho/app/sla"
	"daicho/store"
)

// Taker makes records of what tools report.
type Taker struct {
	Replica *store.Replica
	Now     app.Clock
	Log     *slog.Logger     // is told ids alone
	Wake    func()           // has what was written sent to the server
	Grave   monitor.Severity // from which on an event becomes an incident
	one     sync.Mutex       // two reports of one event come one after the other
}

// take writes an event down, or its recovery. When it returns nil, that is on the disk;
// the same report again does nothing.
func (k *Taker) take(ctx context.Context, text []byte) (*monitor.Event, error) {
	e, err := read(text)
	if err != nil {
		return nil, err
	}
	k.one.Lock()
	defer k.one.Unlock()
	known, err := app.Every(ctx, k.Replica, monitor.Events, app.Query{Where: []app.Cond{app.Where("key", "=", e.Key)}, Limit: 1})
	if err != nil {
		return nil, err
	}
	err = k.Replica.Write(ctx, k.Replica.Actor(), func(tx *store.Tx) error {
		if len(known) > 0 {
			at := e.Recovered
			e = known[0]
			return k.recover(ctx, tx, e, at)
		}
		return k.begin(ctx, tx, e)
	})
	if err == nil {
		k.signs(ctx, e, len(known) == 0)
		k.Log.Info("event", "event", e.Ref.ID.String(), "incident", e.Incident.ID.String(), "target", e.Target.ID.String(), "recovered", e.Recovered != 0)
		k.Wake()
	}
	return e, err
}

// signs looks for signs of a failure to come when something new came of a target. The
// report is on the disk: where that fails, the next one has it looked for again.
func (k *Taker) signs(ctx context.Context, e *monitor.Event, anew bool) {
	if e.Target.IsZero() || !anew {
		return
	}
	rec, err := k.Replica.Get(ctx, e.Target)
	if err == nil {
		_, err = monitor.Notice(ctx, k.Replica, []*monitor.Target{rec.(*monitor.Target)}, app.StampOf(k.Now()))
	}
	if err != nil {
		k.Log.Error("signs cannot be looked for", "target", e.Target.ID.String(), "err", err)
	}
}

// begin writes a new event down, and the incident that it is or belongs to.
func (k *Taker) begin(ctx context.Context, tx *store.Tx, e *monitor.Event) error {
	rec, err := tx.Draft(monitor.EventKind)
	if err != nil {
		return err
	}
	e.Head = *rec.Meta()
	found, err := k.targets(ctx, e)
	if err != nil {
		return err
	}
	if k.grave(e) {
		if err := k.fail(ctx, tx, e, standing(found)); err != nil {
			return err
		}
	}
	at := e.Recovered
	e.Recovered = 0
	if err := tx.Save(e); err != nil {
		return err
	}
	if len(found) == 1 {
		if err := tx.Do(e, "attach", monitor.Attachment{Target: found[0].Ref}.Args()); err != nil {
			return err
		}
	}
	return k.recover(ctx, tx, e, at)
}

// targets are those that the tool means. Where they are more than one, people decide.
func (k *Taker) targets(ctx context.Context, e *monitor.Event) ([]*monitor.Target, error) {
	all, err := app.Every(ctx, k.Replica, monitor.Targets, app.Query{Sort: "title"})
	if err != nil {
		return nil, err
	}
	found := monitor.Match(all, e.Host, e.Item)
	if len(found) > 1 {
		for _, t := range found {
			e.Candidates = append(e.Candidates, t.Ref)
		}
	}
	return found, nil
}

// standing is what people should know of how a report met the register of targets.
func standing(found []*monitor.Target) string {
	var names []string
	for _, t := range found {
		names = append(names, t.Name)
	}
	switch len(found) {
	case 0:
		return "監視対象の一覧にないホストです。監視イベントの「監視対象を指定する」で指定してください。"
	case 1:
		return ""
	}
	return "監視対象の候補が複数あります（" + strings.Join(names, "、") + "）。監視イベントの「監視対象を指定する」で指定してください。"
}

// grave says whether an event becomes an incident. What a tool knows of as maintenance
// does not, nor what is less than the severity that was set.
func (k *Taker) grave(e *monitor.Event) bool {
	return !e.Silenced && slices.Index(monitor.Severities, e.Severity) >= slices.Index(monitor.Severities, k.Grave)
}

// fail finds the incident of the host that people still work on, or drafts one. It counts as
// one that affects the city's work until a person says otherwise: a notice too many
// does less harm than one too few (clause 3.2.2).
func (k *Taker) fail(ctx context.Context, tx *store.Tx, e *monitor.Event, standing string) error {
	going, err := app.Every(ctx, k.Replica, monitor.Events, app.Query{Where: []app.Cond{app.Where("host", "=", e.Host), app.Where("recovered", "=", int64(0)), app.Where("incident", "<>", "")}, Sort: "occurred"})
	if err != nil {
		return err
	}
	for _, other := range going {
		on, err := goesOn(tx, other.Incident)
		if err != nil {
			return err
		}
		if on {
			e.Incident = other.Incident
			return nil
		}
	}
	rec, err := tx.Draft(incident.Kind)
	if err != nil {
		return err
	}
	i := rec.(*incident.Incident)
	i.Title, i.Target, i.Affects = e.Host+": "+e.Title, e.Host, true
	if err := tx.Save(i); err != nil {
		return err
	}
	e.Incident = i.Ref
	at, note, err := k.seen(ctx, e.Occurred)
	if err != nil {
		return err
	}
	if err := tx.Do(i, "occur", said(at, note+standing)); err != nil {
		return err
	}
	return tx.Do(i, "detect", nil)
}

// goesOn says whether an event's incident is still one that people work on. One that
// they recovered or closed tells nobody of what comes after it.
func goesOn(tx *store.Tx, ref app.Ref) (bool, error) {
	rec, err := tx.Get(ref)
	if app.IsCode(err, app.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	i := rec.(*incident.Incident)
	return i.State == incident.Going || i.State == incident.Stopped, nil
}

// seen is a tool's time as an incident takes it: one that has not come yet is now (zero),
// since the tool's clock is fast.
func (k *Taker) seen(ctx context.Context, at app.Stamp) (app.Stamp, string, error) {
	r, err := k.Replica.Reading(ctx)
	now := r.Corrected()
	if err != nil || at <= now {
		return at, "", err
	}
	return 0, fmt.Sprintf("監視装置の時計が%d秒進んでいます。", (at-now+999)/1000), nil
}

// said are the arguments of a moment that a tool told.
func said(at app.Stamp, note string) app.Doc {
	return app.Doc(nil).Patch([]app.Cell{
		{Field: "at", Now: app.IntValue(int64(at))}, {Field: "source", Now: app.TextValue(string(sla.Watched))}, {Field: "note", Now: app.TextValue(note)},
	})
}

// recover ends an event, and its incident when that was the last one.
func (k *Taker) recover(ctx context.Context, tx *store.Tx, e *monitor.Event, at app.Stamp) error {
	if at == 0 || e.Recovered != 0 {
		return nil
	}
	if err := tx.Do(e, "recover", app.Doc(nil).Patch([]app.Cell{{Field: "at", Now: app.IntValue(int64(at))}})); err != nil || e.Incident.IsZero() {
		return err
	}
	others, err := app.Every(ctx, k.Replica, monitor.Events, app.Query{Where: []app.Cond{app.Where("incident", "=", e.Incident.String()), app.Where("recovered", "=", int64(0))}})
	if err != nil {
		return err
	}
	if slices.ContainsFunc(others, func(o *monitor.Event) bool { return o.Ref != e.Ref }) {
		return nil
	}
	return k.over(ctx, tx, e.Incident, at)
}

// over says that an incident recovered. Where people have decided otherwise, it stands.
func (k *Taker) over(ctx context.Context, tx *store.Tx, ref app.Ref, at app.Stamp) error {
	rec, err := tx.Get(ref)
	if err != nil {
		return err
	}
	i := rec.(*incident.Incident)
	if i.State != incident.Going {
		return nil
	}
	at, note, err := k.seen(ctx, max(at, i.Occurred))
	if err != nil {
		return err
	}
	err = tx.Do(i, "recover", said(at, note))
	var refused *app.Error
	if errors.As(err, &refused) && refused.Code == app.Stale {
		return nil
	}
	return err
}
