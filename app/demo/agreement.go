package demo

import "time"

// said is an entry of the register of consultations, agreements and requests.
type said struct {
	ago     int // days before the end of the story
	kind    string
	title   string
	side    string
	content string
	clause  string
	reply   int    // days until an answer is due; 0: none
	do      string // a day later
	args    []string
}

var entries = []said{
	{38, "decision", "夜間の監視は二人で行う", "city", "障害の見落としを防ぐため、22時から翌6時までの監視は二人で行う。", "3.2.1", 0, "", nil},
	{33, "agreement", "月次報告は第5営業日までに提出する", "contractor", "月次報告書は、翌月の第5営業日までに提出する。", "1.2.1", 0, "", nil},
	{30, "agreement", "停電訓練の当日は一次受付を電話だけとする", "contractor", "訓練の当日に限り、メールでの受付を止める。", "1.3.2", 0, "exempt", []string{"reason=一度限りの取決めであるため"}},
	{26, "request", "プリンターの故障件数を所属別に知りたい", "city", "予算要求の資料とするため、所属別の件数を示してほしい。", "3.3.1", 10, "answer", []string{"answer=次の月次報告から、所属別の件数を載せる。"}},
	{22, "consultation", "議会中継用の回線を分ける", "city", "本会議の日に回線が混み合うため、中継用の回線を分けたい。", "2.4.2", 14, "answer", []string{"answer=費用を見積もってから回答する。", "hold=yes"}},
	{18, "consultation", "年度末の異動に伴う作業の時間", "contractor", "3月28日と29日の作業を、事前協議の時間としたい。", "3.1.4", 10, "conclude", []string{"content=3月28日と29日は、8時30分から19時までを業務時間とする。"}},
	{15, "request", "外字の追加を依頼する窓口を一つにする", "city", "市民課と税務課から別々に依頼しているため、窓口を一つにしてほしい。", "3.3.1", 7, "", nil},
	{9, "decision", "切戻しの判断者は情報課長とする", "city", "システム更改の当日、切戻しの判断は情報課長が行う。", "3.1.2", 0, "", nil},
	{3, "request", "LGWANの端末の更新を前倒しにする", "city", "来年度に予定している10台を、今年度に更新できるか。", "2.2.1", 10, "", nil},
}

// agreements are what was asked for, talked about and agreed on.
func agreements(end time.Time) (steps []Step) {
	for i, e := range entries {
		y := &diary{kind: "agreement", record: i}
		at := midnight(end).AddDate(0, 0, -e.ago).Add(10 * time.Hour)
		var s Step
		s.set("title", e.title)
		s.set("type", e.kind)
		s.set("raised", e.side)
		s.set("content", e.content)
		s.set("city", "情報課")
		s.set("contractor", "運用担当")
		s.set("clause", e.clause)
		s.set("held", day(end, -e.ago))
		if e.reply > 0 {
			s.set("reply_due", day(end, e.reply-e.ago))
		}
		y.note(at, s)
		if e.do != "" {
			y.note(at.AddDate(0, 0, 1), Step{Command: e.do, Args: e.args})
		}
		steps = append(steps, y.steps...)
	}
	return steps
}
