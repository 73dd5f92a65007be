package demo

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Kinds of visits, and of how long the way may take.
const (
	visitKind  = "visit"
	travelKind = "travel"
)

// mainBuilding is where nothing is added for the way.
const mainBuilding = "本庁舎"

// sites are the buildings in the order in which workplaces name them.
var sites = func() (all []string) {
	for _, w := range workplaces {
		if site := building(w.site); !slices.Contains(all, site) {
			all = append(all, site)
		}
	}
	return all
}()

// siteNumber is the number of a building's record.
func siteNumber(site string) int { return 1 + slices.Index(sites, site) }

// agreedTravels are how long the way to each site may take. One was forgotten: every
// contract has some.
func agreedTravels(end time.Time) (steps []Step) {
	at := midnight(end).AddDate(0, 0, -(7*weeks - 1)).Add(opens + time.Minute)
	for _, site := range sites[:len(sites)-1] {
		n := siteNumber(site)
		if site == mainBuilding {
			continue
		}
		s := Step{At: stamp(at), Kind: travelKind, Record: n, Links: []Link{{Field: "site", Kind: siteKind, Record: n}}}
		s.set("minutes", strconv.Itoa(10+5*(n%5)))
		s.set("document", "8葉情第3号")
		s.set("from", "2026-04-01")
		steps = append(steps, s)
	}
	return steps
}

// visit is who went there, and when. Some come early, and one in seven too late.
func visit(ticket int, a asked, sent, wished time.Time, engineer string, minutes int) []Step {
	y := &diary{kind: visitKind, record: ticket}
	arrived := wished.Add(time.Duration([]int{-10, 4, 12, -3, 21, 8, 78}[ticket%7]) * time.Minute)
	first := Step{Links: []Link{{Field: "ticket", Kind: ticketKind, Record: ticket}, {Field: "site", Kind: siteKind, Record: siteNumber(building(a.site))}}}
	first.set("wished", typed(wished))
	first.set("engineer", engineer)
	first.set("wished_by", a.name)
	y.note(sent.Add(time.Second), first)
	y.note(arrived.Add(time.Minute), Step{Command: "arrive", Args: []string{"at=" + typed(arrived), "error=30"}})
	done := Step{Command: "finish"}
	done.set("work", a.answer)
	y.note(arrived.Add(time.Duration(2+minutes)*time.Minute), done)
	return y.steps
}

// engineerOf is who a dispatch names.
func engineerOf(s Step) string {
	for _, a := range s.Args {
		if who, ok := strings.CutPrefix(a, "who="); ok {
			return who
		}
	}
	return ""
}
