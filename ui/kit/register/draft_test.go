package register_test

import (
	"errors"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/kit/register"
	"daicho/ui/task"
	"daicho/ui/text"
)

// run is the program from one start to the next: the replica stays.
type run struct {
	*fixture
	soon []func() // what is done in a moment
}

func start(t testing.TB, r *kittest.Replica, refs ...app.Ref) *run {
	d, w := kittest.Desk(t), &run{}
	d.Tasks = task.Inline(func(f func()) { w.soon = append(w.soon, f) })
	w.fixture = &fixture{host: kittest.NewHost(t, d, r), refs: refs}
	w.Page = register.New(w.host, config())
	w.win = kittest.Window(t, w.View(), 1100, 700)
	w.Shown()
	return w
}

// wait lets the pause pass after which typing is kept.
func (w *run) wait() {
	for _, f := range w.soon {
		f()
	}
	w.soon = nil
}

func replica(t testing.TB) (*kittest.Replica, app.Ref) {
	r := kittest.NewReplica(t, modules.Book())
	return r, r.Add(t, ticket.Kind, "title=一件目", "channel=phone")
}

// Killed while a person types, the program opens with what they typed.
func TestDraftOutlivesTheProgram(t *testing.T) {
	r, ref := replica(t)
	first := start(t, r, ref)
	first.Open(ref)
	first.entry(t, "一件目").SetText("一件目の続き")
	first.wait()

	again := start(t, r, ref)
	again.entry(t, "一件目の続き")
	if !again.shows("未記録の変更") || len(again.host.Said) != 1 {
		t.Error("it must be said that this is not recorded:", again.host.Said)
	}
	again.act(t, ui.Ctrl(fyne.KeyReturn))
	if again.title(t, 0) != "一件目の続き" || len(r.Kept) != 0 {
		t.Error("recorded, the draft must be gone:", r.Kept)
	}
	if third := start(t, r, ref); len(third.host.Said) != 0 {
		t.Error("nothing is left to say:", third.host.Said)
	}
}

// A new record, and a date of which only half was typed.
func TestDraftOfANewRecord(t *testing.T) {
	r, _ := replica(t)
	first := start(t, r)
	first.act(t, ui.Ctrl(fyne.KeyN))
	test.Type(first.focused(), "新しい件名")
	half := first.placeholder(t, string(text.TimeExample))
	first.win.Canvas().Focus(half)
	test.Type(half, "11/2x")
	first.wait()

	again := start(t, r)
	again.entry(t, "新しい件名")
	again.entry(t, "11/2x")
	kittest.Whole(t, again.win)
	again.act(t, ui.Ctrl(fyne.KeyReturn))
	if len(r.Kept) == 0 {
		t.Error("a wrong date must not be recorded")
	}
	again.entry(t, "11/2x").SetText("")
	again.choose(t, "電話")
	again.act(t, ui.Ctrl(fyne.KeyReturn))
	if len(r.Kept) != 0 {
		t.Error("recorded, the draft must be gone:", again.host.LastSaid())
	}
}

func (f *fixture) focused() *kit.Entry {
	e, _ := f.win.Canvas().Focused().(*kit.Entry)
	return e
}

// placeholder is the first field that shows an example.
func (f *fixture) placeholder(t *testing.T, s string) *kit.Entry {
	t.Helper()
	for _, o := range test.LaidOutObjects(f.win.Content()) {
		if e, ok := o.(*kit.Entry); ok && e.PlaceHolder == s && e.Text == "" {
			return e
		}
	}
	t.Fatal("no field with the example", s)
	return nil
}

// choose takes a word in the first choice that offers it.
func (f *fixture) choose(t *testing.T, word string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(f.win.Content()) {
		if s, ok := o.(*kit.Select); ok && slices.Contains(s.Options, word) {
			s.SetSelected(word)
			return
		}
	}
	t.Fatal("no choice of", word)
}

// The program may die between recording and forgetting the draft.
func TestDraftThatWasRecordedIsForgotten(t *testing.T) {
	r, ref := replica(t)
	first := start(t, r, ref)
	first.Open(ref)
	first.entry(t, "一件目").SetText("一件目の続き")
	first.wait()
	kept := r.Kept["draft/"+ref.String()]
	first.act(t, ui.Ctrl(fyne.KeyReturn))
	r.Kept["draft/"+ref.String()] = kept

	again := start(t, r, ref)
	if len(again.host.Said) != 0 || len(r.Kept) != 0 {
		t.Error("what is recorded is no draft:", again.host.Said, len(r.Kept))
	}
}

