package register_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/kit/register"
	"daicho/ui/task"
)

// slow is a page whose work takes its time: what it brings is shown by rest, or
// one result at a time by step.
type slow struct {
	*fixture
	step func() bool
}

func slowly(t testing.TB, w float32, subjects ...string) *slow {
	f := open(t, w, subjects...)
	s := &slow{fixture: f}
	f.host.Desk().Tasks, s.step = task.Stepped()
	f.Page = register.New(f.host, config())
	f.win = kittest.Window(t, f.View(), w, 700)
	f.Shown()
	s.rest()
	return s
}

// rest waits until nothing is under way.
func (s *slow) rest() {
	for s.step() {
	}
}

// until waits until a field holds a text.
func (s *slow) until(words string) {
	for !s.has(words) && s.step() {
	}
}

// typeOn types where the keyboard is.
func (f *fixture) typeOn(words string) {
	if at := f.win.Canvas().Focused(); at != nil {
		test.Type(at, words)
	}
}

// other is what somebody else does to a record meanwhile.
func (f *fixture) other(t *testing.T, i int, lines ...string) {
	t.Helper()
	rec, err := f.host.Replica.Get(context.Background(), f.refs[i])
	if err != nil {
		t.Fatal(err)
	}
	f.host.Replica.Edit(t, rec, lines...)
	f.Changed([]app.Ref{f.refs[i]})
}

func (f *fixture) ticket(t *testing.T, i int) *ticket.Ticket {
	t.Helper()
	rec, err := f.host.Replica.Get(context.Background(), f.refs[i])
	if err != nil {
		t.Fatal(err)
	}
	return rec.(*ticket.Ticket)
}

// The open record changes while its form has the keyboard: the form stands, shows
// what came, and what is typed next is in it.
func TestTypingGoesOnWhenTheRecordChanges(t *testing.T) {
	f := open(t, 1100, "一件目")
	f.Open(f.refs[0])
	f.entry(t, "一件目").CursorColumn = 3
	f.other(t, 0, "extension=2231")
	kittest.Keyboard(t, f.win)
	f.typeOn("の続き")
	f.entry(t, "一件目の続き")
	f.entry(t, "2231")
	f.act(t, ui.Ctrl(fyne.KeyReturn))
	if k := f.ticket(t, 0); k.Title != "一件目の続き" || k.Extension != "2231" {
		t.Errorf("%q %q", k.Title, k.Extension)
	}
}

// What a person begins to type while the record is being read anew is not read
// over.
func TestTypingWhileTheRecordIsReadAnew(t *testing.T) {
	s := slowly(t, 1100, "一件目")
	s.Open(s.refs[0])
	s.rest()
	s.other(t, 0, "extension=2231")
	s.entry(t, "一件目").CursorColumn = 3
	s.typeOn("の続き")
	s.rest()
	kittest.Keyboard(t, s.win)
	s.entry(t, "一件目の続き")
	s.act(t, ui.Ctrl(fyne.KeyReturn))
	s.rest()
	if k := s.ticket(t, 0); k.Title != "一件目の続き" || k.Extension != "2231" {
		t.Errorf("%q %q", k.Title, k.Extension)
	}
}

// Recording takes a moment. What is typed meanwhile is recorded the next time, in
// the same field, without a click.
func TestTypingWhileItIsRecorded(t *testing.T) {
	s := slowly(t, 1100, "一件目")
	s.Open(s.refs[0])
	s.rest()
	s.entry(t, "一件目").CursorColumn = 3
	s.typeOn("の続き")
	s.act(t, ui.Ctrl(fyne.KeyReturn))
	s.typeOn("と、その")
	s.step()
	s.typeOn("続き")
	s.rest()
	if k := s.ticket(t, 0); k.Title != "一件目の続き" {
		t.Errorf("recorded: %q", k.Title)
	}
	kittest.Keyboard(t, s.win)
	s.typeOn("。")
	s.entry(t, "一件目の続きと、その続き。")
	s.act(t, ui.Ctrl(fyne.KeyReturn))
	s.rest()
	if k := s.ticket(t, 0); k.Title != "一件目の続きと、その続き。" || s.shows("未記録の変更") || len(s.host.Replica.Kept) != 0 {
		t.Errorf("recorded: %q, kept: %d", k.Title, len(s.host.Replica.Kept))
	}
}

// A key that comes while it is recorded waits for that.
func TestKeysWaitForTheRecording(t *testing.T) {
	s := slowly(t, 1100, "一件目")
	s.Open(s.refs[0])
	s.rest()
	s.typeOn("続き")
	s.act(t, ui.Ctrl(fyne.KeyReturn))
	s.typeOn("と続き")
	s.act(t, ui.Ctrl(fyne.KeyReturn))
	s.rest()
	if k := s.ticket(t, 0); k.Title != "続きと続き一件目" {
		t.Errorf("recorded: %q", k.Title)
	}
	s.typeOn("の")
	s.act(t, ui.Ctrl(fyne.KeyReturn))
	s.act(t, ui.Ctrl(fyne.KeyReturn))
	s.rest()
	if !strings.HasSuffix(s.host.LastSaid(), "を記録しました。") {
		t.Error("the second press hides what came of the first:", s.host.LastSaid())
	}
	s.typeOn("も")
	s.act(t, ui.Ctrl(fyne.KeyReturn))
	i := slices.IndexFunc(s.Actions(), func(a ui.Action) bool { return a.Label.JA == "着手する" })
	s.Actions()[i].Do()
	s.rest()
	if k := s.ticket(t, 0); k.State != ticket.Working || k.Title != "続きと続きのも一件目" {
		t.Errorf("%q, %q", k.State, k.Title)
	}
}

