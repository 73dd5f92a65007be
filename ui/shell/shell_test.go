package shell_test

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/shell"
	"daicho/ui/text"
)

// nothing is a replica without records, but for what a search finds.
type nothing struct {
	hits      []ui.Hit
	unindexed int
	barred    app.Kind // of which the person may read nothing
	kept      memory
}

// memory is what the shell keeps on this device.
type memory map[string][]byte

// refs are the records that were open last.
func (m memory) refs(t *testing.T) (refs []app.Ref) {
	if err := json.Unmarshal(m["recent"], &refs); err != nil {
		t.Fatal(err)
	}
	return refs
}

// searches are the words that were saved.
func (m memory) searches(context.Context, ui.Records) (all []ui.Search, err error) {
	for _, words := range strings.Split(string(m["searches"]), "\n") {
		if words != "" {
			all = append(all, ui.Search{Name: words, Words: words})
		}
	}
	return all, nil
}

func (m memory) saveSearch(_ context.Context, _ ui.Records, words string) error {
	m["searches"] = append(m["searches"], words+"\n"...)
	return nil
}

func (nothing) Registers() app.Registers { return app.Registers{} }
func (nothing) IDs(context.Context, app.Kind, app.Query) ([]app.ID, error) {
	return nil, nil
}
func (nothing) Rows(context.Context, app.Kind, []app.ID) ([]app.Record, error) { return nil, nil }
func (nothing) Count(context.Context, app.Kind, []app.Cond) (int, error)       { return 42, nil }
func (nothing) Rejected(context.Context) ([]app.Sent, error)                   { return nil, nil }
func (nothing) Retry(context.Context, uint64) error                            { return nil }
func (nothing) Dismiss(context.Context, uint64, string) error                  { return nil }
func (n nothing) People(context.Context) ([]ui.Hit, error)                     { return n.hits, nil }
func (nothing) Get(context.Context, app.Ref) (app.Record, error)               { return nil, nil }
func (n nothing) Reach(_ context.Context, k app.Kind) (ui.Reach, error) {
	return ui.Reach{None: k == n.barred}, nil
}
func (nothing) New(app.Kind) (app.Record, error)                                     { return nil, nil }
func (nothing) Save(context.Context, app.Record) error                               { return nil }
func (nothing) Do(context.Context, app.Record, string, []string) error               { return nil }
func (nothing) History(context.Context, app.Ref) ([]app.Event, error)                { return nil, nil }
func (nothing) Linked(context.Context, app.Ref) ([]ui.Hit, error)                    { return nil, nil }
func (n nothing) Search(context.Context, string, int) ([]ui.Hit, error)              { return n.hits, nil }
func (n nothing) Unindexed(context.Context) (int, error)                             { return n.unindexed, nil }
func (nothing) Similar(context.Context, app.Like) ([]ui.Hit, error)                  { return nil, nil }
func (nothing) Lacking(context.Context, app.Ref) (ui.Lacking, error)                 { return ui.Lacking{}, nil }
func (nothing) OpenBlob(context.Context, app.Ref, app.BlobID) (io.ReadCloser, error) { return nil, nil }
func (nothing) Scanner() ui.Scanner                                                  { return nil }
func (nothing) DoAll(context.Context, []ui.Deed, func(int)) error                    { return nil }
func (nothing) Try(context.Context, app.Record) error                                { return nil }
func (nothing) Secret(string) ([]byte, error)                                        { return nil, nil }
func (nothing) Content(context.Context, app.Ref, app.Blob) (ui.Content, error) {
	return ui.Content{}, nil
}
func (nothing) Page(context.Context, app.Blob, int, int) (ui.Sheet, error) { return ui.Sheet{}, nil }

func (nothing) OpenOutside(context.Context, app.Ref, string, app.Blob, func(app.Ref, app.Blob, error)) error {
	return nil
}
func (nothing) Watch(func([]app.Ref)) func() { return func() {} }
func (nothing) Attach(context.Context, app.Record, string, io.Reader) (app.Blob, error) {
	return app.Blob{}, nil
}

