package municipal

import "fmt"

// things are papers about things, in which nobody is to be found.
func things() []layout {
	return []layout{
		{"inspection", func(p *paper) { // of machines, with numbers and days
			p.say("受変電設備　定期点検記録")
			table := [][]any{{"設備番号", "名称", "型式", "製造番号", "製造年月", "前回点検", "今回点検", "絶縁抵抗(MΩ)", "判定"}}
			for i := range 25 {
				table = append(table, []any{fmt.Sprintf("E-%03d", i+1), p.one("変圧器", "遮断器", "断路器", "進相コンデンサ"), p.one("RA-T", "VF-8N", "SC-30") + p.digits(2), p.digits(7), fmt.Sprintf("%d/%d", p.between(1988, 2020), p.between(1, 12)), fmt.Sprintf("2025/10/%d", p.between(1, 28)), fmt.Sprintf("2026/10/%d", p.between(1, 28)), fmt.Sprint(p.between(50, 2000)), p.one("良", "良", "要注意")})
			}
			p.table(table...)
		}, []file{{"点検記録.xlsx", book}, {"点検記録.pdf", printed}}},

		{"bids", func(p *paper) { // firms and sums
			p.say("入札結果一覧（11月執行分）")
			table := [][]any{{"工事番号", "工事名", "工事場所", "落札者", "落札金額（税抜）", "工期", "入札参加者数"}}
			for i := range 14 {
				table = append(table, []any{fmt.Sprintf("8松建第%d号", i+1), p.one("市道1234号線舗装補修工事", "田川小学校屋内運動場照明改修", "下水道管渠布設替（その2）"), p.one("本町地内", "島内地内", "里山辺地内"), p.one("北信建設(株)", "有限会社丸山組", "アルプス電設株式会社", "(株)高橋工務店"), money(p.between(200, 90000) * 1000), "R8.12.1～R9.3.20", p.digits(1)})
			}
			p.table(table...)
		}, []file{{"入札結果.xlsx", book}, {"入札結果.docx", office}}},

		{"equipment", func(p *paper) { // machines of the network
			table := [][]any{{"管理番号", "機種名", "シリアル", "MACアドレス", "IPアドレス", "設置課", "導入日", "保守期限", "OS"}}
			for i := range 40 {
				table = append(table, []any{fmt.Sprintf("PC%05d", 10200+i), p.one("VersaPro VM-7", "LIFEBOOK A5513", "ThinkPad L13"), p.digits(12), fmt.Sprintf("3C:7C:%02X:%02X:%02X:%02X", p.IntN(256), p.IntN(256), p.IntN(256), p.IntN(256)), fmt.Sprintf("10.20.%d.%d", p.IntN(30), p.between(2, 250)), p.one("財政課", "税務課", "市民課"), fmt.Sprintf("2024/0%d/01", p.between(1, 9)), "2029/03/31", "Windows 11 Pro 23H2"})
			}
			p.table(table...)
		}, []file{{"端末一覧.csv", separated(',', inCP932)}, {"端末一覧.xlsx", book}}},

		{"garbage", func(p *paper) { // a calendar
			p.say("令和9年1月　ごみ収集カレンダー（北部地区）")
			table := [][]any{{"日", "月", "火", "水", "木", "金", "土"}}
			for week := range 5 {
				row := []any{}
				for d := range 7 {
					row = append(row, fmt.Sprintf("%d %s", week*7+d+1, []string{"", "可燃", "プラ", "資源", "可燃", "不燃", ""}[d]))
				}
				table = append(table, row)
			}
			p.table(table...)
			p.say("粗大ごみは戸別収集（有料）です。祝日も収集します。")
		}, []file{{"ごみカレンダー.docx", office}, {"ごみカレンダー.xlsx", book}}},

		{"population", func(p *paper) { // by towns and ages
			p.say("町丁別・年齢別人口（令和8年10月1日現在）")
			table := [][]any{{tall("町名", 2), over("男", 3), nil, nil, over("女", 3), nil, nil, tall("世帯数", 2)}, {nil, "0～14", "15～64", "65～", "0～14", "15～64", "65～", nil}}
			for _, town := range towns {
				for _, name := range town[3:] {
					table = append(table, []any{name, number(fmt.Sprint(p.between(20, 900))), number(fmt.Sprint(p.between(100, 4000))), number(fmt.Sprint(p.between(100, 2000))), number(fmt.Sprint(p.between(20, 900))), number(fmt.Sprint(p.between(100, 4000))), number(fmt.Sprint(p.between(100, 2000))), number(fmt.Sprint(p.between(80, 3000)))})
				}
			}
			p.table(table...)
		}, []file{{"町丁別人口.xlsx", book}, {"町丁別人口.csv", separated(',', inCP932)}}},

		{"rules", func(p *paper) { // an ordinance
			p.say("松風市個人情報の保護に関する法律施行条例")
			p.say("（趣旨）第1条　この条例は、個人情報の保護に関する法律（平成15年法律第57号）の施行に関し必要な事項を定めるものとする。")
			p.say("（定義）第2条　この条例において使用する用語は、法において使用する用語の例による。")
			p.say("（開示請求書の記載事項）第5条　開示請求書には、開示請求をする者の氏名、住所、生年月日及び電話番号を記載するものとする。")
			p.say("2　実施機関は、病歴、犯罪の経歴、障害の有無その他の要配慮個人情報を取り扱うときは、特に注意しなければならない。")
			p.say("附　則　この条例は、令和5年4月1日から施行する。")
		}, []file{{"施行条例.docx", office}, {"施行条例.txt", typed(inCP932)}}},

		{"blank-form", func(p *paper) { // nobody has filled it in
			p.say("罹災証明書交付申請書")
			p.say("松風市長　宛　　　　　　　　　　　　　　　令和　　年　　月　　日")
			p.table([]any{tall("申請者", 3), "住所", over("〒　　　－", 3)}, []any{nil, "氏名", over("　　　　　　　　　　（自署）", 3)}, []any{nil, "電話", over("　　　　（　　　　）", 3)},
				[]any{"罹災者との関係", over("□本人　□同一世帯の親族　□代理人", 4)}, []any{"生年月日", over("□昭和　□平成　　　年　　月　　日", 4)}, []any{"罹災日", over("令和　　年　　月　　日", 4)})
			p.say("記入例：氏名欄は戸籍のとおりに記入してください。")
		}, []file{{"申請書様式.docx", office}, {"申請書様式.xlsx", book}, {"申請書様式.pdf", office}}},

		{"menu", func(p *paper) { // what children eat
			p.say("12月　給食献立表")
			table := [][]any{{"日付", "主食", "主菜", "副菜", "汁物", "エネルギー(kcal)", "たんぱく質(g)", "アレルゲン"}}
			for i := range 18 {
				table = append(table, []any{fmt.Sprintf("12月%d日", i+1), p.one("ごはん", "コッペパン", "わかめごはん"), p.one("さばの味噌煮", "鶏の照り焼き", "ハンバーグ"), p.one("小松菜のおひたし", "切干大根", "ポテトサラダ"), p.one("豚汁", "かきたま汁", "森のきのこスープ"), fmt.Sprint(p.between(580, 720)), fmt.Sprintf("%d.%d", p.between(20, 32), p.IntN(10)), p.one("小麦・卵", "乳", "なし")})
			}
			p.table(table...)
		}, []file{{"献立表.xlsx", book}, {"献立表.pdf", printed}}},

		{"roads", func(p *paper) { // lines, places and quantities
			p.say("道路台帳（市道）")
			table := [][]any{{"路線番号", "路線名", "起点", "終点", "延長(m)", "幅員(m)", "舗装", "認定年月日", "告示番号"}}
			for i := range 30 {
				table = append(table, []any{fmt.Sprint(1001 + i), p.one("小松原線", "宮下中央線", "大西東線", "平野南環状線"), p.one("島内字宮ノ前", "里山辺字平瀬"), p.one("中央一丁目", "蟻ケ崎四丁目"), fmt.Sprintf("%d.%d", p.between(40, 2400), p.IntN(10)), fmt.Sprintf("%d.%d", p.between(3, 16), p.IntN(10)), p.one("As", "Co", "砂利"), fmt.Sprintf("昭和%d年%d月%d日", p.between(35, 63), p.between(1, 12), p.between(1, 28)), fmt.Sprintf("第%d号", p.between(1, 90))})
			}
			p.table(table...)
		}, []file{{"道路台帳.xlsx", book}, {"道路台帳.csv", separated(',', inCP932)}}},
	}
}
