package extract

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// cellStyles are the number formats of a workbook's cells. Dates are told as ISO
// 8601 writes them, whatever the format: Excel shows the same cell in another way
// in another country, and an era or a year that a format leaves out is known.
type cellStyles struct {
	formats  map[int]numberFormat // that the file explains, by their number
	cells    []int                // number of the format, by style
	from1904 bool                 // days are counted from 1904-01-01 (18.17.4.1)
}

const maxStyles = 1 << 16 // Excel keeps 65,490

func (s *cellStyles) define(id int, code string) {
	if s.formats == nil {
		s.formats = map[int]numberFormat{}
	}
	if len(s.formats) < maxStyles {
		s.formats[id] = formatOf(code)
	}
}

func (s *cellStyles) add(format int) {
	if len(s.cells) < maxStyles {
		s.cells = append(s.cells, format)
	}
}

// of is what the numbers of cells of a style stand for.
func (s *cellStyles) of(style int) numberFormat {
	if style < 0 || style >= len(s.cells) {
		return 0
	}
	id := s.cells[style]
	if f, ok := s.formats[id]; ok {
		return f
	}
	return builtInFormat(id)
}

// number appends a cell's number.
func (s *cellStyles) number(buf []byte, v float64, style int) []byte {
	if text := s.of(style).text(v, s.from1904); text != "" {
		return append(buf, text...)
	}
	return append(buf, plainNumber(strconv.AppendFloat(nil, v, 'G', -1, 64))...)
}

// digits appends a cell's number as it is written in XML.
func (s *cellStyles) digits(buf, v []byte, style int) []byte {
	if s.of(style) != 0 {
		if f, err := strconv.ParseFloat(string(v), 64); err == nil {
			return s.number(buf, f, style)
		}
	}
	return append(buf, plainNumber(v)...)
}

const lastDay = 2958465 // 9999-12-31

// text is the day and the time that v counts, "" when it counts none: then Excel
// shows signs or a number that is no day.
func (f numberFormat) text(v float64, from1904 bool) string {
	if f == 0 || !(v >= 0 && v < lastDay+1) {
		return ""
	}
	seconds := int64(math.Round(v * 86400))
	days, clock := seconds/86400, clockText(seconds%86400)
	switch day := dayText(days, from1904); {
	case f&aElapsed != 0:
		return fmt.Sprintf("%d%s", seconds/3600, clockText(seconds % 3600)[2:])
	case f&aDate == 0, day == "" && f&aTime != 0:
		return clock
	case f&aTime == 0 || day == "":
		return day
	default:
		return day + " " + clock
	}
}

// dayText writes a day. Excel knows a 29th of February in 1900, so that days before
// it count from another day than those behind it; 0 is none.
func dayText(days int64, from1904 bool) string {
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case from1904:
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days == 0:
		return ""
	case days == 60:
		return "1900-02-29"
	case days < 60:
		days++
	}
	return first.AddDate(0, 0, int(days)).Format(time.DateOnly)
}

func clockText(seconds int64) string {
	text := fmt.Sprintf("%02d:%02d", seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		text += fmt.Sprintf(":%02d", seconds%60)
	}
	return text
}
