package document

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"daicho/app"
	"daicho/app/report"
	"daicho/app/report/prose"
)

// Paper is a document as it is handed out: a letter in the form of offices where
// somebody writes to somebody, else a plan or a report with its head; the boxes of
// approval above, and the table of revisions on a page of its own. At is when it was
// read, names are what people are called.
func (f *File) Paper(at time.Time, names app.Names) report.Document {
	rev := f.Shown()
	doc := report.Document{Title: f.Title, Number: f.footer(rev), Handling: f.handling(), Made: at, Mincho: true}
	if rev != nil {
		doc.Blocks = append(doc.Blocks, f.boxes(rev, names))
	}
	if f.isLetter() {
		doc.Blocks = append(doc.Blocks, f.letter(rev)...)
	} else {
		doc.Blocks = append(doc.Blocks, f.paper(rev)...)
	}
	if table := f.history(names); len(table.Rows) > 0 {
		doc.Blocks = append(doc.Blocks, report.PageBreak{}, report.Title{Text: "改訂履歴"}, table)
	}
	if rev != nil {
		doc.Blocks = append(doc.Blocks, report.Paragraph{Text: "内容の照合値（SHA-256）　" + report.Grouped(rev.Hash), Style: report.Small})
	}
	return doc
}

// footer is the number with the version; a draft is called one on every page.
func (f *File) footer(rev *Revision) string {
	version := f.Version
	if rev != nil {
		version = rev.Version
	}
	switch {
	case version == "":
		return f.Number
	case rev != nil && !slices.Contains([]Step{Passed, Published, Superseded}, rev.State):
		return strings.TrimSpace(f.Number + " 第" + version + "版（案）")
	}
	return strings.TrimSpace(f.Number + " 第" + version + "版")
}

func (f *File) handling() string {
	return map[Secrecy]string{Secret3: "関係者限り", Secret2: "取扱注意"}[f.Secrecy]
}

// boxes are the 承認欄 of both sides, with the stamps of who has approved.
func (f *File) boxes(rev *Revision, names app.Names) report.Approval {
	box := func(rank string, step Step) report.Box {
		p := f.said(rev, step)
		if p == nil {
			return report.Box{Rank: rank}
		}
		return report.Box{Rank: rank, Stamp: &report.Stamp{Office: "電子承認", Date: p.At.Time(), Name: familyName(names(p.By)), Code: code(p.Hash)}}
	}
	return report.Approval{Sides: []report.Side{
		{Name: "事業者", Boxes: []report.Box{box("承認", Vendor), box("2次審査", Review2), box("1次審査", Review1), box("作成", Draft)}},
		{Name: "市", Boxes: []report.Box{box("承認", City)}},
	}}
}

// familyName is what stands on a stamp.
func familyName(name string) string {
	family, _, _ := strings.Cut(strings.ReplaceAll(name, "　", " "), " ")
	return family
}

// code is the start of the hash that an approval signed.
func code(hash string) string {
	if len(hash) < 8 {
		return ""
	}
	return strings.ToUpper(hash[:4] + "-" + hash[4:8])
}

// closings are how letters of a type end their first sentence.
var closings = map[Type]string{
	Notice: "通知します。", Request: "依頼します。", Reply: "回答します。", Talk: "協議します。", Report: "報告します。",
}

// isLetter says whether somebody writes to somebody.
func (f *File) isLetter() bool { return closings[f.Type] != "" }

// letter is the head, the first sentence, 記, the text and 以上. Who has written these
// in the text himself has them as he wrote them.
func (f *File) letter(rev *Revision) []report.Block {
	blocks := []report.Block{report.Letter{Number: f.Number, Date: dayOf(f.Issued), To: addressees(f.Recipient, f.Copies), From: sealed(f.Sender), Subject: f.subject()}}
	text := f.text(rev)
	if !standsAlone(text) {
		blocks = append(blocks, report.Paragraph{Text: "　このことについて、下記のとおり" + closings[f.Type]}, report.Paragraph{Text: "記", Style: report.Centre})
	}
	blocks = append(blocks, prose.Blocks(text)...)
	if !endsItself(text) {
		blocks = append(blocks, report.Paragraph{Text: "以上", Style: report.Right})
	}
	return append(blocks, f.enclosed(rev)...)
}

