package demo

import (
	"strconv"
	"strings"
	"time"
)

// Kinds of what is met for, and of what is said.
const (
	bodyKind    = "meeting_body"
	meetingKind = "meeting"
	itemKind    = "minute_item"
)

// circles are the bodies that meet.
var circles = [][]string{
	{"name=月次定例会", "host=city", "chair=情報課長", "authority=decides", "scope=運用計画書の範囲の変更", "every=毎月第2水曜日", "quorum=2", "papers_days=2", "minutes_days=5", "members=情報課長|市|議長\n久米 渉|事業者|所長\n相馬 律|事業者|主任"},
	{"name=リスク検討会", "host=contractor", "chair=久米 渉", "every=隔月", "minutes_days=3", "members=久米 渉|事業者|議長\n情報課 係長|市|委員"},
}

// gathering is one meeting, and what was said there: TYPE|TEXT|WHO|DAYS, the last two
// of actions alone.
type gathering struct {
	body   int
	ago    int // days before the end of the story; below zero: after it
	agenda string
	said   []string
	minute bool // the minutes are written a day later
}

var gatherings = []gathering{
	{0, 38, "1 前月の実績\n2 夜間の監視", []string{"note|前月の一次受付率は98.4％であった。", "decision|障害の見落としを防ぐため、夜間の監視は二人で行う。", "action|監視の当番表を作り直す。|久米 渉|14"}, true},
	{1, 12, "1 年度末の異動\n2 停電の訓練", []string{"note|異動に伴う権限の変更が集中するおそれがある。", "request|訓練の当日の連絡先を一覧にしてほしい。", "action|連絡先の一覧を作る。|露木 葵|10"}, false},
	{0, -5, "1 今月の実績\n2 議会中継用の回線", nil, false},
}

// meetings are who meets, when, and what was said.
func meetings(end time.Time) (steps []Step) {
	begin := midnight(end).AddDate(0, 0, -(7*weeks - 1)).Add(opens + 2*time.Minute)
	for i, set := range circles {
		steps = append(steps, Step{At: stamp(begin), Kind: bodyKind, Record: i, Set: set})
	}
	items := 0
	for i, g := range gatherings {
		y := &diary{kind: meetingKind, record: i}
		at := midnight(end).AddDate(0, 0, -g.ago).Add(10 * time.Hour)
		s := Step{Links: []Link{{Field: "body", Kind: bodyKind, Record: g.body}}}
		s.set("title", strings.TrimPrefix(circles[g.body][0], "name=")+"　"+day(end, -g.ago))
		s.set("begins", typed(at))
		s.set("ends", typed(at.Add(90*time.Minute)))
		s.set("place", "本庁舎3階 第1会議室")
		s.set("agenda", g.agenda)
		s.set("present", "情報課長|市\n久米 渉|事業者\n相馬 律|事業者")
		y.note(midnight(end).AddDate(0, 0, -max(g.ago+3, 2)).Add(opens+time.Hour), s)
		y.note(at.Add(90*time.Minute), Step{Command: "hold"})
		for n, line := range g.said {
			steps = append(steps, g.item(items, i, line, at.Add(time.Duration(n+1)*10*time.Minute)))
			items++
		}
		if g.minute {
			y.note(at.AddDate(0, 0, 1), Step{Command: "minutes"})
		}
		steps = append(steps, y.steps...)
	}
	return steps
}

// item is one thing that was said.
func (g gathering) item(n, in int, line string, at time.Time) Step {
	s := Step{At: stamp(at), Kind: itemKind, Record: n, Links: []Link{{Field: "meeting", Kind: meetingKind, Record: in}}}
	part := append(strings.Split(line, "|"), "", "")
	s.set("text", part[1])
	s.set("type", part[0])
	s.set("charge", part[2])
	if days, err := strconv.Atoi(part[3]); err == nil {
		s.set("due", day(at, days))
	}
	return s
}
