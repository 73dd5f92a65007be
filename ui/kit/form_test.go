package kit_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"daicho/app"
	"daicho/app/document"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

// host gives a form one file and no records.
type host struct {
	blob app.Blob
	err  error
	kept []string
}

func (h *host) Attach(done func(app.Blob, error))        { done(h.blob, h.err) }
func (h *host) Show(b app.Blob)                          { h.kept = append(h.kept, "show "+b.Name) }
func (h *host) OpenOutside(field string, b app.Blob)     { h.kept = append(h.kept, "open "+b.Name) }
func (h *host) Keep(b app.Blob)                          { h.kept = append(h.kept, b.Name) }
func (h *host) Pick(kind app.Kind, chosen func(app.Ref)) {}
func (h *host) Name(app.Ref) string                      { return "" }

type formFixture struct {
	*kit.Form
	desk  *ui.Desk
	host  *host
	model *kit.RecordModel
	win   fyne.Window
	edits int
}

func newForm(t testing.TB, g app.AnyRegister, rec app.Record, w, h float32) *formFixture {
	f := &formFixture{desk: kittest.Desk(t), host: &host{blob: app.Blob{ID: app.BlobID{1}, Name: "給紙エラー.jpg", Size: 2_345_678}}}
	f.model = &kit.RecordModel{Register: g, Record: rec, Lang: app.JA}
	f.show(t, w, h)
	return f
}

func (f *formFixture) show(t testing.TB, w, h float32) {
	f.Form = kit.NewForm(f.desk, f.host, f.model, func() { f.edits++ })
	s := kit.NewScroller(f.desk, f.Form)
	f.In(s)
	f.win = kittest.Window(t, s, w, h)
}

func newTicket() app.Record { return ticket.Register.New() }

// focused is the field that has the keyboard.
func (f *formFixture) focused() *kit.Entry {
	e, _ := f.win.Canvas().Focused().(*kit.Entry)
	return e
}

func (f *formFixture) tab(n int) {
	for range n {
		f.win.Canvas().FocusNext()
	}
}

func shows(f *formFixture, s string) bool {
	return strings.Contains(strings.ReplaceAll(test.RenderToMarkup(f.win.Canvas()), "</text>\n", ""), s)
}

func TestFormSaysWhatIsWrongUnderTheField(t *testing.T) {
	f := newForm(t, ticket.Register, newTicket(), 448, 900)
	if f.Commit() {
		t.Fatal("recorded without a subject")
	}
	if !shows(f, "「件名」は必須です。") {
		t.Error("the reason must stand under the field")
	}
	if f.focused() == nil {
		t.Fatal("the keyboard must be in the first wrong field")
	}
	test.Type(f.focused(), "印刷できない")
	if shows(f, "「件名」は必須です。") {
		t.Error("the reason must go as soon as the field is right")
	}
	if got := f.model.Record.(*ticket.Ticket).Title; got != "印刷できない" || f.edits == 0 {
		t.Error(got, f.edits)
	}
	kittest.Whole(t, f.win)
}

// TestFormTakesClicksBesideItsFields: on a label, between two fields and below
// the last. Only what stands on the screen counts: a new inquiry has no number.
func TestFormTakesClicksBesideItsFields(t *testing.T) {
	f := newForm(t, ticket.Register, newTicket(), 448, 1200)
	c := f.win.Canvas()
	f.Focus()
	first := f.focused()
	for range 6 { // past the choices
		f.tab(1)
	}
	above := f.focused()
	f.tab(1)
	below := f.focused()
	driver := fyne.CurrentApp().Driver()
	foot := driver.AbsolutePositionForObject(above).Y + above.Size().Height
	gap := driver.AbsolutePositionForObject(below).Y - foot
	label := driver.AbsolutePositionForObject(first).AddXY(-60, 12)
	for _, click := range []struct {
		at   fyne.Position
		want *kit.Entry
	}{
		{label, first},
		{fyne.NewPos(200, foot+0.2*gap), above},
		{fyne.NewPos(200, foot+0.8*gap), below},
		{fyne.NewPos(200, 1195), nil},
	} {
		c.Unfocus() // as the window does before
		test.TapCanvas(c, click.at)
		if f.focused() != click.want {
			t.Errorf("a click at %v went to %p, not to %p", click.at, f.focused(), click.want)
		}
	}
	if above == nil || below == nil || above == below || first == above || gap <= 0 {
		t.Errorf("%p %p %p %v", first, above, below, gap)
	}
	test.Type(first, "まだ")
	c.Unfocus()
	if first.Text != "まだ" || f.model.Record.(*ticket.Ticket).Title != "まだ" {
		t.Error("a click elsewhere lost what was typed")
	}
}

