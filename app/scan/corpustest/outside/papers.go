package outside

import (
	"fmt"
	"strings"

	k "daicho/app/scan/corpustest"
)

// papers are letters, minutes and mail: few people, much prose.
func papers() []layout {
	return []layout{
		{"minutes", func(c *content) {
			people := c.everybody(5)
			c.say("第3回 個人情報保護審議会 会議録")
			c.say("日時　令和8年3月12日（木）午後2時から")
			c.say("場所　本庁舎 4階 大会議室")
			var names []string
			for _, p := range people {
				names = append(names, c.person(p)+"委員")
				c.maybe(k.PersonName, p.surname.word)
			}
			c.say("出席者　%s", strings.Join(names, "、"))
			for i, said := range []string{"駅前の駐輪場について、利用者の森林組合から要望があった。", "原案のとおりでよいと思う。", "予算の裏付けはあるのか。", "西口の工事は秋に終わる見込みである。", "異議なし。"} {
				c.say("%s委員　%s", people[i].surname.word, said)
			}
		}, []output{{"会議録.docx", office("")}, {"会議録.txt", text("cp932", "\t")}, {"議事録.pdf", office("")}, {"gijiroku.html", office("")}}},

		{"letter", func(c *content) {
			p := c.everybody(1)[0]
			c.say("〒%s", p.home.zip)
			c.say("%s", c.lives(p, home.full))
			c.say("%s　様", c.person(p))
			c.say("固定資産税の課税内容について（回答）")
			c.say("時下ますます御清祥のこととお慶び申し上げます。お問い合わせのありました件について、別紙のとおり回答します。")
			c.say("問合せ先　税務課 資産税係 内線2345")
		}, []output{{"回答文.docx", office("")}, {"回答.odt", office("")}, {"回答.pdf", office("")}, {"回答文.rtf", office("")}}},

		{"labels", func(c *content) { // address labels, three lines each
			for _, p := range c.everybody(12) {
				c.say("〒%s", p.home.zip)
				c.say("%s", c.lives(p, home.full))
				c.say("%s 様", c.person(p))
				c.say("")
			}
		}, []output{{"宛名ラベル.docx", office("")}, {"label.txt", text("utf8", "\t")}, {"宛名ラベル.pdf", office("")}}},

		{"petition", func(c *content) {
			c.say("請願書")
			c.say("子どもの医療費助成の拡充を求める請願")
			for _, p := range c.everybody(6) {
				c.say("請願者　住所 %s　氏名 %s", c.lives(p, home.brief), c.person(p))
			}
		}, []output{{"請願書.docx", office("")}, {"請願.txt", text("euc", "\t")}}},

		{"incident", func(c *content) { // prose in which a person is described
			p := c.everybody(1)[0]
			c.say("交通事故報告書")
			c.say("令和8年1月15日、%sにおいて、公用車が%sさん（%s生）の運転する車両と接触した。", c.lives(p, home.brief), c.person(p), c.born(p, date.japanese))
			c.say("相手方の連絡先は%s（携帯）である。", c.value(k.Phone, p.mobile))
		}, []output{{"事故報告.docx", office("")}, {"jiko.txt", text("utf8", "\t")}, {"事故報告書.doc", office("")}}},

		{"award", func(c *content) { // names between titles in running text
			c.say("令和7年度 善行表彰 受賞者の紹介")
			for _, p := range c.everybody(5) {
				c.say("%sさん（%d歳）は、通学路の見守りを長年続けている。", c.person(p), c.between(40, 80))
			}
		}, []output{{"受賞者紹介.docx", office("")}, {"受賞者.txt", text("utf8", "\t")}}},

		{"questionnaire", func(c *content) {
			c.say("タウンミーティング　ご意見カード（自由記述）")
			for _, p := range c.everybody(7) {
				c.say("お名前：%s　ご連絡先：%s", c.person(p), c.value(k.Email, p.email))
				c.say("ご意見：道路の雪かきをもっと早くお願いします。")
			}
		}, []output{{"ご意見.docx", office("")}, {"iken.txt", text("cp932", "\t")}}},
		mails("mail-jis", "jis"), mails("mail-utf8", "utf8"),
		mailbox(), vcards(), attached(),
	}
}

