package kill

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"daicho/sync/bundle"
)

// aim is what is to be killed while something is done.
type aim struct {
	at     phase
	victim string // "device" or "server", which is the one that listens; "command": one beside it
}

// aims are taken in turn.
var aims = []aim{
	{push, "device"}, {push, "server"}, {rows, "device"}, {rows, "server"}, {userAdd, "command"}, {upload, "server"},
	{pull, "device"}, {pull, "server"}, {history, "device"}, {history, "server"}, {serverUnpack, "command"}, {unpack, "device"},
	{upload, "device"}, {download, "device"}, {download, "server"}, {index, "device"}, {enrol, "device"}, {enrol, "server"},
	{pack, "device"}, {writing, "device"}, {userAdd, "server"}, {serverUnpack, "server"}, {serverPack, "command"}, {serverPack, "server"},
}

// killsOfCity is how often programs of one city are killed: then it is looked at,
// and a new one begins, whose order is short again.
const killsOfCity = 72

// TestKillPrograms kills real programs, devices and server in turn, in every
// phase of their work: DAICHO_KILLS in all.
func TestKillPrograms(t *testing.T) {
	kills, seed := times(t, "DAICHO_KILLS", 10), times(t, "DAICHO_SEED", 1)
	hit := map[aim]int{}
	for done := 0; done < kills && !t.Failed(); done += killsOfCity {
		t.Run(fmt.Sprint(done), func(t *testing.T) {
			c := newCity(t, uint64(seed+done))
			c.ordeal(hit, done, min(done+killsOfCity, kills))
			c.settle()
		})
	}
	for _, a := range aims {
		if kills >= 4*len(aims) && hit[a] == 0 {
			t.Errorf("no %s was killed at: %s", a.victim, a.at)
		}
	}
	if _, asked := os.LookupEnv("DAICHO_KILLS"); asked {
		report(t, hit)
	}
}

// report leaves the table to whoever runs the test: so many of what, at what.
func report(t *testing.T, hit map[aim]int) {
	total := 0
	for _, a := range slices.SortedFunc(keysOf(hit), func(a, b aim) int {
		return slices.Compare([]string{string(a.at), a.victim}, []string{string(b.at), b.victim})
	}) {
		t.Attr("kills", fmt.Sprintf("%-26s %-8s %4d", a.at, a.victim, hit[a]))
		total += hit[a]
	}
	t.Attr("kills", fmt.Sprintf("%-26s %-8s %4d", "in all", "", total))
}

func keysOf(hit map[aim]int) func(func(aim) bool) {
	return func(yield func(aim) bool) {
		for a := range hit {
			if !yield(a) {
				return
			}
		}
	}
}

// times is a number from the environment.
func times(t *testing.T, name string, usual int) int {
	t.Helper()
	text, there := os.LookupEnv(name)
	if !there {
		return usual
	}
	n, err := strconv.Atoi(text)
	ok(t, err)
	return n
}

// ordeal lets everybody work, and kills.
func (c *city) ordeal(hit map[aim]int, from, to int) {
	for _, person := range []string{"青木花子", "馬場太郎", "千葉次郎"} {
		c.device(person, true)
	}
	for n := from; n < to; n++ {
		c.look()
		a := aims[n%len(aims)]
		if a.at == serverUnpack || a.at == serverPack || a.at == userAdd {
			hit[c.beside(a)]++
		} else {
			hit[c.among(a)]++
		}
	}
}

// look keeps a newcomer at work, makes sure that nobody has given up, and throws
// away old sticks and all but the newest of those who know everything.
func (c *city) look() {
	c.Helper()
	var know []*process
	learning := false
	for _, p := range c.devices {
		select {
		case <-p.gone:
			if p.ProcessState.ExitCode() != 0 {
				c.Fatalf("%s at %q: %v, %s", p.name, p.phase(), p.ProcessState, p.said)
			}
			know = append(know, p)
		default:
			learning = learning || !p.work
		}
	}
	if len(know) > 3 {
		c.devices = slices.DeleteFunc(c.devices, func(p *process) bool { return p == know[0] })
	}
	if !learning {
		c.device([]string{"馬場太郎", "千葉次郎"}[c.rnd.IntN(2)], false)
	}
	for _, of := range []string{"0*", "s*"} { // devices', and the server's
		for sticks := c.sticks(of); len(sticks) > 5; sticks = sticks[1:] {
			ok(c.T, os.Remove(sticks[0])) // their names begin with the time
		}
	}
}

