package shell

import (
	"daicho/ui"
	"daicho/ui/text"
)

// offerPeople offers to leave this replica's door for another person's.
func (d *doorPage) offerPeople() {
	d.people = true
	d.offer()
	d.desk.Focus(d.links[0])
}

// others are the people to turn to, one more who has none here yet, and the way
// back.
func (d *doorPage) others() (out []otherWay) {
	w := d.desk.Words
	for _, r := range d.door.Others() {
		name := r.Name
		if name == "" {
			name = w.T(text.UnknownPerson)
		}
		out = append(out, otherWay{w.T(text.TurnTo, name), func() { d.turn(r) }})
	}
	return append(out,
		otherWay{w.T(text.TurnToNew), func() { d.turn(ui.Resident{}) }},
		otherWay{w.T(text.StayHere), func() { d.take(d.way); d.focus() }})
}

// turn leaves this door; whoever shows the window shows the other.
func (d *doorPage) turn(to ui.Resident) {
	d.stop()
	d.unwatch()
	for _, f := range d.fields {
		f.entry.SetText("")
	}
	d.door.Turn(to)
}
