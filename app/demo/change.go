package demo

import (
	"slices"
	"time"
)

// wanted is a change of an agreed document.
type wanted struct {
	ago           int
	title         string
	paper         string // its document
	version       string
	before, after string
	reason        string
	impact, risk  string
	submit        bool
}

var wishes = []wanted{
	{16, "復元試験を月1回とする", "バックアップ運用計画書", "1.0", "復元試験は四半期に1回行う。", "復元試験は月に1回行う。", "大規模障害に備えるため", "作業は月に3時間増える。監視には影響しない。", "試験中に容量が不足したときは、試験を中止する。", true},
	{6, "監視の検知間隔を1分とする", "監視設計書", "1.0", "5分ごとに確認する。", "1分ごとに確認する。", "10分以内の通知に間に合わせるため", "監視サーバーの負荷が2％増える。", "負荷が高いときは5分に戻す。", false},
}

// changes are what people want to be otherwise than agreed.
func changes(end time.Time) (steps []Step) {
	for i, c := range wishes {
		y := &diary{kind: "change_request", record: i}
		at := midnight(end).AddDate(0, 0, -c.ago).Add(13 * time.Hour)
		s := Step{Links: []Link{{Field: "document", Kind: documentKind, Record: slices.IndexFunc(papers, func(p paper) bool { return p.title == c.paper })}}}
		s.set("title", c.title)
		s.set("version", c.version)
		s.set("before", c.before)
		s.set("after", c.after)
		s.set("reason", c.reason)
		s.set("impact", c.impact)
		s.set("risk", c.risk)
		y.note(at, s)
		if c.submit {
			y.note(at.AddDate(0, 0, 1), Step{Command: "submit"})
		}
		steps = append(steps, y.steps...)
	}
	return steps
}
