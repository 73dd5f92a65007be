package tickets

import (
	"daicho/app"
	"daicho/app/civil"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"

	"fyne.io/fyne/v2"
)

// Templates is the section of texts that are used again and again.
func Templates() ui.Section {
	return register.Section("templates", "file-text", app.Label{JA: "受付・対応", EN: "Helpdesk"}, register.Config{
		Register: ticket.Templates, Title: "name", Sort: "name",
		Columns: []register.Column{
			{Field: "name", Column: kit.Column{Flex: true, Min: 150}},
			{Field: "category", Column: kit.Column{Width: 130, Drop: 420}},
			{Field: "channel", Column: kit.Column{Width: 104, Drop: 520}},
		},
		New:   app.Label{JA: "定型文を登録する", EN: "New template"},
		Empty: app.Label{JA: "定型文はありません。", EN: "There are no templates."},
		Facts: func(_ app.Record, lang app.Lang) string {
			return app.Label{JA: "使うときに入る言葉: ", EN: "Filled in when used: "}.In(lang) + ticket.Blanks
		},
		Sets: []string{"channel", "category"},
	})
}

// ready puts a template into an inquiry: into a new one all of it, else the answer.
var ready = register.Ready{
	Label: app.Label{JA: "定型文を使う", EN: "Use a template"}, Key: ui.Ctrl(fyne.KeyT), Kind: ticket.TemplateKind,
	Into: []string{"channel", "category", "title", "body", "answer"},
	Texts: func(desk *ui.Desk, template, open app.Record) map[string]string {
		return template.(*ticket.Template).Texts(open.(*ticket.Ticket), civil.DateOf(desk.Now()))
	},
}
