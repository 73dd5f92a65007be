package sla

import (
	"time"

	"daicho/app"
	"daicho/app/civil"
)

// VisitLimit is how long after the wished time staff must be there (clause 3.3.2).
const VisitLimit = 30 * time.Minute

// Visit is a call for somebody to come (現地対応).
type Visit struct {
	Main    bool     // at 本庁舎, where nothing is added for the way
	Travel  []Travel // agreed on for the site, in the order of their first days
	Wishes  []Wish   // in the order in which they were made; the last one counts
	Arrived Moment   // 駆けつけ
	Remote  Moment   // 作業着手 from afar
	// Finished is when the case was completed without a visit (駆けつけずに対応が完了).
	Finished Moment
}

// Wish is a wished time (希望時間).
type Wish struct {
	For  app.Stamp
	Made app.Stamp // when it was said
	Who  string
}

// Travel is what was agreed on for a site that is not 本庁舎.
type Travel struct {
	Time        time.Duration
	Whole       bool // Time is the whole limit; else it is added to the 30 minutes
	Document    string
	From, Until civil.Date // first and last day; zero: without
}

// limit is how long after the wish.
func (t Travel) limit() time.Duration {
	if t.Whole {
		return t.Time
	}
	return VisitLimit + t.Time
}

// Visited is a visit judged.
type Visited struct {
	Verdict     Verdict
	Provisional Verdict // what a start from afar would come to, while the case is not finished
	Limit       time.Duration
	Document    string // that agreed on the limit; empty for the contract itself
	Due         time.Time
	Start       Moment // what counted as arrival, if anything did
	Outside     bool   // the wish lies outside of service hours
	Reading     Reading
	Other       time.Time // due by the other reading, where the wish lies outside
	Wishes      []Wished
}

// Wished is a wish with its due time.
type Wished struct {
	Wish
	Due  time.Time
	Late bool // made when the wish before was due already; whoever looks decides what it means
}

// Visit judges whether somebody was there in time. To come early is in time. There is
// no percentage in the contract: each miss is listed.
func (c Contract) Visit(v Visit, now Moment) (r Visited, err error) {
	if err := c.check(); err != nil || len(v.Wishes) == 0 {
		return r, err
	}
	wish := v.counts()
	if !v.limit(&r, wish) {
		r.Verdict = Unagreed
		return r, nil
	}
	if err := c.wishes(&r, v, wish); err != nil {
		return r, err
	}
	r.judge(v, now)
	return r, nil
}

// counts is the wish that counts: the last one made before somebody came.
func (v *Visit) counts() (wish Wish) {
	for i, w := range v.Wishes {
		if came := v.started(); i == 0 || !came.happened() || w.Made <= came.At {
			wish = w
		}
	}
	return wish
}

// started is what would count as arrival, were the case finished.
func (v *Visit) started() Moment {
	if v.Arrived.happened() {
		return v.Arrived
	}
	return v.Remote
}

// limit finds what was agreed on for the day of a wish; false for nothing.
func (v *Visit) limit(r *Visited, wish Wish) bool {
	if v.Main {
		r.Limit = VisitLimit
		return true
	}
	found, day := false, civil.DateOf(wish.For.Time())
	for _, t := range v.Travel {
		if t.Document != "" && t.From.Compare(day) <= 0 && (t.Until.IsZero() || t.Until.Compare(day) >= 0) {
			r.Limit, r.Document, found = t.limit(), t.Document, true
		}
	}
	return found
}

// wishes finds when each wish is due.
func (c Contract) wishes(r *Visited, v Visit, counts Wish) (err error) {
	for i, w := range v.Wishes {
		reading := c.Ledger.In(WishOutside, w.For.Time())
		wished, opening, err := c.due(w, r.Limit)
		if err != nil {
			return err
		}
		due, other := wished, opening
		if reading.Choice == NextOpening {
			due, other = opening, wished
		}
		late := i > 0 && w.Made.Time().After(r.Wishes[i-1].Due)
		r.Wishes = append(r.Wishes, Wished{w, due, late})
		if w == counts {
			r.Due, r.Other, r.Reading, r.Outside = due, other, reading, !due.Equal(other)
		}
	}
	return nil
}

// due is when a wish is due by both readings.
func (c Contract) due(w Wish, limit time.Duration) (wished, opening time.Time, err error) {
	if wished, err = c.Always.Due(w.For.Time(), limit); err != nil {
		return wished, opening, err
	}
	next, err := c.Onsite.Next(w.For.Time())
	if err != nil {
		return wished, opening, err
	}
	opening, err = c.Always.Due(next, limit)
	return wished, opening, err
}

// judge compares what counts as arrival with the due time. A start from afar counts
// only once the case is finished without a visit.
func (r *Visited) judge(v Visit, now Moment) {
	due := deadline{r.Due, r.Due, r.Due}
	switch {
	case v.Arrived.happened():
		r.Start, r.Verdict = v.Arrived, by(v.Arrived, due)
	case v.Remote.happened() && v.Finished.happened():
		r.Start, r.Verdict = v.Remote, by(v.Remote, due)
	case v.Remote.happened():
		r.Verdict, r.Provisional = Pending, by(v.Remote, due)
	case by(now, due) == Missed:
		r.Verdict = Missed
	default:
		r.Verdict = Pending
	}
}
