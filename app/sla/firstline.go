package sla

import "time"

// FirstLineRequired is the 一次受付率 that the contract asks for, in per cent of all
// inquiries (clause 3.3.1).
const FirstLineRequired = 98

// AtOnce is how soon the city's staff hands over what it took itself, to count as 即時.
const AtOnce = 5 * time.Minute

// Taker is who took an inquiry first.
type Taker int

// The takers.
const (
	Helpdesk   Taker = iota // the helpdesk, by whatever way
	CityStaff               // 情報課, directly (直受け)
	Abandoned               // nobody: the call was given up before
	Monitoring              // no person asked; it is no inquiry
)

// Intake is how an inquiry came in.
type Intake struct {
	Taker Taker
	// After is how long after the call the city's staff handed it over; below zero: it
	// never did.
	After time.Duration
}

// Intakes is the inquiries of a period, counted.
type Intakes struct {
	Both
	Helpdesk, CityStaff, AtOnce, Abandoned, Monitoring int64
}

// FirstLine is the 一次受付率 of a period that began at an instant. What the city's
// staff took counts as not taken first; by the other reading, what it handed over at
// once does not count against. Calls given up and alarms are told apart.
func (l Ledger) FirstLine(began time.Time, intakes []Intake) (n Intakes) {
	for _, in := range intakes {
		switch in.Taker {
		case Helpdesk:
			n.Helpdesk++
		case Abandoned:
			n.Abandoned++
		case Monitoring:
			n.Monitoring++
		case CityStaff:
			n.CityStaff++
			if in.After >= 0 && in.After <= AtOnce {
				n.AtOnce++
			}
		}
	}
	all := n.Helpdesk + n.CityStaff
	n.Both = both(l.In(FirstLineBy, began), map[Choice]Fraction{
		FirstTaken: {n.Helpdesk, all}, HandedOver: {n.Helpdesk + n.AtOnce, all},
	}, FirstLineRequired)
	return n
}
