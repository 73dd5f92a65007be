package simtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"testing"

	"daicho/app"
	"daicho/store"
	"daicho/store/keys"
	"daicho/store/storetest"
	"daicho/sync/client"
	"daicho/sync/server"
	"daicho/sync/server/logtest"
	"daicho/sync/wire"
)

// rights are what people may read; who is not named reads all.
type rights map[app.ID]app.Clearance

// Clearance is part of [app.Access].
func (r rights) Clearance(_ app.View, person app.ID, _ app.Stamp) (app.Clearance, error) {
	if c, named := r[person]; named {
		return c, nil
	}
	return app.ReadsAll, nil
}

// May is part of [app.Access]: everybody may write what he sees.
func (rights) May(app.View, *app.Change, app.Stamp, app.Scope, app.Scope) error { return nil }

// TestRightsChange lets records move between zones and rights change while
// replicas are filled and follow, over lines that break: in the end each holds
// what its person may read, and nothing else.
func TestRightsChange(t *testing.T) {
	for seed := range seeds(t, 25) {
		runRights(t, seed)
	}
}

// bureau is one server with three devices: one that reads all, one in memory, one
// on the disk.
type bureau struct {
	*World
	rights  rights
	devices []Replica
	disk    *store.Replica
	rows    int // that a page of them holds
}

func runRights(t *testing.T, seed uint64) {
	b := newBureau(t, seed)
	for n := range 150 {
		if err := b.step(); err != nil {
			t.Fatalf("seed %d: step %d: %v", seed, n, err)
		}
	}
	for range 2 { // what the second pushed, the first pulls
		for n, d := range b.devices {
			if _, err := d.Enrolment(now); err != nil {
				continue // it never joined
			}
			if _, err := client.Sync(now, b.devices[n], b.line(n, 0)); err != nil {
				t.Fatalf("seed %d: device %d: %v", seed, n, err)
			}
		}
	}
	for n, d := range b.devices {
		if err := b.holds(d); err != nil {
			t.Fatalf("seed %d: device %d: %v", seed, n, err)
		}
	}
	if err := b.remembers(); err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
}

func newBureau(t *testing.T, seed uint64) *bureau {
	t.Helper()
	b := &bureau{rights: rights{}}
	book := storetest.Book()
	book.Access = b.rights
	var err error
	if b.World, err = NewWorld(seed, book, logtest.NewMemory(), t.TempDir()); err != nil {
		t.Fatal(err)
	}
	b.rows = 1 + b.Rand.IntN(5)
	for range 2 {
		d, err := b.Device()
		if err != nil {
			t.Fatal(err)
		}
		b.devices = append(b.devices, d)
	}
	dir := t.TempDir()
	b.disk, err = store.Create(now, store.Options{Dir: dir + "/replica", Keys: keys.In(dir + "/keys"), Cost: keys.Cost{Passes: 1, KiB: 8, Threads: 1},
		Book: book, Tables: storetest.Tables(), Clock: b.Clock, Random: b.Random, App: "test",
		Mono: func() (int64, [8]byte) { return b.Now.UnixNano(), [8]byte{1} }}, keys.Passphrase("simulated"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.disk.Close() })
	b.devices = append(b.devices, &real{Port: client.Of(b.disk), r: b.disk})
	if err := b.join(0); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bureau) join(n int) error {
	name := fmt.Sprint("人", n)
	if _, err := b.Server.AddUser(now, name); err != nil {
		return err
	}
	code, err := b.Server.EnrollCode(now, name, []string{"server.example:1"})
	if err == nil {
		_, err = client.Enroll(now, b.devices[n], code, client.Options{Now: b.Clock, Transport: b.Line(b.devices[n].DeviceKey())})
	}
	return err
}

// step is one thing that happens.
func (b *bureau) step() error {
	n := b.Rand.IntN(len(b.devices))
	who, err := b.devices[n].Enrolment(now)
	if err != nil {
		if b.Rand.IntN(12) == 0 {
			return b.join(n)
		}
		n = 0
	}
	switch d := b.devices[n]; b.Rand.IntN(10) {
	case 0, 1:
		return b.create(d)
	case 2, 3, 4:
		return b.edit(d)
	case 5:
		return b.split(d)
	case 6:
		if n > 0 {
			b.rights[who.Person.ID] = b.anyRights()
		}
		return nil
	default:
		_, err := client.Sync(now, d, b.line(n, b.Rand.IntN(12)))
		if app.IsCode(err, app.Failed) || errors.Is(err, errCut) {
			return nil
		}
		return err
	}
}

// anyRights are some zones of everything, or of one kind.
func (b *bureau) anyRights() app.Clearance {
	var some []app.Extent
	for _, z := range []app.Zone{"", app.ZoneLGWAN, app.ZoneInternet} {
		if b.Rand.IntN(2) == 0 {
			some = append(some, app.Extent{Kind: []app.Kind{app.Any, storetest.ItemKind}[b.Rand.IntN(2)], Zone: z, All: true})
		}
	}
	return app.NewClearance(some...)
}

