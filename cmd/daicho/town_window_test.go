package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	core "daicho/app"
	"daicho/app/access"
	"daicho/app/calendar"
	"daicho/app/civil"
	"daicho/app/terms"
	"daicho/assets"
	"daicho/store"
	"daicho/sync/server"
)

// town is a server with a person at the window and a colleague at another desk.
type town struct {
	*screen
	server    *server.Server
	line      *valve         // between the window and the server
	mine      *store.Replica // of the window, opened beside it
	colleague *store.Replica
	lang      core.Lang
	files     string // where the window's person saves
}

// newTown makes both devices. The window stands on a small screen, 1024 by 768.
func newTown(t *testing.T, lang core.Lang, name string, role access.Role) *town {
	srv, at := newServer(t)
	c := &town{screen: newSmallScreen(t), server: srv, line: &valve{to: at, passed: make(chan struct{}, 1)}, lang: lang}
	gate := c.line.listen(t)
	addUser(t, srv, "髙橋 直")
	hire(t, srv, name, role)
	code := func(who, address string) string {
		code, err := srv.EnrollCode(t.Context(), who, []string{address})
		ok(t, err)
		return code
	}
	other := c.options()
	other.Dir = filepath.Join(c.dir, "colleague")
	c.colleague = c.device(other, code("髙橋 直", at))
	t.Cleanup(func() { c.colleague.Close() })
	ok(t, c.device(c.options(), code(name, gate)).Close())
	c.files = filepath.Join(c.dir, "home")
	ok(t, os.Mkdir(c.files, 0o700))
	c.env = append(c.env, "HOME="+c.files, "TMPDIR="+c.files)
	return c
}

// open starts the window in the story's language, as large as the screen.
func (c *town) open() {
	c.t.Helper()
	synced(c.t, c.colleague)
	mine := c.replica()
	synced(c.t, mine)
	c.mine = mine
	c.launch("--lock-after", "0", "--lang", string(c.lang))
	c.logged(1, "the replica is open")
	c.xdotool("windowsize", "--sync", c.named("Daicho"), "1024", "768")
	c.until("something is painted", func() bool { return c.picture("open").colours() > 50 })
}

// shown keeps a picture in the story's language.
func (c *town) shown(name string) { c.still(name + "-" + string(c.lang)) }

// does chooses an act by its name, as whoever knows no key for it does.
func (c *town) does(ja, en string) {
	c.t.Helper()
	c.keys("ctrl+k")
	c.write(c.says(ja, en))
	c.keys("Return")
}

// face turns the open record: the keyboard goes from the form to its tabs.
func (c *town) face(right int) {
	c.keys("F6", "F6")
	for range right {
		c.keys("Right")
	}
}

// write types words on a keyboard that has them: xdotool else makes a key for one letter,
// and takes it away before the window has read which it is.
func (c *town) write(words string) {
	c.t.Helper()
	c.layout(words)
	c.screen.write(words)
}

// layout gives the keys that no keyboard has to the letters of words that are not Latin,
// two to a key.
func (c *town) layout(words string) {
	c.t.Helper()
	var letters []rune
	for _, r := range words {
		if r > 0x7f && !slices.Contains(letters, r) {
			letters = append(letters, r)
		}
	}
	if len(letters) == 0 {
		return
	}
	var keys strings.Builder
	for i, key := 0, 208; i < len(letters); i, key = i+2, key+1 {
		fmt.Fprintf(&keys, "key <I%d> { type = \"TWO_LEVEL\", [ U%04X, U%04X ] };\n", key, letters[i], letters[min(i+1, len(letters)-1)])
	}
	x := exec.Command("xkbcomp", "-w0", "-", fmt.Sprint(":", c.display.number))
	x.Env = c.env
	x.Stdin = strings.NewReader(`xkb_keymap { xkb_keycodes { include "evdev+aliases(qwerty)" }; xkb_types { include "complete" };
		xkb_compat { include "complete" }; xkb_symbols { include "pc+us"
		` + keys.String() + `}; };`)
	if out, err := x.CombinedOutput(); err != nil {
		c.t.Fatalf("xkbcomp: %v %s", err, out)
	}
	c.settled()
}

// says is a word in the story's language.
func (c *town) says(ja, en string) string { return core.Label{JA: ja, EN: en}.In(c.lang) }

// entered makes a record of typed lines, each a field or a command.
func entered(t *testing.T, r *store.Replica, kind core.Kind, lines ...string) core.Ref {
	t.Helper()
	g, err := r.Book().Registers.Of(kind)
	ok(t, err)
	rec, err := r.Draft(kind)
	ok(t, err)
	var acts []string
	for _, line := range lines {
		name, value, _ := strings.Cut(line, "=")
		if act, is := strings.CutPrefix(line, "do:"); is {
			acts = append(acts, act)
			continue
		}
		ok(t, g.Enter(rec, name, value))
	}
	ok(t, r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error {
		if err := tx.Save(rec); err != nil {
			return err
		}
		for _, act := range acts {
			if err := tx.Do(rec, act, nil); err != nil {
				return err
			}
		}
		return nil
	}))
	return rec.Meta().Ref
}

// awaited is the one record of a register that is as wanted, once it is in the
// window's replica.
func awaited[T any](c *town, what string, g *core.Register[T], wanted func(*T) bool) (found *T) {
	c.t.Helper()
	c.until(what, func() bool {
		all, err := core.Every(c.t.Context(), c.mine, g, core.Query{})
		ok(c.t, err)
		for _, x := range all {
			if wanted(x) {
				found = x
			}
		}
		return found != nil
	})
	return found
}

// afterClosing is a time at which nobody of the helpdesk was there: an hour after the
// last closing, or half the way to now.
func afterClosing(t *testing.T, r *store.Replica) string {
	t.Helper()
	table, err := calendar.ReadHolidays(assets.Holidays())
	ok(t, err)
	agreed, err := terms.Read(t.Context(), r, table)
	ok(t, err)
	now := time.Now()
	closed := now
	ok(t, agreed.Onsite.Walk(now.AddDate(0, 0, -14), now, func(_, ends time.Time, _ string, _ core.Label) {
		if ends.Before(now) {
			closed = ends
		}
	}))
	return closed.Add(min(time.Hour, now.Sub(closed)/2)).In(civil.Tokyo).Format(core.TypedTime)
}