// mails is a thread: a reply, what it answers, and two signatures.
func mails(name, as string) layout {
	write := func(f *k.Folder, c *content, file string) error {
		head := strings.Split(c.parts[0].text, "\t")
		return f.Write(file, message(as, head[0], head[1], "Re: 打合せの件", c.body(1)))
	}
	return layout{name, func(c *content) {
		a, b := c.source.person(), c.source.person()
		c.persons = 2
		c.say("%s\t%s", c.value(k.Email, a.email), c.value(k.Email, b.email))
		c.say("%s様", c.surname(b))
		c.say("お世話になっております。%sです。日程を確認しました。", c.surname(a))
		c.say("--")
		c.say("%s", c.person(a))
		c.say("情報政策課　TEL %s　%s", c.value(k.Phone, a.phone), a.email)
		c.say("> 次回の打合せは4月20日でいかがでしょうか。")
		c.say("> %s <%s>", c.person(b), b.email)
		c.say("> 携帯 %s", c.value(k.Phone, b.mobile))
	}, []output{{"Re_打合せ.eml", write}, {"mail.eml", write}}}
}

// surname mentions somebody whose whole name stands elsewhere.
func (c *content) surname(p *person) string {
	c.maybe(k.PersonName, p.surname.word)
	return p.surname.word
}

// body are the parts from one on, as text.
func (c *content) body(from int) string {
	rest := *c
	rest.parts = c.parts[from:]
	return rest.plainText("\t")
}

func mailbox() layout {
	return layout{"mailbox", func(c *content) {
		for i, p := range c.everybody(4) {
			c.maybe(k.Email, fmt.Sprint("info@city.example.jp in mail ", i)) // of an office
			c.say("%s\t%s", c.value(k.Email, p.email), "申込者の"+c.person(p)+"です。電話番号は"+c.value(k.Phone, p.mobile)+"です。")
		}
	}, []output{{"受信トレイ.mbox", func(f *k.Folder, c *content, file string) error {
		var b strings.Builder
		for i, p := range c.parts {
			head := strings.Split(p.text, "\t")
			fmt.Fprintf(&b, "From - Mon Apr  6 09:1%d:00 2026\n%s\n", i, strings.ReplaceAll(string(message("jis", head[0], "info@city.example.jp", "申込み", head[1]+"\n")), "\r\n", "\n"))
		}
		return f.Write(file, []byte(b.String()))
	}}}}
}

func vcards() layout {
	return layout{"vcards", func(c *content) {
		for _, p := range c.everybody(6) {
			c.say("BEGIN:VCARD\nVERSION:3.0\nN:%s;%s;;;\nFN:%s\nTEL;TYPE=CELL:%s\nEMAIL:%s\nADR:;;%s;%s;%s;%s;日本\nEND:VCARD", p.surname.word, p.given.word, c.person(p),
				c.value(k.Phone, p.mobile), c.value(k.Email, p.email), p.home.town.town+p.home.short(), p.home.city, p.home.prefecture, p.home.zip)
			c.maybe(k.PersonName, p.surname.word)
			c.lives(p, home.full)
		}
	}, []output{{"連絡先.vcf", text("utf8", "\t")}}}
}

// attached is a mail whose attachment holds what matters.
func attached() layout {
	return layout{"mail-attachment", func(c *content) {
		c.add(list(c.everybody(11), c.nameCol("氏名"), c.birthCol("生年月日", date.slashes), c.homeCol("住所", home.full), c.phoneCol("電話番号")))
		c.maybe(k.Email, "tanto@city.example.jp") // of an office
		c.maybe(k.Email, "kikaku@pref.example.jp")
	}, []output{{"名簿送付.eml", func(f *k.Folder, c *content, file string) error {
		var rows strings.Builder
		for _, row := range c.firstTable() {
			rows.WriteString(strings.Join(cells(row), ",") + "\r\n")
		}
		return f.Write(file, message("jis", "tanto@city.example.jp", "kikaku@pref.example.jp", "名簿の送付", "名簿を送付します。\n", attachment{"名簿.csv", encode(rows.String(), "cp932")}))
	}}}}
}
