package keys

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daicho/app"
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// guesser is somebody at the screen who never guesses right.
type guesser struct {
	f     Folder
	id    ID
	tried int // how often the passphrase was really tried
}

func (g *guesser) open(context.Context, Folder, ID) (DataKey, error) {
	g.tried++
	return DataKey{}, wrongPassphrase()
}

func (g *guesser) guess(now time.Time) error {
	_, err := g.f.Open(context.Background(), g.id, Throttle(g, now))
	return err
}

// TestWaits is the story of who types wrong passphrases.
func TestWaits(t *testing.T) {
	f, id, key := made(t)
	g, now := &guesser{f: f, id: id}, monday
	for n := range freeTries {
		if a := f.Attempts(id, now); a != (Attempts{Left: freeTries - n}) {
			t.Errorf("before %d: %+v", n, a)
		}
		if err := g.guess(now); !errors.Is(err, ErrWrongPassphrase) {
			t.Errorf("free try %d: %v", n, err)
		}
	}
	for _, wait := range []string{"30 秒", "60 秒", "2 分", "4 分", "8 分", "16 分", "32 分", "60 分", "60 分"} {
		before := g.tried
		err := g.guess(now)
		if !errors.Is(err, ErrWait) || !strings.Contains(app.ErrorOf(err).Say.JA, "あと "+wait+"お待ち") {
			t.Errorf("want %s, got %v", wait, err)
		}
		a := f.Attempts(id, now)
		if _, err := f.Open(t.Context(), id, Throttle(Passphrase("合言葉"), a.Until.Add(-1))); !errors.Is(err, ErrWait) || a.Left != 0 || g.tried != before {
			t.Errorf("the right one, too early: %v, %+v", err, a)
		}
		if now = a.Until; f.Attempts(id, now) != (Attempts{Left: 1}) {
			t.Errorf("after the wait: %+v", f.Attempts(id, now))
		}
		if err := g.guess(now); !errors.Is(err, ErrWrongPassphrase) {
			t.Errorf("after %s: %v", wait, err)
		}
	}
	now = now.Add(longestWait)
	if got, err := f.Open(t.Context(), id, Throttle(Passphrase("合言葉"), now)); err != nil || got != key {
		t.Errorf("the right one: %v", err)
	}
	if a := f.Attempts(id, now); a != (Attempts{Left: freeTries}) {
		t.Errorf("after it: %+v", a)
	}
}

// TestWhatCounts: recovery keys and shares wait, too; the keyring does not, and
// what is wrong otherwise is not counted.
func TestWhatCounts(t *testing.T) {
	f, id, key, ring := full(t)
	ways := wayIn(t, f, id, key)
	shares, err := f.NewShares(id, key)
	must(t, err)
	forged := shares[1]
	forged.part[0]++
	for name, c := range map[string]struct {
		how   Opener
		count int
	}{
		"passphrase":        {Passphrase("x"), 1},
		"recovery key":      {RecoveryKey{}, 1},
		"shares":            {Pair{shares[0], forged}, 1},
		"the same share":    {Pair{shares[0], shares[0]}, 0},
		"keyring":           {Keyring{}, 0},
		"right recovery":    {ways[2], 0},
		"right shares":      {Pair{shares[0], shares[2]}, 0},
		"another replica's": {Pair{}, 0},
	} {
		must(t, f.keepTries(id, tries{}))
		if f.Open(t.Context(), id, Throttle(c.how, monday)); f.tries(id, monday).Wrong != c.count {
			t.Errorf("%s: counted %d", name, f.tries(id, monday).Wrong)
		}
	}
	must(t, f.keepTries(id, tries{lastStep, monday.UnixMilli()}))
	if got, err := f.Open(t.Context(), id, Throttle(Keyring{}, monday)); err != nil || got != key {
		t.Errorf("keyring while others wait: %v", err)
	}
	ring.fail = errors.New("locked")
	if _, err := f.Open(t.Context(), id, Throttle(Keyring{}, monday)); !errors.Is(err, ErrKeyringLocked) {
		t.Errorf("locked: %v", err)
	}
}