func (n nothing) Names(_ context.Context, refs []app.Ref) (out []ui.Hit, err error) {
	for _, ref := range refs {
		if i := slices.IndexFunc(n.hits, func(h ui.Hit) bool { return h.Ref == ref }); i >= 0 {
			out = append(out, n.hits[i])
		}
	}
	return out, nil
}

func (n nothing) Recall(context.Context, string) (map[string][]byte, error) { return n.kept, nil }
func (n nothing) Keep(_ context.Context, name string, value []byte) error {
	n.kept[name] = value
	return nil
}

// wire is a link that says what a test wants.
type wire struct {
	kittest.Carrier
	status ui.Status
	outbox []ui.Outgoing
	err    error
	syncs  int
	pauses int
	proved []ui.Proof

	barred    app.Kind
	unindexed int // records that a search does not find yet

	acknowledged int
	tell         func() // that the status changed
}

func (w *wire) Status() ui.Status                             { return w.status }
func (w *wire) SyncNow(context.Context) error                 { w.syncs++; return w.err }
func (w *wire) Outbox(context.Context) ([]ui.Outgoing, error) { return w.outbox, nil }
func (w *wire) Prove(_ context.Context, p ui.Proof) error {
	w.proved = append(w.proved, p)
	return w.err
}
func (w *wire) Pause()                                 { w.pauses++ }
func (w *wire) AcknowledgeAlarm(context.Context) error { w.acknowledged++; return w.err }
func (w *wire) AcknowledgeRebirth(context.Context) error {
	w.status.Reborn = ui.Rebirth{}
	w.tell()
	return w.err
}
func (w *wire) Watch(changed func()) func() { w.tell = changed; return func() {} }

// sheet is a page that remembers what was asked of it.
type sheet struct {
	view    *kit.Surface
	opened  app.Ref
	pressed int
	backs   int
}

func (s *sheet) View() fyne.CanvasObject { return s.view }
func (s *sheet) Shown()                  {}
func (s *sheet) Open(ref app.Ref)        { s.opened = ref }
func (s *sheet) Back() bool              { s.backs++; return true }
func (s *sheet) Actions() []ui.Action {
	return []ui.Action{{Label: app.Label{JA: "問い合わせを受け付ける", EN: "Take an inquiry"}, Icon: "plus", Key: ui.Ctrl(fyne.KeyN), Do: func() { s.pressed++ }}}
}

// scene is a shell in a window, with two sections.
type scene struct {
	*shell.Shell
	win    fyne.Window
	desk   *ui.Desk
	link   *wire
	sheets map[string]*sheet
	kept   memory
}

func online() *wire {
	return &wire{status: ui.Status{Enrolled: true, Online: true, LastSync: app.StampOf(kittest.Now), Waiting: 0, Conflicts: 1,
		ClockErr: 400 * time.Millisecond, Lease: app.StampOf(kittest.Now.Add(30 * 24 * time.Hour)), Device: "7QK4", Person: "中村 彩"}}
}

func offline() *wire {
	w := online()
	w.status.Online, w.status.Since, w.status.Waiting, w.status.Refused = false, app.StampOf(kittest.Now.Add(-21*time.Minute)), 3, 1
	w.status.Why = app.Label{JA: "サーバーに接続できません。変更内容は端末に保存し、接続後に送信します。", EN: "the server cannot be reached; changes are kept on this device and are sent when it can"}
	ref := app.Ref{Kind: "ticket", ID: app.ID{1}}
	w.outbox = []ui.Outgoing{
		{At: app.StampOf(kittest.Now.Add(-time.Hour)), Ref: ref, Number: "2026-004129", Title: "窓口端末から住民票の帳票が印刷できない", What: app.Label{JA: "変更", EN: "Changed"}, Refused: true,
			Reason: app.Label{JA: "「状態」が先に変更されています。内容を確認の上、もう一度実行してください。", EN: "changed by someone else meanwhile; look at it and try again"}},
		{At: app.StampOf(kittest.Now), Ref: ref, Number: "仮-7QK4-12", Title: "会議室の無線LANにつながらない", What: app.Label{JA: "登録", EN: "Created"}},
	}
	return w
}

