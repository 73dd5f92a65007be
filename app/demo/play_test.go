package demo_test

import (
	"bytes"
	"crypto/rand"
	"path/filepath"
	"slices"
	"testing"

	"daicho/app"
	"daicho/app/demo"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/keys"
)

// replica is a new one whose clock is p.
func replica(t *testing.T, p *demo.Past) *store.Replica {
	t.Helper()
	dir := t.TempDir()
	r, err := store.Create(t.Context(), store.Options{
		Dir: filepath.Join(dir, "replica"), Keys: keys.In(filepath.Join(dir, "keys")), Cost: keys.Cost{Passes: 1, KiB: 8, Threads: 1},
		Book: modules.Book(), Clock: p.Now, Mono: p.Mono, Random: rand.Reader,
	}, keys.Passphrase("demo"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// Each step stands in the history at its own time, with what came with it.
func TestPlay(t *testing.T) {
	past := &demo.Past{}
	r := replica(t, past)
	story := demo.Story(3, end)[:200]
	if err := demo.Play(t.Context(), r, past, story); err != nil {
		t.Fatal(err)
	}
	tickets, _, err := store.List(t.Context(), r, ticket.Register, app.Query{})
	if err != nil {
		t.Fatal(err)
	}
	var want, got []app.Stamp
	for _, s := range story {
		if s.Kind == ticket.Kind {
			want = append(want, s.At)
		}
	}
	for _, k := range tickets {
		events, err := r.History(t.Context(), k.Ref)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			got = append(got, e.At)
		}
		if k.State == ticket.Closed && (k.ClosedAt < k.ReceivedAt || k.ClosedAt >= end) {
			t.Errorf("%s was received at %s and closed at %s", k.Number, k.ReceivedAt.RFC3339(), k.ClosedAt.RFC3339())
		}
	}
	slices.Sort(got)
	if got = slices.Compact(got); !slices.Equal(got, slices.Compact(want)) {
		t.Errorf("%d moments in the histories, %d in the story", len(got), len(slices.Compact(want)))
	}
	checkPhoto(t, r, story, tickets)
}

// checkPhoto reads one attachment back.
func checkPhoto(t *testing.T, r *store.Replica, story []demo.Step, tickets []*ticket.Ticket) {
	t.Helper()
	i := slices.IndexFunc(tickets, func(k *ticket.Ticket) bool { return len(k.Photos) > 0 })
	if i < 0 {
		t.Fatal("no ticket has a photo")
	}
	var got bytes.Buffer
	if err := r.OpenBlob(t.Context(), tickets[i].Photos[0], &got); err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(story, func(s demo.Step) bool {
		return slices.ContainsFunc(s.Files, func(f demo.File) bool { return bytes.Equal(f.Bytes, got.Bytes()) })
	}) {
		t.Errorf("a photo of %d bytes is not in the story", got.Len())
	}
}

func TestPlaySaysWhereItStopped(t *testing.T) {
	past := &demo.Past{}
	r := replica(t, past)
	for _, s := range []demo.Step{
		{At: end, Kind: "nosuch"},
		{At: end, Kind: "ticket", Set: []string{"nosuch=1"}},
		{At: end, Kind: "ticket", Set: []string{"title=x"}},
		{At: end, Kind: "ticket", Set: []string{"title=x", "channel=phone"}, Command: "nosuch"},
	} {
		if err := demo.Play(t.Context(), r, past, []demo.Step{s}); err == nil {
			t.Errorf("%+v was played", s)
		}
	}
}
