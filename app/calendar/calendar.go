package calendar

import (
	"errors"
	"slices"
	"sort"
	"time"

	"daicho/app/civil"
)

// Calendar answers when it is open. It is never changed: [Calendar.Plus] makes a new one.
type Calendar struct {
	holidays *Holidays
	layers   []layer // the more special before the more general
	line     timeline
	extra    []piece
}

// layer is the versions of one source, in the order of their first days.
type layer []*Version

// inForce is the version of the layer that holds on a day; nil for none.
func (l layer) inForce(d civil.Date) *Version {
	for _, v := range slices.Backward(l) {
		if d.Compare(v.From) >= 0 {
			if v.inForce(d) {
				return v
			}
			return nil
		}
	}
	return nil
}

// New makes a calendar of its versions, in the order of their first days.
func New(h *Holidays, versions ...Version) (*Calendar, error) {
	base, err := layered(versions)
	if err != nil {
		return nil, err
	}
	return build(h, []layer{base})
}

func build(h *Holidays, layers []layer) (*Calendar, error) {
	if h == nil {
		return nil, badTable(errors.New("no table"))
	}
	c := &Calendar{holidays: h, layers: layers}
	c.line = compile(h, c.inForce)
	return c, nil
}

// layered checks the versions and tidies their weeks.
func layered(versions []Version) (layer, error) {
	if len(versions) == 0 {
		return nil, errVersions
	}
	var l layer
	for i, v := range versions {
		week, err := v.Week.tidy()
		if err != nil {
			return nil, err
		}
		if v.Name == "" || i > 0 && v.From.Compare(versions[i-1].From) <= 0 {
			return nil, errVersions
		}
		v.Week = week
		l = append(l, &v)
	}
	return l, nil
}

// inForce is the version that holds on a day; nil for none.
func (c *Calendar) inForce(d civil.Date) *Version {
	for _, l := range c.layers {
		if v := l.inForce(d); v != nil {
			return v
		}
	}
	return nil
}

// Plus is the calendar with extra hours, of which only those count that were agreed
// on before they began.
func (c *Calendar) Plus(extra ...Extra) (*Calendar, error) {
	pieces, err := c.line.pieces(slices.DeleteFunc(slices.Clone(extra), func(e Extra) bool { return !e.counts() }))
	if err != nil {
		return nil, err
	}
	with := *c
	with.extra = pieces
	return &with, nil
}

// within refuses instants for which there is no calendar. End itself may be the end
// of a time.
func within(times ...time.Time) error {
	for _, t := range times {
		if t.Before(First) || t.After(End) {
			return ErrRange
		}
	}
	return nil
}

// Open says whether the calendar is open at an instant.
func (c *Calendar) Open(t time.Time) (bool, error) {
	if err := within(t); err != nil {
		return false, err
	}
	ns := t.UnixNano()
	if i := c.line.at(ns); i < len(c.line) && c.line[i].from <= ns {
		return true, nil
	}
	i := c.piece(ns)
	return i < len(c.extra) && c.extra[i].from <= ns, nil
}

// piece is the number of the first piece that ends after an instant.
func (c *Calendar) piece(ns int64) int {
	return sort.Search(len(c.extra), func(i int) bool { return c.extra[i].to > ns })
}

// Next is the first instant, from t on, at which the calendar is open. It fails with
// [ErrNoHours] if it does not open any more.
func (c *Calendar) Next(t time.Time) (time.Time, error) {
	if err := within(t); err != nil {
		return t, err
	}
	ns, next := t.UnixNano(), End.UnixNano()
	if i := c.line.at(ns); i < len(c.line) {
		next = max(ns, c.line[i].from)
	}
	if i := c.piece(ns); i < len(c.extra) {
		next = min(next, max(ns, c.extra[i].from))
	}
	if next == End.UnixNano() {
		return t, ErrNoHours
	}
	return instant(next), nil
}

// Elapsed is the open time from one instant to another.
func (c *Calendar) Elapsed(from, to time.Time) (time.Duration, error) {
	if err := within(from, to); err != nil {
		return 0, err
	}
	if to.Before(from) {
		return 0, ErrBackwards
	}
	a, b := from.UnixNano(), to.UnixNano()
	open := c.line.spent(b) - c.line.spent(a)
	for _, p := range c.extra[c.piece(a):] {
		if p.from >= b {
			break
		}
		open += min(b, p.to) - max(a, p.from)
	}
	return time.Duration(open), nil
}

// Due is the first instant at which a budget of open time is used up: at closing
// time that is closing time. A budget of nothing is due at the start itself, open or
// not. It fails with [ErrNoHours] if the calendar does not open after the start, and
// with [ErrRange] if the budget is not used up by [End].
func (c *Calendar) Due(start time.Time, budget time.Duration) (time.Time, error) {
	if err := within(start); err != nil {
		return start, err
	}
	if budget < 0 {
		return start, ErrBackwards
	}
	if budget == 0 {
		return start.In(civil.Tokyo), nil
	}
	if _, err := c.Next(start); err != nil {
		return start, err
	}
	due, ok := c.due(start.UnixNano(), int64(budget))
	if !ok {
		return start, ErrRange
	}
	return instant(due), nil
}

// due is when a budget of more than nothing is used up; ok is false if it is not by End.
func (c *Calendar) due(cursor, left int64) (due int64, ok bool) {
	spent := c.line.spent(cursor)
	for _, p := range c.extra[c.piece(cursor):] {
		from := max(cursor, p.from)
		upTo := c.line.spent(from)
		if left <= upTo-spent {
			break
		}
		left, spent = left-(upTo-spent), upTo
		if left <= p.to-from {
			return from + left, true
		}
		left -= p.to - from
	}
	if left > c.line.total()-spent {
		return 0, false
	}
	return c.line.reached(spent + left), true
}

// BusinessDays is how many days from one day to another, the first included and the
// last not, have regular hours. Extra hours make no working day.
func (c *Calendar) BusinessDays(from, to civil.Date) (int, error) {
	if err := within(from.Start(), to.Start()); err != nil {
		return 0, err
	}
	if to.Compare(from) < 0 {
		return 0, ErrBackwards
	}
	n := 0
	for d := from; d.Compare(to) < 0; d = d.AddDays(1) {
		if c.regular(d) {
			n++
		}
	}
	return n, nil
}

// BusinessDay is the nth day with regular hours after a day; the 0th is the day itself.
func (c *Calendar) BusinessDay(from civil.Date, n int) (civil.Date, error) {
	d := from
	for ; n > 0; n-- {
		t, err := c.nextRegular(d.AddDays(1))
		if err != nil {
			return from, err
		}
		d = t
	}
	return d, within(d.Start())
}

// nextRegular is the first day with regular hours from a day on.
func (c *Calendar) nextRegular(d civil.Date) (civil.Date, error) {
	if err := within(d.Start()); err != nil {
		return d, err
	}
	i := c.line.at(d.Start().UnixNano())
	if i == len(c.line) {
		return d, ErrNoHours
	}
	return civil.DateOf(instant(max(d.Start().UnixNano(), c.line[i].from))), nil
}

func (c *Calendar) regular(d civil.Date) bool {
	next, err := c.nextRegular(d)
	return err == nil && next == d
}
