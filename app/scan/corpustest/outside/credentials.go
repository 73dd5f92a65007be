package outside

import (
	"encoding/base64"
	"strings"

	k "daicho/app/scan/corpustest"
)

// credentials open doors, and drafts are not yet to be known; both are about nobody.
func credentials() []layout {
	secret := func(name, words string, out ...output) layout {
		return layout{name, func(c *content) {
			for _, line := range strings.Split(strings.NewReplacer("{pw}", c.letters(3)+"!"+strings.ToLower(c.letters(3))+c.digits(3), "{key}", base64.StdEncoding.EncodeToString([]byte(c.letters(16)+c.digits(16))), "{hex}", strings.ToLower(c.letters(8))+c.digits(16)).Replace(words), "\n") {
				c.say("%s", line)
			}
			c.present(k.Confidential)
		}, out}
	}
	return []layout{
		secret("wifi", "庁内無線LAN設定\nSSID: KOFU-STAFF\n暗号化キー: {pw}{pw}\n認証方式: WPA2-PSK", output{"無線LAN設定.docx", office("")}, output{"wifi.txt", text("cp932", "")}),
		secret("vpn", "[Interface]\nPrivateKey = {key}\nAddress = 10.99.0.2/32\n[Peer]\nPresharedKey = {key}\nEndpoint = vpn.example.jp:51820", output{"wg0.conf", text("utf8", "")}),
		secret("connection-string", "<configuration><connectionStrings><add name=\"Zeimu\" connectionString=\"Server=db01;Database=zeimu;User Id=sa;Password={pw};\"/></connectionStrings></configuration>", output{"web.config", text("utf8", "")}),
		secret("batch-login", "@echo off\nnet use Z: \\\\fs01\\zeimu /user:CITY\\batch {pw}\nsqlplus zeimu/{pw}@PROD @daily.sql", output{"daily.bat", text("cp932", "")}),
		secret("hashes-of-passwords", "root:$6${hex}$"+strings.Repeat("aB3/x.", 14)+":19800:0:99999:7:::\nadmin:$6${hex}$"+strings.Repeat("Q9z.k/", 14)+":19800:0:99999:7:::", output{"shadow.bak", text("utf8", "")}),
		secret("token", "{\"type\":\"service_account\",\"project_id\":\"city\",\"private_key_id\":\"{hex}\",\"client_secret\":\"{pw}{hex}\",\"api_key\":\"AIza{hex}{pw}\"}", output{"credentials.json", text("utf8", "")}),
		secret("first-password", "新規採用職員 各位\nグループウェアの初期パスワードは {pw} です。初回ログイン後に変更してください。", output{"初期パスワード通知.docx", office("")}, output{"通知.txt", text("utf8", "")}),
		secret("design-price", "工事設計書（金入り）\n工事名 市道改良工事\n設計金額 48,620,000円\n※入札執行前につき公表厳禁", output{"金入り設計書.docx", office("")}, output{"金入り設計書.xlsx", office("")}),
		secret("transfer-draft", "㊙ 令和8年4月1日付け人事異動（案）\n内示前につき取扱厳重注意", output{"異動案.docx", office("")}, output{"異動案.xlsx", excel("")}),
		secret("top-secret", "極秘\n庁舎統合計画の候補地評価", output{"候補地.docx", office("")}, output{"候補地.pdf", office("")}),
		secret("english-mark", "CONFIDENTIAL\nVendor evaluation sheet - internal use only", output{"evaluation.docx", office("")}),
		secret("handle-with-care", "取扱注意（複写厳禁）\n情報セキュリティ監査 指摘事項一覧\n脆弱性：認証サーバーの更新プログラム未適用", output{"監査指摘.xlsx", excel("")}, output{"監査指摘.docx", office("")}),
	}
}

// delicate are papers about what may harm a person when it is known (個人情報の
// 保護に関する法律 第2条第3項, and what a city must not let out either).
func delicate() []layout {
	story := func(name, title, words string, out ...output) layout {
		return layout{name, func(c *content) {
			p := c.everybody(1)[0]
			c.say("%s", title)
			c.say("対象者氏名：%s　生年月日：%s", c.person(p), c.born(p, date.japanese))
			c.say("%s", words)
			c.present(k.Sensitive)
		}, out}
	}
	return []layout{
		story("abuse", "児童虐待通告受理票", "本児に身体的虐待の疑いがあり、一時保護を検討した。", output{"受理票.docx", office("")}, output{"受理票.xlsx", excel("")}),
		story("illness", "職員の休職について", "適応障害により、令和8年2月から休職している。", output{"休職.docx", office("")}, output{"休職.txt", text("cp932", "")}),
		story("infection", "感染症発生動向 個票", "結核と診断され、入院勧告を行った。HIV抗体検査は陰性。", output{"個票.docx", office("")}),
		story("faith", "転入学に関する面談記録", "信仰する宗教上の理由により、給食で豚肉を食べない。", output{"面談.docx", office("")}),
		story("victim", "犯罪被害者等見舞金 支給調書", "傷害事件の被害に遭い、全治2か月の重傷を負った。", output{"支給調書.docx", office("")}, output{"支給調書.pdf", office("")}),
		story("support-school", "就学相談票", "知的障害があり、療育手帳Bを所持している。特別支援学級を希望。", output{"就学相談票.docx", office("")}, output{"就学相談.xls", office("")}),
		story("poverty", "生活保護申請書（面接記録）", "収入がなく、生活保護の開始を申請した。統合失調症で通院中。", output{"面接記録.docx", office("")}, output{"面接.txt", text("euc", "")}),
	}
}

