package shell_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

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
