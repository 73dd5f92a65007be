package simtest

import (
	"daicho/app"
	"daicho/app/document"
	"daicho/app/ticket"
)

// roles are what people may do here: read some zones of some registers, and
// write or not.
type roles struct {
	rights
	mute map[app.ID]bool
}

func newRoles() *roles { return &roles{rights{}, map[app.ID]bool{}} }

// May is part of [app.Access].
func (r *roles) May(_ app.View, c *app.Change, _ app.Stamp, _, _ app.Scope) error {
	if r.mute[c.Author] {
		return app.Refuse(app.Forbidden, "", "記録する権限がありません。", "no right to write")
	}
	return nil
}

// assign gives another role to whoever sits at a desk. One person reads all.
func (s *Sim) assign(n int) error {
	place, err := s.Devices[n].Enrolment(now)
	if err != nil || n%3 == 0 {
		return nil
	}
	who := place.Person.ID
	s.roles.mute[who] = s.Rand.IntN(5) == 0
	if s.roles.rights[who] = s.someClearance(); s.Rand.IntN(3) == 0 {
		delete(s.roles.rights, who)
	}
	s.say("the person at desk %d has another role", n)
	return nil
}

func (s *Sim) someClearance() app.Clearance {
	var some []app.Extent
	for _, z := range zones {
		if s.Rand.IntN(3) > 0 {
			some = append(some, app.Extent{Kind: []app.Kind{app.Any, ticket.Kind, document.Kind}[s.Rand.IntN(3)], Zone: z, All: true})
		}
	}
	if len(some) == 0 {
		return app.ReadsNothing
	}
	return app.NewClearance(some...)
}

var zones = []app.Zone{"", app.ZoneLGWAN, app.ZoneInternet}

// mayRead is what the person of a device may read.
func (s *Sim) mayRead(d Replica) (app.Clearance, error) {
	place, err := d.Enrolment(now)
	if err != nil {
		return nil, err
	}
	return s.roles.Clearance(nil, place.Person.ID, 0)
}
