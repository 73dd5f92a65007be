package verbs

import (
	"context"
	"fmt"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/people"
	"daicho/cmd/cli"
	"daicho/sync/server"
)

// carryOn lets people of a server from before rights go on working: without a
// role they would read nothing, and every device of theirs would drop all it
// holds. Such a person is known by having no record of his own. It happens once in
// the life of a server: later, somebody without a record is one whose record has
// not come back since a restoration.
func carryOn(ctx context.Context, s *server.Server, console *cli.Console) error {
	if has, err := s.HasRights(ctx); err != nil || has {
		return err
	}
	users, err := s.Users(ctx)
	if err != nil {
		return err
	}
	given := 0
	err = s.Act(ctx, func(a *server.Acting) error {
		given = 0
		for _, u := range users {
			doc, _, err := a.Row(app.Ref{Kind: app.PersonKind, ID: u.ID})
			if err != nil {
				return err
			}
			if !doc.IsEmpty() {
				continue
			}
			if err = people.Introduce(a, u.ID, u.Name); err != nil {
				return err
			}
			if _, err = people.Give(a, u.ID, asBefore); err != nil {
				return err
			}
			given++
		}
		return a.BeginRights()
	})
	if err == nil && given > 0 {
		_, err = fmt.Fprintf(console.Out, "%d people of a version without rights have the role %s now: look through them with user list, and change what is too much with user revoke and user grant\n", given, access.PM)
	}
	return err
}

// asBefore is the role that comes nearest to what everybody could do.
func asBefore(g *people.Grant) error {
	g.Role = access.PM
	return nil
}
