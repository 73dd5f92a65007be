package keys

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"daicho/store/durable"
)

// tries is the count of wrong tries, in a file beside the envelope.
type tries struct {
	Wrong int   `json:"wrong"` // since the last right one; lastStep stands for all above
	Clock int64 `json:"clock"` // highest clock that was read when one was counted, ms since 1970 UTC
}

// maxTriesFile bounds what is read of the file, in bytes.
const maxTriesFile = 4096

// triesPath is where the count of a replica stands. Both its envelopes share it.
func (f Folder) triesPath(id ID) string { return filepath.Join(f.dir, string(id)+".tries") }

// tries reads the count as it holds at now. One that is damaged counts as the last
// step, from now; one of a clock that was far ahead, and has been set right since,
// counts from now, too. Both are written at once, so that the wait ends; where they
// cannot be, nothing is counted.
func (f Folder) tries(id ID, now time.Time) tries {
	if !wellFormed.MatchString(string(id)) {
		return tries{}
	}
	b, err := readUpTo(f.triesPath(id), maxTriesFile)
	if err != nil {
		return tries{}
	}
	count, sound := decodeTries(b)
	healed := count.healed(now, sound)
	if healed != count && f.keepTries(id, healed) != nil {
		return tries{}
	}
	return healed
}

func (t tries) healed(now time.Time, sound bool) tries {
	switch {
	case !sound:
		return tries{Wrong: lastStep, Clock: now.UnixMilli()}
	case now.Before(t.clock().Add(-longestWait)):
		return tries{Wrong: t.Wrong, Clock: now.UnixMilli()}
	}
	return t
}

func (t tries) clock() time.Time { return time.UnixMilli(t.Clock).UTC() }

// until is when the wait after the last wrong try ends, in the past if there is none.
func (t tries) until() time.Time {
	if t.Wrong < freeTries {
		return time.Time{}
	}
	return t.clock().Add(min(firstWait<<(t.Wrong-freeTries), longestWait))
}

// oneMore counts a wrong try. Its clock never goes back.
func (t tries) oneMore(now time.Time) tries {
	return tries{Wrong: min(t.Wrong+1, lastStep), Clock: max(t.Clock, now.UnixMilli())}
}

func (f Folder) keepTries(id ID, t tries) error {
	b, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return durable.Replace(f.triesPath(id), append(b, '\n'))
}

// decodeTries reads a count, and reports whether it is one.
func decodeTries(b []byte) (t tries, sound bool) {
	if json.Unmarshal(b, &t) != nil || t.Wrong < 0 || t.Clock < 0 || t.Clock > maxClock {
		return tries{}, false
	}
	t.Wrong = min(t.Wrong, lastStep)
	return t, true
}

// maxClock is the year 9999, in ms since 1970 UTC.
const maxClock = 253402300799999

// readUpTo reads a file of at most that many bytes. A longer one is cut.
func readUpTo(path string, most int64) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(io.LimitReader(file, most))
	return b, errors.Join(err, file.Close())
}
