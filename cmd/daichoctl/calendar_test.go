package main

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/calendar"
	"daicho/assets"
)

func dueQuestions(t testing.TB) *dueCalendars {
	t.Helper()
	table, err := calendar.ReadHolidays(assets.Holidays())
	if err != nil {
		t.Fatal(err)
	}
	return &dueCalendars{table: table}
}

const askedWell = `{"calendar":"city","start":"2026-11-20T17:30:00+09:00","minutes":120}` + "\n"

func TestDueRefusesALine(t *testing.T) {
	calendars := dueQuestions(t)
	for line, want := range map[string]string{
		`x`: "write one object", `[]`: "write one object", `{}`: "write one object",
		`{"calendar":"city","start":"2026-11-20T17:30:00+09:00","minutes":120} {}`:                                                                "write one object",
		`{"calendar":"city","start":"2026-11-20T17:30:00+09:00"}`:                                                                                 "write one object",
		`{"calendar":"city","minutes":1}`:                                                                                                         "write one object",
		`{"calendar":"city","start":"2026-11-20T17:30:00+09:00","minutes":1.5}`:                                                                   "write one object",
		`{"calendar":"city","start":"2026-11-20T17:30:00+09:00","minutes":-1}`:                                                                    "minutes: a whole number",
		`{"calendar":"city","start":"2026-11-20T17:30:00+09:00","minutes":9000000000000000}`:                                                      "minutes: a whole number",
		`{"calendar":"city","start":"2026-11-20T17:30:00+09:00","minutes":42000000}`:                                                              "not within 1970 to 2050",
		`{"calendar":"city","start":"1969-12-31T23:59:59+09:00","minutes":1}`:                                                                     "not within 1970 to 2050",
		`{"calendar":"City","start":"2026-11-20T17:30:00+09:00","minutes":1}`:                                                                     "calendar: onsite",
		`{"calendar":"city","start":"2026-11-20","minutes":1}`:                                                                                    "start: write a time",
		`{"calendar":"city","start":"2026-11-20T17:30:00+09:00","minutes":1,"extra":[["x"]]}`:                                                     "extra: write each",
		`{"calendar":"city","start":"2026-11-20T17:30:00+09:00","minutes":1,"extra":["x"]}`:                                                       "write one object",
		`{"calendar":"city","start":"2026-11-20T17:30:00+09:00","minutes":1,"extra":[["",""]]}`:                                                   "extra: write a time",
		`{"calendar":"city","start":"2026-11-20T17:30:00+09:00","minutes":1,"extra":[["2026-11-20T17:30:00+09:00","2026-11-20T17:30:00+09:00"]]}`: "extra hours end after",
	} {
		var out bytes.Buffer
		w := bufio.NewWriter(&out)
		err := answerAll(bufio.NewReader(strings.NewReader(askedWell+line)), w, calendars)
		w.Flush()
		if err == nil || !strings.HasPrefix(err.Error(), "line 2: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", line, err, want)
		}
		if got := out.String(); got != "{\"due\":\"2026-11-22T09:00:00+09:00\"}\n" {
			t.Errorf("%s: what is before it is answered by %q", line, got)
		}
	}
}

func TestDueRefusesALineWithoutEnd(t *testing.T) {
	long := askedWell + strings.Repeat(" ", maxDueLine+1)
	err := answerAll(bufio.NewReaderSize(strings.NewReader(long), maxDueLine), bufio.NewWriter(&bytes.Buffer{}), dueQuestions(t))
	if want := fmt.Sprintf("line 2: longer than %d bytes", maxDueLine); err == nil || err.Error() != want {
		t.Error(err)
	}
}

func FuzzDue(f *testing.F) {
	calendars := dueQuestions(f)
	f.Add([]byte(askedWell))
	f.Add([]byte(`{"calendar":"onsite","start":"2026-11-20T17:30:00Z","minutes":1,"extra":[["2026-11-21T09:00:00Z","2026-11-21T12:00:00Z"]]}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		due, err := calendars.answer(line)
		if err != nil {
			if app.ErrorOf(err).Say.JA == "" || app.IsCode(err, app.Failed) {
				t.Errorf("%q is refused with %v", line, err)
			}
			return
		}
		if due.Before(calendar.First) || due.After(calendar.End) {
			t.Errorf("%q is due %s", line, due)
		}
	})
}
