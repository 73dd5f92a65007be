package chart_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/civil"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/chart"
	"daicho/ui/kit/kittest"
	"daicho/ui/theme"
)

// on puts a chart on the sheet of a page.
func on(d *ui.Desk, o fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewSurface(d.Look, func(p *kit.Pen, w, h float32) {
		p.Rect(0, 0, w, h, p.Sheet)
		p.Add(o, 8, 8, w-16, h-16)
	})
}

func tiles(d *ui.Desk) (out []chart.Tile) {
	for _, f := range []struct {
		name string
		n    float64
		bad  int
	}{
		{"税務課", 41200, 214}, {"市民課", 33800, 96}, {"福祉総務課", 29100, 311}, {"教育委員会", 25400, 44}, {"共有", 21900, 128},
		{"子育て支援課", 17300, 61}, {"水道局", 14800, 9}, {"議会事務局", 9100, 3}, {"情報課", 7600, 0}, {"人事課", 6900, 72}, {"公民館", 5200, 17}, {"選挙管理委員会", 3100, 2},
	} {
		rate := float64(f.bad) / f.n * 100
		t := chart.Tile{Name: f.name, Size: f.n, Lines: []string{d.Words.Count(f.bad), fmt.Sprintf("%.2f%%", rate)}}
		switch {
		case rate >= 1:
			t.Class, t.Heavy = kit.Mark{Glyph: "■", Tone: kit.Late}, true
		case rate >= .5:
			t.Class = kit.Mark{Glyph: "△", Tone: kit.Warn}
		}
		out = append(out, t)
	}
	return out
}

func TestTreeMapLook(t *testing.T) {
	kittest.Gallery(t, "treemap", 560, 420, func(d *ui.Desk) fyne.CanvasObject { return on(d, chart.NewTreeMap(d, tiles(d), nil)) })
}

func TestTrendLook(t *testing.T) {
	values := []float64{1840, 1795, 1810, 1702, 1655, 1540, 1498, 1390, 1322, 1184, 1102, 957}
	for name, w := range map[string]float32{"trend": 520, "trend-narrow": 260} {
		kittest.Gallery(t, name, w, 200, func(d *ui.Desk) fyne.CanvasObject {
			var points []chart.Point
			for i, v := range values {
				points = append(points, chart.Point{Label: d.Words.Month(civil.Date{Year: 2026, Month: time.Month((i+11)%12 + 1), Day: 1}, false), Value: v})
			}
			return on(d, chart.NewTrend(d, points, 1000, func(v float64) string { return d.Words.Number(int(v)) }))
		})
	}
}

func grid(d *ui.Desk) chart.Grid {
	l := func(ja, en string) string { return d.Words.Of(app.Label{JA: ja, EN: en}) }
	g := chart.Grid{
		Rows:    []string{l("ほぼ確実", "almost certain"), l("高い", "likely"), l("ある", "possible"), l("低い", "unlikely"), l("まれ", "rare")},
		Columns: []string{l("軽微", "trifling"), l("小", "small"), l("中", "medium"), l("大", "large"), l("重大", "grave")},
		Caption: l("影響（市民サービス・情報・費用・納期の最大）→", "impact (the largest of service, data, cost, time) →"),
	}
	counts := map[int]int{8: 1, 9: 1, 12: 2, 11: 2, 16: 1, 17: 1, 18: 1, 19: 2, 22: 1, 24: 1}
	for row := range 5 {
		var cells []chart.Heat
		for col := range 5 {
			v := (5 - row) * (col + 1)
			c := chart.Heat{Class: "C", Value: v, Tone: theme.Good, Count: counts[row*5+col]}
			if v >= 8 {
				c.Class, c.Tone = "B", theme.Warn
			}
			if v >= 15 {
				c.Class, c.Tone = "A", theme.Late
			}
			cells = append(cells, c)
		}
		g.Heat = append(g.Heat, cells)
	}
	return g
}

func TestHeatMapLook(t *testing.T) {
	kittest.Gallery(t, "heatmap", 412, 440, func(d *ui.Desk) fyne.CanvasObject {
		m := chart.NewHeatMap(d, grid(d), nil)
		m.SetMove(&chart.Move{FromRow: 2, FromColumn: 3, Row: 1, Column: 3})
		return on(d, m)
	})
}

