package verbs

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"daicho/app"
	"daicho/app/people"
	"daicho/cmd/cli"
	"daicho/store/keys"
	"daicho/sync/server"
)

// userVerb is about the people whose devices may be enrolled.
type userVerb struct {
	Add    userAdd    `cmd:"" help:"Add a person."`
	Grant  userGrant  `cmd:"" help:"Grant a person a role: without any, nothing is read or written."`
	Revoke userRevoke `cmd:"" help:"Take a person's roles back."`
	List   userList   `cmd:"" help:"List the people and their roles."`

	Password userPassword `cmd:"" help:"Set a person's password: asked for at the enrolment of a device, and to renew a certificate that is over."`
	TOTP     userTOTP     `cmd:"" name:"totp" help:"Set up a person's authenticator (RFC 6238) with recovery codes."`
}

type userAdd struct {
	data
	bounds
	Name string `arg:"" help:"Name, as others see it; no two are the same."`
	Role string `placeholder:"ROLE" help:"A role of the person: ${roles}."`
	JSON bool   `name:"json" help:"Print one JSON object."`
}

// person is one as printed.
type person struct {
	ID    string   `json:"id"`
	Name  string   `json:"name"`
	Roles []string `json:"roles"` // that are not revoked
}

func (p person) print(console *cli.Console) error {
	_, err := fmt.Fprintln(console.Out, strings.TrimRight(fmt.Sprintf("%s  %s  %s", p.ID, p.Name, strings.Join(p.Roles, ", ")), " "))
	return err
}

// Run adds.
func (v *userAdd) Run(ctx context.Context, console *cli.Console, cost keys.Cost) error {
	return v.orMade(ctx, console, cost, func(s *server.Server) error {
		added := person{Roles: []string{}}
		err := s.Act(ctx, func(a *server.Acting) error {
			p, err := a.AddPerson(v.Name)
			if err != nil {
				return err
			}
			added.ID, added.Name = p.ID.String(), p.Name
			if v.Role == "" {
				return people.Introduce(a, p.ID, p.Name)
			}
			added.Roles = append(added.Roles, v.Role)
			return v.grant(a, p, v.Role)
		})
		if err != nil {
			return err
		}
		if v.JSON {
			return printJSON(console, added)
		}
		return added.print(console)
	})
}

type userList struct {
	data
	JSON bool `name:"json" help:"Print one JSON array."`
}

// Run lists.
func (v *userList) Run(ctx context.Context, console *cli.Console) error {
	return v.with(ctx, console, func(s *server.Server) error {
		users, err := s.Users(ctx)
		if err != nil {
			return err
		}
		list := []person{}
		err = s.View(ctx, func(view app.View) error {
			for _, u := range users {
				p, err := withRoles(view, u)
				if err != nil {
					return err
				}
				list = append(list, p)
			}
			return nil
		})
		if err != nil {
			return err
		}
		if v.JSON {
			return printJSON(console, list)
		}
		for _, p := range list {
			if err := p.print(console); err != nil {
				return err
			}
		}
		return nil
	})
}

func withRoles(v app.View, u server.Person) (person, error) {
	p := person{ID: u.ID.String(), Name: u.Name, Roles: []string{}}
	grants, err := people.GrantsOf(v, u.ID)
	for _, g := range grants {
		p.Roles = append(p.Roles, string(g.Role))
	}
	return p, err
}

func printJSON(console *cli.Console, v any) error {
	e := json.NewEncoder(console.Out)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
