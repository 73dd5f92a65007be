package kill

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/sync/audit"
	"daicho/sync/client"
	"daicho/sync/simtest"
)

// settle kills everybody once more, brings all replicas to the end of the order
// and looks at what there is.
func (c *city) settle() {
	c.Helper()
	for _, p := range append(c.devices, c.server) {
		p.kill()
	}
	c.serve()
	var all []*store.Replica
	for _, p := range c.devices {
		all = append(all, c.open(p))
	}
	c.quiet(all)
	c.device("馬場太郎", false) // it is given rows as they stand now
	newest := c.devices[len(c.devices)-1]
	<-newest.gone
	all = append(all, c.open(newest))
	c.quiet(all)
	for _, r := range all {
		if err := r.Verify(c.Context()); err != nil {
			c.Errorf("device %s: %v", r.Device().Short(), err)
		}
	}
	verdicts := c.audited(all[0])
	c.kept(all, verdicts)
	c.numbered(all[0])
	c.equal(all)
	c.users()
	c.command("verify")
	c.server.kill()
	for _, r := range all {
		ok(c.T, r.Close())
	}
	c.sealed()
}

// open opens the replica of a device that does not run.
func (c *city) open(p *process) *store.Replica {
	c.Helper()
	r, err := store.Open(c.Context(), optionsOf(filepath.Join(c.home, p.name)), passphrase)
	ok(c.T, err)
	c.Cleanup(func() { r.Close() })
	return r
}

// quiet syncs until nobody has anything to say or to hear.
func (c *city) quiet(all []*store.Replica) {
	c.Helper()
	var rest, unsent int
	var heads map[int64]bool
	var left []string
	for range 20 {
		rest, unsent, heads, left = 0, 0, map[int64]bool{}, nil
		for _, r := range all {
			if _, err := r.Enrolment(c.Context()); app.IsCode(err, app.NotFound) { // it was killed before
				code, err := os.ReadFile(r.Dir() + ".code")
				ok(c.T, err)
				_, err = client.Enroll(c.Context(), client.Of(r), string(code), client.Options{Now: time.Now})
				ok(c.T, err)
			}
			_, err := client.Sync(c.Context(), client.Of(r), client.Options{Now: time.Now, Past: true, FillFrom: fillFrom})
			ok(c.T, err)
			st, err := r.Status(c.Context())
			ok(c.T, err)
			cargo, err := r.CargoList(c.Context())
			ok(c.T, err)
			heads[st.GSN] = true
			// A file that was attached, and the program killed before its record was saved,
			// stays unsent until it is collected: what was saved is looked for elsewhere.
			rest += st.Pending + st.MissingBlobs + len(cargo)
			unsent += st.UnsentBlobs
			left = append(left, fmt.Sprintf("%s: %+v, carries %d", r.Device().Short(), st, len(cargo)))
			for _, one := range cargo {
				left = append(left, fmt.Sprintf("  changes %d to %d of %s: %s", one.Run.First, one.Run.Last, one.Run.Device.Short(), one.Said))
			}
		}
		if rest == 0 && len(heads) == 1 {
			c.Logf("%d attachments of nothing that was saved", unsent)
			return
		}
	}
	c.Fatalf("they do not come to rest:\n%s", strings.Join(left, "\n"))
}

// place is where a change stands among those of its device.
type place struct {
	device string
	seq    uint64
}

// auditor is a device of somebody who may export the record.
func (c *city) auditor() client.Port {
	c.Helper()
	d, err := simtest.NewDevice(modules.Book(), time.Now, rand.Reader)
	ok(c.T, err)
	_, err = client.Enroll(c.Context(), d, c.code("監査"), client.Options{Now: time.Now})
	ok(c.T, err)
	return d
}

