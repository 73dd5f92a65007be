// Package postgrestest starts real PostgreSQL servers for tests, each in a
// folder of its own that is gone when the test's process ends, however it ends.
// It takes the programs that the system has (Debian: package postgresql) and
// belongs into no program.
package postgrestest

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Cluster is a PostgreSQL server that listens on a socket in its folder.
type Cluster struct {
	dir      string
	password string
	end      io.Closer // closing it ends the server
}

// shared is the server of this process's tests.
var shared = sync.OnceValues(start)

// Database makes an empty database on a server that all tests of the process
// share, and gives its connection string.
func Database(t testing.TB) string {
	t.Helper()
	c, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return c.Database(t)
}

// Schema is [Database], but only an empty schema in one that is there: it is
// made a hundred times faster, and shares the database's locks with others.
func Schema(t testing.TB) string {
	t.Helper()
	c, err := shared()
	name := "s" + strconv.FormatInt(databases.Add(1), 10)
	if err == nil {
		err = c.do("CREATE SCHEMA " + name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c.dsn("postgres") + " search_path=" + name
}

// Connect is [Database] where there is no test at hand, with the password that
// the connection string holds.
func Connect() (dsn, password string, err error) {
	c, err := shared()
	if err != nil {
		return "", "", err
	}
	dsn, err = c.database()
	return dsn, c.password, err
}

// New starts a server of the test's own, which ends with it.
func New(t testing.TB) *Cluster {
	t.Helper()
	c, err := start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.end.Close() })
	return c
}

var databases atomic.Int64

// Database makes an empty database and gives its connection string.
func (c *Cluster) Database(t testing.TB) string {
	t.Helper()
	dsn, err := c.database()
	if err != nil {
		t.Fatal(err)
	}
	return dsn
}

func (c *Cluster) database() (string, error) {
	name := "d" + strconv.FormatInt(databases.Add(1), 10)
	return c.dsn(name), c.do("CREATE DATABASE " + name)
}

// Do runs a statement as the owner of the server.
func (c *Cluster) Do(t testing.TB, statement string) {
	t.Helper()
	if err := c.do(statement); err != nil {
		t.Fatal(err)
	}
}

func (c *Cluster) do(statement string) error {
	conn, err := pgx.Connect(context.Background(), c.dsn("postgres"))
	if err != nil {
		return err
	}
	_, err = conn.Exec(context.Background(), statement)
	return errors.Join(err, conn.Close(context.Background()))
}

// Dir is the folder of its files.
func (c *Cluster) Dir() string { return filepath.Join(c.dir, "data") }

// Password is what its connection strings hold.
func (c *Cluster) Password() string { return c.password }

func (c *Cluster) dsn(database string) string {
	return fmt.Sprintf("host=%s user=daicho password=%s dbname=%s sslmode=disable", c.dir, c.password, database)
}

// Kill kills all processes of the server, as a loss of power would.
func (c *Cluster) Kill(t testing.TB) {
	t.Helper()
	if err := c.kill(); err != nil {
		t.Fatal(err)
	}
}

// killed is the name of a file that tells the keeper to start nothing and to
// leave everything.
const killed = "killed"

func (c *Cluster) kill() error {
	if err := os.WriteFile(filepath.Join(c.dir, killed), nil, 0o600); err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(c.Dir(), "postmaster.pid"))
	if err != nil {
		return err
	}
	first, _, _ := strings.Cut(string(text), "\n")
	list, err := exec.Command("ps", "-A", "-o", "pid=,ppid=").Output()
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(list)) {
		pid, parent := "", ""
		fmt.Sscan(line, &pid, &parent)
		if n, err := strconv.Atoi(pid); err == nil && (pid == first || parent == first) {
			if p, err := os.FindProcess(n); err == nil {
				_ = p.Kill() // it may have ended by itself
			}
		}
	}
	return nil
}

// Start starts again what was killed.
func (c *Cluster) Start(t testing.TB) {
	t.Helper()
	if err := errors.Join(c.end.Close(), os.Remove(filepath.Join(c.dir, killed)), c.run()); err != nil {
		t.Fatal(err)
	}
}

func start() (*Cluster, error) {
	dir, err := os.MkdirTemp("", "daicho-pg-")
	if err != nil {
		return nil, err
	}
	c := &Cluster{dir: dir, password: rand.Text()}
	if err = c.initialize(); err == nil {
		err = c.run()
	}
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return c, nil
}

// initialize makes the files.
func (c *Cluster) initialize() error {
	secret := filepath.Join(c.dir, "password")
	if err := os.WriteFile(secret, []byte(c.password), 0o600); err != nil {
		return err
	}
	if err := give(c.dir, secret); err != nil {
		return err
	}
	initdb, err := Program("initdb")
	if err != nil {
		return err
	}
	cmd := unprivileged(exec.Command(initdb, "-D", c.Dir(), "-U", "daicho", "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8", "--locale", "C", "-N"))
	cmd.Dir = c.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

// keeper runs the server until its input ends, which it does with the process
// that started it. What is left of a server that was killed may keep the next
// one from starting for a moment.
const keeper = `for try in 1 2 3 4 5; do
  [ ! -e "$1/killed" ] || break
  "$0" -D "$1/data" -k "$1" -c listen_addresses= -c max_connections=200 >>"$1/log" 2>&1 &
  server=$!
  sleep 0.3
  kill -0 $server 2>/dev/null && break
done
read -r _
kill -INT $server 2>/dev/null
wait $server
[ -e "$1/killed" ] || rm -rf "$1"
exit 0`

func (c *Cluster) run() error {
	postgres, err := Program("postgres")
	if err != nil {
		return err
	}
	cmd := unprivileged(exec.Command("sh", "-c", keeper, postgres, c.dir))
	cmd.Dir = c.dir
	input, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	c.end = closer(func() error { return errors.Join(input.Close(), cmd.Wait()) })
	if err = cmd.Start(); err != nil {
		return err
	}
	return c.await()
}

type closer func() error

func (c closer) Close() error { return c() }

// patience is how long a server may take to start.
const patience = time.Minute

// await waits until the server answers.
func (c *Cluster) await() (err error) {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		var conn *pgx.Conn
		if conn, err = pgx.Connect(context.Background(), c.dsn("postgres")); err == nil {
			return conn.Close(context.Background())
		}
	}
	said, _ := os.ReadFile(filepath.Join(c.dir, "log"))
	return fmt.Errorf("PostgreSQL does not start: %w\n%s", err, said)
}

// Program finds one of PostgreSQL's programs: in the path, or where Debian puts
// them, the newest version.
func Program(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("%s is missing; make test installs PostgreSQL", name)
	}
	return slices.MaxFunc(found, func(a, b string) int { return cmp.Or(len(a)-len(b), strings.Compare(a, b)) }), nil
}
