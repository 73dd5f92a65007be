package pdf

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// textOf is a page as lines, with | between cells.
func textOf(p Page) string { return shown(p.Lines) }

func shown(lines []Line) string {
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = strings.ReplaceAll(l.Text, string(Cell), "|")
	}
	return strings.Join(texts, "\n")
}

// at is a text in letters of ten points at a place in letters.
func at(x, y float32, text string) run {
	n := float32(0)
	for _, c := range text {
		if n++; c < 0x80 {
			n -= 0.5
		}
	}
	return run{text: text, left: 10 * x, right: 10 * (x + n), bottom: 10 * y, top: 10*y + 10, broken: true}
}

func TestArranged(t *testing.T) {
	spaced := func(r run) run { r.glued, r.broken = true, false; return r }
	narrow := func(r run) run { r.right = r.left + 3; return r }
	prose := func(x float32) (runs []run) {
		for y := range 12 {
			runs = append(runs, at(x, float32(40-y), strings.Repeat("文", 20)))
		}
		return runs
	}
	for name, c := range map[string]struct {
		runs []run
		want string
	}{
		"column by column": {[]run{at(0, 9, "氏名"), at(0, 7, "葉月"), at(0, 5, "見本"), at(9, 9, "電話"), at(9, 7, "123"), at(9, 5, "456")},
			"氏名|電話\n葉月|123\n見本|456"},
		"a date in pieces": {[]run{at(0, 9, "29"), at(1, 9, "年"), at(2, 9, "3"), at(2.5, 9, "月")}, "29年3月"},
		"words":            {[]run{at(0, 9, "My"), spaced(at(1.3, 9, "name")), spaced(at(3.6, 9, "is"))}, "My name is"},
		"letters of other sizes stand on one line": {[]run{at(0, 9, "題"), {text: "1", left: 40, right: 43, bottom: 91, top: 96, broken: true}}, "題|1"},
		"full cells": {[]run{at(0, 9, "甲"), at(5.5, 9, "乙"), at(0, 7, "甲甲甲甲甲"), at(5.5, 7, "乙"), at(0, 5, "甲甲"), at(5.5, 5, "乙"), at(0, 3, "甲甲"), at(5.5, 3, "乙")},
			"甲|乙\n甲甲甲甲甲|乙\n甲甲|乙\n甲甲|乙"},
		"a cell set at its top": {[]run{at(0, 9, "葉月"), at(5, 9, "一丁目"), at(12, 9, "1"), at(5, 7.8, "二番"), at(0, 6, "見本"), at(5, 6, "三丁目"), at(12, 6, "2"), at(5, 4.8, "四番")},
			"葉月|一丁目|1\n|二番|\n見本|三丁目|2\n|四番|"},
		"a cell set at its end": {[]run{at(5, 9, "一丁目"), at(0, 7.8, "葉月"), at(5, 7.8, "二番"), at(12, 7.8, "1"), at(5, 6, "三丁目"), at(0, 4.8, "見本"), at(5, 4.8, "四番"), at(12, 4.8, "2")},
			"一丁目\n葉月|二番|1\n|三丁目|\n見本|四番|2"},
		"names with a wide space left out": {[]run{at(0, 9, "甲"), at(3, 9, "葉月"), at(6, 9, "見本"), at(0, 7, "乙"), at(3, 7, "如月"), at(6, 7, "弥"), at(0, 5, "丙"), at(3, 5, "水無瀬"), at(7, 5, "文月"), at(0, 3, "丁"), at(3, 3, "卯月"), at(6, 3, "皐")},
			"甲|葉月 見本\n乙|如月 弥\n丙|水無瀬 文月\n丁|卯月 皐"},
		"names with a wide space too narrow": {[]run{at(0, 9, "葉月"), spaced(narrow(at(2, 9, "　"))), spaced(at(3, 9, "見本")), at(0, 7, "如月"), spaced(narrow(at(2, 7, "　"))), spaced(at(3, 7, "弥")), at(0, 5, "卯月"), spaced(narrow(at(2, 5, "　"))), spaced(at(3, 5, "皐"))},
			"葉月 　 見本\n如月 　 弥\n卯月 　 皐"},
		"full cells beside a wide space": {[]run{at(0, 9, "甲甲"), at(3, 9, "乙"), at(0, 7, "甲"), at(3, 7, "乙乙"), at(0, 5, "甲甲"), at(3, 5, "乙")},
			"甲甲|乙\n甲|乙乙\n甲甲|乙"},
		"numbers set to the right": {[]run{at(1, 9, "番"), at(3.2, 9, "氏名"), at(2.5, 7, "1"), at(3.2, 7, "葉月"), at(2, 5, "20"), at(3.2, 5, "見本"), at(2.5, 3, "3"), at(3.2, 3, "如月")},
			"番|氏名\n1|葉月\n20|見本\n3|如月"},
		"days below each other": {[]run{at(0, 9, "12"), at(1.3, 9, "月"), at(2.6, 9, "3"), at(3.4, 9, "日"), at(0, 7, "11"), at(1.3, 7, "月"), at(2.6, 7, "4"), at(3.4, 7, "日"), at(0, 5, "10"), at(1.3, 5, "月"), at(2.6, 5, "5"), at(3.4, 5, "日")},
			"12 月 3 日\n11 月 4 日\n10 月 5 日"},
		"a heading whose first cell is empty": {[]run{at(0, 9, "題"), at(3, 7, "氏名"), at(9, 7, "電話"), at(0, 5, "1"), at(3, 5, "葉月見本"), at(9, 5, "123"), at(0, 3, "2"), at(3, 3, "如月"), at(9, 3, "456")},
			"題\n|氏名|電話\n1|葉月見本|123\n2|如月|456"},
		"a heading over several columns": {[]run{at(0, 7, "甲甲甲甲甲甲甲"), at(12, 7, "乙"), at(0, 5, "1"), at(4, 5, "2"), at(12, 5, "3")},
			"甲甲甲甲甲甲甲|乙\n1|2|3"},
		"indented":         {[]run{at(0, 9, "　"), at(3, 9, "葉月"), at(9, 9, "123")}, "　葉月|123"},
		"columns of prose": {append(prose(0), prose(22)...), strings.TrimSuffix(strings.Repeat(strings.Repeat("文", 20)+"\n", 24), "\n")},
		"from the top down": {[]run{{text: "縦書", left: 90, right: 100, bottom: 80, top: 100}, {text: "二行目", left: 70, right: 80, bottom: 70, top: 100, broken: true}},
			"縦書\n二行目"},
	} {
		if got := shown(arranged(c.runs)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestNothingIsLost: wherever runs stand, each is told once.
func TestNothingIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		place := rapid.Float32Range(-300, 300)
		var runs []run
		for i := range rapid.IntRange(0, 40).Draw(t, "runs") {
			x, y := place.Draw(t, "x"), place.Draw(t, "y")
			runs = append(runs, run{text: fmt.Sprintf("<%d>", i), left: x, right: x + rapid.Float32Range(0, 90).Draw(t, "width"),
				bottom: y, top: y + rapid.Float32Range(0, 30).Draw(t, "height"), glued: rapid.Bool().Draw(t, "glued"), broken: rapid.Bool().Draw(t, "broken")})
		}
		text := shown(arranged(runs))
		for _, r := range runs {
			if strings.Count(text, r.text) != 1 {
				t.Fatalf("%s is told %d times in %q", r.text, strings.Count(text, r.text), text)
			}
		}
	})
}

// TestColumnsOfPages: a page that draws its columns one by one, upright and turned
// as lists on wide paper are.
func TestColumnsOfPages(t *testing.T) {
	for turn, matrix := range map[int]string{0: "1 0 0 1 50 700", 90: "0 1 -1 0 100 50", 180: "-1 0 0 -1 500 100", 270: "0 -1 1 0 100 700"} {
		d := open(t, context.Background(), pdfOf("<</Type/Catalog/Pages 2 0 R>>", pages,
			fmt.Sprintf("<</Type/Page/Parent 2 0 R/Rotate %d/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>", turn),
			stream("", matrix+" cm BT /F 12 Tf 0 0 Td (name) Tj 0 -20 Td (Hazuki) Tj ET BT /F 12 Tf 120 0 Td (phone) Tj 0 -20 Td (123) Tj ET"),
			"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"))
		p, err := d.Page(0)
		if err != nil || textOf(p) != "name|phone\nHazuki|123" {
			t.Errorf("turned by %d: %q (%v)", turn, textOf(p), err)
		}
	}
}
