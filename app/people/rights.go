package people

import (
	"slices"

	"daicho/app"
	"daicho/app/access"
)

// Rights is an [app.Access] over the grants in the order.
type Rights struct{ Table access.Table }

var errForbidden = app.Refuse(app.Forbidden, "", "この操作を行う権限がありません。必要な権限は、システム管理者に付与を依頼してください。",
	"you have no right to do this; ask a system administrator for it")

// Clearance is what a person may read at a moment.
func (r Rights) Clearance(v app.View, person app.ID, at app.Stamp) (app.Clearance, error) {
	who, err := holder(v, person)
	return r.Table.Clearance(who, at), err
}

// May refuses what none of the author's grants allows: on the record as it was,
// if there was one, and as it becomes.
func (r Rights) May(v app.View, c *app.Change, at app.Stamp, was, is app.Scope) error {
	fresh := was == app.Scope{}
	if fresh && r.Table.AnybodyCreates(c.Ref.Kind) {
		return nil
	}
	who, err := holder(v, c.Author)
	if err != nil {
		return err
	}
	may := func(s app.Scope) bool {
		return r.Table.Allows(who, r.Table.Demands(c.Ref.Kind, c.Command, s, fresh), s, at)
	}
	if !may(is) || !fresh && !may(was) {
		return errForbidden
	}
	return nil
}

// Holds says whether a person has one of some roles at a moment; known is false
// where no grant of his is to be seen here.
func Holds(v app.View, person app.ID, roles access.Roles, at app.Stamp) (holds, known bool, err error) {
	grants, err := GrantsOf(v, person)
	for _, g := range grants {
		known = true
		holds = holds || slices.Contains(roles, g.Role) && g.counts().Holds(at)
	}
	return holds, known, err
}

// holder is somebody with the grants that are not revoked.
func holder(v app.View, person app.ID) (access.Person, error) {
	who := access.Person{ID: person}
	grants, err := GrantsOf(v, person)
	for _, g := range grants {
		who.Grants = append(who.Grants, g.counts())
	}
	return who, err
}

// GrantsOf are a person's grants that are not revoked, whether or not they count today.
func GrantsOf(v app.View, person app.ID) (out []*Grant, err error) {
	self := app.Ref{Kind: app.PersonKind, ID: person}
	refs, err := v.Linked(self, GrantKind)
	if err != nil {
		return nil, err
	}
	for _, ref := range refs {
		doc, gsn, err := v.Row(ref)
		if err != nil {
			return nil, err
		}
		g := Grants.Draft(ref.ID)
		if err = Grants.Load(g, ref, gsn, doc); err != nil {
			return nil, err
		}
		if g.Person == self && g.RevokedAt == 0 {
			out = append(out, g)
		}
	}
	return out, nil
}
