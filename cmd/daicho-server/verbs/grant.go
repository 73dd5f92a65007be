package verbs

import (
	"context"
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/people"
	"daicho/cmd/cli"
	"daicho/sync/server"
)

// bounds are the limits of a role that is granted.
type bounds struct {
	Organisation string `placeholder:"ID" help:"Only for records of this organisation."`
	Zone         string `placeholder:"ZONE" help:"Only for records of this zone: number, lgwan, internet."`
	From         string `placeholder:"DATE" help:"From this day on."`
	Until        string `placeholder:"DATE" help:"Until this day."`
	Note         string `placeholder:"TEXT" help:"Why, or on whose decision."`
}

// roleNames names all roles in help texts.
func roleNames() kong.Vars {
	spec, _ := app.SpecOf(people.Grants, "role")
	var names []string
	for _, c := range spec.Choices {
		names = append(names, c.Name)
	}
	return kong.Vars{"roles": strings.Join(names, ", ")}
}

// grant gives a role to a person, whose record it makes if there is none: a
// server of 0.2.0 had only names.
func (b *bounds) grant(a *server.Acting, p server.Person, role string) error {
	if err := people.Introduce(a, p.ID, p.Name); err != nil {
		return err
	}
	_, err := people.Give(a, p.ID, func(g *people.Grant) error {
		for _, set := range [][2]string{{"role", role}, {"organisation", b.organisation()}, {"zone", b.Zone}, {"from", b.From}, {"until", b.Until}, {"note", b.Note}} {
			if err := people.Grants.Enter(g, set[0], set[1]); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

func (b *bounds) organisation() string {
	if b.Organisation == "" {
		return ""
	}
	return string(people.OrganisationKind) + ":" + b.Organisation
}

type userGrant struct {
	data
	bounds
	Name string `arg:"" help:"Name or id of the person."`
	Role string `required:"" placeholder:"ROLE" help:"The role: ${roles}."`
}

// Run grants.
func (v *userGrant) Run(ctx context.Context, console *cli.Console) error {
	return v.with(ctx, console, func(s *server.Server) error {
		return s.Act(ctx, func(a *server.Acting) error {
			p, err := a.FindPerson(v.Name)
			if err != nil {
				return err
			}
			return v.grant(a, p, v.Role)
		})
	})
}

type userRevoke struct {
	data
	Name string `arg:"" help:"Name or id of the person."`
	Role string `placeholder:"ROLE" help:"Only this role; otherwise all: ${roles}."`
}

// Run revokes.
func (v *userRevoke) Run(ctx context.Context, console *cli.Console) error {
	revoked := 0
	err := v.with(ctx, console, func(s *server.Server) error {
		return s.Act(ctx, func(a *server.Acting) error {
			p, err := a.FindPerson(v.Name)
			if err != nil {
				return err
			}
			revoked, err = v.revoke(a, p)
			return err
		})
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(console.Out, "%d grants of %s are revoked\n", revoked, v.Name)
	return err
}

func (v *userRevoke) revoke(a *server.Acting, p server.Person) (n int, err error) {
	grants, err := people.GrantsOf(a, p.ID)
	for _, g := range grants {
		if err != nil {
			return n, err
		}
		if v.Role == "" || g.Role == access.Role(v.Role) {
			n, err = n+1, a.Do(g, "revoke", nil)
		}
	}
	if err == nil && n == 0 {
		err = app.Refuse(app.NotFound, "role", "この人には、取り消す役割がありません。", "the person holds no such role; see user list")
	}
	return n, err
}
