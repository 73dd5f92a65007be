package notice

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"daicho/app"
	"daicho/app/notice"
	"daicho/store"
)

// Outbox sends notices that are due.
type Outbox struct {
	Replica *store.Replica
	Carry   map[notice.Way]Carrier // a way that is missing fails for good
	Now     app.Clock
	Log     *slog.Logger // is told no address and no text
}

// Carrier hands a notice to who delivers it. An error that is a [Refusal] is for
// good; any other is tried again.
type Carrier interface {
	Carry(ctx context.Context, n *notice.Notice) error
}

// Refusal is an answer that will be the same next time.
type Refusal struct{ Detail string }

// Error implements error.
func (r *Refusal) Error() string { return r.Detail }

const (
	firstPause = 30 * time.Second
	lastPause  = 30 * time.Minute
	patience   = 24 * time.Hour // after which a notice is given up, until a person has it sent again
	perPass    = 100            // attempts of one way
)

var errNoWay = &Refusal{"no settings for this way"}

// Pass sends all that is due, and what an earlier run began and never ended. It
// returns an error where the replica failed; what a receiver did stands in the notice.
// Each way goes by itself: a mail server that hangs keeps no web hook waiting, and
// however many mails wait for it, what is due by other ways is among what is seen.
func (o *Outbox) Pass(ctx context.Context) error {
	due := map[notice.Way][]*notice.Notice{}
	for _, where := range [][]app.Cond{
		{app.Where("state", "=", string(notice.Sending))},
		{app.Where("state", "=", string(notice.Waiting)), app.Where("due", "<=", int64(app.StampOf(o.Now())))},
	} {
		list, err := app.Every(ctx, o.Replica, notice.Register, app.Query{Where: where, Sort: "due"})
		if err != nil {
			return err
		}
		for _, n := range list {
			due[n.Way] = append(due[n.Way], n)
		}
	}
	var all sync.WaitGroup
	var mu sync.Mutex
	var errs error
	for _, list := range due {
		all.Go(func() {
			err := o.each(ctx, list)
			mu.Lock()
			errs = errors.Join(errs, err)
			mu.Unlock()
		})
	}
	all.Wait()
	return errs
}

// each sends notices of one way one by one, alarms first, so many that what comes
// meanwhile need not wait long. Where a receiver cannot take one now, the others for it
// are left for the next pass: there may be many, and each may wait long for no answer.
func (o *Outbox) each(ctx context.Context, list []*notice.Notice) error {
	slices.SortStableFunc(list, func(a, b *notice.Notice) int { return strings.Compare(b.Chain, a.Chain) })
	away, tried := map[string]bool{}, 0
	for _, n := range list {
		at := receiver(n)
		if away[at] {
			continue
		}
		if tried++; tried > perPass {
			break
		}
		if err := o.send(ctx, n); err != nil {
			return err
		}
		away[at] = n.State == notice.Waiting
	}
	return nil
}

// receiver is whose machine takes a notice: of mails always the one mail server.
func receiver(n *notice.Notice) string {
	if n.Way == notice.Mail {
		return ""
	}
	return n.To
}

// settled says whether somebody has acknowledged a notice of the chain.
func (o *Outbox) settled(ctx context.Context, n *notice.Notice) (bool, error) {
	if n.Chain == "" {
		return false, nil
	}
	all, err := app.Every(ctx, o.Replica, notice.Register, app.Query{Where: []app.Cond{app.Where("chain", "=", n.Chain)}})
	return slices.ContainsFunc(all, func(n *notice.Notice) bool { return n.State == notice.Acknowledged }), err
}

// send asks people where it is theirs to do, or makes one attempt: noted before, so that after a kill it is known that a copy
// may be under way, and after.
func (o *Outbox) send(ctx context.Context, n *notice.Notice) error {
	if n.State == notice.Waiting {
		settled, err := o.settled(ctx, n)
		if err != nil {
			return err
		}
		if settled {
			return o.do(ctx, n, "spare", notice.Ending{})
		}
	}
	if n.ByPeople() {
		return o.do(ctx, n, "ask", notice.Ending{})
	}
	if err := o.do(ctx, n, "begin", notice.Ending{}); err != nil || n.State != notice.Sending {
		return err
	}
	carrier := o.Carry[n.Way]
	err := error(errNoWay)
	if carrier != nil {
		err = carrier.Carry(ctx, n)
	}
	if err != nil && ctx.Err() != nil {
		return ctx.Err() // nobody knows how it ended
	}
	e := o.judged(n, err)
	o.Log.Info("notice", "id", n.Ref.ID.String(), "way", string(n.Way), "result", string(e.Result), "attempt", len(n.Attempts))
	return o.do(context.WithoutCancel(ctx), n, "end", e)
}

// judged says what an attempt came to.
func (o *Outbox) judged(n *notice.Notice, err error) notice.Ending {
	var refused *Refusal
	now, tries := o.Now(), n.Tries()
	switch {
	case err == nil:
		return notice.Ending{Result: notice.OK}
	case errors.As(err, &refused), now.Sub(tries[0].At.Time()) > patience:
		return notice.Ending{Result: notice.Failed, Detail: err.Error()}
	}
	pause := min(firstPause<<min(len(tries)-1, 10), lastPause)
	return notice.Ending{Result: notice.Later, Detail: err.Error(), Due: app.StampOf(now.Add(pause))}
}

func (o *Outbox) do(ctx context.Context, n *notice.Notice, command string, e notice.Ending) error {
	var args app.Doc
	if command == "end" {
		args = e.Doc()
	}
	return o.Replica.Write(ctx, o.Replica.Actor(), func(tx *store.Tx) error { return tx.Do(n, command, args) })
}
