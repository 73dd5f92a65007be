package municipal

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"

	"daicho/app/scan/corpustest"
)

// form writes a paper into a file.
type form func(to *corpustest.Folder, p *paper, name string) error

// plainRow are the cells of a row as text; what a span covers is empty.
func plainRow(row []any) (cells []string) {
	for _, v := range row {
		switch v := v.(type) {
		case nil:
			cells = append(cells, "")
		case span:
			cells = append(cells, v.text)
		default:
			cells = append(cells, fmt.Sprint(v))
		}
	}
	return cells
}

func inCP932(text string) []byte {
	out, err := encoding.ReplaceUnsupported(japanese.ShiftJIS.NewEncoder()).Bytes([]byte(strings.ReplaceAll(text, "\n", "\r\n")))
	if err != nil {
		panic(err)
	}
	return out
}

func inUTF8(text string) []byte { return []byte(text) }

// separated writes all tables with commas, or other marks, and every line of text as a row.
func separated(mark rune, as func(string) []byte) form {
	return func(to *corpustest.Folder, p *paper, name string) error {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Comma = mark
		for _, part := range p.parts {
			if part.table == nil {
				part.table = [][]any{{part.text}}
			}
			for _, row := range part.table {
				if err := w.Write(plainRow(row)); err != nil {
					return err
				}
			}
		}
		w.Flush()
		return to.Write(name, as(b.String()))
	}
}

// typed is text as somebody types it.
func typed(as func(string) []byte) form {
	return func(to *corpustest.Folder, p *paper, name string) error { return to.Write(name, as(p.typed())) }
}

func (p *paper) typed() string {
	var b strings.Builder
	for _, part := range p.parts {
		if part.table == nil {
			b.WriteString(part.text + "\n")
		}
		for _, row := range part.table {
			b.WriteString(strings.TrimRight(strings.Join(plainRow(row), "　"), "　") + "\n")
		}
	}
	return b.String()
}

// mailed is a mail with the paper as its body. The addresses are counted by the layout.
func mailed(from, to, subject string) form {
	return func(folder *corpustest.Folder, p *paper, name string) error {
		word := func(s string) string { return "=?UTF-8?B?" + base64.StdEncoding.EncodeToString([]byte(s)) + "?=" }
		body := base64.StdEncoding.EncodeToString([]byte(strings.ReplaceAll(p.typed(), "\n", "\r\n")))
		var b bytes.Buffer
		fmt.Fprintf(&b, "From: %s\r\nTo: %s\r\nSubject: %s\r\nDate: Fri, 20 Nov 2026 10:12:00 +0900\r\nMIME-Version: 1.0\r\n"+
			"Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n", from, to, word(subject))
		for ; len(body) > 76; body = body[76:] {
			b.WriteString(body[:76] + "\r\n")
		}
		b.WriteString(body + "\r\n")
		return folder.Write(name, b.Bytes())
	}
}

// records writes the first table as JSON, an object for each row below the last head.
func records(to *corpustest.Folder, p *paper, name string) error {
	table := p.parts[0].table
	var all []map[string]string
	for _, row := range table[1:] {
		object := map[string]string{}
		for i, v := range plainRow(row) {
			object[fmt.Sprint(table[0][i])] = v
		}
		all = append(all, object)
	}
	out, err := json.MarshalIndent(map[string]any{"records": all}, "", " ")
	if err != nil {
		return err
	}
	return to.Write(name, out)
}

// book writes a workbook with merged cells by excelize.
func book(to *corpustest.Folder, p *paper, name string) error {
	x := excelize.NewFile()
	defer x.Close()
	sheet, row := "Sheet1", 1
	for _, part := range p.parts {
		if part.sheet {
			sheet, row = fmt.Sprintf("Sheet%d", len(x.GetSheetList())+1), 1
			if _, err := x.NewSheet(sheet); err != nil {
				return err
			}
		}
		if part.table == nil {
			part.table = [][]any{{part.text}}
		}
		for _, cells := range part.table {
			if err := fill(x, sheet, row, cells); err != nil {
				return err
			}
			row++
		}
	}
	return x.SaveAs(to.Path(name))
}

