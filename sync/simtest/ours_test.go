package simtest

import (
	"bufio"
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

// timed syncs and says what it cost: until the step after filling, until the
// one after indexing, and in all.
func (o *ours) timed(r *store.Replica) (lists, index, all figure) {
	o.Helper()
	begun := time.Now()
	up, down := o.line.Passed()
	now := func() figure {
		u, d := o.line.Passed()
		return figure{took: time.Since(begun), up: u - up, down: d - down}
	}
	last := client.Step("")
	option := client.Options{Now: time.Now, Progress: func(p client.Progress) {
		switch {
		case p.Step == last:
		case last == client.Filling || last == client.Pulling:
			lists = now()
		case last == client.Indexing:
			index = now()
		}
		last = p.Step
	}}
	done, err := client.Sync(o.Context(), client.Of(r), option)
	ok(o.T, err)
	all = now()
	all.records = max(done.Filled, done.Pulled)
	for _, f := range []*figure{&lists, &index} {
		if f.took == 0 {
			*f = all
		}
		f.records = all.records
	}
	return lists, index, all
}

// costs are all figures of ours.
type costs struct{ push, lists, index, idle figure }

func (o *ours) all(records []peerRecord) (c costs) {
	o.Helper()
	a := o.replica("a", "青木")
	begun := time.Now()
	o.write(a, records)
	(figure{records: len(records), took: time.Since(begun)}).print("Daicho", "journaled on the device")
	_, _, c.push = o.push(a, len(records))
	c.push.print("Daicho", "signed push, verdicts come back")
	b := o.replica("b", "馬場")
	var all figure
	c.lists, c.index, all = o.timed(b)
	c.lists.print("Daicho", "initial sync, lists usable")
	c.index.print("Daicho", "initial sync, index complete")
	all.print("Daicho", "initial sync, history too")
	_, _, c.idle = o.timed(b)
	c.idle.print("Daicho", "no-op sync")
	o.stale(b, a, len(records))
	fmt.Printf("%-62s %10s   %s\n", "server's memory at most, MB (VmHWM)", o.memory(), "≤ 200")
	return c
}

// push sends what was written. The verdicts that come back are part of it: a
// push without them tells nobody anything.
func (o *ours) push(r *store.Replica, n int) (lists, index, all figure) {
	lists, index, all = o.timed(r)
	all.records = n
	return lists, index, all
}

// stale lets one device write a fifth of what there is while another, which has
// a tenth of that of its own, is away: then it comes back. Beside it a new
// device fetches as many records as both wrote.
func (o *ours) stale(away, busy *store.Replica, n int) {
	o.Helper()
	foreign, own := peerRecords(n/5), peerRecords(n/50)
	o.write(busy, foreign)
	o.timed(busy)
	o.write(away, own)
	_, back, _ := o.timed(away)
	back.records = len(foreign) + len(own)
	back.print("Daicho", "back after days")
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
