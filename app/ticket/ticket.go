// Package ticket is the register of inquiries to the helpdesk (clauses 3.3.1
// and 3.3.2 of the city's specification). Clocks, dispatch and forecasts are
// not here: they belong to the engines that compute them.
package ticket

import (
	"strings"

	"daicho/app"
	"daicho/app/people"
	"daicho/app/sla"
)

// Kind is the kind of inquiries.
const Kind app.Kind = "ticket"

// Ticket is one inquiry. People and sites are named as text: a call is taken
// before anybody knows which record the caller is.
type Ticket struct {
	app.Head
	Title        string
	State        State
	Channel      Channel
	Category     Category
	Impact       Impact
	Requester    string
	Department   string
	Extension    string
	Site         string
	Asset        string
	Assignee     string
	Body         string
	Answer       string
	ReceivedAt   app.Stamp
	WishedAt     app.Stamp
	ClosedAt     app.Stamp
	FirstLine    bool
	Minutes      int
	Tags         []string
	Photos       []app.Blob
	Zone         app.Zone // that alone may hold it; empty: each
	Organisation app.Ref  // that alone reads it, with those who read all; none: everybody

	Taker         string    // who took it
	CalledAt      app.Stamp // the call that the city's staff took began
	PassedAt      app.Stamp // the city's staff handed it over to the helpdesk
	Abandoned     bool      // the caller gave up before anybody answered
	Triage        string
	OnSite        Need
	HandedTo      string
	HandedAt      app.Stamp
	FirstResponse app.Stamp
	FirstResolved bool      // 一次完結
	Awaits        sla.Party // empty: the contractor goes on
	Reopened      int
	MergedInto    app.Ref
	FAQ           app.Ref
	FAQEntry      bool // it is one of the frequent questions itself
	ConfirmedBy   string
	ConfirmedAt   app.Stamp
}

// Called is who asked, for what, and what is wrong: what a visit's report says of it.
func (t *Ticket) Called() (who, asset, symptom string) {
	who = strings.TrimSpace(t.Department + "　" + t.Requester)
	if t.Extension != "" {
		who += "（内線 " + t.Extension + "）"
	}
	return strings.Trim(who, "　"), t.Asset, strings.TrimSpace(t.Title + "\n" + t.Body)
}

// State is where a ticket stands.
type State string

// The states. The zero value is where life begins.
const (
	Open       State = ""
	Working    State = "working"
	Dispatched State = "dispatched"
	Waiting    State = "waiting"
	Closed     State = "closed"
	Returned   State = "returned"
)

// Channel is the way an inquiry came in (受付経路).
type Channel string

// The channels of R-3.3.1-1.
const (
	Phone   Channel = "phone"
	Mail    Channel = "mail"
	Web     Channel = "web"
	Counter Channel = "counter"
	Patrol  Channel = "patrol"
	City    Channel = "city"
	Monitor Channel = "monitor"
)

// Category is what an inquiry is about.
type Category string

// The categories.
const (
	Device   Category = "device"
	Network  Category = "network"
	Account  Category = "account"
	Business Category = "business"
	Security Category = "security"
	Other    Category = "other"
)

// Need says whether somebody has to go there.
type Need string

// The needs.
const (
	Undecided Need = ""
	Needed    Need = "needed"
	Needless  Need = "needless"
)

// Impact is how much work stands still.
type Impact string

// The impacts, the worst first.
const (
	Stopped  Impact = "stopped"
	Hindered Impact = "hindered"
	Minor    Impact = "minor"
)

