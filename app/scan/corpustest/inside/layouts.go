package inside

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	"daicho/app/scan/corpustest"
)

// layout writes rows of cells as a file.
type layout struct {
	name, file string
	head       func(column) string // nil: the file has no header
	write      func(f *corpustest.Folder, file string, rows [][]string) error
}

var layouts = []layout{
	{"csv", "list.csv", onPaper, text(nil, commas)},
	{"csv-cp932", "list.csv", onPaper, text(japanese.ShiftJIS, commas)},
	{"csv-euc", "list.csv", onPaper, text(japanese.EUCJP, commas)},
	{"csv-bare", "list.csv", nil, text(nil, commas)},
	{"csv-titled", "list.csv", onPaper, text(nil, titled)},
	{"tabs", "list.txt", onPaper, text(nil, tabs)},
	{"tabs-utf16", "list.txt", onPaper, text(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), tabs)},
	{"blanks", "list.txt", onPaper, text(nil, aligned(" "))},
	{"wide-blanks", "list.txt", onPaper, text(japanese.ShiftJIS, aligned("　"))},
	{"bars", "list.md", onPaper, text(nil, bars)},
	{"single-blanks", "list.txt", onPaper, text(nil, singly)},
	{"json", "list.json", inPrograms, text(nil, objects)},
	{"json-lines", "list.jsonl", inPrograms, text(nil, objectLines)},
	{"xml", "list.xml", inPrograms, text(nil, elements)},
	{"xml-jp", "list.xml", onPaper, text(nil, elements)},
	{"sql", "list.sql", inPrograms, text(nil, inserts)},
	{"html", "list.html", onPaper, text(nil, htmlTable)},
	{"xlsx", "list.xlsx", onPaper, workbook},
	{"ods", "list.ods", onPaper, sheet},
	{"xls", "list.xls", onPaper, sheet},
	{"docx", "list.docx", onPaper, document},
	{"pdf", "list.pdf", onPaper, document},
	{"mail", "list.eml", onPaper, text(nil, mailed)},
	{"cards", "list.txt", onPaper, text(nil, oneBelowAnother)},
}

// text writes what a function makes of the rows in a character set; nil is UTF-8.
func text(charset encoding.Encoding, write func([][]string) string) func(*corpustest.Folder, string, [][]string) error {
	return func(f *corpustest.Folder, file string, rows [][]string) error {
		content := []byte(write(rows))
		if charset != nil {
			var err error
			// EUC-JP and Shift_JIS as x/text has them lack nothing that the names need but 髙 and 﨑 in EUC.
			content, err = encoding.ReplaceUnsupported(charset.NewEncoder()).Bytes(content)
			if err != nil {
				return err
			}
		}
		return f.Write(file, content)
	}
}

func commas(rows [][]string) string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	w.WriteAll(rows)
	return b.String()
}

func titled(rows [][]string) string {
	return "葉月市 対象者一覧,,\r\n作成日,2026/11/20,\r\n,,\r\n" + commas(rows)
}

func tabs(rows [][]string) string { return joined(rows, "\t") }

func joined(rows [][]string, between string) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Join(r, between) + "\n")
	}
	return b.String()
}

func singly(rows [][]string) string { return joined(rows, " ") }

func bars(rows [][]string) string {
	var b strings.Builder
	for i, r := range rows {
		b.WriteString("| " + strings.Join(r, " | ") + " |\n")
		if i == 0 {
			b.WriteString("|" + strings.Repeat("---|", len(r)) + "\n")
		}
	}
	return b.String()
}

// aligned pads cells so that columns stand below each other as a terminal shows
// them; wide blanks fill what they can.
func aligned(blank string) func([][]string) string {
	return func(rows [][]string) string {
		widths := map[int]int{}
		for _, r := range rows {
			for i, c := range r {
				widths[i] = max(widths[i], shown(c))
			}
		}
		var b strings.Builder
		for _, r := range rows {
			for i, c := range r {
				b.WriteString(c)
				gap := widths[i] - shown(c) + 4
				b.WriteString(strings.Repeat(" ", gap%shown(blank)) + strings.Repeat(blank, gap/shown(blank)))
			}
			b.WriteString("\n")
		}
		return b.String()
	}
}

func shown(s string) (columns int) {
	for _, r := range s {
		columns++
		if r > 0xFF {
			columns++
		}
	}
	return columns
}

func objects(rows [][]string) string {
	return "[\n" + strings.ReplaceAll(strings.TrimSpace(objectLines(rows)), "\n", ",\n") + "\n]\n"
}

