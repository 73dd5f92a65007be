package shell

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// containsFold finds what a person typed in a name, whatever its width and case.
func containsFold(name, typed string) bool {
	fold := func(s string) string { return strings.ToLower(norm.NFKC.String(s)) }
	return strings.Contains(fold(name), fold(strings.TrimSpace(typed)))
}
