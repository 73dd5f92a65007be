package cmd_test

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

// A pattern names folders: "app" one, "app/*" those one below it ("app/*test"
// those whose name ends so), "app/..." it and everything below, "..." all. In a
// list, a pattern after "!" takes back.

// engines are pure: what goes in comes from the caller, what comes out is a value.
var engines = []string{
	"app/access/...", "app/calendar/...", "app/civil/...", "app/compare/...", "app/detect/...", "app/extract/...",
	"app/forecast/...", "app/report/...", "app/schedule/...", "app/sla/...",
}

// layer says which folders of this module its packages may import. A package
// belongs to the first layer that names it; its own folder tree (app/report
// and what is below it) is always open to it. Tests are not bound.
type layer struct {
	of, may []string
	why     string
}

var layers = []layer{
	{[]string{"app/civil/..."}, nil,
		"dates and eras are arithmetic; they stand below everything"},
	{engines, []string{"app", "app/civil"},
		"an engine is pure and asks nobody: whoever needs two engines hands the one's result to the other"},
	{[]string{"app"}, []string{"app/civil"},
		"app is what everyone speaks, so it knows nobody"},
	{[]string{"app/modules/..."}, []string{"app/...", "store/...", "assets/..."},
		"the list of modules joins what must not know each other, and nothing of the screen or the network"},
	{[]string{"app/serve/..."}, []string{"app/...", "store/...", "assets/..."},
		"the server's jobs work as a device of its own through store, so they need neither sync nor a screen"},
	{[]string{"app/agent/..."}, []string{"app", "app/civil", "app/detect", "app/extract/...", "app/finding", "app/scan/...", "store/..."},
		"the agent joins the scan, which knows no register, with the findings, which open no file, and no other two"},
	{[]string{"app/inbox/..."}, []string{"app", "app/document", "app/scan/polite", "app/scan/watch"},
		"the folder joins what is watched with what becomes of it, and is handed the replica by who runs it"},
	{[]string{"app/helpdesk/..."}, slices.Concat([]string{"app", "app/dispatch", "app/incident", "app/terms", "app/ticket"}, engines),
		"the month's report counts what these registers hold, and has none of its own: it reads them, and none of them knows it"},
	{[]string{"app/*/..."}, slices.Concat([]string{"app", "app/people", "store/..."}, engines),
		"a module never imports another (people excepted): they meet through links and functions handed over in app/modules"},
	{[]string{"store/..."}, []string{"app", "app/civil", "store/..."},
		"store knows no module: a new register must not touch it"},
	{[]string{"sync"}, nil,
		"sync is a folder with a name, not code: its name must not shadow the standard library's"},
	{[]string{"sync/wire/..."}, []string{"app"},
		"messages are read for ever and by both sides, so they depend on nothing that may change"},
	{[]string{"sync/audit/..."}, []string{"app", "sync/wire"},
		"the audit log is checked by third persons alone, with neither replica nor server at hand"},
	{[]string{"sync/bundle/..."}, []string{"app", "sync/wire"},
		"a bundle is read for ever and by both sides, like a message, and knows neither of them"},
	{[]string{"sync/client/..."}, []string{"app", "store/...", "sync/audit", "sync/bundle", "sync/wire"},
		"the client is given its modules and knows no server but by its messages"},
	{[]string{"sync/server/..."}, []string{"app", "store/...", "sync/audit", "sync/bundle", "sync/wire"},
		"the server is given its modules and knows no client but by its messages"},
	{[]string{"sync/simtest/..."}, []string{"app", "store/...", "sync/..."},
		"the simulator brings a register of its own, so that it proves sync for any module"},
	{[]string{"assets/..."}, nil,
		"assets are bytes"},
	{[]string{"ui"}, []string{"app", "app/civil", "ui/task", "ui/text", "ui/theme"},
		"ui is what a section and the shell say to each other, so it knows neither"},
	{[]string{"ui/text/...", "ui/theme/..."}, []string{"app", "app/civil", "assets/...", "ui/text", "ui/theme/..."},
		"words and look know no page"},
	{[]string{"ui/task/..."}, []string{"app"},
		"work off the UI goroutine is the same for every page"},
	{[]string{"ui/kit/...", "ui/shell/..."}, slices.Concat(kit, engines),
		"kit and shell know pages by their interface only: otherwise every new page changes them"},
	{[]string{"ui/sections"}, []string{"app/...", "ui/...", "assets/..."},
		"the list of sections is the one place that names them all"},
	{[]string{"ui/*/..."}, slices.Concat(kit, []string{"app/*", "!app/agent", "!app/modules", "!app/serve"}, engines),
		"a section never imports store, sync or another section: data comes through its module, other pages through the host"},
	{[]string{"cmd"}, nil,
		"cmd holds programs and is none"},
	{[]string{"cmd/cli/..."}, []string{"app", "store/keys"},
		"how a program reads arguments and ends is the same whatever it does"},
	{[]string{"cmd/worker/..."}, []string{"app/extract/..."},
		"what reads files nobody trusts has neither replica nor network"},
	{[]string{"cmd/daicho/..."}, []string{"app/...", "store/...", "sync/...", "ui/...", "assets/...", "cmd/cli", "cmd/worker"},
		"the window's program wires everything"},
	{[]string{"cmd/daicho-server/...", "cmd/daichoctl/..."}, []string{"app/...", "store/...", "sync/...", "assets/...", "cmd/cli", "cmd/worker"},
		"these run on machines that have no display and no C library of a window"},
	{[]string{"packaging/..."}, nil,
		"tools of the build must work before the product does"},
}

