package register_test

import (
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
)

// table is the list.
func (f *fixture) table(t *testing.T) *kit.Table {
	t.Helper()
	for _, o := range test.LaidOutObjects(f.win.Content()) {
		if table, ok := o.(*kit.Table); ok {
			return table
		}
	}
	t.Fatal("no table")
	return nil
}

// card is the card that is open.
func (f *fixture) card(t *testing.T, name string) fyne.Window {
	t.Helper()
	if f.host.Asked == nil {
		t.Fatal("nothing is asked")
	}
	win := kittest.Window(t, f.host.Asked, f.host.Card.Width, f.host.Card.Height)
	kittest.Whole(t, win)
	kittest.Shot(t, win, name)
	return win
}

func openBulk(t *testing.T) *fixture {
	cfg := config()
	cfg.Bulk, cfg.Sets = []string{"start", "close"}, []string{"assignee", "category", "first_line", "answer", "wished"}
	f := openAs(t, cfg, 1100, "プリンターの紙詰まり", "端末の故障", "回線の切断", "画面が暗い")
	f.table(t).TypedShortcut(&fyne.ShortcutSelectAll{})
	return f
}

// TestEditingMarked: fields of all marked records are changed after a look at what
// changes; one that is refused is not, stays marked and is told; one act takes it back.
func TestEditingMarked(t *testing.T) {
	f := openBulk(t)
	before := f.host.Replica.Load(f.refs[0]).Meta().GSN
	f.act(t, ui.Ctrl(fyne.KeyB))
	press(t, f.card(t, "bulk-choose"), "項目をまとめて変更")
	form := f.card(t, "bulk-form")
	var chosen bool
	for _, o := range test.LaidOutObjects(form.Content()) {
		if s, ok := o.(*kit.Select); ok && slices.Contains(s.Options, "ネットワーク") {
			chosen = true
			s.SetSelected("ネットワーク")
		}
	}
	if !chosen {
		t.Fatal(kittest.Words(form))
	}
	form.Canvas().Focus(firstEntry(t, form))
	test.Type(form.Canvas().Focused(), "中村 彩")
	press(t, form, "変更内容を確認")
	if f.host.Replica.Load(f.refs[0]).Meta().GSN != before {
		t.Error("a look has changed something")
	}
	seen := f.card(t, "bulk-preview")
	if words := kittest.Words(seen); !strings.Contains(words, "区分：「」 → 「ネットワーク」") || !strings.Contains(words, "担当：「」 → 「中村 彩」") || !strings.Contains(words, "変更 4件、変更できない 0件") {
		t.Error(words)
	}
	press(t, seen, "4件を変更する")
	for i := range f.refs {
		if k := f.ticket(t, i); k.Category != ticket.Network || k.Assignee != "中村 彩" {
			t.Error(i, k.Category, k.Assignee)
		}
	}
	if f.host.LastSaid() != "4件の項目を変更しました。" || f.table(t).MarkCount() != 0 {
		t.Error(f.host.Said, f.table(t).MarkCount())
	}
	kittest.Whole(t, f.win)
	kittest.Shot(t, f.win, "bulk-undo")
	high := f.table(t).Size().Height
	defer func() {
		if f.table(t).Size().Height <= high {
			t.Error("the list does not get the room back")
		}
	}()
	f.host.Replica.Edit(t, f.host.Replica.Load(f.refs[2]), "category=device")
	f.act(t, kit.KeyUndo)
	if f.ticket(t, 0).Category != "" || f.ticket(t, 0).Assignee != "" || f.ticket(t, 2).Category != ticket.Device || f.table(t).MarkCount() != 1 {
		t.Error("taken back:", f.ticket(t, 0).Category, f.ticket(t, 2).Category, f.host.Said)
	}
	if words := kittest.Words(f.card(t, "bulk-changed-since")); !strings.Contains(words, "回線の切断") || !strings.Contains(words, "その後に変更されているため") {
		t.Error(words)
	}
}