func show(t *testing.T, v kittest.Variant, link *wire, hits ...ui.Hit) *scene {
	return shown(t, v, link, memory{}, hits...)
}

// showKept is a shell with what an earlier one kept.
func showKept(t *testing.T, v kittest.Variant, kept memory, hits ...ui.Hit) *scene {
	return shown(t, v, online(), kept, hits...)
}

func shown(t *testing.T, v kittest.Variant, link *wire, kept memory, hits ...ui.Hit) *scene {
	s := &scene{desk: kittest.Desk(t), link: link, sheets: map[string]*sheet{}, kept: kept}
	v.Set(s.desk)
	section := func(id, icon, ja, en string, group app.Label, kind app.Kind) ui.Section {
		return ui.Section{ID: id, Icon: icon, Label: app.Label{JA: ja, EN: en}, Group: group, Kinds: []app.Kind{kind},
			New: func(ui.Host) ui.Page {
				p := &sheet{view: kit.NewSurface(s.desk.Look, func(*kit.Pen, float32, float32) {})}
				s.sheets[id] = p
				return p
			},
			Count: func(ctx context.Context, r ui.Records) (int, error) { return r.Count(ctx, kind, nil) }}
	}
	work, papers := app.Label{JA: "受付・対応", EN: "Work"}, app.Label{JA: "文書", EN: "Documents"}
	rejects := section("rejects", "triangle-alert", "差し戻し", "Refused", papers, app.DismissalKind)
	rejects.Searches = ui.Searches{List: kept.searches, Save: kept.saveSearch}
	s.win = kittest.Window(t, kit.NewSurface(s.desk.Look, func(*kit.Pen, float32, float32) {}), v.W, v.H)
	s.Shell = shell.New(s.win, s.desk, nothing{hits, link.unindexed, link.barred, kept}, link, []ui.Section{
		section("tickets", "inbox", "問い合わせ", "Tickets", work, "ticket"),
		section("conflicts", "git-merge", "競合", "Conflicts", work, app.ConflictKind),
		section("documents", "file-text", "文書・版数", "Documents", papers, "document"),
		rejects,
	})
	t.Cleanup(s.Close)
	return s
}

func TestFrameIsWhole(t *testing.T) {
	for _, v := range kittest.Variants() {
		for name, link := range map[string]*wire{"online": online(), "offline": offline()} {
			t.Run(v.Name+"-"+name, func(t *testing.T) {
				s := show(t, v, link)
				kittest.Whole(t, s.win)
				s.Say(kit.Late, "記録できませんでした。ディスクの空きがありません。不要なファイルを削除してから、もう一度記録してください。")
				kittest.Whole(t, s.win)
				kittest.Shot(t, s.win, "frame-"+v.Name+"-"+name)
				s.Go("outbox")
				kittest.Whole(t, s.win)
				kittest.Shot(t, s.win, "outbox-"+v.Name+"-"+name)
			})
		}
	}
}

// alarmed is a link that has seen the server's record rewritten.
func alarmed() *wire {
	w := offline()
	w.status.Alarm = app.StampOf(kittest.Now.Add(-20 * time.Minute))
	return w
}

func TestAlarmIsWhole(t *testing.T) {
	for _, v := range kittest.Variants() {
		t.Run(v.Name, func(t *testing.T) {
			s := show(t, v, alarmed())
			kittest.Whole(t, s.win)
			kittest.Shot(t, s.win, "alarm-"+v.Name)
			s.Go("outbox")
			kittest.Whole(t, s.win)
			s.tapAlarm(v)
			kittest.Whole(t, s.win)
			kittest.Shot(t, s.win, "alarm-told-"+v.Name)
		})
	}
}

// tapAlarm presses the button of the band.
func (s *scene) tapAlarm(v kittest.Variant) {
	test.TapCanvas(s.win.Canvas(), fyne.NewPos(v.W-40*v.Factor, 52*v.Factor))
}

