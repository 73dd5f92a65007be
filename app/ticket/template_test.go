package ticket_test

import (
	"maps"
	"testing"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/ticket"
)

// TestTextsOfATemplate: a new inquiry takes all of it, one that there is the answer;
// what is not known yet stays in sight.
func TestTextsOfATemplate(t *testing.T) {
	tp := ticket.Template{Channel: ticket.Mail, Category: ticket.Account, Title: "パスワードの再発行", Body: "{所属} {担当者名}", Answer: "{担当者名}様\n受付番号 {番号}（{日付}）"}
	today := civil.Date{Year: 2026, Month: 11, Day: 24}
	fresh := ticket.Register.Draft(app.ID{1})
	fresh.Requester = "印南 帳子"
	want := map[string]string{"channel": "mail", "category": "account", "title": "パスワードの再発行", "body": "{所属} 印南 帳子", "answer": "印南 帳子様\n受付番号 {番号}（令和8年11月24日）"}
	if got := tp.Texts(fresh, today); !maps.Equal(got, want) {
		t.Errorf("%q", got)
	}
	r := taken(t)
	known := ticket.Register.Draft(app.ID{1})
	if err := ticket.Register.Load(known, app.Ref{Kind: ticket.Kind, ID: app.ID{1}}, 1, r.doc); err != nil {
		t.Fatal(err)
	}
	known.Number, known.Requester = "2026-000004", "{番号}"
	if got := tp.Texts(known, today); !maps.Equal(got, map[string]string{"answer": "{番号}様\n受付番号 2026-000004（令和8年11月24日）"}) {
		t.Errorf("%q", got)
	}
}
