package demo

import (
	"fmt"
	"strings"
	"time"

	"daicho/app"
)

// Kinds of what stands in the registers before anybody calls.
const (
	organisationKind = "organisation"
	siteKind         = "site"
)

// contractors are who works for the city, and who looks at it.
var contractors = [...][2]string{
	{"ミナセ情報サービス株式会社", "contractor"}, {"霜月ネットワーク株式会社", "contractor"}, {"葉月会計監査法人", "third"},
}

// places are the city's organisations and sites, entered when the story begins.
func places(end time.Time) (steps []Step) {
	at := midnight(end).AddDate(0, 0, -(7*weeks - 1)).Add(opens)
	note := func(kind app.Kind, n int, set ...string) {
		steps = append(steps, Step{At: stamp(at), Kind: kind, Record: n, Set: set})
	}
	seen, main := map[string]bool{}, map[bool]string{true: "main=yes", false: "main=no"}
	for i, w := range workplaces {
		note(organisationKind, i, "name=葉月市 "+w.name, "side=city", fmt.Sprintf("phone=055-200-%d", w.extension))
		if site := building(w.site); !seen[site] {
			seen[site] = true
			note(siteKind, len(seen), "name="+site, fmt.Sprintf("address=架空県葉月市%s%d番地", districts[len(seen)%len(districts)], len(seen)), main[site == mainBuilding])
		}
	}
	for i, c := range contractors {
		note(organisationKind, len(workplaces)+i, "name="+c[0], "side="+c[1])
	}
	return steps
}

// building is a site without its floor.
func building(site string) string {
	if i := strings.IndexAny(site, "0123456789"); i > 0 {
		return site[:i]
	}
	return site
}
