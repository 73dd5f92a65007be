// Package notice is the register of what the server tells people by itself (通知):
// receipts and alarms, one record for each person and way, with every attempt. It is
// the outbox, so that nothing is forgotten when the server ends. Beside it stands the
// list of who is told of incidents. Sending is not here, nor are the words: the
// server's job has them.
package notice

import "daicho/app"

// Kind is the kind of notices.
const Kind app.Kind = "notice"

// Notice is one message to one address.
type Notice struct {
	app.Head
	About     app.Ref // what it tells of
	Way       Way
	To        string  // a mail address, that of a web hook, a telephone number; of the window nothing
	Line      app.Ref // of the escalation list; zero: it stands alone
	Subject   string
	Body      string
	MessageID string // the same in every attempt, so that a second copy is known as one
	InReplyTo string
	Chain     string    // an alarm's steps share it; empty: it stands alone
	Due       app.Stamp // of the next attempt
	State     State
	Attempts  []Attempt
	Called    string // who answered the telephone
	AckBy     app.Ref
	AckAt     app.Stamp
}

// Way is how a notice travels.
type Way string

// The ways. The server carries mail and web hooks. The other two wait for people: whoever
// sees the window, or telephones.
const (
	Mail    Way = "mail"
	Hook    Way = "hook"
	Desktop Way = "desktop"
	Phone   Way = "phone"
)

// State is where a notice stands.
type State string

// The states.
const (
	Waiting      State = ""
	Sending      State = "sending" // an attempt began and nobody said how it ended
	Sent         State = "sent"
	Given        State = "given_up"
	Unsure       State = "unsure" // two attempts began, and how they ended is not known
	Acknowledged State = "acknowledged"
	Spared       State = "spared" // somebody acknowledged another of the chain
	Asked        State = "asked"  // it is people's turn: to look, or to telephone
)

// Attempt is one try.
type Attempt struct {
	At     app.Stamp // it began
	Result Result
	Detail string    // what the other side said; nothing personal
	Ended  app.Stamp // zero: nobody said how it ended
	Off    int       // seconds that the times of a call may be off; zero: nobody knows, or the server made it
}

// Result is how an attempt ended.
type Result string

// The results.
const (
	Begun  Result = "begun"
	OK     Result = "ok"
	Later  Result = "later" // not now: to be tried again
	Failed Result = "failed"
)

// Ending is what is reported of an attempt.
type Ending struct {
	Result Result
	Detail string
	Due    app.Stamp // of the next attempt, where the result is Later
}

// Call is how a telephone call went.
type Call struct {
	Outcome Outcome
	Who     string // who answered; empty: whoever the line names
}

// Outcome is whether somebody answered.
type Outcome string

// The outcomes.
const (
	Answered Outcome = ""
	Silent   Outcome = "silent"
)

