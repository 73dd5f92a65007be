package verbs

import (
	"context"
	"encoding/json"
	"fmt"

	"daicho/cmd/cli"
	"daicho/store/keys"
	"daicho/sync/server"
)

// userVerb is about the people whose devices may be enrolled.
type userVerb struct {
	Add  userAdd  `cmd:"" help:"Add a person."`
	List userList `cmd:"" help:"List the people."`
}

type userAdd struct {
	data
	Name string `arg:"" help:"Name, as others see it; no two are the same."`
	JSON bool   `name:"json" help:"Print one JSON object."`
}

// person is one as printed.
type person struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Run adds.
func (v *userAdd) Run(ctx context.Context, console *cli.Console, cost keys.Cost) error {
	return v.orMade(ctx, console, cost, func(s *server.Server) error {
		p, err := s.AddUser(ctx, v.Name)
		if err != nil {
			return err
		}
		if v.JSON {
			return printJSON(console, person{p.ID.String(), p.Name})
		}
		_, err = fmt.Fprintf(console.Out, "%s  %s\n", p.ID, p.Name)
		return err
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
		people := []person{}
		for _, u := range users {
			people = append(people, person{u.ID.String(), u.Name})
		}
		if v.JSON {
			return printJSON(console, people)
		}
		for _, p := range people {
			fmt.Fprintf(console.Out, "%s  %s\n", p.ID, p.Name)
		}
		return nil
	})
}

func printJSON(console *cli.Console, v any) error {
	e := json.NewEncoder(console.Out)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
