package register_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/xuri/excelize/v2"

	"daicho/app/report/roundtrip"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

// shown is the card that the window asks now.
func (f *fixture) shown(t *testing.T) fyne.Window {
	t.Helper()
	return kittest.Window(t, kit.NewOverlay(f.desk(), f.host.Asked, f.host.Card, nil), 1000, 700)
}

// pick chooses a word in the field of a name, as a person does who opens its list.
func pick(t *testing.T, win fyne.Window, field, word string) {
	t.Helper()
	s := chosen(t, win, field)
	i := slices.IndexFunc(s.Options, func(option string) bool { return strings.HasPrefix(option, word) })
	if i < 0 {
		t.Fatalf("%s offers %q", field, s.Options)
	}
	s.SetSelectedIndex(i)
}

// chosen is the field of a name in which a word is chosen.
func chosen(t *testing.T, win fyne.Window, field string) *kit.Select {
	t.Helper()
	for _, o := range test.LaidOutObjects(win.Content()) {
		if s, ok := o.(*kit.Select); ok && strings.HasPrefix(s.AccessibilityLabel(), field) {
			return s
		}
	}
	t.Fatalf("no field %s in %s", field, kittest.Words(win))
	return nil
}

// without is a workbook from which the row of a subject was deleted.
func without(t *testing.T, book, subject string) string {
	t.Helper()
	return edited(t, book, func(x *excelize.File, sheet string, cell func(string, int) string) {
		at, err := x.SearchSheet(sheet, subject)
		if err != nil || len(at) != 1 {
			t.Fatal(at, err)
		}
		_, line, err := excelize.CellNameToCoordinates(at[0])
		if err == nil {
			err = x.RemoveRow(sheet, line)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
}

// Rows that were deleted are shown, and nothing is done to their records until a person
// chooses what; the command then asks for what it needs.
func TestDeletedRows(t *testing.T) {
	cfg := config()
	cfg.Retires = []string{"wait", "nosuch"}
	f := openAs(t, cfg, 1100, "残す件", "やめる件")
	f.print(t, "この一覧をExcel")
	back := without(t, f.host.Wrote, "やめる件")
	card := f.doImport(t, "返却.xlsx", back)
	kittest.Whole(t, card)
	kittest.Shot(t, card, "import-deleted")
	words := kittest.Words(card)
	for _, want := range []string{"行の削除 1件", "行の削除（何もしません）", "やめる件", "行が削除された記録", "0件を取り込む"} {
		if !strings.Contains(words, want) {
			t.Errorf("no %q in %s", want, words)
		}
	}
	pick(t, card, "行が削除された記録", "回答を待つ")
	if words := kittest.Words(card); !strings.Contains(words, "行の削除（回答を待つ）") || !strings.Contains(words, "1件を取り込む") {
		t.Error(words)
	}
	press(t, card, "1件を取り込む")
	asks := f.shown(t)
	if words := kittest.Words(asks); !strings.Contains(words, "表から行が削除された記録を「回答を待つ」にします。") {
		t.Error(words)
	}
	pick(t, asks, "対応待ち先", "市")
	press(t, asks, "回答を待つ")
	var states []ticket.State
	for i := range f.refs {
		states = append(states, f.ticket(t, i).State)
	}
	if states[0] != ticket.Open || states[1] != ticket.Waiting {
		t.Errorf("%q; said %q", states, f.host.Said)
	}
}

// Where nobody knows what was sent, the sheet counts only if a person says so.
func TestTrust(t *testing.T) {
	f := open(t, 1100, "端末の故障")
	number := f.ticket(t, 0).Number
	card := f.doImport(t, "一覧.csv", "番号,件名\n"+number+",端末の交換\n")
	kittest.Shot(t, card, "import-unsure")
	if words := kittest.Words(card); !strings.Contains(words, "取り込めない行 1件") || !strings.Contains(words, "「端末の故障」（現在の値。書き出した時の値は不明） → 「端末の交換」") || !strings.Contains(words, "0件を取り込む") {
		t.Error(words)
	}
	pick(t, card, "元の値が不明な行", "表のとおりにする")
	if words := kittest.Words(card); !strings.Contains(words, "取り込めない行 0件") {
		t.Error(words)
	}
	chosen(t, card, "元の値が不明な行").TypedShortcut(ui.Ctrl(fyne.KeyReturn).Shortcut())
	if got := f.ticket(t, 0).Title; got != "端末の交換" {
		t.Errorf("%q; said %q", got, f.host.Said)
	}
}

// What an added row says that its record does not take is told on the card.
func TestAddedRowsTellWhatIsNotTaken(t *testing.T) {
	f := open(t, 1100)
	card := f.doImport(t, "一覧.csv", "番号,件名,状態,受付経路,受付日時,市の備考\n市-7,回線,完了,電話,2026-11-20 09:00,至急\n,,,,,以上\n")
	kittest.Whole(t, card)
	kittest.Shot(t, card, "import-not-taken")
	words := kittest.Words(card)
	for _, want := range []string{"番号「市-7」は取り込みません。この項目は自動で設定されます。", "状態「完了」は取り込みません。", "市の備考「至急」は取り込みません。この列は台帳の項目ではありません。", "項目でない列：市の備考", "読み込まない行：3", "1件を取り込む"} {
		if !strings.Contains(words, want) {
			t.Errorf("no %q in %s", want, words)
		}
	}
}

const own = "令和８年度　課題一覧,,\n連番,困りごと,ルート\n1,回線が遅い,電話\n2,紙が詰まる,メール\n"

// A sheet of the city's own: the person says where the headings stand and what the
// columns are, and keeps that under a name for the next time.
func TestMapping(t *testing.T) {
	f := open(t, 1100)
	card := f.doImport(t, "市の一覧.csv", own)
	kittest.Whole(t, card)
	if words := kittest.Words(card); !strings.Contains(words, "見出しがある行が見つかりません") || !strings.Contains(words, "1行目") {
		t.Error(words)
	}
	pick(t, card, "見出しの行", "2行目")
	card = f.shown(t)
	pick(t, card, "困りごと", "件名")
	pick(t, card, "ルート", "受付経路")
	name := field(t, card, "保存する名前")
	name.SetText("市の課題一覧")
	kittest.Whole(t, card)
	kittest.Shot(t, card, "mapping")
	press(t, card, "内容を確認する")
	card = f.shown(t)
	if words := kittest.Words(card); !strings.Contains(words, "追加 2件") || !strings.Contains(words, "回線が遅い") || !strings.Contains(words, "項目でない列：連番") {
		t.Error(words)
	}
	press(t, card, "2件を取り込む")
	if !f.shows("紙が詰まる") {
		t.Error(f.host.Said)
	}
	kept, err := f.host.Replica.Recall(t.Context(), "layout/ticket/市の課題一覧")
	if err != nil || len(kept) != 1 {
		t.Fatal(kept, err)
	}
	if l, err := roundtrip.ParseLayout(kept["layout/ticket/市の課題一覧"]); err != nil || l.Line != 2 || l.Columns["困りごと"] != "title" {
		t.Errorf("%+v %v", l, err)
	}
	card = f.doImport(t, "翌月.csv", strings.Replace(own, "紙が詰まる", "音が出ない", 1))
	pick(t, card, "保存した対応", "市の課題一覧")
	press(t, f.shown(t), "内容を確認する")
	if words := kittest.Words(f.shown(t)); !strings.Contains(words, "追加 1件") || !strings.Contains(words, "取込み済み 1件") {
		t.Error(words)
	}
	// what was understood can be said otherwise
	press(t, f.shown(t), "列の対応")
	card = f.shown(t)
	pick(t, card, "ルート", "件名")
	press(t, card, "内容を確認する")
	if words := kittest.Words(f.shown(t)); !strings.Contains(words, "同じ項目の列が二つあります") {
		t.Error(words)
	}
}

// field is a field of a card, by its name.
func field(t *testing.T, win fyne.Window, name string) *kit.Entry {
	t.Helper()
	for _, o := range test.LaidOutObjects(win.Content()) {
		if e, ok := o.(*kit.Entry); ok && strings.HasPrefix(e.AccessibilityLabel(), name) {
			return e
		}
	}
	t.Fatal("no field", name)
	return nil
}
