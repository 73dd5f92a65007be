package municipal

import (
	"fmt"
	"strings"

	k "daicho/app/scan/corpustest"
)

// counters are papers of windows and systems that were thought out after the others,
// and measured after the rules had been mended for those.
func counters() []layout {
	return []layout{
		{"births", func(p *paper) { // two sheets: who was born, who died
			p.say("戸籍届出受理簿（出生）")
			p.table(rows([][]any{{"受理番号", "子の氏名", "出生年月日", "父", "母", "本籍", "届出人", "受理日"}}, p.crowd(12, 2026, 2026), func(n int, who *person) []any {
				parents := p.family(who, 1990, 1992)
				return []any{fmt.Sprintf("第%d号", 400+n), p.named(who), p.bornAs(who, day.japanese), p.named(parents[1]), p.named(parents[2]), p.at(who, home.lot), "父", fmt.Sprintf("11月%d日", p.between(1, 28))}
			})...)
			p.sheet([]any{"戸籍届出受理簿（死亡）"})
			p.table(rows([][]any{{"受理番号", "死亡者氏名", "生年月日", "死亡日時", "住所", "届出人（続柄）"}}, p.crowd(9, 1928, 1960), func(n int, who *person) []any {
				child := p.family(who, 1962)[1]
				return []any{fmt.Sprintf("第%d号", 800+n), p.named(who), p.bornAs(who, day.japanese), fmt.Sprintf("令和8年11月%d日 %d時", p.between(1, 20), p.IntN(24)), p.at(who, home.formal), p.named(child) + "（長男）"}
			})...)
		}, []file{{"受理簿.xlsx", book}, {"受理簿.ods", office}}},

		{"receipts", func(p *paper) { // bills of doctors
			p.table(rows([][]any{{"診療年月", "保険者番号", "記号", "番号", "患者氏名", "生年月日", "性別", "医療機関コード", "医療機関名", "傷病名", "点数", "一部負担金"}}, p.crowd(34, 1935, 2020), func(_ int, who *person) []any {
				return []any{"2026" + p.one("07", "08", "09"), "00200" + p.digits(3), "松", p.is(k.HealthInsurance, p.digits(7)), p.joined(who), p.bornAs(who, day.eight), p.one("1", "2"), "201" + p.digits(4), p.one("あおば医院", "松風中央病院"), p.one("急性上気道炎", "2型糖尿病", "本態性高血圧症", "統合失調症"), money(p.between(200, 9000)), money(10 * p.between(30, 900))}
			})...)
			p.mayHave(k.HealthInsurance)
			p.has(k.Sensitive)
		}, []file{{"レセプト.csv", separated(',', inCP932)}, {"レセプト.xlsx", book}}},

		{"after-school", func(p *paper) { // who comes on which day
			p.say("ひばり児童クラブ　出席簿　11月")
			head := []any{"No", "氏名", "学年", "迎え"}
			for d := range 20 {
				head = append(head, fmt.Sprint(d+1))
			}
			head = append(head, "緊急連絡先")
			p.table(rows([][]any{head}, p.crowd(23, 2015, 2019), func(n int, who *person) []any {
				row := []any{number(fmt.Sprint(n)), p.named(who), p.digits(1), p.one("母", "父", "祖母", "一人帰り")}
				for range 20 {
					row = append(row, p.one("○", "○", "欠", ""))
				}
				return append(row, p.mobileOf(who))
			})...)
		}, []file{{"出席簿.xlsx", book}, {"出席簿.xls", office}}},

		{"empty-houses", func(p *paper) { // who owns a house in which nobody lives
			p.say("空家等所有者調査票　集計")
			heads := [][]any{
				{tall("管理番号", 2), over("空家等", 3), nil, nil, over("所有者等", 4), nil, nil, nil, tall("意向", 2), tall("経過", 2)},
				{nil, "所在", "構造", "危険度", "氏名", "住所", "連絡先", "備考", nil, nil},
			}
			p.table(rows(heads, p.crowd(18, 1935, 1975), func(n int, who *person) []any {
				heir := p.family(who, 1965)[1]
				return []any{fmt.Sprintf("A-%03d", n), p.one("島内", "里山辺", "中山") + fmt.Sprintf("%d番地", p.between(100, 4000)), p.one("木造2階", "木造平屋"), p.one("A", "B", "C"), p.named(who), p.at(who, home.hyphens), p.call(who), "相続人 " + p.named(heir), p.one("売却希望", "解体予定", "回答なし"), p.one("R8.5 文書発送", "R8.6.11 電話あり")}
			})...)
			p.mayHave(k.PostalAddress)
		}, []file{{"空家調査.xlsx", book}, {"空家調査.pdf", printed}}},

		{"land", func(p *paper) { // a talk about land
			who := p.crowd(1, 1945, 1970)[0]
			p.say("用　地　交　渉　記　録")
			p.table([]any{"事業名", over("市道松風中央線道路改良事業", 3)}, []any{"地権者", p.named(who), "生年月日", p.bornAs(who, day.japanese)},
				[]any{"住所", over(p.at(who, home.formal), 3)}, []any{"電話", p.call(who), "携帯", p.mobileOf(who)},
				[]any{"土地の表示", over("松風市島内字宮ノ前 1234番5　田　412.33㎡のうち 56.20㎡", 3)},
				[]any{"補償額", "3,412,000円", "振込先", "松本信用金庫 南支店 普通 " + p.is(k.BankAccount, p.digits(7))},
				[]any{"交渉日時", over("令和8年10月8日 19:00～20:30　自宅にて", 3)})
			p.say("地権者は単価に不満がある。隣地の所有者と同じ日に契約したいとの意向。")
			p.mayHave(k.PostalAddress)
		}, []file{{"用地交渉.docx", office}, {"用地交渉.pdf", office}}},

		{"disability", func(p *paper) { // who may use which service
			p.table(rows([][]any{{"受給者証番号", "受給者氏名", "受給者氏名カナ", "生年月日", "障害種別", "障害支援区分", "手帳番号", "支給決定開始日", "支給決定終了日", "サービス種類", "利用者負担上限月額"}}, p.crowd(28, 1950, 2012), func(_ int, who *person) []any {
				return []any{"20" + p.digits(8), p.named(who), narrow(p.read(who)), p.bornAs(who, day.slashed), p.one("身体", "知的", "精神"), p.one("区分2", "区分4", "区分6"), p.one("長野県第", "第") + p.digits(5) + "号", "2026/4/1", "2027/3/31", p.one("居宅介護", "就労継続支援B型"), p.one("0", "9300")}
			})...)
			p.has(k.Sensitive)
		}, []file{{"受給者証.csv", separated(',', inUTF8)}, {"受給者証.xlsx", book}}},

		{"benefit-ocr", func(p *paper) { // read by a machine, zeros lost
			p.table(rows([][]any{{"SEQ", "申請者カナ", "申請者", "金融機関コード", "支店コード", "科目", "口座番号", "口座名義カナ", "電話", "申請日", "信頼度"}}, p.crowd(30, 1940, 2003), func(n int, who *person) []any {
				return []any{number(fmt.Sprint(n)), narrow(p.read(who)), p.joined(who), number("144"), number(p.digits(3)), number("1"), number(p.is(k.BankAccount, p.digits(7))), narrow(who.kana()), number(strings.TrimLeft(plain(p.mobileOf(who)), "0")), number("20261" + p.one("101", "105", "112")), number(fmt.Sprintf("0.%d", p.between(80, 99)))}
			})...)
		}, []file{{"ocr結果.xlsx", book}, {"ocr結果.ods", office}}},

		{"gathering", func(p *paper) { // who of the staff has come
			note(p.perhaps, k.Email, "from")
			note(p.perhaps, k.Email, "to")
			p.say("災害対策本部　参集報告（22:30現在）")
			p.say("")
			p.say("班\t氏名\t参集時刻\t携帯")
			for _, who := range p.crowd(9, 1968, 2003) {
				p.say("%s\t%s\t%d:%02d\t%s", p.one("総務班", "避難所班", "土木班"), p.joined(who), p.between(20, 22), p.IntN(60), p.mobileOf(who))
			}
			p.say("")
			p.say("以上 9名")
		}, []file{{"参集報告.eml", mailed("honbu@city.matsukaze.example.jp", "all@city.matsukaze.example.jp", "参集報告")}, {"参集報告.txt", typed(inUTF8)}}},

		{"questionnaire", func(p *paper) { // answers on the web
			p.table(rows([][]any{{"タイムスタンプ", "メールアドレス", "1. お名前（任意）", "2. ご所属", "3. 年代", "4. 満足度（5段階）", "5. ご意見・ご感想", "6. 次回の案内を希望する方は電話番号をご記入ください"}}, p.crowd(19, 1965, 2003), func(_ int, who *person) []any {
				return []any{fmt.Sprintf("2026/11/%02d %d:%02d:%02d", p.between(1, 20), p.between(8, 20), p.IntN(60), p.IntN(60)), p.mailOf(who), p.joined(who), p.one("松風小学校", "社会福祉協議会", "市民"), p.one("40代", "50代", "60代"), p.digits(1), p.one("とても分かりやすかった", "時間が短い", "なし"), p.mobileOf(who)}
			})...)
		}, []file{{"回答.csv", separated(',', inUTF8)}, {"回答.xlsx", book}}},

		{"pensions", func(p *paper) { // who retires
			p.say("令和8年度末　退職予定者　年金請求準備一覧")
			p.table(rows([][]any{{"職員番号", "氏名", "フリガナ", "生年月日", "基礎年金番号", "個人番号", "退職後住所", "退職日", "勤続年数"}}, p.crowd(14, 1964, 1968), func(n int, who *person) []any {
				return []any{number(fmt.Sprint(20300 + n)), p.named(who), p.read(who), p.bornAs(who, day.japanese), p.is(k.PensionNumber, p.digits(4)+"-"+p.digits(6)), p.is(k.IndividualNumber, p.individual()), p.at(who, home.hyphens), "令和9年3月31日", p.digits(2)}
			})...)
		}, []file{{"退職予定者.xlsx", book}, {"退職予定者.pdf", printed}}},

		{"league", func(p *paper) { // children of a club
			p.say("松風市少年野球大会　メンバー表")
			p.say("チーム名　里山ファイターズ")
			coach := p.person(1970, 1985)
			p.say("監督　%s　　連絡先　%s", p.named(coach), p.mobileOf(coach))
			p.table(rows([][]any{{"背番号", "選手氏名", "守備", "学校名", "学年"}}, p.crowd(15, 2014, 2017), func(n int, who *person) []any {
				return []any{fmt.Sprint(n), p.named(who), p.one("投", "捕", "一", "遊", "左"), p.one("松風小", "里山小"), p.one("4", "5", "6")}
			})...)
		}, []file{{"メンバー表.docx", office}, {"メンバー表.pdf", office}}},

		{"desks", func(p *paper) { // telephones of departments: nobody's own
			p.say("内線・直通電話一覧")
			table := [][]any{{"部", "課・係", "直通", "内線", "FAX", "場所"}}
			for i := range 24 {
				table = append(table, []any{p.one("総務部", "健康福祉部", "建設部"), p.one("財政課", "高齢福祉課", "維持課", "資産税課") + p.one("", "管理係", "計画係"), fmt.Sprintf("0263-34-%04d", 3000+i), fmt.Sprint(2100 + i), "0263-34-32" + p.digits(2), p.one("本庁2階", "東庁舎1階")})
			}
			p.table(table...)
		}, []file{{"内線一覧.xlsx", book}, {"内線一覧.docx", office}}},

		{"journal", func(p *paper) { // sums and numbers of papers
			table := [][]any{{"伝票番号", "起票日", "所属", "款", "項", "目", "節", "金額", "摘要", "相手先コード", "支払予定日"}}
			for range 45 {
				table = append(table, []any{p.digits(7), fmt.Sprintf("2026/11/%02d", p.between(1, 20)), p.one("財政課", "管財課"), p.one("総務費", "民生費", "土木費"), p.one("総務管理費", "社会福祉費"), p.one("一般管理費", "老人福祉費"), p.one("需用費", "委託料"), money(p.between(1, 99999)), p.one("消耗品 コピー用紙", "電気料金10月分", "草刈業務委託"), p.digits(9), fmt.Sprintf("2026/12/%02d", p.between(1, 28))})
			}
			p.table(table...)
		}, []file{{"伝票一覧.csv", separated(',', inCP932)}, {"伝票一覧.xlsx", book}}},

		{"sensors", func(p *paper) { // levels of rivers
			table := [][]any{{"観測所", "観測日時", "水位(m)", "雨量(mm)", "電圧", "データID"}}
			for i := range 60 {
				table = append(table, []any{p.one("宮下橋", "平野橋", "三浦川合流点"), fmt.Sprintf("2026-09-11 %02d:%02d:00", i/6, i%6*10), fmt.Sprintf("%d.%02d", p.IntN(5), p.IntN(100)), fmt.Sprint(p.IntN(40)), "12." + p.digits(1), p.digits(12)})
			}
			p.table(table...)
		}, []file{{"水位.csv", separated(',', inUTF8)}, {"水位.xlsx", book}}},
	}
}
