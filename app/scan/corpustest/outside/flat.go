package outside

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Flat OpenDocument, as LibreOffice reads it: one XML file.

const flatHead = `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.%s">
`

func escape(s string) string {
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err)
	}
	return strings.ReplaceAll(b.String(), "&#x9;", "<text:tab/>")
}

// letter is the content as a text document.
func (c *content) letter() []byte {
	var body, header strings.Builder
	for i, p := range c.parts {
		switch {
		case p.table != nil:
			writeTable(&body, fmt.Sprintf("T%d", i), p.table)
		case p.place == inHeader:
			fmt.Fprintf(&header, "<text:p>%s</text:p>", escape(p.text))
		case p.place == inFootnote:
			fmt.Fprintf(&body, `<text:p>注<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>%s</text:p></text:note-body></text:note></text:p>`, escape(p.text))
		case p.place == inComment:
			fmt.Fprintf(&body, `<text:p><office:annotation><dc:creator>user</dc:creator><dc:date>2026-04-01T09:00:00</dc:date><text:p>%s</text:p></office:annotation></text:p>`, escape(p.text))
		case p.place == inBox:
			fmt.Fprintf(&body, `<text:p><draw:frame text:anchor-type="paragraph" svg:width="8cm" svg:height="2cm"><draw:text-box><text:p>%s</text:p></draw:text-box></draw:frame></text:p>`, escape(p.text))
		default:
			fmt.Fprintf(&body, "<text:p>%s</text:p>\n", escape(p.text))
		}
	}
	out := fmt.Sprintf(flatHead, "text")
	out += `<office:automatic-styles><style:page-layout style:name="pm1">` + c.paper() + `<style:header-style/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1">`
	if header.Len() > 0 {
		out += "<style:header>" + header.String() + "</style:header>"
	}
	out += "</style:master-page></office:master-styles>"
	return []byte(out + "<office:body><office:text>" + body.String() + "</office:text></office:body></office:document>")
}

// paper is A4 upright, or A3 across if a table has many columns.
func (c *content) paper() string {
	width, height := "21cm", "29.7cm"
	for _, p := range c.parts {
		if len(p.table) > 0 && len(p.table[0]) > 6 {
			width, height = "42cm", "29.7cm"
		}
	}
	return fmt.Sprintf(`<style:page-layout-properties fo:page-width="%s" fo:page-height="%s" fo:margin="1.5cm"/>`, width, height)
}

func writeTable(b *strings.Builder, name string, rows [][]any) {
	columns := 0
	for _, row := range rows {
		columns = max(columns, len(row))
	}
	fmt.Fprintf(b, `<table:table table:name="%s">`, name)
	for i := range columns {
		fmt.Fprintf(b, `<table:table-column table:style-name="w%d"/>`, columnWidth(rows, i))
	}
	for _, row := range rows {
		b.WriteString("<table:table-row>")
		for i := range columns {
			var v any = ""
			if i < len(row) {
				v = row[i]
			}
			writeCell(b, v)
		}
		b.WriteString("</table:table-row>\n")
	}
	b.WriteString("</table:table>\n")
}

// columnWidth is wide enough for every cell of a list, in cm up to 20: what does
// not fit is not printed.
func columnWidth(rows [][]any, column int) int {
	most := 0
	for _, row := range rows {
		if column < len(row) && len(row) > 1 {
			most = max(most, utf8.RuneCountInString(fmt.Sprint(row[column])))
		}
	}
	return min(2+most*2/5, 20)
}

// widths are the styles of columns that are so many cm wide.
var widths = func() string {
	var b strings.Builder
	for cm := range 21 {
		fmt.Fprintf(&b, `<style:style style:name="w%d" style:family="table-column"><style:table-column-properties style:column-width="%dcm"/></style:style>`, cm, cm)
	}
	return b.String()
}()

// days is the style of cells that are dates: 1980/03/02.
const days = `<number:date-style style:name="ymd"><number:year number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:day number:style="long"/></number:date-style><style:style style:name="day" style:family="table-cell" style:data-style-name="ymd"/>`

func writeCell(b *strings.Builder, v any) {
	if d, ok := v.(date); ok {
		fmt.Fprintf(b, `<table:table-cell table:style-name="day" office:value-type="date" office:date-value="%s"><text:p>%s</text:p></table:table-cell>`, d.dashes(), d.slashes())
		return
	}
	s := fmt.Sprint(v)
	if s == "" { // so that a long text to the left shows over it
		b.WriteString("<table:table-cell/>")
		return
	}
	if _, ok := v.(number); ok {
		s = strings.TrimLeft(s, "0")
		fmt.Fprintf(b, `<table:table-cell office:value-type="float" office:value="%s"><text:p>%s</text:p></table:table-cell>`, s, s)
		return
	}
	fmt.Fprintf(b, `<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>`, escape(s))
}

// sheets is the content as a workbook.
func (c *content) sheets() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, flatHead, "spreadsheet")
	b.WriteString(`<office:automatic-styles>` + widths + days + `<style:style style:name="ta0" style:family="table" style:master-page-name="Default"/><style:style style:name="ta1" style:family="table" style:master-page-name="Default"><style:table-properties table:display="false"/></style:style>` +
		`<style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Default" style:page-layout-name="pm1"/></office:master-styles><office:body><office:spreadsheet>`)
	var rows [][]any
	n, style := 1, `table:style-name="ta0" `
	flush := func() {
		if len(rows) == 0 {
			return
		}
		var t strings.Builder
		writeTable(&t, fmt.Sprintf("表%d", n), rows)
		b.WriteString(strings.Replace(t.String(), "<table:table ", "<table:table "+style, 1))
		rows, n = nil, n+1
	}
	for _, p := range c.parts {
		if p.place == nextSheet || p.place == inHidden {
			flush()
			style = `table:style-name="ta0" `
			if p.place == inHidden {
				style = `table:style-name="ta1" `
			}
		}
		if p.table == nil {
			rows = append(rows, []any{p.text})
			continue
		}
		rows = append(append(rows, p.table...), []any{""})
	}
	flush()
	b.WriteString("</office:spreadsheet></office:body></office:document>")
	return []byte(b.String())
}

// slides is the content as a presentation: a slide for every part, what is
// hidden in its notes.
func (c *content) slides() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, flatHead, "presentation")
	b.WriteString(`<office:automatic-styles><style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Default" style:page-layout-name="pm1"/></office:master-styles><office:body><office:presentation>`)
	for i, p := range c.parts {
		fmt.Fprintf(&b, `<draw:page draw:name="p%d" draw:master-page-name="Default">`, i)
		switch {
		case p.table != nil:
			b.WriteString(`<draw:frame svg:x="1cm" svg:y="1cm" svg:width="26cm" svg:height="15cm">`)
			writeTable(&b, fmt.Sprintf("T%d", i), p.table)
			b.WriteString(`</draw:frame>`)
		case p.place == inHidden:
			fmt.Fprintf(&b, `<presentation:notes><draw:frame presentation:class="notes" svg:x="1cm" svg:y="1cm" svg:width="16cm" svg:height="10cm"><draw:text-box><text:p>%s</text:p></draw:text-box></draw:frame></presentation:notes>`, escape(p.text))
		default:
			fmt.Fprintf(&b, `<draw:frame svg:x="1cm" svg:y="1cm" svg:width="26cm" svg:height="3cm"><draw:text-box><text:p>%s</text:p></draw:text-box></draw:frame>`, escape(p.text))
		}
		b.WriteString("</draw:page>\n")
	}
	b.WriteString("</office:presentation></office:body></office:document>")
	return []byte(b.String())
}
