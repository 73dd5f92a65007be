package keys

import (
	"context"
	"errors"
	"time"
)

// freeTries may be wrong before each further one has to wait: firstWait, and twice
// as long each time, up to longestWait.
const (
	freeTries   = 5
	firstWait   = 30 * time.Second
	longestWait = time.Hour
	lastStep    = freeTries + 7 // wrong tries after which the wait is the longest
)

// Throttle makes how wait after wrong tries, which are counted beside the
// envelope: after five 30 seconds, then twice as long each time, up to an hour. A
// try that comes too early is not tried and gives ErrWait; one that opens sets the
// count to zero. The keyring, at which nobody guesses, never waits. now is the
// wall clock.
//
// It is a rule of this program against who sits at the screen. Where the count
// cannot be written, nobody waits: it must never be what keeps the owner out.
func Throttle(how Opener, now time.Time) Opener {
	if _, ok := how.(Keyring); ok {
		return how
	}
	return throttled{how, now}
}

type throttled struct {
	how Opener
	now time.Time
}

func (t throttled) open(ctx context.Context, f Folder, id ID) (DataKey, error) {
	count := f.tries(id, t.now)
	if until := count.until(); until.After(t.now) {
		return DataKey{}, wait(until.Sub(t.now))
	}
	key, err := t.how.open(ctx, f, id)
	switch {
	case wrong(err):
		f.keepTries(id, count.oneMore(t.now))
	case err == nil && count.Wrong > 0:
		f.keepTries(id, tries{Clock: count.Clock})
	}
	return key, err
}

// wrong reports whether err says that somebody may have guessed.
func wrong(err error) bool {
	return errors.Is(err, ErrWrongPassphrase) || errors.Is(err, ErrWrongRecoveryKey) || errors.Is(err, ErrWrongShares)
}

// Attempts is what [Throttle] allows at a moment.
type Attempts struct {
	Left  int       // tries before the next wait; 0 while waiting
	Until time.Time // when the wait ends; zero: there is none
}

// Attempts tells what Throttle would allow now, the wall clock.
func (f Folder) Attempts(id ID, now time.Time) Attempts {
	count := f.tries(id, now)
	if until := count.until(); until.After(now) {
		return Attempts{Until: until}
	}
	return Attempts{Left: max(freeTries-count.Wrong, 1)}
}
