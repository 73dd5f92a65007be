package dispatch

import (
	"cmp"
	"strings"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/report"
	"daicho/app/sla"
)

// Paper is what a 現地対応報告書 says beside the visit itself.
type Paper struct {
	Judged    sla.Visited
	Signature []byte // a PNG; nil: nobody signed, or it is not on this device
	At        time.Time
	Names     app.Names // of those who recorded the steps
}

// Report is the 現地対応報告書 of a visit on A4, to be handed to who asked for it: what
// was wished and when somebody came, what was done, and who confirmed it.
func (c *Course) Report(p Paper) report.Document {
	doc := report.Document{Title: "現地対応報告書", Number: c.Number, Handling: "取扱注意", Made: p.At, Blocks: []report.Block{
		report.Approval{Sides: []report.Side{{Name: "事業者", Boxes: []report.Box{{Rank: "責任者"}, {Rank: "担当"}}}, {Name: "市", Boxes: []report.Box{{Rank: "係長"}, {Rank: "担当"}}}}},
		report.Title{Text: "現地対応報告書", At: p.At}, c.form(p.Judged), c.course(p.Names),
	}}
	doc.Blocks = append(doc.Blocks, c.confirmed(p.Signature)...)
	doc.Blocks = append(doc.Blocks, report.Paragraph{Text: source(p.Judged), Style: report.Small})
	return doc
}

// form has the fields of the form, in the order in which offices read them.
func (c *Course) form(judged sla.Visited) report.Sheet {
	var who, asset, symptom string
	if c.Inquiry != nil {
		who, asset, symptom = c.Inquiry.Called()
	}
	pair := func(label, value string) report.Pair { return report.Pair{Label: label, Value: cmp.Or(value, "－")} }
	wide := func(label, value string) report.Pair {
		return report.Pair{Label: label, Value: cmp.Or(value, "－"), Wide: true}
	}
	return report.Sheet{Pairs: []report.Pair{
		pair("現地対応番号", c.Number), pair("状態", Register.Show(c.Visit, "state", app.JA)),
		pair("受付番号", c.TicketNumber), pair("依頼者", who),
		pair("拠点", c.Place), pair("技術者", c.Engineer),
		pair("希望日時", moment(c.Wished)), pair("期限", due(judged)),
		pair("到着（着手）日時", moment(judged.Start.At)), pair("判定", verdict(judged)),
		pair("完了日時", moment(c.Ended)), pair("機器", asset),
		wide("症状", symptom), wide("作業内容", c.Work), wide("交換部品", c.Parts), wide("未了事項", c.Next),
	}}
}

func moment(s app.Stamp) string {
	if s == 0 {
		return ""
	}
	return civil.Moment(s.Time())
}

// inTable is short enough for a cell: R8.11.24 9:02.
func inTable(s app.Stamp) string {
	t := s.Time()
	return civil.DateOf(t).WarekiShort() + " " + civil.Clock(t)
}

func due(judged sla.Visited) string {
	if judged.Due.IsZero() {
		return ""
	}
	return civil.Moment(judged.Due)
}

// verdict has a mark that a copy in black shows, too.
func verdict(judged sla.Visited) string {
	marks := map[sla.Verdict]string{sla.Met: "○", sla.Missed: "×", sla.Undecided: "△"}
	return marks[judged.Verdict] + judged.Verdict.Label().JA
}

// course is each step with its time and who recorded it.
func (c *Course) course(names app.Names) report.Table {
	t := report.Table{Title: "経過", Columns: []report.Column{{Title: "日時", Weight: 2.2}, {Title: "内容", Weight: 1.4}, {Title: "備考", Weight: 4}, {Title: "時刻の出所", Weight: 1.8}, {Title: "記録者", Weight: 1.6}}}
	for _, s := range c.Steps {
		note := s.Note
		if s.What == Wish {
			note = inTable(s.Wish)
		}
		t.Rows = append(t.Rows, []string{inTable(s.At), Steps.Show(s, "what", app.JA), strings.TrimSpace(s.Who + "　" + note), Steps.Show(s, "source", app.JA), names(s.By)})
	}
	return t
}

// confirmed is who confirmed the work, with the signature; before that it is room for
// one by hand.
func (c *Course) confirmed(signature []byte) []report.Block {
	t := report.Table{Title: "依頼者確認", Columns: []report.Column{{Title: "日時", Weight: 2}, {Title: "確認者", Weight: 2}, {Title: "確認の方法", Weight: 3}}}
	row := []string{"　", "\n", "署名欄"}
	for _, s := range c.Steps {
		if s.What == Confirm {
			row = []string{inTable(s.At), s.Who, cmp.Or(s.Note, "画面への署名")}
		}
	}
	t.Rows = [][]string{row}
	if signature == nil {
		return []report.Block{t}
	}
	return []report.Block{t, report.Picture{Label: "署名", Data: signature, Width: 80, Height: 30}}
}

// source says by what it was judged.
func source(judged sla.Visited) string {
	if judged.Document == "" {
		return "仕様書 3.3.2（本庁舎は希望時間から30分以内）"
	}
	return "仕様書 3.3.2　移動時間の合意文書 " + judged.Document
}
