package notice

import (
	"strconv"
	"time"

	"daicho/app/incident"
	"daicho/app/sla"
	"daicho/app/terms"
)

// lateness is how far the time to tell of an incident has run out, while no notice has
// arrived.
type lateness struct {
	stage int // 0: not far; then one for each warning, and one for the limit itself
	chain string
	words *Lateness
}

// late judges that by the city's terms. A server that was down says only how it stands;
// with an error the stage is 0.
func (w *watched) late(agreed *terms.Terms) (l lateness, err error) {
	i := w.course.Incident
	if !i.Affects || w.course.Last(incident.Deliver) != nil {
		return l, nil
	}
	judged, err := agreed.Failure(w.course.Asked(), sla.Exactly(w.now))
	if err != nil {
		return l, err
	}
	limit := judged.Notice
	for k, warning := range limit.Warnings {
		if !w.now.Before(warning.At) {
			l.stage = k + 1
		}
	}
	if w.now.After(limit.Due) {
		l.stage = len(limit.Warnings) + 1
	}
	l.chain = i.Ref.String() + "/warning/" + strconv.Itoa(l.stage)
	l.words = &Lateness{Alarm: w.alarm(), Due: limit.Due, Left: limit.Due.Sub(w.now).Truncate(time.Second)}
	return l, nil
}
