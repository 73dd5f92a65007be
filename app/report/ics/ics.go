// Package ics writes appointments as calendar programs import them: iCalendar, RFC 5545.
//
// One that was imported before is replaced by the one of the same UID with the higher
// SEQUENCE. Names of people who are invited are not written: the file goes wherever a
// calendar goes.
package ics

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"daicho/app/civil"
)

// Event is one appointment.
type Event struct {
	UID       string // the same for ever
	Sequence  int    // how often it has changed
	Start     time.Time
	End       time.Time // zero: not said
	Summary   string
	Place     string
	Text      string
	Cancelled bool
}

const stampLayout = "20060102T150405"

// zone is Japan's, which has had no summer time since 1951.
const zone = `BEGIN:VTIMEZONE
TZID:Asia/Tokyo
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
TZNAME:JST
END:STANDARD
END:VTIMEZONE`

// Write writes a calendar that was made at a time. Times are to the second, in Tokyo.
func Write(w io.Writer, name string, made time.Time, events []Event) error {
	var b strings.Builder
	line := func(s string) { fold(&b, s) }
	line("BEGIN:VCALENDAR")
	line("VERSION:2.0")
	line("PRODID:-//daicho//daicho//JA")
	line("METHOD:PUBLISH")
	line("X-WR-CALNAME:" + escape(name))
	for s := range strings.Lines(zone) {
		line(strings.TrimSuffix(s, "\n"))
	}
	for _, e := range events {
		e.write(line, made)
	}
	line("END:VCALENDAR")
	_, err := io.WriteString(w, b.String())
	return err
}

func (e *Event) write(line func(string), made time.Time) {
	line("BEGIN:VEVENT")
	line("UID:" + escape(e.UID))
	line(fmt.Sprintf("SEQUENCE:%d", e.Sequence))
	line("DTSTAMP:" + made.UTC().Format(stampLayout) + "Z")
	line("DTSTART;TZID=Asia/Tokyo:" + e.Start.In(civil.Tokyo).Format(stampLayout))
	if !e.End.IsZero() {
		line("DTEND;TZID=Asia/Tokyo:" + e.End.In(civil.Tokyo).Format(stampLayout))
	}
	line("SUMMARY:" + escape(e.Summary))
	for _, p := range [][2]string{{"LOCATION:", e.Place}, {"DESCRIPTION:", e.Text}} {
		if p[1] != "" {
			line(p[0] + escape(p[1]))
		}
	}
	if e.Cancelled {
		line("STATUS:CANCELLED")
	} else {
		line("STATUS:CONFIRMED")
	}
	line("END:VEVENT")
}

// escape writes a text as section 3.3.11 asks. Control characters, which no text may
// hold there, become spaces.
func escape(s string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(s, "\r\n", "\n") {
		switch {
		case r == '\\' || r == ';' || r == ',':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r < ' ' || r == 0x7f:
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// most is how many octets a line may have (3.1), without what ends it.
const most = 75

// fold writes a line, cut between characters where it is too long.
func fold(b *strings.Builder, s string) {
	room := most
	for _, r := range s {
		n := utf8.RuneLen(r)
		if n > room {
			b.WriteString("\r\n ")
			room = most - 1
		}
		b.WriteRune(r)
		room -= n
	}
	b.WriteString("\r\n")
}
