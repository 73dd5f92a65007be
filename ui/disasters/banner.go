package disasters

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"daicho/app"
	"daicho/app/disaster"
	"daicho/ui"
	"daicho/ui/text"
)

// most is how many disasters at once are read.
const most = 20

// banners are of the disasters that are declared: the real ones first, then the
// newest.
func banners(ctx context.Context, records ui.Records) (out []ui.Banner, err error) {
	q := app.Query{Where: []app.Cond{app.Where("state", "=", string(disaster.Declared))}, Sort: "since", Desc: true, Limit: most}
	ids, err := records.IDs(ctx, disaster.Kind, q)
	if err != nil {
		return nil, err
	}
	rows, err := records.Rows(ctx, disaster.Kind, ids)
	var open []*disaster.Disaster
	for _, r := range rows {
		if d, ok := r.(*disaster.Disaster); ok {
			open = append(open, d)
		}
	}
	slices.SortStableFunc(open, func(a, b *disaster.Disaster) int { return cmp.Compare(a.Nature, b.Nature) })
	for _, d := range open {
		out = append(out, ui.Banner{Opens: d.Ref, Says: func(w *text.Words, now time.Time) ui.BannerWords { return says(d, w, now) }})
	}
	return out, err
}

func says(d *disaster.Disaster, w *text.Words, now time.Time) ui.BannerWords {
	phase, next := disaster.PhaseAt(d.Since, now)
	lead := text.DisasterPhase
	if d.Nature == disaster.Drill {
		lead = text.DrillPhase
	}
	first, _, _ := strings.Cut(d.Change, "\n")
	b := ui.BannerWords{Lead: w.T(lead, disaster.Register.Show(d, "type", w.Lang()), int(phase)), Since: w.T(text.DisasterSince, w.Moment(d.Since, now)), Changes: first}
	if next != 0 {
		b.Next = w.T(text.NextPhase, int(phase)+1, w.Moment(next, now))
	}
	return b
}
