package simtest

import (
	"bufio"
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/keys"
	"daicho/sync/client"
	"daicho/sync/simtest/chaos"
)

// ours is Daicho at the same work: the real server, a process where
// packaging/bench has built it, and sealed replicas.
type ours struct {
	*testing.T
	dir     string
	program string
	env     []string
	line    *chaos.Proxy
	process *exec.Cmd
}

func newOurs(t *testing.T) *ours {
	o := &ours{T: t, dir: t.TempDir(), program: os.Getenv("DAICHO_SERVER")}
	if o.program == "" {
		o.program = filepath.Join(o.dir, "daicho-server")
		out, err := exec.Command("go", "build", "-o", o.program, "daicho/cmd/daicho-server").CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	pass := filepath.Join(o.dir, "passphrase")
	ok(t, os.WriteFile(pass, []byte("ベンチマーク用の合言葉"), 0o600))
	o.env = append(os.Environ(), keys.PassphraseFile+"="+pass, "DAICHO_KEYS="+filepath.Join(o.dir, "keys"), "DAICHO_DATA="+filepath.Join(o.dir, "server"))
	o.run("user", "add", "青木", "--role", "pm")
	o.run("user", "add", "馬場", "--role", "pm")
	o.serve()
	return o
}

func (o *ours) run(args ...string) string {
	o.Helper()
	c := exec.Command(o.program, args...)
	c.Env = o.env
	out, err := c.Output()
	if err != nil {
		o.Fatal(args, err, string(out))
	}
	return string(out)
}

func (o *ours) serve() {
	o.Helper()
	o.process = exec.Command(o.program, "serve", "--listen", "127.0.0.1:0")
	o.process.Env = o.env
	out, err := o.process.StdoutPipe()
	ok(o.T, err)
	ok(o.T, o.process.Start())
	o.Cleanup(func() { o.process.Process.Kill(); o.process.Wait() })
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		o.Fatal("the server says nothing")
	}
	o.line, err = chaos.Listen(strings.TrimPrefix(lines.Text(), "listening on "), chaos.Line{}, 1)
	ok(o.T, err)
	o.Cleanup(func() { o.line.Close() })
}

// replica is an empty one of a person, enrolled through the proxy that counts.
func (o *ours) replica(name, person string) *store.Replica {
	o.Helper()
	r, err := store.Create(o.Context(), store.Options{Dir: filepath.Join(o.dir, name), Keys: keys.In(filepath.Join(o.dir, "keys")), Cost: cheap,
		Book: modules.Book(), Clock: time.Now, Random: rand.Reader, App: "bench"}, keys.Passphrase("端末"))
	ok(o.T, err)
	o.Cleanup(func() { r.Close() })
	out := strings.Fields(o.run("enroll-code", "--user", person, "--address", o.line.Address()))
	_, err = client.Enroll(o.Context(), client.Of(r), out[len(out)-1], client.Options{Now: time.Now})
	ok(o.T, err)
	return r
}

// write keeps records, 1,000 in a transaction.
func (o *ours) write(r *store.Replica, records []peerRecord) {
	o.Helper()
	for len(records) > 0 {
		n := min(1_000, len(records))
		ok(o.T, r.Write(o.Context(), r.Actor(), func(tx *store.Tx) error {
			for _, one := range records[:n] {
				draft, err := r.Draft(ticket.Kind)
				if err != nil {
					return err
				}
				k := draft.(*ticket.Ticket)
				k.Title, k.Body, k.Channel, k.Category = one.Title, one.Body, ticket.Channel(one.Channel), ticket.Category(one.Category)
				k.Requester, k.Department, k.Extension, k.Site, k.Asset = one.Requester, one.Department, one.Extension, one.Site, one.Asset
				k.Tags, k.ReceivedAt, k.WishedAt = one.Tags, app.Stamp(one.ReceivedAt), app.Stamp(one.WishedAt)
				if err = tx.Save(k); err != nil {
					return err
				}
			}
			return nil
		}))
		records = records[n:]
	}
}

// observed is a replica's port that tells how far a sync has come.
type observed struct {
	client.Port
	acknowledged, filled, indexed func()
}

// Acknowledge is part of [client.Port]: the server has what was sent.
func (p observed) Acknowledge(ctx context.Context, watermark uint64) error {
	defer p.acknowledged()
	return p.Port.Acknowledge(ctx, watermark)
}

