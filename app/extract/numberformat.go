package extract

import "strings"

// numberFormat says what the number of a cell stands for; 0 is a number.
type numberFormat byte

const (
	aDate    numberFormat = 1 << iota
	aTime                 // of the day
	aElapsed              // time that goes on after 24 hours
)

// builtInFormat is what the numbers stand for that no file explains (ECMA-376
// part 1, 18.8.30; 27 to 36 and 50 to 58 are those of Japanese Excel).
func builtInFormat(id int) numberFormat {
	switch {
	case id == 22:
		return aDate | aTime
	case id >= 18 && id <= 21, id == 32, id == 33, id == 45, id == 47:
		return aTime
	case id == 46:
		return aElapsed
	case id >= 14 && id <= 17, id >= 27 && id <= 36, id >= 50 && id <= 58:
		return aDate
	}
	return 0
}

// formatOf reads a format code: up to four sections, of which any may show a date.
func formatOf(code string) numberFormat {
	var all numberFormat
	for len(code) > 0 {
		var f numberFormat
		f, code = section(code)
		all |= f
	}
	return all
}

// section reads the codes up to a semicolon. Letters count outside of quotes,
// brackets and escapes; beside places for digits they are no codes.
func section(code string) (f numberFormat, rest string) {
	s := formatScan{code: code}
	for s.at < len(code) && code[s.at] != ';' {
		s.step()
	}
	if s.month { // no hour stood before it and no second behind it
		s.found |= aDate
	}
	if s.digits {
		s.found = 0
	}
	return s.found, code[min(s.at+1, len(code)):]
}

// formatScan goes through one section.
type formatScan struct {
	code   string
	at     int
	found  numberFormat
	last   byte // the code letter before, 0 at first
	month  bool // an m waits: months, or minutes when a second follows
	digits bool
}

func (s *formatScan) step() {
	rest := s.code[s.at:]
	switch c := rest[0]; c {
	case '"':
		s.at += quoted(rest)
	case '[':
		s.bracket(rest)
	case '\\', '_', '*':
		s.at += 2
	case '#', '?', '0':
		s.digits = s.digits || s.last != 's' // ss.00 are parts of a second
		s.at++
	default:
		if n := wordInFormat(rest, "general", "g/標準"); n > 0 {
			s.digits, s.at = true, s.at+n
			return
		}
		if n := wordInFormat(rest, "am/pm", "a/p"); n > 0 {
			s.found, s.at = s.found|aTime, s.at+n
			return
		}
		s.letter(c | 0x20)
		s.at++
	}
}

// letter reads a code; an m is a minute beside an hour or a second.
func (s *formatScan) letter(c byte) {
	switch c {
	case 'y', 'd', 'g', 'e', 'a':
		s.found |= aDate
	case 'h':
		s.found |= aTime
	case 's':
		s.found, s.month = s.found|aTime, s.month && s.last != 'm'
	case 'm':
		s.month = s.month || s.last != 'h'
		if s.last == 'h' {
			return // the second m of hh:mm is one, too
		}
	default:
		return
	}
	s.last = c
}

// bracket skips a colour, a condition or a language; [h], [mm] and [s] go on
// after a day.
func (s *formatScan) bracket(rest string) {
	end := strings.IndexByte(rest, ']')
	if end < 0 {
		s.at = len(s.code)
		return
	}
	inner := strings.ToLower(rest[1:end])
	if inner != "" && strings.Trim(inner, inner[:1]) == "" && strings.Contains("hms", inner[:1]) {
		s.found |= aElapsed
		s.last = 'h' // an m behind it is a minute
	}
	s.at += end + 1
}

// quoted is how long a text in quotes is.
func quoted(code string) int {
	if end := strings.IndexByte(code[1:], '"'); end >= 0 {
		return end + 2
	}
	return len(code)
}

// wordInFormat is how long the word is that code begins with, 0 for none.
func wordInFormat(code string, words ...string) int {
	for _, w := range words {
		if len(code) >= len(w) && strings.EqualFold(code[:len(w)], w) {
			return len(w)
		}
	}
	return 0
}
