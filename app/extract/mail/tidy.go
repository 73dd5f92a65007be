package mail

import (
	"strings"

	"daicho/app/extract/charset"
)

// decodeText reads a body; line ends of any kind become \n.
func decodeText(label string, raw []byte) string {
	return strings.NewReplacer("\r\r\n", "\n", "\r\n", "\n", "\r", "\n").Replace(charset.Text(label, raw))
}

// tidy takes out what no person wrote: control characters, blanks before line ends,
// empty lines at both ends.
func tidy(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r == '\uFEFF' {
			return -1
		}
		return r
	}, text)
	var out strings.Builder
	for line := range strings.Lines(text) {
		out.WriteString(strings.TrimRight(line, " \t\n") + "\n")
	}
	return strings.Trim(out.String(), "\n")
}
