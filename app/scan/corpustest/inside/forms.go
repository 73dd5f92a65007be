package inside

import (
	"fmt"
	"strings"

	"daicho/app/scan/corpustest"
)

// form is one person's data as a form or a letter has it.
type form struct {
	name  string
	holds []column
	write func(person, []column) string
}

var colBirthK = column{"生年月日", "birthday", corpustest.BirthDate, func(p person) string { return p.born.kanji() }}

var forms = []form{
	{"colons", []column{colJoined, colBirthK, colAddress, colPhone, colMyNumber}, fields("%s：%s\n")},
	{"brackets", []column{colName, colBirthK, colAddress, colPhone, colMail}, fields("【%s】%s\n")},
	{"squares", []column{colName, colBirth, colMobile, colPassport, colCardNo}, fields("■%s　%s\n")},
	{"blanks", []column{colName, colBirth, colAddress, colPhone, colPension}, fields("%s　　　%s\n")},
	{"below", []column{colJoined, colBirthK, colAddress, colPhone, colMyFours}, fields("%s\n　%s\n\n")},
	{"wide", []column{colJoined, colBirthK, colAddress, colPhone, colLicence}, func(p person, holds []column) string {
		return wide(fields("%s：%s\n")(p, holds))
	}},
	{"numbered", []column{colJoined, colBirth, colAddress, colMobile, colHealth}, numbered},
	{"in-a-row", []column{colName, colBirthK, colPhone, colCare}, fields("%s %s　")},
	{"letter", []column{colJoined, colAddress, colPhone}, func(p person, _ []column) string {
		return fmt.Sprintf("%s様\n\n拝啓　時下ますますご清祥のこととお喜び申し上げます。\n先日お申し出のありました件につきまして、%sあてに書類をお送りします。\n"+
			"ご不明の点は、お電話（%s）で確認した際の内容と併せてご覧ください。\n敬具\n", p.joined(), p.address(), p.phone())
	}},
	{"claim", []column{colName, colAccount, colPhone, colAddress}, func(p person, _ []column) string {
		return fmt.Sprintf("請求書\n下記の口座にお振り込みください。\n振込先　%s　%s　普通　%s\n請求者　住所　%s\n　　　　氏名　%s　㊞\n　　　　電話　%s\n",
			colBank.of(p), colBranch.of(p), colAccount.of(p), p.address(), p.name(), p.phone())
	}},
	{"call", []column{colJoined, colMobile, colBirthK}, func(p person, _ []column) string {
		return fmt.Sprintf("10:20 %sさんから入電。%s生まれ。折り返し先は%sとのこと。\n", p.joined(), p.born.kanji(), p.mobile())
	}},
	{"signature", []column{colName, colMail, colPhone}, func(p person, _ []column) string {
		return fmt.Sprintf("よろしくお願いいたします。\n-- \n葉月市 情報課\n%s（%s）\nTEL: %s\nE-mail: %s\n", p.name(), p.kana(), p.phone(), p.mail())
	}},
}

// fields writes each field by a format with its label and its value.
func fields(format string) func(person, []column) string {
	return func(p person, holds []column) string {
		var b strings.Builder
		for _, c := range holds {
			fmt.Fprintf(&b, format, c.head, c.of(p))
		}
		return b.String()
	}
}

func numbered(p person, holds []column) string {
	var b strings.Builder
	b.WriteString("届出書\n届出日 令和8年11月20日\n")
	for i, c := range holds {
		fmt.Fprintf(&b, "(%d) %s  …… %s\n", i+1, c.head, c.of(p))
	}
	return b.String()
}

// paper is how a form lies on the disk.
type paper struct {
	name, file string
	write      func(f *corpustest.Folder, file, lines string) error
}

var papers = []paper{
	{"text", "form.txt", func(f *corpustest.Folder, file, lines string) error { return f.Write(file, []byte(lines)) }},
	{"word", "form.docx", func(f *corpustest.Folder, file, lines string) error { return letter(f, file, lines, "", "") }},
	{"old-word", "form.doc", func(f *corpustest.Folder, file, lines string) error { return letter(f, file, lines, "", "") }},
	{"rich", "form.rtf", func(f *corpustest.Folder, file, lines string) error { return letter(f, file, lines, "", "") }},
	{"pdf", "form.pdf", func(f *corpustest.Folder, file, lines string) error { return letter(f, file, lines, "", "") }},
}
