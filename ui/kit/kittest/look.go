package kittest

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/ui/theme"
)

// Look makes an app without a display that lives as long as the test, and the
// light look at normal size set in it.
func Look(t testing.TB) *theme.Look {
	t.Setenv("LC_ALL", "ja_JP.UTF-8") // what Fyne prints itself must not depend on the machine
	t.Setenv("LANG", "ja_JP.UTF-8")
	a := test.NewTempApp(t)
	look, err := theme.New(Files())
	if err != nil {
		t.Fatal(err)
	}
	a.Settings().SetTheme(look.Theme())
	return look
}

// SetLook changes palette and text factor and tells Fyne.
func SetLook(look *theme.Look, dark bool, factor float32) {
	look.Set(dark, factor)
	fyne.CurrentApp().Settings().SetTheme(look.Theme())
}

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
