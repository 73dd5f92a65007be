package numbering_test

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/document"
	"daicho/app/modules"
	"daicho/app/numbering"
	"daicho/app/ticket"
	"daicho/app/voided"
	"daicho/store"
	"daicho/store/keys"
	"daicho/sync/client"
	"daicho/sync/server/logtest"
	"daicho/sync/simtest"
)

// station is a sealed replica that reaches its server only where a test says so.
type station struct {
	*testing.T
	w *simtest.World
	*store.Replica
	port client.Port
}

func (s *station) ok(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// town is a server and its stations.
func town(t *testing.T, names ...string) (*simtest.World, []*station) {
	t.Helper()
	dir := t.TempDir()
	w, err := simtest.NewWorld(7, simtest.WithoutRights(modules.Book()), logtest.NewMemory(), dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []*station
	for _, name := range names {
		r, err := store.Create(t.Context(), store.Options{Dir: filepath.Join(dir, name), Keys: keys.In(filepath.Join(dir, "keys")),
			Cost: keys.Cost{Passes: 1, KiB: 8, Threads: 1}, Book: w.Book, Clock: w.Clock, Random: w.Random, App: "test",
			Mono: func() (int64, [8]byte) { return w.Now.UnixNano(), [8]byte{1} }}, keys.Passphrase("試験"))
		s := &station{t, w, r, client.Of(r)}
		s.ok(err)
		t.Cleanup(func() { s.ok(r.Close()) })
		_, err = w.Server.AddUser(t.Context(), name)
		s.ok(err)
		code, err := w.Server.EnrollCode(t.Context(), name, []string{"server.example:1"})
		s.ok(err)
		_, err = client.Enroll(t.Context(), s.port, code, s.options())
		s.ok(err)
		all = append(all, s)
	}
	return w, all
}

func (s *station) options() client.Options {
	key := s.port.DeviceKey()
	return client.Options{Now: s.w.Clock, Transport: s.w.Line(ed25519.PrivateKey(key)), Rest: func(context.Context, time.Duration) error { return nil }}
}

func (s *station) sync() {
	s.Helper()
	_, err := client.Sync(s.Context(), s.port, s.options())
	s.ok(err)
}

// enter makes a record as somebody types it in.
func (s *station) enter(kind app.Kind, fields ...string) app.Ref {
	s.Helper()
	r, err := s.Draft(kind)
	s.ok(err)
	g := s.Book().Registers[kind]
	for i := 0; i < len(fields); i += 2 {
		s.ok(g.Enter(r, fields[i], fields[i+1]))
	}
	s.ok(s.Write(s.Context(), s.Actor(), func(tx *store.Tx) error { return tx.Save(r) }))
	return r.Meta().Ref
}

func (s *station) do(ref app.Ref, command string) error {
	s.Helper()
	r, err := s.Get(s.Context(), ref)
	s.ok(err)
	return s.Write(s.Context(), s.Actor(), func(tx *store.Tx) error { return tx.Do(r, command, nil) })
}

func (s *station) number(ref app.Ref) string {
	s.Helper()
	r, err := s.Get(s.Context(), ref)
	s.ok(err)
	return r.Meta().Number
}

func (s *station) tickets(n int) (refs []app.Ref) {
	for i := range n {
		refs = append(refs, s.enter(ticket.Kind, "title", fmt.Sprint("受付", i), "channel", "phone"))
	}
	return refs
}

func (s *station) letter() app.Ref {
	return s.enter(document.Kind, "title", "災害時の運用について", "type", "notice")
}

// stationed is how many numbers the three stations give: in all a small share of
// what the whole test has, which DAICHO_NUMBERS=10000 asks for.
func stationed(t *testing.T) int {
	n, err := strconv.Atoi(os.Getenv("DAICHO_NUMBERS"))
	if err != nil {
		return 240
	}
	t.Log(n, "numbers")
	return n
}

// Three stations without a line to the server number inquiries from blocks, one of
// them letters by the token of their register. Every number is given once, as it
// was given on the spot, and every gap is in the register of voided numbers.
func TestPartitionedStations(t *testing.T) {
	w, all := town(t, "本庁", "北庁舎", "避難所")
	each := stationed(t) / 4
	for _, s := range all {
		for left := each + 5; left > 0; left -= 1_000 {
			s.enter(numbering.LeaseKind, "register", "ticket", "size", strconv.Itoa(min(left, 1_000)), "reason", "回線断に備える")
		}
	}
	holder := all[2]
	token := holder.enter(numbering.LeaseKind, "register", "document", "form", "token", "reason", "災害対策本部")
	for range 2 {
		for _, s := range all {
			s.sync()
		}
	}
	said := map[app.Ref]string{} // what was written on paper
	var refs []app.Ref
	for _, s := range all {
		for _, ref := range s.tickets(each) {
			said[ref] = s.number(ref)
		}
	}
	for range each {
		ref := holder.letter()
		said[ref] = holder.number(ref)
	}
	late := all[0].letter() // its register is away
	w.Now = w.Now.Add(9 * 24 * time.Hour)
	for _, s := range all {
		s.sync()
	}
	if n := all[0].number(late); n[:len("仮-")] != "仮-" {
		t.Errorf("%s was given while another device holds the register", n)
	}
	for _, s := range all {
		for _, ref := range s.open() {
			s.ok(s.do(ref, "return"))
		}
		s.sync()
	}
	s := all[0]
	s.ok(s.Write(t.Context(), s.Actor(), func(tx *store.Tx) error {
		r, err := tx.Get(late)
		if err == nil {
			r.(*document.Document).Recipient = "市民課"
			err = tx.Save(r)
		}
		return err
	}))
	s.sync()
	for ref, n := range said {
		refs = append(refs, ref)
		if got := s.number(ref); got != n {
			t.Fatalf("%s was written on paper, and is %s", n, got)
		}
	}
	s.everyGapIsExplained(ticket.Kind, "2026-{n}", "{FY}-{n:6}")
	s.everyGapIsExplained(document.Kind, "8葉情第{n}号", "{FY:R}葉情第{n}号")
	if len(refs) != 4*each {
		t.Errorf("%d numbers, want %d", len(refs), 4*each)
	}
	if l := s.lease(token); l.State != numbering.Closed || l.Taken != int64(each) {
		t.Errorf("the token: %+v", l)
	}
}

func (s *station) open() (refs []app.Ref) {
	list, _, err := store.List(s.Context(), s.Replica, numbering.Leases, app.Query{})
	s.ok(err)
	for _, l := range list {
		if l.State == numbering.Open && l.Holder == app.DeviceRef(s.Device()) {
			refs = append(refs, l.Ref)
		}
	}
	return refs
}

func (s *station) lease(ref app.Ref) *numbering.Lease {
	s.Helper()
	r, err := s.Get(s.Context(), ref)
	s.ok(err)
	return r.(*numbering.Lease)
}

// everyGapIsExplained holds the numbers of a kind and the voided ones of its series
// against 1, 2, 3 …: each there once.
func (s *station) everyGapIsExplained(kind app.Kind, series string, template app.NumberTemplate) {
	s.Helper()
	var given []int64
	for after := (*app.Mark)(nil); ; {
		list, next, err := s.List(s.Context(), kind, app.Query{After: after})
		s.ok(err)
		for _, r := range list {
			n, is := template.Parse(series, r.Meta().Number)
			if !is {
				s.Errorf("%s is none of %s", r.Meta().Number, series)
			}
			given = append(given, n)
		}
		if after = next; after == nil {
			break
		}
	}
	void, _, err := store.List(s.Context(), s.Replica, voided.Register, app.Query{})
	s.ok(err)
	for _, v := range void {
		for n := v.First; v.Series == series && n <= v.Last; n++ {
			given = append(given, n)
		}
	}
	slices.Sort(given)
	for i, n := range given {
		if n != int64(i)+1 {
			s.Fatalf("%s: %d is where %d should be", kind, n, i+1)
		}
	}
}
