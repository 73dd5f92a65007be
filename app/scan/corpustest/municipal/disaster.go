package municipal

import (
	"fmt"

	k "daicho/app/scan/corpustest"
)

// disaster are papers of the time after an earthquake or a flood, and of whom to help.
func disaster() []layout {
	return []layout{
		{"risai-list", func(p *paper) { // applications for certificates of damage
			p.say("令和8年台風第14号　罹災証明書　申請受付簿")
			heads := [][]any{
				{tall("受付\n番号", 2), tall("受付日", 2), over("申　請　者", 3), nil, nil, over("被災住家", 3), nil, nil, tall("調査班", 2)},
				{nil, nil, "氏　名", "現住所（避難先）", "連絡先", "所在地", "区分", "判定", nil},
			}
			p.table(rows(heads, p.crowd(28, 1935, 2000), func(n int, who *person) []any {
				return []any{fmt.Sprintf("%04d", n), "9月" + fmt.Sprint(p.between(12, 29)) + "日", p.named(who), p.at(who, home.hyphens), p.mobileOf(who), "同左", p.one("持家", "借家", "共同住宅"), p.one("全壊", "大規模半壊", "半壊", "準半壊", "一部損壊"), p.one("A-1", "A-2", "B-3")}
			})...)
		}, []file{{"罹災証明受付簿.xlsx", book}, {"罹災証明受付簿.xls", office}}},

		{"risai-certificate", func(p *paper) { // one certificate
			head := p.crowd(1, 1950, 1970)[0]
			p.say("罹　災　証　明　書")
			p.say("罹災第 0%s 号", p.digits(3))
			table := [][]any{
				{"世帯主住所", over(p.at(head, home.formal), 4)},
				{"世帯主氏名", over(p.named(head), 4)},
				{tall("世帯構成員", 4), "氏　名", "続　柄", "年　齢", "備　考"},
			}
			for i, who := range p.family(head, 1972, 2004, 2009)[1:] {
				table = append(table, []any{nil, p.named(who), []string{"妻", "長男", "長女"}[i], fmt.Sprint(2026 - who.born.y), ""})
			}
			table = append(table, []any{"追加記載事項", over("なし", 4)}, []any{"罹災原因", over("令和8年9月11日の台風第14号による", 4)}, []any{"住家の被害の程度", over("□全壊　■大規模半壊　□中規模半壊　□半壊　□準半壊", 4)})
			p.table(table...)
			p.say("上記のとおり相違ないことを証明します。")
			p.say("令和8年10月2日　　松風市長")
			p.persons = 4
		}, []file{{"罹災証明書.docx", office}, {"罹災証明書.pdf", office}}},

		{"need-help", func(p *paper) { // the register of those who need help
			p.say("要援護者台帳（民生委員配付用）　　　取扱注意")
			heads := [][]any{
				{tall("No", 2), over("本人", 5), nil, nil, nil, nil, tall("支援を要する理由", 2), over("緊急連絡先①", 3), nil, nil, over("緊急連絡先②", 3), nil, nil, tall("同意", 2)},
				{nil, "ふりがな", "氏名", "生年月日", "住所", "電話", nil, "氏名", "続柄", "電話", "氏名", "続柄", "電話", nil},
			}
			p.table(rows(heads, p.crowd(18, 1928, 1965), func(n int, who *person) []any {
				first, second := p.person(1955, 1990), p.person(1955, 1990)
				return []any{number(fmt.Sprint(n)), hiragana(p.read(who)), p.named(who), p.bornAs(who, day.dotted), p.at(who, home.local), p.call(who), p.one("独居高齢", "身体障害者（肢体2級）", "要介護3", "視覚障害", "人工透析"),
					p.named(first), p.one("長男", "長女", "甥"), p.mobileOf(first), p.named(second), p.one("二男", "妹", "嫁"), p.mobileOf(second), p.one("有", "無")}
			})...)
			p.has(k.Sensitive, k.Confidential)
		}, []file{{"要援護者台帳.xlsx", book}, {"要援護者台帳.pdf", printed}}},

		{"evacuation-plan", func(p *paper) { // one person's plan
			who, first := p.crowd(1, 1930, 1948)[0], p.person(1960, 1975)
			helper := p.person(1955, 1985)
			p.say("個　別　避　難　計　画")
			p.table([]any{"フリガナ", p.read(who), "性別", who.sex},
				[]any{"氏　名", p.named(who), "生年月日", p.bornAs(who, day.japanese)},
				[]any{"住　所", over("〒"+p.zip(who)+"　"+p.at(who, home.hyphens), 3)},
				[]any{"電話番号", p.call(who), "携帯電話", p.mobileOf(who)},
				[]any{"避難支援を要する事由", over("☑介護保険の要介護認定（要介護4）　☑身体障害者手帳（下肢1級）　□その他", 3)},
				[]any{"かかりつけ医", over("あおば内科クリニック　持病：心不全、在宅酸素を使用", 3)},
				[]any{tall("緊急連絡先", 2), "氏　名", over(p.named(first)+"（続柄：長女）", 2)},
				[]any{nil, "電　話", over(p.mobileOf(first), 2)},
				[]any{"避難支援等実施者", over(p.named(helper)+"　℡ "+p.mobileOf(helper), 3)},
				[]any{"避難先", over("北小学校体育館（福祉スペース）", 3)})
			p.has(k.Sensitive)
		}, []file{{"個別避難計画.docx", office}, {"個別避難計画.xlsx", book}}},

		{"shelter-cards", func(p *paper) { // families in a shelter, one below the other
			p.say("避難者カード綴　第一体育館")
			for i := range 5 {
				head := p.person(1955, 1980)
				p.say("世帯番号 %d　　入所日時 9月11日 %d時", i+1, p.between(17, 23))
				p.say("住所　%s　　電話　%s", p.at(head, home.hyphens), p.mobileOf(head))
				table := [][]any{{"氏名", "年齢", "性別", "要配慮事項"}}
				for _, who := range p.family(head, 1982, 2012) {
					table = append(table, []any{p.named(who), fmt.Sprint(2026 - who.born.y), who.sex, p.one("", "", "透析", "アレルギー（卵）", "車椅子")})
				}
				p.table(table...)
			}
			p.persons = 15
			p.mayHave(k.Sensitive)
		}, []file{{"避難者カード.xlsx", book}, {"避難者カード.docx", office}}},

		{"safety-mail", func(p *paper) { // who is where, by mail
			p.say("危機管理課　各位")
			p.say("お疲れさまです。西部地区の安否確認の状況です（21時現在）。")
			for _, who := range p.crowd(7, 1935, 1990) {
				p.say("・%s（%d）　%s　%s　%s", p.joined(who), 2026-who.born.y, p.at(who, home.local), p.mobileOf(who), p.one("無事・自宅", "避難所", "連絡つかず"))
			}
			p.say("以上、よろしくお願いします。")
			note(p.sure, k.Email, "a")
			note(p.sure, k.Email, "b")
		}, []file{{"安否確認.eml", mailed("kikikanri@city.matsukaze.example.jp", "seibu@city.matsukaze.example.jp", "安否確認（西部）")}}},
	}
}
