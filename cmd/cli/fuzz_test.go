package cli

import (
	"bytes"
	"io"
	"testing"

	"github.com/alecthomas/kong"
)

// FuzzConfig: a file of settings is read or refused, never half.
func FuzzConfig(f *testing.F) {
	for _, text := range []string{"", "listen = \":8443\"", "listen = 1\ndir = []", "[listen]\na = 1", "listen = \"a\"\nlisten = \"b\"", "listne = \"\"", "\xff"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var flags struct {
			Listen string
			Count  int
		}
		r, err := loadTOML(bytes.NewReader(text))
		if err != nil {
			return
		}
		p, err := kong.New(&flags, kong.Resolvers(r), kong.Writers(io.Discard, io.Discard), kong.Exit(func(int) {}))
		if err != nil {
			return
		}
		if _, err = p.Parse(nil); err != nil {
			return
		}
		for name := range r.(*config).values {
			if name != "listen" && name != "count" && name != "help" {
				t.Errorf("%q is no flag and was not refused", name)
			}
		}
	})
}
