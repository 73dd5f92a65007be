package hook

import (
	"encoding/json"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"daicho/app"
	"daicho/app/monitor"
)

// MaxReport is how many bytes one report may have.
const MaxReport = 64 << 10

// report is what a tool tells of an event: problem or recovery.
type report struct {
	EventID   string `json:"eventid"`
	Host      string `json:"host"`
	Trigger   string `json:"trigger"`
	Item      string `json:"item"`     // that the trigger looks at; may be missing
	Severity  string `json:"severity"` // 0 to 5, as Zabbix counts ({EVENT.NSEVERITY})
	Value     string `json:"value"`    // 1: a problem; 0: it recovered
	Time      string `json:"time"`     // it began: RFC 3339, or as Zabbix writes it with a zone
	Recovery  string `json:"recovery"` // it ended; empty with a problem
	Suppress  string `json:"suppressed"`
	Operation string `json:"opdata"`
}

// read reads one report, and refuses one of which no event can be made.
func read(text []byte) (*monitor.Event, error) {
	if !utf8.Valid(text) {
		return nil, refuse("", "文字コードが UTF-8 ではありません。監視装置の設定を確かめてください。", "the report is not UTF-8; look at the tool's settings")
	}
	var r report
	if err := json.Unmarshal(text, &r); err != nil {
		return nil, refuse("", "JSON の報告1件として読み取れません。メディアタイプ「Daicho」を使っているか、1つのファイルに報告が1件だけあるかを確かめてください。", "this is not one report in JSON, of strings alone; use the media type Daicho, and write one report a file")
	}
	return r.event()
}

func refuse(field, ja, en string) error { return app.Refuse(app.Invalid, field, ja, en) }

// macro is one that the tool did not fill in, as it stays in its place: {HOST.NAME1}. A
// text that only begins with a brace says something.
var macro = regexp.MustCompile(`^\{[A-Z.]+\d*\}$`)

func (r *report) event() (*monitor.Event, error) {
	for _, must := range []struct{ name, value string }{{"eventid", r.EventID}, {"host", r.Host}, {"trigger", r.Trigger}, {"time", r.Time}} {
		if strings.TrimSpace(must.value) == "" || macro.MatchString(must.value) {
			return nil, refuse(must.name, must.name+" がありません。監視装置のマクロの設定を確かめてください。", must.name+" is missing; look at the tool's macros")
		}
	}
	e := &monitor.Event{Key: "zabbix:" + line(r.EventID), Host: line(r.Host), Title: line(r.Trigger), Item: optional(line(r.Item)), Detail: optional(r.Operation), Silenced: r.Suppress == "1"}
	var err error
	if e.Severity, err = severity(r.Severity); err != nil {
		return nil, err
	}
	if e.Occurred, err = moment("time", r.Time); err != nil {
		return nil, err
	}
	switch r.Value {
	case "1":
		return e, nil
	case "0":
		e.Recovered, err = moment("recovery", r.Recovery)
		if err == nil && e.Recovered < e.Occurred {
			err = refuse("recovery", "復旧日時が発生日時より前です。監視装置の時計を確かめてください。", "it recovered before it occurred; look at the tool's clock")
		}
		return e, err
	}
	return nil, refuse("value", "value は 1（障害）か 0（復旧）です。監視装置のマクロの設定を確かめてください。", "value is 1, a problem, or 0, a recovery; look at the tool's macros")
}

// optional is what a tool filled in; what it has nothing for stays a macro, or is said to
// be unknown.
func optional(text string) string {
	if macro.MatchString(text) || text == "*UNKNOWN*" {
		return ""
	}
	return text
}

// lineSize is of a name, in characters.
const lineSize = 250

// line makes one line of a name.
func line(text string) string {
	r := []rune(strings.Join(strings.Fields(text), " "))
	return string(r[:min(len(r), lineSize)])
}

func severity(text string) (monitor.Severity, error) {
	if len(text) == 1 && text[0] >= '0' && int(text[0]-'0') < len(monitor.Severities) {
		return monitor.Severities[text[0]-'0'], nil
	}
	return "", refuse("severity", "severity は 0 から 5 の数字です。監視装置のマクロの設定を確かめてください。", "severity is a digit from 0 to 5; look at the tool's macros")
}

// layouts are how a time comes: always with its zone, for a tool's own is not known here.
var layouts = []string{time.RFC3339, "2006.01.02T15:04:05Z07:00", "2006.01.02 15:04:05Z07:00", "2006-01-02 15:04:05Z07:00"}

func moment(field, text string) (app.Stamp, error) {
	for _, l := range layouts {
		if t, err := time.Parse(l, strings.TrimSpace(text)); err == nil && t.Year() >= 2000 {
			return app.StampOf(t), nil
		}
	}
	return 0, refuse(field, field+" を日時として読み取れません。「2026-11-20T17:50:00+09:00」の形で、時差を付けてください。", field+" is no time; write 2026-11-20T17:50:00+09:00, with the zone")
}
