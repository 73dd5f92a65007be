package main

import (
	"context"
	"slices"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/people"
	"daicho/store"
	"daicho/ui"
)

// Reach holds a kind to what the server said last that the person may read.
func (r *records) Reach(ctx context.Context, kind app.Kind) (ui.Reach, error) {
	may, err := with(r, func(open *store.Replica) (app.Clearance, error) { return open.Readable(ctx) })
	rights, ok := r.door.options.Book.Access.(people.Rights)
	if err != nil || !ok {
		return ui.Reach{}, err
	}
	return reach(may, kind, named(rights.Table.Readers(kind))), nil
}

// named are roles in words.
func named(roles access.Roles) (names []app.Label) {
	spec, _ := app.SpecOf(people.Grants, "role") // it has one
	for _, c := range spec.Choices {
		if slices.Contains(roles, access.Role(c.Value)) {
			names = append(names, c.Label)
		}
	}
	return names
}

// reach is none of a kind where no extent reaches it. What stands within other
// records has no readers of its own, and is where those are.
func reach(may app.Clearance, kind app.Kind, readers []app.Label) ui.Reach {
	of := func(e app.Extent) bool { return e.Kind == kind || e.Kind == app.Any }
	whole := func(e app.Extent) bool { return of(e) && e.All && e.Zone == app.Any }
	switch {
	case len(readers) == 0 || slices.ContainsFunc(may, whole):
		return ui.Reach{}
	case slices.ContainsFunc(may, of):
		return ui.Reach{Part: true}
	}
	return ui.Reach{None: true, Roles: readers}
}
