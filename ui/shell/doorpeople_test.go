package shell_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit/kittest"
)

// shared is the locked door of a computer at which three people work.
func shared() *gate {
	return &gate{state: ui.DoorState{Exists: true, Tries: 5, Person: "中村 彩", Device: "7QK4", Shut: ui.ByPerson, Recovery: true},
		others: []ui.Resident{{Name: "髙橋 直", Place: "second"}, {Place: "third"}}}
}

// pressLink takes the link of the door that begins so, by keyboard.
func pressLink(t *testing.T, win fyne.Window, word string) {
	t.Helper()
	for _, b := range kittest.Buttons(win) {
		if strings.HasPrefix(b.AccessibilityLabel(), word) {
			win.Canvas().Focus(b)
			b.TypedKey(key(fyne.KeyReturn))
			return
		}
	}
	t.Fatalf("nothing begins with %q in\n%s", word, kittest.Words(win))
}

func TestDoorOffersWhoElseWorksHere(t *testing.T) {
	for _, v := range kittest.Variants() {
		t.Run(v.Name, func(t *testing.T) {
			g := shared()
			win, opened := door(t, v, g)
			name, unknown := "髙橋 直", "氏名の分からない利用者"
			turn, stay := "利用者を切り替える", "切り替えない"
			if v.Lang == app.EN {
				turn, stay, unknown = "Change user", "Stay", "a user whose name is not known"
			}
			pressLink(t, win, turn)
			kittest.Whole(t, win)
			kittest.Spoken(t, win)
			kittest.Shot(t, win, "door-people-"+v.Name)
			if seen := kittest.Words(win); !strings.Contains(seen, name) || !strings.Contains(seen, unknown) {
				t.Error("not all are offered:", seen)
			}
			pressLink(t, win, stay)
			if strings.Contains(kittest.Words(win), name) {
				t.Error("they are still offered")
			}
			pressLink(t, win, turn)
			win.Canvas().Focused().TypedKey(key(fyne.KeyReturn)) // the first has the keyboard
			if g.last() != "turn second" || *opened != 0 {
				t.Errorf("tried %q, opened %d times", g.last(), *opened)
			}
		})
	}
}

// A first run leads to who is on this computer already, if anybody is.
func TestFirstRunLeadsToOthers(t *testing.T) {
	v := kittest.Variants()[0]
	g := &gate{}
	win, _ := door(t, v, g)
	if strings.Contains(kittest.Words(win), "切り替える") {
		t.Error("there is nobody to turn to")
	}
	g.others = shared().others
	win, _ = door(t, v, g)
	pressLink(t, win, "利用者を切り替える")
	pressLink(t, win, "新しい利用者を追加")
	if g.last() != "turn " {
		t.Error(g.last())
	}
}

// The palette locks and offers at once who else works here.
func TestPaletteChangesTheUser(t *testing.T) {
	s := show(t, kittest.Variants()[0], online())
	s.OnLock(func() { s.Lock(shared(), s.Unlock) })
	s.press(fyne.KeyK)
	entry := s.win.Canvas().Focused()
	for _, r := range "切り替え" {
		entry.TypedRune(r)
	}
	entry.TypedKey(key(fyne.KeyReturn))
	if seen := kittest.Words(s.win); !s.Locked() || !strings.Contains(seen, "髙橋 直 に切り替える") {
		t.Error("locked:", s.Locked(), seen)
	}
}
