// Package mailtest starts real mail servers for tests: an SMTP server that takes
// mail into a folder, and an IMAP server over the same folder. They are the system's
// (Debian: python3-aiosmtpd, dovecot-imapd), listen on this machine alone, work in a
// folder that is gone when the test ends, and belong into no program.
package mailtest

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// User and Password open the mailbox by IMAP.
const (
	User     = "desk"
	Password = "合言葉-1"
)

// SMTP is a mail server that keeps all it takes.
type SMTP struct {
	Address string // host:port
	Dir     string // Maildir

	t    testing.TB
	life *exec.Cmd
}

// NewSMTP starts one over a folder, or, where that is empty, over one of its own.
func NewSMTP(t testing.TB, dir string) *SMTP {
	t.Helper()
	if dir == "" {
		dir = Folder(t)
	}
	s := &SMTP{Address: free(t), Dir: dir, t: t}
	s.Start()
	t.Cleanup(s.Kill)
	return s
}

// Start starts it again after [SMTP.Kill].
func (s *SMTP) Start() {
	s.t.Helper()
	s.life = as("/usr/bin/python3", "-c", `
import sys, time
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
host, port = sys.argv[2].rsplit(":", 1)
c = Controller(Mailbox(sys.argv[1]), hostname=host, port=int(port), data_size_limit=100_000_000)
c.start()
sys.stdin.read()
`, s.Dir, s.Address)
	pipe(s.t, s.life)
	answers(s.t, s.Address)
}

// Kill ends it at once.
func (s *SMTP) Kill() {
	if s.life != nil {
		_ = s.life.Process.Kill() // it may have ended
		_ = s.life.Wait()
		s.life = nil
	}
}

// Mails are those that came, in no order.
func (s *SMTP) Mails() (all []string) {
	s.t.Helper()
	for _, sub := range []string{"new", "cur"} {
		files, err := filepath.Glob(filepath.Join(s.Dir, sub, "*"))
		if err != nil {
			s.t.Fatal(err)
		}
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				s.t.Fatal(err)
			}
			all = append(all, string(text))
		}
	}
	return all
}

// Folder is an empty Maildir that the servers' user may write to.
func Folder(t testing.TB) string {
	t.Helper()
	top, err := os.MkdirTemp("", "daicho-mail")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(top) })
	dir := filepath.Join(top, "maildir")
	for _, d := range []string{top, dir, dir + "/new", dir + "/cur", dir + "/tmp"} {
		err = errors.Join(err, os.MkdirAll(d, 0o700), give(d))
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

const config = `protocols = imap
listen = 127.0.0.1
base_dir = %[1]s/run
state_dir = %[1]s/state
log_path = %[1]s/log
ssl = no
disable_plaintext_auth = no
default_internal_user = %[2]s
default_internal_group = %[3]s
default_login_user = %[2]s
first_valid_uid = 1
mail_location = maildir:%[4]s
mail_uid = %[2]s
mail_gid = %[3]s
mail_home = %[1]s
mailbox_list_index = no
passdb {
  driver = static
  args = password=%[5]s
}
userdb {
  driver = static
  args = uid=%[2]s gid=%[3]s home=%[1]s
}
service imap-login {
  chroot =
  inet_listener imap {
    port = %[6]s
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`

// IMAP starts an IMAP server over a Maildir and tells its address.
func IMAP(t testing.TB, maildir string) string {
	t.Helper()
	address := free(t)
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	user, group := owner()
	top := filepath.Dir(maildir)
	conf := filepath.Join(top, "dovecot.conf")
	text := fmt.Sprintf(config, top, user, group, maildir, Password, port)
	if err := errors.Join(os.WriteFile(conf, []byte(text), 0o600), give(conf)); err != nil {
		t.Fatal(err)
	}
	c := as(program(t, "dovecot"), "-F", "-c", conf)
	pipe(t, c)
	t.Cleanup(func() {
		_ = c.Process.Signal(os.Interrupt) // its children end with it
		_ = c.Wait()
	})
	answers(t, address)
	return address
}

func pipe(t testing.TB, c *exec.Cmd) {
	t.Helper()
	_, err := c.StdinPipe() // closed when this process ends, which the server hears
	if err == nil {
		c.Stderr = os.Stderr
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
}

func answers(t testing.TB, address string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return
		}
	}
	t.Fatalf("nobody answers at %s", address)
}

func free(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// program finds one that an ordinary user's path may not name.
func program(t testing.TB, name string) string {
	t.Helper()
	for _, n := range []string{name, "/usr/sbin/" + name} {
		if path, err := exec.LookPath(n); err == nil {
			return path
		}
	}
	t.Fatalf("%s is needed: install dovecot-imapd and python3-aiosmtpd (make test does)", name)
	return ""
}
