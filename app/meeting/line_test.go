package meeting_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/meeting"
)

var today = civil.Date{Year: 2026, Month: 11, Day: 20}

func TestReadLine(t *testing.T) {
	for typed, want := range map[string]meeting.Line{
		"先月の障害の説明があった。":                             {Text: "先月の障害の説明があった。"},
		"決定：夜間は二人で監視する":                             {Type: meeting.Decision, Text: "夜間は二人で監視する"},
		"対応:当番表を作り直す ＠久米 渉 〆12/1":                   {Type: meeting.Action, Text: "当番表を作り直す", Charge: "久米 渉", Due: on(2026, 12, 1)},
		"市対応：異動の人数を知らせる　@人事課 印南":                    {Type: meeting.Action, Side: meeting.City, Text: "異動の人数を知らせる", Charge: "人事課 印南"},
		"事業者要望： 会議室を使いたい 〆R8.12.4":                  {Type: meeting.Request, Side: meeting.Contractor, Text: "会議室を使いたい", Due: on(2026, 12, 4)},
		"対応：help@example.jpへ転送する ＠露木":               {Type: meeting.Action, Text: "help@example.jpへ転送する", Charge: "露木"},
		"  対応：  ＠相馬の案による ＠久米  ":                     {Type: meeting.Action, Text: "＠相馬の案による", Charge: "久米"},
		"Action: write the roster anew @Kume #12/1": {Type: meeting.Action, Text: "write the roster anew", Charge: "Kume", Due: on(2026, 12, 1)},
		"decision: two people watch at night":       {Type: meeting.Decision, Text: "two people watch at night"},
		"決定：〆12/1とする":                               {Type: meeting.Decision, Text: "〆12/1とする"},
		"対応が遅れている：原因を調べた":                           {Text: "対応が遅れている：原因を調べた"},
	} {
		if got, err := meeting.ReadLine(typed, today); err != nil || got != want {
			t.Errorf("%s\n%+v, %v\nwant %+v", typed, got, err, want)
		}
	}
	for typed, code := range map[string]string{"": "text", "決定：": "text", "　 ": "text", "対応：＠久米": "text", "対応：作る 〆あした": "due"} {
		_, err := meeting.ReadLine(typed, today)
		if !app.IsCode(err, app.Invalid) || app.ErrorOf(err).Field != code {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

func FuzzReadLine(f *testing.F) {
	for _, s := range []string{"決定：", "対応：a ＠b 〆12/1", "要望：〆", "市対応：＠＠"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		l, err := meeting.ReadLine(typed, today)
		if err != nil {
			return
		}
		if l.Text == "" || strings.TrimSpace(l.Text) != l.Text || utf8.ValidString(typed) && !utf8.ValidString(l.Text+l.Charge) || !strings.Contains(typed, l.Text) || !strings.Contains(typed, l.Charge) {
			t.Errorf("%q: %+v", typed, l)
		}
	})
}