// TestAlarmStaysUntilItIsRead: neither another page nor another sync ends it, nor
// the first press of a button.
func TestAlarmStaysUntilItIsRead(t *testing.T) {
	v := kittest.Variants()[0]
	s := show(t, v, alarmed())
	shown := func() bool { return strings.Contains(kittest.Words(s.win), string(text.RecordRewritten)) }
	s.Go("documents")
	s.desk.Key(key(fyne.KeyF5))
	if !shown() {
		t.Error("it went by itself")
	}
	s.tapAlarm(v)
	s.desk.Key(key(fyne.KeyEscape))
	if s.link.acknowledged != 0 || !shown() {
		t.Error("it went without a word")
	}
	s.tapAlarm(v)
	s.win.Canvas().FocusNext() // past the way back
	s.win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
	if s.link.acknowledged != 1 || len(s.win.Canvas().Overlays().List()) != 0 {
		t.Error("it was not acknowledged", s.link.acknowledged)
	}
	s.link.status.Alarm = 0
	s.link.tell()
	if shown() {
		t.Error("it is still shown")
	}
}

func key(n fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: n} }

// press sends a key with Control to the window.
func (s *scene) press(n fyne.KeyName) {
	s.desk.Shortcut(&desktop.CustomShortcut{KeyName: n, Modifier: fyne.KeyModifierControl})
}

func TestKeysReachThePageFirstThenTheShell(t *testing.T) {
	s := show(t, kittest.Variants()[0], online())
	s.press(fyne.KeyN)
	s.desk.Key(key(fyne.KeyF5))
	s.desk.Key(key(fyne.KeyEscape))
	if p := s.sheets["tickets"]; p.pressed != 1 || s.link.syncs != 1 || p.backs != 1 {
		t.Errorf("Ctrl+N %d, F5 %d, Esc %d times", p.pressed, s.link.syncs, p.backs)
	}
	s.press(fyne.Key3)
	if s.sheets["documents"] == nil {
		t.Error("Ctrl+3 does not open the third section")
	}
}

func TestF6GoesRound(t *testing.T) {
	s := show(t, kittest.Variants()[0], online())
	s.desk.Key(key(fyne.KeyF6))
	nav := s.win.Canvas().Focused()
	if nav == nil {
		t.Fatal("F6 moves the keyboard nowhere")
	}
	nav.TypedKey(key(fyne.KeyDown))
	nav.TypedKey(key(fyne.KeyReturn))
	if s.sheets["conflicts"] == nil {
		t.Error("the navigation does not open what it is on")
	}
}

func TestPaletteFindsActionsAndRecords(t *testing.T) {
	for _, v := range kittest.Variants() {
		t.Run(v.Name, func(t *testing.T) {
			ticket := app.Ref{Kind: "ticket", ID: app.ID{7}}
			s := show(t, v, online(),
				ui.Hit{Ref: ticket, Number: "2026-004129", Title: "窓口端末から住民票の帳票が印刷できない（トレイ2の給紙エラー）"},
				ui.Hit{Ref: app.Ref{Kind: "document", ID: app.ID{8}}, Number: "8葉情第12号", Title: "帳票印刷 障害対応手順書"})
			s.press(fyne.KeyK)
			entry := s.win.Canvas().Focused()
			if entry == nil {
				t.Fatal("the palette does not take the keyboard")
			}
			kittest.Whole(t, s.win)
			test.Type(entry, "帳票")
			kittest.Whole(t, s.win)
			kittest.Shot(t, s.win, "palette-"+v.Name)
			entry.TypedKey(key(fyne.KeyReturn))
			if got := s.sheets["tickets"].opened; got != ticket {
				t.Errorf("opened %v", got)
			}
			if n := len(s.win.Canvas().Overlays().List()); n != 0 {
				t.Error("the palette stays open")
			}
		})
	}
}

