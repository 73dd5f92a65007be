package findings

import (
	"cmp"
	"context"
	"slices"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/detect"
	"daicho/app/finding"
	"daicho/ui"
)

// board is all that the overview shows at one moment.
type board struct {
	reach  ui.Reach // of runs
	jobs   []job
	totals totals
	parts  [2][]share // by axis
	trend  []month
	counts counts
}

// job is a job with its last runs.
type job struct {
	finding.Inspected
	under *finding.Run // that has not ended; nil: none
	mine  bool         // its agent is the person at this device
}

// counts are how many findings stand in some of their named lists.
type counts struct{ open, overdue, asked, excepted int }

// past is how far back a run still says how it is today, and what the trend is made
// of: a year, and a month for those at its beginning.
const past = 396

// gather reads the board, off the UI goroutine. How many people are concerned is
// asked for only if the map is to show it.
func gather(ctx context.Context, records ui.Records, now time.Time, persons bool) (*board, error) {
	b := &board{}
	var err error
	if b.reach, err = records.Reach(ctx, finding.RunKind); err != nil || b.reach.None {
		return b, err
	}
	today, read := civil.DateOf(now), reads(records, nil)
	last, err := finding.Last(ctx, read, today.AddDays(-past), today)
	if err != nil {
		return nil, err
	}
	b.totals, b.parts[byDepartment], b.parts[byServer] = total(last.Runs), shares(last.Runs, byDepartment), shares(last.Runs, byServer)
	runs, err := runsSince(ctx, read, today.AddDays(-past))
	if err != nil {
		return nil, err
	}
	b.trend = trend(runs, now)
	mine, err := mine(ctx, records)
	if err != nil {
		return nil, err
	}
	for _, one := range last.Runs {
		b.jobs = append(b.jobs, job{one, under(runs, one.Job.Ref), slices.Contains(mine, one.Job.Ref.ID)})
	}
	if err := b.count(ctx, records); err != nil || !persons {
		return b, err
	}
	for by := range b.parts {
		if err := concerned(ctx, records, b.parts[by], axis(by)); err != nil {
			return nil, err
		}
		slices.SortStableFunc(b.parts[by], func(x, y share) int { return cmp.Compare(y.persons, x.persons) })
	}
	return b, nil
}

func runsSince(ctx context.Context, read finding.Reads, day civil.Date) (runs []*finding.Run, err error) {
	found, err := read(ctx, finding.RunKind, app.Query{Where: []app.Cond{app.Where("begun", ">=", int64(app.StampOf(day.Start())))}, Sort: "begun"})
	for _, r := range found {
		runs = append(runs, r.(*finding.Run))
	}
	return runs, err
}

// mine are the jobs of the person at this device; none where nobody knows who that is.
func mine(ctx context.Context, records ui.Records) ([]app.ID, error) {
	f, _ := app.FilterOf(finding.Jobs, "mine")
	ids, err := records.IDs(ctx, finding.JobKind, f.Query(nil))
	if app.IsCode(err, app.Invalid) {
		return nil, nil
	}
	return ids, err
}

// under is the run of a job that has not ended.
func under(runs []*finding.Run, job app.Ref) *finding.Run {
	for _, r := range slices.Backward(runs) {
		if r.Job == job && r.Ended == 0 {
			return r
		}
	}
	return nil
}

func (b *board) count(ctx context.Context, records ui.Records) (err error) {
	for name, n := range map[string]*int{"open": &b.counts.open, "overdue": &b.counts.overdue, "asked": &b.counts.asked, "expiring": &b.counts.excepted} {
		if f, is := app.FilterOf(finding.Register, name); is && err == nil {
			*n, err = records.Count(ctx, finding.Kind, f.Where)
		}
	}
	return err
}

// least is how many people a band stands for at least.
var least = map[detect.Band]int64{detect.Few: 1, detect.Tens: 10, detect.Hundreds: 100, detect.Thousands: 1000}

// concerned counts how many people at least the unprotected files of each part are
// about: the lower ends of their bands, so one person may count more than once.
func concerned(ctx context.Context, records ui.Records, parts []share, by axis) error {
	for i := range parts {
		for band, n := range least {
			found, err := records.Count(ctx, finding.Kind, append(within(parts[i].name, by), app.Where("persons", "=", string(band))))
			if err != nil {
				return err
			}
			parts[i].persons += int64(found) * n
		}
	}
	return nil
}

// within are the unprotected files of a part.
func within(name string, by axis) []app.Cond {
	return []app.Cond{app.Where("exposed", "=", int64(1)), app.Where(by.field(), "=", name)}
}

// pageRows is how many rows are read at a time.
const pageRows = 200

// reads reads all records that a query finds, as screens do, and tells how far it is;
// told may be nil.
func reads(records ui.Records, told func(ctx context.Context, done, total int) error) finding.Reads {
	return func(ctx context.Context, kind app.Kind, q app.Query) (list []app.Record, err error) {
		ids, err := records.IDs(ctx, kind, q)
		if err != nil {
			return nil, err
		}
		for at := 0; at < len(ids); at += pageRows {
			if told != nil {
				if err := told(ctx, at, len(ids)); err != nil {
					return nil, err
				}
			}
			rows, err := records.Rows(ctx, kind, ids[at:min(at+pageRows, len(ids))])
			if err != nil {
				return nil, err
			}
			list = append(list, rows...)
		}
		return slices.DeleteFunc(list, func(r app.Record) bool { return r == nil }), nil
	}
}