// audited exports the server's record, has it verified against what a replica was
// signed, and gives the verdict of
// every change in the order. That none is there twice, and that neither the order
// nor a device has a gap, is part of the verification.
func (c *city) audited(r *store.Replica) map[place]app.Verdict {
	c.Helper()
	var file bytes.Buffer
	done, err := client.ExportAudit(c.Context(), c.auditor(), client.Options{Now: time.Now}, &file)
	ok(c.T, err)
	trail, err := client.Trail(c.Context(), client.Of(r))
	ok(c.T, err)
	var notes [][]byte
	for _, seen := range trail {
		notes = append(notes, seen.Note)
	}
	said, err := audit.Verify(bytes.NewReader(file.Bytes()), notes...)
	ok(c.T, err)
	if !said.Sound() || said.Lines != done.Size {
		c.Errorf("the record is not sound: %v", said.Findings)
	}
	verdicts := map[place]app.Verdict{}
	for first := int64(1); first <= said.Lines; first += audit.MaxProven {
		var lines []int64
		for n := first; n < first+audit.MaxProven && n <= said.Lines; n++ {
			lines = append(lines, n)
		}
		p, err := audit.Prove(bytes.NewReader(file.Bytes()), lines)
		ok(c.T, err)
		leaves, err := p.Leaves()
		ok(c.T, err)
		for _, l := range leaves {
			verdicts[place{l.Device.String(), l.Seq}] = l.Verdict
		}
	}
	if int64(len(verdicts)) != said.Lines {
		c.Errorf("%d different changes stand in %d lines", len(verdicts), said.Lines)
	}
	c.Logf("%d lines in the order", said.Lines)
	return verdicts
}

// kept holds the ledgers of the devices against the order and the replicas.
func (c *city) kept(all []*store.Replica, verdicts map[place]app.Verdict) {
	c.Helper()
	refused := map[place]string{}
	for _, r := range all {
		list, err := r.Rejected(c.Context())
		ok(c.T, err)
		for _, s := range list {
			refused[place{s.Device.String(), s.Seq}] = s.Say.JA
		}
	}
	lines := 0
	for i, p := range c.devices {
		for _, l := range c.ledger(p.name) {
			lines++
			at := place{l.Device, l.Seq}
			if all[i].Device().String() != l.Device {
				c.Errorf("%s was another device when it wrote change %d", p.name, l.Seq)
			}
			switch verdict, there := verdicts[at]; {
			case !there:
				c.Errorf("change %d of %s was said to be saved and is lost", l.Seq, p.name)
			case verdict == app.Rejected && refused[at] == "":
				c.Errorf("change %d of %s was refused, and its device does not say so", l.Seq, p.name)
			case verdict == app.Accepted && l.Title != "":
				c.shown(all, l)
			case verdict != app.Accepted && verdict != app.Contested && verdict != app.Rejected:
				c.Errorf("change %d of %s is %q", l.Seq, p.name, verdict)
			}
		}
	}
	c.Logf("%d changes were said to be saved, %d were refused", lines, len(refused))
	if lines == 0 {
		c.Error("nobody wrote anything")
	}
}

func (c *city) ledger(name string) (lines []line) {
	c.Helper()
	text, err := os.ReadFile(ledgerOf(c.home, name))
	ok(c.T, err)
	for d := json.NewDecoder(bytes.NewReader(text)); d.More(); {
		var l line
		if err := d.Decode(&l); err != nil { // killed while it wrote: nobody was told
			return lines
		}
		lines = append(lines, l)
	}
	return lines
}

// shown looks for a ticket, and for the file with it, on every replica.
func (c *city) shown(all []*store.Replica, l line) {
	c.Helper()
	id, err := app.ParseID(l.ID)
	ok(c.T, err)
	for _, r := range all {
		k, err := store.Get(c.Context(), r, ticket.Register, id)
		if err != nil || k.Title != l.Title {
			c.Errorf("device %s shows a ticket otherwise than it was saved: %v", r.Device().Short(), err)
			continue
		}
		if l.File == nil {
			continue
		}
		sum := sha256.New()
		if err := r.OpenBlob(c.Context(), *l.File, sum); err != nil || !bytes.Equal(sum.Sum(nil), l.Sum) {
			c.Errorf("device %s: an attachment is not what was attached: %v", r.Device().Short(), err)
		}
	}
}

// unused are numbers that nobody has (欠番), as the server tells them.
type unused struct {
	Series      string
	First, Last int
}

