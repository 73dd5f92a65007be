package outside

import (
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/text/encoding/japanese"

	k "daicho/app/scan/corpustest"
)

// dumps are what systems write: fixed columns, logs, nested data.
func dumps() []layout {
	return []layout{
		{"mainframe", func(c *content) { // fixed columns, no titles, half-width kana and wide kanji
			for i, p := range c.everybody(40) {
				c.say("%s", padded(fmt.Sprintf("%08d", 30010+i), 8)+padded(narrow(c.reading(p)), 24)+padded(strings.ReplaceAll(c.person(p), " ", "　"), 24)+
					padded(p.birth.seven(), 8)+padded(plain(p.home.zip), 8)+padded(c.lives(p, home.formal), 80)+padded(c.value(k.Phone, p.phone), 14))
				c.maybe(k.BirthDate, p.birth.eight())
			}
		}, []output{{"ATENA.DAT", text("cp932", "")}, {"atena.txt", text("euc", "")}}},

		{"spool", func(c *content) { // a printout kept as a file, titles over columns
			people := c.everybody(30)
			c.say("%s", strings.Repeat("=", 90))
			c.say("  納税通知書 発送リスト                                    2026/04/01   PAGE  1")
			c.say("%s", padded("  通知番号", 14)+padded("氏名", 22)+padded("生年月日", 12)+"住所")
			c.say("%s", strings.Repeat("-", 90))
			for i, p := range people {
				c.say("%s", padded(fmt.Sprintf("  %d", 71010+i), 14)+padded(c.person(p), 22)+padded(c.born(p, date.short), 12)+c.lives(p, home.full))
			}
		}, []output{{"LIST0401.PRN", text("cp932", "")}, {"発送リスト.txt", text("utf8", "")}}},

		{"web-log", func(c *content) { // what a form has sent stands in a log
			for i, p := range c.everybody(15) {
				c.say(`2026-04-01T09:%02d:11+09:00 INFO 10.1.20.%d POST /apply/confirm name="%s" mail="%s" tel="%s" status=200`, i, 10+i, c.person(p), c.value(k.Email, p.email), c.value(k.Phone, plain(p.mobile)))
				c.say(`2026-04-01T09:%02d:12+09:00 DEBUG session %08x committed in 12ms`, i, c.Uint32())
			}
		}, []output{{"apply.log", text("utf8", "")}, {"apply.log.1", text("euc", "")}}},

		{"mail-log", func(c *content) {
			for i, p := range c.everybody(20) {
				c.say("Apr  1 10:%02d:07 mx1 postfix/smtp[%d]: %s: to=<%s>, relay=mx.example.jp[192.0.2.25]:25, delay=0.4, dsn=2.0.0, status=sent", i, c.between(1000, 9999), c.letters(10), c.value(k.Email, p.email))
			}
		}, []output{{"maillog", text("utf8", "")}}},

		{"nested-json", nested, []output{{"export.json", text("utf8", "")}}},

		{"config-yaml", func(c *content) {
			for _, p := range c.everybody(5) {
				c.say("- 氏名: %s\n  連絡先:\n    電話番号: %s\n    メール: %s\n  住所: %s", c.person(p), c.value(k.Phone, p.mobile), c.value(k.Email, p.email), c.lives(p, home.full))
			}
		}, []output{{"members.yaml", text("utf8", "")}}},

		{"sql-multi", func(c *content) { // one statement, many rows, no labels but the columns' names
			var rows []string
			for i, p := range c.everybody(25) {
				rows = append(rows, fmt.Sprintf("(%d,'%s','%s','%s','%s')", i+1, c.person(p), c.born(p, date.dashes), c.value(k.Phone, p.phone), c.value(k.IndividualNumber, p.individual)))
			}
			c.say("CREATE TABLE jumin (id INTEGER PRIMARY KEY, shimei VARCHAR(40) COMMENT '氏名', seinengappi DATE COMMENT '生年月日', denwa VARCHAR(20) COMMENT '電話番号', kojin_no CHAR(12) COMMENT '個人番号');")
			c.say("INSERT INTO jumin (id, shimei, seinengappi, denwa, kojin_no) VALUES\n%s;", strings.Join(rows, ",\n"))
		}, []output{{"backup.sql", text("utf8", "")}, {"jumin.sql", text("cp932", "")}}},

		{"ini-contacts", func(c *content) {
			for i, p := range c.everybody(9) {
				c.say("[contact%d]\nname=%s\ntel=%s\nmail=%s\n", i, c.person(p), c.value(k.Phone, p.phone), c.value(k.Email, p.email))
			}
		}, []output{{"address.ini", text("cp932", "")}}},

		{"calendar-guests", func(c *content) {
			c.say("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nSUMMARY:打合せ\nDTSTART:20260410T010000Z")
			for _, p := range c.everybody(4) {
				c.say("ATTENDEE;CN=%s:mailto:%s", c.person(p), c.value(k.Email, p.email))
			}
			c.say("END:VEVENT\nEND:VCALENDAR")
		}, []output{{"打合せ.ics", text("utf8", "")}}},

		{"tsv-sjis-numbers", func(c *content) { // only numbers, and a line of titles
			c.add(list(c.everybody(60), serial("管理番号", 1), col("個人番号", func(p *person) string { return c.value(k.IndividualNumber, p.individual) }), col("更新日", func(*person) string { return "20260401" })))
		}, []output{{"bango.tsv", comma("cp932", '\t', true)}, {"番号のみ.xlsx", excel("")}}},

		{"quoted-csv", func(c *content) { // every cell in quotes, line breaks in cells
			var b strings.Builder
			b.WriteString("\"受付日時\",\"氏名\",\"電話番号\",\"相談内容\"\n")
			for i, p := range c.everybody(10) {
				fmt.Fprintf(&b, "\"2026/04/%02d 10:00\",\"%s\",\"%s\",\"ごみの出し方について\n（分別が分からない）\"\n", i+1, c.person(p), c.value(k.Phone, p.mobile))
			}
			c.say("%s", b.String())
		}, []output{{"相談受付.csv", text("cp932", "")}, {"uketsuke.csv", text("bom", "")}}},
	}
}

// nested are people as an interface of the web gives them.
func nested(c *content) {
	type record struct {
		ID      int               `json:"id"`
		Name    map[string]string `json:"name"`
		Birth   string            `json:"birthDate"`
		Contact map[string]string `json:"contact"`
		Address string            `json:"address"`
	}
	var all []record
	for i, p := range c.everybody(14) {
		c.is(k.PersonName, p.joined())
		c.maybe(k.PersonName, p.surname.word)
		all = append(all, record{i + 1, map[string]string{"family": p.surname.word, "given": p.given.word}, c.born(p, date.dashes),
			map[string]string{"phone": c.value(k.Phone, p.mobile), "email": c.value(k.Email, p.email)}, c.lives(p, home.full)})
	}
	out, err := json.Marshal(map[string]any{"total": len(all), "results": all})
	if err != nil {
		panic(err)
	}
	c.say("%s", out)
}

// padded fills up to n columns, of which a wide letter takes two.
func padded(s string, n int) string {
	b, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte(s))
	if err != nil {
		b = []byte(s)
	}
	return s + strings.Repeat(" ", max(n-len(b), 0))
}