// visits are those of a day, two of them at once.
func visits(d *ui.Desk) (lanes []string, work []chart.Stretch) {
	l := func(ja, en string) string { return d.Words.Of(app.Label{JA: ja, EN: en}) }
	at := func(h float64) time.Time {
		return time.Date(2026, 11, 20, 0, int(h*60), 0, 0, kittest.Now.Location())
	}
	for _, v := range []struct {
		lane     int
		from, to float64
		name     string
		mark     kit.Mark
	}{
		{0, 9, 10.1, "市民課", kit.Mark{Glyph: "○", Word: l("9:24着", "there 9:24"), Tone: kit.Good}}, {0, 13.5, 14.7, "北公民館", kit.Mark{Glyph: "◎", Word: l("作業中", "at work"), Tone: kit.Info}},
		{0, 15, 16.2, "資産税課", kit.Mark{Glyph: "□", Word: "15:00"}}, {1, 10, 11.5, "中央図書館", kit.Mark{Glyph: "○", Word: l("10:12着", "there 10:12"), Tone: kit.Good}},
		{1, 13.7, 14.6, "水道局", kit.Mark{Glyph: "△", Word: l("移動中", "on the way"), Tone: kit.Warn}}, {1, 14.2, 15.9, "学校教育課", kit.Mark{Glyph: "□", Word: "14:15"}},
		{2, 9.3, 11, "議会事務局", kit.Mark{Glyph: "×", Word: l("4分遅れ", "4 min late"), Tone: kit.Late}}, {3, 15.5, 16.8, "学校教育課", kit.Mark{Glyph: "△", Word: l("未手配", "unassigned"), Tone: kit.Warn}},
	} {
		work = append(work, chart.Stretch{Lane: v.lane, From: at(v.from), To: at(v.to), Name: v.name, Mark: v.mark})
	}
	return []string{"佐々木", "山田", "髙橋", l("未割当", "nobody")}, work
}

func TestTimelineLook(t *testing.T) {
	kittest.Gallery(t, "timeline", 470, 290, func(d *ui.Desk) fyne.CanvasObject {
		lanes, work := visits(d)
		day := civil.DateOf(kittest.Now)
		return on(d, chart.NewTimeline(d, lanes, day.At(8, 30, 0), day.At(18, 0, 0), work, nil))
	})
}

// The mark of a visit tells how long is left: it is whole at the end of the day and
// right before another visit, however narrow the chart is.
func TestMarksOfVisitsAreWhole(t *testing.T) {
	day := civil.DateOf(kittest.Now)
	at := func(h, m int, mark string) chart.Stretch {
		return chart.Stretch{From: day.At(h, m, 0), To: day.At(h, m, 0), Name: "学校教育課", Mark: kit.Mark{Word: mark}}
	}
	work := []chart.Stretch{at(8, 0, "6:02 over"), at(13, 44, "0:18 over"), at(15, 10, "1:08 left"), at(16, 12, "2:10 left"), at(18, 0, "3:58 left")}
	d := kittest.Desk(t)
	for _, wide := range []float32{700, 470, 300} {
		win := kittest.Window(t, on(d, chart.NewTimeline(d, []string{"nobody"}, day.At(8, 0, 0), day.At(18, 0, 0), work, nil)), wide, 290)
		for _, s := range work {
			if words := kittest.Words(win); !strings.Contains(words, s.Mark.Word) {
				t.Errorf("%v wide: %q is not whole in %s", wide, s.Mark.Word, words)
			}
		}
		kittest.Whole(t, win)
	}
}

// plan is a plan in memory.
type plan []chart.Task

func (p plan) Len() int              { return len(p) }
func (p plan) Task(i int) chart.Task { return p[i] }

func day(m time.Month, d int) civil.Date { return civil.Date{Year: 2026, Month: m, Day: d} }

func building(d *ui.Desk) plan {
	long := kit.Mark{Glyph: "△", Word: d.Words.Of(app.Label{JA: "14日以上", EN: "14 days or more"}), Tone: kit.Warn}
	return plan{
		{Number: "2", Name: "構築フェーズ", From: day(10, 26), To: day(12, 26), Done: .46, Group: true},
		{Number: "2.1", Name: "帳票サーバー更新", Who: "山田", Level: 1, From: day(10, 26), To: day(11, 26), Done: .62, Group: true},
		{Number: "2.1.1", Name: "現行設定の調査", Who: "山田", Level: 2, From: day(10, 26), To: day(10, 30), Done: 1},
		{Number: "2.1.4", Name: "機器の搬入・設置", Who: "佐々木", Level: 2, From: day(11, 12), To: day(11, 14), Done: .9},
		{Number: "2.1.5", Name: "帳票移行と試験", Who: "山田", Level: 2, From: day(11, 16), To: day(11, 26), Done: .35},
		{Number: "2.1.6", Name: "設計 承認", Level: 2, From: day(11, 11), To: day(11, 11), Milestone: true},
		{Number: "2.2", Name: "ネットワーク増速", Who: "小林", Level: 1, From: day(11, 2), To: day(12, 11), Done: .38, Slack: 6, Group: true},
		{Number: "2.2.2", Name: "北公民館 工事", Who: "髙橋", Level: 2, From: day(11, 11), To: day(11, 28), Done: .5, Slack: 6, Flag: long},
		{Number: "2.2.3", Name: "水道局 工事", Who: "髙橋", Level: 2, From: day(11, 23), To: day(12, 2), Slack: 8},
		{Number: "2.3.3", Name: "市民課 40台", Who: "佐々木", Level: 2, From: day(11, 16), To: day(11, 22), Done: .2, Slack: 3},
		{Number: "2.4.4", Name: "本番切替 判定会議", Level: 2, From: day(12, 15), To: day(12, 15), Milestone: true},
	}
}

func off(d civil.Date) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday || d == day(11, 3) || d == day(11, 23)
}

