package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/alecthomas/kong"

	"daicho/app"
	"daicho/cmd/cli"
	"daicho/store"
)

// rejectVerb is about own changes that the server did not take. Each waits for
// a person: to make it again, or to be done with it.
type rejectVerb struct {
	List      rejectList      `cmd:"" help:"List changes of this device that the server refused or keeps back."`
	Show      rejectShow      `cmd:"" help:"Show what one of them wanted, why it was refused, and what there is now."`
	Retry     rejectRetry     `cmd:"" help:"Make it again, against what there is now."`
	Copy      rejectCopy      `cmd:"" help:"Print what it wanted, to be entered elsewhere."`
	Dismiss   rejectDismiss   `cmd:"" help:"Be done with it; the decision is a record that others read, too."`
	Dismissed rejectDismissed `cmd:"" help:"List changes that people were done with, of all devices."`
}

type rejectList struct {
	JSON bool `name:"json" help:"Print one JSON array."`
}

// Run lists.
func (v *rejectList) Run(ctx context.Context, s *session) error {
	return s.with(ctx, func(r *store.Replica) error {
		sent, err := r.Rejected(ctx)
		if err != nil {
			return err
		}
		return s.printSent(sent, v.JSON)
	})
}

// rejectOne names one change.
type rejectOne struct {
	Seq uint64 `arg:"" help:"Number of the change, as the list shows it."`
}

// with finds the change.
func (v *rejectOne) with(ctx context.Context, s *session, f func(*store.Replica, *app.Sent) error) error {
	return s.with(ctx, func(r *store.Replica) error {
		sent, err := r.Rejected(ctx)
		if err != nil {
			return err
		}
		for i := range sent {
			if sent[i].Seq == v.Seq {
				return ofChange(v.Seq, f(r, &sent[i]))
			}
		}
		return cli.Errorf("変更%dは、差し戻された変更ではありません。「daichoctl reject list」で確かめてください。", "change %d: not one that was refused; 'daichoctl reject list' has them", v.Seq)
	})
}

func ofChange(seq uint64, err error) error {
	if err != nil {
		return fmt.Errorf("change %d: %w", seq, err)
	}
	return nil
}

// wishes are what the change wanted, line by line.
func (s *session) wishes(ctx context.Context, r *store.Replica, c *app.Sent) ([]app.Wish, error) {
	g, err := s.book.Registers.Of(c.Ref.Kind)
	if err != nil {
		return nil, err
	}
	now, err := r.Get(ctx, c.Ref)
	if app.IsCode(err, app.NotFound) { // it was to be made
		now, err = nil, nil
	}
	if err != nil {
		return nil, err
	}
	return c.Wishes(g, now, namesOf(ctx, r), app.JA), nil
}

type rejectShow struct {
	rejectOne
	JSON bool `name:"json" help:"Print one JSON object."`
}

// wish is a line of a change as it is printed.
type wish struct {
	Label  label  `json:"label"`
	Was    string `json:"was"`
	Wanted string `json:"wanted"`
	Now    string `json:"now"`
	Looked bool   `json:"looked"` // it was decided on, not set
}

// Run shows.
func (v *rejectShow) Run(ctx context.Context, s *session) error {
	return v.with(ctx, s, func(r *store.Replica, c *app.Sent) error {
		list, err := s.wishes(ctx, r, c)
		if err != nil {
			return err
		}
		if v.JSON {
			return s.printReject(c, list)
		}
		t := table{}
		t.add(strconv.FormatUint(c.Seq, 10), string(c.Ref.Kind), nameOf(c.Ref, c.Number), act(c.Event), shortened(c.Title, most))
		t.add(moment(c.At), app.Certainty(c.Err).EN, placeOf(c.Event), string(c.Code), c.Field)
		if err := t.write(s.console.Out); err != nil {
			return err
		}
		fmt.Fprintf(s.console.Out, "%s\n%s\n\n", c.Say.JA, c.Say.EN)
		t = table{}
		t.add("項目", "変更前", "入力した値", "現在の値")
		for _, w := range list {
			t.add(w.Label.JA, shortened(w.Was, most), shortened(w.Wanted, most), shortened(w.Now, most))
		}
		return t.write(s.console.Out)
	})
}

func (s *session) printReject(c *app.Sent, list []app.Wish) error {
	out := struct {
		waiting
		Code   app.Code `json:"code"`
		Wishes []wish   `json:"wishes"`
	}{s.waiting([]app.Sent{*c})[0], c.Code, []wish{}}
	for _, w := range list {
		out.Wishes = append(out.Wishes, wish{label(w.Label), w.Was, w.Wanted, w.Now, w.Looked})
	}
	return printJSON(s.console.Out, out)
}

type rejectRetry struct{ rejectOne }

// Run tries again.
func (v *rejectRetry) Run(ctx context.Context, s *session) error {
	return v.with(ctx, s, func(r *store.Replica, c *app.Sent) error { return r.Retry(ctx, r.Actor(), c.Seq) })
}

type rejectCopy struct {
	rejectOne
	JSON bool `name:"json" help:"Print one JSON object."`
}

// Run prints.
func (v *rejectCopy) Run(ctx context.Context, s *session) error {
	return v.with(ctx, s, func(r *store.Replica, c *app.Sent) error {
		list, err := s.wishes(ctx, r, c)
		if err != nil {
			return err
		}
		if v.JSON {
			return s.printReject(c, list)
		}
		_, err = fmt.Fprint(s.console.Out, app.WishText(list, app.JA))
		return err
	})
}

type rejectDismiss struct {
	rejectOne
	Because string `placeholder:"TEXT" help:"Why; others read it."`
}

// Run dismisses.
func (v *rejectDismiss) Run(ctx context.Context, s *session) error {
	return v.with(ctx, s, func(r *store.Replica, c *app.Sent) error { return r.Dismiss(ctx, r.Actor(), c.Seq, v.Because) })
}

type rejectDismissed struct{ listVerb }

// AfterApply gives it the register of dismissals.
func (v *rejectDismissed) AfterApply(bind *kong.Context) error {
	bind.BindTo(app.Dismissals, (*app.AnyRegister)(nil))
	return nil
}

// Run lists.
func (v *rejectDismissed) Run(ctx context.Context, s *session, g app.AnyRegister) error {
	if len(v.Columns) == 0 {
		v.Columns = []string{"at", "said", "command", "why_ja", "reason"}
	}
	return v.listVerb.Run(ctx, s, g)
}
