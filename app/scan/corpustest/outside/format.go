package outside

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"path/filepath"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	"daicho/app/scan/corpustest"
)

// encodings are those that files of a city hall have.
var encodings = map[string]encoding.Encoding{
	"utf8": unicode.UTF8, "bom": unicode.UTF8BOM, "cp932": japanese.ShiftJIS, "euc": japanese.EUCJP,
	"jis": japanese.ISO2022JP, "utf16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	"utf16be": unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
}

// encode replaces what the encoding has no code for, as an export does.
func encode(text, as string) []byte {
	out, err := encoding.ReplaceUnsupported(encodings[as].NewEncoder()).Bytes([]byte(text))
	if err != nil {
		panic(err)
	}
	return out
}

// form writes a content into a file of some name.
type form func(f *corpustest.Folder, c *content, file string) error

func text(as, mark string) form {
	return func(f *corpustest.Folder, c *content, file string) error {
		newline := "\n"
		if as == "cp932" || as == "utf16" || as == "bom" {
			newline = "\r\n"
		}
		return f.Write(file, encode(strings.ReplaceAll(c.plainText(mark), "\n", newline), as))
	}
}

// comma writes the tables as CSV, or TSV, with or without the line of titles.
func comma(as string, mark rune, head bool) form {
	return func(f *corpustest.Folder, c *content, file string) error {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Comma, w.UseCRLF = mark, true
		for _, p := range c.parts {
			rows := p.table
			if rows == nil {
				rows = [][]any{{p.text}}
			} else if !head {
				rows = rows[1:]
			}
			for _, row := range rows {
				if err := w.Write(cells(row)); err != nil {
					return err
				}
			}
		}
		w.Flush()
		return f.Write(file, encode(b.String(), as))
	}
}

// office lets LibreOffice write the format of the file's ending.
func office(password string) form {
	return func(f *corpustest.Folder, c *content, file string) error {
		switch filepath.Ext(file) {
		case ".xlsx", ".xls", ".ods":
			return f.Office(c.sheets(), ".fods", f.Path(file), password)
		case ".pptx", ".ppt", ".odp":
			return f.Office(c.slides(), ".fodp", f.Path(file), password)
		default:
			return f.Office(c.letter(), ".fodt", f.Path(file), password)
		}
	}
}

// printed is a PDF of a spreadsheet.
func printed(f *corpustest.Folder, c *content, file string) error {
	return f.Office(c.sheets(), ".fods", f.Path(file), "")
}

// excel writes a workbook with excelize: text and number cells, comments, a hidden
// sheet, and encrypted if there is a password.
func excel(password string) form {
	return func(f *corpustest.Folder, c *content, file string) error {
		book := excelize.NewFile()
		defer book.Close()
		sheet, row, sheets := "Sheet1", 1, 1
		for _, p := range c.parts {
			if p.place == nextSheet || p.place == inHidden {
				sheets++
				sheet, row = fmt.Sprintf("Sheet%d", sheets), 1
				if _, err := book.NewSheet(sheet); err != nil {
					return err
				}
				if p.place == inHidden {
					if err := book.SetSheetVisible(sheet, false); err != nil {
						return err
					}
				}
			}
			if err := fill(book, sheet, &row, p); err != nil {
				return err
			}
		}
		return book.SaveAs(f.Path(file), excelize.Options{Password: password})
	}
}

func fill(book *excelize.File, sheet string, row *int, p part) error {
	if p.place == inComment {
		return book.AddComment(sheet, excelize.Comment{Cell: fmt.Sprintf("B%d", *row), Author: "user", Paragraph: []excelize.RichTextRun{{Text: p.text}}})
	}
	table := p.table
	if table == nil {
		table = [][]any{{p.text}}
	}
	for _, cells := range table {
		for i, v := range cells {
			cell, err := excelize.CoordinatesToCellName(i+1, *row)
			if err != nil {
				return err
			}
			if n, ok := v.(number); ok {
				err = book.SetCellDefault(sheet, cell, strings.TrimLeft(string(n), "0"))
			} else {
				err = book.SetCellStr(sheet, cell, fmt.Sprint(v))
			}
			if err != nil {
				return err
			}
		}
		*row++
	}
	*row++
	return nil
}

// objects writes the first table as JSON, an object for every row.
func objects(f *corpustest.Folder, c *content, file string) error {
	table := c.firstTable()
	var all []map[string]string
	for _, row := range table[1:] {
		o := map[string]string{}
		for i, v := range row {
			o[fmt.Sprint(table[0][i])] = fmt.Sprint(v)
		}
		all = append(all, o)
	}
	out, err := json.MarshalIndent(map[string]any{"title": c.title, "items": all}, "", "  ")
	if err != nil {
		return err
	}
	return f.Write(file, out)
}

// elements writes the first table as XML.
func elements(f *corpustest.Folder, c *content, file string) error {
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<一覧>\n")
	table := c.firstTable()
	for _, row := range table[1:] {
		b.WriteString(" <行>\n")
		for i, v := range row {
			tag := strings.NewReplacer("（", "_", "）", "", " ", "", "・", "").Replace(fmt.Sprint(table[0][i]))
			fmt.Fprintf(&b, "  <%s>", tag)
			if err := xml.EscapeText(&b, []byte(fmt.Sprint(v))); err != nil {
				return err
			}
			fmt.Fprintf(&b, "</%s>\n", tag)
		}
		b.WriteString(" </行>\n")
	}
	b.WriteString("</一覧>\n")
	return f.Write(file, []byte(b.String()))
}