func TestFormWaitsUntilTheFieldIsLeft(t *testing.T) {
	d := document.Register.New()
	f := newForm(t, document.Register, d, 448, 900)
	f.Focus()
	for f.focused() == nil || f.focused().PlaceHolder == "" { // the first day
		f.tab(1)
	}
	test.Type(f.focused(), "11月")
	if shows(f, "日付") && shows(f, "×") {
		t.Error("nothing may be said while a person types")
	}
	f.tab(1)
	if !shows(f, "&gt;×") && !shows(f, ">×") {
		t.Error("leaving the field must say what is wrong")
	}
	kittest.Whole(t, f.win)
}

// People leave out what is plain today: the year, and for a time the day.
func TestFormShowsADayAndATimeAsTheyWereUnderstood(t *testing.T) {
	for _, c := range []struct {
		g           app.AnyRegister
		typed, want string
	}{
		{document.Register, "R8.11.20", "2026-11-20"},
		{document.Register, "3/31", "2027-03-31"},
		{ticket.Register, "15:30", "2026-11-20 15:30"},
		{ticket.Register, "11/21 9:00", "2026-11-21 09:00"},
	} {
		f := newForm(t, c.g, c.g.New(), 448, 1100)
		f.Focus()
		for f.focused() == nil || f.focused().PlaceHolder == "" {
			f.tab(1)
		}
		e := f.focused()
		test.Type(e, c.typed)
		f.tab(1)
		if e.Text != c.want {
			t.Errorf("%q is shown as %q, want %q", c.typed, e.Text, c.want)
		}
	}
}

func TestFormOfAnOldRecordChecksOnlyWhatWasTouched(t *testing.T) {
	old := ticket.Register.New()
	doc := app.Doc(nil).Patch([]app.Cell{{Field: "body", Now: app.TextValue("前の版で作られ、件名がない。")}})
	if err := ticket.Register.Load(old, app.Ref{Kind: ticket.Kind, ID: app.ID{1}}, 7, doc); err != nil {
		t.Fatal(err)
	}
	f := newForm(t, ticket.Register, old, 448, 900)
	if !f.Commit() {
		t.Error("an old record need not meet what is required since")
	}
}

func TestFormRefusal(t *testing.T) {
	f := newForm(t, ticket.Register, newTicket(), 448, 300)
	if f.Refuse(app.Refuse(app.Stale, "state", "今の状態からは行えません。", "not possible")) != true {
		t.Error("the form has that field")
	}
	if f.Refuse(app.Refuse(app.Failed, "", "ディスクに空きがありません。", "disk full")) {
		t.Error("a refusal of the whole record is not the form's to show")
	}
	if !f.Refuse(app.Refuse(app.Invalid, "tags", "タグが多すぎます。減らしてください。", "too many")) || !shows(f, "タグが多すぎます。") {
		t.Error("the refusal of the last field must be said and in sight")
	}
}

func TestFormFiles(t *testing.T) {
	f := newForm(t, ticket.Register, newTicket(), 448, 1100)
	f.press(t, "ファイルを添付")
	blobs := func() []app.Blob { return f.model.Record.(*ticket.Ticket).Photos }
	if len(blobs()) != 1 || !shows(f, "給紙エラー.jpg") || !shows(f, "2.2 MB") {
		t.Fatal("the file must be in the record and in the form", blobs())
	}
	f.press(t, "プレビュー")
	f.press(t, "開く")
	f.press(t, "保存")
	if !slices.Equal(f.host.kept, []string{"show 給紙エラー.jpg", "open 給紙エラー.jpg", "給紙エラー.jpg"}) {
		t.Error(f.host.kept)
	}
	f.press(t, "外す")
	if len(blobs()) != 0 {
		t.Error("the file must be out of the record", blobs())
	}
	f.host.err = app.Refuse(app.Failed, "", "ファイルを読めません。", "cannot read")
	f.press(t, "ファイルを添付")
	if !shows(f, "ファイルを読めません。") || len(blobs()) != 0 {
		t.Error("a file that cannot be read must be said")
	}
}

// press presses the button of that name.
func (f *formFixture) press(t *testing.T, word string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(f.win.Content()) {
		if b, ok := o.(*kit.Button); ok && b.AccessibilityLabel() == word {
			b.Tapped(nil)
			return
		}
	}
	t.Fatal("no button", word)
}

