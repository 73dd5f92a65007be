package outside

import (
	"fmt"
	"strings"

	k "daicho/app/scan/corpustest"
)

// forms are filled in for one person or household: labels and values, and prose.
func forms() []layout {
	return []layout{
		{"arrears-card", func(c *content) { // labels left of values, then what was said
			p := c.everybody(1)[0]
			c.say("滞　納　整　理　票")
			c.add([][]any{
				{"宛名番号", c.digits(8), "作成日", "令和8年2月3日"}, {"氏名", c.person(p), "フリガナ", c.reading(p)},
				{"住所", c.lives(p, home.full), "生年月日", c.born(p, date.japanese)}, {"電話（自宅）", c.value(k.Phone, p.phone), "電話（携帯）", c.value(k.Phone, p.mobile)},
				{"勤務先", "（株）甲府製作所", "滞納額", thousands(c.between(100, 900) * 1000)}, {"差押口座", "山梨中央銀行 本店 普通 " + c.value(k.BankAccount, p.account), "", ""},
			})
			c.say("折衝記録")
			c.say("R8.2.3 本人に電話。失業中で、滞納分は分割で納めたいとのこと。")
			c.say("R8.2.17 預金調査の結果、差押を執行した。")
			c.present(k.Sensitive)
		}, []output{{"滞納整理票.docx", office("")}, {"滞納整理票.xlsx", excel("")}, {"滞納整理票.doc", office("")}, {"滞納整理票.pdf", office("")}}},

		{"child-allowance", func(c *content) { // an application, each line a label
			p := c.everybody(1)[0]
			family := c.family(p, 3)
			c.persons = 3
			c.say("児童手当・特例給付　認定請求書")
			c.say("（宛先）市長")
			c.say("請求者　フリガナ：%s　氏名：%s", c.reading(p), c.person(p))
			c.say("個人番号：%s　生年月日：%s", c.value(k.IndividualNumber, p.individual), c.born(p, date.japanese))
			c.say("住所：〒%s %s　電話：%s", p.home.zip, c.lives(p, home.formal), c.value(k.Phone, p.mobile))
			c.say("配偶者　氏名：%s　個人番号：%s", c.person(family[1]), c.value(k.IndividualNumber, family[1].individual))
			c.say("児童　氏名：%s　生年月日：%s　同居・別居の別：同居", c.person(family[2]), c.born(family[2], date.japanese))
			c.say("振込先　銀行名：甲府信用金庫　支店名：本店　口座種別：普通　口座番号：%s　口座名義：%s", c.value(k.BankAccount, p.account), c.reading(p))
		}, []output{{"児童手当認定請求書.docx", office("")}, {"児童手当.pdf", office("")}, {"jidoteate.txt", text("cp932", "\t")}, {"児童手当.rtf", office("")}}},

		{"family-register", func(c *content) { // like a 戸籍
			p := c.everybody(1)[0]
			family := c.family(p, 3)
			father, mother := c.source.person(), c.source.person()
			c.say("全部事項証明")
			c.say("本籍　%s", c.lives(p, home.spelled))
			c.say("氏名　%s", c.person(p))
			c.say("戸籍に記録されている者")
			for _, m := range family {
				c.say("【名】%s", m.given.word)
				c.is(k.PersonName, m.joined())
				c.maybe(k.PersonName, m.given.word)
				c.say("【生年月日】%s", c.born(m, date.japanese))
				c.say("【父】%s　【母】%s", c.person(father), c.person(mother))
				c.say("【続柄】長%s", map[string]string{"男": "男", "女": "女"}[m.sex])
			}
		}, []output{{"戸籍様式.docx", office("")}, {"全部事項.pdf", office("")}, {"koseki.txt", text("utf16", "\t")}}},

		{"debit-form", func(c *content) {
			p := c.everybody(1)[0]
			c.say("口座振替依頼書・自動払込利用申込書")
			c.add([][]any{{"届出日", "令和8年4月10日"}, {"納付義務者　住所", c.lives(p, home.full)}, {"納付義務者　氏名", c.person(p)}, {"日中の連絡先", c.value(k.Phone, p.mobile)}})
			c.add([][]any{{"金融機関", "山梨中央銀行"}, {"支店", "武田通支店"}, {"預金種目", "普通"}, {"口座番号", strings.Join(strings.Split(c.value(k.BankAccount, p.account), ""), " ")}, {"口座名義（カナ）", narrow(c.reading(p))}})
		}, []output{{"口座振替依頼書.docx", office("")}, {"口座振替依頼書.xlsx", excel("")}, {"依頼書.odt", office("")}}},

		{"insurance-card", func(c *content) {
			p := c.everybody(1)[0]
			c.say("国民健康保険被保険者証")
			c.say("記号　甲国12　番号　%s", c.value(k.HealthInsurance, p.insured))
			c.say("氏名　%s", c.person(p))
			c.say("生年月日　%s　性別　%s", c.born(p, date.japanese), p.sex)
			c.say("住所　%s", c.lives(p, home.full))
			c.say("保険者番号　%s　交付者名　市", insurer("19001"))
			c.arguable(k.HealthInsurance)
		}, []output{{"保険証写し.docx", office("")}, {"hoken.txt", text("utf8", "\t")}, {"保険証.html", office("")}}},

		{"care-plan", func(c *content) {
			p, family := c.everybody(1)[0], c.source.person()
			c.persons = 2
			c.say("居宅サービス計画書（1）")
			c.add([][]any{{"利用者名", c.person(p) + " 殿", "生年月日", c.born(p, date.short)}, {"住所", c.lives(p, home.brief), "被保険者番号", c.value(k.CareInsurance, p.care)}, {"要介護状態区分", "要介護3", "主介護者", c.person(family)}})
			c.say("利用者は脳梗塞の後遺症により右半身に麻痺があり、認知症の症状もみられる。")
			c.present(k.Sensitive)
		}, []output{{"ケアプラン.docx", office("")}, {"ケアプラン.xls", office("")}, {"居宅.ods", office("")}}},

		{"consultation", func(c *content) { // a case record in prose
			p, child := c.everybody(1)[0], c.source.person()
			c.persons = 2
			c.say("相談記録票")
			c.say("相談者：%s（%s生） 住所：%s TEL %s", c.person(p), c.born(p, date.japanese), c.lives(p, home.brief), c.value(k.Phone, p.mobile))
			c.say("相談内容：配偶者からの暴力（DV）について。長男 %s には発達障害の診断があり、精神科に通院している。", c.person(child))
			c.say("対応：女性相談所へつなぐ。生活保護の申請も案内した。")
			c.present(k.Sensitive)
		}, []output{{"相談記録.docx", office("")}, {"相談記録.txt", text("cp932", "\t")}, {"soudan.odt", office("")}, {"相談記録.doc", office("")}}},

		{"my-number-collection", func(c *content) {
			p := c.everybody(1)[0]
			c.say("個人番号（マイナンバー）提供書")
			c.say("私は、下記のとおり個人番号を提供します。")
			c.add([][]any{{"氏名"}, {c.person(p)}, {"個人番号"}, {groups(c.value(k.IndividualNumber, p.individual), " ")}, {"本人確認書類"}, {"運転免許証 第" + c.value(k.DriversLicense, p.licence) + "号"}})
		}, []output{{"個人番号提供書.docx", office("")}, {"提供書.xlsx", excel("")}, {"提供書.pdf", office("")}}},

		{"pension-form", func(c *content) {
			p := c.everybody(1)[0]
			c.say("国民年金保険料免除・納付猶予申請書")
			c.say("基礎年金番号 %s", c.value(k.PensionNumber, p.pension))
			c.say("被保険者　氏名 %s　生年月日 %s", c.person(p), c.born(p, date.japanese))
			c.say("住所 〒%s　%s　電話番号 %s", p.home.zip, c.lives(p, home.formal), c.value(k.Phone, p.phone))
		}, []output{{"免除申請書.docx", office("")}, {"免除申請.txt", text("euc", "\t")}}},

		{"passport-copy", func(c *content) { // with the lines that machines read
			p := c.everybody(1)[0]
			c.is(k.PersonName, p.joined())
			c.maybe(k.PersonName, p.kana())
			c.say("友好都市訪問団　旅券写し（データ）")
			c.say("氏名 %s", p.name())
			c.say("旅券番号 %s", c.value(k.Passport, p.passport))
			c.say("生年月日 %s", c.born(p, date.western))
			c.say("P<JPN%s", strings.Repeat("<", 39))
			c.say("%s", mrz(p.passport, "JPN", p.birth, map[string]string{"男": "M", "女": "F"}[p.sex], "300101"))
		}, []output{{"旅券.txt", text("utf8", "\t")}, {"旅券写し.docx", office("")}}},

		{"residence-form", func(c *content) {
			p := c.everybody(1)[0]
			c.say("住民異動届")
			c.add([][]any{{"異動者氏名", c.person(p)}, {"生年月日", c.born(p, date.slashes)}, {"在留カード等の番号", c.value(k.ResidenceCard, p.card)}, {"新しい住所", c.lives(p, home.formal)}, {"住民票コード", c.value(k.ResidentCode, p.resident)}})
		}, []output{{"住民異動届.docx", office("")}, {"異動届.xlsx", excel("")}, {"異動届.pdf", office("")}}},

		{"resume", func(c *content) {
			p := c.everybody(1)[0]
			c.say("履　歴　書")
			c.add([][]any{{"ふりがな", hiragana(c.reading(p))}, {"氏　名", c.person(p)}, {"生年月日", c.born(p, date.japanese) + "生（満30歳）"}, {"現住所", "〒" + p.home.zip + " " + c.lives(p, home.full)}, {"電話", c.value(k.Phone, p.mobile)}, {"E-mail", c.value(k.Email, p.email)}})
			c.say("平成20年3月　県立高等学校 卒業")
			c.say("平成24年4月　株式会社甲府商事 入社")
		}, []output{{"履歴書.docx", office("")}, {"履歴書.xls", office("")}, {"rirekisho.rtf", office("")}}},

		{"card-payment", func(c *content) {
			p := c.everybody(1)[0]
			c.say("クレジットカード納付　取消依頼")
			c.say("名義人 %s", c.person(p))
			c.say("カード番号 %s　有効期限 05/29", groups(c.value(k.CreditCard, p.credit), " "))
			c.say("連絡先 %s", c.value(k.Phone, plain(p.mobile)))
		}, []output{{"取消依頼.docx", office("")}, {"torikeshi.txt", text("cp932", "\t")}}},

		{"household", func(c *content) { // several people in vertical blocks on one sheet
			var rows [][]any
			for i, p := range c.family(c.source.person(), 4) {
				rows = append(rows, []any{fmt.Sprintf("世帯員%d", i+1)}, []any{"氏名", c.person(p)}, []any{"生年月日", c.born(p, date.short)}, []any{"個人番号", c.value(k.IndividualNumber, p.individual)}, []any{""})
			}
			c.persons = 4
			c.add(rows)
		}, []output{{"世帯調書.xlsx", excel("")}, {"世帯調書.ods", office("")}}},

		{"phone-chain", func(c *content) { // a neighbourhood's emergency chain, as text
			c.say("第三町内会　緊急連絡網")
			for i, p := range c.everybody(12) {
				c.say("%s%s　%s", strings.Repeat("　", i%4)+"→", c.person(p), c.value(k.Phone, p.phone))
			}
			c.say("※最後の方は会長へ報告してください。")
		}, []output{{"緊急連絡網.docx", office("")}, {"renrakumo.txt", text("cp932", "\t")}, {"連絡網.pdf", office("")}, {"連絡網.pptx", office("")}}},

		{"hidden-places", func(c *content) { // header, footnote, comment and text box
			people := c.everybody(4)
			c.sayIn(inHeader, "担当者氏名：%s", c.person(people[0]))
			c.say("調査結果について報告します。")
			c.sayIn(inFootnote, "申立人の氏名は%s、電話番号は%s。", c.person(people[1]), c.value(k.Phone, people[1].mobile))
			c.sayIn(inComment, "連絡先メールアドレス：%s", c.value(k.Email, people[2].email))
			c.sayIn(inBox, "送付先住所：%s　%s様", c.lives(people[3], home.full), c.person(people[3]))
		}, []output{{"報告.docx", office("")}, {"報告.odt", office("")}, {"報告.doc", office("")}}},

		{"cell-comments", func(c *content) {
			people := c.everybody(2)
			c.add([][]any{{"受付番号", "状況"}, {"R8-001", "対応中"}})
			c.sayIn(inComment, "氏名：%s 電話番号：%s", c.person(people[0]), c.value(k.Phone, people[0].phone))
			c.add([][]any{{"R8-002", "完了"}})
			c.sayIn(inComment, "個人番号：%s", c.value(k.IndividualNumber, people[1].individual))
		}, []output{{"受付簿.xlsx", excel("")}}},

		{"speaker-notes", func(c *content) {
			people := c.everybody(6)
			c.say("事例検討会")
			c.add(list(people[:5], c.nameCol("氏名"), c.birthCol("生年月日", date.japanese)))
			c.sayIn(inHidden, "対象者の電話番号：%s", c.value(k.Phone, people[5].phone))
		}, []output{{"事例.pptx", office("")}, {"事例.odp", office("")}, {"事例.ppt", office("")}}},
	}
}
