package shell_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit/kittest"
)

// city is what a search for 帳票 finds.
func city() []ui.Hit {
	return []ui.Hit{
		{Ref: app.Ref{Kind: "ticket", ID: app.ID{7}}, Number: "2026-004129", Title: "窓口端末から住民票の帳票が印刷できない（トレイ2の給紙エラー）"},
		{Ref: app.Ref{Kind: "ticket", ID: app.ID{6}}, Number: "2026-003902", Title: "帳票の印刷位置がずれる"},
		{Ref: app.Ref{Kind: "document", ID: app.ID{8}}, Number: "8葉情第12号", Title: "帳票印刷 障害対応手順書"},
		{Ref: app.Ref{Kind: app.PersonKind, ID: app.ID{9}}, Title: "印南 帳票子"},
	}
}

// order says whether words stand on the screen one after the other.
func order(seen string, words ...string) bool {
	for _, w := range words {
		i := strings.Index(seen, w)
		if i < 0 {
			return false
		}
		seen = seen[i+len(w):]
	}
	return true
}

// One field finds acts, records by register, and people; Tab narrows to the
// group of the chosen row and widens again.
func TestPaletteHasGroupsAndTabNarrows(t *testing.T) {
	for _, v := range kittest.Variants() {
		t.Run(v.Name, func(t *testing.T) {
			s := show(t, v, online(), city()...)
			s.press(fyne.KeyK)
			entry := s.win.Canvas().Focused()
			test.Type(entry, "帳票")
			kittest.Whole(t, s.win)
			kittest.Spoken(t, s.win)
			kittest.Shot(t, s.win, "palette-groups-"+v.Name)
			tickets, people := "問い合わせ（2件）", "人"
			if v.Lang == app.EN {
				tickets, people = "Tickets (2)", "People"
			}
			if seen := kittest.Words(s.win); !order(seen, tickets, "帳票の印刷位置", "障害対応手順書", people, "印南 帳票子") {
				t.Error("groups are not in their order:", seen)
			}
			entry.TypedKey(key(fyne.KeyTab))
			kittest.Whole(t, s.win)
			kittest.Shot(t, s.win, "palette-narrow-"+v.Name)
			if seen := kittest.Words(s.win); !strings.Contains(seen, "帳票の印刷位置") || strings.Contains(seen, "障害対応手順書") || strings.Contains(seen, "印南") {
				t.Error("it is not narrowed to one register:", seen)
			}
			entry.TypedKey(key(fyne.KeyTab))
			if seen := kittest.Words(s.win); !strings.Contains(seen, "印南") {
				t.Error("it is not widened again:", seen)
			}
			if s.win.Canvas().Focused() != entry {
				t.Error("Tab left the field")
			}
		})
	}
}

// An act is found by its name, and narrowing to acts hides what else was found.
func TestPaletteNarrowsToActs(t *testing.T) {
	s := show(t, kittest.Variants()[0], online(), city()...)
	s.press(fyne.KeyK)
	entry := s.win.Canvas().Focused()
	test.Type(entry, "問い合わせ")
	entry.TypedKey(key(fyne.KeyTab))
	if seen := kittest.Words(s.win); !strings.Contains(seen, "問い合わせを受け付ける") || strings.Contains(seen, "2026-004129") {
		t.Error(seen)
	}
	entry.TypedKey(key(fyne.KeyReturn))
	if s.sheets["tickets"].pressed != 1 {
		t.Error("the act was not done")
	}
}

// Before anything is typed the records come that were open last, the latest first.
func TestPaletteBeginsWithWhatWasOpen(t *testing.T) {
	v := kittest.Variants()[0]
	s := show(t, v, online(), city()...)
	for _, h := range city()[:3] {
		s.Open(h.Ref)
	}
	s.Open(city()[0].Ref)
	s.press(fyne.KeyK)
	kittest.Whole(t, s.win)
	kittest.Shot(t, s.win, "palette-recent-"+v.Name)
	if seen := kittest.Words(s.win); !order(seen, "最近開いた記録", "トレイ2の給紙エラー", "障害対応手順書", "帳票の印刷位置", "操作") {
		t.Error(seen)
	}
	s.win.Canvas().Focused().TypedKey(key(fyne.KeyDown))
	s.win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
	if got := s.sheets["documents"].opened; got != city()[2].Ref {
		t.Error("opened", got)
	}
	if n := len(s.kept.refs(t)); n != 3 {
		t.Errorf("%d records are kept for the next start, want 3", n)
	}
	again := showKept(t, v, s.kept, city()...)
	again.press(fyne.KeyK)
	if seen := kittest.Words(again.win); !order(seen, "最近開いた記録", "障害対応手順書", "トレイ2の給紙エラー") {
		t.Error("the next start has forgotten them:", seen)
	}
}

// Who stands in the directory is found by name, once, also where no search knows
// their record.
func TestPaletteFindsPeople(t *testing.T) {
	s := show(t, kittest.Variants()[0], online(), city()...)
	s.press(fyne.KeyK)
	test.Type(s.win.Canvas().Focused(), "印南")
	lines := strings.Split(kittest.Words(s.win), "\n")
	n := 0
	for _, l := range lines {
		if l == "印南 帳票子" {
			n++
		}
	}
	if n != 1 || !slices.Contains(lines, "人") {
		t.Errorf("shown %d times: %q", n, lines)
	}
}

// What is typed is saved by a key, once, and offered from then on: choosing it looks for
// it again.
func TestPaletteSavesWhatIsTyped(t *testing.T) {
	for _, v := range kittest.Variants() {
		t.Run(v.Name, func(t *testing.T) {
			s := show(t, v, online(), city()...)
			save := ui.Key{Name: fyne.KeyS, Mod: fyne.KeyModifierControl | fyne.KeyModifierShift}.Shortcut()
			s.press(fyne.KeyK)
			entry := s.win.Canvas().Focused().(fyne.Shortcutable)
			entry.TypedShortcut(save)
			if len(s.kept["searches"]) > 0 {
				t.Error("nothing typed was saved")
			}
			test.Type(s.win.Canvas().Focused(), "帳票 ")
			kittest.Whole(t, s.win)
			kittest.Shot(t, s.win, "palette-saving-"+v.Name)
			if seen := kittest.Words(s.win); !strings.Contains(seen, "Ctrl+Shift+S") {
				t.Error("it is not offered:", seen)
			}
			entry.TypedShortcut(save)
			entry.TypedShortcut(save)
			if got := string(s.kept["searches"]); got != "帳票\n" {
				t.Errorf("saved %q", got)
			}
			if seen := kittest.Words(s.win); strings.Contains(seen, "Ctrl+Shift+S") {
				t.Error("it is offered again:", seen)
			}
			s.desk.Key(key(fyne.KeyEscape))
			s.press(fyne.KeyK)
			kittest.Whole(t, s.win)
			kittest.Shot(t, s.win, "palette-saved-"+v.Name)
			s.win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
			if seen := kittest.Words(s.win); !strings.Contains(seen, "帳票の印刷位置") {
				t.Error("it was not looked for:", seen)
			}
		})
	}
}
