package kittest

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/ui/theme"
)

// Look is the light look at normal size, set in an app without a display. All tests
// of a program share that app: with every app and every theme that is set Fyne reads
// the fonts anew, which takes longer than most tests and a quarter of a gigabyte
// each, and it keeps 32 of them.
func Look(t testing.TB) *theme.Look {
	t.Setenv("LC_ALL", "ja_JP.UTF-8") // what Fyne prints itself must not depend on the machine
	t.Setenv("LANG", "ja_JP.UTF-8")
	if err := begin(); err != nil {
		t.Fatal(err)
	}
	shared.look = shared.look.Fresh()
	shared.Theme = shared.look.Theme()
	return shared.look
}

// shared is the theme of the app: that of the look of the test at hand.
var shared struct {
	fyne.Theme
	look *theme.Look
}

var begin = sync.OnceValue(func() (err error) {
	if shared.look, err = theme.New(Files()); err == nil {
		shared.Theme = shared.look.Theme()
		test.NewApp().Settings().SetTheme(&shared)
	}
	return err
})

// Files are the fonts and icons of the repository.
func Files() theme.Files {
	return theme.Files{
		Font: func(name string) []byte { return read("fonts", name) },
		Icon: func(name string) []byte { return read("icons", name+".svg") },
	}
}

// Root is the folder of the repository: the nearest one above with a go.mod.
func Root() string {
	dir, err := os.Getwd()
	for err == nil && filepath.Dir(dir) != dir {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return dir
		}
		dir = filepath.Dir(dir)
	}
	panic("tests of the window run inside the repository")
}

func read(parts ...string) []byte {
	b, err := os.ReadFile(filepath.Join(append([]string{Root(), "assets"}, parts...)...))
	if err != nil {
		return nil
	}
	return b
}
