package prose_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	"daicho/app/report"
	"daicho/app/report/prose"
)

func TestBlocks(t *testing.T) {
	for _, c := range []struct {
		text string
		want []report.Block
	}{
		{"", nil},
		{"一行目\n二行目\n\n次の段落", []report.Block{report.Paragraph{Text: "　一行目\n　二行目"}, report.Paragraph{Text: "　次の段落"}}},
		{"# 目的\n本文\n## 範囲", []report.Block{report.Heading{Level: 1, Text: "目的"}, report.Paragraph{Text: "　本文"}, report.Heading{Level: 2, Text: "範囲"}}},
		{"#目的\n##### 深い", []report.Block{report.Paragraph{Text: "　#目的\n　##### 深い"}}},
		{"- 一\n- 二\n  - 二の一", []report.Block{report.Paragraph{Text: "　・一\n　・二\n　　・二の一"}}},
		{"下記のとおり。\n記\n1 日時\n以上", []report.Block{report.Paragraph{Text: "　下記のとおり。"}, report.Paragraph{Text: "記", Style: report.Centre},
			report.Paragraph{Text: "　1 日時"}, report.Paragraph{Text: "以上", Style: report.Right}}},
		{"| 項目 | 値 |\n|---|---:|\n| 甲\\|乙 | 1 | 2 |\n| 丙 |", []report.Block{report.Table{
			Columns: []report.Column{{Title: "項目", Weight: 5}, {Title: "値", Weight: 5}}, Rows: [][]string{{"甲|乙", "1 | 2"}, {"丙"}}}}},
		{"　全角で字下げ済み", []report.Block{report.Paragraph{Text: "　全角で字下げ済み"}}},
		{"改行\r\n二行", []report.Block{report.Paragraph{Text: "　改行\n　二行"}}},
	} {
		if got := prose.Blocks(c.text); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: %#v", c.text, got)
		}
	}
}

// FuzzBlocks: whatever is typed can be printed, and no letter or digit of it is lost.
func FuzzBlocks(f *testing.F) {
	for _, s := range []string{"", "# a\n| b | c |\n|--|\n- d", "|", "||\n|x|y|z|", "記\n以上", "\\|", "####"} {
		f.Add(s)
	}
	letters := func(s string) (n int) {
		for _, r := range s {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				n++
			}
		}
		return n
	}
	f.Fuzz(func(t *testing.T, text string) {
		blocks := prose.Blocks(text)
		doc := report.Document{Made: time.Unix(1, 0), Blocks: blocks}
		if err := doc.Check(); err != nil {
			t.Fatal(err)
		}
		var shown strings.Builder
		for _, b := range blocks {
			switch b := b.(type) {
			case report.Paragraph:
				shown.WriteString(b.Text)
			case report.Heading:
				shown.WriteString(b.Text)
			case report.Table:
				fmt.Fprint(&shown, b.Columns, b.Rows)
			}
		}
		if got, want := letters(shown.String()), letters(text); got < want {
			t.Errorf("%d of %d letters", got, want)
		}
	})
}
