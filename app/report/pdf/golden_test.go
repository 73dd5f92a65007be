package pdf_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"daicho/app/report"
)

var update = flag.Bool("update", false, "write the goldens anew")

// gaps are what versions of pdftotext fill differently.
var gaps = regexp.MustCompile(" {2,}")

// laidOut returns what is read from a form line by line, gaps between cells as
// two blanks, without empty lines.
func laidOut(t *testing.T, data []byte) string {
	var lines []string
	for line := range strings.Lines(extract(t, data, "-layout")) {
		if line = strings.TrimSpace(gaps.ReplaceAllString(line, "  ")); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// TestGoldens compares what is read from the forms, laid out as on paper.
func TestGoldens(t *testing.T) {
	for name, doc := range map[string]report.Document{"list": list(23), "ticket": ticket(), "letter": letter(), "issues": issues()} {
		t.Run(name, func(t *testing.T) {
			data, _ := write(t, doc)
			got := laidOut(t, data)
			path := filepath.Join("testdata", name+".txt")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("differs from %s; if the change is meant, run with -update.\n%s", path, got)
			}
		})
	}
}
