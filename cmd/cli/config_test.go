package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// configured is a program whose flags may stand in a file.
type configured struct {
	Config kong.ConfigFlag `placeholder:"FILE" env:"TOOL_CONFIG"`
	Serve  struct {
		Listen string `env:"TOOL_LISTEN"`
		Max    int    `default:"7"`
	} `cmd:""`
}

func TestConfig(t *testing.T) {
	for _, c := range []struct {
		name, file, env, args string
		exit                  int
		want                  string
	}{
		{"nothing", "", "", "", Done, " 7"},
		{"file", "listen = \":1\"\nmax = 9", "", "", Done, ":1 9"},
		{"environment before file", "listen = \":1\"", ":2", "", Done, ":2 7"},
		{"flag before both", "listen = \":1\"", ":2", "--listen :3", Done, ":3 7"},
		{"a slip", "listne = \":1\"\nmax = 9", "", "", Misuse, "no flag is called: listne"},
		{"not TOML", "listen: 1", "", "", Misuse, "not TOML"},
		{"wrong type", "max = \"many\"", "", "", Misuse, "--max"},
	} {
		file := filepath.Join(t.TempDir(), "tool.toml")
		if err := os.WriteFile(file, []byte(c.file), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Setenv("TOOL_LISTEN", c.env)
		if c.env == "" {
			os.Unsetenv("TOOL_LISTEN")
		}
		var out, err bytes.Buffer
		grammar := &configured{}
		exit := Program{Name: "tool", Grammar: grammar, Options: []kong.Option{Config(), kong.Bind(&out)}}.
			Main(strings.Fields("serve --config "+file+" "+c.args), &Console{Out: &out, Err: &err})
		got := err.String()
		if exit != Misuse {
			exit, got = Done, fmt.Sprint(grammar.Serve.Listen, " ", grammar.Serve.Max) // it has no Run
		}
		if exit != c.exit || !strings.Contains(got, c.want) {
			t.Errorf("%s: exit %d, %q; want %d, %q", c.name, exit, got, c.exit, c.want)
		}
	}
}
