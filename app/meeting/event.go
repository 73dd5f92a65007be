package meeting

import "daicho/app/report/ics"

// Event is the meeting as calendars have it, without the names of anybody and without
// the agenda: that is sealed, and a file that goes to other calendars is not.
func (m *Meeting) Event() ics.Event {
	e := ics.Event{
		UID: m.Ref.ID.String(), Sequence: m.Sequence, Start: m.Begins.Time(), Summary: m.Title, Place: m.Place, Cancelled: m.State == Cancelled,
		Text: m.Number,
	}
	if m.Ends != 0 {
		e.End = m.Ends.Time()
	}
	return e
}
