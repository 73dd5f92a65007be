package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestAPersonPrintsARecord saves a record as a PDF by keyboard, where the dialog
// offers it, and finds it there alone.
func TestAPersonPrintsARecord(t *testing.T) {
	s := newScreen(t)
	home := filepath.Join(s.dir, "home")
	ok(t, os.Mkdir(home, 0o700))
	s.env = append(s.env, "HOME="+home, "TMPDIR="+home, "XDG_CONFIG_HOME="+home)
	s.openInquiry("no network")
	s.keys("ctrl+p")
	s.photograph("print")
	s.keys("Return") // this record
	s.photograph("print-where")
	s.keys("Return")
	var papers []string
	s.until("the paper is there", func() bool {
		papers = nil
		err := filepath.WalkDir(home, func(path string, e os.DirEntry, err error) error {
			if strings.HasSuffix(path, ".pdf") {
				papers = append(papers, path)
			}
			return err
		})
		if err != nil || len(papers) == 0 {
			return false
		}
		info, err := os.Stat(papers[0])
		return err == nil && info.Size() > 10_000
	})
	s.still("printed")
	out, err := exec.Command("pdftotext", papers[0], "-").Output()
	if err != nil || len(papers) != 1 || !strings.Contains(string(out), "no network") {
		t.Errorf("%v, %q: %s", err, papers, out)
	}
}
