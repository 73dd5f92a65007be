package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// sleeper is logind as far as a window meets it, on a bus of its own.
type sleeper struct {
	t       *testing.T
	address string
	bus     *dbus.Conn

	mu     sync.Mutex
	delays []*os.File // this side of what holds back its sleep
}

const session = dbus.ObjectPath("/org/freedesktop/login1/session/_31")

// newSleeper starts a bus and answers on it.
func newSleeper(t *testing.T) *sleeper {
	t.Helper()
	dir := t.TempDir()
	conf := filepath.Join(dir, "bus.conf")
	ok(t, os.WriteFile(conf, fmt.Appendf(nil, `<busconfig><type>system</type><listen>unix:dir=%s</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_destination="*" eavesdrop="false"/><allow receive_sender="*"/></policy></busconfig>`, dir), 0o600))
	c := exec.Command("dbus-daemon", "--nofork", "--print-address", "--config-file="+conf)
	out, err := c.StdoutPipe()
	ok(t, err)
	if err := c.Start(); err != nil {
		t.Fatalf("dbus-daemon is needed for this test (Debian: dbus-user-session): %v", err)
	}
	t.Cleanup(func() { c.Process.Kill(); c.Wait() })
	address, err := bufio.NewReader(out).ReadString('\n')
	ok(t, err)
	s := &sleeper{t: t, address: strings.TrimSpace(address)}
	s.bus, err = dbus.Connect(s.address)
	ok(t, err)
	t.Cleanup(func() { s.bus.Close() })
	ok(t, s.bus.Export(s, logindPath, logindManager))
	_, err = s.bus.RequestName(logind, dbus.NameFlagDoNotQueue)
	ok(t, err)
	return s
}

// GetSessionByPID answers the window.
func (s *sleeper) GetSessionByPID(uint32) (dbus.ObjectPath, *dbus.Error) { return session, nil }

// Inhibit gives the window what holds back the sleep while it is open.
func (s *sleeper) Inhibit(what, _, _, mode string) (dbus.UnixFD, *dbus.Error) {
	if what != "sleep" || mode != "delay" {
		return 0, dbus.MakeFailedError(fmt.Errorf("asked for %s, %s", what, mode))
	}
	r, w, err := os.Pipe()
	if err != nil {
		return 0, dbus.MakeFailedError(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.delays = append(s.delays, r)
	time.AfterFunc(time.Second, func() { w.Close() }) // sent by then; the window holds its own
	return dbus.UnixFD(w.Fd()), nil
}

// held is how often the window asked to wait.
func (s *sleeper) held() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.delays)
}

// released waits until the n-th wait was given up.
func (s *sleeper) released(n int) {
	s.mu.Lock()
	r := s.delays[n]
	s.mu.Unlock()
	ok(s.t, r.SetReadDeadline(time.Now().Add(longest)))
	if _, err := r.Read(make([]byte, 1)); err != io.EOF {
		s.t.Errorf("the machine is kept from its sleep: %v", err)
	}
}

func (s *sleeper) says(path dbus.ObjectPath, name string, values ...any) {
	s.t.Helper()
	ok(s.t, s.bus.Emit(path, name, values...))
}

// within waits for something that another goroutine does.
func within(t *testing.T, what string, done func() bool) {
	t.Helper()
	for begun := time.Now(); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Since(begun) > longest {
			t.Fatal("never:", what)
		}
	}
}

