package demo

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// sheet is one sheet of a workbook.
type sheet struct {
	name   string
	cells  table
	change func(f *excelize.File, name string) error
}

func hideSheet(f *excelize.File, name string) error { return f.SetSheetVisible(name, false) }

func workbook(sheets ...sheet) content {
	return func() ([]byte, error) {
		f := excelize.NewFile()
		defer f.Close()
		for i, s := range sheets {
			if err := s.addTo(f, i == 0); err != nil {
				return nil, err
			}
		}
		b, err := f.WriteToBuffer()
		if err != nil {
			return nil, err
		}
		return b.Bytes(), nil
	}
}

func (s sheet) addTo(f *excelize.File, first bool) error {
	if first {
		if err := f.SetSheetName("Sheet1", s.name); err != nil {
			return err
		}
	} else if _, err := f.NewSheet(s.name); err != nil {
		return err
	}
	for r, row := range s.cells {
		for c, value := range row {
			cell, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				return err
			}
			if err := f.SetCellValue(s.name, cell, asTyped(value)); err != nil {
				return err
			}
		}
	}
	if s.change == nil {
		return nil
	}
	return s.change(f, s.name)
}

// asTyped turns digits into a number, as typing them into a cell does: leading
// zeros are lost.
func asTyped(value string) any {
	if n, err := strconv.Atoi(value); err == nil {
		return n
	}
	return value
}

const (
	xmlHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	relsType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	wordNS   = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	slideNS  = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"`
)

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder takes everything
	return b.String()
}

// part is one part of an Office document: path, content type, XML.
type part struct{ name, contentType, xml string }

// office packs parts with their list of content types.
func office(parts []part) content {
	types := `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`
	var all fold
	for _, p := range parts {
		if p.contentType != "" {
			types += fmt.Sprintf(`<Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.%s+xml"/>`, p.name, p.contentType)
		}
		all = append(all, entry{p.name, text(xmlHead + p.xml)})
	}
	types += `</Types>`
	return plainZip(append(fold{entry{"[Content_Types].xml", text(xmlHead + types)}}, all...), false)
}

// rels writes a relationships part; targets[i] gets the id rId<i+1>.
func rels(name string, targets ...[2]string) part {
	s := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	for i, t := range targets {
		s += fmt.Sprintf(`<Relationship Id="rId%d" Type="%s%s" Target="%s"/>`, i+1, relsType, t[0], t[1])
	}
	return part{name, "", s + `</Relationships>`}
}

// document makes a docx.
func document(b body) content {
	s := `<w:document ` + wordNS + `><w:body>`
	for _, block := range b {
		switch block := block.(type) {
		case string:
			s += paragraph(block)
		case table:
			s += wordTable(block)
		}
	}
	s += `<w:sectPr/></w:body></w:document>`
	return office([]part{
		rels("_rels/.rels", [2]string{"officeDocument", "word/document.xml"}),
		{"word/document.xml", "wordprocessingml.document.main", s},
	})
}

func paragraph(s string) string {
	return `<w:p><w:r><w:t xml:space="preserve">` + escaped(s) + `</w:t></w:r></w:p>`
}

func wordTable(t table) string {
	s := `<w:tbl><w:tblPr/><w:tblGrid>` + strings.Repeat(`<w:gridCol/>`, len(t[0])) + `</w:tblGrid>`
	for _, row := range t {
		s += `<w:tr>`
		for _, cell := range row {
			s += `<w:tc><w:tcPr/>` + paragraph(cell) + `</w:tc>`
		}
		s += `</w:tr>`
	}
	return s + `</w:tbl>`
}
