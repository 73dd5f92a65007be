package calendar

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"time"

	"daicho/app"
	"daicho/app/civil"
)

// Holidays is a table of holidays for every day from 1970 to 2050. It is never
// changed: an update makes a new one.
type Holidays struct {
	names   map[civil.Date]string
	version int // of the last update; 0 is the table as shipped
}

// ReadHolidays reads a table as it is shipped: lines of day and name in the order
// of the days, such as 2026-11-23,勤労感謝の日, and lines of remarks after a #.
func ReadHolidays(table []byte) (*Holidays, error) {
	r := csv.NewReader(strings.NewReader(string(table)))
	r.Comment, r.FieldsPerRecord = '#', 2
	h := &Holidays{names: map[civil.Date]string{}}
	var last civil.Date
	for {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, badTable(err)
		}
		d, err := ParseDay(row[0])
		if err != nil || row[1] == "" || d.Compare(last) <= 0 {
			line, _ := r.FieldPos(0)
			return nil, badTable(fmt.Errorf("line %d: a day after that of the line before, and its name", line))
		}
		h.names[d], last = row[1], d
	}
	return h, h.complete(FirstYear, LastYear)
}

// complete refuses a table without any holiday in a year: no year of the law had
// none, so half of a file is missing.
func (h *Holidays) complete(from, to int) error {
	years := map[int]bool{}
	for d := range h.names {
		years[d.Year] = true
	}
	for year := from; year <= to; year++ {
		if !years[year] {
			return badTable(fmt.Errorf("%d has no holiday", year))
		}
	}
	return nil
}

func badTable(cause error) error {
	return app.Because(cause, app.Damaged, "祝日表を読み取れません。正しいファイルか確かめてください。", "the table of holidays cannot be read; look whether it is the right file")
}

// ParseDay reads a day from 1970 to 2050 as ISO 8601 writes it, 2026-11-23, and
// nothing else.
func ParseDay(text string) (civil.Date, error) {
	t, err := time.ParseInLocation(time.DateOnly, text, civil.Tokyo)
	if err != nil {
		return civil.Date{}, app.Because(err, app.Invalid, "日付を読み取れません。2026-11-23 のように入力してください。", "no day; write 2026-11-23")
	}
	if t.Before(First) || !t.Before(End) {
		return civil.Date{}, ErrRange
	}
	return civil.DateOf(t), nil
}

// Name is the name of a holiday; ok is false for any other day.
func (h *Holidays) Name(d civil.Date) (name string, ok bool) {
	name, ok = h.names[d]
	return name, ok
}

// In lists the holidays of a year, in the order of their days.
func (h *Holidays) In(year int) []Holiday {
	return h.within(civil.Date{Year: year, Month: time.January, Day: 1}, civil.Date{Year: year, Month: time.December, Day: 31})
}

// within lists the holidays from one day to another, both included.
func (h *Holidays) within(from, to civil.Date) (all []Holiday) {
	for d := from; d.Compare(to) <= 0; d = d.AddDays(1) {
		if name, ok := h.names[d]; ok {
			all = append(all, Holiday{d, name})
		}
	}
	return all
}

// Version is the number of the last update in the table; 0 is the table as shipped.
func (h *Holidays) Version() int { return h.version }