func TestFormRows(t *testing.T) {
	d := &document.Document{Revisions: []document.Line{{Version: "1.0", Change: "初版|正誤\n表", Author: "山田"}}}
	rec := document.Register.New()
	*rec.(*document.Document) = *d
	f := newForm(t, document.Register, rec, 448, 1100)
	kittest.Whole(t, f.win)
	f.press(t, "行を追加")
	test.Type(f.focused(), "1.1")
	got := rec.(*document.Document).Revisions
	if len(got) != 2 || got[0] != d.Revisions[0] || got[1].Version != "1.1" {
		t.Errorf("%+v", got)
	}
	f.press(t, "外す")
	if got = rec.(*document.Document).Revisions; len(got) != 1 || got[0].Version != "1.1" {
		t.Errorf("the first row must be out: %+v", got)
	}
}

// Nested rows survive the form whatever people write into them.
func TestRowsRoundTrip(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var revs []document.Line
		for range rapid.IntRange(0, 4).Draw(r, "rows") {
			text := rapid.StringMatching(`[ a|\\あ\nn]{0,8}`)
			revs = append(revs, document.Line{Version: "v" + strings.TrimSpace(text.Draw(r, "version")), Change: strings.TrimSpace(text.Draw(r, "change"))})
		}
		rec := document.Register.New().(*document.Document)
		rec.Revisions = revs
		s := document.Register.Show(rec, "revisions", app.JA)
		again := kit.JoinRows(kit.SplitRows(s, 4))
		back := document.Register.New().(*document.Document)
		if err := document.Register.Enter(back, "revisions", again); err != nil {
			r.Fatal(err, again)
		}
		if !slices.Equal(back.Revisions, revs) {
			r.Fatalf("%q\n%+v\n%+v", again, revs, back.Revisions)
		}
	})
}

func TestCommandForm(t *testing.T) {
	c, err := app.CommandOf(ticket.Register, "dispatch")
	if err != nil {
		t.Fatal(err)
	}
	m := kit.NewCommandModel(ticket.Register, c)
	if m.Enter("who", "") == nil {
		t.Error("who is required")
	}
	if err := m.Enter("who", "佐々木 健"); err != nil {
		t.Error(err)
	}
	if m.Enter("wished", "いつか") == nil {
		t.Error("a time must be a time")
	}
	if err := m.Enter("wished", ""); err != nil {
		t.Error(err)
	}
	if got := m.Args(); !slices.Equal(got, []string{"who=佐々木 健"}) {
		t.Error(got)
	}
}

func TestFormGolden(t *testing.T) {
	rec := ticket.Register.New().(*ticket.Ticket)
	rec.Title, rec.Channel, rec.Impact, rec.State = "窓口端末から住民票の帳票が印刷できない", ticket.Phone, ticket.Hindered, ticket.Dispatched
	rec.Photos = []app.Blob{{ID: app.BlobID{1}, Name: "給紙エラー.jpg", Size: 2_345_678}}
	f := newForm(t, ticket.Register, rec, 448, 900)
	f.Refuse(app.Refuse(app.Invalid, "wished", "18:30 は常駐時間外です。18:00 までの時刻にするか、事前協議の番号を入力してください。", "out of hours"))
	kittest.Whole(t, f.win)
	kittest.Spoken(t, f.win)
	kittest.Shot(t, f.win, "kit-form")
	test.AssertRendersToMarkup(t, "form.xml", f.win.Canvas())
}

// TestSecondsAreKeptAndNotShown: a moment of a device has seconds, which no
// person wants to read, and which leaving the field must not take away.
func TestSecondsAreKeptAndNotShown(t *testing.T) {
	rec := ticket.Register.Draft(app.ID{1})
	at := app.StampOf(kittest.Now) + 44_373
	rec.ReceivedAt = at
	m := &kit.RecordModel{Register: ticket.Register, Record: rec, Lang: app.JA}
	if got := m.Show("received"); got != "2026-11-20 14:02" {
		t.Errorf("shown %q", got)
	}
	for typed, want := range map[string]app.Stamp{app.StampOf(kittest.Now).RFC3339(): at, app.StampOf(kittest.Now.Add(time.Minute)).RFC3339(): app.StampOf(kittest.Now.Add(time.Minute)), "": 0} {
		rec.ReceivedAt = at
		if err := m.Enter("received", typed); err != nil || rec.ReceivedAt != want {
			t.Errorf("%q: %v, want %v (%v)", typed, rec.ReceivedAt, want, err)
		}
	}
}