func (b *bureau) create(d Replica) error {
	r, err := d.Draft(storetest.ItemKind)
	if err == nil {
		x := r.(*storetest.Item)
		x.Title, x.Tags = fmt.Sprint("品目", b.Rand.IntN(1000)), b.tags()
		err = d.Save(x)
	}
	return err
}

// tags put an item into a zone.
func (b *bureau) tags() []string {
	return [][]string{nil, {"赤"}, {"青"}}[b.Rand.IntN(3)]
}

func (b *bureau) some(d Replica) (*storetest.Item, error) {
	refs := d.Refs(storetest.ItemKind)
	if len(refs) == 0 {
		return nil, nil
	}
	r, err := d.Get(refs[b.Rand.IntN(len(refs))])
	if err != nil {
		return nil, err
	}
	return r.(*storetest.Item), nil
}

func (b *bureau) edit(d Replica) error {
	x, err := b.some(d)
	if err != nil || x == nil {
		return err
	}
	if x.Title = fmt.Sprint("題", b.Rand.IntN(1000)); b.Rand.IntN(2) == 0 {
		x.Tags = b.tags()
	}
	return d.Save(x)
}

// split makes a part within an item.
func (b *bureau) split(d Replica) error {
	x, err := b.some(d)
	if err != nil || x == nil {
		return err
	}
	return d.Do(x, "split", nil)
}

// line connects a device by a line that breaks after some requests; 0: never.
func (b *bureau) line(n, requests int) client.Options {
	return client.Options{Now: b.Clock, FillFrom: 3, Past: b.Rand.IntN(2) == 0 || requests == 0,
		Transport: &shortLine{b.Line(b.devices[n].DeviceKey()), b.Rand, b.rows, requests}}
}

// shortLine gives small pages of records, and breaks.
type shortLine struct {
	to   http.RoundTripper
	rand *rand.Rand
	rows int
	left int
}

var errCut = errors.New("the line broke")

// RoundTrip is part of [http.RoundTripper].
func (l *shortLine) RoundTrip(q *http.Request) (*http.Response, error) {
	last := l.left == 1
	if l.left > 0 {
		l.left = max(1, l.left-1)
	}
	if last && l.rand.IntN(2) == 0 {
		return nil, errCut // nothing came there
	}
	q = q.Clone(q.Context())
	q.Header.Del("Accept-Encoding") // what is cut must come unpacked
	a, err := l.to.RoundTrip(q)
	if last && err == nil {
		return nil, errCut // the answer was lost
	}
	if err == nil && q.URL.Path == wire.PathRows && a.StatusCode == http.StatusOK {
		err = l.cut(a)
	}
	return a, err
}

// cut leaves the first records of a page.
func (l *shortLine) cut(a *http.Response) error {
	text, err := io.ReadAll(a.Body)
	if err != nil {
		return err
	}
	var p wire.RowsPage
	if err := wire.Decode(text, &p); err != nil {
		return err
	}
	if len(p.Rows) > l.rows {
		p.Rows, p.More = p.Rows[:l.rows], true
	}
	if text, err = wire.Encode(&p); err == nil {
		a.Body, a.ContentLength = io.NopCloser(bytes.NewReader(text)), int64(len(text))
	}
	return err
}

// readable are the records that a device's person may read, and the others.
func (b *bureau) readable(d Replica) (may map[app.Ref]app.Doc, not []app.Ref, err error) {
	who, err := d.Enrolment(now)
	if err != nil {
		return nil, nil, err
	}
	to, _ := b.rights.Clearance(nil, who.Person.ID, 0)
	may = map[app.Ref]app.Doc{}
	err = b.Log.Read(now, func(tx server.Tx) error {
		all, err := tx.RowsAfter(app.Ref{}, nil, 1<<20, 1<<30)
		for _, r := range all {
			s, failed := b.Book.ScopeOf(tx, r.Ref, r.Doc)
			if err = errors.Join(err, failed); to.Reads(s) {
				may[r.Ref] = r.Doc
			} else {
				not = append(not, r.Ref)
			}
		}
		return err
	})
	return may, not, err
}

// holds makes sure that a device holds what its person may read and nothing else.
func (b *bureau) holds(d Replica) error {
	if _, err := d.Enrolment(now); err != nil {
		return nil // it never joined
	}
	want, _, err := b.readable(d)
	if err != nil {
		return err
	}
	if n := d.Pending(); n > 0 {
		return fmt.Errorf("%d changes are pending", n)
	}
	docs := d.Docs()
	for ref, doc := range docs {
		if !doc.IsEmpty() && !bytes.Equal(doc, want[ref]) {
			return fmt.Errorf("it shows %s as %s, which should be %s", ref, app.Value(doc).JSON(), app.Value(want[ref]).JSON())
		}
	}
	for ref := range want {
		if docs[ref].IsEmpty() {
			return fmt.Errorf("it does not show %s", ref)
		}
	}
	return nil
}