func fill(x *excelize.File, sheet string, row int, cells []any) error {
	for i, v := range cells {
		at, err := excelize.CoordinatesToCellName(i+1, row)
		if err != nil {
			return err
		}
		switch v := v.(type) {
		case nil:
		case span:
			var end string
			if end, err = excelize.CoordinatesToCellName(i+v.across, row+v.down-1); err == nil {
				err = x.MergeCell(sheet, at, end)
			}
			if err == nil {
				err = x.SetCellStr(sheet, at, v.text)
			}
		case number:
			err = x.SetCellDefault(sheet, at, string(v))
		default:
			err = x.SetCellStr(sheet, at, fmt.Sprint(v))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// office lets LibreOffice write a document of text, or a workbook where the name says so.
func office(to *corpustest.Folder, p *paper, name string) error {
	switch filepath.Ext(name) {
	case ".xls", ".ods", ".xlsx":
		return to.Office(p.flatSheets(), ".fods", to.Path(name), "")
	}
	return to.Office(p.flatText(), ".fodt", to.Path(name), "")
}

// printed is the PDF of a workbook.
func printed(to *corpustest.Folder, p *paper, name string) error {
	return to.Office(p.flatSheets(), ".fods", to.Path(name), "")
}

const flatHead = `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.%s"><office:automatic-styles>`

func escaped(s string) string {
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err)
	}
	return b.String()
}

const across = `<style:page-layout style:name="a"><style:page-layout-properties fo:page-width="42cm" fo:page-height="29.7cm" fo:margin="1cm" style:print-orientation="landscape" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="%s" style:page-layout-name="a"/></office:master-styles>`

func (p *paper) flatText() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, flatHead, "text")
	fmt.Fprintf(&b, across+"<office:body><office:text>", "Standard")
	for _, part := range p.parts {
		if part.table == nil {
			fmt.Fprintf(&b, "<text:p>%s</text:p>", escaped(part.text))
			continue
		}
		flatTable(&b, part.table, "")
	}
	return []byte(b.String() + "</office:text></office:body></office:document>")
}

func (p *paper) flatSheets() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, flatHead, "spreadsheet")
	for cm := 1; cm <= 20; cm++ {
		fmt.Fprintf(&b, `<style:style style:name="w%d" style:family="table-column"><style:table-column-properties style:column-width="%dcm"/></style:style>`, cm, cm)
	}
	b.WriteString(`<style:style style:name="s" style:family="table" style:master-page-name="Default"/>`)
	fmt.Fprintf(&b, across+"<office:body><office:spreadsheet>", "Default")
	var all [][]any
	for i, part := range p.parts {
		if part.sheet && i > 0 {
			flatTable(&b, all, ` table:style-name="s"`)
			all = nil
		}
		if part.table == nil {
			part.table = [][]any{{part.text}}
		}
		all = append(all, part.table...)
	}
	flatTable(&b, all, ` table:style-name="s"`)
	return []byte(b.String() + "</office:spreadsheet></office:body></office:document>")
}

// flatTable writes rows with their spans; a column is as wide as its longest cell.
func flatTable(b *strings.Builder, table [][]any, attr string) {
	widest := []int{}
	for _, row := range table {
		for i, v := range row {
			if i == len(widest) {
				widest = append(widest, 0)
			}
			if _, ok := v.(span); !ok && len(row) > 1 {
				widest[i] = max(widest[i], utf8.RuneCountInString(plainRow(row)[i]))
			}
		}
	}
	fmt.Fprintf(b, `<table:table table:name="t%d"%s>`, b.Len(), attr)
	for _, n := range widest {
		fmt.Fprintf(b, `<table:table-column table:style-name="w%d"/>`, min(2+n/2, 20))
	}
	covered := map[[2]int]bool{}
	for y, row := range table {
		b.WriteString("<table:table-row>")
		for x := range widest {
			var v any
			if x < len(row) {
				v = row[x]
			}
			flatCell(b, v, covered, x, y)
		}
		b.WriteString("</table:table-row>\n")
	}
	b.WriteString("</table:table>\n")
}

func flatCell(b *strings.Builder, v any, covered map[[2]int]bool, x, y int) {
	switch v := v.(type) {
	case nil:
		if covered[[2]int{x, y}] {
			b.WriteString("<table:covered-table-cell/>")
		} else {
			b.WriteString("<table:table-cell/>")
		}
	case span:
		for dx := range v.across {
			for dy := range v.down {
				covered[[2]int{x + dx, y + dy}] = true
			}
		}
		fmt.Fprintf(b, `<table:table-cell table:number-columns-spanned="%d" table:number-rows-spanned="%d" office:value-type="string"><text:p>%s</text:p></table:table-cell>`, v.across, v.down, escaped(v.text))
	case number:
		fmt.Fprintf(b, `<table:table-cell office:value-type="float" office:value="%s"><text:p>%s</text:p></table:table-cell>`, v, v)
	default:
		text := strings.ReplaceAll(escaped(fmt.Sprint(v)), "&#xA;", "</text:p><text:p>")
		fmt.Fprintf(b, `<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>`, text)
	}
}

// htmlPage is what a web system shows, with its spans.
func htmlPage(to *corpustest.Folder, p *paper, name string) error {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>一覧</title></head><body>\n")
	for _, part := range p.parts {
		if part.table == nil {
			fmt.Fprintf(&b, "<p>%s</p>\n", escaped(part.text))
			continue
		}
		b.WriteString("<table>\n")
		for _, row := range part.table {
			b.WriteString("<tr>")
			for _, v := range row {
				switch v := v.(type) {
				case nil:
				case span:
					fmt.Fprintf(&b, `<th colspan="%d" rowspan="%d">%s</th>`, v.across, v.down, escaped(v.text))
				default:
					fmt.Fprintf(&b, "<td>%s</td>", escaped(fmt.Sprint(v)))
				}
			}
			b.WriteString("</tr>\n")
		}
		b.WriteString("</table>\n")
	}
	return to.Write(name, []byte(b.String()+"</body></html>\n"))
}
