package shell_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit/kittest"
)

// On the rail the name of what the keyboard is on stands beside it; wide, the
// navigation says it by itself.
func TestRailNamesWhatTheKeyboardIsOn(t *testing.T) {
	for _, v := range kittest.Variants() {
		s := show(t, v, online())
		before := kittest.Words(s.win)
		s.desk.Key(key(fyne.KeyF6))
		s.win.Canvas().Focused().TypedKey(key(fyne.KeyDown))
		kittest.Whole(t, s.win)
		kittest.Shot(t, s.win, "rail-"+v.Name)
		named := strings.Count(kittest.Words(s.win), "\n") - strings.Count(before, "\n")
		if rail := v.W/v.Factor < 1200; (named == 1) != rail {
			t.Errorf("%s: %d names are shown", v.Name, named)
		}
	}
}

// What a person may read nothing of takes no line of the navigation, but is still found
// by its name, and stands there while it is open.
func TestNavigationIsOfWhatAPersonMayRead(t *testing.T) {
	link := online()
	link.barred = "document"
	s := show(t, kittest.Variants()[0], link)
	named := func() bool { return slices.Contains(strings.Split(kittest.Words(s.win), "\n"), "文書・版数") }
	if named() {
		t.Error("a section that is barred has a line")
	}
	s.Go("documents")
	if !named() {
		t.Error("the open section has none")
	}
	s.Go("tickets")
	s.desk.Shortcut(ui.Ctrl(fyne.KeyK).Shortcut())
	if !named() {
		t.Error("the palette does not have it")
	}
}
