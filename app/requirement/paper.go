package requirement

import (
	"fmt"
	"strings"
	"time"

	"daicho/app"
	"daicho/app/report"
)

// Document is the matrix on paper.
func (m *Matrix) Document(made time.Time, number string) report.Document {
	const title = "充足度マトリクス"
	return report.Document{Title: title, Number: number, Made: made, Blocks: []report.Block{
		report.Title{Text: title, At: made}, m.summary(), m.table(), report.Notes{Lines: notes},
	}}
}

var notes = []string{
	"証跡は、条項に対応する台帳の記録の件数です。件数は充足を意味しません。",
	"判定は、事業者と市がそれぞれ日付とともに記録したものです。実施内容の例は判定しません。",
	"率は、端数を切り捨てて小数第2位まで示しています。対象外は分母に含めず、未判定は充足に数えません。",
}

func (m *Matrix) summary() report.Sheet {
	return report.Sheet{Pairs: []report.Pair{
		{Label: "事業者の判定", Value: m.Total(OfContractor).String()}, {Label: "市の判定", Value: m.Total(OfCity).String()},
	}}
}

// String is the share with its fraction: 98.14%（53/54）.
func (t Total) String() string {
	p := t.Percent()
	return fmt.Sprintf("%d.%02d%%（%d/%d）", p/100, p%100, t.Met, t.Of)
}

func (m *Matrix) table() report.Table {
	t := report.Table{Title: "要件", Note: fmt.Sprintf("%d件", len(m.Rows)), Columns: []report.Column{{Title: "要件番号", Weight: 1.6}, {Title: "区分", Weight: 1}, {Title: "要件", Weight: 6},
		{Title: "証跡", Weight: 4}, {Title: "事業者", Weight: 1.6}, {Title: "市", Weight: 1.6}}}
	for _, r := range m.Rows {
		t.Rows = append(t.Rows, []string{r.Code, Register.Show(r.Requirement, "tag", app.JA), r.Text, r.evidence(app.JA), r.verdict("contractor", r.ContractorOn), r.verdict("city", r.CityOn)})
	}
	return t
}

func (r Row) verdict(field string, on app.Day) string {
	switch {
	case r.Tag == Example:
		return "－"
	case on == 0:
		return Register.Show(r.Requirement, field, app.JA)
	}
	return Register.Show(r.Requirement, field, app.JA) + " " + on.Civil().WarekiShort()
}

// evidence is what there is, in one line.
func (r Row) evidence(lang app.Lang) string {
	var parts []string
	for _, e := range r.Evidence {
		parts = append(parts, fmt.Sprintf("%s %d", e.Label.In(lang), e.Count))
	}
	return strings.Join(parts, "、")
}

// Lines are the matrix as the command line prints it.
func (m *Matrix) Lines(lang app.Lang) (out []string) {
	words := map[Side]app.Label{OfContractor: {JA: "事業者の判定", EN: "contractor"}, OfCity: {JA: "市の判定", EN: "city"}}
	for _, side := range []Side{OfContractor, OfCity} {
		out = append(out, words[side].In(lang)+": "+m.Total(side).String())
	}
	for _, r := range m.Rows {
		out = append(out, strings.Join([]string{r.Code, Register.Show(r.Requirement, "tag", lang), Register.Show(r.Requirement, "contractor", lang), Register.Show(r.Requirement, "city", lang), r.Text, r.evidence(lang)}, "\t"))
	}
	return out
}
