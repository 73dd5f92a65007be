package kit_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"pgregory.net/rapid"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/text"
)

func TestClocksInWords(t *testing.T) {
	w := text.New(app.JA)
	for _, c := range []struct {
		clock kit.Clock
		want  string
		used  float32
	}{
		{kit.Clock{Limit: 4 * time.Hour, Left: 41 * time.Minute}, "残り 0:41", 199. / 240},
		{kit.Clock{Limit: 4 * time.Hour, Left: 12 * time.Minute}, "△ 残り 0:12", .95},
		{kit.Clock{Limit: 10 * time.Hour, Left: 59 * time.Minute}, "△ 残り 0:59", 541. / 600},
		{kit.Clock{Limit: time.Hour, Left: -18 * time.Minute}, "× 超過 0:18", 1},
		{kit.Clock{Limit: 15 * time.Minute, State: kit.ClockMet, Took: 72 * time.Second}, "○ 達成 1分12秒", .08},
		{kit.Clock{Limit: 15 * time.Minute, State: kit.ClockMissed, Took: 20 * time.Minute}, "× 未達 20分0秒", 1},
		{kit.Clock{Limit: time.Hour, Left: 30 * time.Minute, State: kit.ClockStopped}, "■ 停止中", .5},
		{kit.Clock{Limit: time.Hour, State: kit.ClockUnsure}, "？ 判定不能", 1},
	} {
		if got := c.clock.Mark(w).String(); got != c.want || c.clock.Used() != c.used {
			t.Errorf("%q, %v used, want %q, %v", got, c.clock.Used(), c.want, c.used)
		}
	}
}

// A clock that is late says so in a word and a glyph, and nothing else does.
func TestClockProperty(t *testing.T) {
	w := text.New(app.JA)
	rapid.Check(t, func(r *rapid.T) {
		span := func(name string) time.Duration {
			return time.Duration(rapid.Int64Range(-1e14, 1e14).Draw(r, name))
		}
		c := kit.Clock{State: kit.ClockState(rapid.IntRange(0, 4).Draw(r, "state")), Limit: span("limit"), Left: span("left"), Took: span("took")}
		m := c.Mark(w)
		late := c.State == kit.ClockMissed || c.State == kit.ClockRuns && c.Left < 0
		if (m.Glyph == "×") != late || (m.Tone == kit.Late) != late || m.Word == "" || c.Used() < 0 || c.Used() > 1 {
			r.Fatalf("%+v: %+v, %v used", c, m, c.Used())
		}
	})
}

func clocksOf(w *text.Words) []kit.Clock {
	l := func(ja, en string) string { return w.Of(app.Label{JA: ja, EN: en}) }
	return []kit.Clock{
		{Name: l("一次回答", "First answer"), Span: "13:57 → 14:12", State: kit.ClockMet, Limit: 15 * time.Minute, Took: 72 * time.Second},
		{Name: l("現地到着", "Arrival"), Span: l("希望 13:45 → 14:15", "wished 13:45 → 14:15"), Limit: 2 * time.Hour, Left: 12 * time.Minute},
		{Name: l("障害通知", "Notice"), Span: "10:54:22–10:55:10", State: kit.ClockUnsure},
		{Name: l("完了", "Close"), Span: l("同日 18:00", "same day 18:00"), Limit: 9 * time.Hour, Left: 192 * time.Minute},
	}
}

func TestClocksLook(t *testing.T) {
	kittest.Gallery(t, "clocks", 448, kit.ClocksHeight(4)+24, func(d *ui.Desk) fyne.CanvasObject {
		return kit.NewSurface(d.Look, func(p *kit.Pen, w, h float32) {
			p.Rect(0, 0, w, h, p.Sheet)
			p.Clocks(18, 12, w-36, d.Words, clocksOf(d.Words)...)
		})
	})
}