func words(d *ui.Desk) chart.Head {
	l := func(ja, en string) string { return d.Words.Of(app.Label{JA: ja, EN: en}) }
	return chart.Head{Number: l("番号", "No."), Name: l("名称", "Name"), Who: l("担当", "Who"), Done: l("進捗", "Done"), Slack: l("余裕", "Slack"), Today: l("今日", "today")}
}

func TestGanttLook(t *testing.T) {
	for name, v := range map[string]struct{ w, day float32 }{"gantt": {1080, chart.ByWeek}, "gantt-days": {820, chart.ByDay}, "gantt-months": {820, chart.ByMonth}} {
		kittest.Gallery(t, name, v.w, 42+11*24+24, func(d *ui.Desk) fyne.CanvasObject {
			g := chart.NewGantt(d, building(d), words(d), day(10, 26), civil.DateOf(kittest.Now), off, nil)
			g.SetScale(v.day)
			if v.day == chart.ByDay {
				g.Begin(day(11, 9))
			}
			return on(d, g)
		})
	}
}

// A person reaches every mark of a chart by the keyboard, hears what it is and
// picks it; the mouse does the same.
func TestChartsByKeyboard(t *testing.T) {
	d := kittest.Desk(t)
	picked := -1
	lanes, work := visits(d)
	today := civil.DateOf(kittest.Now)
	for name, c := range map[string]struct {
		chart interface {
			fyne.Focusable
			fyne.CanvasObject
			fyne.Accessible
			At() int
		}
		marks int
		says  string
	}{
		"heat map": {chart.NewHeatMap(d, grid(d), func(r, c int) { picked = r*5 + c }), 25, "まれ × 重大: C 5, 1"},
		"tree map": {chart.NewTreeMap(d, tiles(d), func(i int) { picked = i }), 12, "選挙管理委員会　2件　0.06%"},
		"timeline": {chart.NewTimeline(d, lanes, today.At(8, 30, 0), today.At(18, 0, 0), work, func(i int) { picked = i }), 8, "未割当 15:30–16:48 学校教育課 △ 未手配"},
		"gantt":    {chart.NewGantt(d, building(d), words(d), day(10, 26), today, off, func(i int) { picked = i }), 11, "2.4.4 本番切替 判定会議  2026-12-15–2026-12-15 0%"},
	} {
		win := kittest.Window(t, c.chart, 700, 420)
		win.Canvas().Focus(c.chart)
		press := func(k fyne.KeyName) { c.chart.TypedKey(&fyne.KeyEvent{Name: k}) }
		for i, k := range []fyne.KeyName{fyne.KeyEnd, fyne.KeyHome} {
			press(k)
			if want := []int{c.marks - 1, 0}[i]; c.chart.At() != want {
				t.Errorf("%s: %s goes to %d, want %d", name, k, c.chart.At(), want)
			}
		}
		next := fyne.KeyRight
		if name == "gantt" {
			next = fyne.KeyDown
		}
		for range c.marks + 3 {
			press(next)
		}
		press(fyne.KeyReturn)
		if picked != c.marks-1 || c.chart.AccessibilityLabel() != c.says {
			t.Errorf("%s: picked %d, %q", name, picked, c.chart.AccessibilityLabel())
		}
		kittest.Whole(t, win)
	}
}

func TestChartsByMouse(t *testing.T) {
	d := kittest.Desk(t)
	picked := -1
	m := chart.NewHeatMap(d, grid(d), func(r, c int) { picked = r*5 + c })
	win := kittest.Window(t, m, 460, 442)
	tap := func() { test.TapCanvas(win.Canvas(), fyne.NewPos(440, 20)) }
	tap()
	if m.At() != 4 || picked != -1 {
		t.Error("a click puts the cursor there:", m.At(), picked)
	}
	win.Canvas().Focus(m)
	tap()
	if picked != 4 {
		t.Error("a click on the cursor picks:", picked)
	}
}

// Of a plan of any length only the rows in sight are drawn.
func TestGanttDrawsWhatIsInSight(t *testing.T) {
	d := kittest.Desk(t)
	var long plan
	for i := range 5000 {
		long = append(long, chart.Task{Number: fmt.Sprint(i), Name: fmt.Sprint("作業", i), From: day(11, 1).AddDays(i % 60), To: day(11, 9).AddDays(i % 60), Done: float64(i%5) / 4, Slack: i % 3})
	}
	g := chart.NewGantt(d, long, words(d), day(10, 26), civil.DateOf(kittest.Now), off, nil)
	win := kittest.Window(t, g, 1000, 42+10*24)
	g.ScrollTo(4000)
	if got := kittest.Words(win); !strings.Contains(got, "作業4000\n") || !strings.Contains(got, "作業4009\n") || strings.Contains(got, "作業4010\n") {
		t.Error(got)
	}
	g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	if got := kittest.Words(win); !strings.Contains(got, "作業4999\n") {
		t.Error("End goes to the last row")
	}
	test.Scroll(win.Canvas(), fyne.NewPos(300, 100), 0, 50)
	kittest.Whole(t, win)
}
