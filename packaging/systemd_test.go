package packaging_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestServiceUnit lets systemd read the unit as a machine would, and judge how
// far it is shut in. The program need not be installed for that: its path
// alone is another one here.
func TestServiceUnit(t *testing.T) {
	text, err := os.ReadFile("systemd/daicho-server.service")
	if err != nil {
		t.Fatal(err)
	}
	const program = "ExecStart=/usr/bin/daicho-server "
	if strings.Count(string(text), program) != 1 {
		t.Fatalf("the unit does not start %q once", program)
	}
	unit := filepath.Join(t.TempDir(), "daicho-server.service")
	if err = os.WriteFile(unit, []byte(strings.Replace(string(text), program, "ExecStart=/bin/true ", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"verify", "--recursive-errors=no", unit},
		{"security", "--offline=true", "--no-pager", "--threshold=20", unit}, // tenths of 10: 2.0 is "OK", 9.6 "UNSAFE"
	} {
		out, err := exec.Command("systemd-analyze", args...).CombinedOutput()
		if err != nil || args[0] == "verify" && len(out) > 0 {
			t.Errorf("systemd-analyze %s: %v\n%s", args[0], err, out)
		}
	}
}
