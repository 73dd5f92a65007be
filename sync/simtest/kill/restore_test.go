package kill

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"

	"daicho/store"
)

// TestKillAndRestore puts the server back to a backup that was made between two
// rows of kills: devices bring back all that it lost, under numbers that nobody
// else has, and every gap in them is told.
func TestKillAndRestore(t *testing.T) {
	c := newCity(t, uint64(times(t, "DAICHO_SEED", 1)))
	for person := range persons {
		c.device(person, true)
	}
	working := func() {
		for _, a := range []aim{{push, "server"}, {upload, "device"}, {pull, "server"}, {writing, "device"}} {
			c.among(a)
		}
	}
	working()
	backup := filepath.Join(c.home, "backup")
	c.command("backup", backup)
	working()
	for _, p := range append(c.devices, c.server) {
		p.kill()
	}
	c.env = append(c.env, "DAICHO_DATA="+filepath.Join(c.home, "restored"))
	c.command("restore", backup, "--margin", "300")
	c.serve()
	var all []*store.Replica
	workers := c.devices[:0:0]
	for _, p := range c.devices {
		if p.work { // the others are unknown to the server of before
			workers, all = append(workers, p), append(all, c.open(p))
		}
	}
	c.devices = workers
	c.quiet(all)
	for _, r := range all {
		if err := r.Verify(t.Context()); err != nil {
			t.Error(err)
		}
	}
	c.kept(all, c.audited(all[0]))
	var state struct {
		Unused     []unused
		Renumbered []struct {
			Series string
			N      int
			Device string
		}
	}
	ok(t, json.Unmarshal([]byte(c.command("restored", "--finish", "--by", "青木花子", "--json")), &state))
	// Where a carrier brought a change before its own device had told which number it
	// had, it has another one now. The one of before is told to be unused: if another
	// change had it, two people would have written it down.
	for _, was := range state.Renumbered {
		void := func(u unused) bool { return u.Series == was.Series && u.First <= was.N && was.N <= u.Last }
		if !slices.ContainsFunc(state.Unused, void) {
			t.Errorf("%s: %d of device %s was given to another change", was.Series, was.N, was.Device)
		}
	}
	t.Logf("%d changes have another number than before", len(state.Renumbered))
	c.numbered(all[0], state.Unused...)
	c.command("verify")
}
