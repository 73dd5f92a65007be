package polite

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
	"time"

	"daicho/app"
)

// Pace is the most that is read in a second; 0 is no limit.
type Pace struct {
	Bytes float64
	Files float64 // that are opened
}

var units = []struct {
	name  string
	bytes float64
}{{"kB/s", 1e3}, {"MB/s", 1e6}, {"GB/s", 1e9}}

// ParsePace reads 5MB/s, 20files/s, or both with a comma between them.
func ParsePace(text string) (p Pace, err error) {
	for part := range strings.SplitSeq(text, ",") {
		if err = p.add(strings.TrimSpace(part)); err != nil {
			return Pace{}, err
		}
	}
	return p, nil
}

func (p *Pace) add(part string) error {
	if n, is := amount(part, "files/s"); is {
		p.Files = n
		return nil
	}
	for _, u := range units {
		if n, is := amount(part, u.name); is {
			p.Bytes = n * u.bytes
			return nil
		}
	}
	return app.Refuse(app.Invalid, "", fmt.Sprintf("「%s」は速さとして読めません。5MB/s、20files/s、5MB/s,20files/s のいずれかの形で指定してください。", part), fmt.Sprintf("%q: write a pace as 5MB/s, 20files/s or 5MB/s,20files/s", part))
}

// amount is the number before a unit: 0.001 at least, so that no wait is for ever.
func amount(part, unit string) (n float64, is bool) {
	number, is := strings.CutSuffix(strings.ToLower(part), strings.ToLower(unit))
	n, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	return n, is && err == nil && n >= 0.001 && n <= 1e6 && !math.IsNaN(n)
}

// turns hands out moments, so many in a second, in the order in which they are asked for.
type turns struct {
	mu   sync.Mutex
	next time.Time
}

// take says how long to wait for a turn that costs n of rate in a second.
func (t *turns) take(now time.Time, n, rate float64) time.Duration {
	if rate == 0 {
		return 0
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.next.Before(now) {
		t.next = now
	}
	wait := t.next.Sub(now)
	t.next = t.next.Add(time.Duration(n / rate * float64(time.Second)))
	return wait
}
