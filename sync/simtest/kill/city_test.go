package kill

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"daicho/store/keys"
)

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// city is one server with its devices, each a process.
type city struct {
	*testing.T
	home    string // everything that programs write; what people know lies beside it
	env     []string
	listen  string
	rnd     *rand.Rand
	server  *process
	devices []*process
	heard   chan *process // a device that has told a phase, if anybody listens
	serial  int
	added   []string                // users that were told to be added
	took    map[phase]time.Duration // by commands that were not killed
}

// process is a program of the city. Who reads what it says knows its phase.
type process struct {
	*exec.Cmd
	name string
	work bool          // it works on; otherwise it ends when it knows everything
	up   chan struct{} // closed when it listens, if it ever does
	gone chan struct{}

	mu   sync.Mutex
	at   phase
	id   string // of the device, once the server knows all about it
	said string // last, that was none of this
}

func (p *process) phase() phase {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.at
}

// known is the device's id, if the server knows it well.
func (p *process) known() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.id
}

func newCity(t *testing.T, seed uint64) *city {
	dir := t.TempDir()
	c := &city{T: t, home: filepath.Join(dir, "city"), listen: "127.0.0.1:0", rnd: rand.New(rand.NewPCG(seed, 3)), heard: make(chan *process), took: map[phase]time.Duration{}}
	for _, d := range []string{c.home, c.home + ".ledger", filepath.Join(c.home, "sticks")} {
		ok(t, os.Mkdir(d, 0o700))
	}
	pass := filepath.Join(dir, "passphrase")
	ok(t, os.WriteFile(pass, []byte("サーバーの合言葉"), 0o600))
	c.env = append(os.Environ(), keys.PassphraseFile+"="+pass, "DAICHO_KEYS="+filepath.Join(dir, "keys"), "DAICHO_DATA="+filepath.Join(c.home, "server"))
	for name, role := range persons {
		c.command("user", "add", name, "--role", role)
	}
	c.serve()
	return c
}

// persons are those who have devices, with their roles: two read everything alike.
// The last comes at the end and has the record exported.
var persons = map[string]string{"青木花子": "pm", "馬場太郎": "pm", "千葉次郎": "helpdesk", "監査": "city_auditor"}

// program is one of ours, not started.
func (c *city) program(role string, args ...string) *exec.Cmd {
	self, err := os.Executable()
	ok(c.T, err)
	p := exec.Command(self, args...)
	p.Env = append(c.env, roleVar+"="+role)
	return p
}

// command runs a verb of the server's program to its end.
func (c *city) command(args ...string) string {
	c.Helper()
	var said, wrong strings.Builder
	p := c.program("server", args...)
	p.Stdout, p.Stderr = &said, &wrong
	if err := p.Run(); err != nil {
		c.Fatal(args, err, wrong.String())
	}
	return said.String()
}

// serve starts the server where it listened before.
func (c *city) serve() {
	c.Helper()
	p := c.program("server", "serve", "--listen", c.listen)
	log := c.log()
	p.Stderr = log
	c.server = c.start(p, "server")
	select {
	case <-c.server.up:
	case <-c.server.gone:
		text, _ := os.ReadFile(log.Name())
		c.Fatalf("the server does not come up: %v\n%s", c.server.ProcessState, tail(text))
	}
}

// log is what the server's programs write for the administrator.
func (c *city) log() *os.File {
	c.Helper()
	f, err := os.OpenFile(filepath.Join(c.home, "server.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	ok(c.T, err)
	c.Cleanup(func() { f.Close() })
	return f
}

func tail(text []byte) []byte { return text[max(0, len(text)-2000):] }

// start starts a program and follows what it says.
func (c *city) start(cmd *exec.Cmd, name string) *process {
	c.Helper()
	p := &process{Cmd: cmd, name: name, up: make(chan struct{}), gone: make(chan struct{}), at: between}
	out, err := cmd.StdoutPipe()
	ok(c.T, err)
	ok(c.T, cmd.Start())
	c.Cleanup(p.kill)
	go c.follow(p, out)
	return p
}

func (c *city) follow(p *process, out io.Reader) {
	for lines := bufio.NewScanner(out); lines.Scan(); {
		what, rest, _ := strings.Cut(lines.Text(), " ")
		p.mu.Lock()
		switch what {
		case "phase":
			p.at = phase(rest)
		case "listening":
			c.listen = strings.TrimPrefix(rest, "on ")
			close(p.up)
		case "id":
			p.id = rest
		default:
			p.said = lines.Text()
		}
		p.mu.Unlock()
		select {
		case c.heard <- p:
		default:
		}
	}
	_ = p.Wait() // its state tells more
	close(p.gone)
}

// kill kills with -9 and waits for the end.
func (p *process) kill() {
	_ = p.Process.Kill() // it may have ended
	<-p.gone
}

// code has the server make one that enrols a device.
func (c *city) code(person string) string {
	c.Helper()
	out := strings.Fields(c.command("enroll-code", "--user", person, "--address", c.listen))
	return out[len(out)-1]
}

// device starts a new one of a person. One that does not work goes when it knows
// everything.
func (c *city) device(person string, work bool) {
	c.Helper()
	c.serial++
	p := &process{name: fmt.Sprint("device", c.serial), work: work}
	ok(c.T, os.WriteFile(filepath.Join(c.home, p.name+".code"), []byte(c.code(person)), 0o600))
	c.devices = append(c.devices, c.again(p))
}

// again starts a device that was killed.
func (c *city) again(p *process) *process {
	c.Helper()
	work := map[bool]string{true: "work", false: "learn"}[p.work]
	cmd := c.program("device", c.home, p.name, work, fmt.Sprint(c.rnd.Uint64()))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	ok(c.T, err)
	c.Cleanup(func() { in.Close() })
	next := c.start(cmd, p.name)
	next.work = p.work
	return next
}
