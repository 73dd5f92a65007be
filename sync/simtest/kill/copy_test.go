package kill

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestKillAndBurn kills commands at the server's own machine and the server beside
// them, and then takes the server's whole folder away. A backup of some time before
// and the second place bring back whatever a command said to be done: DAICHO_KILLS
// in all.
func TestKillAndBurn(t *testing.T) {
	kills := times(t, "DAICHO_KILLS", 4)
	c := newCity(t, uint64(times(t, "DAICHO_SEED", 1)))
	c.server.kill()
	second := filepath.Join(filepath.Dir(c.home), "second")
	c.env = append(c.env, "DAICHO_COPY="+second)
	c.serve()
	hit, burns, backup, gone := map[aim]int{}, 0, "", map[string]bool{}
	for done := 0; done < kills; burns++ {
		if burns%3 == 0 {
			backup = filepath.Join(filepath.Dir(c.home), fmt.Sprint("backup", burns))
			c.command("backup", backup)
		}
		for range min(kills-done, 1+c.rnd.IntN(3)) {
			victim := []string{"command", "server"}[c.rnd.IntN(2)]
			hit[c.beside(aim{userAdd, victim})]++
			done++
		}
		if n := len(c.added); n > 0 && !gone[c.added[n-1]] {
			c.command("user", "revoke", c.added[n-1])
			gone[c.added[n-1]] = true
		}
		c.server.kill()
		c.burn(backup, second, burns)
		c.remembers(gone)
		c.serve()
	}
	c.command("verify")
	if _, asked := os.LookupEnv("DAICHO_KILLS"); asked {
		report(t, hit)
		t.Attr("kills", fmt.Sprintf("the server's folder was taken away %d times", burns))
	}
}

// burn takes the server's folder away and makes another of backup and second place.
func (c *city) burn(backup, second string, n int) {
	c.Helper()
	was := filepath.Join(c.home, "server")
	if n > 0 {
		was = fmt.Sprint(was, n-1)
	}
	ok(c.T, os.RemoveAll(was))
	c.env = append(c.env, fmt.Sprint("DAICHO_DATA=", filepath.Join(c.home, "server"), n))
	c.command("restore", backup, "--copy", second, "--margin", "5")
}

// remembers looks whether everybody is there who was said to be added, without the
// rights that were said to be taken back.
func (c *city) remembers(gone map[string]bool) {
	c.Helper()
	var people []struct {
		Name  string
		Roles []string
	}
	ok(c.T, json.Unmarshal([]byte(c.command("user", "list", "--json")), &people))
	roles := map[string][]string{}
	for _, p := range people {
		roles[p.Name] = append(roles[p.Name], p.Roles...)
	}
	for _, name := range c.added {
		want := []string{"helpdesk"}
		if gone[name] {
			want = nil
		}
		if got, there := roles[name]; !there || !slices.Equal(got, want) {
			c.Errorf("%s has %q, want %q", name, got, want)
		}
	}
	var state struct {
		Waiting int
		Undone  []json.RawMessage
	}
	ok(c.T, json.Unmarshal([]byte(c.command("restored", "--json")), &state))
	if state.Waiting+len(state.Undone) > 0 {
		c.Errorf("not brought back: %+v", state)
	}
}
