package kit_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/text"
)

func at(h, m int) app.Stamp {
	return app.StampOf(time.Date(2026, 11, 20, h, m, 0, 0, kittest.Now.Location()))
}

var events = []app.Event{
	{At: at(14, 1), Claimed: at(9, 10), Name: "佐々木 健", Cells: []app.Cell{{Field: "minutes", Now: app.IntValue(15)}}},
	{At: at(14, 0), Name: "佐々木 健", Command: "close", Verdict: app.Rejected, Say: app.Label{JA: "回答がありません。回答を入力してから完了にしてください。", EN: "no answer; write one"}},
	{At: at(13, 59), GSN: 3, Name: "中村 彩", Verdict: app.Accepted, Cells: []app.Cell{{Field: "assignee", Was: app.TextValue("髙橋 直"), Now: app.TextValue("佐々木 健")}, {Field: "body", Was: app.TextValue("a"), Now: app.TextValue("b")}}},
	{At: at(13, 58), GSN: 2, Name: "中村 彩", Verdict: app.Contested, Cells: []app.Cell{{Field: "asset", Was: app.TextValue("PRN-0231")}, {Field: "unknown_yet", Now: app.TextValue("x")}}},
	{At: at(13, 57), Err: app.Unknown, GSN: 1, New: true, Verdict: app.Accepted},
}

func TestHistoryInWords(t *testing.T) {
	lines := kit.HistoryLines(ticket.Register, events, text.New(app.JA), func() time.Time { return kittest.Now })
	for i, want := range []kit.HistoryLine{
		{Time: "14:01 ±1秒", Said: "端末の時計では 9:10", Who: "佐々木 健", What: "対応工数（分）：15", Note: kit.Mark{Glyph: "△", Word: "送信待ち", Tone: kit.Warn}},
		{Time: "14:00 ±1秒", Who: "佐々木 健", What: "完了にする", Note: kit.Mark{Glyph: "×", Word: "差し戻し", Tone: kit.Late}, Why: "回答がありません。回答を入力してから完了にしてください。"},
		{Time: "13:59 ±1秒", Who: "中村 彩", What: "担当：髙橋 直 → 佐々木 健　内容を変更"},
		{Time: "13:58 ±1秒", Who: "中村 彩", What: "対象機器：PRN-0231 を削除　unknown_yetを変更", Note: kit.Mark{Glyph: "◇", Word: "競合", Tone: kit.Unsure}},
		{Time: "13:57 ±？", Who: "不明な利用者", What: "登録"},
	} {
		if lines[i] != want {
			t.Errorf("line %d: %+v\nwant %+v", i, lines[i], want)
		}
	}
}

func TestHistoryGolden(t *testing.T) {
	d := kittest.Desk(t)
	for _, v := range []struct {
		name string
		f    float32
		w    float32
	}{{"history.xml", 1, 448}, {"", 1.3, 420}} {
		d.Look.Set(false, v.f)
		h := kit.NewHistory(d)
		h.SetLines(kit.HistoryLines(ticket.Register, events, d.Words, d.Now))
		win := kittest.Window(t, kit.NewScroller(d, h), v.w, 420)
		kittest.Whole(t, win)
		kittest.Shot(t, win, "kit-history")
		if v.name != "" {
			test.AssertRendersToMarkup(t, v.name, win.Canvas())
		}
	}
}

func TestHistoryOfNothing(t *testing.T) {
	d := kittest.Desk(t)
	win := kittest.Window(t, kit.NewScroller(d, kit.NewHistory(d)), 448, 200)
	kittest.Whole(t, win)
}

// TestHistoryThatIsNotAllHere: what is missing is said below what is here, also
// where nothing is.
func TestHistoryThatIsNotAllHere(t *testing.T) {
	d := kittest.Desk(t)
	for _, v := range []struct {
		lacks  ui.Lacking
		events []app.Event
		want   string
	}{
		{ui.Lacking{Some: true, Since: at(13, 57)}, events, "13:57 より前の履歴はまだ受信していません。"},
		{ui.Lacking{Some: true}, events, "これより前の履歴はまだ受信していません。"},
		{ui.Lacking{Some: true}, nil, "これより前の履歴はまだ受信していません。"},
		{ui.Lacking{}, events, ""},
	} {
		h := kit.NewHistory(d)
		h.SetLines(kit.HistoryLines(ticket.Register, v.events, d.Words, d.Now))
		h.SetLacking(v.lacks)
		win := kittest.Window(t, kit.NewScroller(d, h), 448, 500)
		kittest.Whole(t, win)
		kittest.Shot(t, win, "kit-history-lacking")
		if got := kittest.Words(win); !strings.Contains(got, v.want) || v.want == "" && strings.Contains(got, "まだ受信していません") {
			t.Errorf("%+v: %s", v.lacks, got)
		}
	}
}