// Register is the register of inquiries.
var Register = app.Describe(Kind, "問い合わせ", "Tickets",
	app.Text("title", "件名", "Subject", func(t *Ticket) *string { return &t.Title }).Must().Search().Index().Seal(),
	app.One("state", "状態", "State", func(t *Ticket) *State { return &t.State },
		app.First(Open, "open", "未着手", "Not begun"), app.Is(Working, "対応中", "In progress"), app.Is(Dispatched, "現地手配", "Dispatched"),
		app.Is(Waiting, "回答待ち", "Waiting"), app.Is(Closed, "完了", "Closed"), app.Is(Returned, "差戻し", "Returned")).ByRule().Index(),
	app.One("channel", "受付経路", "Channel", func(t *Ticket) *Channel { return &t.Channel },
		app.Is(Phone, "電話", "Telephone"), app.Is(Mail, "メール", "Mail"), app.Is(Web, "Web", "Web"), app.Is(Counter, "窓口", "Counter"),
		app.Is(Patrol, "巡回", "Patrol"), app.Is(City, "情報課直受け", "Taken by the city"), app.Is(Monitor, "監視", "Monitoring")).Must().Index(),
	app.One("category", "区分", "Category", func(t *Ticket) *Category { return &t.Category },
		app.Is(Device, "機器・プリンター", "Device"), app.Is(Network, "ネットワーク", "Network"), app.Is(Account, "アカウント", "Account"),
		app.Is(Business, "業務システム", "Business system"), app.Is(Security, "セキュリティ", "Security"), app.Is(Other, "その他", "Other")).Index(),
	app.One("impact", "影響", "Impact", func(t *Ticket) *Impact { return &t.Impact },
		app.Is(Stopped, "A 業務停止", "A Work stopped"), app.Is(Hindered, "B 業務に支障", "B Work hindered"), app.Is(Minor, "C 軽微", "C Minor")).Index(),
	app.Text("requester", "問い合わせ担当者", "Requester", func(t *Ticket) *string { return &t.Requester }).Search().Seal(),
	app.Text("department", "所属", "Department", func(t *Ticket) *string { return &t.Department }).Search().Index(),
	app.Text("extension", "内線", "Extension", func(t *Ticket) *string { return &t.Extension }).Seal(),
	app.Text("site", "拠点", "Site", func(t *Ticket) *string { return &t.Site }).Search().Index(),
	app.Text("asset", "対象機器", "Asset", func(t *Ticket) *string { return &t.Asset }).Search(),
	app.Text("assignee", "担当", "Assignee", func(t *Ticket) *string { return &t.Assignee }).Index().Seal(),
	app.Long("body", "内容", "Inquiry", func(t *Ticket) *string { return &t.Body }).Search().Seal(),
	app.Long("answer", "回答", "Answer", func(t *Ticket) *string { return &t.Answer }).Search().Seal(),
	app.At("received", "受付日時", "Received", func(t *Ticket) *app.Stamp { return &t.ReceivedAt }).Index(),
	app.At("wished", "訪問希望", "Visit wished", func(t *Ticket) *app.Stamp { return &t.WishedAt }).Index(),
	app.At("closed", "完了日時", "Closed", func(t *Ticket) *app.Stamp { return &t.ClosedAt }).ByRule().Index(),
	app.Bool("first_line", "一次受付", "First line", func(t *Ticket) *bool { return &t.FirstLine }),
	app.Int("minutes", "対応工数（分）", "Effort (minutes)", func(t *Ticket) *int { return &t.Minutes }).Range(0, 100_000),
	app.One("zone", "領域", "Zone", func(t *Ticket) *app.Zone { return &t.Zone }, app.Zones...),
	app.Link("organisation", "閲覧を限る組織", "Read by organisation", people.OrganisationKind, func(t *Ticket) *app.Ref { return &t.Organisation }),
	app.Tags("tags", "タグ", "Tags", func(t *Ticket) *[]string { return &t.Tags }),
	app.Files("photos", "写真・添付", "Photos and files", func(t *Ticket) *[]app.Blob { return &t.Photos }),
	app.Text("taker", "受付者", "Taken by", func(t *Ticket) *string { return &t.Taker }).Seal(),
	app.At("called", "入電日時", "Call began", func(t *Ticket) *app.Stamp { return &t.CalledAt }),
	app.At("passed", "引き継ぎを受けた日時", "Passed on", func(t *Ticket) *app.Stamp { return &t.PassedAt }).ByRule(),
	app.Bool("abandoned", "放棄呼", "Abandoned", func(t *Ticket) *bool { return &t.Abandoned }),
	app.Long("triage", "切り分け結果", "Triage", func(t *Ticket) *string { return &t.Triage }).ByRule().Search().Seal(),
	app.One("on_site", "現地要否", "Visit needed", func(t *Ticket) *Need { return &t.OnSite },
		app.First(Undecided, "undecided", "未判断", "Not decided"), app.Is(Needed, "要", "Needed"), app.Is(Needless, "不要", "Not needed")).ByRule(),
	app.Text("handed_to", "引き継ぎ先", "Handed to", func(t *Ticket) *string { return &t.HandedTo }).ByRule().Seal(),
	app.At("handed", "引き継ぎ日時", "Handed over", func(t *Ticket) *app.Stamp { return &t.HandedAt }).ByRule(),
	app.At("responded", "初回対応", "First response", func(t *Ticket) *app.Stamp { return &t.FirstResponse }).ByRule(),
	app.Bool("first_resolved", "一次完結", "Resolved by first line", func(t *Ticket) *bool { return &t.FirstResolved }),
	app.One("awaits", "対応待ち先", "Waits for", func(t *Ticket) *sla.Party { return &t.Awaits }, parties...).ByRule(),
	app.Int("reopened", "再オープン回数", "Times re-opened", func(t *Ticket) *int { return &t.Reopened }).ByRule(),
	app.Link("merged_into", "統合先", "Merged into", Kind, func(t *Ticket) *app.Ref { return &t.MergedInto }).ByRule(),
	app.Link("faq", "FAQ", "FAQ", "document", func(t *Ticket) *app.Ref { return &t.FAQ }),
	app.Bool("faq_entry", "よくある質問", "Frequent question", func(t *Ticket) *bool { return &t.FAQEntry }).Index(),
	app.Text("confirmed_by", "確認した担当者", "Confirmed by", func(t *Ticket) *string { return &t.ConfirmedBy }).ByRule().Seal(),
	app.At("confirmed", "担当者確認", "Confirmed", func(t *Ticket) *app.Stamp { return &t.ConfirmedAt }).ByRule(),
).Clause("3.3.1", "3.3.2").Rule(received).Zoned(zone).Of(organisation).Can(
	app.Do("start", "着手する", "Start", start).Saw("state"),
	app.Do("dispatch", "現地対応を手配する", "Dispatch", dispatch,
		app.Text("who", "技術者", "Engineer", func(d *Dispatch) *string { return &d.Who }).Must().Seal(),
		app.At("wished", "訪問希望", "Visit wished", func(d *Dispatch) *app.Stamp { return &d.WishedAt }),
	).Saw("state", "assignee", "wished"),
	app.Do("wait", "回答を待つ", "Wait", wait,
		app.One("party", "対応待ち先", "Waits for", func(w *Wait) *sla.Party { return &w.Party }, parties...),
		app.Long("text", "何を待つか", "What for", func(w *Wait) *string { return &w.Text }).Seal()).Saw("state"),
	app.Do("close", "完了にする", "Close", closeTicket).Saw("state", "answer"),
	app.Do("return", "差し戻す", "Return", giveBack).Saw("state"),
).Can(course()...).Lists(
	app.Listed("open", "未完了", "Not closed", unclosed).Newest("received"),
	app.Listed("new", "未着手", "Not begun", app.Where("state", "=", string(Open))).Newest("received"),
	app.Listed("mine", "自分の担当", "Mine", unclosed, app.Where("assignee", "=", app.Me)).Newest("received"),
	app.Listed("unassigned", "担当なし", "Unassigned", unclosed, app.Where("assignee", "=", "")).Newest("received"),
	app.Listed("pending", "回答待ち", "Waiting", app.Where("state", "=", string(Waiting))).Newest("received"),
	app.Listed("today", "今日の訪問", "Visits today", unclosed, app.Where("wished", ">=", app.Today), app.Where("wished", "<", app.Tomorrow)).By("wished"),
	app.Listed("arrived", "本日の受付", "Taken today", app.Where("received", ">=", app.Today)).Newest("received"),
	app.Listed("closed", "完了", "Closed", app.Where("state", "=", string(Closed))).Newest("received"),
	app.Listed("department", "所属別", "By department").Of("department").Newest("received"),
	app.Listed("site", "拠点別", "By site").Of("site").Newest("received"),
	app.Listed("faq", "よくある質問", "Frequent questions", app.Where("faq_entry", "=", int64(1))).Newest("received"),
	app.Listed("all", "全て", "All").Newest("received"),
)

