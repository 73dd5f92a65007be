package municipal

import (
	"fmt"

	k "daicho/app/scan/corpustest"
)

// staff are papers about those who work for the city, or want to.
func staff() []layout {
	return []layout{
		{"checkup", func(p *paper) { // results of a medical check
			p.say("令和8年度　職員定期健康診断結果一覧　　　総務部職員課　㊙")
			heads := [][]any{
				{tall("職員番号", 2), tall("所属", 2), tall("氏名", 2), tall("生年月日", 2), over("身体計測", 3), nil, nil, over("血圧", 2), nil, over("血液", 3), nil, nil, tall("所見", 2), tall("判定", 2)},
				{nil, nil, nil, nil, "身長", "体重", "BMI", "最高", "最低", "γ-GTP", "LDL", "HbA1c", nil, nil},
			}
			p.table(rows(heads, p.crowd(26, 1962, 2003), func(n int, who *person) []any {
				return []any{number(fmt.Sprint(40100 + n)), p.one("財政課", "建設課", "こども課", "上下水道局"), p.named(who), p.bornAs(who, day.slashed), number(fmt.Sprintf("%d.%d", p.between(148, 182), p.IntN(10))), number(fmt.Sprintf("%d.%d", p.between(45, 92), p.IntN(10))), number(fmt.Sprintf("%d.%d", p.between(18, 31), p.IntN(10))), number(fmt.Sprint(p.between(98, 162))), number(fmt.Sprint(p.between(58, 101))), number(fmt.Sprint(p.between(12, 140))), number(fmt.Sprint(p.between(70, 190))), number(fmt.Sprintf("5.%d", p.IntN(10))), p.one("", "脂質異常症", "高血圧症治療中", "胃炎", "肺野結節影"), p.one("A", "B", "C", "D2")}
			})...)
			p.has(k.Sensitive, k.Confidential)
		}, []file{{"職員健診.xlsx", book}, {"職員健診.pdf", printed}}},

		{"checkup-sheet", func(p *paper) { // one person's sheet
			who := p.crowd(1, 1965, 2000)[0]
			p.say("健康診断個人票（労働安全衛生規則様式第5号）")
			p.table([]any{"氏　名", p.named(who), "生年月日", p.bornAs(who, day.japanese), "健診年月日", "令和8年9月3日"},
				[]any{"性　別", who.sex, "職員番号", "40" + p.digits(3), "所属", "建設課"},
				[]any{"業務歴", over("土木現場監督 12年", 5)}, []any{"既往歴", over("胃潰瘍（平成30年）", 5)}, []any{"自覚症状", over("腰痛", 5)},
				[]any{"身長(cm)", "171.2", "体重(kg)", "78.5", "視力", "右1.0 左0.8"},
				[]any{"医師の診断", over("高血圧症　要治療", 5)}, []any{"医師の意見", over("時間外労働を制限すること", 5)})
			p.has(k.Sensitive)
		}, []file{{"健康診断個人票.docx", office}, {"健康診断個人票.pdf", office}}},

		{"firemen", func(p *paper) { // volunteers with ranks and accounts
			p.say("松風市消防団　第3分団名簿（令和8年4月1日）")
			p.table(rows([][]any{{"階級", "氏　　名", "生年月日", "血液型", "住　　所", "自宅電話", "携帯電話", "勤務先", "入団年月日", "報酬振込口座"}}, p.crowd(21, 1970, 2004), func(n int, who *person) []any {
				rank := []string{"分団長", "副分団長", "部長", "班長"}[min(n-1, 3)]
				if n > 8 {
					rank = "団員"
				}
				return []any{rank, p.named(who), p.bornAs(who, day.dotted), p.one("A", "B", "O", "AB"), p.at(who, home.local), p.call(who), p.mobileOf(who), p.one("自営", "JA松風", "市役所"), fmt.Sprintf("H%d.4.1", p.between(15, 30)), "八十二銀行 本店 普通 " + p.is(k.BankAccount, p.digits(7))}
			})...)
		}, []file{{"消防団名簿.xlsx", book}, {"消防団名簿.docx", office}}},

		{"applicants", func(p *paper) { // who wants a post
			p.say("会計年度任用職員（事務補助）応募者一覧・面接評価")
			p.table(rows([][]any{{"受験番号", "氏名", "ふりがな", "生年月日(年齢)", "最終学歴", "職歴", "連絡先", "面接官A", "面接官B", "総合", "採否"}}, p.crowd(13, 1968, 2004), func(n int, who *person) []any {
				return []any{fmt.Sprint(100 + n), p.named(who), hiragana(p.read(who)), p.bornAs(who, day.japanese) + fmt.Sprintf("(%d歳)", 2026-who.born.y), p.one("信州大学経済学部卒", "松風高等学校卒"), p.one("スーパー勤務5年", "銀行窓口3年", "なし"), p.mobileOf(who) + " / " + p.mailOf(who), p.one("A", "B", "C"), p.one("A", "B", "C"), p.digits(2), p.one("採用", "不採用", "補欠")}
			})...)
		}, []file{{"応募者一覧.xlsx", book}, {"応募者一覧.html", htmlPage}}},

		{"board-of-heads", func(p *paper) { // neighbourhoods and their heads
			p.say("令和8年度　町会長名簿")
			p.table(rows([][]any{{"地区", "町会名", "会長氏名", "〒", "住所", "TEL / FAX", "世帯数"}}, p.crowd(23, 1942, 1965), func(_ int, who *person) []any {
				return []any{p.one("第一", "第二", "庄内"), p.one("本町", "埋橋", "女鳥羽", "沢村") + p.one("一丁目", "二丁目", "東"), p.named(who), p.zip(who), p.at(who, home.local), p.call(who), money(p.between(40, 1200))}
			})...)
		}, []file{{"町会長名簿.pdf", office}, {"町会長名簿.docx", office}}},
	}
}