// numbered makes sure that no ticket has the number of another, and that in each
// year they are 1, 2, 3 … but for those that are known to be unused.
func (c *city) numbered(r *store.Replica, gaps ...unused) {
	c.Helper()
	list, _, err := store.List(c.Context(), r, ticket.Register, app.Query{})
	ok(c.T, err)
	given, last := map[string]bool{}, map[string]int{}
	for _, k := range list {
		year, text, _ := strings.Cut(k.Number, "-")
		var n int
		if _, err := fmt.Sscanf(text, "%d", &n); err != nil || given[k.Number] {
			c.Errorf("a ticket has the number %q, which is none or that of another", k.Number)
		}
		given[k.Number], last[year] = true, max(last[year], n)
	}
	for year, end := range last {
		for n := 1; n <= end; n++ {
			known := slices.ContainsFunc(gaps, func(g unused) bool { return strings.HasPrefix(g.Series, year) && g.First <= n && n <= g.Last })
			if given[fmt.Sprintf("%s-%06d", year, n)] == known {
				c.Fatalf("of %s, number %d: given %v, known to be unused %v", year, n, !known, known)
			}
		}
	}
}

// equal makes sure that those who may read the same have the same, and all the
// same tickets.
func (c *city) equal(all []*store.Replica) {
	c.Helper()
	others := 0
	first := map[[32]byte]map[app.Ref]string{}
	for _, r := range all {
		hash, err := r.Clearance(c.Context())
		ok(c.T, err)
		has := c.contents(r)
		if first[hash] != nil {
			others++
			c.same(r, has, first[hash])
		}
		first[hash] = has
		tickets := maps.Clone(has)
		maps.DeleteFunc(tickets, func(ref app.Ref, _ string) bool { return ref.Kind != ticket.Kind })
		if first[[32]byte{}] != nil {
			c.same(r, tickets, first[[32]byte{}])
		}
		first[[32]byte{}] = tickets
	}
	if others == 0 {
		c.Error("no two may read the same")
	}
}

func (c *city) same(r *store.Replica, has, want map[app.Ref]string) {
	c.Helper()
	for ref := range maps.Keys(want) {
		if has[ref] != want[ref] {
			c.Errorf("device %s shows %s as %s, another as %s", r.Device().Short(), ref, has[ref], want[ref])
			return
		}
	}
	if len(has) != len(want) {
		c.Errorf("device %s has %d records, another has %d", r.Device().Short(), len(has), len(want))
	}
}

// contents are the records of a replica as it shows them, with how many changes
// everybody hears of the history of each has.
func (c *city) contents(r *store.Replica) map[app.Ref]string {
	c.Helper()
	out := map[app.Ref]string{}
	for kind := range r.Book().Registers {
		list, _, err := r.List(c.Context(), kind, app.Query{})
		ok(c.T, err)
		for _, rec := range list {
			events, err := r.History(c.Context(), rec.Meta().Ref)
			ok(c.T, err)
			events = slices.DeleteFunc(events, func(e app.Event) bool { return e.Verdict == app.Rejected }) // its author alone
			out[rec.Meta().Ref] = fmt.Sprintf("%s %x after %d changes", rec.Meta().Number, rec.Meta().Seen(), len(events))
		}
	}
	return out
}

// users makes sure that whom the server said to have added is there, and that
// each was added with the role, or not at all.
func (c *city) users() {
	c.Helper()
	var list []struct {
		Name  string
		Roles []string
	}
	ok(c.T, json.Unmarshal([]byte(c.command("user", "list", "--json")), &list))
	there := map[string]bool{}
	for _, u := range list {
		if len(u.Roles) != 1 || there[u.Name] {
			c.Errorf("a person has %d roles, or is there twice", len(u.Roles))
		}
		there[u.Name] = true
	}
	for _, name := range c.added {
		if !there[name] {
			c.Error("a person was said to be added and is not there")
		}
	}
}

// sealed looks for what people wrote in every file that the programs made.
func (c *city) sealed() {
	c.Helper()
	ok(c.T, filepath.WalkDir(c.home, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		for _, word := range []string{secret, "部署", "花子", "太郎", "職員", "SQLite format", "ticket"} {
			if bytes.Contains(text, []byte(word)) {
				c.Errorf("%s holds %q", path, word)
			}
		}
		return err
	}))
}
