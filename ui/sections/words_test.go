package sections_test

import (
	"regexp"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/ui/kit/kittest"
)

// labels are the names of all fields in a language.
func labels(lang app.Lang) (all []string) {
	for _, g := range modules.Book().Registers {
		for _, f := range g.About().Fields {
			all = append(all, f.Label.In(lang))
			for _, c := range f.Columns {
				all = append(all, c.Label.In(lang))
			}
		}
	}
	return all
}

// A date or a time that was cut can be taken for another.
var cutDate = regexp.MustCompile(`^[0-9]+[-/:][-/:0-9 ]*…$`)

// shortened fails for names of fields and for dates that end in an ellipsis:
// only what people have written may be shortened.
func (w *window) shortened(t *testing.T, labels []string) {
	t.Helper()
	for line := range strings.Lines(kittest.Words(w.win)) {
		line = strings.TrimSpace(line)
		if cutDate.MatchString(line) {
			t.Errorf("%q was cut", line)
		}
		said, cut := strings.CutSuffix(line, "…")
		for _, l := range labels {
			if cut && len(said) > 3 && l != said && strings.HasPrefix(l, said) {
				t.Errorf("%q was cut: %q", l, line)
				break
			}
		}
	}
}