// TestSystemLocks: what of the system's bus locks the window, and what does not.
func TestSystemLocks(t *testing.T) {
	s := newSleeper(t)
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", s.address)
	ctx, end := context.WithCancel(t.Context())
	defer end()
	locks := make(chan bool, 16)
	watchSession(ctx, func() { locks <- true }, io.Discard)
	within(t, "it asks the machine to wait", func() bool { return s.held() == 1 })
	locked := func(hint bool) map[string]dbus.Variant {
		return map[string]dbus.Variant{"LockedHint": dbus.MakeVariant(hint)}
	}
	for _, c := range []struct {
		path  dbus.ObjectPath
		name  string
		body  []any
		locks bool
	}{
		{session, logindSession + ".Lock", nil, true},
		{session, logindSession + ".Unlock", nil, false},
		{session + "2", logindSession + ".Lock", nil, false}, // somebody else's
		{session, properties + ".PropertiesChanged", []any{logindSession, locked(true), []string{}}, true},
		{session, properties + ".PropertiesChanged", []any{logindSession, locked(false), []string{}}, false},
		{session, properties + ".PropertiesChanged", []any{logindSession, map[string]dbus.Variant{"IdleHint": dbus.MakeVariant(true)}, []string{}}, false},
		{logindPath, logindManager + ".PrepareForShutdown", []any{true}, false},
	} {
		s.says(c.path, c.name, c.body...)
		if c.locks {
			<-locks
			continue
		}
		s.says(session, logindSession+".Lock") // comes after it
		<-locks
		if len(locks) > 0 {
			t.Errorf("%s %s %v locks", c.path, c.name, c.body)
			<-locks
		}
	}
}

// TestSleepWaitsForTheLock: the machine sleeps when nothing is shown any more, and
// waits again the next time.
func TestSleepWaitsForTheLock(t *testing.T) {
	s := newSleeper(t)
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", s.address)
	ctx, end := context.WithCancel(t.Context())
	defer end()
	shown, hidden := make(chan bool), make(chan bool)
	watchSession(ctx, func() { shown <- true; <-hidden }, io.Discard)
	for n := range 2 {
		within(t, "it asks the machine to wait", func() bool { return s.held() == n+1 })
		s.says(logindPath, logindManager+".PrepareForSleep", true)
		<-shown
		s.mu.Lock()
		r := s.delays[n]
		s.mu.Unlock()
		ok(t, r.SetReadDeadline(time.Now().Add(1500*time.Millisecond)))
		if _, err := r.Read(make([]byte, 1)); err == io.EOF {
			t.Fatal("the machine sleeps while the records are shown")
		}
		hidden <- true
		s.released(n)
		s.says(logindPath, logindManager+".PrepareForSleep", false)
	}
}

// TestNoBusIsSaidOnce: without the system's bus, and without logind on it, the
// window works and says what it cannot do.
func TestNoBusIsSaidOnce(t *testing.T) {
	s := newSleeper(t)
	_, err := s.bus.ReleaseName(logind)
	ok(t, err)
	for _, address := range []string{"unix:path=" + filepath.Join(t.TempDir(), "none"), s.address} {
		t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
		log := &lines{}
		watchSession(t.Context(), func() { t.Error("it locks") }, log)
		within(t, "it is said", func() bool { return strings.Count(log.String(), "do not lock this window") == 1 })
	}
}

// lines is a log that several goroutines write and read.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// TestTheSystemLocksTheWindow: the real window shows the door when the desktop
// locks its screen, and before the machine sleeps.
func TestTheSystemLocksTheWindow(t *testing.T) {
	bus := newSleeper(t)
	s := newScreen(t)
	s.env = append(s.env, "DBUS_SYSTEM_BUS_ADDRESS="+bus.address)
	s.openInquiry("no network")
	within(t, "it asks the machine to wait", func() bool { return bus.held() == 1 })
	bus.says(session, logindSession+".Lock")
	s.logged(1, "the replica is closed")
	s.until("nothing but the door is on the screen", func() bool { return onlyTheDoor(s.picture("locked-by-system")) })
	s.write("correct horse battery")
	s.keys("Return")
	s.logged(1, "the window is unlocked")
	bus.says(logindPath, logindManager+".PrepareForSleep", true)
	bus.released(0)
	s.logged(2, "the window is locked")
	s.until("nothing but the door is on the screen", func() bool { return onlyTheDoor(s.picture("asleep")) })
}