func TestFiguresLook(t *testing.T) {
	for name, w := range map[string]float32{"figures": 1080, "figures-narrow": 880} {
		kittest.Gallery(t, name, w, 100, func(d *ui.Desk) fyne.CanvasObject {
			l := func(ja, en string) string { return d.Words.Of(app.Label{JA: ja, EN: en}) }
			return kit.NewSurface(d.Look, func(p *kit.Pen, w, h float32) {
				p.Rect(0, 0, w, h, p.Sheet)
				p.Figures(12, 12, w-24,
					kit.Figure{Name: l("一次受付率（11月）", "Solved at once (Nov.)"), Value: "98.14%", Fraction: l("1,113 / 1,134件　目標 98%", "1,113 / 1,134, target 98%"), Mark: kit.Mark{Glyph: "○", Word: l("達成", "met"), Tone: kit.Good}},
					kit.Figure{Name: l("現地対応 30分以内", "There within 30 min"), Value: "96.42%", Fraction: l("54 / 56件　目標 95%", "54 / 56, target 95%"), Mark: kit.Mark{Glyph: "○", Word: l("達成", "met"), Tone: kit.Good}},
					kit.Figure{Name: l("稼働率（字義どおり）", "Uptime (as written)"), Value: "75.19%", Fraction: l("2,289.5 / 3,045.0時間　目標 95%", "2,289.5 / 3,045.0 h, target 95%"), Mark: kit.Mark{Glyph: "×", Word: l("未達", "missed"), Tone: kit.Late}},
					kit.Figure{Name: l("未完了", "Open"), Value: l("42件", "42"), Fraction: l("うち未割当 6件　回答待ち 8件", "6 unassigned, 8 waiting"), Mark: kit.Mark{Glyph: "△", Word: l("先週より 9件多い", "9 more than last week"), Tone: kit.Warn}})
			})
		})
	}
}

func TestStepsLook(t *testing.T) {
	kittest.Gallery(t, "steps", 480, 4*kit.StepHeight+50, func(d *ui.Desk) fyne.CanvasObject {
		l := func(ja, en string) string { return d.Words.Of(app.Label{JA: ja, EN: en}) }
		return kit.NewSurface(d.Look, func(p *kit.Pen, w, h float32) {
			p.Rect(0, 0, w, h, p.Sheet)
			p.Steps(12, 8, w-24,
				kit.Step{Role: l("作成", "Author"), Who: "山田 徹", When: "11/19 16:20", Note: l("添付 2件を含めて署名", "signed, with 2 files"), Mark: kit.Mark{Glyph: "●", Word: l("済", "done"), Tone: kit.Good}},
				kit.Step{Role: l("1次レビュー", "First review"), Who: "中村 彩", When: l("期限 11/24", "due 11/24"), Note: l("観点 12項目のうち 9項目まで記入", "9 of 12 points filled in"), Mark: kit.Mark{Glyph: "◎", Word: l("あなた", "you"), Tone: kit.Info}},
				kit.Step{Role: l("2次レビュー", "Second review"), Who: "小林 誠", When: l("期限 11/26", "due 11/26"), Mark: kit.Mark{Glyph: "○", Word: l("次", "next"), Tone: kit.Quiet}},
				kit.Step{Role: l("承認（市）", "Approval (city)"), Who: l("情報課 課長", "Head of IT"), When: l("期限 11/28", "due 11/28"), Note: l("サーバーの登録後に効力が生じます", "valid once the server has registered it"), Mark: kit.Mark{Glyph: "○", Word: l("次", "next"), Tone: kit.Quiet}})
			p.Text(12, h-44, w-24, 20, l("9人中 7人が確認", "7 of 9 have read it"), p.Body())
			p.Share(12, h-18, w-24, 7, 9)
		})
	})
}

func TestApprovalsLook(t *testing.T) {
	kittest.Gallery(t, "approvals", 4*58+2, 80, func(d *ui.Desk) fyne.CanvasObject {
		l := func(ja, en string) string { return d.Words.Of(app.Label{JA: ja, EN: en}) }
		return kit.NewApprovals(d, []kit.Approval{
			{Role: l("承認", "Approve")}, {Role: l("2次", "2nd"), Note: l("審査中", "in review")},
			{Role: l("1次", "1st"), Office: "運用", Date: "8.11.20", Name: "中村", Pending: true},
			{Role: l("作成", "Author"), Office: "運用", Date: "8.11.19", Name: "山田"}})
	})
}
