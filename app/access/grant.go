package access

import (
	"daicho/app"
	"daicho/app/civil"
)

// Grant is a role that somebody holds, with its bounds.
type Grant struct {
	Role        Role
	Org         app.ID   // zero: records of every organisation
	Zone        app.Zone // empty: records of every zone
	From, Until app.Day  // the first day and the last, in Tokyo; zero: no bound
}

// Person is somebody with all that was granted to him.
type Person struct {
	ID     app.ID
	Grants []Grant
}

// Bounded says whether the grant ends as early as its role demands.
func (g Grant) Bounded() bool {
	most := MaxDays(g.Role)
	return most == 0 || g.From != 0 && g.Until != 0 && int(g.Until-g.From) < most
}

// Holds says whether the grant counts at a moment.
func (g Grant) Holds(at app.Stamp) bool {
	day := app.DayOf(civil.DateOf(at.Time()))
	return g.Bounded() && (g.From == 0 || g.From <= day) && (g.Until == 0 || day <= g.Until)
}

// Overlaps says whether two grants can count on one day.
func (g Grant) Overlaps(h Grant) bool {
	return (g.Until == 0 || h.From <= g.Until) && (h.Until == 0 || g.From <= h.Until)
}

// extents are the parts of a kind that the grant reaches. What is bound to no
// zone is open to those of each, and so is what belongs to no organisation,
// unless the grant reaches those of its own alone.
func (g Grant) extents(kind app.Kind, ownOnly bool) (out []app.Extent) {
	zones := []app.Zone{app.Any}
	if g.Zone != "" {
		zones = []app.Zone{g.Zone, ""}
	}
	for _, zone := range zones {
		for _, e := range g.organisations(ownOnly) {
			e.Kind, e.Zone = kind, zone
			out = append(out, e)
		}
	}
	return out
}

func (g Grant) organisations(ownOnly bool) []app.Extent {
	switch {
	case ownOnly && g.Org.IsZero():
		return nil
	case ownOnly:
		return []app.Extent{{Org: g.Org}}
	case g.Org.IsZero():
		return []app.Extent{{All: true}}
	}
	return []app.Extent{{Org: g.Org}, {}}
}
