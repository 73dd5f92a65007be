package tickets

import (
	"context"

	"daicho/app"
	"daicho/app/dispatch"
	"daicho/app/people"
	"daicho/app/ticket"
	"daicho/ui"
)

// visit is a new visit for an inquiry, with what is known: recording it sends the
// engineer. The person says the rest.
func visit(ctx context.Context, records ui.Records, open app.Record) (app.Record, error) {
	rec, err := records.New(dispatch.Kind)
	if err != nil {
		return nil, err
	}
	t, v := open.(*ticket.Ticket), rec.(*dispatch.Visit)
	v.Ticket, v.Engineer, v.Wished = t.Ref, t.Assignee, t.WishedAt
	v.Site, err = siteOf(ctx, records, t)
	return v, err
}

// siteOf is the site that an inquiry names; none where several are called so, or none is.
func siteOf(ctx context.Context, records ui.Records, t *ticket.Ticket) (app.Ref, error) {
	if t.Site == "" {
		return app.Ref{}, nil
	}
	ids, err := records.IDs(ctx, people.SiteKind, app.Query{Where: []app.Cond{app.Where("name", "=", t.Site)}, Limit: 2})
	if err != nil || len(ids) != 1 {
		return app.Ref{}, err
	}
	return app.Ref{Kind: people.SiteKind, ID: ids[0]}, nil
}
