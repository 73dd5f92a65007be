package xlsx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"daicho/app"
	"daicho/app/report"
)

// maxPart is how long one part of a workbook may be once it is unpacked: 20,000
// rows of a register are some 60 MB.
const maxPart = 512 << 20

// Read reads the sheets of a workbook as texts, the hidden ones too. It looks at
// what cells show: a formula counts by the value that was saved with it and is never
// reckoned, macros are not looked at. Days are 2026-04-01, moments 2026-04-01 14:02.
// Cells merged downwards all have the text of the first one.
func Read(r io.ReaderAt, size int64) ([]report.Grid, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, unreadable(err)
	}
	p := &reading{parts: map[string]*zip.File{}}
	for _, f := range z.File {
		p.parts[strings.ToLower(strings.TrimPrefix(f.Name, "/"))] = f
	}
	grids, err := p.book()
	if err != nil {
		return nil, unreadable(err)
	}
	return grids, nil
}

func unreadable(err error) error {
	if e := (*app.Error)(nil); errors.As(err, &e) {
		return err
	}
	return app.Because(err, app.Invalid, "Excel のブック（.xlsx）として読めません。Excel で開き、.xlsx の形式で保存し直してください。",
		"this is no workbook (.xlsx) that can be read; open it in Excel and save it as .xlsx")
}

// reading is a workbook that is being read.
type reading struct {
	parts  map[string]*zip.File
	shared []text
	styles styles
	first  float64 // the day before the first one of the workbook's calendar, counted from 1899-12-30
}

// text is the text of a cell and whether some of it is struck through.
type text struct {
	s      string
	struck bool
}

// workbook is the part that names the sheets.
type workbook struct {
	Pr struct {
		Date1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Sheets []struct {
		Name string `xml:"name,attr"`
		ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
	} `xml:"sheets>sheet"`
}

// relations says in which part a sheet lies.
type relations struct {
	All []struct {
		ID     string `xml:"Id,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

func (p *reading) book() (grids []report.Grid, err error) {
	var book workbook
	var rels relations
	err = errors.Join(p.whole("xl/workbook.xml", &book), p.whole("xl/_rels/workbook.xml.rels", &rels), p.readStyles())
	if err != nil {
		return nil, err
	}
	if p.shared, err = p.sharedTexts(); err != nil {
		return nil, err
	}
	if v := book.Pr.Date1904; v == "1" || v == "true" {
		p.first = 1462 // days from 1899-12-30 to 1904-01-01
	}
	for _, s := range book.Sheets {
		for _, rel := range rels.All {
			if rel.ID != s.ID {
				continue
			}
			g, err := p.sheet(s.Name, placeOf(rel.Target))
			if err != nil {
				return nil, err
			}
			grids = append(grids, g)
		}
	}
	return grids, nil
}

// placeOf is where a target of the workbook lies within the file.
func placeOf(target string) string {
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(target, "/")
	}
	return path.Join("xl", target)
}

// open opens a part; nil if there is none.
func (p *reading) open(name string) (io.ReadCloser, error) {
	f := p.parts[strings.ToLower(name)]
	if f == nil {
		return nil, nil
	}
	if f.UncompressedSize64 > maxPart {
		return nil, app.Refuse(app.Invalid, "", "ブックが大きすぎます。行を分けて、いくつかのブックにしてください。", "the workbook is too large; divide its rows among several")
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(r, maxPart), r}, nil
}

// whole reads a small part.
func (p *reading) whole(name string, into any) error {
	r, err := p.open(name)
	if err != nil || r == nil {
		return errors.Join(err, missingPart(name, r))
	}
	defer r.Close()
	return xml.NewDecoder(r).Decode(into)
}

func missingPart(name string, r io.Reader) error {
	if r == nil {
		return fmt.Errorf("no part %s", name)
	}
	return nil
}

// sharedTexts reads the texts that cells name by number.
func (p *reading) sharedTexts() (all []text, err error) {
	r, err := p.open("xl/sharedStrings.xml")
	if err != nil || r == nil {
		return nil, err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		if start, is := t.(xml.StartElement); is && start.Name.Local == "si" {
			one, err := richText(d, "si")
			if err != nil {
				return nil, err
			}
			all = append(all, one)
		}
	}
}

// richText reads texts up to the end of an element, without the readings (ふりがな)
// that Japanese Excel keeps beside them.
func richText(d *xml.Decoder, until string) (one text, err error) {
	var b strings.Builder
	inText, aside := false, 0
	for {
		t, err := d.RawToken()
		if err != nil {
			return one, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				inText = true
			case "rPh":
				aside++
			case "strike":
				one.struck = one.struck || isOn(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "rPh":
				aside--
			case until:
				one.s = unescape(b.String())
				return one, nil
			}
		case xml.CharData:
			if inText && aside == 0 {
				b.Write(t)
			}
		}
	}
}

// isOn says whether an element that may say val="0" does not.
func isOn(e xml.StartElement) bool {
	v := attr(e, "val")
	return v != "0" && v != "false"
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
