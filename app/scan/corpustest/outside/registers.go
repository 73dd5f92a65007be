package outside

import (
	"fmt"
	"strings"

	k "daicho/app/scan/corpustest"
)

// registers are lists of people, one in a row.
func registers() []layout {
	return []layout{
		{"atena", func(c *content) { // taxpayers
			people := c.everybody(60)
			c.say("固定資産税 宛名マスタ 出力日 令和8年4月1日")
			c.add(list(people, serial("宛名番号", 10020031), c.nameCol("氏名"), c.kanaCol("氏名カナ"), c.birthCol("生年月日", date.slashes), c.sexCol("性別"),
				c.zipCol("郵便番号"), c.homeCol("住所", home.full), col("個人番号", func(p *person) string { return c.value(k.IndividualNumber, p.individual) }),
				c.amount("年税額")))
		}, []output{{"宛名一覧.xlsx", excel("")}, {"atena.csv", comma("cp932", ',', true)}, {"宛名.xls", office("")}, {"宛名.pdf", printed}}},

		{"atena-numbers-as-numbers", func(c *content) { // Excel has eaten leading zeros
			people := c.everybody(40)
			for _, p := range people[:10] {
				p.individual = individual("0" + p.individual[:10])
			}
			c.add(list(people, serial("No", 1), c.nameCol("宛名"), c.homeCol("所在地", home.brief),
				column{"マイナンバー", func(p *person) any { return number(c.value(k.IndividualNumber, p.individual)) }},
				column{"電話番号", func(p *person) any { return number(plain(c.value(k.Phone, p.phone))) }}))
		}, []output{{"番号確認用.xlsx", excel("")}, {"番号確認用.ods", office("")}}},

		{"kokuho", func(c *content) { // members of the national health insurance
			people := c.everybody(45)
			c.say("国民健康保険 被保険者資格一覧　保険者番号 %s", insurer("19001"))
			c.add(list(people, col("記号", func(*person) string { return fmt.Sprintf("甲国%d", c.between(1, 30)) }),
				col("番号", func(p *person) string { return c.value(k.HealthInsurance, p.insured) }),
				col("被保険者氏名（カナ）", func(p *person) string { return narrow(c.reading(p)) }), c.nameCol("被保険者氏名"),
				c.birthCol("生年月日", date.short), c.oneOf("続柄", "世帯主", "妻", "子", "母"), col("資格取得日", func(*person) string { return "R6.4.1" }), c.homeCol("住所", home.local)))
			c.arguable(k.HealthInsurance)
		}, []output{{"国保資格者一覧.xlsx", excel("")}, {"kokuho_shikaku.tsv", comma("euc", '\t', true)}, {"国保資格者.ods", office("")}}},

		{"kaigo", func(c *content) { // certified for nursing care
			people := c.everybody(30)
			c.say("要介護認定者一覧（令和7年度末）")
			c.add(list(people, col("被保険者番号", func(p *person) string { return c.value(k.CareInsurance, p.care) }), c.nameCol("氏名"),
				c.birthCol("生年月日", date.japanese), c.oneOf("要介護度", "要支援1", "要支援2", "要介護1", "要介護3", "要介護5"),
				col("認定有効期間", func(*person) string { return "R7.10.1～R8.9.30" }), c.homeCol("住所", home.formal), c.phoneCol("電話")))
			c.arguable(k.Sensitive)
		}, []output{{"要介護認定者一覧.xlsx", office("")}, {"介護認定.csv", comma("utf8", ',', true)}, {"介護認定者.docx", office("")}, {"kaigo.html", page("cp932")}}},

		{"staff", func(c *content) { // names and mails of colleagues
			people := c.everybody(35)
			c.say("職員名簿　令和8年4月1日現在　取扱注意")
			c.add(list(people, c.oneOf("所属", "総務課", "税務課", "市民課", "福祉課", "情報政策課"), c.oneOf("職名", "課長", "係長", "主任", "主事"),
				serial("職員番号", 20150), col("姓", func(p *person) string {
					c.is(k.PersonName, p.joined())
					c.maybe(k.PersonName, p.surname.word)
					return p.surname.word
				}),
				col("名", func(p *person) string { c.maybe(k.PersonName, p.given.word); return p.given.word }),
				c.oneOf("内線", "2101", "2234", "3120", "4417"), c.mailCol("メールアドレス")))
			c.present(k.Confidential)
		}, []output{{"職員名簿.xlsx", excel("")}, {"職員名簿R8.doc", office("")}, {"staff.csv", comma("bom", ',', true)}}},

		{"vulnerable", func(c *content) { // who needs help to evacuate
			people := c.everybody(25)
			c.say("避難行動要支援者名簿（朝日地区）")
			c.add(list(people, serial("番号", 1), c.nameCol("氏名"), c.kanaCol("ふりがな"), c.birthCol("生年月日", date.western), c.homeCol("住所又は居所", home.full),
				c.phoneCol("電話番号"), c.oneOf("避難支援等を必要とする事由", "身体障害者手帳1級", "療育手帳A", "要介護4", "精神障害者保健福祉手帳2級", "難病"),
				col("緊急連絡先（氏名）", func(*person) string { return c.person(c.source.person()) }), c.mobileCol("緊急連絡先（電話）")))
			c.present(k.Sensitive)
		}, []output{{"避難行動要支援者名簿.xlsx", excel("")}, {"名簿_朝日.xls", office("")}, {"名簿.pdf", office("")}, {"要支援者.odt", office("")}}},

		{"transfers", func(c *content) { // accounts for direct debit
			people := c.everybody(40)
			c.add(list(people, serial("受付番号", 5001), c.nameCol("納税義務者"), c.oneOf("金融機関名", "山梨中央銀行", "甲府信用金庫", "みずほ銀行", "三井住友銀行"),
				c.oneOf("支店名", "本店", "武田通支店", "県庁支店", "竜王支店"), c.oneOf("預金種目", "普通", "当座"),
				col("口座番号", func(p *person) string { return c.value(k.BankAccount, p.account) }), col("口座名義人", func(p *person) string { return narrow(c.reading(p)) })))
		}, []output{{"口座振替一覧.xlsx", excel("")}, {"口座振替.csv", comma("cp932", ',', true)}, {"kouza.json", objects}}},

		{"postal-accounts", func(c *content) {
			people := c.everybody(20)
			c.say("臨時福祉給付金　振込先（ゆうちょ銀行）")
			c.add(list(people, c.nameCol("受給者氏名"), col("記号", func(p *person) string { return strings.Split(p.postal, "-")[0] }),
				col("番号", func(p *person) string {
					c.is(k.BankAccount, p.postal)
					return strings.Split(p.postal, "-")[1]
				}), c.amount("給付額")))
			c.arguable(k.BankAccount)
		}, []output{{"給付金_ゆうちょ.xlsx", excel("")}, {"給付金ゆうちょ.csv", comma("utf16", ',', true)}}},

		{"child", func(c *content) { // applications to nurseries
			children := c.everybody(25)
			c.say("令和8年度 保育所等入所申込児童一覧")
			c.add(list(children, serial("受付", 1), c.nameCol("児童氏名"), c.kanaCol("フリガナ"), c.birthCol("生年月日", date.short),
				col("保護者氏名", func(*person) string { return c.person(c.source.person()) }), c.homeCol("住所", home.brief), c.mobileCol("携帯電話"),
				c.oneOf("第1希望", "中央保育所", "朝日保育園", "池田こども園"), c.oneOf("入所要件", "就労", "疾病", "求職", "介護")))
			c.arguable(k.Sensitive)
		}, []output{{"入所申込.xlsx", excel("")}, {"申込児童.ods", office("")}, {"nyusho.tsv", comma("cp932", '\t', true)}}},

		{"pension", func(c *content) {
			people := c.everybody(30)
			c.add(list(people, col("基礎年金番号", func(p *person) string { return c.value(k.PensionNumber, p.pension) }), c.nameCol("氏名"), c.birthCol("生年月日", date.japanese),
				c.oneOf("免除区分", "全額", "半額", "4分の3"), c.oneOf("審査結果", "承認", "却下")))
		}, []output{{"国民年金免除申請.xlsx", office("")}, {"nenkin.csv", comma("cp932", ',', true)}, {"年金.xml", elements}}},

		{"drivers", func(c *content) {
			people := c.everybody(18)
			c.say("公用車運転者台帳")
			c.add(list(people, c.oneOf("所属課", "管財課", "道路課"), c.nameCol("運転者"), col("免許証番号", func(p *person) string { return c.value(k.DriversLicense, p.licence) }),
				c.oneOf("免許種別", "普通", "中型", "大型"), col("有効期限", func(*person) string { return "令和10年5月12日" })))
		}, []output{{"運転者台帳.xlsx", excel("")}, {"運転者台帳.docx", office("")}, {"drivers.csv", comma("utf8", ',', true)}}},

		{"foreigners", func(c *content) { // passports and residence cards
			people := c.everybody(20)
			c.add(list(people, c.nameCol("通称名"), c.oneOf("国籍・地域", "ベトナム", "中国", "ブラジル", "フィリピン"),
				col("在留カード番号", func(p *person) string { return c.value(k.ResidenceCard, p.card) }), c.oneOf("在留資格", "技能実習", "永住者", "留学"),
				c.birthCol("生年月日", date.dashes), col("旅券番号", func(p *person) string { return c.value(k.Passport, p.passport) }), c.homeCol("居住地", home.full)))
			c.arguable(k.Sensitive)
		}, []output{{"外国人住民.xlsx", excel("")}, {"外国人住民一覧.xls", office("")}, {"gaikokujin.csv", comma("bom", ',', true)}}},

		{"gifts", func(c *content) { // orders with cards
			people := c.everybody(22)
			c.add(list(people, serial("注文番号", 88120001), c.nameCol("寄附者"), c.mailCol("E-mail"), c.phoneCol("TEL"),
				col("カード番号", func(p *person) string { return groups(c.value(k.CreditCard, p.credit), "-") }), col("有効期限", func(*person) string { return "09/28" }), c.amount("寄附金額")))
		}, []output{{"ふるさと納税.xlsx", excel("")}, {"furusato.csv", comma("utf8", ',', true)}, {"orders.json", objects}}},

		{"residents", func(c *content) { // the resident register
			people := c.everybody(50)
			c.add(list(people, col("住民票コード", func(p *person) string { return c.value(k.ResidentCode, p.resident) }), col("世帯番号", func(*person) string { return c.digits(8) }),
				c.nameCol("氏名"), c.kanaCol("カナ氏名"), c.birthCol("生年月日", date.seven), c.oneOf("続柄コード", "02", "12", "20"), c.zipCol("郵便番号"), c.homeCol("現住所", home.formal),
				c.homeCol("前住所", func(h home) string { return c.lives(c.source.person(), home.full) })))
		}, []output{{"住基抽出.csv", comma("cp932", ',', true)}, {"住基.xlsx", excel("")}, {"juki.xml", elements}}},

		{"elderly", func(c *content) { // 後期高齢者医療
			people := c.everybody(33)
			c.say("後期高齢者医療 被保険者一覧 保険者番号 %s", insurer("3919001"))
			c.add(list(people, col("被保険者番号", func(p *person) string { return c.value(k.HealthInsurance, p.insured) }), c.nameCol("被保険者名"), c.birthCol("生年月日", date.japanese), c.amount("保険料額")))
			c.arguable(k.HealthInsurance)
		}, []output{{"後期高齢.xlsx", excel("")}, {"後期高齢者.pdf", printed}}},

		{"checkup", func(c *content) { // results of medical checks
			people := c.everybody(28)
			c.say("特定健康診査 結果一覧")
			c.add(list(people, serial("受診番号", 1), c.nameCol("受診者氏名"), c.birthCol("生年月日", date.slashes), col("腹囲", func(*person) string { return fmt.Sprintf("%d.%d", c.between(68, 102), c.IntN(10)) }),
				col("HbA1c", func(*person) string { return fmt.Sprintf("5.%d", c.IntN(10)) }), c.oneOf("既往歴", "高血圧症", "糖尿病", "脳梗塞", "なし"), c.oneOf("判定", "要医療", "要指導", "異常なし")))
			c.present(k.Sensitive)
		}, []output{{"健診結果.xlsx", excel("")}, {"健診結果.csv", comma("cp932", ',', true)}, {"健診.ods", office("")}}},

		{"arrears", func(c *content) { // who has not paid
			people := c.everybody(26)
			c.say("市県民税 滞納者一覧（現年度・過年度）")
			c.add(list(people, c.nameCol("滞納者氏名"), c.homeCol("住所", home.brief), c.phoneCol("電話番号"), c.amount("滞納額"), c.oneOf("処分状況", "督促", "催告", "差押", "分納誓約")))
			c.present(k.Sensitive)
		}, []output{{"滞納者一覧.xls", office("")}, {"滞納者.xlsx", excel("")}, {"tainou.txt", text("cp932", "\t")}}},

		{"welfare", func(c *content) {
			people := c.everybody(15)
			c.say("生活保護受給世帯一覧")
			c.add(list(people, serial("ケース番号", 301), c.nameCol("世帯主"), c.homeCol("住所", home.full), c.birthCol("生年月日", date.short), c.oneOf("世帯類型", "高齢", "障害", "傷病", "母子"), c.amount("支給額")))
			c.present(k.Sensitive)
		}, []output{{"生保世帯.xlsx", excel("")}, {"生活保護.doc", office("")}}},

		{"volunteers", func(c *content) {
			people := c.everybody(24)
			c.say("民生委員・児童委員名簿")
			c.add(list(people, c.oneOf("地区", "朝日", "新田", "大国"), c.nameCol("氏　　名"), c.homeCol("住　　所", home.local), c.phoneCol("電　話")))
		}, []output{{"民生委員名簿.docx", office("")}, {"民生委員.rtf", office("")}, {"民生委員.xlsx", office("")}}},

		{"participants", func(c *content) {
			people := c.everybody(19)
			c.add(list(people, col("お名前", c.person), col("おなまえ（ひらがな）", func(p *person) string { return hiragana(c.reading(p)) }), c.mobileCol("連絡先"), c.mailCol("メール"), c.oneOf("参加人数", "1", "2", "3"), c.oneOf("ご意見", "楽しみです", "特になし", "駐車場はありますか")))
		}, []output{{"参加者.csv", comma("utf8", ',', true)}, {"参加者リスト.xlsx", excel("")}, {"sanka.html", page("utf8")}}},

		{"headless", func(c *content) { // no titles; only the columns' content speaks
			people := c.everybody(30)
			c.add(list(people, serial("", 1), c.nameCol(""), col("", func(p *person) string { return narrow(c.reading(p)) }), c.birthCol("", date.slashes), c.zipCol(""), c.homeCol("", home.full), c.phoneCol("")))
			c.sure[k.BirthDate], c.perhaps[k.BirthDate] = nil, c.sure[k.BirthDate]
		}, []output{{"data.csv", comma("cp932", ',', false)}, {"OUT0401.csv", comma("utf8", ',', false)}, {"list.tsv", comma("euc", '\t', false)}}},

		{"odd-order", func(c *content) {
			people := c.everybody(21)
			c.add(list(people, c.mobileCol("携帯"), c.amount("金額"), c.homeCol("送付先", home.full), col("備考", func(*person) string { return "" }), c.nameCol("契約者"), c.oneOf("区分", "A", "B"), c.birthCol("生年", date.eight)))
		}, []output{{"抽出結果.csv", comma("utf8", ',', true)}, {"抽出結果.xlsx", excel("")}}},

		{"two-tables", func(c *content) {
			first, second := c.everybody(8), c.everybody(9)
			c.say("自主防災組織　役員")
			c.add(list(first, c.oneOf("役職", "会長", "副会長", "会計"), c.nameCol("氏名"), c.phoneCol("電話")))
			c.say("備蓄品")
			c.add([][]any{{"品名", "数量", "保管場所"}, {"毛布", "120", "東公民館"}, {"飲料水 2L", "360", "防災倉庫"}, {"アルファ米", "500", "防災倉庫"}})
			c.say("協力者")
			c.add(list(second, c.nameCol("協力者名"), c.mailCol("mail"), c.homeCol("住所", home.brief)))
		}, []output{{"防災組織.xlsx", excel("")}, {"防災組織.ods", office("")}, {"防災.docx", office("")}}},

		{"merged-heads", func(c *content) { // titles in two rows
			people := c.everybody(17)
			rows := list(people, c.nameCol("世帯主"), c.birthCol("", date.short), c.mobileCol(""), col("", func(*person) string { return c.person(c.source.person()) }), c.oneOf("続柄", "妻", "夫", "子"))
			c.add(append([][]any{{"申請者", "", "", "配偶者等", ""}, {"氏名", "生年月日", "電話", "氏名", "続柄"}}, rows[1:]...))
		}, []output{{"申請者一覧.xlsx", excel("")}, {"申請者一覧.xls", office("")}}},

		{"wide-digits", func(c *content) {
			people := c.everybody(16)
			c.add(list(people, c.nameCol("氏名"), col("個人番号", func(p *person) string { return wide(c.value(k.IndividualNumber, p.individual)) }),
				col("電話番号", func(p *person) string { return wide(c.value(k.Phone, p.phone)) }), c.homeCol("住所", func(h home) string { return wide(h.brief()) }), c.birthCol("生年月日", func(d date) string { return wide(d.japanese()) })))
		}, []output{{"全角.xlsx", excel("")}, {"zenkaku.csv", comma("cp932", ',', true)}, {"全角.docx", office("")}}},

		{"spaced-numbers", func(c *content) {
			people := c.everybody(14)
			marks := []string{" ", "-", "－", "　"}
			c.add(list(people, c.nameCol("氏名"), col("マイナンバー", func(p *person) string {
				return groups(c.value(k.IndividualNumber, p.individual), pick(c.source, marks))
			}),
				col("電話", func(p *person) string {
					return strings.NewReplacer("055-", "055(", "-", ")").Replace(strings.Replace(c.value(k.Phone, p.phone), "055-", "055(", 1))
				})))
		}, []output{{"番号収集.xlsx", excel("")}, {"番号収集.csv", comma("utf8", ',', true)}, {"番号収集.txt", text("cp932", "  ")}}},

		{"kanji-addresses", func(c *content) {
			people := c.everybody(18)
			c.say("感謝状贈呈者名簿")
			c.add(list(people, c.nameCol("氏名"), c.homeCol("住所", home.spelled)))
		}, []output{{"感謝状.docx", office("")}, {"感謝状.csv", comma("cp932", ',', true)}, {"感謝状.odt", office("")}}},

		{"kana-only", func(c *content) { // names in half-width kana alone, as banks want them
			people := c.everybody(30)
			c.add(list(people, col("ｶﾅ氏名", func(p *person) string { c.is(k.PersonName, p.kana()); return narrow(p.kana()) }), c.birthCol("生年月日", date.seven), col("口座番号", func(p *person) string { return c.value(k.BankAccount, p.account) })))
		}, []output{{"kana.csv", comma("cp932", ',', true)}, {"カナ名簿.xlsx", excel("")}}},

		{"school-aid", func(c *content) {
			people := c.everybody(20)
			c.say("就学援助認定者")
			c.add(list(people, c.oneOf("学校名", "朝日小学校", "東中学校"), c.oneOf("学年", "1", "3", "6"), c.nameCol("児童生徒名"), col("保護者名", func(*person) string { return c.person(c.source.person()) }), c.oneOf("認定理由", "児童扶養手当", "非課税", "生活保護")))
			c.arguable(k.Sensitive)
		}, []output{{"就学援助.xlsx", excel("")}, {"就学援助.docx", office("")}}},

		{"payroll", func(c *content) {
			people := c.everybody(23)
			c.say("会計年度任用職員 報酬支払内訳（部外秘）")
			c.add(list(people, serial("職員コード", 700101), c.nameCol("職員氏名"), c.amount("報酬額"), c.amount("所得税"), c.oneOf("振込銀行", "山梨中央銀行 本店", "甲府信用金庫 本店"), col("口座", func(p *person) string { return c.value(k.BankAccount, "普通"+p.account) })))
			c.present(k.Confidential)
		}, []output{{"報酬内訳.xlsx", excel("")}, {"報酬内訳.pdf", printed}}},

		{"hidden-sheet", func(c *content) {
			people := c.everybody(12)
			c.add([][]any{{"月", "件数"}, {"4月", "120"}, {"5月", "98"}})
			c.addIn(inHidden, list(people, c.nameCol("氏名"), c.homeCol("住所", home.full), c.phoneCol("電話番号")))
		}, []output{{"集計.xlsx", excel("")}, {"集計.ods", office("")}, {"集計.xls", office("")}}},

		{"several-sheets", func(c *content) {
			for _, ward := range []string{"東地区", "西地区"} {
				people := c.everybody(12)
				c.addIn(nextSheet, append([][]any{{ward}}, list(people, c.nameCol("会員氏名"), c.homeCol("住所", home.local), c.mobileCol("携帯番号"), c.birthCol("生年月日", date.short))...))
			}
		}, []output{{"老人クラブ.xlsx", excel("")}, {"老人クラブ.ods", office("")}}},

		{"library", func(c *content) {
			people := c.everybody(22)
			c.add(list(people, serial("利用者番号", 40012001), c.nameCol("利用者氏名"), c.phoneCol("自宅電話"), c.oneOf("書名", "森の生活", "山の音", "坂の上の雲", "林檎の木"), col("返却期限", func(*person) string { return "2026/03/15" })))
		}, []output{{"延滞者.csv", comma("cp932", ',', true)}, {"延滞者.xlsx", excel("")}}},

		{"english-heads", func(c *content) { // an export with English titles
			people := c.everybody(27)
			c.add(list(people, serial("id", 1), c.nameCol("full_name"), c.kanaCol("name_kana"), c.birthCol("birthday", date.dashes), c.mailCol("email"), c.mobileCol("tel"), c.zipCol("zip"), c.homeCol("address", home.full)))
		}, []output{{"users.csv", comma("utf8", ',', true)}, {"users.json", objects}, {"users.sql", dump("utf8")}, {"users.db", sqlite}}},
	}
}

// everybody makes n people whom the content is about.
func (c *content) everybody(n int) []*person {
	c.persons += n
	return c.people(n)
}