// Register is the register of notices.
var Register = app.Describe(Kind, "通知", "Notices",
	app.Text("title", "件名", "Subject", func(n *Notice) *string { return &n.Subject }).Must().Search().Index().Seal(),
	app.Link("about", "対象", "About", "", func(n *Notice) *app.Ref { return &n.About }).Index(),
	app.One("way", "方法", "Way", func(n *Notice) *Way { return &n.Way }, ways...).Must(),
	app.Text("to", "宛先", "To", func(n *Notice) *string { return &n.To }).Seal(),
	app.Link("line", "連絡順", "Escalation list", LineKind, func(n *Notice) *app.Ref { return &n.Line }),
	app.Long("body", "本文", "Text", func(n *Notice) *string { return &n.Body }).Seal(),
	app.Text("message_id", "Message-ID", "Message-ID", func(n *Notice) *string { return &n.MessageID }).Index(),
	app.Text("in_reply_to", "返信先", "In reply to", func(n *Notice) *string { return &n.InReplyTo }),
	app.Text("chain", "連絡の系列", "Chain", func(n *Notice) *string { return &n.Chain }).Index(),
	app.At("due", "次の送信", "Due", func(n *Notice) *app.Stamp { return &n.Due }).Index(),
	app.One("state", "状態", "State", func(n *Notice) *State { return &n.State },
		app.First(Waiting, "waiting", "送信待ち", "Waiting"), app.Is(Sending, "送信中", "Sending"), app.Is(Sent, "送信済み", "Sent"),
		app.Is(Given, "送信できず", "Given up"), app.Is(Unsure, "送信の成否が不明", "Not known whether sent"), app.Is(Acknowledged, "確認済み", "Acknowledged"),
		app.Is(Spared, "送信不要", "Not needed"), app.Is(Asked, "対応待ち", "Waits for people")).ByRule().Index(),
	app.Rows("attempts", "送信の記録", "Attempts", func(n *Notice) *[]Attempt { return &n.Attempts },
		app.At("at", "日時", "Time", func(t *Attempt) *app.Stamp { return &t.At }).Must(),
		app.One("result", "結果", "Result", func(t *Attempt) *Result { return &t.Result }, results...),
		app.Text("detail", "応答", "Answer", func(t *Attempt) *string { return &t.Detail }),
		app.At("ended", "終了", "Ended", func(t *Attempt) *app.Stamp { return &t.Ended }),
		app.Int("off", "誤差（秒）", "Off (s)", func(t *Attempt) *int { return &t.Off }),
	).ByRule(),
	app.Text("called", "電話の相手", "Who answered", func(n *Notice) *string { return &n.Called }).ByRule().Seal(),
	app.Link("ack_by", "確認者", "Acknowledged by", app.PersonKind, func(n *Notice) *app.Ref { return &n.AckBy }).ByRule(),
	app.At("ack_at", "確認日時", "Acknowledged at", func(n *Notice) *app.Stamp { return &n.AckAt }).ByRule(),
).Clause("3.2.2", "3.3.1").Rule(kept).Can(
	app.Do("begin", "送信を始める", "Begin to send", begin).Saw("state"),
	app.Do("end", "送信の結果を記録する", "Record the result", end,
		app.One("result", "結果", "Result", func(e *Ending) *Result { return &e.Result }, results...).Must(),
		app.Text("detail", "応答", "Answer", func(e *Ending) *string { return &e.Detail }),
		app.At("due", "次の送信", "Due", func(e *Ending) *app.Stamp { return &e.Due }),
	).Saw("state"),
	app.Do("ask", "対応を求める", "Ask people", ask).Saw("state"),
	app.Do("reached", "電話がつながった", "They answered", reached).Saw("state"),
	app.Do("call", "電話の結果を記録する", "Record a call", call,
		app.One("outcome", "結果", "Outcome", func(c *Call) *Outcome { return &c.Outcome },
			app.First(Answered, "answered", "つながった", "Answered"), app.Is(Silent, "つながらなかった", "No answer")),
		app.Text("who", "相手", "Who answered", func(c *Call) *string { return &c.Who }).Seal(),
	).Saw("state"),
	app.Do("spare", "送信しない", "Do not send", spare).Saw("state"),
	app.Do("acknowledge", "確認した", "Acknowledge", acknowledge).Saw("state"),
	app.Do("again", "もう一度送る", "Send again", again).Saw("state"),
).Lists(
	app.Listed("all", "全て", "All").Newest("due"),
	app.Listed("waiting", "送信待ち", "Waiting", app.Where("state", "=", string(Waiting))).By("due"),
	app.Listed("asked", "対応待ち", "Waits for people", app.Where("state", "=", string(Asked))).By("due"),
	app.Listed("unsure", "成否が不明", "Not known", app.Where("state", "=", string(Unsure))).Newest("due"),
	app.Listed("given_up", "送信できず", "Given up", app.Where("state", "=", string(Given))).Newest("due"),
)

var results = []app.Option[Result]{
	app.Is(Begun, "開始", "Begun"), app.Is(OK, "送信済み", "Sent"), app.Is(Later, "再送待ち", "To be tried again"), app.Is(Failed, "失敗", "Failed"),
}

// Module is what the product takes from this package.
func Module() app.Module {
	return app.Module{Name: "notice", Registers: []app.AnyRegister{Register, Lines}}
}
