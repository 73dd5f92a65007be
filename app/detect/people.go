package detect

// people knows where persons stand, for kinds that mean little without one:
// 病歴 in a manual is a word, beside a name it is somebody's.
type people struct {
	line    int // rows so far that had words or candidates
	met     int // the line of the last person, 0 for none
	waiting []waiting
}

// waiting is a candidate that a person may yet come to.
type waiting struct {
	candidate
	line int
}

const (
	closeLines = 5  // a person so many lines away is close
	maxWaiting = 64 // of one table or stretch of prose
)

// forget begins a new table or stretch of prose. What stands shortly above a
// table is its title, and waits for the persons in it; what is told shortly below
// one is told of them.
func (p *people) forget(table bool) {
	if table || p.line-p.met > closeLines {
		p.met = 0
	}
	kept := p.waiting[:0]
	for _, w := range p.waiting {
		if table && p.line-w.line <= closeLines {
			kept = append(kept, w)
		}
	}
	p.waiting = kept
}

// amongPeople is what the persons in the row, or met before, add to a
// candidate. Without any it waits for one.
func (d *Document) amongPeople(c *candidate) int {
	if !d.engine.rules[c.rule].about || !c.valid {
		return 0
	}
	p := &d.people
	switch {
	case d.row.kinds&d.engine.persons != 0, d.row.tabular && p.met > 0:
		return personScore
	case p.met > 0 && p.line-p.met <= closeLines:
		return closeScore
	}
	if len(p.waiting) < maxWaiting {
		p.waiting = append(p.waiting, waiting{*c, p.line})
	}
	return 0
}

// personMet notes that the row names a person, and tells those who wait.
func (d *Document) personMet() {
	p := &d.people
	p.met = p.line
	for i := range p.waiting {
		w := &p.waiting[i]
		switch {
		case d.row.tabular:
			w.score += personScore
		case p.line-w.line <= closeLines:
			w.score += closeScore
		default:
			continue
		}
		d.record(&w.candidate)
	}
	p.waiting = p.waiting[:0]
}

// Persons estimates how many persons the document is about, from findings of
// high and medium confidence: the most distinct values of any kind that is a
// person's own, else of the kinds that several may share. It is a lower bound.
func (d *Document) Persons() int {
	own, shared := 0, 0
	for i, n := range d.counts() {
		switch r := &d.engine.rules[i]; {
		case r.person:
			own = max(own, n[0]+n[1])
		case !r.about && r.Kind != Confidential:
			shared = max(shared, n[0]+n[1])
		}
	}
	if own > 0 {
		return own
	}
	return shared
}

// Band is a range of persons, as reports give it. The duty to report a leak
// begins above 100 persons for public bodies (個人情報の保護に関する法律施行規則43条).
type Band string

// The bands.
const (
	Nobody    Band = ""
	Few       Band = "1-9"
	Tens      Band = "10-99"
	Hundreds  Band = "100-999"
	Thousands Band = "1000+"
)

// BandOf is the band of a number of persons.
func BandOf(persons int) Band {
	switch {
	case persons <= 0:
		return Nobody
	case persons < 10:
		return Few
	case persons < 100:
		return Tens
	case persons < 1000:
		return Hundreds
	}
	return Thousands
}
