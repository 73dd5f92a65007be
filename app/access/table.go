package access

import (
	"slices"

	"daicho/app"
)

// Action is something that can be done with a record: one of these, or a command
// of its register.
type Action string

// The actions that every register has.
const (
	Read   Action = "read"
	Create Action = "create"
	Edit   Action = "edit"
)

// Policy is who may do what with one kind of record. Without any rule it is
// closed to everybody. What follows reads as a sentence.
type Policy struct {
	may      map[Action]Roles
	ownOnly  Roles
	selfOnly Roles
	readers  []string // commands on what stands within a record, for its readers
	shared   bool     // but for what is somebody else's
	personal bool
	open     bool
}

// ReadBy lets roles read, and nobody do anything else.
func ReadBy(groups ...Roles) Policy {
	return Policy{may: map[Action]Roles{Read: slices.Concat(groups...)}}
}

// EditBy lets roles edit and do every command that names no roles of its own.
func (p Policy) EditBy(groups ...Roles) Policy { return p.with(Edit, groups) }

// CreateBy lets roles create.
func (p Policy) CreateBy(groups ...Roles) Policy { return p.with(Create, groups) }

// WriteBy lets roles create and edit.
func (p Policy) WriteBy(groups ...Roles) Policy { return p.EditBy(groups...).CreateBy(groups...) }

// Only leaves a command to some roles.
func (p Policy) Only(command string, groups ...Roles) Policy {
	return p.with(Action(command), groups)
}

// OwnOnly narrows roles to records of the one organisation that their grant names.
func (p Policy) OwnOnly(roles Roles) Policy { p.ownOnly = roles; return p }

// SelfOnly narrows roles to records whose scope names the person who holds them, in
// the place of the organisation: an agent has its own jobs and what they found.
func (p Policy) SelfOnly(roles Roles) Policy { p.selfOnly = roles; return p }

// SharedOrSelf narrows every role to records whose scope names nobody, or the person who
// holds it, in the place of the organisation: a search that one saved for himself.
func (p Policy) SharedOrSelf() Policy { p.shared = true; return p }

// CreateByAnybody lets everybody create, whatever roles he has.
func (p Policy) CreateByAnybody() Policy { p.open = true; return p }

// Personal says that each record is about one person, whom its scope names in
// the place of the organisation: he reads it and never changes it himself.
func (p Policy) Personal() Policy { p.personal = true; return p }

func (p Policy) with(do Action, groups []Roles) Policy {
	more := map[Action]Roles{do: slices.Concat(groups...)}
	for a, r := range p.may {
		if a != do {
			more[a] = r
		}
	}
	p.may = more
	return p
}

// lets says whether a role may do something.
func (p Policy) lets(r Role, do Action) bool {
	roles, named := p.may[do]
	if !named && do != Read && do != Create {
		roles = p.may[Edit]
	}
	return slices.Contains(roles, r)
}

// Within is the policy of what stands within another record: who edits that one
// may change it, and who reads that one may do some commands.
func Within(readers ...string) Policy { return Policy{readers: readers} }

// Table is the policy of every kind. A kind that it does not name is closed to
// everybody.
type Table map[app.Kind]Policy

// Allows is the one decision: whether somebody may do something with a record of
// a scope at a moment.
func (t Table) Allows(who Person, do Action, s app.Scope, at app.Stamp) bool {
	p := t[s.Kind]
	switch {
	case do == Create && p.open:
		return true
	case p.personal && s.Org == who.ID:
		return do == Read
	}
	return p.reach(who, do, s.Kind, at).Reads(s)
}

// AnybodyCreates says whether everybody may create records of a kind, wherever they stand.
func (t Table) AnybodyCreates(kind app.Kind) bool { return t[kind].open }

// Readers are the roles that may read records of a kind; none, where that
// follows from the record that another stands within.
func (t Table) Readers(kind app.Kind) Roles { return slices.Clone(t[kind].may[Read]) }

// Demands is the right to a scope that a change demands: of a record of a kind, by
// a command or none, made anew or not.
func (t Table) Demands(kind app.Kind, command string, s app.Scope, fresh bool) Action {
	switch {
	case s.Kind != kind && slices.Contains(t[kind].readers, command):
		return Read
	case s.Kind != kind: // it stands within another record
		return Edit
	case fresh:
		return Create
	case command != "":
		return Action(command)
	}
	return Edit
}

// Clearance is all that somebody may read at a moment, as parts that a server can send.
func (t Table) Clearance(who Person, at app.Stamp) app.Clearance {
	var all []app.Extent
	for kind, p := range t {
		all = append(all, p.reach(who, Read, kind, at)...)
		if p.personal {
			all = append(all, app.Extent{Kind: kind, Zone: app.Any, Org: who.ID})
		}
	}
	return app.NewClearance(all...)
}

// reach is where somebody's grants let him do something.
func (p Policy) reach(who Person, do Action, kind app.Kind, at app.Stamp) (out app.Clearance) {
	for _, g := range who.Grants {
		if p.lets(g.Role, do) && g.Holds(at) {
			out = append(out, p.bounded(g, who.ID).extents(kind, slices.Contains(p.ownOnly, g.Role) || slices.Contains(p.selfOnly, g.Role))...)
		}
	}
	return out
}

// bounded is a grant with the bounds that the kind puts to its role.
func (p Policy) bounded(g Grant, who app.ID) Grant {
	if p.shared || slices.Contains(p.selfOnly, g.Role) {
		g.Org = who
	}
	return g
}
