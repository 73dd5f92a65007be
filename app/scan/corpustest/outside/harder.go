package outside

import (
	"fmt"

	k "daicho/app/scan/corpustest"
)

// decoys are look-alikes at which programs fail that know only shapes.
func decoys() []layout {
	return []layout{
		{"bridges", func(c *content) { // built on a day, named like a family
			c.rows(30, []string{"橋梁名", "路線名", "竣工年月日", "橋長(m)"}, func(int) []any {
				return []any{pick(c.source, surnames).word + "橋", "市道" + c.digits(4) + "号線", c.source.person().birth.short(), fmt.Sprintf("%d.%d", c.between(5, 90), c.IntN(10))}
			})
		}, []output{{"橋梁台帳.xlsx", excel("")}, {"kyoryo.csv", comma("cp932", ',', true)}, {"橋梁.pdf", printed}}},
		{"contracts", func(c *content) {
			c.rows(30, []string{"契約番号", "契約件名", "契約日", "受注者", "契約金額"}, func(i int) []any {
				return []any{fmt.Sprintf("R08-%04d", i), "清掃業務委託", c.source.person().birth.japanese(), pick(c.source, companies), thousands(c.between(1, 900) * 10000)}
			})
		}, []output{{"契約台帳.xlsx", excel("")}, {"契約.docx", office("")}}},
		{"books", func(c *content) { // authors are public names, which may be counted or not
			c.rows(12, []string{"ISBN", "書名", "分類"}, func(i int) []any {
				return []any{jan("9784" + c.digits(8)), []string{"こころ", "雪国", "山の音", "坂の上の雲", "森の生活", "林檎の木", "高瀬舟", "草枕", "門", "道草", "山椒大夫", "舞姫"}[i], "913.6"}
			})
		}, []output{{"蔵書.csv", comma("cp932", ',', true)}, {"蔵書一覧.xlsx", excel("")}}},
		{"card-like", func(c *content) { // sixteen digits, a tenth pass Luhn
			c.rows(80, []string{"受注ID", "状態"}, func(int) []any { return []any{"4" + c.digits(15), "済"} })
		}, []output{{"受注.csv", comma("utf8", ',', true)}, {"受注.xlsx", excel("")}}},
		{"part-numbers", func(c *content) { // 4-6 digits like a pension number
			c.rows(50, []string{"部品番号", "数量"}, func(int) []any { return []any{c.digits(4) + "-" + c.digits(6), fmt.Sprint(c.IntN(9))} })
		}, []output{{"部品.csv", comma("cp932", ',', true)}, {"部品一覧.xlsx", excel("")}}},
		prose("tokens-with-at", `git clone git@git.example.com:city/portal.git
npm install left-pad@1.3.0 lodash@4.17.21
@media print { body { margin: 0 } }
export PS1="\u@\h:\w$ "
func (s *Server) Handle(@NotNull String name) {}
postgres://app@db:5432/city`,
			output{"memo.sh", text("utf8", "")}, output{"手順.txt", text("cp932", "")}),
		prose("translations", `{"name":"氏名","kana":"フリガナ","birth":"生年月日","address":"住所","phone":"電話番号","mail":"メールアドレス","mynumber":"個人番号","error":"氏名を入力してください"}`,
			output{"ja.json", text("utf8", "")}),
		prose("toll-free", `緊急のときは 110番・119番。消費者ホットライン 188。
詐欺にご注意ください。フリーダイヤル 0120-000-110（無料）、ナビダイヤル 0570-003-110
市の代表 055-237-1161 から内線 2345 へ`,
			output{"啓発.docx", office("")}, output{"keihatsu.txt", text("utf8", "")}),
		prose("organisation", `組織図
市長 ― 副市長 ― 総務部（総務課・人事課・管財課・情報政策課）
　　　　　　　　 税務部（市民税課・資産税課・収納課・滞納整理課）
　　　　　　　　 福祉部（障害福祉課・生活保護課・介護保険課・子育て支援課）`,
			output{"組織図.docx", office("")}, output{"組織図.pptx", office("")}, output{"soshiki.txt", text("cp932", "")}),
		prose("products", `導入ソフト一覧
一太郎2026、花子2026、三四郎、弥生会計、勘定奉行、楽々精算、太郎丸
高島屋、三越、松屋、大丸、伊勢丹、吉野家、森永、明治、小林製薬、佐川急便、ヤマト運輸、本田技研、松下電器、豊田自動織機`,
			output{"ソフト一覧.docx", office("")}, output{"soft.txt", text("utf8", "")}, output{"ソフト.xlsx", excel("")}),
		prose("insurance-guide", `介護保険のしおり
65歳以上の方の保険料は年額69,000円です。要介護1から要介護5までの認定を受けるには、申請が必要です。
国民健康保険の届出には、被保険者証、マイナンバーカード又は通知カード、運転免許証などの本人確認書類をお持ちください。
口座振替を希望する方は、通帳と届出印をお持ちになり、金融機関の窓口で手続をしてください。`,
			output{"しおり.docx", office("")}, output{"しおり.pdf", office("")}, output{"shiori.html", page("utf8")}),
		prose("survey-results", `市民意識調査 結果概要
回答者の性別：男性48.2%、女性50.1%、回答しない1.7%
年齢：10代3.1%、20代9.8%、30代14.2%、40代17.5%、50代18.0%、60代17.9%、70代以上19.5%
居住地区：朝日8.1%、新田6.3%、大国7.7%、池田5.9%`,
			output{"調査結果.docx", office("")}, output{"調査.xlsx", excel("")}),
		prose("meeting-rooms", `会議室予約表 4月
4/6 9:00-12:00 第1会議室 税務課（打合せ）
4/6 13:00-15:00 第2会議室 福祉課（研修）
4/7 10:00-11:00 大会議室 議会事務局`,
			output{"会議室.xlsx", excel("")}, output{"会議室予約.txt", text("cp932", "")}),
		prose("privacy-notice", `個人情報の取扱いについて
ご記入いただいた氏名、住所、電話番号、メールアドレスは、本事業の連絡にのみ使用します。
第三者に提供することはありません。要配慮個人情報（病歴、障害等）は取得しません。`,
			output{"取扱い.docx", office("")}, output{"privacy.html", page("utf8")}, output{"取扱い.txt", text("euc", "")}),
		sampleForm(), electionResults(),
		{"directory-of-offices", func(c *content) { // published with labels; still of no person
			c.rows(12, []string{"施設名", "所在地", "電話番号", "開館時間"}, func(i int) []any {
				t := towns[i]
				return []any{t.town + "公民館", "甲府市" + t.town + fmt.Sprintf("%d丁目%d番", 1+i%4, i+3), fmt.Sprintf("055-2%d-%04d", 20+i, c.IntN(10000)), "9:00～17:00"}
			})
		}, []output{{"公民館一覧.xlsx", excel("")}, {"kominkan.csv", comma("cp932", ',', true)}, {"公民館.html", page("utf8")}}},
		{"meter-readings", func(c *content) {
			c.rows(90, []string{"検針番号", "前回", "今回", "使用量"}, func(int) []any {
				return []any{c.digits(10), c.digits(4), c.digits(4), c.digits(2)}
			})
		}, []output{{"検針.csv", comma("cp932", ',', true)}, {"検針値.xls", office("")}}},
		{"old-postal", func(c *content) { // budgets by account: seven digits that are no bank's
			c.rows(60, []string{"予算科目コード", "科目名", "執行額"}, func(int) []any {
				return []any{c.digits(7), pick(c.source, []string{"報償費", "旅費", "需用費"}), thousands(c.between(1, 99999) * 10)}
			})
		}, []output{{"執行状況.xlsx", excel("")}, {"sikko.csv", comma("cp932", ',', true)}}},
	}
}

// sampleForm shows how to fill in a form: the person in it is nobody, though only
// the word 記入例 says so, so it may be counted or not.
func sampleForm() layout {
	return layout{"sample-form", func(c *content) {
		c.say("【記入例】住民票の写し等交付申請書")
		c.add([][]any{{"氏名", "甲府 太郎"}, {"フリガナ", "コウフ タロウ"}, {"生年月日", "昭和〇〇年〇月〇日"}, {"住所", "甲府市丸の内一丁目18番1号"}, {"電話番号", "055-000-0000"}})
		c.arguable(k.PersonName, k.PostalAddress, k.Phone)
	}, []output{{"記入例.docx", office("")}, {"記入例.xlsx", excel("")}}}
}

// electionResults are public by law; the names are names all the same.
func electionResults() layout {
	return layout{"election", func(c *content) {
		c.rows(9, []string{"届出番号", "候補者氏名", "得票数", "当落"}, func(i int) []any {
			return []any{fmt.Sprint(i + 1), c.source.person().name(), thousands(c.between(800, 9000)), "当"}
		})
		c.arguable(k.PersonName)
	}, []output{{"開票結果.xlsx", excel("")}, {"kaihyo.csv", comma("utf8", ',', true)}}}
}
