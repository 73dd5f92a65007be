package modules_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/emergency"
	"daicho/app/finding"
	"daicho/app/modules"
	"daicho/app/people"
	"daicho/app/terms"
	"daicho/app/ticket"
)

var update = flag.Bool("update", false, "write the golden files")

const rightsFile = "testdata/rights.txt"

// rightsOf is the table that the product decides by.
func rightsOf(t *testing.T) access.Table {
	t.Helper()
	r, ok := modules.Book().Access.(people.Rights)
	if !ok {
		t.Fatal("the book has no rights")
	}
	return r.Table
}

// dept is the organisation that each tried grant is limited to.
var dept = app.ID{5}

// holds is somebody with one role, on a day when every role counts.
func holds(r access.Role) access.Person {
	return access.Person{ID: app.ID{1}, Grants: []access.Grant{{Role: r, Org: app.ID{}, From: 20_000, Until: 20_100}}}
}

const at = app.Stamp(20_050) * 86_400_000

func roles(t *testing.T) (all access.Roles) {
	t.Helper()
	spec, ok := app.SpecOf(people.Grants, "role")
	if !ok {
		t.Fatal("grants have no role")
	}
	for _, c := range spec.Choices {
		all = append(all, access.Role(c.Value))
	}
	return all
}

func kinds(t *testing.T) (all []app.Kind) {
	for kind := range rightsOf(t) {
		all = append(all, kind)
	}
	slices.Sort(all)
	return all
}

func actions(kind app.Kind) []access.Action {
	all := []access.Action{access.Read, access.Create, access.Edit}
	if g := modules.Book().Registers[kind]; g != nil {
		for _, c := range g.About().Commands {
			all = append(all, access.Action(c.Name))
		}
	}
	return all
}

// scans are the kinds of which an agent has its own records.
var scans = []app.Kind{finding.JobKind, finding.RunKind, finding.Kind, finding.PlaceKind}

// allows asks for another's record of the department, so that those who reach
// only their own are seen, too, and for an agent's own.
func allows(t *testing.T, r access.Role, do access.Action, kind app.Kind) bool {
	who := holds(r)
	if access.NamesOrganisation(r) {
		who.Grants[0].Org = dept
	}
	s := app.Scope{Kind: kind}
	if kind == ticket.Kind {
		s.Org = dept
	}
	if r == access.ScanAgent && slices.Contains(scans, kind) {
		s.Org = who.ID
	}
	return rightsOf(t).Allows(who, do, s, at)
}

func TestEveryKindHasItsRights(t *testing.T) {
	for kind := range modules.Book().Registers {
		if _, ok := rightsOf(t)[kind]; !ok {
			t.Errorf("%s has no line in the table of rights: nobody may read it", kind)
		}
	}
	for kind := range rightsOf(t) {
		if modules.Book().Registers[kind] == nil && kind != app.AuditKind { // the audit log is none
			t.Errorf("%s has rights, but no such register exists", kind)
		}
	}
}

// TestRights prints what each role may do with each kind: a change of it must
// be seen by whoever reviews it, that of a new kind, too. go test -update writes
// the file anew.
func TestRights(t *testing.T) {
	was, err := os.ReadFile(rightsFile)
	if err != nil && !*update {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, kind := range kinds(t) {
		now := rightsIn(t, kind)
		if all.WriteString(now); !*update && !strings.Contains("\n"+string(was), "\n"+now) {
			t.Errorf("%s is otherwise in %s, which -update writes; what each role may do with it is now:\n%s", kind, rightsFile, now)
		}
	}
	if *update {
		if err := os.WriteFile(rightsFile, []byte(all.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if !t.Failed() && all.String() != string(was) {
		t.Errorf("%s has more than there is", rightsFile)
	}
}

// rightsIn are the lines of one kind.
func rightsIn(t *testing.T, kind app.Kind) string {
	b := &strings.Builder{}
	fmt.Fprintf(b, "%s\n", kind)
	for _, r := range roles(t) {
		var may []string
		for _, do := range actions(kind) {
			if allows(t, r, do, kind) {
				may = append(may, string(do))
			}
		}
		fmt.Fprintln(b, strings.TrimRight(fmt.Sprintf("  %-15s%s", r, strings.Join(may, " ")), " "))
	}
	return b.String()
}

// who runs the people's side of the contract has no content in it.
var administrative = []app.Kind{app.PersonKind, people.OrganisationKind, people.SiteKind, people.GrantKind}

// TestTheCityAlone holds what the contractor is judged by to be the city's to say.
func TestTheCityAlone(t *testing.T) {
	officers, approver := access.Roles{access.CityOfficer, access.CityApprover}, access.Roles{access.CityApprover}
	for _, c := range []struct {
		kind app.Kind
		do   access.Action
		by   access.Roles
	}{
		{terms.TopicKind, "adopt", approver},
		{terms.ReadingKind, access.Create, officers},
		{terms.ReadingKind, access.Edit, officers},
	} {
		for _, r := range roles(t) {
			if may := allows(t, r, c.do, c.kind); may != slices.Contains(c.by, r) {
				t.Errorf("%s may %s %s: %v", r, c.do, c.kind, may)
			}
		}
	}
}

func TestSeparationOfDuties(t *testing.T) {
	for _, kind := range kinds(t) {
		for _, do := range actions(kind) {
			for _, r := range roles(t) {
				may := allows(t, r, do, kind)
				alone := do == access.Create && (kind == emergency.Kind || kind == app.DismissalKind) // by anybody
				switch {
				case !may || alone:
				case r == access.KeyManager:
					t.Errorf("a key manager may %s %s", do, kind)
				case r == access.Admin && !slices.Contains(administrative, kind):
					t.Errorf("the administrator may %s %s", do, kind)
				case (r == access.Auditor || r == access.CityAuditor || r == access.CIO) && do != access.Read:
					t.Errorf("%s may %s %s", r, do, kind)
				case r == access.Helpdesk && slices.Contains(scans, kind):
					t.Errorf("the helpdesk may %s findings", do)
				case r != access.Admin && kind == people.GrantKind && do != access.Read:
					t.Errorf("%s may %s grants", r, do)
				case do != access.Read && !allows(t, r, access.Read, kind):
					t.Errorf("%s may %s %s without reading it", r, do, kind)
				}
			}
		}
	}
	for _, kind := range scans {
		for _, do := range actions(kind) {
			if others := (app.Scope{Kind: kind, Org: app.ID{9}}); rightsOf(t).Allows(holds(access.ScanAgent), do, others, at) {
				t.Errorf("an agent may %s another's %s", do, kind)
			}
		}
	}
	own := app.Scope{Kind: people.GrantKind, Org: holds(access.Admin).ID}
	for _, do := range actions(people.GrantKind) {
		if got := rightsOf(t).Allows(holds(access.Admin), do, own, at); got != (do == access.Read) {
			t.Errorf("an administrator may %s his own grant: %v", do, got)
		}
	}
	if endless := (access.Person{Grants: []access.Grant{{Role: access.Auditor}}}); rightsOf(t).Allows(endless, access.Read, app.Scope{Kind: ticket.Kind}, at) {
		t.Error("an auditor's grant never ends")
	}
}
