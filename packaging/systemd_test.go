package packaging_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestServiceUnits lets systemd read the units as a machine would, and judge how
// far each is shut in. The programs need not be installed for that: their path
// alone is another one here.
func TestServiceUnits(t *testing.T) {
	for name, program := range map[string]string{"daicho-server.service": "/usr/bin/daicho-server ", "daicho-agent.service": "/usr/bin/daichoctl "} {
		text, err := os.ReadFile(filepath.Join("systemd", name))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Count(string(text), "ExecStart="+program) != 1 {
			t.Fatalf("the unit does not start %q once", program)
		}
		unit := filepath.Join(t.TempDir(), name)
		if err = os.WriteFile(unit, []byte(strings.Replace(string(text), "ExecStart="+program, "ExecStart=/bin/true ", 1)), 0o600); err != nil {
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
}
