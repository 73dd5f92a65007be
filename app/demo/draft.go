package demo

import (
	"strings"
	"time"
)

// draft is a revision of a paper on its way at the end of the story.
type draft struct {
	title, reason, place string
	body                 string
	sent                 bool // for review
}

var drafts = []draft{
	{"事業継続計画書（システム運用）", "停電訓練で分かった切替えの順序を反映", "4.2", "# 4　縮退運用\n## 4.1　判断\n当番の責任者が判断し、理由と時刻を記録する。\n## 4.2　切替えの順序\n（1）窓口系を予備の電源に切り替える。\n（2）帳票サーバーを止める前に、印刷待ちを空にする。\n（3）切り替えた時刻を情報課に通知する。", true},
	{"監視設計書", "空き容量のしきい値を15%に変更", "3.1", "# 3　しきい値\n## 3.1　空き容量\n空き容量が15%を下回ったときに通知する。\n## 3.2　回線使用率\n5分平均で90%を超えたときに通知する。", true},
	{"基幹系システム更改 移行計画書", "切戻しの判断者を情報課長に変更", "5", "# 5　切戻し\n判断の時刻は4時とし、判断者は情報課長とする。\n4時を過ぎても照合が終わらないときは、現行システムに戻す。", true},
	{"セキュリティ監査 受検計画書", "対象に無害化の経路を追加", "2", "# 2　対象\n無害化の経路と、その記録を対象に加える。", false},
	{"ログ収集設計書", "保存期間を3年に統一", "2.3", "# 2.3　保存期間\n全ての記録を3年間保存する。", false},
}

// writeDrafts has the people who write papers begin revisions on the last days.
func writeDrafts(end time.Time) (steps []Step) {
	for i, d := range drafts {
		y := &diary{kind: "revision", record: i}
		var s Step
		s.set("body", d.body)
		s.set("reason", d.reason)
		s.set("place", d.place)
		s.Links = []Link{{"document", documentKind, paperTitled(d.title)}}
		if d.sent {
			s.Command = "submit"
		}
		y.note(end.Add(-time.Duration(len(drafts)-i)*20*time.Minute), s)
		steps = append(steps, y.steps...)
	}
	return steps
}

func paperTitled(title string) int {
	for i, p := range papers {
		if p.title == title {
			return i
		}
	}
	return -1
}

// keys are the key documents of 3.1.2 among the papers.
var keys = map[string]string{
	"基幹系システム更改 移行計画書": "migration_plan", "情報システム運用 年間計画書 令和8年度": "operation_plan",
	"事業継続計画書（システム運用）": "continuity_plan", "端末標準設計書": "support_design",
}

// filed is how a paper is kept: what kind of key document it is, how secret, for how
// long, and under which clause.
func (p paper) filed(s *Step) {
	s.set("key", keys[p.title])
	secrecy, years := "2", "5"
	if strings.Contains(p.title, "個人情報") || p.kind == "design" {
		secrecy = "3"
	}
	if p.kind == "agreement" || p.kind == "design" {
		years = "10"
	}
	s.set("secrecy", secrecy)
	s.set("retention", years)
	s.set("clause", map[string]string{"plan": "3.1.2", "design": "3.1.2", "minutes": "1.1.1", "agreement": "2.1.1", "report": "2.1.1"}[p.kind])
}
