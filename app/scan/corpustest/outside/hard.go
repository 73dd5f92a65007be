package outside

import (
	"encoding/base64"
	"fmt"
	"mime/quotedprintable"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	k "daicho/app/scan/corpustest"
)

// hard are layouts that other programs do badly with, and that desks are full of.
func hard() []layout {
	return []layout{
		{"dates-as-dates", func(c *content) { // Excel keeps a number and a way to show it
			c.add(list(c.everybody(16), c.nameCol("氏名"), c.birthCol("生年月日", date.dashes), c.mobileCol("携帯電話")))
		}, []output{{"会員.xlsx", dated("yyyy/m/d")}, {"会員和暦.xlsx", dated("[$-411]ge.m.d")}}},

		{"typed-dates", func(c *content) { // the same by LibreOffice, with days of other things beside them
			c.add(list(c.everybody(15), c.nameCol("氏名"), column{"生年月日", func(p *person) any { c.born(p, date.dashes); return p.birth }},
				column{"受付日", func(*person) any { return date{2026, 4, c.between(1, 28)} }}, c.phoneCol("電話番号")))
		}, []output{{"受付簿.xlsx", office("")}, {"受付簿.xls", office("")}, {"受付簿.ods", office("")}}},

		{"era-and-six-digits", func(c *content) { // 昭 550302, as keyed in
			c.add(list(c.everybody(17), c.nameCol("氏名"), col("元号", func(p *person) string { era, _, _, _ := p.birth.era(); return era[:len("昭")] }), c.birthCol("生年月日", date.six), c.zipCol("郵便番号"), c.homeCol("住所", home.full)))
		}, []output{{"入力票.csv", comma("cp932", ',', true)}, {"入力票.xlsx", excel("")}}},

		{"many-dates", func(c *content) { // every clerk writes another one
			for i, p := range c.everybody(8) {
				_, letter, _, year := p.birth.era()
				era, _, _, _ := p.birth.era()
				c.is(k.BirthDate, p.birth.eight())
				c.say("氏名：%s　生年月日：%s", c.person(p), []string{
					p.birth.western(), wide(p.birth.short()), fmt.Sprintf("%s.%d.%d.%d", letter, year, p.birth.m, p.birth.d), fmt.Sprintf("%c%d.%d.%d", []rune(era)[0], year, p.birth.m, p.birth.d),
					fmt.Sprintf("%s%s年%s月%s日", era, kanji(year), kanji(p.birth.m), kanji(p.birth.d)), fmt.Sprintf("%d.%d.%d", p.birth.y, p.birth.m, p.birth.d), fmt.Sprintf("%s%02d/%02d/%02d", letter, year, p.birth.m, p.birth.d), p.birth.eight()}[i])
			}
		}, []output{{"聞き取り.txt", text("cp932", "")}, {"聞き取り.docx", office("")}}},

		{"many-phones", func(c *content) {
			for i, p := range c.everybody(8) {
				n := strings.Split(p.phone, "-")
				c.is(k.Phone, plain(p.phone))
				c.say("氏名：%s　電話：%s", c.person(p), []string{
					"(055)" + n[1] + "-" + n[2], "055(" + n[1] + ")" + n[2], "055 " + n[1] + " " + n[2], "+81-55-" + n[1] + "-" + n[2],
					wide(p.phone), "０５５（" + wide(n[1]) + "）" + wide(n[2]), plain(p.phone), "055－" + n[1] + "－" + n[2]}[i])
			}
		}, []output{{"電話連絡先.txt", text("utf8", "")}, {"電話.docx", office("")}, {"電話.html", page("euc")}}},

		{"across", func(c *content) { // a table that runs from left to right
			table := list(c.everybody(6), c.nameCol("氏名"), c.homeCol("住所", home.brief), c.mobileCol("電話番号"), c.birthCol("生年月日", date.short))
			c.add(turned(table))
		}, []output{{"横並び.xlsx", excel("")}, {"横並び.csv", comma("utf8", ',', true)}, {"横並び.ods", office("")}}},

		{"roster", func(c *content) { // names and nothing else
			c.say("日直当番表")
			c.add(list(c.everybody(31), serial("日", 1), c.oneOf("曜日", "月", "火", "水", "木", "金"), c.nameCol("当番者氏名")))
		}, []output{{"当番表.xlsx", excel("")}, {"当番表.docx", office("")}, {"当番.pdf", printed}}},

		{"joined-names", func(c *content) { // without a space between surname and name
			c.add(list(c.everybody(26), serial("番号", 1), col("氏名", func(p *person) string { c.person(p); return p.joined() }), c.homeCol("住所", home.full), c.amount("補助金額")))
		}, []output{{"補助金交付.xlsx", excel("")}, {"hojokin.csv", comma("cp932", ',', true)}, {"補助金.doc", office("")}}},

		{"wide-space-names", func(c *content) { // with a wide one, and 殿
			c.add(list(c.everybody(14), col("交付対象者", func(p *person) string { c.person(p); return p.surname.word + "　" + p.given.word + "　殿" }), c.homeCol("住　所", home.formal)))
		}, []output{{"交付決定.docx", office("")}, {"交付.xls", office("")}}},

		{"ages", func(c *content) {
			c.say("熱中症搬送者（速報）")
			for _, p := range c.everybody(9) {
				c.say("・%s（%d歳・%s性）%s　中等症", p.joined(), 2026-p.birth.y, p.sex, p.home.town.town)
				c.person(p)
				c.maybe(k.PostalAddress, p.home.town.town)
			}
			c.arguable(k.Sensitive)
		}, []output{{"搬送者.docx", office("")}, {"hanso.txt", text("utf8", "")}}},

		{"thousand", func(c *content) {
			c.add(list(c.everybody(1100), serial("整理番号", 1), c.nameCol("氏名"), c.kanaCol("カナ"), c.birthCol("生年月日", date.slashes), c.homeCol("住所", home.full), c.phoneCol("電話番号")))
		}, []output{{"対象者全件.csv", comma("cp932", ',', true)}}},

		{"hundred", func(c *content) {
			c.say("アンケート送付先")
			c.add(list(c.everybody(150), c.zipCol("〒"), c.homeCol("送付先住所", home.full), c.nameCol("宛名")))
		}, []output{{"送付先.xlsx", excel("")}, {"送付先.tsv", comma("utf16", '\t', true)}}},

		{"housing", func(c *content) {
			c.say("市営住宅入居者台帳")
			c.add(list(c.everybody(24), c.oneOf("団地名", "北新団地", "貢川団地"), col("棟・室", func(*person) string { return fmt.Sprintf("%d号棟%d", c.between(1, 9), c.between(101, 508)) }), c.nameCol("名義人"), c.birthCol("生年月日", date.japanese), c.mobileCol("連絡先"), c.amount("家賃"), c.amount("滞納額")))
			c.arguable(k.Sensitive)
		}, []output{{"入居者台帳.xlsx", excel("")}, {"入居者.ods", office("")}}},

		{"owners", func(c *content) {
			c.add(list(c.everybody(22), col("地番", func(*person) string { return fmt.Sprintf("%d番%d", c.between(1, 2000), c.between(1, 30)) }), c.oneOf("地目", "宅地", "畑", "山林", "田"), c.nameCol("所有者氏名"), c.homeCol("所有者住所", home.full)))
		}, []output{{"土地所有者.xlsx", excel("")}, {"shoyusha.csv", comma("cp932", ',', true)}}},

		{"pipes", func(c *content) { // a table in Markdown
			table := list(c.everybody(7), c.nameCol("氏名"), c.mailCol("メール"), c.mobileCol("電話"))
			for i, row := range table {
				c.say("| %s |", strings.Join(cells(row), " | "))
				if i == 0 {
					c.say("|---|---|---|")
				}
			}
		}, []output{{"members.md", text("utf8", "")}}},

		{"attributes", func(c *content) {
			c.say(`<?xml version="1.0" encoding="UTF-8"?><members>`)
			for _, p := range c.everybody(10) {
				c.say(`<member name="%s" tel="%s" mail="%s" address="%s"/>`, c.person(p), c.value(k.Phone, p.phone), c.value(k.Email, p.email), c.lives(p, home.full))
			}
			c.say("</members>")
		}, []output{{"members.xml", text("utf8", "")}}},

		{"form-values", func(c *content) { // a page that was saved while it was filled in
			p := c.everybody(1)[0]
			c.say(`<html><head><meta charset="utf-8"></head><body><form><label>氏名</label><input name="shimei" value="%s"><label>電話番号</label><input name="tel" value="%s"><label>住所</label><textarea name="jusho">%s</textarea></form></body></html>`,
				c.person(p), c.value(k.Phone, p.mobile), c.lives(p, home.full))
		}, []output{{"申請画面.html", text("utf8", "")}}},

		{"excel-formulas", func(c *content) { // ="012…" keeps a leading zero
			var b strings.Builder
			b.WriteString("氏名,個人番号,電話番号\n")
			for _, p := range c.everybody(12) {
				fmt.Fprintf(&b, "%s,\"=\"\"%s\"\"\",\"=\"\"%s\"\"\"\n", c.person(p), c.value(k.IndividualNumber, p.individual), c.value(k.Phone, plain(p.phone)))
			}
			c.say("%s", b.String())
		}, []output{{"出力.csv", text("cp932", "")}}},

		{"symbol-and-number", func(c *content) {
			c.add(list(c.everybody(13), c.nameCol("被保険者"), col("被保険者証記号・番号", func(p *person) string { return "甲国12・" + c.value(k.HealthInsurance, p.insured[1:]) }), c.birthCol("生年月日", date.short)))
			c.arguable(k.HealthInsurance)
		}, []output{{"レセプト確認.xlsx", excel("")}, {"reseputo.csv", comma("cp932", ',', true)}}},

		{"bank-prose", func(c *content) {
			for _, p := range c.everybody(5) {
				c.say("還付金は、山梨中央銀行 本店 普通預金 口座番号%s 名義人 %s へ振り込みます。", c.value(k.BankAccount, p.account), c.reading(p))
				c.is(k.PersonName, p.kana())
			}
			p := c.people(1)[0]
			c.is(k.BankAccount, plain(p.postal))
			c.say("ゆうちょ銀行の場合　記号 %s　番号 %s", strings.Split(p.postal, "-")[0], strings.Split(p.postal, "-")[1])
		}, []output{{"還付通知.docx", office("")}, {"kanpu.txt", text("cp932", "")}}},

		{"number-in-prose", func(c *content) {
			for _, p := range c.everybody(4) {
				c.say("%sさんの個人番号は%sで、基礎年金番号は%sです。運転免許証の番号は%sでした。", p.joined(), c.value(k.IndividualNumber, p.individual), c.value(k.PensionNumber, p.pension), c.value(k.DriversLicense, p.licence))
				c.person(p)
			}
		}, []output{{"照会回答.docx", office("")}, {"kaito.txt", text("utf8", "")}, {"回答.pptx", office("")}}},

		{"diagnosis", func(c *content) {
			p := c.everybody(1)[0]
			c.say("診　断　書")
			c.say("氏名　%s　（%s生）", c.person(p), c.born(p, date.japanese))
			c.say("病名　うつ病　　上記により3か月の休養を要する。")
			c.present(k.Sensitive)
		}, []output{{"診断書.docx", office("")}, {"診断書.txt", text("cp932", "")}}},

		{"shelter", func(c *content) { // people hidden from a violent partner
			c.say("住民基本台帳事務における支援措置対象者（DV・ストーカー・児童虐待）")
			c.add(list(c.everybody(8), c.nameCol("申出者"), c.homeCol("住所", home.full), c.oneOf("事由", "DV", "児童虐待", "ストーカー"), col("加害者", func(*person) string { return c.person(c.source.person()) })))
			c.present(k.Sensitive)
		}, []output{{"支援措置.xlsx", excel("")}, {"支援措置.docx", office("")}}},

		{"convictions", func(c *content) {
			c.say("犯罪人名簿（前科照会 回答）")
			c.add(list(c.everybody(5), c.nameCol("氏名"), c.homeCol("本籍", home.spelled), c.birthCol("生年月日", date.japanese), c.oneOf("罪名", "窃盗", "傷害", "道路交通法違反"), c.oneOf("刑", "懲役1年", "罰金30万円")))
			c.present(k.Sensitive)
		}, []output{{"照会.docx", office("")}, {"前科照会.xlsx", excel("")}}},

		{"counter-log", func(c *content) {
			c.say("窓口日誌")
			for i, p := range c.everybody(7) {
				c.say("%d:15 %s様来庁。住民票2通を交付。連絡先 %s", 9+i, p.name(), c.value(k.Phone, p.mobile))
				c.person(p)
			}
		}, []output{{"窓口日誌.txt", text("cp932", "")}, {"日誌.docx", office("")}}},

		{"recipients", func(c *content) {
			var all []string
			for _, p := range c.everybody(10) {
				all = append(all, c.person(p)+" <"+c.value(k.Email, p.email)+">")
			}
			c.say("宛先: %s", strings.Join(all, "; "))
		}, []output{{"宛先控え.txt", text("utf8", "")}}},

		{"quoted-printable", func(c *content) {
			p := c.everybody(1)[0]
			c.say("<p>申込者: %s</p><p>住所: %s</p><p>電話番号: %s</p>", c.person(p), c.lives(p, home.full), c.value(k.Phone, p.mobile))
			c.is(k.Email, p.email)
			c.title = p.email
			c.maybe(k.Email, "info@city.example.jp")
		}, []output{{"申込.eml", htmlMail}}},

		{"forwarded", func(c *content) { // a mail within a mail
			p := c.everybody(1)[0]
			c.is(k.Email, p.email)
			c.title = p.email
			c.say("私、%sは、電話 %s です。よろしくお願いします。", c.person(p), c.value(k.Phone, p.phone))
			c.maybe(k.Email, "a@city.example.jp")
			c.maybe(k.Email, "b@city.example.jp")
			c.maybe(k.Email, "info@city.example.jp")
		}, []output{{"転送.eml", forwarded}}},

		{"seats", func(c *content) {
			c.say("式典 席次表")
			rows := [][]any{}
			for range 4 {
				var row []any
				for _, p := range c.everybody(5) {
					row = append(row, c.person(p)+" 様")
				}
				rows = append(rows, row)
			}
			c.add(rows)
		}, []output{{"席次表.xlsx", excel("")}, {"席次表.pptx", office("")}, {"席次.docx", office("")}}},

		{"disability-cards", func(c *content) {
			c.add(list(c.everybody(18), c.nameCol("氏名"), col("手帳番号", func(*person) string { return "山梨県第" + c.digits(5) + "号" }), c.oneOf("等級", "1級", "2級", "3級"), c.oneOf("障害名", "視覚障害", "聴覚障害", "肢体不自由", "内部障害（心臓）"), c.homeCol("住所", home.brief)))
			c.present(k.Sensitive)
		}, []output{{"手帳交付.xlsx", excel("")}, {"techo.csv", comma("cp932", ',', true)}}},
	}
}

