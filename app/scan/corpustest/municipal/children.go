package municipal

import (
	"fmt"

	k "daicho/app/scan/corpustest"
)

// children are papers of nurseries, schools and of those who help families.
func children() []layout {
	return []layout{
		{"nursery-form", func(p *paper) { // an application of one family
			father := p.crowd(1, 1985, 1995)[0]
			all := p.family(father, 1987, 2023, 2019)
			mother, child, other := all[1], all[2], all[3]
			p.say("教育・保育給付認定申請書（兼）保育施設等利用申込書")
			p.say("松風市福祉事務所長　宛　　　　令和8年11月4日")
			p.table([]any{tall("保護者", 2), "氏名", over(p.named(father), 2), nil, "個人番号", p.is(k.IndividualNumber, p.individual())},
				[]any{nil, "住所", over("〒"+p.zip(father)+"　"+p.at(father, home.hyphens), 2), nil, "電話", p.mobileOf(father)},
				[]any{tall("申込児童", 2), "氏名", over(p.named(child), 2), nil, "生年月日", p.bornAs(child, day.japanese)},
				[]any{nil, "個人番号", over(p.is(k.IndividualNumber, p.individual()), 2), nil, "アレルギー", "有（牛乳）"},
				[]any{over("世帯の状況", 6)},
				[]any{"氏名", "続柄", "生年月日", "職業・学校名", "勤務先電話", "備考"},
				[]any{p.named(father), "父", p.bornAs(father, day.japanese), "株式会社南信精機", "0263-55-0100", ""},
				[]any{p.named(mother), "母", p.bornAs(mother, day.japanese), "まつかぜ病院", "0263-55-0200", "育休中"},
				[]any{p.named(other), "兄", p.bornAs(other, day.japanese), "中央小学校1年", "", ""},
				[]any{"希望施設", over("第1希望　ひばり保育園　　第2希望　みどりこども園", 5)})
			p.is(k.Phone, "0263-55-0100")
			p.is(k.Phone, "0263-55-0200")
			p.persons = 4
			p.mayHave(k.Sensitive)
		}, []file{{"保育利用申込書.docx", office}, {"保育利用申込書.xlsx", book}}},

		{"nursery-points", func(p *paper) { // who gets a place
			heads := [][]any{
				{tall("順位", 2), over("児童", 3), nil, nil, over("保護者（父）", 2), nil, over("保護者（母）", 2), nil, over("調整指数", 3), nil, nil, tall("合計", 2)},
				{nil, "氏名", "生年月日", "クラス", "氏名", "事由", "氏名", "事由", "ひとり親", "障害", "きょうだい", nil},
			}
			p.say("令和9年4月入所　利用調整結果一覧表（2歳児）")
			p.table(rows(heads, p.crowd(22, 2022, 2024), func(n int, who *person) []any {
				parents := p.family(who, 1988, 1990)
				return []any{number(fmt.Sprint(n)), p.joined(who), p.bornAs(who, day.dotted), "2歳児", p.joined(parents[1]), p.one("就労", "疾病", "求職"), p.joined(parents[2]), p.one("就労", "出産", "介護"), p.one("", "30"), p.one("", "", "10"), p.one("", "5"), number(fmt.Sprint(p.between(150, 240)))}
			})...)
			p.mayHave(k.Sensitive)
		}, []file{{"利用調整.xlsx", book}, {"利用調整.pdf", printed}}},

		{"school-register", func(p *paper) { // 学齢簿
			p.say("学　齢　簿　（令和9年度就学予定者）　　　　松風市教育委員会")
			heads := [][]any{
				{tall("整理番号", 2), over("学齢児童", 5), nil, nil, nil, nil, over("保護者", 3), nil, nil, over("就学", 2), nil, tall("備考", 2)},
				{nil, "氏名", "フリガナ", "性別", "生年月日", "現住所", "氏名", "続柄", "現住所", "学校名", "入学年月日", nil},
			}
			p.table(rows(heads, p.crowd(26, 2019, 2020), func(n int, who *person) []any {
				guardian := p.family(who, 1985)[1]
				return []any{fmt.Sprintf("27-%03d", n), p.named(who), p.read(who), who.sex, p.bornAs(who, day.japanese), p.at(who, home.lot), p.named(guardian), p.one("父", "母"), p.one("児童に同じ", "同左"), p.one("松風小学校", "田川小学校"), "令和9年4月1日", p.one("", "", "区域外就学", "特別支援学級")}
			})...)
			p.mayHave(k.Sensitive)
		}, []file{{"学齢簿.xlsx", book}, {"学齢簿.pdf", printed}, {"学齢簿.csv", separated(',', inCP932)}}},

		{"school-codes", func(p *paper) { // what the system of the resident register hands over
			p.table(rows([][]any{{"KOJIN_NO", "SETAI_NO", "SHIMEI_KANA", "SHIMEI_KANJI", "SEINENGAPPI", "SEIBETSU", "YUBIN", "JUSHO", "HOGOSHA_KANJI", "GAKKO_CD", "GAKUNEN"}}, p.crowd(35, 2011, 2019), func(_ int, who *person) []any {
				guardian := p.family(who, 1980)[1]
				return []any{"1" + p.digits(9), "2" + p.digits(7), narrow(p.read(who)), p.named(who), p.bornAs(who, day.eight), p.one("1", "2"), plain(p.zip(who)), p.at(who, home.wide), p.named(guardian), p.digits(4), p.digits(1)}
			})...)
		}, []file{{"GAKUREI_EXP.csv", separated(',', inCP932)}, {"gakurei_exp.tsv", separated('\t', inUTF8)}}},

		{"allergies", func(p *paper) { // school meals
			p.say("食物アレルギー対応児童一覧（給食センター提出用）")
			p.table(rows([][]any{{"学校", "年・組", "児童氏名", "原因食物", "症状", "エピペン", "緊急時連絡先（保護者）"}}, p.crowd(15, 2014, 2020), func(_ int, who *person) []any {
				parent := p.family(who, 1985)[1]
				return []any{p.one("松風小", "田川小"), fmt.Sprintf("%d年%d組", p.between(1, 6), p.between(1, 3)), p.named(who), p.one("鶏卵", "乳", "小麦", "落花生", "えび・かに"), p.one("じんましん", "アナフィラキシー", "嘔吐"), p.one("有", "無"), p.joined(parent) + "（母） " + p.mobileOf(parent)}
			})...)
			p.has(k.Sensitive)
		}, []file{{"アレルギー一覧.xlsx", book}, {"アレルギー一覧.docx", office}}},

		{"vaccinations", func(p *paper) { // with many days that are no births
			p.table(rows([][]any{{"宛名番号", "被接種者氏名", "カナ", "生年月日", "ワクチン名", "回数", "接種年月日", "ロット番号", "医療機関名", "次回予定日"}}, p.crowd(40, 2021, 2025), func(_ int, who *person) []any {
				return []any{"00" + p.digits(8), p.named(who), narrow(p.read(who)), p.bornAs(who, day.slashed), p.one("五種混合", "BCG", "MR1期", "日本脳炎"), p.digits(1), fmt.Sprintf("2026/%d/%d", p.between(1, 10), p.between(1, 28)), p.one("A", "VK", "7M") + p.digits(3), p.one("みやした小児科", "あおば医院"), fmt.Sprintf("2027/%d/%d", p.between(1, 10), p.between(1, 28))}
			})...)
		}, []file{{"予防接種.csv", separated(',', inCP932)}, {"予防接種.xlsx", book}}},

		{"pregnancy", func(p *paper) { // interviews before birth
			p.say("妊娠届出者・面接記録一覧（保健センター）")
			p.table(rows([][]any{{"届出日", "妊婦氏名", "生年月日", "年齢", "住所", "電話番号", "分娩予定日", "パートナー氏名", "面接所見"}}, p.crowd(14, 1983, 2003), func(_ int, who *person) []any {
				partner := p.person(1980, 2000)
				return []any{fmt.Sprintf("R8.%d.%d", p.between(4, 10), p.between(1, 28)), p.named(who), p.bornAs(who, day.dotted), fmt.Sprint(2026 - who.born.y), p.at(who, home.hyphens), p.mobileOf(who), fmt.Sprintf("R9.%d.%d", p.between(1, 6), p.between(1, 28)), p.named(partner), p.one("特になし", "うつ病で通院中", "経済的困窮", "若年、支援者なし", "精神科服薬あり")}
			})...)
			p.mayHave(k.Sensitive)
		}, []file{{"妊娠届出一覧.xlsx", book}}},
	}
}
