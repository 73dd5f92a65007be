package meeting

import (
	"strings"

	"daicho/app/report/ics"
)

// Event is the meeting as calendars have it, without the names of anybody.
func (m *Meeting) Event() ics.Event {
	e := ics.Event{
		UID: m.Ref.ID.String(), Sequence: m.Sequence, Start: m.Begins.Time(), Summary: m.Title, Place: m.Place, Cancelled: m.State == Cancelled,
		Text: strings.TrimSpace(m.Number + "\n" + m.Agenda),
	}
	if m.Ends != 0 {
		e.End = m.Ends.Time()
	}
	return e
}
