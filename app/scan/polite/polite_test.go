package polite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"daicho/app/civil"
)

func at(t *testing.T, text string) time.Time {
	t.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04", text, civil.Tokyo)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

// TestHours: 2026-11-23 is a Monday.
func TestHours(t *testing.T) {
	for _, c := range []struct{ hours, now, next string }{
		{"Mon-Fri 20:00-06:00", "2026-11-23 19:59", "2026-11-23 20:00"},
		{"Mon-Fri 20:00-06:00", "2026-11-23 20:00", ""},
		{"Mon-Fri 20:00-06:00", "2026-11-24 05:59", ""},
		{"Mon-Fri 20:00-06:00", "2026-11-24 06:00", "2026-11-24 20:00"},
		{"Mon-Fri 20:00-06:00", "2026-11-23 05:00", "2026-11-23 20:00"}, // Sunday's night is none
		{"Mon-Fri 20:00-06:00", "2026-11-28 05:59", ""},                 // Friday's night
		{"Mon-Fri 20:00-06:00", "2026-11-28 06:00", "2026-11-30 20:00"},
		{"sat,SUN", "2026-11-28 00:00", ""},
		{"sat,SUN", "2026-11-29 23:59", ""},
		{"sat,SUN", "2026-11-30 00:00", "2026-12-05 00:00"},
		{"Fri-Mon 8:30-12:00", "2026-11-30 08:30", ""},
		{"Sun 22:00-02:00", "2026-11-30 01:59", ""},
		{"月-金 20:00-6:00, 土, 日", "2026-11-29 12:00", ""},
		{"月 0:00-24:00", "2026-11-24 00:00", "2026-11-30 00:00"},
	} {
		h, err := ParseHours(c.hours)
		if err != nil {
			t.Fatal(err)
		}
		now := at(t, c.now).UTC()
		want := now
		if c.next != "" {
			want = at(t, c.next)
		}
		if open, next := h.Open(now); open != (c.next == "") || !next.Equal(want) {
			t.Errorf("%s at %s: %v, next %v", c.hours, c.now, open, next.In(civil.Tokyo))
		}
	}
}

func TestNoHours(t *testing.T) {
	for _, text := range []string{"", "Mon,", "Mon 6:00", "Mon 06:00-06:00", "Mon 24:00-06:00", "Mon 06:60-07:00", "Mon 25:00-26:00", "Mon 6-7", "Mon- 6:00-7:00", "Funday", "Mon 6:00 7:00 8:00", "Mon +6:00-7:00"} {
		if _, err := ParseHours(text); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}

func FuzzParseHours(f *testing.F) {
	f.Add("Mon-Fri 20:00-06:00, Sat, Sun")
	f.Add("月-金 20:00-6:00, 土, 日")
	now := time.Date(2026, 11, 23, 3, 0, 30, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		h, err := ParseHours(text)
		if err != nil {
			return
		}
		open, next := h.Open(now)
		if next.IsZero() {
			t.Fatalf("%q is never", text)
		}
		if again, _ := h.Open(next); !again || open != next.Equal(now) {
			t.Errorf("%q: %v, %v", text, open, next)
		}
	})
}

func TestPace(t *testing.T) {
	for text, want := range map[string]Pace{
		"5MB/s": {Bytes: 5e6}, "0.5 mb/s": {Bytes: 5e5}, "20files/s": {Files: 20}, "1GB/s, 3files/s": {1e9, 3}, "100kB/s": {Bytes: 1e5},
	} {
		if got, err := ParsePace(text); err != nil || got != want {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "5", "MB/s", "-1MB/s", "0MB/s", "NaNMB/s", "infMB/s", "5MB", "5MB/s,"} {
		if got, err := ParsePace(text); err == nil {
			t.Errorf("%q is %+v", text, got)
		}
	}
}

func FuzzParsePace(f *testing.F) {
	f.Add("5MB/s,20files/s")
	f.Fuzz(func(t *testing.T, text string) {
		if p, err := ParsePace(text); err == nil && !(p.Bytes > 0 || p.Files > 0) {
			t.Errorf("%q is no pace: %+v", text, p)
		}
	})
}

// hands is a clock whose time passes by sleeping alone.
type hands struct{ now time.Time }

func (h *hands) clock() Clock {
	return Clock{Now: func() time.Time { return h.now }, Sleep: func(ctx context.Context, d time.Duration) error {
		h.now = h.now.Add(d)
		return ctx.Err()
	}}
}

// TestGateKeepsThePace: a thousand reads take as long as the pace says, whoever asks.
func TestGateKeepsThePace(t *testing.T) {
	h := &hands{at(t, "2026-11-23 12:00")}
	begin := h.now
	g := &Gate{Clock: h.clock(), Pace: Pace{Bytes: 1e6, Files: 10}}
	var waited time.Duration
	for range 1000 {
		w, err := g.Bytes(t.Context(), 64_000)
		if err != nil {
			t.Fatal(err)
		}
		waited += w
	}
	if took := h.now.Sub(begin); took != 999*64*time.Millisecond || waited != took {
		t.Errorf("64 MB at 1 MB/s took %v, and %v were told", took, waited)
	}
	begin = h.now
	for range 101 {
		if err := g.File(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if took := h.now.Sub(begin); took != 10*time.Second {
		t.Errorf("101 files at 10 a second took %v", took)
	}
}

// TestGateWaits: outside its hours, on battery and while it is paused, and tells each
// change once.
func TestGateWaits(t *testing.T) {
	h := &hands{at(t, "2026-11-23 19:00")}
	hours, err := ParseHours("Mon-Fri 20:00-06:00")
	if err != nil {
		t.Fatal(err)
	}
	full := at(t, "2026-11-23 20:30")
	var told []Reason
	g := &Gate{Clock: h.clock(), Hours: hours, Battery: func() bool { return h.now.Before(full) }, Tell: func(r Reason) { told = append(told, r) }}
	if err := g.Wait(t.Context()); err != nil || h.now.Before(full) || h.now.Sub(full) > glance {
		t.Errorf("it went on at %v (%v), want %v", h.now, err, full)
	}
	g.Pause()
	ctx, cancel := context.WithCancel(t.Context())
	g.Clock.Sleep = func(context.Context, time.Duration) error {
		cancel()
		return ctx.Err()
	}
	if err := g.Wait(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("paused: %v", err)
	}
	g.Resume()
	if err := g.Wait(t.Context()); err != nil {
		t.Errorf("resumed: %v", err)
	}
	if want := []Reason{OffHours, OnBattery, Goes, Paused, Goes}; !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
}

func TestOnBattery(t *testing.T) {
	for name, c := range map[string]struct {
		supplies map[string]map[string]string
		want     bool
	}{
		"a desktop":              {nil, false},
		"a laptop that is away":  {map[string]map[string]string{"AC": {"type": "Mains", "online": "0"}, "BAT0": {"type": "Battery", "status": "Discharging"}}, true},
		"a laptop on its dock":   {map[string]map[string]string{"AC": {"type": "Mains", "online": "0"}, "BAT0": {"type": "Battery", "status": "Charging"}, "usb": {"type": "USB", "online": "1"}}, false},
		"a full laptop on mains": {map[string]map[string]string{"AC": {"type": "Mains", "online": "1"}, "BAT0": {"type": "Battery", "status": "Full"}}, false},
		"two batteries":          {map[string]map[string]string{"BAT0": {"type": "Battery", "status": "Unknown"}, "BAT1": {"type": "Battery", "status": "Discharging"}}, true},
		"a mouse":                {map[string]map[string]string{"hid": {"type": "Battery", "scope": "Device", "status": "Discharging"}}, false},
	} {
		dir := filepath.Join(t.TempDir(), "power_supply")
		for supply, says := range c.supplies {
			for file, text := range says {
				if err := errors.Join(os.MkdirAll(filepath.Join(dir, supply), 0o755), os.WriteFile(filepath.Join(dir, supply, file), []byte(text+"\n"), 0o644)); err != nil {
					t.Fatal(err)
				}
			}
		}
		if got := onBattery(dir); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