// kit is what every part of the screen may use.
var kit = []string{"app", "app/civil", "assets/...", "ui", "ui/kit/...", "ui/task", "ui/text", "ui/theme"}

// ban forbids foreign packages, or single names of a package, in some folders.
type ban struct {
	what  string   // an import path, or one with "/..." for all below
	names []string // only these names of it; empty is the whole import
	in    []string
	tests bool // tests are bound, too
	why   string
}

var bans = []ban{
	{"fyne.io/fyne/v2/app", nil, []string{"...", "!cmd/daicho"}, true,
		"it opens a real display; everything else is tested without one and without C"},
	{"fyne.io/...", nil, []string{"...", "!ui/...", "!cmd/daicho/..."}, true,
		"the server and daichoctl run where no window can"},
	{"github.com/go-gl/...", nil, []string{"...", "!cmd/daicho"}, true,
		"what draws the window is Fyne's own affair; the program tells it of the caret, and nobody else needs C for it"},
	{"fyne.io/fyne/v2", []string{"Do", "DoAndWait"}, []string{"...", "!ui/task"}, false,
		"the way back to the UI goroutine is in ui/task alone"},
	{"fyne.io/fyne/v2", []string{"CurrentApp"}, []string{"...", "!ui/*/*test"}, false,
		"the host is handed over; a global app makes pages untestable"},
	{"modernc.org/...", nil, []string{"...", "!store/..."}, false,
		"only store opens a database, so nothing can lie unencrypted beside it"},
	{"database/sql", nil, append([]string{"ui/...", "cmd/...", "sync/client/..."}, engines...), false,
		"rows are read by store and by a module's sql.go"},
	{"github.com/jackc/...", nil, []string{"...", "!sync/server/..."}, false,
		"only the server speaks to PostgreSQL, and seals what it hands over"},
	{"net", nil, []string{"app/...", "ui/...", "!app/serve/...", "!app/scan/share/..."}, false,
		"everything works with no network: only sync and the server's jobs speak to one"}, // and who reads shares
	{"net/http/...", nil, []string{"app/...", "ui/...", "!app/serve/..."}, false,
		"everything works with no network: only sync and the server's jobs speak to one"},
	{"os/exec", nil, []string{"app/...", "store/...", "sync/...", "ui/...", "!sync/server/postgrestest", "!app/scan/share/sambatest", "!app/scan/corpustest/...", "!app/serve/mailtest", "!app/serve/chrometest"}, false, // they start the servers of tests, and what makes their files
		"no other program is started on a person's data"},
	{"math/rand/...", nil, []string{"app/*/...", "!app/serve/...", "!app/scan/corpustest/..."}, false, // seeded
		"a rule gives the same result on every machine: chance and ids come from the act"},
	{"crypto/rand", nil, []string{"app/*/...", "!app/serve/..."}, false,
		"a rule gives the same result on every machine: chance and ids come from the act"},
	{"time", []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"},
		[]string{"app/*/...", "!app/serve/...", "!app/scan/share/sambatest"}, false,
		"a rule gives the same result at any time: now comes from the act, with its zone and its error"},
	{"unsafe", nil, []string{"...", "!store/..."}, false,
		"only SQLite's C interface is worth it"},
	{"C", nil, []string{"..."}, true,
		"only the window's library brings C; our own would end CGO_ENABLED=0 for the rest"},
	{"github.com/jung-kurt/gofpdf", nil, []string{"...", "!app/report/pdf/...", "!app/demo"}, false, // the sample share holds a foreign PDF
		"it is no longer maintained, so it must be replaceable in one place"},
	{"github.com/zalando/go-keyring", nil, []string{"...", "!store/..."}, false,
		"keys are taken and given away in one place"},
	{"github.com/alecthomas/kong", nil, []string{"...", "!cmd/..."}, false,
		"arguments of a command line end where the program begins"},
	{"daicho/store", []string{"Write"}, []string{"...", "!store/...", "!app/*/...", "!cmd/..."}, false,
		"what people and rules change goes through a module's command, never straight from a page or from sync"},
	{"daicho/store", []string{"Apply", "Fill", "TakePast", "Rescope"}, []string{"...", "!store/...", "!sync/client"}, false,
		"only sync brings effects that the server has sequenced; anyone else would change rows without a journal"},
	{"daicho/store", []string{"Local"}, []string{"...", "!store/...", "!sync/client", "!cmd/..."}, false,
		"what stays on this device is never synced, so it must not be data of a register"},
}

