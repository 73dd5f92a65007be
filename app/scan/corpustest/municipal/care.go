package municipal

import (
	"fmt"

	k "daicho/app/scan/corpustest"
)

// care are papers about the old, the sick and the poor.
func care() []layout {
	return []layout{
		{"care-survey", func(p *paper) { // the visit before a certificate of care
			who, family := p.crowd(1, 1930, 1945)[0], p.person(1958, 1970)
			p.say("認定調査票（概況調査）")
			p.say("Ⅰ　調査実施者（記入者）")
			surveyor := p.person(1970, 1990)
			p.table([]any{"実施日時", "令和8年11月10日", "実施場所", "自宅内"}, []any{"ふりがな", "", "所属機関", "松風市介護保険課"}, []any{"記入者氏名", p.named(surveyor), "", ""})
			p.say("Ⅱ　調査対象者")
			p.table([]any{"被保険者番号", p.is(k.CareInsurance, "0000"+p.digits(6)), "過去の認定", "2回目以降"},
				[]any{"ふりがな", hiragana(p.read(who)), "前回認定結果", "要介護2"},
				[]any{"対象者氏名", p.named(who), "性別", who.sex},
				[]any{"生年月日", p.bornAs(who, day.padded), "年齢", fmt.Sprintf("%d歳", 2026-who.born.y)},
				[]any{"現住所", over("〒"+p.zip(who)+"　"+p.at(who, home.formal), 2), nil, "電話 " + p.call(who)},
				[]any{"家族等連絡先", over(p.at(family, home.hyphens), 2), nil, "電話 " + p.mobileOf(family)},
				[]any{"氏名", p.named(family), "調査対象者との関係", "長男の妻"})
			p.say("Ⅲ　特記事項")
			p.say("アルツハイマー型認知症。夕方になると落ち着かず、週に2回ほど外へ出て戻れなくなる。脳梗塞の既往があり右片麻痺。")
			p.has(k.Sensitive)
			p.persons = 3
		}, []file{{"認定調査票.docx", office}, {"認定調査票.pdf", office}, {"認定調査票.xlsx", book}}},

		{"care-board", func(p *paper) { // the list for the board
			p.say("第32回介護認定審査会　審査対象者一覧　　※会議終了後回収")
			heads := [][]any{
				{tall("番号", 2), tall("被保険者番号", 2), tall("氏　名", 2), tall("年齢", 2), tall("性別", 2), over("一次判定", 2), nil, tall("主病名", 2), tall("前回", 2)},
				{nil, nil, nil, nil, nil, "判定", "時間", nil, nil},
			}
			p.table(rows(heads, p.crowd(24, 1928, 1955), func(n int, who *person) []any {
				return []any{fmt.Sprint(n), p.is(k.CareInsurance, "0000"+p.digits(6)), p.named(who), fmt.Sprint(2026 - who.born.y), who.sex, p.one("要介護1", "要介護2", "要支援2"), fmt.Sprintf("%d.%d分", p.between(30, 110), p.IntN(10)), p.one("脳梗塞後遺症", "パーキンソン病", "アルツハイマー型認知症", "変形性膝関節症"), p.one("要介護1", "新規")}
			})...)
			p.has(k.Sensitive)
			p.mayHave(k.Confidential)
		}, []file{{"審査会一覧.xlsx", book}, {"審査会一覧.pdf", office}}},

		{"welfare-case", func(p *paper) { // a record of talks, typed
			who := p.crowd(1, 1960, 1975)[0]
			p.say("相談受付・経過記録票")
			p.say("相談者氏名　　%s", p.named(who))
			p.say("生年月日　　　%s（%d歳）", p.bornAs(who, day.japanese), 2026-who.born.y)
			p.say("住所　　　　　%s", p.at(who, home.hyphens))
			p.say("連絡先　　　　%s", p.mobileOf(who))
			p.say("")
			p.say("R8.10.5　来所。失業して3か月、家賃を2か月滞納している。うつ病で通院中、障害年金を申請したいとのこと。")
			p.say("R8.10.12　本人から電話。生活保護の申請について説明した。")
			p.say("R8.10.20　自宅を訪問。預金残高は1万円ほど。消費者金融から約80万円の借入れがある。")
			p.has(k.Sensitive)
		}, []file{{"経過記録.txt", typed(inCP932)}, {"経過記録.docx", office}}},

		{"shielded", func(p *paper) { // who must not be found
			p.say("住民基本台帳事務における支援措置　申出者一覧　【極秘】")
			p.table(rows([][]any{{"受付番号", "申出者", "併せて支援を求める者", "現住所", "加害者（相手方）氏名", "措置期間", "相談機関"}}, p.crowd(9, 1975, 2000), func(n int, who *person) []any {
				child, other := p.family(who, 2012)[1], p.person(1970, 1995)
				return []any{fmt.Sprintf("R8-%02d", n), p.named(who), p.named(child), p.at(who, home.formal), p.named(other), "R8.4.1～R9.3.31", p.one("松風警察署", "女性相談支援センター")}
			})...)
			p.has(k.Confidential)
			p.mayHave(k.Sensitive)
		}, []file{{"支援措置.docx", office}, {"支援措置.xlsx", book}}},

		{"children-benefit", func(p *paper) { // accounts and individual numbers
			p.say("児童手当　現況確認対象者")
			heads := [][]any{
				{over("受給者", 5), nil, nil, nil, nil, over("支払先", 4), nil, nil, nil, tall("児童数", 2)},
				{"認定番号", "氏名", "生年月日", "個人番号", "住所", "金融機関", "支店", "種別", "口座番号", nil},
			}
			p.table(rows(heads, p.crowd(20, 1975, 2000), func(_ int, who *person) []any {
				return []any{p.digits(6), p.named(who), p.bornAs(who, day.dotted), p.is(k.IndividualNumber, p.individual()), p.at(who, home.hyphens), p.one("八十二銀行", "松本信用金庫", "長野県労働金庫"), p.one("本店営業部", "駅前支店", "南支店"), "普通", p.is(k.BankAccount, p.digits(7)), number(p.digits(1))}
			})...)
		}, []file{{"児童手当現況.xlsx", book}, {"児童手当現況.ods", office}}},
	}
}
