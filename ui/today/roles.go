package today

import (
	"slices"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/people"
)

func (s *sheet) isFor(held access.Roles) bool {
	return slices.ContainsFunc(held, func(r access.Role) bool { return slices.Contains(s.roles, r) })
}

// roles are those that the person holds today. Nobody has any on a device that
// has no server.
func (a *asker) roles() (held access.Roles) {
	if !a.known() {
		return nil
	}
	for _, r := range a.rows(people.GrantKind, app.Query{Where: []app.Cond{app.Where("person", "=", app.Me)}, Desc: true}, grantsRead) {
		if g := r.(*people.Grant); g.RevokedAt == 0 && (access.Grant{Role: g.Role, From: g.From, Until: g.Until}).Holds(app.StampOf(a.now)) {
			held = append(held, g.Role)
		}
	}
	return held
}

// grantsRead is how many grants of one person are looked at.
const grantsRead = 100
