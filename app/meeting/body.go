// Package meeting is the register of the bodies that meet (会議体, 1.1.1: the city's own
// among them), of their meetings, and of what is said there. Decisions, actions and
// requests become records of their own by command, and the minutes a document with the
// way of every document: the contractor checks it, the city confirms it.
//
// A decision's life afterwards is in app/agreement, an action's in app/task, and the
// text of the minutes in app/document; they meet through functions that app/modules
// hands over. What was talked about on the telephone is no meeting but a document.
package meeting

import "daicho/app"

// BodyKind is the kind of bodies.
const BodyKind app.Kind = "meeting_body"

// documentKind is that of app/document, which modules name and never import.
const documentKind app.Kind = "document"

// Body is one body that meets: who belongs to it, and what it may decide.
type Body struct {
	app.Head
	Name        string
	Purpose     string
	Host        Side
	Chair       string
	Members     []Member
	Authority   Authority
	Scope       string // 承認権限: what it may decide on
	Every       string // 開催頻度
	Quorum      int    // 定足数; zero: none
	PapersDays  int    // business days of the city before a meeting
	MinutesDays int    // and after it; zero: [UsualDays]
	Clause      string
	Ended       app.Day
}

// Member is somebody who belongs to a body.
type Member struct {
	Name string
	Side Side
	Post string
}

// Authority is whether a body may decide.
type Authority string

// The authorities.
const (
	Talks   Authority = ""
	Decides Authority = "decides"
)

// Side is one of the parties.
type Side string

// The sides.
const (
	City       Side = "city"
	Contractor Side = "contractor"
	Third      Side = "third"
)

var sides = []app.Option[Side]{app.Is(City, "市", "City"), app.Is(Contractor, "事業者", "Contractor"), app.Is(Third, "その他", "Other")}

// Bodies is the register of bodies (会議体台帳).
var Bodies = app.Describe(BodyKind, "会議体", "Meeting bodies",
	app.Text("name", "会議名", "Name", func(b *Body) *string { return &b.Name }).Must().Search().Index(),
	app.Long("purpose", "目的", "Purpose", func(b *Body) *string { return &b.Purpose }).Search().Seal(),
	app.One("host", "主催", "Host", func(b *Body) *Side { return &b.Host }, sides...).Must().Index(),
	app.Text("chair", "議長", "Chair", func(b *Body) *string { return &b.Chair }).Search().Seal(),
	app.Rows("members", "構成員", "Members", func(b *Body) *[]Member { return &b.Members },
		app.Text("name", "氏名", "Name", func(m *Member) *string { return &m.Name }).Must(),
		app.One("side", "所属", "Side", func(m *Member) *Side { return &m.Side }, sides...),
		app.Text("post", "役割", "Post", func(m *Member) *string { return &m.Post }),
	).Search().Seal(),
	app.One("authority", "決定の権限", "Authority", func(b *Body) *Authority { return &b.Authority },
		app.First(Talks, "talks", "報告・協議のみ", "Talks only"), app.Is(Decides, "決定できる", "Decides")).Index(),
	app.Long("scope", "承認権限の範囲", "What it may decide on", func(b *Body) *string { return &b.Scope }).Search().Seal(),
	app.Text("every", "開催頻度", "How often", func(b *Body) *string { return &b.Every }),
	app.Int("quorum", "定足数（人）", "Quorum", func(b *Body) *int { return &b.Quorum }).Range(1, 999),
	app.Int("papers_days", "資料の提出（営業日前）", "Papers, days before", func(b *Body) *int { return &b.PapersDays }).Range(1, 60),
	app.Int("minutes_days", "議事録の提出（営業日以内）", "Minutes, days after", func(b *Body) *int { return &b.MinutesDays }).Range(1, 60),
	app.Text("clause", "条項", "Clause", func(b *Body) *string { return &b.Clause }).Search(),
	app.On("ended", "廃止日", "Ended on", func(b *Body) *app.Day { return &b.Ended }).Index(),
).Clause("1.1.1").Lists(
	app.Listed("all", "全て", "All").By("name"),
	app.Listed("host", "主催別", "By host").Of("host").By("name"),
)
