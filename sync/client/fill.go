package client

import (
	"context"

	"daicho/app"
	"daicho/sync/wire"
)

// fillFrom is how long an order is followed from its beginning.
const fillFrom = 2_000

// maxScoped is how often a server may tell of another clearance in one sync.
const maxScoped = 8

// survey looks, on behalf of a replica that has nothing yet, where the order ends
// before anything is pushed: so the verdicts on its own changes come after that.
func (s *session) survey(ctx context.Context) error {
	p, _, err := s.question(ctx)
	if err != nil || p.GSN > 0 {
		return err
	}
	p.Max = 1
	out, err := s.fetch(ctx, p)
	if err != nil || out.Clearance == nil {
		return err
	}
	return s.rescope(ctx, out.Clearance, 0, out.Head)
}

// rescope takes over what the person may read now.
func (s *session) rescope(ctx context.Context, to []wire.Extent, gsn, head int64) error {
	if s.scoped++; s.scoped > maxScoped {
		return errStrange
	}
	limit := s.o.FillFrom
	if limit == 0 {
		limit = fillFrom
	}
	if gsn > 0 || head <= limit {
		head = 0
	}
	return s.port.Rescope(ctx, s.place.Epoch, wire.ClearanceOf(to), head)
}

// fill fetches records as they stand until the replica holds what it may.
func (s *session) fill(ctx context.Context) error {
	for {
		f, err := s.port.Filling(ctx)
		if err != nil || !f.Wanted {
			return err
		}
		if err := s.attest(ctx); err != nil {
			return err
		}
		if err := s.fillOn(ctx, f); err != nil {
			return err
		}
	}
}

// fillOn fetches pages one after the other; each is asked for while the one
// before is being written.
func (s *session) fillOn(ctx context.Context, f FillingUp) error {
	_, gsn, err := s.port.Cursor(ctx)
	if err != nil {
		return err
	}
	hash, err := s.port.Clearance(ctx)
	if err != nil {
		return err
	}
	step, ask := Rescoping, asking{s, wire.Rows{Epoch: s.place.Epoch, Only: wire.ExtentsOf(f.Only), Clearance: hash[:]}}
	if gsn == 0 {
		step = Filling
	}
	ctx, stop := context.WithCancel(ctx)
	next := ask.after(ctx, f.After)
	defer func() { // the session speaks one word at a time
		stop()
		<-next
	}()
	done := int(f.Done)
	for after, more := f.After, true; more; {
		a := <-next
		if a.err == nil {
			a.err = cancelled(ctx)
		}
		if a.err != nil {
			return a.err
		}
		if a.page.Clearance != nil {
			return s.rescope(ctx, a.page.Clearance, gsn, a.page.Head)
		}
		p := rowsOf(s.place.Epoch, after, a.page)
		if more = p.More && len(p.Rows) > 0; more {
			after = p.Rows[len(p.Rows)-1].Ref
			next = ask.after(ctx, after)
		}
		if err := s.port.Fill(ctx, p); err != nil {
			return err
		}
		s.done.Filled, done = s.done.Filled+len(p.Rows), done+len(p.Rows)
		f.Total = max(f.Total, p.Total)
		s.o.progress(step, done, max(done, int(f.Total)))
	}
	return nil
}

// cancelled says in a sentence that a sync has been, between two pages.
func cancelled(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return unreachable(ctx, err)
	}
	return nil
}

// asking asks for one page after the other.
type asking struct {
	s    *session
	rows wire.Rows
}

// answer is a page, or why it did not come.
type answer struct {
	page *wire.RowsPage
	err  error
}

// after asks for the page after a record; the answer waits until it is taken.
func (a asking) after(ctx context.Context, ref app.Ref) <-chan answer {
	heard, q := make(chan answer, 1), a.rows
	q.After = wire.Ref{Kind: string(ref.Kind), ID: ref.ID}
	go func() {
		page, err := a.s.rows(ctx, &q)
		heard <- answer{page, err}
		close(heard)
	}()
	return heard
}

func rowsOf(epoch app.ID, after app.Ref, page *wire.RowsPage) Rows {
	p := Rows{Epoch: epoch, After: after, Keys: wire.SubjectKeys(page.Keys), More: page.More, Head: page.Head, Total: page.Total}
	for _, r := range page.Rows {
		p.Rows = append(p.Rows, Row{Ref: app.Ref{Kind: app.Kind(r.Ref.Kind), ID: r.Ref.ID}, GSN: r.GSN, Doc: r.Doc})
	}
	return p
}

// index makes searches find what was filled.
func (s *session) index(ctx context.Context) error {
	return s.port.Index(ctx, func(done, total int) { s.o.progress(Indexing, done, total) })
}
