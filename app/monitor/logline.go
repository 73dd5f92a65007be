package monitor

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"daicho/app/civil"
)

// Line is what one line of a log tells: when, of whom, and whether it is an error.
type Line struct {
	At    time.Time
	Host  string // empty: the line names none
	Error bool
}

var (
	// RFC 5424: <PRI>VERSION TIMESTAMP HOSTNAME …
	syslog5424 = regexp.MustCompile(`^<(\d{1,3})>1 (\S+) (\S+) `)
	// RFC 3164, which programs write into files without the priority: <PRI>Mmm dd hh:mm:ss HOSTNAME …
	syslog3164 = regexp.MustCompile(`^(?:<(\d{1,3})>)?([A-Z][a-z]{2}) ([ 0-3]?\d) (\d{2}:\d{2}:\d{2}) (\S+)`)
	// What rsyslog writes into files: TIMESTAMP HOSTNAME …
	isoLine = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2}T\S+) (\S+) `)
	// snmptrapd: TIME HOSTNAME [UDP: [ADDRESS]:PORT->…]:
	trapLine = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}) (\S+) \[(?:UDP|TCP): \[([^\]]+)\]`)
	// Access logs of web servers (Common Log Format).
	accessLine = regexp.MustCompile(`^\S+ \S+ .*?\[(\d{2}/[A-Z][a-z]{2}/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4})\] "[^"]*" (\d{3}) `)
	// Words by which a line without a priority says that it is an error.
	errorWord = regexp.MustCompile(`(?i)\b(emerg|alert|crit|critical|error|err|fatal|panic)\b|エラー|異常|重大`)
)

// errorPriority is the last severity of RFC 5424 that is an error (0 emergency … 3 error).
const errorPriority = 3

// ParseLine reads a line of syslog (RFC 5424, RFC 3164, or as it lies in files), of
// snmptrapd, or of a web server's access log. Times without a year are of the year
// before latest, at most a day after it; times without a zone are Japan's.
func ParseLine(text string, latest time.Time) (Line, bool) {
	for _, parse := range []func(string, time.Time) (Line, bool){parse5424, parse3164, parseISO, parseTrap, parseAccess} {
		if l, ok := parse(text, latest); ok {
			return l, true
		}
	}
	return Line{}, false
}

func parse5424(text string, _ time.Time) (l Line, ok bool) {
	m := syslog5424.FindStringSubmatch(text)
	if m == nil {
		return l, false
	}
	if l.At, ok = stamp(time.RFC3339Nano, m[2]); !ok {
		return l, false
	}
	l.Host = hostOf(m[3])
	l.Error, ok = grave(m[1])
	return l, ok
}

func parse3164(text string, latest time.Time) (l Line, ok bool) {
	m := syslog3164.FindStringSubmatch(text)
	if m == nil {
		return l, false
	}
	latest = latest.In(civil.Tokyo)
	for _, year := range []int{latest.Year() + 1, latest.Year(), latest.Year() - 1, latest.Year() - 2, latest.Year() - 3, latest.Year() - 4} { // 29 February comes every four
		l.At, ok = stamp("2006 Jan 2 15:04:05", strconv.Itoa(year)+" "+m[2]+" "+strings.TrimSpace(m[3])+" "+m[4])
		if ok && !l.At.After(latest.Add(24*time.Hour)) {
			break
		}
		ok = false
	}
	if !ok {
		return l, false
	}
	l.Host, l.Error = hostOf(m[5]), errorWord.MatchString(text[len(m[0]):])
	if m[1] != "" {
		l.Error, ok = grave(m[1])
	}
	return l, ok
}

func parseISO(text string, _ time.Time) (l Line, ok bool) {
	m := isoLine.FindStringSubmatch(text)
	if m == nil {
		return l, false
	}
	if l.At, ok = stamp(time.RFC3339Nano, m[1]); !ok {
		l.At, ok = stamp("2006-01-02T15:04:05", m[1])
	}
	l.Host, l.Error = hostOf(m[2]), errorWord.MatchString(text[len(m[0]):])
	return l, ok
}

// parseTrap takes every trap for an error: devices send them for nothing else.
func parseTrap(text string, _ time.Time) (l Line, ok bool) {
	m := trapLine.FindStringSubmatch(text)
	if m == nil {
		return l, false
	}
	l.At, ok = stamp("2006-01-02 15:04:05", m[1])
	l.Host, l.Error = m[2], true
	if strings.HasPrefix(l.Host, "<") { // <UNKNOWN>
		l.Host = m[3]
	}
	return l, ok
}

func parseAccess(text string, _ time.Time) (l Line, ok bool) {
	m := accessLine.FindStringSubmatch(text)
	if m == nil {
		return l, false
	}
	l.At, ok = stamp("02/Jan/2006:15:04:05 -0700", m[1])
	l.Error = m[2][0] == '5'
	return l, ok
}

func stamp(layout, text string) (time.Time, bool) {
	t, err := time.ParseInLocation(layout, text, civil.Tokyo)
	return t, err == nil && t.Year() >= 1970 && t.Year() < 2200
}

// hostOf is a host's name; "-" is none (RFC 5424).
func hostOf(host string) string {
	if host == "-" {
		return ""
	}
	return host
}

// grave says whether a priority (facility × 8 + severity) is that of an error.
func grave(priority string) (bool, bool) {
	n, err := strconv.Atoi(priority)
	return n%8 <= errorPriority, err == nil && n <= 191
}
