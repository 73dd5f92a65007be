package xlsx

import (
	"encoding/xml"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// style is what counts of a cell's looks.
type style struct{ date, struck bool }

// styles are those of a workbook, by number.
type styles []style

// styleSheet is the part that holds them.
type styleSheet struct {
	Formats []struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmts>numFmt"`
	Fonts []struct {
		Strike *struct {
			Val string `xml:"val,attr"`
		} `xml:"strike"`
	} `xml:"fonts>font"`
	Cells []struct {
		Format int `xml:"numFmtId,attr"`
		Font   int `xml:"fontId,attr"`
	} `xml:"cellXfs>xf"`
}

func (p *reading) readStyles() error {
	if p.parts["xl/styles.xml"] == nil {
		return nil
	}
	var s styleSheet
	if err := p.whole("xl/styles.xml", &s); err != nil {
		return err
	}
	dates := map[int]bool{}
	for _, f := range s.Formats {
		dates[f.ID] = isDateFormat(f.Code)
	}
	for _, c := range s.Cells {
		date, own := dates[c.Format]
		st := style{date: date || !own && isBuiltInDate(c.Format)}
		if c.Font >= 0 && c.Font < len(s.Fonts) {
			strike := s.Fonts[c.Font].Strike
			st.struck = strike != nil && strike.Val != "0" && strike.Val != "false"
		}
		p.styles = append(p.styles, st)
	}
	return nil
}

// styleOf is the style of a cell.
func (p *reading) styleOf(cell xml.StartElement) style {
	n, err := strconv.Atoi(attr(cell, "s"))
	if err != nil || n < 0 || n >= len(p.styles) {
		return style{}
	}
	return p.styles[n]
}

// isBuiltInDate says whether a format that is not written out shows a date or a
// time; 27 to 36 and 50 to 58 are those of Japanese Excel (ECMA-376 part 1, 18.8.30).
func isBuiltInDate(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
}

// literal is what a format shows as it stands: quoted, escaped, or in brackets.
var literal = regexp.MustCompile(`"[^"]*"|\\.|\[[^\]]*\]`)

// isDateFormat says whether a format shows a date: years by era (g, e) or not.
func isDateFormat(code string) bool {
	code = strings.ToLower(literal.ReplaceAllString(code, ""))
	return code != "general" && strings.ContainsAny(code, "ymdhg") && !strings.ContainsAny(code, "0#")
}

// moment writes a number of days since 1899-12-30 as people type it: to the minute
// that has begun, for a clock never shows the next one early. Fractions of a second
// are what a float makes of whole ones.
func moment(days float64) string {
	if math.IsNaN(days) || math.Abs(days) > 4e6 {
		return strconv.FormatFloat(days, 'f', -1, 64)
	}
	const day = 24 * 60 * 60
	seconds := int64(math.Round(days * day))
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Add(time.Duration(seconds) * time.Second)
	switch {
	case days < 1:
		return t.Format("15:04")
	case seconds%day == 0:
		return t.Format("2006-01-02")
	}
	return t.Format("2006-01-02 15:04")
}
