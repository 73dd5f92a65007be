package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	core "daicho/app"
	"daicho/app/ticket"
	"daicho/cmd/cli"
)

// TestAPersonRecordsAnInquiry works in the real window with the real keyboard and
// the real mouse, and finds the inquiry in the real replica, opened beside the window.
func TestAPersonRecordsAnInquiry(t *testing.T) {
	s := newScreen(t)
	s.create()
	s.start()
	s.keys("ctrl+n")
	s.write("printer on floor 2 is jammed")
	s.keys("Tab")
	s.photograph("form")
	s.keys("space", "Down", "Return") // the channel: the first of the list
	for _, c := range []struct {
		x, y  int
		words string
	}{
		{1110, 264, "tax office"}, // the department
		{730, 62, "elsewhere"},    // the search of the list
		{1110, 450, "page 2"},     // several lines
		{880, 298, "4711"},        // the extension, by its label
		{1110, 282, "0"},          // and just above its edge
		{1240, 94, ", again"},     // behind the subject, typed before
	} {
		s.click(c.x, c.y)
		s.write(c.words)
	}
	s.photograph("clicked")
	s.click(500, 600) // nobody is there
	s.keys("ctrl+Return")
	beside := s.replica()
	s.until("the inquiry is in the replica", func() bool {
		list, _, err := beside.List(context.Background(), ticket.Kind, core.Query{})
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			return false
		}
		k := list[0].(*ticket.Ticket)
		if k.Title != "printer on floor 2 is jammed, again" || k.Department != "tax office" || k.Body != "page 2" || k.Extension != "47110" {
			t.Errorf("recorded: %q, %q, %q, %q", k.Title, k.Department, k.Body, k.Extension)
		}
		return true
	})
	s.photograph("recorded")
}

func TestIDAndVersionAgree(t *testing.T) {
	b, err := os.ReadFile("../../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`ID = "` + appID + `"`, `Version = "` + cli.Version + `"`} {
		if !strings.Contains(string(b), want) {
			t.Errorf("FyneApp.toml has no line %s", want)
		}
	}
}

// TestWhoWorksAloneIsNamed: the name typed at a first run without a server is
// what the window shows from then on.
func TestWhoWorksAloneIsNamed(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("DAICHO_KEYS", filepath.Join(dir, "keys"))
	d, err := newDoor(filepath.Join(dir, "replica"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if d.State().Exists {
		t.Fatal("a replica before the first run")
	}
	if err := d.Create(t.Context(), "葉月 花子", []byte("correct horse battery")); err != nil {
		t.Fatal(err)
	}
	defer d.opened().Close()
	l := newLink(d, time.Now)
	l.refresh(t.Context(), d.opened(), nil)
	if s := l.Status(); s.Person != "葉月 花子" || s.Enrolled || !d.State().Exists {
		t.Errorf("%+v, %+v", s, d.State())
	}
}