// TestMarkedThatCannotChange stand first in the look, each with why, and are left out.
func TestMarkedThatCannotChange(t *testing.T) {
	f := openBulk(t)
	f.host.Replica.Edit(t, f.host.Replica.Load(f.refs[3]), "assignee=中村 彩")
	f.host.Replica.Forbids = func(r app.Record) error {
		if r.Meta().Ref == f.refs[1] {
			return app.Refuse(app.Forbidden, "", "この記録は変更できません。", "this record cannot be changed")
		}
		return nil
	}
	f.act(t, ui.Ctrl(fyne.KeyB))
	press(t, f.card(t, "bulk-choose"), "項目をまとめて変更")
	form := f.card(t, "bulk-form")
	test.Type(firstEntry(t, form), "中村 彩")
	press(t, form, "変更内容を確認")
	seen := f.card(t, "bulk-preview-refused")
	words := kittest.Words(seen)
	if !strings.Contains(words, "変更 2件、変更できない 1件、変更なし 1件") || strings.Index(words, "端末の故障") > strings.Index(words, "回線の切断") || !strings.Contains(words, "この記録は変更できません。") {
		t.Error(words)
	}
	press(t, seen, "2件を変更する")
	if f.ticket(t, 0).Assignee != "中村 彩" || f.ticket(t, 1).Assignee != "" {
		t.Error(f.ticket(t, 0).Assignee, f.ticket(t, 1).Assignee)
	}
}

// TestCommandOnMarked: those that refuse stay marked, and each is told with its reason.
func TestCommandOnMarked(t *testing.T) {
	f := openBulk(t)
	f.host.Replica.Edit(t, f.host.Replica.Load(f.refs[0]), "answer=直した。")
	f.act(t, ui.Ctrl(fyne.KeyB))
	press(t, f.card(t, "bulk-choose"), "完了にする")
	press(t, f.card(t, "bulk-meant"), "完了にする")
	told := kittest.Words(f.card(t, "bulk-refused"))
	if f.ticket(t, 0).State != ticket.Closed || f.ticket(t, 1).State != ticket.Open || f.table(t).MarkCount() != 3 {
		t.Error(f.ticket(t, 0).State, f.ticket(t, 1).State, f.table(t).MarkCount())
	}
	if strings.Count(told, "回答がありません。") != 3 || !strings.Contains(told, "端末の故障") || strings.Contains(told, "プリンターの紙詰まり") {
		t.Error(told)
	}
}

// TestStoppingWhatIsDoneWithMarked: what is done stays done, the rest stays marked.
func TestStoppingWhatIsDoneWithMarked(t *testing.T) {
	cfg := config()
	cfg.Bulk = []string{"start"}
	var subjects []string
	for range 45 {
		subjects = append(subjects, "端末の故障")
	}
	f := openAs(t, cfg, 1100, subjects...)
	f.table(t).TypedShortcut(&fyne.ShortcutSelectAll{})
	begun := 0
	f.host.Replica.Forbids = func(app.Record) error {
		if begun++; begun == 25 {
			kittest.Whole(t, f.win)
			kittest.Shot(t, f.win, "bulk-progress")
			if !f.Back() {
				t.Error("Esc does not stop it")
			}
		}
		return nil
	}
	f.act(t, ui.Ctrl(fyne.KeyB))
	press(t, f.card(t, "bulk-choose-one"), "着手する")
	press(t, f.card(t, "bulk-meant"), "着手する")
	if begun != 40 || f.table(t).MarkCount() != 5 || f.host.LastSaid() != "「着手する」を、45件のうち40件で中止しました。残りの記録には印が付いています。" {
		t.Error(begun, f.table(t).MarkCount(), f.host.Said)
	}
}

func firstEntry(t *testing.T, win fyne.Window) *kit.Entry {
	t.Helper()
	for _, o := range test.LaidOutObjects(win.Content()) {
		if e, ok := o.(*kit.Entry); ok {
			return e
		}
	}
	t.Fatal("no field")
	return nil
}