// turned has rows for columns.
func turned(table [][]any) [][]any {
	out := make([][]any, len(table[0]))
	for _, row := range table {
		for i, v := range row {
			out[i] = append(out[i], v)
		}
	}
	return out
}

// dated writes the second column as dates of Excel, shown in some way.
func dated(format string) form {
	return func(f *k.Folder, c *content, file string) error {
		book := excelize.NewFile()
		defer book.Close()
		style, err := book.NewStyle(&excelize.Style{CustomNumFmt: &format})
		if err != nil {
			return err
		}
		for i, row := range c.firstTable() {
			if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
				return err
			}
			day, err := time.Parse(time.DateOnly, fmt.Sprint(row[1]))
			if err != nil {
				continue // the line of titles
			}
			cell := fmt.Sprintf("B%d", i+1)
			if err := book.SetCellValue("Sheet1", cell, day); err != nil {
				return err
			}
			if err := book.SetCellStyle("Sheet1", cell, cell, style); err != nil {
				return err
			}
		}
		return book.SaveAs(f.Path(file))
	}
}

func htmlMail(f *k.Folder, c *content, file string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "From: %s\r\nTo: info@city.example.jp\r\nSubject: =?UTF-8?B?%s?=\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", c.title, base64.StdEncoding.EncodeToString([]byte("申込み")))
	w := quotedprintable.NewWriter(&b)
	if _, err := w.Write([]byte("<html><body>" + c.parts[0].text + "</body></html>\r\n")); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return f.Write(file, []byte(b.String()))
}

func forwarded(f *k.Folder, c *content, file string) error {
	inner := message("jis", c.title, "info@city.example.jp", "問合せ", c.parts[0].text+"\n")
	return f.Write(file, []byte("From: a@city.example.jp\r\nTo: b@city.example.jp\r\nSubject: Fwd\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nFYI\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n"+string(inner)+"\r\n--x--\r\n"))
}
