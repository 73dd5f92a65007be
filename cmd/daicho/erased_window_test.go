package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"daicho/app"
	"daicho/sync/server"
)

// lost reports a device as lost.
func lost(t *testing.T, srv *server.Server, device app.ID) {
	t.Helper()
	_, err := srv.Lost(t.Context(), device, "test", "left on a train")
	ok(t, err)
}

// held are the files in the folder of the window's replica.
func (s *screen) held() (names []string) {
	s.t.Helper()
	err := filepath.WalkDir(s.options().Dir, func(path string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil && !e.IsDir() {
			names = append(names, path)
		}
		return err
	})
	ok(s.t, err)
	return names
}

// TestALostDeviceShowsNothing: the window is in the middle of something, or is
// unlocked, when the server's order reaches it. It goes back to a door that says
// why; nothing else is on the screen or the disk, no key brings anything back,
// and a new code makes a new register at that door.
func TestALostDeviceShowsNothing(t *testing.T) {
	for name, doing := range map[string][]string{"under a card": {"ctrl+n", "ctrl+k"}, "locked": {"ctrl+n", "ctrl+l"}} {
		t.Run(name, func(t *testing.T) {
			srv, at := newServer(t)
			addUser(t, srv, "中村 彩")
			code := func() string {
				c, err := srv.EnrollCode(t.Context(), "中村 彩", []string{at})
				ok(t, err)
				return c
			}
			s := newScreen(t)
			mine := s.device(s.options(), code())
			written(t, mine, "a matter of the citizens")
			synced(t, mine)
			device := mine.Device()
			ok(t, mine.Close())
			s.start("--lock-after", "0")
			s.keys(doing...)
			if name != "locked" {
				s.write("a secret matter")
			}
			s.still("before")
			if onlyTheDoor(s.picture("before")) != (name == "locked") {
				t.Fatal("the window does not show what it should")
			}
			lost(t, srv, device)
			if name == "locked" { // no sync runs behind a locked door
				s.write("correct horse battery")
				s.keys("Return")
			}
			s.logged(1, "the replica was erased")
			s.until("nothing but the door is on the screen", func() bool { return onlyTheDoor(s.picture("erased")) })
			if left := s.held(); len(left) != 0 {
				t.Errorf("still on the disk: %q", left)
			}
			s.keys("Escape", "ctrl+k", "ctrl+n", "F5", "ctrl+1", "F6")
			s.still("tried")
			if !onlyTheDoor(s.picture("tried")) {
				t.Error("a key brings something back")
			}
			if name == "locked" {
				return
			}
			s.write(code())
			s.keys("Tab")
			s.write("another passphrase")
			s.keys("Tab")
			s.write("another passphrase")
			s.keys("Return")
			s.logged(2, "the replica is open")
			s.still("anew")
			if _, err := os.Stat(s.options().Dir); err != nil {
				t.Error(err)
			}
		})
	}
}