// sticks are the bundles that lie about, the oldest first.
func (c *city) sticks(of string) []string {
	c.Helper()
	all, err := filepath.Glob(filepath.Join(c.home, "sticks", of+bundle.Suffix))
	ok(c.T, err)
	return all
}

// patience is how long something may not happen that must.
const patience = 3 * time.Minute

// among waits until a device is at something and kills it, or the server, a
// moment later. What it hit may be what came next.
func (c *city) among(a aim) aim {
	c.Helper()
	p := c.await(a.at)
	if c.rnd.IntN(3) > 0 {
		time.Sleep(time.Duration(c.rnd.IntN(15_000)) * time.Microsecond)
	}
	if a.victim == "server" {
		c.server.kill()
		a.at = p.phase()
		c.serve()
		return a
	}
	p.kill()
	if a.at = p.phase(); p.ProcessState.ExitCode() == 0 {
		return aim{between, "device"} // it was done
	}
	c.devices[slices.Index(c.devices, p)] = c.again(p)
	return a
}

// await is a device that has just told to be at something.
func (c *city) await(at phase) *process {
	c.Helper()
	looked := time.NewTicker(200 * time.Millisecond)
	defer looked.Stop()
	for end := time.After(patience); ; {
		select {
		case p := <-c.heard:
			if p.phase() == at && slices.Contains(c.devices, p) {
				return p
			}
		case <-looked.C:
			c.look()
		case <-end:
			c.Fatalf("nobody comes to: %s", at)
		}
	}
}

// beside runs a command beside the server and kills one of them before the
// command ends.
func (c *city) beside(a aim) aim {
	c.Helper()
	for {
		name := fmt.Sprint("職員", c.rnd.Uint64())
		cmd := c.program("server", c.verb(a.at, name)...)
		cmd.Stderr = c.log()
		p := c.start(cmd, string(a.at))
		begun, killed := time.Now(), false
		select {
		case <-p.gone:
			c.took[a.at] = time.Since(begun)
		case <-time.After(time.Duration((0.3 + 0.7*c.rnd.Float64()) * float64(cmp.Or(c.took[a.at], 100*time.Millisecond)))):
			if killed = true; a.victim == "server" {
				c.server.kill()
				c.serve()
			} else {
				p.kill()
			}
			<-p.gone
		}
		switch code := p.ProcessState.ExitCode(); {
		case code > 0:
			c.Fatalf("%s: %v, %s", a.at, p.ProcessState, p.said)
		case code == 0 && a.at == userAdd:
			c.added = append(c.added, name)
		}
		if killed && (a.victim == "server" || p.ProcessState.ExitCode() < 0) {
			return a
		}
	}
}

// verb is what is typed for a command.
func (c *city) verb(at phase, name string) []string {
	c.Helper()
	c.serial++
	stick := filepath.Join(c.home, "sticks", fmt.Sprintf("s%06d%s", c.serial, bundle.Suffix))
	switch at {
	case serverPack:
		for {
			c.look()
			if p := c.devices[c.rnd.IntN(3)]; p.known() != "" {
				return []string{"bundle", "export", stick, "--for", p.known()}
			}
			time.Sleep(20 * time.Millisecond)
		}
	case serverUnpack:
		for {
			c.look()
			if all := c.sticks("0*"); len(all) > 0 {
				return []string{"bundle", "import", all[c.rnd.IntN(len(all))], "--answer", stick}
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	return []string{"user", "add", name, "--role", "helpdesk"}
}
