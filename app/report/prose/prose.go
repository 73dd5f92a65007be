// Package prose turns the text of a document as people type it, in a small part of
// Markdown, into blocks of package report: headings, lists, tables, and paragraphs
// that begin a blank in, as Japanese letters do.
//
// Use it for texts of our own registers. It knows no links, pictures or HTML: what it
// does not know stands on the paper as it was typed, and nothing is left out.
package prose

import (
	"strings"
	"unicode/utf8"

	"daicho/app/report"
)

// Blocks are the text as it is printed. A line 記 alone stands in the middle, and 以上
// alone at the right.
func Blocks(text string) (blocks []report.Block) {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for len(lines) > 0 {
		b, taken := first(lines)
		if lines = lines[taken:]; b != nil {
			blocks = append(blocks, b)
		}
	}
	return blocks
}

// first is the block that lines begin with, and how many of them it takes; nil for an
// empty line.
func first(lines []string) (report.Block, int) {
	line := strings.TrimSpace(lines[0])
	switch {
	case line == "":
		return nil, 1
	case line == "記":
		return report.Paragraph{Text: line, Style: report.Centre}, 1
	case line == "以上":
		return report.Paragraph{Text: line, Style: report.Right}, 1
	case strings.HasPrefix(line, "|"):
		return table(lines)
	}
	if level, text := heading(line); level > 0 {
		return report.Heading{Level: level, Text: text}, 1
	}
	return paragraph(lines)
}

// heading reads # to ####; 0 for what is none.
func heading(line string) (level int, text string) {
	rest := strings.TrimLeft(line, "#")
	level = len(line) - len(rest)
	if level == 0 || level > 4 || !strings.HasPrefix(rest, " ") {
		return 0, ""
	}
	return level, strings.TrimSpace(rest)
}

// paragraph takes lines to the next empty one, or to what is no paragraph. Lines
// stay lines, as they were typed.
func paragraph(lines []string) (report.Block, int) {
	var text []string
	for _, line := range lines {
		t := strings.TrimSpace(line)
		level, _ := heading(t)
		if t == "" || level > 0 || strings.HasPrefix(t, "|") || t == "記" || t == "以上" {
			break
		}
		text = append(text, indented(line))
	}
	return report.Paragraph{Text: strings.Join(text, "\n")}, len(text)
}

// indented begins a line a blank in, and gives items of lists their mark.
func indented(line string) string {
	text := strings.TrimLeft(line, " \t")
	depth := strings.Repeat("　", (len(line)-len(text))/2)
	for _, mark := range []string{"- ", "* ", "+ "} {
		if rest, is := strings.CutPrefix(text, mark); is {
			return depth + "　・" + rest
		}
	}
	if strings.HasPrefix(text, "　") {
		return text
	}
	return depth + "　" + text
}

// table takes lines that begin with a bar. The line below the head only rules it.
func table(lines []string) (report.Block, int) {
	var t report.Table
	n := 0
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "|") {
			break
		}
		n++
		switch row := cells(line); {
		case n == 1:
			for _, title := range row {
				t.Columns = append(t.Columns, report.Column{Title: title})
			}
		case n == 2 && strings.Trim(line, "|-: ") == "":
		default:
			t.Rows = append(t.Rows, fitted(row, len(t.Columns)))
		}
	}
	for i := range t.Columns {
		t.Columns[i].Weight = weight(t, i)
	}
	return t, n
}

// weight gives a column room by its longest cell, but none is lost beside a long one.
func weight(t report.Table, column int) float64 {
	longest := utf8.RuneCountInString(t.Columns[column].Title)
	for _, row := range t.Rows {
		if column < len(row) {
			longest = max(longest, utf8.RuneCountInString(row[column]))
		}
	}
	return float64(min(max(longest, 5), 40))
}

// cells are what stands between the bars of a line; \| is a bar.
func cells(line string) (row []string) {
	const bar = "\x00"
	line = strings.ReplaceAll(line, `\|`, bar)
	line = strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|")
	for cell := range strings.SplitSeq(line, "|") {
		row = append(row, strings.TrimSpace(strings.ReplaceAll(cell, bar, "|")))
	}
	return row
}

// fitted puts what has no column into the last one.
func fitted(row []string, columns int) []string {
	if len(row) <= columns {
		return row
	}
	return append(row[:columns-1:columns-1], strings.Join(row[columns-1:], " | "))
}