// inserts writes the first table as a dump of a database.
func (c *content) inserts(name string) string {
	var b strings.Builder
	table := c.firstTable()
	quoted := func(row []any) (q []string) {
		for _, v := range cells(row) {
			q = append(q, "'"+strings.ReplaceAll(v, "'", "''")+"'")
		}
		return q
	}
	var columns []string
	for _, h := range cells(table[0]) {
		columns = append(columns, `"`+h+`"`)
	}
	fmt.Fprintf(&b, "CREATE TABLE %s (%s TEXT);\n", name, strings.Join(columns, " TEXT, "))
	for _, row := range table[1:] {
		fmt.Fprintf(&b, "INSERT INTO %s (%s) VALUES (%s);\n", name, strings.Join(columns, ", "), strings.Join(quoted(row), ", "))
	}
	return b.String()
}

func dump(as string) form {
	return func(f *corpustest.Folder, c *content, file string) error {
		return f.Write(file, encode("-- dump\nBEGIN;\n"+c.inserts("t_data")+"COMMIT;\n", as))
	}
}

func sqlite(f *corpustest.Folder, c *content, file string) error {
	return f.Feed([]byte(c.inserts("t_data")), "sqlite3", f.Path(file))
}

// page writes HTML as a web system does.
func page(as string) form {
	return func(f *corpustest.Folder, c *content, file string) error {
		var b strings.Builder
		fmt.Fprintf(&b, "<!DOCTYPE html><html><head><meta charset=\"%s\"><title>%s</title><style>td{font-size:12px}</style></head><body>\n",
			map[string]string{"utf8": "utf-8", "cp932": "Shift_JIS", "euc": "EUC-JP"}[as], html.EscapeString(c.title))
		for _, p := range c.parts {
			if p.table == nil {
				fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(p.text))
				continue
			}
			b.WriteString("<table>\n")
			for _, row := range p.table {
				b.WriteString("<tr>")
				for _, v := range cells(row) {
					fmt.Fprintf(&b, "<td>%s</td>", html.EscapeString(v))
				}
				b.WriteString("</tr>\n")
			}
			b.WriteString("</table>\n")
		}
		b.WriteString("</body></html>\n")
		return f.Write(file, encode(b.String(), as))
	}
}

// attachment is a file that goes with a mail.
type attachment struct {
	name    string
	content []byte
}

// mail is a message as a mail program keeps it. Headers are of the content's own.
func message(as, from, to, subject, body string, files ...attachment) []byte {
	charset := map[string]string{"jis": "ISO-2022-JP", "utf8": "UTF-8"}[as]
	word := func(s string) string {
		return "=?" + charset + "?B?" + base64.StdEncoding.EncodeToString(encode(s, as)) + "?="
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "From: %s\r\nTo: %s\r\nSubject: %s\r\nDate: Mon, 06 Apr 2026 09:15:00 +0900\r\nMIME-Version: 1.0\r\n", from, to, word(subject))
	part := fmt.Sprintf("Content-Type: text/plain; charset=%s\r\nContent-Transfer-Encoding: %s\r\n\r\n", charset, map[string]string{"jis": "7bit", "utf8": "base64"}[as])
	text := encode(strings.ReplaceAll(body, "\n", "\r\n"), as)
	if as == "utf8" {
		text = folded(text)
	}
	if len(files) == 0 {
		b.WriteString(part)
		b.Write(text)
		b.WriteString("\r\n")
		return b.Bytes()
	}
	b.WriteString("Content-Type: multipart/mixed; boundary=\"=_part\"\r\n\r\n--=_part\r\n" + part)
	b.Write(text)
	for _, a := range files {
		fmt.Fprintf(&b, "\r\n--=_part\r\nContent-Type: application/octet-stream; name=\"%s\"\r\nContent-Disposition: attachment; filename=\"%s\"\r\nContent-Transfer-Encoding: base64\r\n\r\n", word(a.name), word(a.name))
		b.Write(folded(a.content))
	}
	b.WriteString("\r\n--=_part--\r\n")
	return b.Bytes()
}

func folded(content []byte) []byte {
	s := base64.StdEncoding.EncodeToString(content)
	var b bytes.Buffer
	for len(s) > 76 {
		b.WriteString(s[:76] + "\r\n")
		s = s[76:]
	}
	b.WriteString(s + "\r\n")
	return b.Bytes()
}

// protectSheet writes a workbook whose sheet and structure may not be changed:
// it opens without a password.
func protectSheet(f *corpustest.Folder, c *content, file string) error {
	if err := excel("")(f, c, file); err != nil {
		return err
	}
	book, err := excelize.OpenFile(f.Path(file))
	if err != nil {
		return err
	}
	defer book.Close()
	if err := book.ProtectSheet("Sheet1", &excelize.SheetProtectionOptions{Password: password}); err != nil {
		return err
	}
	if err := book.ProtectWorkbook(&excelize.WorkbookProtectionOptions{Password: password, LockStructure: true}); err != nil {
		return err
	}
	return book.Save()
}