// cards are single numbers on forms, one or two to a file.
func cards() []layout {
	form := func(name, title string, fill func(*content, *person), out ...output) layout {
		return layout{name, func(c *content) {
			p := c.everybody(1)[0]
			c.say("%s", title)
			c.say("氏名　%s", c.person(p))
			fill(c, p)
		}, out}
	}
	return []layout{
		form("licence-copy", "運転免許証の写し（本人確認）", func(c *content, p *person) {
			c.say("番号　第%s号　平成28年5月12日まで有効", c.value(k.DriversLicense, p.licence))
		}, output{"本人確認.docx", office("")}, output{"本人確認.txt", text("cp932", "")}),
		form("care-card", "介護保険被保険者証", func(c *content, p *person) { c.say("被保険者　番号　%s", c.value(k.CareInsurance, p.care)) }, output{"介護保険証.docx", office("")}, output{"kaigohoken.txt", text("utf8", "")}),
		form("care-cells", "要介護認定申請書", func(c *content, p *person) {
			var row []any
			for _, d := range c.value(k.CareInsurance, p.care) {
				row = append(row, string(d))
			}
			c.add([][]any{append([]any{"被保険者番号"}, row...)}) // a cell for each digit
		}, output{"要介護認定申請書.xlsx", excel("")}, output{"要介護認定申請書.docx", office("")}),
		form("individual-cells", "個人番号届出書", func(c *content, p *person) {
			var row []any
			for _, d := range c.value(k.IndividualNumber, p.individual) {
				row = append(row, string(d))
			}
			c.add([][]any{append([]any{"個人番号"}, row...)})
		}, output{"個人番号届出書.xlsx", excel("")}, output{"個人番号届出書.docx", office("")}),
		form("old-insurance", "後期高齢者医療被保険者証", func(c *content, p *person) { c.say("被保険者番号　%s", c.value(k.HealthInsurance, p.insured)) }, output{"後期証.docx", office("")}, output{"後期証.xlsx", excel("")}),
		form("work-insurance", "健康保険 資格喪失連絡票", func(c *content, p *person) {
			c.say("健康保険の記号 %s　番号 %s　保険者名 全国健康保険協会", c.digits(8), c.value(k.HealthInsurance, c.digits(4)))
			c.arguable(k.HealthInsurance)
		}, output{"喪失連絡票.docx", office("")}, output{"喪失.txt", text("cp932", "")}),
		form("passport-form", "パスポート紛失届", func(c *content, p *person) {
			c.say("旅券番号：%s　発行年月日：2020年1月15日", c.value(k.Passport, p.passport))
		}, output{"紛失届.docx", office("")}, output{"紛失届.pdf", office("")}),
		form("residence-copy", "在留カード確認票", func(c *content, p *person) {
			c.say("番号　%s　在留期間満了日 2028年3月31日", c.value(k.ResidenceCard, p.card))
		}, output{"在留カード確認.docx", office("")}, output{"zairyu.txt", text("utf8", "")}),
		form("resident-code-notice", "住民票コード通知票", func(c *content, p *person) {
			c.say("あなたの住民票コードは　%s　です。", groups(c.value(k.ResidentCode, p.resident), " "))
		}, output{"コード通知.docx", office("")}, output{"コード通知.txt", text("cp932", "")}),
		form("card-order", "図書館カード決済", func(c *content, p *person) {
			c.say("クレジットカード：%s（有効期限 2029/01）", c.value(k.CreditCard, p.credit))
		}, output{"決済.docx", office("")}, output{"kessai.txt", text("utf8", "")}),
		form("pension-book", "年金手帳の写し", func(c *content, p *person) {
			c.say("基礎年金番号　%s", strings.ReplaceAll(c.value(k.PensionNumber, p.pension), "-", "－"))
		}, output{"年金手帳.docx", office("")}, output{"nenkintecho.txt", text("cp932", "")}),
		form("refund", "還付請求書", func(c *content, p *person) {
			c.add([][]any{{"振込先", "甲府信用金庫", "本店", "普通", c.value(k.BankAccount, p.account)}, {"口座名義", narrow(c.reading(p)), "", "", ""}})
		}, output{"還付請求書.docx", office("")}, output{"還付請求書.xlsx", excel("")}),
	}
}
