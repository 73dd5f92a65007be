package cmd_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestNoticeNamesEveryModule keeps NOTICE true: whoever adds a module to go.mod
// reads its licence and writes it there, and whoever drops one takes it out.
func TestNoticeNamesEveryModule(t *testing.T) {
	required := modulesIn(t, "../go.mod", `(?m)^\t(\S+) v\S+`)
	named := modulesIn(t, "../NOTICE", `(?m)^  ([a-z0-9]+\.[a-z.]+(?:/\S+)?)$`)
	for m := range required {
		if !named[m] {
			t.Errorf("NOTICE does not name %s of go.mod", m)
		}
	}
	for m := range named {
		if !required[m] {
			t.Errorf("NOTICE names %s, which go.mod does not require", m)
		}
	}
}

func modulesIn(t *testing.T, file, pattern string) map[string]bool {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(text), -1) {
		found[m[1]] = true
	}
	if len(found) == 0 {
		t.Fatalf("%s: no module found by %s", strings.TrimPrefix(file, "../"), pattern)
	}
	return found
}
