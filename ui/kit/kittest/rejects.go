package kittest

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"daicho/app"
	"daicho/ui"
)

// Refuse lets the server refuse an edit that its author saw as rec is; lines
// are field=value.
func (r *Replica) Refuse(rec app.Record, say app.Label, lines ...string) {
	r.t.Helper()
	ref, g := rec.Meta().Ref, r.book.Registers[rec.Meta().Ref.Kind]
	if err := enterAll(g, rec, lines); err != nil {
		r.t.Fatal(err)
	}
	r.seq++
	r.refused = append(r.refused, app.Sent{Event: app.Event{At: app.StampOf(r.At), Err: r.Err, Device: app.ID{r.Device}, Seq: r.seq, Author: r.person(r.Author), Name: r.Author,
		Verdict: app.Rejected, Say: say, Cells: g.Diff(rec)}, Ref: ref, Code: app.Stale, Number: rec.Meta().Number, Title: g.Show(rec, "title", app.JA)})
}

// RefuseCommand lets the server refuse a command that was decided on fields as
// they stood in saw.
func (r *Replica) RefuseCommand(ref app.Ref, saw []app.Cell, say app.Label, command string, args ...string) {
	r.t.Helper()
	g := r.book.Registers[ref.Kind]
	doc, err := app.Args(g, command, args)
	if err != nil {
		r.t.Fatal(err)
	}
	rec := r.Load(ref)
	r.seq++
	r.refused = append(r.refused, app.Sent{Event: app.Event{At: app.StampOf(r.At), Err: app.Unknown, Device: app.ID{r.Device}, Seq: r.seq, Author: r.person(r.Author), Name: r.Author,
		Verdict: app.Rejected, Say: say, Command: command}, Ref: ref, Code: app.Stale, Number: rec.Meta().Number, Title: g.Show(rec, "title", app.JA), Saw: saw, Args: doc})
}

// Rejected are the refused changes.
func (r *Replica) Rejected(context.Context) ([]app.Sent, error) {
	return slices.Clone(r.refused), r.asked("rejected")
}

// Retry makes a refused edit again.
func (r *Replica) Retry(ctx context.Context, seq uint64) error {
	if err := r.asked("retry"); err != nil {
		return err
	}
	s, err := r.taken(seq)
	if err != nil || s.Command != "" {
		return err
	}
	rec := r.Load(s.Ref)
	for _, c := range s.Cells {
		if err := r.book.Registers[s.Ref.Kind].Put(rec, c.Field, c.Now); err != nil {
			return err
		}
	}
	return r.Save(ctx, rec)
}

// Dismiss gives a refused change up.
func (r *Replica) Dismiss(ctx context.Context, seq uint64, reason string) error {
	if err := r.asked("dismiss"); err != nil {
		return err
	}
	s, err := r.taken(seq)
	if err != nil {
		return err
	}
	rec, err := r.New(app.DismissalKind)
	if err != nil {
		return err
	}
	d := rec.(*app.Dismissal)
	d.About, d.Device, d.Seq, d.Command = s.Ref, s.Device.String(), int64(s.Seq), s.Command
	d.Said, d.WhyJA, d.WhyEN, d.Reason = app.Say(s.Verdict), s.Say.JA, s.Say.EN, reason
	return r.Save(ctx, d)
}

// taken takes a change out of the list.
func (r *Replica) taken(seq uint64) (app.Sent, error) {
	i := slices.IndexFunc(r.refused, func(s app.Sent) bool { return s.Seq == seq })
	if i < 0 {
		return app.Sent{}, app.Refuse(app.Stale, "", "この変更は差し戻されていません。", "not one that was refused")
	}
	s := r.refused[i]
	r.refused = slices.Delete(r.refused, i, i+1)
	return s, nil
}

// People is everybody who has written.
func (r *Replica) People(context.Context) (hits []ui.Hit, err error) {
	for _, id := range slices.SortedFunc(maps.Keys(r.people), func(a, b app.ID) int { return cmp.Compare(r.people[a], r.people[b]) }) {
		hits = append(hits, ui.Hit{Ref: app.Ref{Kind: app.PersonKind, ID: id}, Title: r.people[id]})
	}
	return hits, r.asked("people")
}

// Person is the reference of a name.
func (r *Replica) Person(name string) app.Ref {
	return app.Ref{Kind: app.PersonKind, ID: r.person(name)}
}