// goroutines may start in ui/task alone, of all the screen.
var goroutines = struct {
	in  []string
	why string
}{[]string{"ui/...", "!ui/task"}, "work off the UI goroutine starts in ui/task, where it can be stopped and comes back safely"}

// top is everything that may lie at the top, beside dot-files and what
// .gitignore keeps out (bin, var).
var top = []string{
	"CHANGELOG.md", "FyneApp.toml", "LICENSE", "Makefile", "NOTICE", "README.md", "go.mod", "go.sum",
	"app", "assets", "bin", "cmd", "packaging", "store", "sync", "ui", "var",
}

// inspect holds a module's files against every rule of this folder.
func inspect(files fs.FS) ([]string, error) {
	tree, err := load(files)
	if err != nil {
		return nil, err
	}
	found := slices.Concat(tree.imports(), tree.names(), tree.goroutines(), tree.comments(), tree.words, tree.top(top))
	slices.Sort(found)
	return slices.Compact(found), nil
}

func TestArchitecture(t *testing.T) {
	found, err := inspect(os.DirFS(".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Error(f)
	}
}

// TestPlantedViolations runs the rules over a small tree that breaks each of
// them: a rule that finds nothing there protects nothing here.
func TestPlantedViolations(t *testing.T) {
	found, err := inspect(planted(t))
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimSpace(string(read(t, "want"))), "\n")
	slices.Sort(want)
	for _, f := range found {
		if !slices.Contains(want, f) {
			t.Errorf("not planted, yet found: %s", f)
		}
	}
	for _, w := range want {
		if !slices.Contains(found, w) {
			t.Errorf("planted, but not found: %s", w)
		}
	}
}

func TestEveryRuleIsPlanted(t *testing.T) {
	want := string(read(t, "want"))
	var reasons []string
	for _, l := range layers {
		if len(l.of) > 0 && !slices.Contains(l.of, "cmd/daicho/...") { // may import everything
			reasons = append(reasons, l.why)
		}
	}
	for _, b := range bans {
		reasons = append(reasons, b.why)
	}
	for _, why := range append(reasons, goroutines.why) {
		if !strings.Contains(want, ": "+why+"\n") {
			t.Errorf("testdata/planted.txtar has no violation of: %s", why)
		}
	}
}

// planted is the tree of testdata/planted.txtar, as a file system.
func planted(t *testing.T) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	for _, f := range archive(t).Files {
		if f.Name != "want" {
			files[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	return files
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	for _, f := range archive(t).Files {
		if f.Name == name {
			return f.Data
		}
	}
	t.Fatalf("testdata/planted.txtar has no file %s", name)
	return nil
}

func archive(t *testing.T) *txtar.Archive {
	t.Helper()
	a, err := txtar.ParseFile("testdata/planted.txtar")
	if err != nil {
		t.Fatal(err)
	}
	return a
}
