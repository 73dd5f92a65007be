package vfs

import (
	"os"
	"testing"
)

// TestClosingMakesAnew: what a session wrote is not followed record by record at
// the next opening; a little is.
func TestClosingMakesAnew(t *testing.T) {
	path := wide(t, 400)
	draft := path + filesOf(t, path).suffix + ".new-ABC"
	must(t, os.WriteFile(draft, nil, 0o600)) // a crash while the table was made anew left it
	for _, s := range []struct {
		rows int
		kept bool
	}{{100, false}, {3, true}} {
		d, err := Open(path, key())
		must(t, err)
		run(t, d.Write, "UPDATE t SET b=randomblob(3900) WHERE id<=?", s.rows)
		must(t, d.Close())
		if _, err := os.Stat(draft); err == nil {
			t.Error("the draft is still there")
		}
		c, _, err := stateOf(filesOf(t, path))
		must(t, err)
		if kept := c.records > 0; kept != s.kept || c.records > fewAtClose {
			t.Errorf("after %d rows were changed: %d records", s.rows, c.records)
		}
		if bad, err := damageOf(path); err != nil || len(bad) > 0 {
			t.Errorf("pages %v, %v", bad, err)
		}
	}
}
