package calendar

import (
	"sort"
	"time"

	"daicho/app/civil"
)

// stretch is a time without a gap in which one version is open, in nanoseconds
// since 1970 UTC.
type stretch struct {
	from, to int64
	before   int64    // open time of all stretches before
	by       *Version // whose hours they are
}

// timeline is all the open time from First to End, in order. Whatever is asked of
// it is a binary search, so a question costs the same for an hour and for years.
type timeline []stretch

// compile lays out the days, each by the version in force.
func compile(h *Holidays, inForce func(civil.Date) *Version) timeline {
	var line timeline
	start := First
	for d := civil.DateOf(First); start.Before(End); d = civil.DateOf(start) {
		if v := inForce(d); v != nil && v.shut(d, h) == "" {
			for _, s := range v.Week[start.Weekday()] {
				line = line.add(start.Add(s.From.duration()).UnixNano(), start.Add(s.To.duration()).UnixNano(), v)
			}
		}
		start = start.Add(midnight.duration())
	}
	return line
}

// add puts a stretch at the end; one that goes on without a gap is one with the last.
func (l timeline) add(from, to int64, by *Version) timeline {
	n := len(l)
	if n > 0 && l[n-1].to == from && l[n-1].by == by {
		l[n-1].to = to
		return l
	}
	var before int64
	if n > 0 {
		before = l[n-1].before + l[n-1].to - l[n-1].from
	}
	return append(l, stretch{from, to, before, by})
}

// at is the number of the first stretch that ends after an instant.
func (l timeline) at(t int64) int {
	return sort.Search(len(l), func(i int) bool { return l[i].to > t })
}

// spent is the open time before an instant.
func (l timeline) spent(t int64) int64 {
	i := l.at(t)
	if i == len(l) {
		return l.total()
	}
	return l[i].before + max(0, t-l[i].from)
}

// total is all the open time.
func (l timeline) total() int64 {
	if len(l) == 0 {
		return 0
	}
	last := l[len(l)-1]
	return last.before + last.to - last.from
}

// reached is the first instant before which so much open time lies: at closing time
// it is closing time, not the next opening. spent is more than 0 and at most total.
func (l timeline) reached(spent int64) int64 {
	i := sort.Search(len(l), func(i int) bool { return l[i].before+l[i].to-l[i].from >= spent })
	return l[i].from + spent - l[i].before
}

func instant(ns int64) time.Time { return time.Unix(0, ns).In(civil.Tokyo) }