func objectLines(rows [][]string) string {
	var b strings.Builder
	for _, r := range rows[1:] {
		var fields []string
		for i, c := range r {
			value, _ := json.Marshal(c)
			fields = append(fields, fmt.Sprintf("%q: %s", rows[0][i], value))
		}
		b.WriteString("{" + strings.Join(fields, ", ") + "}\n")
	}
	return b.String()
}

func elements(rows [][]string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n<list>\n")
	for _, r := range rows[1:] {
		b.WriteString("  <record>\n")
		for i, c := range r {
			tag := strings.NewReplacer("（", "_", "）", "", "No.", "番号").Replace(rows[0][i])
			b.WriteString("    <" + tag + ">")
			xml.EscapeText(&b, []byte(c))
			b.WriteString("</" + tag + ">\n")
		}
		b.WriteString("  </record>\n")
	}
	return b.String() + "</list>\n"
}

func inserts(rows [][]string) string {
	var b strings.Builder
	for _, r := range rows[1:] {
		fmt.Fprintf(&b, "INSERT INTO meibo (%s) VALUES ('%s');\n", strings.Join(rows[0], ", "), strings.Join(r, "', '"))
	}
	return b.String()
}

func htmlTable(rows [][]string) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><html><head><title>一覧</title></head><body><table>\n")
	for i, r := range rows {
		tag := "td"
		if i == 0 {
			tag = "th"
		}
		b.WriteString("<tr>")
		for _, c := range r {
			fmt.Fprintf(&b, "<%s>%s</%s>", tag, html.EscapeString(c), tag)
		}
		b.WriteString("</tr>\n")
	}
	return b.String() + "</table></body></html>\n"
}

// oneBelowAnother writes a card for each row: label, colon, value.
func oneBelowAnother(rows [][]string) string {
	var b strings.Builder
	for n, r := range rows[1:] {
		fmt.Fprintf(&b, "――― %d 件目 ―――\n", n+1)
		for i, c := range r {
			b.WriteString(rows[0][i] + "：" + c + "\n")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func mailed(rows [][]string) string {
	return "From: =?UTF-8?B?6YCB5L+h6ICF?= <office@city.example.lg.jp>\r\nTo: <desk@city.example.lg.jp>\r\nSubject: list\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" +
		"お疲れさまです。一覧を送ります。\r\n\r\n" + strings.ReplaceAll(tabs(rows), "\n", "\r\n")
}

func workbook(f *corpustest.Folder, file string, rows [][]string) error {
	x := excelize.NewFile()
	defer x.Close()
	for i, r := range rows {
		if err := x.SetSheetRow("Sheet1", fmt.Sprintf("B%d", i+3), &r); err != nil {
			return err
		}
	}
	if err := x.SetCellValue("Sheet1", "B1", "対象者一覧"); err != nil {
		return err
	}
	return x.SaveAs(f.Path(file))
}

const flat = `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.%s"><office:body><office:%s>%s</office:%s></office:body></office:document>`

func odfTable(rows [][]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<table:table table:name="t1"><table:table-column table:number-columns-repeated="%d"/>`, len(rows[0]))
	for _, r := range rows {
		b.WriteString("<table:table-row>")
		for _, c := range r {
			b.WriteString(`<table:table-cell office:value-type="string"><text:p>` + html.EscapeString(c) + "</text:p></table:table-cell>")
		}
		b.WriteString("</table:table-row>")
	}
	return b.String() + "</table:table>"
}

func paragraphs(lines string) string {
	var b strings.Builder
	for l := range strings.Lines(lines) {
		b.WriteString("<text:p>" + html.EscapeString(strings.TrimSuffix(l, "\n")) + "</text:p>")
	}
	return b.String()
}

func sheet(f *corpustest.Folder, file string, rows [][]string) error {
	return f.Office(fmt.Appendf(nil, flat, "spreadsheet", "spreadsheet", odfTable(rows), "spreadsheet"), ".fods", f.Path(file), "")
}

func document(f *corpustest.Folder, file string, rows [][]string) error {
	return letter(f, file, "令和8年度 対象者一覧\n下記のとおり報告します。\n", odfTable(rows), "")
}

// letter lets LibreOffice write lines and a table.
func letter(f *corpustest.Folder, file, lines, table, password string) error {
	return letterAt(f, f.Path(file), lines, table, password)
}

func letterAt(f *corpustest.Folder, path, lines, table, password string) error {
	return f.Office(fmt.Appendf(nil, flat, "text", "text", paragraphs(lines)+table, "text"), ".fodt", path, password)
}