// remembers makes sure that the replica on the disk is whole, and has history of
// what may be read alone, none of which is missing.
func (b *bureau) remembers() error {
	d := b.devices[2]
	if _, err := d.Enrolment(now); err != nil {
		return nil
	}
	may, not, err := b.readable(d)
	if err != nil {
		return err
	}
	for ref := range may {
		events, err := b.disk.History(now, ref)
		if err != nil || len(events) == 0 || !events[len(events)-1].New {
			return fmt.Errorf("%s has %d lines of history, %v", ref, len(events), err)
		}
	}
	for _, ref := range not {
		events, err := b.disk.History(now, ref)
		if err != nil || slices.ContainsFunc(events, func(e app.Event) bool { return e.GSN > 0 }) { // others are in its outbox
			return fmt.Errorf("%s has %d lines of history, and may not be read; %v", ref, len(events), err)
		}
	}
	if _, missing, err := b.disk.Past(now); err != nil || missing {
		return fmt.Errorf("history is missing, %v", err)
	}
	return b.disk.Verify(now)
}

// ending is a replica whose program ends when it has gone over to another order.
type ending struct{ Replica }

var errEnded = errors.New("the program ended")

func (e ending) Renew(ctx context.Context, n client.Renewal) error {
	return errors.Join(e.Replica.Renew(ctx, n), errEnded)
}

// restored has a device follow a bureau's order, and keeps that as a backup.
func restored(t *testing.T, n int) (b *bureau, who app.ID, both func(), restore func()) {
	b = newBureau(t, 1)
	ok(t, b.join(n))
	for range 3 {
		ok(t, b.create(b.devices[0]))
	}
	both = func() {
		t.Helper()
		for _, i := range []int{0, n} {
			_, err := client.Sync(now, b.devices[i], b.line(i, 0))
			ok(t, err)
		}
	}
	both()
	kept := b.Log.(*logtest.Memory).Clone()
	place, err := b.devices[n].Enrolment(now)
	ok(t, err)
	return b, place.Person.ID, both, func() {
		b.Log = kept
		ok(t, b.Restart())
		ok(t, b.Server.Begin(now, 100))
	}
}

// retitled changes a record.
func (b *bureau) retitled(t *testing.T) {
	t.Helper()
	x, err := b.some(b.devices[0])
	ok(t, err)
	x.Title = "あとで変えた題"
	ok(t, b.devices[0].Save(x))
}

var inMemoryAndOnDisk = map[string]int{"in memory": 1, "on the disk": 2}

// TestRightsAreLessWhileGoingOver: the restored server does not know the right yet,
// by which a person reads a record, and tells his device that it is not there. By the
// next contact it does.
func TestRightsAreLessWhileGoingOver(t *testing.T) {
	for name, n := range inMemoryAndOnDisk {
		t.Run(name, func(t *testing.T) {
			b, who, both, restore := restored(t, n)
			b.retitled(t)
			both()
			restore()
			b.rights[who] = app.ReadsNothing
			if _, err := client.Sync(now, ending{b.devices[n]}, b.line(n, 0)); !errors.Is(err, errEnded) {
				t.Fatal("it did not go over:", err)
			}
			delete(b.rights, who)
			_, err := client.Sync(now, b.devices[n], b.line(n, 0)) // before anybody brings what was lost
			ok(t, err)
			if err := b.holds(b.devices[n]); err != nil {
				t.Error(err)
			}
		})
	}
}

// unfilled is a replica whose program ends at the first records that come.
type unfilled struct{ Replica }

func (unfilled) Fill(context.Context, client.Rows) error { return errEnded }

// TestRestoredWhileFilling: a device has nothing to send and is being filled. The
// first that it hears of the restored server is its checkpoint, and that is no alarm.
func TestRestoredWhileFilling(t *testing.T) {
	for name, n := range inMemoryAndOnDisk {
		t.Run(name, func(t *testing.T) {
			b, who, both, restore := restored(t, n)
			b.retitled(t)
			b.rights[who] = app.ReadsNothing
			both()
			delete(b.rights, who)
			if _, err := client.Sync(now, unfilled{b.devices[n]}, b.line(n, 0)); !errors.Is(err, errEnded) {
				t.Fatal("it was not being filled:", err)
			}
			restore()
			_, err := client.Sync(now, b.devices[n], b.line(n, 0))
			ok(t, err)
			both()
			both()
			if err := b.holds(b.devices[n]); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestTheMakerHasTheKeyNoMore: who made a record may not read it any more, and his
// device let go of the key. As he brings it to a restored server, whoever still reads
// it has told the key, or nobody could ever read it again.
func TestTheMakerHasTheKeyNoMore(t *testing.T) {
	for name, n := range inMemoryAndOnDisk {
		t.Run(name, func(t *testing.T) {
			b, who, both, restore := restored(t, n)
			before := len(b.devices[0].Refs(storetest.ItemKind))
			ok(t, b.create(b.devices[n]))
			both()
			both()
			b.rights[who] = app.ReadsNothing
			both()
			restore()
			both()
			both()
			ok(t, b.Server.Finish(now, func(*server.Acting, []server.Gap) error { return nil }))
			both()
			both()
			if got := len(b.devices[0].Refs(storetest.ItemKind)); got != before+1 {
				t.Errorf("%d records are there, want %d", got, before+1)
			}
			if err := b.holds(b.devices[0]); err != nil {
				t.Error(err)
			}
		})
	}
}