// Index is part of [client.Port]: everything has come.
func (p observed) Index(ctx context.Context, progress func(done, total int)) error {
	p.filled()
	defer p.indexed()
	return p.Port.Index(ctx, progress)
}

// stages are what a sync cost until the server had what was sent, from then until
// lists were usable, until the index was complete, and in all.
type stages struct{ sent, judged, lists, index, all figure }

// timed syncs and says what it cost.
func (o *ours) timed(r *store.Replica, past bool) (s stages) {
	o.Helper()
	begun := o.now()
	note := func(f *figure) func() { return func() { *f = o.now().since(begun) } }
	done, err := client.Sync(o.Context(), observed{client.Of(r), note(&s.sent), note(&s.lists), note(&s.index)}, client.Options{Now: time.Now, Past: past})
	ok(o.T, err)
	note(&s.all)()
	s.judged = s.lists.since(s.sent)
	for _, f := range []*figure{&s.lists, &s.index, &s.all} {
		f.records = max(done.Filled, done.Pulled, done.Past)
	}
	s.sent.records, s.judged.records = done.Pushed, done.Pushed
	return s
}

// now is what has passed so far, since no certain time.
func (o *ours) now() figure {
	up, down := o.line.Passed()
	return figure{took: time.Since(start), cpu: cpuOf(os.Getpid()) + cpuOf(o.process.Process.Pid), up: up, down: down, requests: o.line.Connections()}
}

// costs are all figures of ours.
type costs struct{ push, lists, index, idle figure }

func (o *ours) all(records []peerRecord) (c costs) {
	o.Helper()
	a := o.replica("a", "青木")
	begun := time.Now()
	o.write(a, records)
	(figure{records: len(records), took: time.Since(begun)}).print("Daicho", "journaled on the device")
	push := o.timed(a, false)
	push.sent.print("Daicho", "signed push, acknowledged")
	push.judged.print("Daicho", "verdicts come back")
	first := o.join("b")
	o.stale(a, len(records))
	fmt.Printf("%-62s %10s   %s\n", "server's memory at most, MB (VmHWM)", o.memory(), "≤ 200")
	return costs{push.sent, first.lists, first.index, first.all}
}

// join fills a new device, fetches its history, and lets it ask again when nothing
// is new: all is that last one. A connection that begins costs a handshake: what
// passes is more than the body.
func (o *ours) join(name string) stages {
	o.Helper()
	r := o.replica(name, "馬場")
	s := o.timed(r, false)
	s.lists.print("Daicho", "initial sync, lists usable")
	s.index.print("Daicho", "initial sync, index complete")
	o.timed(r, true).all.print("Daicho", "history of before")
	s.all = o.timed(r, false).all
	s.all.print("Daicho", "no-op sync, with its handshake")
	return s
}

// stale lets one device write a fifth of what there is while another, which has
// a tenth of that of its own, is away: then it comes back. Beside it, in the same
// minute, a new device fetches the records of a server that holds as many.
func (o *ours) stale(busy *store.Replica, n int) {
	o.Helper()
	foreign, own := peerRecords(n/5), peerRecords(n/50)
	away := o.replica("away", "馬場")
	o.timed(away, true)
	o.write(busy, foreign)
	o.timed(busy, false)
	o.write(away, own)
	back := o.timed(away, false).index
	back.records = len(foreign) + len(own)
	back.print("Daicho", "back after days")
	fresh := o.beside(append(foreign, own...))
	ratio("back after days: time beside a new device's first sync", "≤ 3.00", back.took.Seconds()/fresh.took.Seconds(), back.cpu.Seconds()/fresh.cpu.Seconds())
}

// beside is a first sync from another server that holds just so many records.
func (o *ours) beside(records []peerRecord) figure {
	o.Helper()
	other := newOurs(o.T)
	r := other.replica("a", "青木")
	other.write(r, records)
	other.timed(r, false)
	return other.join("b").index
}

var peak = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

func (o *ours) memory() string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", o.process.Process.Pid))
	m := peak.FindSubmatch(text)
	if err != nil || m == nil {
		return "unknown" // not on this system
	}
	var kb int
	fmt.Sscan(string(m[1]), &kb)
	return fmt.Sprintf("%.0f", float64(kb)/1024)
}
