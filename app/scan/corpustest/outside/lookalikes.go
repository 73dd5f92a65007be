package outside

import (
	"fmt"
	"strings"

	k "daicho/app/scan/corpustest"
)

// lookalikes hold nothing that is to be found: other numbers, other words, public
// notices. Decided: the address and telephone number of an office or a business in
// what is published are not personal data, and a file with nothing else is not to
// be reported. The name of an office-holder there may be counted or not.
func lookalikes() []layout {
	return append(otherNumbers(), otherWords()...)
}

// rows is a table with n rows of what each column gives.
func (c *content) rows(n int, heads []string, row func(i int) []any) {
	var head []any
	for _, h := range heads {
		head = append(head, h)
	}
	table := [][]any{head}
	for i := range n {
		table = append(table, row(i))
	}
	c.add(table)
}

var companies = []string{"株式会社山梨建設", "有限会社武田商店", "株式会社富士情報", "合同会社森製作所", "株式会社林電機", "小林工業株式会社"}

func otherNumbers() []layout {
	return []layout{
		{"corporate-numbers", func(c *content) {
			c.rows(60, []string{"法人番号", "商号又は名称", "登録年月日"}, func(int) []any {
				return []any{corporate(c.digits(12)), pick(c.source, companies), "令和5年10月1日"}
			})
		}, []output{{"法人番号一覧.xlsx", excel("")}, {"houjin.csv", comma("cp932", ',', true)}}},
		{"invoices", func(c *content) {
			c.rows(80, []string{"登録番号", "事業者名", "請求額"}, func(int) []any {
				return []any{"T" + corporate(c.digits(12)), pick(c.source, companies), thousands(c.between(10, 999) * 1000)}
			})
		}, []output{{"請求書一覧.xlsx", excel("")}, {"適格請求書.pdf", printed}}},
		{"slips", func(c *content) { // a tenth of these passes the check of 個人番号
			c.rows(150, []string{"伝票番号", "起票日", "科目", "金額"}, func(int) []any {
				return []any{c.digits(12), "2026/04/01", pick(c.source, []string{"需用費", "役務費", "委託料"}), thousands(c.between(1, 500) * 1000)}
			})
		}, []output{{"支出伝票.csv", comma("cp932", ',', true)}, {"伝票.xlsx", excel("")}, {"denpyo.json", objects}}},
		{"orders", func(c *content) {
			c.rows(100, []string{"注文番号", "品名", "数量"}, func(int) []any {
				return []any{groups(c.digits(12), "-"), pick(c.source, []string{"コピー用紙A4", "トナー", "ファイル"}), fmt.Sprint(c.between(1, 40))}
			})
		}, []output{{"注文一覧.csv", comma("utf8", ',', true)}, {"発注.xlsx", excel("")}}},
		{"parcels", func(c *content) {
			c.rows(90, []string{"お問い合わせ番号", "発送日", "個数"}, func(int) []any { return []any{groups(c.digits(12), "-"), "4/3", "1"} })
		}, []output{{"発送記録.csv", comma("cp932", ',', true)}}},
		{"barcodes", func(c *content) {
			c.rows(120, []string{"JANコード", "商品名", "単価"}, func(int) []any {
				return []any{jan("49" + c.digits(10)), pick(c.source, []string{"鉛筆", "消しゴム", "ノート"}), fmt.Sprint(c.between(50, 900))}
			})
		}, []output{{"商品マスタ.csv", comma("utf8", ',', true)}, {"商品.xls", office("")}}},
		{"assets", func(c *content) {
			c.rows(70, []string{"資産番号", "機種", "シリアル番号", "MACアドレス", "設置課"}, func(i int) []any {
				return []any{fmt.Sprintf("PC-%05d", i), pick(c.source, []string{"ノートPC", "プリンタ", "スキャナ"}), c.letters(2) + c.digits(7), fmt.Sprintf("00:1a:%02x:%02x:%02x:%02x", c.IntN(256), c.IntN(256), c.IntN(256), c.IntN(256)), pick(c.source, []string{"税務課", "市民課"})}
			})
			c.arguable(k.Confidential)
		}, []output{{"備品台帳.xlsx", excel("")}, {"bihin.csv", comma("cp932", ',', true)}}},
		{"card-serials", func(c *content) { // two letters, eight digits, two letters: like a residence card
			c.rows(40, []string{"製造番号", "型式", "製造日"}, func(int) []any {
				return []any{c.letters(2) + c.digits(8) + c.letters(2), "XR-" + c.digits(4), "2025.11"}
			})
		}, []output{{"消火器点検.xlsx", excel("")}, {"製造番号.csv", comma("utf8", ',', true)}}},
		{"product-codes", func(c *content) { // like telephone numbers
			c.rows(60, []string{"型番", "品目", "在庫"}, func(int) []any {
				return []any{fmt.Sprintf("0%d-%s-%s", c.between(10, 99), c.digits(4), c.digits(4)), "交換部品", fmt.Sprint(c.IntN(30))}
			})
		}, []output{{"部品表.xlsx", excel("")}, {"buhin.csv", comma("cp932", ',', true)}}},
		{"hashes", func(c *content) {
			for range 60 {
				c.say("%08x%08x%08x%08x%08x%08x%08x%08x  file%d.bin", c.Uint32(), c.Uint32(), c.Uint32(), c.Uint32(), c.Uint32(), c.Uint32(), c.Uint32(), c.Uint32(), c.IntN(1000))
			}
		}, []output{{"SHA256SUMS", text("utf8", "")}}},
		{"ids", func(c *content) {
			for range 200 {
				c.say(`{"ts":%s,"trace":"%s","span":%s,"took":%d}`, c.digits(13), c.digits(16), c.digits(12), c.IntN(900))
			}
		}, []output{{"trace.ndjson", text("utf8", "")}, {"trace.log", text("utf8", "")}}},
		{"addresses-of-machines", func(c *content) {
			for range 100 {
				c.say("2026-04-01 10:%02d:%02d accept 10.%d.%d.%d:%d -> 192.168.%d.%d:443", c.IntN(60), c.IntN(60), c.IntN(256), c.IntN(256), c.IntN(256), c.between(1024, 65000), c.IntN(256), c.IntN(256))
			}
		}, []output{{"fw.log", text("utf8", "")}, {"traffic.txt", text("utf16", "")}}},
		{"timestamps", func(c *content) {
			c.rows(100, []string{"処理日時", "バッチID", "件数"}, func(int) []any {
				return []any{"2026040112" + c.digits(4), "20260401" + c.digits(4), fmt.Sprint(c.IntN(9999))}
			})
		}, []output{{"batch.csv", comma("utf8", ',', true)}}},
		{"measures", func(c *content) {
			for i := range 200 {
				c.say("%d,%d.%05d,%d.%05d,%d.%d,%s", 1775000000+i*60, 35, c.IntN(100000), 138, c.IntN(100000), c.IntN(40), c.IntN(10), c.digits(7))
			}
		}, []output{{"sensor.csv", text("utf8", "")}}},
		{"statistics", func(c *content) {
			c.rows(31, []string{"町丁名", "世帯数", "人口", "男", "女", "65歳以上"}, func(i int) []any {
				m, f := c.between(100, 2000), c.between(100, 2000)
				return []any{towns[i].town, fmt.Sprint(c.between(80, 1800)), thousands(m + f), thousands(m), thousands(f), thousands(c.between(50, 900))}
			})
		}, []output{{"町丁別人口.xlsx", excel("")}, {"jinko.csv", comma("cp932", ',', true)}, {"人口統計.pdf", printed}}},
		{"budget", func(c *content) {
			c.say("令和8年度 一般会計当初予算")
			c.rows(40, []string{"款", "項", "予算額（千円）", "前年度"}, func(int) []any {
				return []any{pick(c.source, []string{"総務費", "民生費", "土木費", "教育費"}), pick(c.source, []string{"総務管理費", "社会福祉費", "道路橋りょう費"}), thousands(c.between(1000, 9999999)), thousands(c.between(1000, 9999999))}
			})
		}, []output{{"予算書.xlsx", excel("")}, {"予算書.docx", office("")}, {"予算.ods", office("")}}},
		{"holidays", func(c *content) {
			for _, d := range []string{"元日", "成人の日", "建国記念の日", "天皇誕生日", "春分の日", "昭和の日", "憲法記念日", "みどりの日", "こどもの日", "海の日", "山の日", "敬老の日"} {
				c.say("%s,%s", date{2026, c.between(1, 12), c.between(1, 28)}.slashes(), d)
			}
			for y := 1955; y < 2026; y += 5 {
				c.say("%s,%s", date{y, 1, 1}.japanese(), "元日")
			}
		}, []output{{"syukujitsu.csv", text("cp932", "")}, {"祝日.xlsx", excel("")}}},
		{"timetable", func(c *content) {
			c.rows(20, []string{"停留所", "平日", "土休日"}, func(i int) []any {
				return []any{towns[i].town, "6:05 7:12 8:30 9:45", "7:00 9:00 11:00"}
			})
		}, []output{{"時刻表.xlsx", excel("")}, {"バス時刻表.pdf", printed}}},
		{"exam-numbers", func(c *content) { // ten digits a line, as a care insurance number has
			c.rows(60, []string{"受験番号", "合否"}, func(int) []any { return []any{c.digits(10), pick(c.source, []string{"合格", "不合格"})} })
		}, []output{{"合格発表.csv", comma("utf8", ',', true)}}},
		{"postcodes", func(c *content) { // the post's own list of towns
			c.rows(150, []string{"郵便番号", "都道府県名", "市区町村名", "町域名"}, func(i int) []any {
				t := towns[i%len(towns)]
				return []any{t.zip3 + fmt.Sprintf("%04d", i), t.prefecture, t.city, t.town}
			})
		}, []output{{"KEN_ALL.CSV", comma("cp932", ',', false)}, {"郵便番号.xlsx", excel("")}}},
		{"software-keys", func(c *content) { // a counted property of the city, though of no person
			for range 30 {
				c.say("%s-%s-%s", c.digits(4), c.digits(4), c.digits(4))
			}
		}, []output{{"整理番号.txt", text("cp932", "")}}},
		{"colours", func(c *content) {
			for i := range 80 {
				c.say(".c%d{color:#%06x;margin:%dpx %dpx;background:url(img/%s.png?v=%s)}", i, c.IntN(1<<24), c.IntN(40), c.IntN(40), strings.ToLower(c.letters(6)), c.digits(10))
			}
		}, []output{{"style.css", text("utf8", "")}}},
	}
}
