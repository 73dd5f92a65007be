package ics_test

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"daicho/app/civil"
	"daicho/app/report/ics"

	"pgregory.net/rapid"
)

var made = time.Date(2026, 11, 20, 14, 0, 0, 0, civil.Tokyo)

func write(t interface{ Fatal(...any) }, events ...ics.Event) string {
	var b strings.Builder
	if err := ics.Write(&b, "会議の予定", made, events); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWrite(t *testing.T) {
	got := write(t, ics.Event{UID: "0190b2c4-0000-7000-8000-000000000001", Sequence: 2, Start: time.Date(2026, 11, 25, 1, 0, 0, 0, time.UTC), End: time.Date(2026, 11, 25, 2, 30, 0, 0, time.UTC),
		Summary: "月次定例会; 11月, 臨時", Place: `本庁舎\第1会議室`, Text: "議題\n1 先月の実績と、来月の予定について。切戻しの判断者を決める。"},
		ics.Event{UID: "b", Start: made, Summary: "中止の会議", Cancelled: true})
	want := `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//daicho//daicho//JA
METHOD:PUBLISH
X-WR-CALNAME:会議の予定
BEGIN:VTIMEZONE
TZID:Asia/Tokyo
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
TZNAME:JST
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:0190b2c4-0000-7000-8000-000000000001
SEQUENCE:2
DTSTAMP:20261120T050000Z
DTSTART;TZID=Asia/Tokyo:20261125T100000
DTEND;TZID=Asia/Tokyo:20261125T113000
SUMMARY:月次定例会\; 11月\, 臨時
LOCATION:本庁舎\\第1会議室
DESCRIPTION:議題\n1 先月の実績と、来月の予定について。
 切戻しの判断者を決める。
STATUS:CONFIRMED
END:VEVENT
BEGIN:VEVENT
UID:b
SEQUENCE:0
DTSTAMP:20261120T050000Z
DTSTART;TZID=Asia/Tokyo:20261120T140000
SUMMARY:中止の会議
STATUS:CANCELLED
END:VEVENT
END:VCALENDAR
`
	if got != strings.ReplaceAll(want, "\n", "\r\n") {
		t.Errorf("%s", got)
	}
}

// unfolded are the lines as a reader sees them.
func unfolded(s string) []string {
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(s, "\r\n ", ""), "\r\n"), "\r\n")
}

var unescape = strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n")

// Any text comes back, on lines of 75 octets at most that are whole characters, and
// none ends its property.
func TestAnyTextComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		out := write(t, ics.Event{UID: "a", Start: made, Summary: "x", Text: "." + text})
		for line := range strings.SplitSeq(out, "\r\n") {
			if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
				t.Fatalf("%q", line)
			}
		}
		plain := strings.Map(func(r rune) rune {
			if r != '\n' && (r < ' ' || r == 0x7f) {
				return ' '
			}
			return r
		}, strings.ReplaceAll(text, "\r\n", "\n"))
		for _, line := range unfolded(out) {
			if got, is := strings.CutPrefix(line, "DESCRIPTION:."); is {
				if unescape.Replace(got) != plain {
					t.Fatalf("%q came back as %q", text, unescape.Replace(got))
				}
				return
			}
		}
		t.Fatal("no description")
	})
}

type full struct{}

var errFull = errors.New("full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestAWriterThatIsFull(t *testing.T) {
	if err := ics.Write(full{}, "x", made, nil); !errors.Is(err, errFull) {
		t.Error(err)
	}
}
