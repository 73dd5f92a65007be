// Package sambatest starts a real SMB server for tests, in a folder of its own
// that is gone when the test's process ends. It takes the programs that the system
// has (Debian: package samba), listens on this machine alone, and belongs into no
// program.
package sambatest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// Server is a server with one share, named files, that may be read only.
type Server struct {
	Address  string // host:port
	Dir      string // what the share holds
	User     string
	Password string

	life io.Closer // a pipe to the shell: the server ends as it is closed, and lives for as long as this does
}

var shared = sync.OnceValues(start)

// Start gives the server of this process's tests, with an empty share.
func Start(t testing.TB) *Server {
	t.Helper()
	s, err := Empty()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Empty is [Start] where there is no test at hand.
func Empty() (*Server, error) {
	s, err := shared()
	if err == nil {
		err = empty(s.Dir)
	}
	return s, err
}

func empty(dir string) error {
	list, err := os.ReadDir(dir)
	for _, e := range list {
		err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
	}
	return err
}

const config = `[global]
 server role = standalone server
 security = user
 smb ports = %[2]s
 bind interfaces only = yes
 interfaces = lo
 disable netbios = yes
 lock directory = %[1]s/lock
 state directory = %[1]s/state
 cache directory = %[1]s/cache
 private dir = %[1]s/private
 pid directory = %[1]s/pid
 ncalrpc dir = %[1]s/ncalrpc
 log file = %[1]s/log/log.%%m
 passdb backend = tdbsam:%[1]s/private/passdb.tdb
 username map = %[1]s/usermap
 map to guest = never
 load printers = no
 printcap name = /dev/null
 disable spoolss = yes
 server min protocol = SMB2_10
 server signing = mandatory
[files]
 path = %[1]s/share
 read only = yes
 valid users = nobody
`

func start() (*Server, error) {
	smbd, err := program("smbd")
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "daicho-samba")
	if err != nil {
		return nil, err
	}
	address, err := free()
	if err != nil {
		return nil, err
	}
	s := &Server{Address: address, Dir: filepath.Join(dir, "share"), User: "scanner", Password: "パスワード-1"}
	if err = s.settle(dir); err != nil {
		return nil, err
	}
	// The shell ends with this process, and takes the server and the folder with it. It
	// has a group of its own: the server kills everybody in its group as it ends.
	c := exec.Command("setsid", "sh", "-c", `"$0" -s "$1/smb.conf" -F --no-process-group </dev/null >"$1/log/out" 2>&1 & read -r _; kill $!; wait $!; rm -rf "$1"`, smbd, dir)
	if s.life, err = c.StdinPipe(); err != nil {
		return nil, err
	}
	if err = c.Start(); err != nil {
		return nil, err
	}
	return s, s.answers(dir)
}

// settle writes what the server wants to find.
func (s *Server) settle(dir string) error {
	for _, name := range []string{"lock", "state", "cache", "private", "pid", "ncalrpc", "log", "share"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			return err
		}
	}
	if err := os.Chmod(dir, 0o755); err != nil { // the server reads as nobody
		return err
	}
	_, port, err := net.SplitHostPort(s.Address)
	if err != nil {
		return err
	}
	conf := filepath.Join(dir, "smb.conf")
	err = errors.Join(os.WriteFile(conf, fmt.Appendf(nil, config, dir, port), 0o644), os.WriteFile(filepath.Join(dir, "usermap"), []byte("nobody = "+s.User+"\n"), 0o644))
	if err != nil {
		return err
	}
	smbpasswd, err := program("smbpasswd")
	if err != nil {
		return err
	}
	c := exec.Command(smbpasswd, "-c", conf, "-a", "-s", "nobody")
	c.Stdin = strings.NewReader(s.Password + "\n" + s.Password + "\n")
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	if err = c.Run(); err != nil {
		return fmt.Errorf("smbpasswd: %w: %s", err, said.String())
	}
	return nil
}

// answers waits until the server can be reached.
func (s *Server) answers(dir string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for ctx.Err() == nil {
		c, err := net.Dial("tcp", s.Address)
		if err == nil {
			return c.Close()
		}
		time.Sleep(20 * time.Millisecond)
	}
	out, err := os.ReadFile(filepath.Join(dir, "log", "out"))
	return errors.Join(fmt.Errorf("smbd does not answer: %s", out), err)
}

func free() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// program finds one that an ordinary user's path may not name.
func program(name string) (string, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		path, err = exec.LookPath("/usr/sbin/" + name)
	}
	if err != nil {
		return "", fmt.Errorf("%s is needed: install samba (make test does)", name)
	}
	return path, nil
}
