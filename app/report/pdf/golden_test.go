package pdf_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"daicho/app/report"
)

var update = flag.Bool("update", false, "write the goldens anew")

// TestGoldens compares what is read from the forms, laid out as on paper.
func TestGoldens(t *testing.T) {
	for name, doc := range map[string]report.Document{"list": list(23), "ticket": ticket(), "letter": letter()} {
		t.Run(name, func(t *testing.T) {
			data, _ := write(t, doc)
			got := []byte(extract(t, data, "-layout"))
			path := filepath.Join("testdata", name+".txt")
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("differs from %s; if the change is meant, run with -update.\n%s", path, got)
			}
		})
	}
}
