package municipal

import (
	"fmt"
	"strings"

	k "daicho/app/scan/corpustest"
)

// windows are papers of the windows where people come, and of the systems behind them.
func windows() []layout {
	return []layout{
		{"voters", func(p *paper) { // the list of voters
			p.say("選挙人名簿抄本　　第12投票区　　　　　令和8年9月1日 定時登録")
			p.table(rows([][]any{{"頁-行", "氏名", "生年月日", "性別", "住所", "備考"}}, p.crowd(55, 1925, 2007), func(n int, who *person) []any {
				return []any{fmt.Sprintf("%d-%d", 1+n/20, 1+n%20), p.named(who), p.bornAs(who, day.padded), who.sex, p.at(who, home.local), p.one("", "", "", "不在者投票", "転出")}
			})...)
		}, []file{{"選挙人名簿抄本.pdf", printed}, {"選挙人名簿抄本.xls", office}, {"選挙人名簿抄本.txt", typed(inCP932)}}},

		{"move", func(p *paper) { // a family moves
			head := p.crowd(1, 1975, 1995)[0]
			old := p.person(1980, 1990)
			all := p.family(head, 1980, 2013, 2016)
			p.say("住　民　異　動　届　　□転入　■転居　□転出　□世帯変更")
			p.say("届出年月日　令和8年11月13日　　異動年月日　令和8年11月1日")
			p.table([]any{"新住所", over(p.at(head, home.formal), 3), nil, nil, "世帯主", p.named(head)},
				[]any{"旧住所", over(p.at(old, home.formal), 3), nil, nil, "世帯主", "同上"},
				[]any{over("異動した人", 6)},
				[]any{"", "氏名（フリガナ）", "生年月日", "性別", "続柄", "個人番号カード"},
				[]any{"1", p.named(all[0]) + "（" + p.read(all[0]) + "）", p.bornAs(all[0], day.japanese), all[0].sex, "本人", "有"},
				[]any{"2", p.named(all[1]) + "（" + p.read(all[1]) + "）", p.bornAs(all[1], day.japanese), all[1].sex, "妻", "有"},
				[]any{"3", p.named(all[2]) + "（" + p.read(all[2]) + "）", p.bornAs(all[2], day.japanese), all[2].sex, "子", "有"},
				[]any{"4", p.named(all[3]) + "（" + p.read(all[3]) + "）", p.bornAs(all[3], day.japanese), all[3].sex, "子", "無"},
				[]any{"届出人", over("■本人　□世帯主　□代理人", 3), nil, nil, "電話", p.mobileOf(head)})
			p.persons = 4
		}, []file{{"住民異動届.docx", office}, {"住民異動届.xlsx", book}, {"住民異動届.pdf", office}}},

		{"seals", func(p *paper) { // registered seals
			p.table(rows([][]any{{"登録番号", "登録年月日", "氏名", "生年月日", "住所", "状態", "廃止事由"}}, p.crowd(33, 1930, 2005), func(n int, who *person) []any {
				return []any{fmt.Sprintf("%07d", 7700+n), fmt.Sprintf("平成%d年%d月%d日", p.between(5, 30), p.between(1, 12), p.between(1, 28)), p.joined(who), p.bornAs(who, day.padded), p.at(who, home.wide), p.one("現存", "廃止"), ""}
			})...)
		}, []file{{"印鑑登録.csv", separated(',', inCP932)}, {"印鑑登録.xlsx", book}}},

		{"online", func(p *paper) { // what a service for forms on the web exports
			p.table(rows([][]any{{"受付番号", "送信日時", "【申請者】お名前_姓", "【申請者】お名前_名", "【申請者】フリガナ_セイ", "【申請者】フリガナ_メイ", "【申請者】生年月日", "【申請者】連絡先電話番号", "【申請者】メールアドレス", "【申請者】住所（郵便番号）", "【申請者】住所（番地以降を含む）", "申請内容", "本人確認書類", "ステータス"}}, p.crowd(27, 1955, 2006), func(n int, who *person) []any {
				note(p.sure, k.PersonName, who.joined())
				note(p.perhaps, k.PersonName, who.kana())
				note(p.perhaps, k.PersonName, who.surname.word)
				note(p.perhaps, k.PersonName, who.given.word)
				return []any{fmt.Sprintf("LG%08d", 5300+n), fmt.Sprintf("2026-11-%02d %02d:%02d:%02d", p.between(1, 20), p.between(7, 23), p.IntN(60), p.IntN(60)), who.surname.word, who.given.word, who.surname.kana, who.given.kana, p.bornAs(who, day.dashed), plain(p.mobileOf(who)), p.mailOf(who), plain(p.zip(who)), p.at(who, home.hyphens), p.one("粗大ごみ収集", "証明書の郵送", "施設利用"), p.one("免許証.jpg", "IMG_2031.HEIC"), p.one("未処理", "完了")}
			})...)
		}, []file{{"form_export.csv", separated(',', inUTF8)}, {"form_export.xlsx", book}, {"form_export.json", records}}},

		{"complaints", func(p *paper) { // wishes and complaints of a month
			p.say("市民の声　受付一覧（10月）")
			p.table(rows([][]any{{"No.", "受付", "方法", "お名前・連絡先", "件名", "内容", "回答"}}, p.crowd(12, 1940, 2000), func(n int, who *person) []any {
				return []any{number(fmt.Sprint(n)), fmt.Sprintf("10/%d", p.between(1, 30)), p.one("電話", "窓口", "メール"), p.joined(who) + "様 " + p.mobileOf(who), p.one("道路の穴", "野良猫", "窓口対応"), p.one("家の前の道路に穴があり危険なので直してほしい。", "隣家が野良猫に餌をやって困っている。", "窓口の職員の態度が悪い。"), p.one("現地確認済み", "環境課へ引継ぎ")}
			})...)
		}, []file{{"市民の声.xlsx", book}, {"市民の声.docx", office}}},

		{"certificates-log", func(p *paper) { // who fetched which certificate
			p.say("証明書交付申請　処理簿")
			p.table(rows([][]any{{"日時", "請求者", "対象者", "関係", "種別", "通数", "本人確認"}}, p.crowd(20, 1945, 2004), func(n int, who *person) []any {
				other := p.family(who, 1960)[1]
				return []any{fmt.Sprintf("11/%d %d:%02d", 1+n%20, 9+n%8, p.IntN(60)), p.named(who), p.named(other), p.one("本人", "子", "配偶者", "代理人（委任状）"), p.one("住民票（世帯全員）", "戸籍全部事項証明", "所得証明"), p.digits(1), p.one("免許証 "+p.is(k.DriversLicense, licence(p.chance)), "個人番号カード", "旅券 "+p.is(k.Passport, "TR"+p.digits(7)))}
			})...)
			for _, kind := range []k.Kind{k.DriversLicense, k.Passport} { // of both one was taken
				p.present[kind] = k.Range{Min: 0, Max: k.Any}
			}
		}, []file{{"交付処理簿.xlsx", book}}},

		{"seats-of-council", func(p *paper) { // who came to listen
			p.say("議会傍聴人受付簿　　令和8年11月定例会")
			p.table(rows([][]any{{"No.", "氏　名", "住　所", "年齢", "入場時刻"}}, p.crowd(11, 1945, 2000), func(n int, who *person) []any {
				return []any{fmt.Sprint(n), p.named(who), p.at(who, home.local), fmt.Sprint(2026 - who.born.y), "10:0" + p.digits(1)}
			})...)
		}, []file{{"傍聴人受付簿.docx", office}, {"傍聴人受付簿.xlsx", book}}},

		{"two-lists", func(p *paper) { // two lists with other columns on one sheet, side by side and below
			left, right := p.crowd(9, 1950, 1990), p.crowd(9, 1950, 1990)
			table := [][]any{{over("推進委員", 3), nil, nil, "", over("協力員", 3), nil, nil}, {"氏名", "地区", "電話", "", "氏名", "地区", "携帯"}}
			for i := range left {
				table = append(table, []any{p.named(left[i]), p.one("北", "南"), p.call(left[i]), "", p.named(right[i]), p.one("北", "南"), p.mobileOf(right[i])})
			}
			p.table(table...)
			p.say("")
			p.say("事務局")
			p.table(rows([][]any{{"職", "氏名", "メール"}}, p.crowd(4, 1970, 2000), func(_ int, who *person) []any {
				return []any{p.one("課長", "係長", "主事"), p.joined(who), p.mailOf(who)}
			})...)
		}, []file{{"推進委員.xlsx", book}, {"推進委員.ods", office}}},
	}
}

// licence has the check digit that licences usually have.
func licence(c chance) string {
	body, sum := c.one("20", "30", "43")+fmt.Sprintf("%02d", c.between(70, 99))+c.digits(6), 0
	for i, weight := range strings.Split("5 4 3 2 7 6 5 4 3 2", " ") {
		sum += int(body[i]-'0') * int(weight[0]-'0')
	}
	return body + fmt.Sprint((11-sum%11)%11%10) + "0"
}