// Half a date stays as it is typed, whatever comes.
func TestHalfADateOutlivesARecording(t *testing.T) {
	s := slowly(t, 1100, "一件目")
	s.Open(s.refs[0])
	s.rest()
	s.entry(t, "一件目").SetText("直した件名")
	s.act(t, ui.Ctrl(fyne.KeyReturn))
	half := s.named(t, "訪問希望")
	s.win.Canvas().Focus(half)
	test.Type(half, "11/2x")
	s.rest()
	kittest.Keyboard(t, s.win)
	s.entry(t, "11/2x")
}

// A person opens another record while one is recorded: the other stays open, and
// what is typed into it.
func TestRecordingOneWhileAnotherIsOpen(t *testing.T) {
	s := slowly(t, 1100, "一件目", "二件目")
	s.Open(s.refs[0])
	s.rest()
	s.entry(t, "一件目").SetText("一件目の続き")
	s.act(t, ui.Ctrl(fyne.KeyReturn))
	s.entry(t, "一件目の続き").SetText("一件目の続きの続き")
	s.Open(s.refs[1])
	s.until("二件目")
	s.entry(t, "二件目").CursorColumn = 3
	s.typeOn("の続き")
	s.rest()
	kittest.Keyboard(t, s.win)
	s.entry(t, "二件目の続き")
	if k := s.ticket(t, 0); k.Title != "一件目の続き" {
		t.Errorf("recorded: %q", k.Title)
	}
	s.Open(s.refs[0])
	s.rest()
	s.entry(t, "一件目の続きの続き")
	s.act(t, ui.Ctrl(fyne.KeyReturn))
	s.rest()
	if k := s.ticket(t, 0); k.Title != "一件目の続きの続き" {
		t.Errorf("recorded: %q", k.Title)
	}
}

// A record that is opened takes the keyboard when it is there, not the one that
// A record that is opened on a page of which nothing is read yet takes the keyboard,
// A file that is read when another record has been opened is not lost.
func TestFileThatComesLate(t *testing.T) {
	for name, back := range map[string]bool{"another record stands there": false, "its record stands there again": true} {
		t.Run(name, func(t *testing.T) {
			s := slowly(t, 1100, "一件目", "二件目")
			s.Open(s.refs[0])
			s.rest()
			done := s.host.HoldFile()
			s.host.File, s.host.Body = "給紙エラー.txt", "E-052"
			s.button(t, "ファイルを添付").Tapped(nil)
			s.Open(s.refs[1])
			s.rest()
			if back {
				s.Open(s.refs[0])
				s.rest()
			}
			done()
			s.rest()
			s.Open(s.refs[0])
			s.rest()
			s.act(t, ui.Ctrl(fyne.KeyReturn))
			s.rest()
			if got := s.ticket(t, 0).Photos; len(got) != 1 || got[0].Name != "給紙エラー.txt" {
				t.Errorf("%+v", got)
			}
			if got := s.ticket(t, 1).Photos; len(got) != 0 {
				t.Errorf("it is in another record: %+v", got)
			}
		})
	}
}

// What was typed is kept at once when the page is told to.
func TestKeep(t *testing.T) {
	r, ref := replica(t)
	w := start(t, r, ref)
	w.Open(ref)
	w.typeOn("続き")
	w.Keep()
	if len(r.Kept) != 1 {
		t.Error("kept:", len(r.Kept))
	}
}

// A draft of before does not push aside what a person has just begun.
func TestADraftDoesNotInterrupt(t *testing.T) {
	r, ref := replica(t)
	first := start(t, r, ref)
	first.Open(ref)
	first.entry(t, "一件目").SetText("一件目の続き")
	first.wait()

	d := kittest.Desk(t)
	host := kittest.NewHost(t, d, r)
	var step func() bool
	d.Tasks, step = task.Stepped()
	s := &slow{&fixture{host: host, Page: register.New(host, config())}, step}
	s.win = kittest.Window(t, s.View(), 1100, 700)
	s.Shown()
	s.act(t, ui.Ctrl(fyne.KeyN))
	s.rest()
	s.typeOn("新しい件名")
	s.entry(t, "新しい件名")
	s.Open(ref)
	s.rest()
	s.entry(t, "一件目の続き")
}

// has reports whether a field in sight holds a text.
func (f *fixture) has(s string) bool {
	for _, o := range test.LaidOutObjects(f.win.Content()) {
		if e, ok := o.(*kit.Entry); ok && e.Text == s {
			return true
		}
	}
	return false
}

// named is the field of a name.
func (f *fixture) named(t *testing.T, name string) *kit.Entry {
	t.Helper()
	return field(t, f.win, name)
}
