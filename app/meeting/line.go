package meeting

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"daicho/app"
	"daicho/app/civil"
)

// Line is an item as it is typed while people talk, in one line:
//
//	対応：当番表を作り直す ＠久米 渉 〆12/1
//
// A word and a colon say what it is (決定, 対応, 要望, or decision, action, request; else
// a note), 市 or 事業者 before the Japanese word whose it is. Of an action a name follows
// after ＠, and its day after 〆 or #.
type Line struct {
	Type   Type
	Side   Side
	Text   string
	Charge string
	Due    app.Day
}

var (
	linePattern = regexp.MustCompile(`^(市|事業者)?(決定|対応|要望|(?i:decision|action|request))[:：]`)
	lineTypes   = map[string]Type{"決定": Decision, "対応": Action, "要望": Request, "decision": Decision, "action": Action, "request": Request}
	lineSides   = map[string]Side{"市": City, "事業者": Contractor}
)

// ReadLine reads what was typed; today completes a day without a year. A line without a
// text and a day that is none are refused.
func ReadLine(typed string, today civil.Date) (l Line, err error) {
	l.Text = strings.TrimSpace(typed)
	if m := linePattern.FindStringSubmatch(l.Text); m != nil {
		l.Side, l.Type, l.Text = lineSides[m[1]], lineTypes[strings.ToLower(m[2])], strings.TrimSpace(l.Text[len(m[0]):])
	}
	if l.Type == Action || l.Type == Request {
		if err = l.cutDay(today); err != nil {
			return l, err
		}
	}
	if l.Type == Action {
		l.Text, l.Charge = cutLast(l.Text, '＠', '@')
	}
	if l.Text == "" {
		return l, app.Refuse(app.Invalid, "text", "内容がありません。入力してください。", "there is no text; type one")
	}
	return l, nil
}

func (l *Line) cutDay(today civil.Date) error {
	rest, typed := cutLast(l.Text, '〆', '#')
	if typed == "" {
		return nil
	}
	d, err := civil.ParseDate(typed, today)
	if err != nil {
		return app.Refuse(app.Invalid, "due", fmt.Sprintf("〆の後の「%s」を日付として読めません。12/1のように入力してください。", typed), fmt.Sprintf("%q after 〆 or # is no day; type it as 12/1", typed))
	}
	l.Text, l.Due = rest, app.DayOf(d)
	return nil
}

// cutLast cuts a text at the last of some marks that follows a space, or begins it.
func cutLast(s string, marks ...rune) (before, after string) {
	gap := true
	cut, next := -1, -1
	for i, r := range s {
		for _, m := range marks {
			if gap && r == m {
				cut, next = i, i+len(string(r))
			}
		}
		gap = unicode.IsSpace(r)
	}
	if cut < 0 {
		return s, ""
	}
	return strings.TrimSpace(s[:cut]), strings.TrimSpace(s[next:])
}
