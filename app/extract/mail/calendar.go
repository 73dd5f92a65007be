package mail

import (
	"strings"

	"daicho/app/extract/charset"
)

// invited are the properties of an event that people read (RFC 5545), as an
// invitation without any other text shows them.
var invited = map[string]string{"SUMMARY": "件名", "DTSTART": "開始", "DTEND": "終了", "LOCATION": "場所", "ORGANIZER": "主催者", "DESCRIPTION": "内容"}

// calendarText reads an invitation: the event's own properties, one a line.
func calendarText(label string, raw []byte) string {
	text := strings.ReplaceAll(charset.Text(label, raw), "\r\n", "\n")
	text = strings.NewReplacer("\n ", "", "\n\t", "").Replace(text) // unfolded
	var out strings.Builder
	inside := false
	for line := range strings.Lines(text) {
		property, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		name, _, _ := strings.Cut(property, ";")
		switch {
		case name == "BEGIN":
			inside = value == "VEVENT"
		case inside && invited[name] != "" && value != "":
			value = strings.NewReplacer(`\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";", `\\`, `\`).Replace(value)
			out.WriteString(invited[name] + ": " + value + "\n")
		}
	}
	return out.String()
}
