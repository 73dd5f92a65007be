package findings

import (
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/finding"
)

// months is how many months the trend shows at most.
const months = 12

// month is how many files lay unprotected at the end of a month, or lie so now.
type month struct {
	first   civil.Date
	exposed int64
}

// trend sums up, for each of the last months, the last run that each job had ended
// by its end. Months before the first run are left out. Runs come in any order.
func trend(runs []*finding.Run, now time.Time) (all []month) {
	today := civil.DateOf(now)
	for back := months - 1; back >= 0; back-- {
		first := civil.DateOf(time.Date(today.Year, today.Month-time.Month(back), 1, 12, 0, 0, 0, civil.Tokyo))
		end := app.StampOf(time.Date(first.Year, first.Month+1, 1, 0, 0, 0, 0, civil.Tokyo))
		last := map[app.Ref]*finding.Run{}
		for _, r := range runs {
			if r.State == finding.Done && r.Begun < end && (last[r.Job] == nil || last[r.Job].Begun < r.Begun) {
				last[r.Job] = r
			}
		}
		if len(last) > 0 {
			all = append(all, month{first, exposedIn(last)})
		}
	}
	return all
}

func exposedIn(runs map[app.Ref]*finding.Run) (n int64) {
	for _, r := range runs {
		n += r.Exposed
	}
	return n
}
