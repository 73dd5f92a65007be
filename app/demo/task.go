package demo

import "time"

// promised is a task that somebody took on.
type promised struct {
	ago    int // days before the end of the story
	due    int // days after it was taken on
	title  string
	side   string
	charge string
	body   string
	do     []promisedAct
}

// promisedAct is something said of it, some days later.
type promisedAct struct {
	after   int
	command string
	args    []string
}

var promises = []promised{
	{36, 14, "監視の当番表を作り直す", "contractor", "久米 渉", "夜間を二人とする決定による。", []promisedAct{
		{5, "report", []string{"progress=50", "note=11月分まで作成した。"}}, {12, "finish", []string{"text=来年3月分まで作成し、共有した。"}}, {13, "accept", []string{"text=確認した。"}}}},
	{28, 10, "プリンターの故障件数を所属別に集計する", "contractor", "布施 亮", "月次報告に載せる。", []promisedAct{
		{7, "finish", []string{"text=集計表を月次報告の別紙とした。"}}, {8, "return", []string{"text=消耗品の交換が故障に数えられている。"}}}},
	{21, 28, "議会中継用の回線の見積り", "contractor", "相馬 律", "分ける場合の工事費と月額を示す。", []promisedAct{
		{18, "report", []string{"progress=60", "note=2社から見積りが届いた。"}}}},
	{20, 14, "年度末の異動の人数を知らせる", "city", "人事課 印南", "権限の変更の作業を見積もるため。", nil},
	{12, 9, "外字の依頼窓口の案を作る", "contractor", "露木 葵", "市民課と税務課の窓口を一つにする。", []promisedAct{
		{7, "finish", []string{"text=案を作成した。"}}}},
	{2, 20, "切戻しの判断の手順を移行計画書に書く", "contractor", "久米 渉", "判断者は情報課長。", nil},
}

// tasks are what people took on, and what was heard of it.
func tasks(end time.Time) (steps []Step) {
	for i, p := range promises {
		y := &diary{kind: "task", record: i}
		at := midnight(end).AddDate(0, 0, -p.ago).Add(11 * time.Hour)
		var s Step
		s.set("title", p.title)
		s.set("side", p.side)
		s.set("charge", p.charge)
		s.set("due", day(end, p.due-p.ago))
		s.set("body", p.body)
		y.note(at, s)
		for _, act := range p.do {
			y.note(at.AddDate(0, 0, act.after), Step{Command: act.command, Args: act.args})
		}
		steps = append(steps, y.steps...)
	}
	return steps
}
