package municipal

import (
	"fmt"

	k "daicho/app/scan/corpustest"
)

// utilities are lists of those who use what the city runs.
func utilities() []layout {
	return []layout{
		{"water", func(p *paper) { // who uses water
			p.table(rows([][]any{{"お客様番号", "水栓番号", "使用者名", "使用者名カナ", "設置場所", "送付先〒", "送付先住所", "電話番号1", "電話番号2", "口径", "メーター番号", "納付方法", "口座番号", "名義人カナ"}}, p.crowd(40, 1940, 2000), func(_ int, who *person) []any {
				return []any{p.digits(9), "0" + p.digits(6), p.named(who), narrow(p.read(who)), who.home.local(), p.zip(who), p.at(who, home.hyphens), p.call(who), p.mobileOf(who), p.one("13", "20"), p.one("A", "K") + p.digits(7), "口振", p.is(k.BankAccount, p.digits(7)), narrow(who.kana())}
			})...)
			p.mayHave(k.PostalAddress) // where the meter lies is the same place once more
		}, []file{{"使用者台帳.csv", separated(',', inCP932)}, {"使用者台帳.xlsx", book}}},

		{"water-unpaid", func(p *paper) { // whose water is to be cut off
			p.say("給水停止執行予定者（10月分）")
			p.table(rows([][]any{{"地区", "使用者", "使用場所", "未納月数", "未納金額", "予告書", "連絡先", "状況"}}, p.crowd(17, 1945, 1995), func(_ int, who *person) []any {
				return []any{p.one("北部", "東部", "田川"), p.joined(who) + "　様", p.at(who, home.local), p.digits(1) + "か月", money(100 * p.between(30, 400)), "10/5", p.mobileOf(who), p.one("分納誓約", "不在", "生活困窮のため相談中")}
			})...)
			p.mayHave(k.Sensitive)
		}, []file{{"給水停止予定.xlsx", book}, {"給水停止予定.docx", office}}},

		{"library", func(p *paper) { // who borrows books
			p.table(rows([][]any{{"利用者番号", "氏名", "氏名ヨミ", "生年月日", "性別", "郵便番号", "住所1", "住所2", "電話1", "電話2", "メール", "勤務先・学校", "登録日", "有効期限", "貸出停止"}}, p.crowd(38, 1940, 2018), func(_ int, who *person) []any {
				p.at(who, home.hyphens)
				return []any{"10" + p.digits(7), p.joined(who), who.surname.kana + who.given.kana, p.bornAs(who, day.eight), p.one("1", "2"), plain(p.zip(who)), who.home.stem(), fmt.Sprintf("%d-%d-%d%s", who.home.a, who.home.b, who.home.c, who.home.tail()), p.call(who), p.mobileOf(who), p.mailOf(who), p.one("", "田川中学校", "信州大学"), fmt.Sprintf("2019%02d%02d", p.between(1, 12), p.between(1, 28)), "20280331", p.one("", "", "延滞")}
			})...)
			people := p.sure[k.PersonName]
			p.present[k.PersonName] = k.Range{Min: len(people), Max: 2 * len(people)}
			homes := p.sure[k.PostalAddress]
			p.present[k.PostalAddress] = k.Range{Min: len(homes), Max: 3 * len(homes)}
		}, []file{{"riyosha.csv", separated(',', inUTF8)}, {"riyosha.tsv", separated('\t', inCP932)}, {"riyosha.json", records}}},

		{"housing", func(p *paper) { // tenants of the city
			p.say("市営住宅入居者台帳　並柳団地")
			heads := [][]any{
				{tall("棟", 2), tall("室", 2), over("名義人", 4), nil, nil, nil, tall("入居日", 2), over("同居者", 3), nil, nil, over("連帯保証人", 2), nil, tall("家賃", 2), tall("滞納月数", 2)},
				{nil, nil, "氏名", "生年月日", "個人番号", "電話", nil, "氏名", "続柄", "生年月日", "氏名", "電話", nil, nil},
			}
			p.table(rows(heads, p.crowd(19, 1940, 1995), func(_ int, who *person) []any {
				wife, bail := p.family(who, 1950)[1], p.person(1945, 1985)
				return []any{number(p.digits(1)), number(fmt.Sprint(p.between(101, 405))), p.named(who), p.bornAs(who, day.dotted), p.is(k.IndividualNumber, p.individual()), p.call(who), fmt.Sprintf("H%d.%d.1", p.between(10, 30), p.between(1, 12)), p.named(wife), p.one("妻", "母", "子"), p.bornAs(wife, day.dotted), p.named(bail), p.mobileOf(bail), money(100 * p.between(120, 480)), number(fmt.Sprint(p.IntN(7)))}
			})...)
			p.mayHave(k.Sensitive)
		}, []file{{"入居者台帳.xlsx", book}, {"入居者台帳.ods", office}}},

		{"graves", func(p *paper) { // who tends which grave
			p.say("中山霊園　墓地使用者台帳")
			p.table(rows([][]any{{"区画", "許可番号", "許可年月日", "使用者", "本籍", "住所", "承継", "埋蔵者（死亡年月日）", "管理料"}}, p.crowd(15, 1935, 1970), func(n int, who *person) []any {
				dead := p.family(who, 1930)[1]
				return []any{fmt.Sprintf("%s-%d", p.one("い", "ろ", "は"), n), fmt.Sprintf("第%d号", p.between(1, 900)), fmt.Sprintf("昭和%d年%d月%d日", p.between(45, 63), p.between(1, 12), p.between(1, 28)), p.named(who), who.home.prefecture + who.home.city, p.at(who, home.hyphens), p.one("", "承継済"), p.joined(dead) + fmt.Sprintf("（平成%d年%d月%d日）", p.between(2, 30), p.between(1, 12), p.between(1, 28)), "完納"}
			})...)
			p.mayHave(k.PostalAddress)
		}, []file{{"墓地台帳.xlsx", book}, {"墓地台帳.xls", office}}},

		{"dogs", func(p *paper) { // dogs have names and birthdays, too
			p.table(rows([][]any{{"登録番号", "鑑札番号", "所有者氏名", "所有者住所", "電話", "犬の名前", "犬種", "毛色", "性別", "犬の生年月", "注射済票番号", "注射日"}}, p.crowd(30, 1945, 2000), func(n int, who *person) []any {
				return []any{fmt.Sprintf("R08-%04d", n), p.digits(6), p.named(who), p.at(who, home.hyphens), p.call(who), p.one("ポチ", "モモ", "コタロウ", "レオ", "チョコ"), p.one("柴犬", "トイプードル", "雑種"), p.one("茶", "黒", "白"), p.one("オス", "メス"), fmt.Sprintf("令和%d年%d月", p.between(2, 7), p.between(1, 12)), p.digits(5), fmt.Sprintf("2026/4/%d", p.between(1, 28))}
			})...)
			for _, dog := range []string{"モモ", "コタロウ", "レオ"} {
				note(p.perhaps, k.PersonName, dog)
			}
		}, []file{{"犬の登録.csv", separated(',', inCP932)}, {"犬の登録.xlsx", book}}},
	}
}
