package ticket

import (
	"strings"

	"daicho/app"
	"daicho/app/civil"
)

// TemplateKind is the kind of texts that are used again and again.
const TemplateKind app.Kind = "ticket_template"

// Template is a text for inquiries that come again and again (定型): what a new one says,
// and how it is answered.
type Template struct {
	app.Head
	Name     string
	Channel  Channel
	Category Category
	Title    string
	Body     string
	Answer   string
}

// Templates is the register of them.
var Templates = app.Describe(TemplateKind, "定型文", "Templates",
	app.Text("name", "名称", "Name", func(t *Template) *string { return &t.Name }).Must().Search().Index(),
	app.One("channel", "受付経路", "Channel", func(t *Template) *Channel { return &t.Channel },
		app.Is(Phone, "電話", "Telephone"), app.Is(Mail, "メール", "Mail"), app.Is(Web, "Web", "Web"), app.Is(Counter, "窓口", "Counter"),
		app.Is(Patrol, "巡回", "Patrol"), app.Is(City, "情報課直受け", "Taken by the city"), app.Is(Monitor, "監視", "Monitoring")),
	app.One("category", "区分", "Category", func(t *Template) *Category { return &t.Category },
		app.Is(Device, "機器・プリンター", "Device"), app.Is(Network, "ネットワーク", "Network"), app.Is(Account, "アカウント", "Account"),
		app.Is(Business, "業務システム", "Business system"), app.Is(Security, "セキュリティ", "Security"), app.Is(Other, "その他", "Other")).Index(),
	app.Text("title", "件名", "Subject", func(t *Template) *string { return &t.Title }).Search(),
	app.Long("body", "内容", "Inquiry", func(t *Template) *string { return &t.Body }).Search().Seal(),
	app.Long("answer", "回答", "Answer", func(t *Template) *string { return &t.Answer }).Search().Seal(),
).Clause("3.3.1").Rule(usable).Lists(
	app.Listed("all", "全て", "All").By("name"),
	app.Listed("category", "区分別", "By category").Of("category").By("name"),
)

// usable wants something that can be used.
func usable(_ *app.Act, _, after *Template) error {
	if after.Title+after.Body+after.Answer == "" {
		return app.Refuse(app.Invalid, "answer", "件名・内容・回答のいずれかを入力してください。", "enter a subject, an inquiry or an answer")
	}
	return nil
}

// Blanks are what stands in a template for what is known only when it is used.
const Blanks = "{番号} {担当者名} {所属} {日付}"

// Texts are what a template says of an inquiry, by field: all for a new one, the answer
// alone for one that there is. A blank of which nothing is known stays, to be seen.
func (t *Template) Texts(of *Ticket, today civil.Date) map[string]string {
	var pairs []string
	for blank, value := range map[string]string{"{番号}": of.Number, "{担当者名}": of.Requester, "{所属}": of.Department, "{日付}": today.Wareki()} {
		if value != "" {
			pairs = append(pairs, blank, value)
		}
	}
	filled := strings.NewReplacer(pairs...)
	texts := map[string]string{"answer": filled.Replace(t.Answer)}
	if of.IsNew() {
		texts["channel"], texts["category"] = string(t.Channel), string(t.Category)
		texts["title"], texts["body"] = filled.Replace(t.Title), filled.Replace(t.Body)
	}
	return texts
}
