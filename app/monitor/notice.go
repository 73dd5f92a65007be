package monitor

import (
	"context"
	"time"

	"daicho/app"
	"daicho/store"
)

// horizon is how far back the facts reach that rules of signs go by.
const horizon = 60 * 24 * time.Hour

// Notice judges targets by the rules of signs after something was taken in of them, and
// writes down what is new.
func Notice(ctx context.Context, r *store.Replica, targets []*Target, now app.Stamp) (made []*Sign, err error) {
	for _, t := range targets {
		f, err := facts(ctx, r, t, now)
		if err != nil {
			return made, err
		}
		causes := Causes(SignRules, f)
		if len(causes) == 0 {
			continue
		}
		var signs []*Sign
		err = r.Write(ctx, r.Actor(), func(tx *store.Tx) error {
			for _, c := range causes {
				s, err := c.sign(tx, t)
				if err != nil {
					return err
				}
				signs = append(signs, s)
			}
			return nil
		})
		if err != nil {
			return made, err
		}
		made = append(made, signs...)
	}
	return made, nil
}

func (c Cause) sign(tx *store.Tx, t *Target) (*Sign, error) {
	rec, err := tx.Draft(SignKind)
	if err != nil {
		return nil, err
	}
	s := rec.(*Sign)
	s.Target, s.Title, s.Sort, s.Evidence, s.Rule, s.Last = t.Ref, c.Title, c.Sort, c.Evidence, c.Rule, c.Last
	return s, tx.Save(s)
}

// facts are what the registers hold of a target.
func facts(ctx context.Context, r *store.Replica, t *Target, now app.Stamp) (f Facts, err error) {
	f.Target, f.Now = t, now
	from := now - app.Stamp(horizon/time.Millisecond)
	of := app.Where("target", "=", t.Ref.String())
	if f.Logs, err = app.Every(ctx, r, LogDays, app.Query{Where: []app.Cond{of}, Sort: "day", Desc: true, Limit: 2_000}); err != nil {
		return f, err
	}
	if f.Backups, err = app.Every(ctx, r, Backups, app.Query{Where: []app.Cond{of}, Sort: "at", Desc: true, Limit: 1_000}); err != nil {
		return f, err
	}
	if f.Events, err = app.Every(ctx, r, Events, app.Query{Where: []app.Cond{of, app.Where("occurred", ">", int64(from))}, Sort: "occurred", Desc: true}); err != nil {
		return f, err
	}
	f.Past, err = app.Every(ctx, r, Signs, app.Query{Where: []app.Cond{of}, Sort: "seen", Desc: true})
	return f, err
}

// RunsOf counts the results of each target's backups until now, by their index: they
// are more each night, and the last good one is near the end.
func RunsOf(ctx context.Context, r *store.Replica, targets []*Target, now app.Stamp) (map[app.Ref]Runs, error) {
	all := map[app.Ref]Runs{}
	for _, t := range targets {
		known := []app.Cond{app.Where("target", "=", t.Ref.String()), app.Where("at", "<=", int64(now))}
		good := append(known[:2:2], app.Where("result", "=", string(Good)))
		runs, err := Runs{}, error(nil)
		if runs.All, err = r.Count(ctx, BackupKind, app.Query{Where: known}); err != nil {
			return nil, err
		}
		if runs.Good, err = r.Count(ctx, BackupKind, app.Query{Where: good}); err != nil {
			return nil, err
		}
		last, _, err := r.List(ctx, BackupKind, app.Query{Where: good, Sort: "at", Desc: true, Limit: 1})
		if err != nil {
			return nil, err
		}
		if len(last) > 0 {
			runs.LastGood = last[0].(*Backup).At
		}
		all[t.Ref] = runs
	}
	return all, nil
}
