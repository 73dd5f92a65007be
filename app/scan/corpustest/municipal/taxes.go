package municipal

import (
	"fmt"

	k "daicho/app/scan/corpustest"
)

// taxes are papers of the departments of taxes and accounts.
func taxes() []layout {
	return []layout{
		{"arrears-sheet", func(p *paper) { // one debtor
			who := p.crowd(1, 1955, 1990)[0]
			p.say("滞　納　整　理　票")
			p.table([]any{"宛名コード", "00" + p.digits(8), "整理番号", p.digits(6)},
				[]any{"滞納者氏名", p.named(who), "生年月日", p.bornAs(who, day.dotted)},
				[]any{"住所（居所）", over("〒"+p.zip(who)+" "+p.at(who, home.hyphens), 3)},
				[]any{"電話番号", p.call(who) + "（自宅）", "勤務先", "有限会社マルヨ水産　0263-47-1188"},
				[]any{over("滞納明細", 4)},
				[]any{"税目", "年度・期別", "本税", "延滞金"},
				[]any{"市県民税", "令和7年度 3期", "48,200", "2,100"},
				[]any{"固定資産税", "令和8年度 1期", "61,000", "800"},
				[]any{over("財産調査", 4)},
				[]any{"預金", over("八十二銀行　駅前支店　普通　"+p.is(k.BankAccount, p.digits(7))+"　残高 12,034円", 3)},
				[]any{"生命保険", over("解約返戻金 なし", 3)},
				[]any{over("折衝経過", 4)},
				[]any{"8.9.14", over("電話催告。本人「月末に1万円納める」と分納の申出", 3)},
				[]any{"8.10.2", over("不履行。給与の差押予告書を発送", 3)})
			p.is(k.Phone, "0263-47-1188")
			p.has(k.Sensitive)
		}, []file{{"滞納整理票.xlsx", book}, {"滞納整理票.docx", office}}},

		{"arrears-export", func(p *paper) { // the export of the tax system
			p.table(rows([][]any{{"宛名番号", "氏名漢字", "氏名カナ", "郵便番号", "住所", "方書", "電話番号", "税目", "調定年度", "期別", "未納額", "延滞金", "督促日", "最終折衝日"}}, p.crowd(45, 1940, 2000), func(_ int, who *person) []any {
				return []any{"00" + p.digits(8), p.joined(who), narrow(p.read(who)), p.zip(who), p.at(who, func(h home) string { h.building = ""; return h.wide() }), who.home.building, p.call(who), p.one("市県民税", "固定資産税", "軽自動車税", "国民健康保険税"), p.one("R06", "R07", "R08"), p.digits(1), money(p.between(10, 999) * 100), money(p.between(0, 40) * 100), fmt.Sprintf("2026%02d%02d", p.between(1, 10), p.between(1, 28)), fmt.Sprintf("2026%02d%02d", p.between(1, 10), p.between(1, 28))}
			})...)
			p.mayHave(k.Sensitive)
		}, []file{{"未納者抽出.csv", separated(',', inCP932)}, {"未納者抽出.xlsx", book}}},

		{"one-stop", func(p *paper) { // gifts to the city
			p.table(rows([][]any{{"寄附ID", "受付日時", "寄附者氏名", "フリガナ", "郵便番号", "都道府県", "市区町村", "番地・マンション名", "電話番号", "メールアドレス", "生年月日", "性別", "個人番号", "寄附金額", "ワンストップ"}}, p.crowd(24, 1950, 2002), func(_ int, who *person) []any {
				p.at(who, home.hyphens)
				return []any{"F" + p.digits(9), fmt.Sprintf("2026/11/%02d %d:%02d", p.between(1, 20), p.between(8, 22), p.IntN(60)), p.named(who), p.read(who), p.zip(who), who.home.prefecture, who.home.city, who.home.town + fmt.Sprintf("%d-%d-%d%s", who.home.a, who.home.b, who.home.c, who.home.tail()), plain(p.mobileOf(who)), p.mailOf(who), p.bornAs(who, day.slashed), who.sex, p.is(k.IndividualNumber, p.individual()), money(10000 * p.between(1, 9)), p.one("希望する", "希望しない")}
			})...)
			address := p.sure[k.PostalAddress]
			p.present[k.PostalAddress] = k.Range{Min: len(address), Max: 4 * len(address)} // parted over three cells
		}, []file{{"ワンストップ受付.csv", separated(',', inUTF8)}, {"ワンストップ受付.xlsx", book}}},

		{"farmland", func(p *paper) { // who owns and who works which field
			p.say("農地台帳（所有者・耕作者別）")
			p.table(rows([][]any{{"大字", "字", "地番", "地目", "面積（㎡）", "所有者氏名", "所有者住所", "耕作者氏名", "権利の種類", "備考"}}, p.crowd(25, 1935, 1985), func(_ int, who *person) []any {
				worker := p.person(1945, 1995)
				return []any{p.one("島内", "里山辺", "中山"), p.one("宮ノ前", "五反田", "堂ノ入"), fmt.Sprintf("%d-%d", p.between(100, 3000), p.between(1, 9)), p.one("田", "畑"), money(p.between(200, 4000)), p.named(who), p.at(who, home.lot), p.named(worker), p.one("自作", "使用貸借", "賃借権"), ""}
			})...)
			p.mayHave(k.PostalAddress)
		}, []file{{"農地台帳.xlsx", book}, {"農地台帳.csv", separated(',', inCP932)}}},

		{"payees", func(p *paper) { // small sums to people: interpreters, umpires
			p.say("報償費支払調書（講師・審判員）　令和8年度")
			heads := [][]any{
				{tall("No", 2), over("支払先", 3), nil, nil, tall("金額", 2), over("振込先口座", 4), nil, nil, nil},
				{nil, "氏名", "住所", "個人番号", nil, "銀行名", "支店名", "口座番号", "口座名義（カナ）"},
			}
			p.table(rows(heads, p.crowd(16, 1950, 2000), func(n int, who *person) []any {
				return []any{number(fmt.Sprint(n)), p.named(who), p.at(who, home.hyphens), p.is(k.IndividualNumber, p.individual()), money(1000 * p.between(3, 30)), p.one("八十二銀行", "ゆうちょ銀行", "長野銀行"), p.one("本店", "〇一八", "南支店"), p.is(k.BankAccount, p.digits(7)), narrow(p.read(who))}
			})...)
		}, []file{{"報償費.xlsx", book}, {"報償費.xls", office}}},
	}
}