// TestDamagedCount: whatever stands in the file, the longest wait is the most that
// it can cost.
func TestDamagedCount(t *testing.T) {
	f, id, key := made(t)
	for _, text := range []string{"", "{", "null 1", `{"wrong":-1}`, `{"wrong":1e99}`, `{"clock":-1}`, `{"wrong":9,"clock":9e18}`, strings.Repeat(" ", maxTriesFile) + "{}"} {
		must(t, os.WriteFile(f.triesPath(id), []byte(text), 0o600))
		_, err := f.Open(t.Context(), id, Throttle(Passphrase("合言葉"), monday))
		if !errors.Is(err, ErrWait) || f.Attempts(id, monday).Until != monday.Add(longestWait) {
			t.Errorf("%.20q: %v, %+v", text, err, f.Attempts(id, monday))
		}
		if got, err := f.Open(t.Context(), id, Throttle(Passphrase("合言葉"), monday.Add(longestWait))); err != nil || got != key {
			t.Errorf("%.20q, an hour later: %v", text, err)
		}
	}
	must(t, os.WriteFile(f.triesPath(id), []byte(`{"wrong":99,"clock":0,"later":"field"}`), 0o600))
	if got, err := f.Open(t.Context(), id, Throttle(Passphrase("合言葉"), monday)); err != nil || got != key {
		t.Errorf("long ago: %v", err)
	}
}

// TestClockIsSet: putting the clock back does not shorten a wait; a clock that was
// years ahead does not lengthen it beyond the longest.
func TestClockIsSet(t *testing.T) {
	f, id, _ := made(t)
	g := &guesser{f: f, id: id}
	must(t, f.keepTries(id, tries{lastStep, monday.UnixMilli()}))
	if a := f.Attempts(id, monday.Add(-time.Minute)); a.Until != monday.Add(longestWait) {
		t.Errorf("a little back: %+v", a)
	}
	must(t, f.keepTries(id, tries{freeTries - 1, monday.UnixMilli()}))
	g.guess(monday.Add(-longestWait / 2))
	if a := f.Attempts(id, monday.Add(-longestWait/2)); a.Until != monday.Add(firstWait) {
		t.Errorf("counted by a clock put back: %+v", a)
	}
	must(t, f.keepTries(id, tries{lastStep, monday.AddDate(70, 0, 0).UnixMilli()}))
	if a := f.Attempts(id, monday); a.Until != monday.Add(longestWait) {
		t.Errorf("set right: %+v", a)
	}
	if err := g.guess(monday.Add(longestWait)); !errors.Is(err, ErrWrongPassphrase) {
		t.Errorf("an hour after: %v", err)
	}
}

// TestWaitingEnds: whatever the file holds and however the clock jumps, who waits
// for the time that he is told, by a clock that goes on, can try.
func TestWaitingEnds(t *testing.T) {
	f, id, _ := made(t)
	rapid.Check(t, func(t *rapid.T) {
		if err := os.WriteFile(f.triesPath(id), rapid.OneOf(rapid.SliceOf(rapid.Byte()), rapid.Just([]byte("{}"))).Draw(t, "file"), 0o600); err != nil {
			t.Fatal(err)
		}
		g, now := &guesser{f: f, id: id}, monday
		for range rapid.IntRange(0, 30).Draw(t, "guesses") {
			now = now.Add(time.Duration(rapid.Int64Range(-1e17, 1e17).Draw(t, "jump"))) // three years
			g.guess(now)
		}
		if a := f.Attempts(id, now); !a.Until.IsZero() {
			if a.Until.After(now.Add(2 * longestWait)) {
				t.Fatalf("waits until %v at %v", a.Until, now)
			}
			now = a.Until
		}
		if err := g.guess(now); !errors.Is(err, ErrWrongPassphrase) {
			t.Fatalf("got %v", err)
		}
	})
}

// TestCountIsAFolder: a count that can be neither read nor written keeps nobody out.
func TestCountIsAFolder(t *testing.T) {
	f, id, key := made(t)
	must(t, os.Mkdir(f.triesPath(id), 0o700))
	nobodyWaits(t, f, id, key)
}

func nobodyWaits(t *testing.T, f Folder, id ID, key DataKey) {
	t.Helper()
	g := &guesser{f: f, id: id}
	for range 2 * freeTries {
		if err := g.guess(monday); !errors.Is(err, ErrWrongPassphrase) {
			t.Errorf("a guess: %v", err)
		}
	}
	if got, err := f.Open(t.Context(), id, Throttle(Passphrase("合言葉"), monday)); err != nil || got != key {
		t.Errorf("the right one: %v", err)
	}
}

func FuzzTries(f *testing.F) {
	f.Add([]byte(`{"wrong":5,"clock":1795424400000}`))
	f.Add([]byte(`{"wrong":-1`))
	f.Fuzz(func(t *testing.T, b []byte) {
		count, sound := decodeTries(b)
		if !sound && count != (tries{}) || count.Wrong < 0 || count.Wrong > lastStep || count.until().After(count.clock().Add(longestWait)) {
			t.Errorf("%q: %+v", b, count)
		}
	})
}