func standsAlone(text string) bool { return hasLine(text, "記") }
func endsItself(text string) bool  { return hasLine(text, "以上") }

func hasLine(text, want string) bool {
	return slices.ContainsFunc(strings.Split(text, "\n"), func(line string) bool { return strings.TrimSpace(line) == want })
}

// subject has the type in brackets, unless it stands there.
func (f *File) subject() string {
	if strings.HasSuffix(f.Title, "）") {
		return f.Title
	}
	return f.Title + "（" + Register.Show(f.Document, "type", app.JA) + "）"
}

// text is what the revision says; of a document from elsewhere, its summary.
func (f *File) text(rev *Revision) string {
	if rev == nil {
		return f.Summary
	}
	return rev.Body
}

// polite are endings after which no 様 follows.
var polite = []string{"様", "御中", "殿", "各位", "先生"}

// addressees are each on a line, with 様, and those who get a copy.
func addressees(to, copies string) (lines []string) {
	for _, name := range split(to) {
		if !slices.ContainsFunc(polite, func(p string) bool { return strings.HasSuffix(name, p) }) {
			name += "　様"
		}
		lines = append(lines, name)
	}
	if names := split(copies); len(names) > 0 {
		lines = append(lines, "（写し　"+strings.Join(names, "、")+"）")
	}
	return lines
}

// sealed are the lines of the sender, with the place of the seal after the last.
func sealed(from string) []string {
	lines := split(from)
	if n := len(lines); n > 0 {
		lines[n-1] += "　㊞"
	}
	return lines
}

func split(names string) []string {
	return strings.FieldsFunc(names, func(r rune) bool { return r == '、' || r == '\n' || r == '，' || r == ';' })
}

// paper is the head of what is no letter, and its text.
func (f *File) paper(rev *Revision) []report.Block {
	blocks := []report.Block{report.Title{Text: f.Title}, f.head(rev)}
	blocks = append(blocks, prose.Blocks(f.text(rev))...)
	return append(blocks, f.enclosed(rev)...)
}

func (f *File) head(rev *Revision) report.Sheet {
	pair := func(label, value string) report.Pair { return report.Pair{Label: label, Value: cmp.Or(value, "－")} }
	version, issued := f.Version, f.Issued
	if rev != nil {
		version = rev.Version + "（" + Revisions.Show(rev, "state", app.JA) + "）"
	}
	return report.Sheet{Pairs: []report.Pair{
		pair("文書番号", f.Number), pair("種別", Register.Show(f.Document, "type", app.JA)),
		pair("版", version), pair("発行日", wareki(issued)),
		pair("責任者", f.Owner), pair("担当者", f.Charge),
		pair("提出日", wareki(f.Submitted)), pair("次回見直し", wareki(f.ReviewOn)),
	}}
}

func wareki(d app.Day) string {
	if d == 0 {
		return ""
	}
	return d.Civil().Wareki()
}

func dayOf(d app.Day) time.Time {
	if d == 0 {
		return time.Time{}
	}
	return d.Civil().Start()
}

// enclosed are the names of what goes with the paper.
func (f *File) enclosed(rev *Revision) []report.Block {
	files := f.Files
	if rev != nil {
		files = rev.Files
	}
	if len(files) == 0 {
		return nil
	}
	t := report.Table{Title: "添付資料", Columns: []report.Column{{Title: "No", Weight: .4, Right: true}, {Title: "名称", Weight: 6}, {Title: "大きさ", Right: true}}}
	for i, b := range files {
		t.Rows = append(t.Rows, []string{decimal(i + 1), b.Name, decimal(int((b.Size+1023)/1024)) + " KB"})
	}
	return []report.Block{t}
}
