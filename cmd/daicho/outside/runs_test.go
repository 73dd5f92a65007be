package outside_test

import (
	"testing"

	"daicho/cmd/daicho/outside"
)

func TestRuns(t *testing.T) {
	for name, want := range map[string]bool{
		"見積書.xlsx": false, "list.csv": false, "archive.zip": false, "exe": false, "": false, "手順.sh.txt": false,
		"見積書.pdf.exe": true, "SETUP.EXE": true, "a.lnk": true, "a.js. . ": true, "a.desktop": true, "入口.url": true,
	} {
		if got := outside.Runs(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
