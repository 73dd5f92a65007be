package finding

import (
	"context"

	"daicho/app"
	"daicho/app/civil"
	"daicho/store"
)

// Reads reads all records that a query finds, in its order.
type Reads func(context.Context, app.Kind, app.Query) ([]app.Record, error)

// Stored reads from a replica.
func Stored(r *store.Replica) Reads {
	return func(ctx context.Context, kind app.Kind, q app.Query) (list []app.Record, err error) {
		q.Limit = 500
		for {
			page, next, err := r.List(ctx, kind, q)
			list = append(list, page...)
			if q.After = next; err != nil || next == nil {
				return list, err
			}
		}
	}
}

// Inspect gathers what a report of a period says, from what is on this device.
// Number, Made and Name are left to whoever asks.
func Inspect(ctx context.Context, read Reads, from, until civil.Date) (*Inspection, error) {
	i, err := Last(ctx, read, from, until)
	if err == nil {
		i.Findings, err = all[Finding](ctx, read, Kind, app.Query{Sort: "first_seen"})
	}
	return i, err
}

// Last gathers the last run of each job in a period and the one before it, and no
// findings.
func Last(ctx context.Context, read Reads, from, until civil.Date) (*Inspection, error) {
	i := &Inspection{From: from, Until: until}
	jobs, err := all[Job](ctx, read, JobKind, app.Query{Sort: "title"})
	if err != nil {
		return nil, err
	}
	for _, j := range jobs {
		one, err := inspected(ctx, read, j, from, until)
		if err != nil {
			return nil, err
		}
		if one.Run != nil || j.State == Active {
			i.Runs = append(i.Runs, one)
		}
	}
	return i, nil
}

// inspected finds the last two runs of a job that went through all, the later one in
// the period.
func inspected(ctx context.Context, read Reads, j *Job, from, until civil.Date) (Inspected, error) {
	found := Inspected{Job: j}
	before := app.Where("begun", "<", int64(app.StampOf(until.AddDays(1).Start())))
	q := app.Query{Where: []app.Cond{app.Where("job", "=", j.Ref.String()), before}, Sort: "begun", Desc: true}
	runs, err := all[Run](ctx, read, RunKind, q)
	for _, run := range runs {
		switch {
		case run.State != Done:
		case found.Run == nil && run.Begun < app.StampOf(from.Start()): // none in the period
			return found, err
		case found.Run == nil:
			found.Run = run
		default:
			found.Before = run
			return found, err
		}
	}
	return found, err
}

// all are all records that a query finds.
func all[T any](ctx context.Context, read Reads, kind app.Kind, q app.Query) (list []*T, err error) {
	found, err := read(ctx, kind, q)
	for _, r := range found {
		if one, is := any(r).(*T); is {
			list = append(list, one)
		}
	}
	return list, err
}
