package cli

import (
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/alecthomas/kong"
)

// Config lets flags be given in a file, too, named by a flag of the type
// [kong.ConfigFlag]: TOML (toml.io), a line for each flag, without its dashes. A
// flag that is typed counts before its environment variable, and that before
// the file. A name that no flag has is refused: it is a slip of the keyboard.
func Config() kong.Option { return kong.Configuration(loadTOML) }

func loadTOML(r io.Reader) (kong.Resolver, error) {
	c := &config{}
	if _, err := toml.NewDecoder(r).Decode(&c.values); err != nil {
		return nil, fmt.Errorf("not TOML: %w; write lines as listen = \":8443\"", err)
	}
	return c, nil
}

// config is what stood in a file.
type config struct{ values map[string]any }

// Resolve is part of [kong.Resolver].
func (c *config) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, name := range flag.Envs {
		if _, set := os.LookupEnv(name); set {
			return nil, nil // kong would let the file count before it
		}
	}
	return c.values[flag.Name], nil
}

// Validate is part of [kong.Resolver].
func (c *config) Validate(app *kong.Application) error {
	known := map[string]bool{}
	var walk func(n *kong.Node)
	walk = func(n *kong.Node) {
		for _, f := range n.Flags {
			known[f.Name] = true
		}
		for _, child := range n.Children {
			walk(child)
		}
	}
	walk(app.Node)
	var strange []string
	for _, name := range slices.Sorted(maps.Keys(c.values)) {
		if !known[name] {
			strange = append(strange, name)
		}
	}
	if len(strange) > 0 {
		return Misused("the configuration names what no flag is called: %s", strings.Join(strange, ", "))
	}
	return nil
}