func TestPaletteClosesAndGivesTheKeyboardBack(t *testing.T) {
	s := show(t, kittest.Variants()[0], online())
	s.desk.Key(key(fyne.KeyF6))
	before := s.win.Canvas().Focused()
	s.press(fyne.KeyK)
	s.win.Canvas().Focused().TypedKey(key(fyne.KeyEscape))
	if s.win.Canvas().Focused() != before || len(s.win.Canvas().Overlays().List()) != 0 {
		t.Error("Esc leaves the palette open or the keyboard nowhere")
	}
}

func TestStatusOpensItsLists(t *testing.T) {
	s := show(t, kittest.Variants()[0], offline())
	bar := fyne.NewPos(100, s.win.Canvas().Size().Height-10)
	test.TapCanvas(s.win.Canvas(), bar)
	kittest.Whole(t, s.win)
	for range 3 {
		s.desk.Key(key(fyne.KeyF6)) // round, to the outbox' table again
	}
	table := s.win.Canvas().Focused()
	table.TypedKey(key(fyne.KeyDown)) // below the refused one
	table.TypedKey(key(fyne.KeyReturn))
	if got := s.sheets["tickets"].opened; got.ID != (app.ID{1}) {
		t.Errorf("a change does not open its record: %v", got)
	}
	s.Go("outbox")
	table.TypedKey(key(fyne.KeyUp))
	table.TypedKey(key(fyne.KeyReturn))
	if s.sheets["rejects"] == nil {
		t.Error("a refused change does not lead to where people decide about it")
	}
}

func TestOpenGoesToTheSectionOfTheKind(t *testing.T) {
	s := show(t, kittest.Variants()[0], online())
	ref := app.Ref{Kind: "document", ID: app.ID{9}}
	s.Open(ref)
	if s.sheets["documents"].opened != ref {
		t.Error("not opened")
	}
}

func TestAskClosesOnEsc(t *testing.T) {
	s := show(t, kittest.Variants()[0], online())
	s.Ask(kit.NewSurface(s.desk.Look, func(*kit.Pen, float32, float32) {}), fyne.NewSize(300, 200))
	s.desk.Key(key(fyne.KeyEscape))
	if len(s.win.Canvas().Overlays().List()) != 0 {
		t.Error("still open")
	}
	if s.sheets["tickets"].backs != 0 {
		t.Error("Esc went on to the page")
	}
}

// reborn is a link whose server was restored.
func reborn() *wire {
	w := offline()
	w.status.Waiting, w.status.Refused = 12, 2
	w.status.Reborn = ui.Rebirth{At: app.StampOf(kittest.Now.Add(-20 * time.Minute)), Again: 57}
	return w
}

func TestRebirthIsWhole(t *testing.T) {
	for _, v := range kittest.Variants() {
		t.Run(v.Name, func(t *testing.T) {
			s := show(t, v, reborn())
			kittest.Whole(t, s.win)
			kittest.Shot(t, s.win, "reborn-"+v.Name)
		})
	}
}

// TestRebirthIsToldUntilItIsRead: how many changes are still to be sent and how
// many were refused is told as it changes, and one press ends it. An alarm comes first.
func TestRebirthIsToldUntilItIsRead(t *testing.T) {
	v := kittest.Variants()[0]
	s := show(t, v, reborn())
	says := func(words ...string) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(kittest.Words(s.win), w) })
	}
	if !says(string(text.ServerRestored), "57 件", "12 件", "2 件") {
		t.Error("it is not told", kittest.Words(s.win))
	}
	s.link.status.Waiting, s.link.status.Refused = 0, 0
	s.link.tell()
	if !says("57 件は、この端末から送り直しました") || says("12 件") {
		t.Error("what became of it is not told", kittest.Words(s.win))
	}
	s.link.status.Alarm = app.StampOf(kittest.Now)
	s.link.tell()
	if says(string(text.ServerRestored)) {
		t.Error("it hides an alarm")
	}
	s.link.status.Alarm = 0
	s.link.tell()
	test.TapCanvas(s.win.Canvas(), fyne.NewPos(v.W-40*v.Factor, 46*v.Factor))
	if says(string(text.ServerRestored)) || s.link.status.Reborn.At != 0 {
		t.Error("it is still told")
	}
}
