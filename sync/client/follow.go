package client

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"daicho/app"
)

// After a failure the next try comes after a random part of a span that
// doubles from the first to the last: devices that lost their server together
// must not come back together. What needs a person is tried rarely.
const (
	firstPause  = 2 * time.Second
	lastPause   = time.Minute
	personPause = 5 * time.Minute
)

// Wait asks the server to answer when it has more than the replica, or after
// half a minute; it says whether there is news.
func Wait(ctx context.Context, p Port, o Options) (news bool, err error) {
	s, err := open(ctx, p, o)
	if err != nil {
		return false, err
	}
	defer s.close()
	return s.news(ctx)
}

func (s *session) news(ctx context.Context) (bool, error) {
	_, gsn, err := s.port.Cursor(ctx)
	if err != nil {
		return false, err
	}
	out, err := s.wait(ctx, gsn)
	return err == nil && out.Head > gsn, err
}

// Follow syncs at once, whenever wake is sent to, whenever the server has
// news, and every half minute; heard hears how each went. It returns when ctx
// ends, by [Options].Quit, or after an [Order]. A replica that is not enrolled yet is looked at again at each wake.
func Follow(ctx context.Context, p Port, o Options, wake <-chan struct{}, heard func(Result, error)) {
	pause := firstPause
	for ctx.Err() == nil && !o.quitting() {
		s, err := open(ctx, p, o)
		if err != nil {
			heard(Result{Err: app.Unknown}, err)
			rest(ctx, personPause, wake, o.Quit)
			continue
		}
		err = s.follow(ctx, wake, heard, func() { pause = firstPause })
		s.close()
		if order := (*Order)(nil); errors.As(err, &order) {
			return // there is nothing left to follow with
		}
		if !app.IsCode(err, app.Failed) {
			rest(ctx, personPause, wake, o.Quit)
			continue
		}
		rest(ctx, rand.N(pause), wake, o.Quit)
		pause = min(2*pause, lastPause)
	}
}

func (o *Options) quitting() bool {
	select {
	case <-o.Quit:
		return true
	default:
		return false
	}
}

// follow goes on until something fails, or it is to end. A device that is shut
// out while it waits is told no more than that: the next sync finds out why, and
// whether it is to erase itself.
func (s *session) follow(ctx context.Context, wake <-chan struct{}, heard func(Result, error), went func()) error {
	for turned := false; ; {
		done, err := s.sync(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		heard(done, err)
		if err != nil {
			return err
		}
		went()
		again, err := s.remember(ctx, wake)
		if err != nil {
			return err
		}
		if again && !s.o.quitting() {
			continue
		}
		err = s.listen(ctx, wake)
		if app.IsCode(err, app.Forbidden) && !turned {
			turned = true
			continue
		}
		if err != nil || s.o.quitting() {
			return err
		}
		turned = false
	}
}

// listen waits for news or to be woken.
func (s *session) listen(ctx context.Context, wake <-chan struct{}) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	heard := make(chan error, 1)
	go func() {
		_, err := s.news(ctx)
		heard <- err
	}()
	select {
	case err := <-heard:
		return err
	case <-wake:
	case <-s.o.Quit:
	}
	stop()
	<-heard // the session speaks one word at a time
	return nil
}

// rest waits for some time, to be woken, or to end.
func rest(ctx context.Context, d time.Duration, wake, quit <-chan struct{}) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-wake:
	case <-quit:
	case <-t.C:
	}
}
