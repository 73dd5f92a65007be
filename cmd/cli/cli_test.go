package cli

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daicho/store/keys"
)

// grammar is a program with one verb of each ending.
type grammar struct {
	Work  work  `cmd:"" help:"Ends well."`
	Break broke `cmd:"" help:"Ends badly."`
	Mix   mixed `cmd:"" help:"Is used wrongly."`
}

type work struct {
	Times int `help:"How often."`
}
type broke struct{}
type mixed struct{}

func (work) Run(c *Console) error { _, err := c.Out.Write([]byte("worked\n")); return err }
func (broke) Run(context.Context) error {
	return errors.Join(errors.New("a.db: disk is full"), errors.New("make room"))
}
func (mixed) Run() error {
	return Misused("--a と %s は同時に指定できません。", "--a and %s exclude each other", "--b")
}

func TestEndings(t *testing.T) {
	for _, c := range []struct {
		args     string
		exit     int
		out, err string
	}{
		{"work", Done, "worked\n", ""},
		{"break", Failed, "", "tool: a.db: disk is full; make room\n"},
		{"mix", Misuse, "", "tool: --a and --b exclude each other\n"},
		{"work --times=x", Misuse, "", "tool: --times: expected a valid 64 bit int but got \"x\"; see tool work --help\n"},
		{"work --tims", Misuse, "", "tool: unknown flag --tims, did you mean \"--times\"?; see tool work --help\n"},
		{"", Misuse, "", "tool: expected one of \"work\", \"break\", \"mix\"; see tool --help\n"},
		{"nap", Misuse, "", "tool: unexpected argument nap; see tool --help\n"},
	} {
		var out, err bytes.Buffer
		exit := Program{Name: "tool", Grammar: &grammar{}}.Main(strings.Fields(c.args), &Console{Out: &out, Err: &err})
		if exit != c.exit || out.String() != c.out || err.String() != c.err {
			t.Errorf("%q: exit %d, %q, %q; want %d, %q, %q", c.args, exit, &out, &err, c.exit, c.out, c.err)
		}
	}
}

func TestHelpEndsWell(t *testing.T) {
	for _, args := range []string{"--help", "work --help", "mix -h"} {
		var out, err bytes.Buffer
		exit := Program{Name: "tool", About: "A tool.", Grammar: &grammar{}}.Main(strings.Fields(args), &Console{Out: &out, Err: &err})
		if exit != Done || !strings.Contains(out.String(), "Usage: tool") || err.Len() > 0 {
			t.Errorf("%q: exit %d, %q, %q", args, exit, &out, &err)
		}
	}
}

func TestPassphraseFromFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pass")
	if err := os.WriteFile(path, []byte("合言葉 12\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv(keys.PassphraseFile, path)
	c := &Console{}
	old, err := c.Passphrase(t.Context())
	made, err2 := c.NewPassphrase(t.Context())
	if err != nil || err2 != nil || string(old) != "合言葉 12" || string(made) != "合言葉 12" {
		t.Errorf("%v, %v", err, err2)
	}
}

func TestPassphraseNowhere(t *testing.T) {
	in, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	c := &Console{In: in, Err: &bytes.Buffer{}}
	for path, want := range map[string]string{"": "no terminal", filepath.Join(t.TempDir(), "gone"): "gone"} {
		t.Setenv(keys.PassphraseFile, path)
		for _, read := range []func(context.Context) (keys.Passphrase, error){c.Passphrase, c.NewPassphrase} {
			if _, err := read(t.Context()); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), keys.PassphraseFile) {
				t.Errorf("%q: %v", path, err)
			}
		}
	}
}

func TestDataFolder(t *testing.T) {
	home := func() (string, error) { return filepath.FromSlash("/home/h"), nil }
	lost := func() (string, error) { return "", errors.New("no") }
	none := func(string) string { return "" }
	xdg := func(name string) string {
		return map[string]string{"XDG_DATA_HOME": "/data", "LocalAppData": `C:\Local`}[name]
	}
	for _, c := range []struct {
		system string
		env    func(string) string
		home   func() (string, error)
		want   string
	}{
		{"linux", none, home, "/home/h/.local/share"},
		{"linux", xdg, lost, "/data"},
		{"linux", func(string) string { return "relative" }, home, "/home/h/.local/share"},
		{"darwin", xdg, home, "/home/h/Library/Application Support"},
		{"windows", xdg, home, `C:\Local`},
		{"windows", none, home, ""},
		{"linux", none, lost, ""},
	} {
		got, err := dataFolder(c.system, c.env, c.home)
		if got != filepath.FromSlash(c.want) || (err != nil) != (c.want == "") {
			t.Errorf("%s: %q, %v; want %q", c.system, got, err, c.want)
		}
		if err != nil && !strings.Contains(err.Error(), "--replica") {
			t.Errorf("%v does not say what to do", err)
		}
	}
}

func TestVersionIsThatOfTheApp(t *testing.T) {
	meta, err := os.ReadFile(filepath.Join("..", "..", "FyneApp.toml"))
	if err != nil || !strings.Contains(string(meta), `Version = "`+Version+`"`) {
		t.Errorf("FyneApp.toml has another version than %s: %v", Version, err)
	}
}