// What others recorded meanwhile is not undone by a draft of before.
func TestDraftKeepsWhatItWasMadeOf(t *testing.T) {
	r, ref := replica(t)
	first := start(t, r, ref)
	first.Open(ref)
	first.entry(t, "一件目").SetText("一件目の続き")
	first.wait()
	other := r.Load(ref)
	r.Edit(t, other, "extension=2231")

	again := start(t, r, ref)
	again.entry(t, "一件目の続き")
	again.act(t, ui.Ctrl(fyne.KeyReturn))
	if now := r.Load(ref).(*ticket.Ticket); now.Extension != "2231" || now.Title != "一件目の続き" {
		t.Errorf("%q %q", now.Title, now.Extension)
	}
}

// A record that was begun stays open while others come, and is found again
// after another one was looked at.
func TestNewRecordIsNotLostFromSight(t *testing.T) {
	r, ref := replica(t)
	w := start(t, r, ref)
	w.act(t, ui.Ctrl(fyne.KeyN))
	test.Type(w.focused(), "新しい件名")
	w.Changed(nil)
	w.entry(t, "新しい件名")
	w.Open(ref)
	w.act(t, ui.Ctrl(fyne.KeyN))
	w.entry(t, "新しい件名")
	w.act(t, ui.Ctrl(fyne.KeyN))
	if w.focused().Text != "" {
		t.Error("with the begun one open, another begins")
	}
}

func TestDraftThatCannotBeKeptIsSaid(t *testing.T) {
	r, ref := replica(t)
	w := start(t, r, ref)
	w.Open(ref)
	w.entry(t, "一件目").SetText("一件目の続き")
	r.Fail = errors.New("disk full")
	w.wait()
	if len(w.host.Said) == 0 || w.host.Tone != kit.Late {
		t.Error("the person believes that it is kept")
	}
}

// A record that cannot be read just now is not gone: what was typed into it stays.
func TestDraftOutlivesAFailure(t *testing.T) {
	r, ref := replica(t)
	first := start(t, r, ref)
	first.Open(ref)
	first.entry(t, "一件目").SetText("一件目の続き")
	first.wait()
	r.Fail, r.FailAt = errors.New("busy"), "get"
	start(t, r)
	r.Fail = nil
	if again := start(t, r, ref); len(r.Kept) != 1 {
		t.Error("the draft is gone:", again.host.Said)
	}
}

// A record that may not be read any more leaves no draft on the disk, for it shows
// what the person saw; on the screen it stays.
func TestNoDraftOfWhatLeft(t *testing.T) {
	r, ref := replica(t)
	w := start(t, r, ref)
	w.Open(ref)
	w.entry(t, "一件目").SetText("一件目の続き")
	w.wait()
	r.Drop(ref)
	w.entry(t, "一件目の続き").SetText("一件目の続きの続き")
	w.wait()
	if len(r.Kept) != 0 {
		t.Error("its draft is kept:", r.Kept)
	}
	w.entry(t, "一件目の続きの続き")
}

// A draft that this version cannot read is no draft, and harms nothing.
func TestUnreadableDraft(t *testing.T) {
	r, ref := replica(t)
	for i, s := range []string{"", "{", `{"seen":"AAAA"}`, `{"cells":[{"Field":"nothing","Now":"oA=="}]}`} {
		r.Kept = map[string][]byte{"draft/" + ref.String(): []byte(s), "draft/ticket:x": []byte(s)}
		if w := start(t, r, ref); len(w.host.Said) != 0 || r.Kept["draft/"+ref.String()] != nil {
			t.Error(i, w.host.Said)
		}
	}
}

func TestWidthsAreKept(t *testing.T) {
	r, ref := replica(t)
	drag := func(w *run) {
		for _, o := range test.LaidOutObjects(w.win.Content()) {
			if table, ok := o.(*kit.Table); ok {
				table.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(table.Widths()["state"]+30, 10)}, Dragged: fyne.NewDelta(30, 0)})
				table.DragEnd()
			}
		}
	}
	width := func(w *run) (n float32) {
		for _, o := range test.LaidOutObjects(w.win.Content()) {
			if table, ok := o.(*kit.Table); ok {
				n = table.Widths()["state"]
			}
		}
		return n
	}
	first := start(t, r, ref)
	was := width(first)
	drag(first)
	if now := width(start(t, r, ref)); now != was+30 {
		t.Errorf("%v wide before, %v at the next start", was, now)
	}
}
