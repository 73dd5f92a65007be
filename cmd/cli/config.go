package cli

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/alecthomas/kong"

	"daicho/app"
)

// Config lets flags be given in a file, too, named by a flag of the type
// [kong.ConfigFlag]: TOML (toml.io), a line for each flag, without its dashes. A
// flag that is typed counts before its environment variable, and that before
// the file. A name that no flag has is refused: it is a slip of the keyboard.
func Config() kong.Option { return kong.Configuration(loadTOML) }

func loadTOML(r io.Reader) (kong.Resolver, error) {
	c := &config{}
	if _, err := toml.NewDecoder(r).Decode(&c.values); err != nil {
		return nil, notTOML(err)
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
	value := c.values[flag.Name]
	if value != nil && !fits(flag.Target.Kind(), value) {
		return nil, app.Refuse(app.Invalid, flag.Name, "設定ファイルの値の種類が違います。文字列は \"…\" で囲み、数はそのまま、はい・いいえは true か false と書いてください。",
			"the value in the configuration is of another type; write text in quotes, numbers without, true or false for a switch")
	}
	return value, nil
}

// notTOML names the line alone: what stands there may be a secret.
func notTOML(err error) error {
	line := 0
	var parse toml.ParseError
	if errors.As(err, &parse) {
		line = parse.Position.Line
	}
	return app.Refuse(app.Invalid, "", fmt.Sprintf("設定ファイルの %d 行目を読み取れません。各行を listen = \":8443\" のように書いてください。", line),
		fmt.Sprintf("line %d of the configuration is not TOML; write lines as listen = \":8443\"", line))
}

// fits says whether a flag of a kind can have a value that stood in a file.
func fits(kind reflect.Kind, value any) bool {
	switch value.(type) {
	case string:
		return kind != reflect.Bool && kind != reflect.Int && kind != reflect.Slice
	case bool:
		return kind == reflect.Bool
	case int64:
		return kind == reflect.Int || kind == reflect.Int64
	case []any:
		return kind == reflect.Slice
	}
	return false
}

// Validate is part of [kong.Resolver].
func (c *config) Validate(program *kong.Application) error {
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
	walk(program.Node)
	var strange []string
	for _, name := range slices.Sorted(maps.Keys(c.values)) {
		if !known[name] {
			strange = append(strange, name)
		}
	}
	if len(strange) > 0 {
		names := strings.Join(strange, ", ")
		return Misused("%v", "%v", app.Refuse(app.Invalid, "", "設定ファイルに、知らない項目があります: "+names+"。綴りを確認するか、その行を消してください。",
			"the configuration names what no flag is called: "+names+"; check the spelling, or take the line out"))
	}
	return nil
}