// unclosed is an inquiry that somebody still has to do something about.
var unclosed = app.Where("state", "<>", string(Closed))

func zone(t *Ticket) app.Zone       { return t.Zone }
func organisation(t *Ticket) app.ID { return t.Organisation.ID }

// Module is what the product takes from this package.
func Module() app.Module {
	return app.Module{Name: "ticket", Registers: []app.AnyRegister{Register, Notes, Slips, Templates}}
}

// received dates a ticket by the act that made it, unless a person said when.
func received(a *app.Act, before, after *Ticket) error {
	if after.ReceivedAt == 0 {
		after.ReceivedAt = a.At
	}
	if before.IsNew() && after.Channel == City {
		after.PassedAt = a.At
		if after.CalledAt == 0 {
			after.CalledAt = after.ReceivedAt
		}
	}
	if before.State == Closed && after.State == Closed && before.Answer != after.Answer {
		return app.Refuse(app.Invalid, "answer", "完了した問い合わせの回答は変更できません。差し戻してから変更してください。",
			"the answer of a closed ticket cannot change; return the ticket first")
	}
	return nil
}

func (t *Ticket) moveTo(to State, from ...State) error {
	for _, s := range from {
		if t.State == s {
			t.State = to
			return nil
		}
	}
	return app.Refuse(app.Stale, "state", "今の状態からは行えません。記録を開いて状態を確認してください。",
		"not possible from the state the ticket is in; look at it")
}

// Dispatch is what a dispatcher says.
type Dispatch struct {
	Who      string
	WishedAt app.Stamp // zero: as wished before
}

func dispatch(a *app.Act, t *Ticket, d Dispatch) error {
	if err := t.moveTo(Dispatched, Open, Working, Waiting, Returned); err != nil {
		return err
	}
	t.resume(a)
	t.note(a, Sent, "現地対応を手配した。")
	t.Assignee = d.Who
	if d.WishedAt != 0 {
		t.WishedAt = d.WishedAt
	}
	return nil
}

func closeTicket(a *app.Act, t *Ticket, _ struct{}) error {
	if t.Answer == "" {
		return app.Refuse(app.Invalid, "answer", "回答がありません。回答を入力してから完了にしてください。", "no answer; write one, then close")
	}
	if err := t.moveTo(Closed, Open, Working, Dispatched, Waiting, Returned); err != nil {
		return err
	}
	t.finish(a)
	return nil
}

// Send sends somebody to an inquiry for whom a visit was entered.
func Send(a *app.Act, ref app.Ref, engineer string, wished app.Stamp) error {
	t, err := app.Get(a, Register, ref)
	if err != nil {
		return err
	}
	if t.State == Dispatched { // somebody else goes, too
		return nil
	}
	t.OnSite = Needed
	a.Save(t)
	return dispatch(a, t, Dispatch{engineer, wished})
}
