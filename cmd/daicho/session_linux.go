package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/godbus/dbus/v5"
)

// Names of systemd-logind on the system's bus.
const (
	logind        = "org.freedesktop.login1"
	logindPath    = "/org/freedesktop/login1"
	logindManager = logind + ".Manager"
	logindSession = logind + ".Session"
	properties    = "org.freedesktop.DBus.Properties"
)

// watchSession calls lock, on a goroutine of its own, before the machine goes to
// sleep and when the session's own screen is locked, until ctx ends. Lock returns
// when nothing is shown any more: until then the machine is asked to wait. Where
// nobody tells of that, it says so once in the log.
func watchSession(ctx context.Context, lock func(), log io.Writer) {
	w := &sessionWatch{lock: lock, log: log}
	go func() {
		if err := w.begin(); err != nil {
			fmt.Fprintf(log, "daicho: sleep and the screen lock of the system do not lock this window: %v\n", err)
			return
		}
		w.run(ctx)
	}()
}

// sessionWatch hears what logind says of one session.
type sessionWatch struct {
	lock    func()
	log     io.Writer
	bus     *dbus.Conn
	session dbus.ObjectPath
	told    chan *dbus.Signal
	delay   *os.File // while it is open the machine waits with sleeping; nil: it does not
}

func (w *sessionWatch) begin() (err error) {
	if w.bus, err = dbus.ConnectSystemBus(); err != nil {
		return err
	}
	if err := w.listen(); err != nil {
		return errors.Join(err, w.bus.Close())
	}
	return nil
}

func (w *sessionWatch) listen() error {
	manager := w.bus.Object(logind, logindPath)
	if err := manager.Call(logindManager+".GetSessionByPID", 0, uint32(os.Getpid())).Store(&w.session); err != nil {
		return err
	}
	w.told = make(chan *dbus.Signal, 16)
	w.bus.Signal(w.told)
	for _, m := range [][]dbus.MatchOption{
		{dbus.WithMatchObjectPath(logindPath), dbus.WithMatchInterface(logindManager), dbus.WithMatchMember("PrepareForSleep")},
		{dbus.WithMatchObjectPath(w.session), dbus.WithMatchInterface(logindSession), dbus.WithMatchMember("Lock")},
		{dbus.WithMatchObjectPath(w.session), dbus.WithMatchInterface(properties), dbus.WithMatchMember("PropertiesChanged")},
	} {
		if err := w.bus.AddMatchSignal(append(m, dbus.WithMatchSender(logind))...); err != nil {
			return err
		}
	}
	w.hold()
	return nil
}

func (w *sessionWatch) run(ctx context.Context) {
	defer w.bus.Close()
	defer w.letGo()
	for {
		select {
		case <-ctx.Done():
			return
		case s, ok := <-w.told:
			if !ok {
				fmt.Fprintln(w.log, "daicho: the system's bus is gone: sleep and its screen lock do not lock this window any more")
				return
			}
			w.hear(s)
		}
	}
}

// hear locks where a signal wants it. Before a sleep the machine waits for that.
func (w *sessionWatch) hear(s *dbus.Signal) {
	if asleep, told := falls(s); told {
		if !asleep {
			w.hold()
			return
		}
		w.lock()
		w.letGo()
		return
	}
	if s.Name == logindSession+".Lock" || hinted(s) {
		w.lock()
	}
}

// falls reports whether the machine is about to sleep, or has woken up; told is
// false for another signal.
func falls(s *dbus.Signal) (asleep, told bool) {
	if s.Name != logindManager+".PrepareForSleep" || len(s.Body) != 1 {
		return false, false
	}
	asleep, told = s.Body[0].(bool)
	return asleep, told
}

// hinted reports whether the desktop says that it has locked its screen.
func hinted(s *dbus.Signal) bool {
	if s.Name != properties+".PropertiesChanged" || len(s.Body) < 2 {
		return false
	}
	changed, _ := s.Body[1].(map[string]dbus.Variant)
	locked, _ := changed["LockedHint"].Value().(bool)
	return locked
}

// hold asks the machine to wait with its next sleep. Where that is refused it may
// sleep before the window is locked; it is then locked on waking up.
func (w *sessionWatch) hold() {
	var fd dbus.UnixFD
	call := w.bus.Object(logind, logindPath).Call(logindManager+".Inhibit", 0, "sleep", "Daicho", "locks its window", "delay")
	if call.Store(&fd) == nil {
		w.delay = os.NewFile(uintptr(fd), "sleep")
	}
}

func (w *sessionWatch) letGo() {
	if w.delay != nil {
		w.delay.Close()
		w.delay = nil
	}
}
