package shell_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/shell"
)

// formPage is a page with one field, which can go.
type formPage struct {
	kit.Surface
	entry *kit.Entry
	gone  bool
	kept  int
}

func newFormPage(d *ui.Desk) *formPage {
	p := &formPage{entry: kit.NewEntry(d)}
	p.Extend(p, d.Look, func(pen *kit.Pen, w, h float32) {
		if !p.gone {
			pen.Add(p.entry, 8, 8, w-16, 30)
		}
	})
	return p
}

func (p *formPage) View() fyne.CanvasObject { return p }
func (p *formPage) Shown()                  {}
func (p *formPage) Actions() []ui.Action    { return nil }
func (p *formPage) Keep()                   { p.kept++ }

// twoForms is a shell of two pages with a field each, the keyboard in the first.
func twoForms(t *testing.T) (s *scene, pages []*formPage) {
	s = &scene{desk: kittest.Desk(t), link: online()}
	pages = []*formPage{newFormPage(s.desk), newFormPage(s.desk)}
	s.win = kittest.Window(t, kit.NewSurface(s.desk.Look, func(*kit.Pen, float32, float32) {}), 1280, 800)
	var sections []ui.Section
	for i, id := range []string{"first", "second"} {
		sections = append(sections, ui.Section{ID: id, Icon: "inbox", Label: app.Label{JA: id, EN: id}, New: func(ui.Host) ui.Page { return pages[i] }})
	}
	s.Shell = shell.New(s.win, s.desk, nothing{}, s.link, sections)
	s.desk.Focus(pages[0].entry)
	test.Type(pages[0].entry, "typed")
	return s, pages
}

// TestTheKeyboardLeavesWithItsPage, also where the next page has nothing yet that
// could take it.
func TestTheKeyboardLeavesWithItsPage(t *testing.T) {
	s, pages := twoForms(t)
	s.Go("second")
	kittest.Keyboard(t, s.win)
	if at := s.win.Canvas().Focused(); at != nil {
		t.Errorf("%T has the keyboard, and page two asked for nothing", at)
	}
	s.Go("first")
	if pages[0].entry.Text != "typed" {
		t.Error(pages[0].entry.Text)
	}
}

// TestACardGivesTheKeyboardToWhatIsDrawn: what had it may have gone meanwhile.
func TestACardGivesTheKeyboardToWhatIsDrawn(t *testing.T) {
	for _, gone := range []bool{false, true} {
		s, pages := twoForms(t)
		shut := s.Ask(newNote(s.desk), fyne.NewSize(300, 150))
		pages[0].gone = gone
		pages[0].Refresh()
		shut()
		kittest.Keyboard(t, s.win)
		if back := s.win.Canvas().Focused() == fyne.Focusable(pages[0].entry); back == gone {
			t.Errorf("the field is gone: %t; it has the keyboard: %t", gone, back)
		}
	}
}

// TestWhatWasTypedIsKept before the window is locked, and before it is closed.
func TestWhatWasTypedIsKept(t *testing.T) {
	s, pages := twoForms(t)
	s.Lock(&gate{state: ui.DoorState{Exists: true}}, s.Unlock)
	if pages[0].kept != 1 {
		t.Error("locked, kept", pages[0].kept, "times")
	}
	s.Unlock()
	s.Close()
	if pages[0].kept != 2 {
		t.Error("closed, kept", pages[0].kept, "times")
	}
}

// TestAStrayClickLosesNothing: beside a card it closes what holds no words.
func TestAStrayClickLosesNothing(t *testing.T) {
	for _, words := range []string{"", "typed"} {
		s, _ := twoForms(t)
		n := newNote(s.desk)
		s.Ask(n, fyne.NewSize(300, 150))
		test.Type(n.entry, words)
		test.TapCanvas(s.win.Canvas(), fyne.NewPos(20, 700))
		if open := len(s.win.Canvas().Overlays().List()) == 1; open != (words != "") {
			t.Errorf("%q is typed; the card stays open: %t", words, open)
		}
	}
}
