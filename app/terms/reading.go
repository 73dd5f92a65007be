package terms

import (
	"crypto/sha256"

	"daicho/app"
	"daicho/app/sla"
)

// ReadingKind is the kind of agreed readings.
const ReadingKind app.Kind = "reading"

// agreementKind is that of app/agreement, which modules name and never import.
const agreementKind app.Kind = "agreement"

// ledgerKind stands for a question in links, whoever answers it; there are no records
// of it.
const ledgerKind app.Kind = "reading_ledger"

// Reading is how a question that the specification leaves open is read from a day on.
// None ever changes: what was judged by one stays so.
type Reading struct {
	app.Head
	Question  sla.Question // of the engine; empty: people alone go by the reading
	Choice    sla.Choice   // the engine's
	From      app.Day
	Agreement string  // its number
	Topic     app.Ref // none: it was entered before there were topics
	Way       string  // key of the topic's
	Basis     app.Ref // the agreement; none: a document of the city's own
	Of        app.Ref // the question, for links
}

var questions = []app.Option[sla.Question]{
	app.Is(sla.ReportWhen, "3.2.2 報告の期限", "3.2.2 When a report is due"), app.Is(sla.NoticeWhen, "3.2.2 通知の時刻", "3.2.2 The time of a notice"),
	app.Is(sla.WishOutside, "3.3.2 時間外の希望時間", "3.3.2 A wish outside of hours"), app.Is(sla.UptimeBy, "3.3.1 稼働率", "3.3.1 Uptime"),
	app.Is(sla.FirstLineBy, "3.3.1 一次受付率", "3.3.1 First line"),
}

// Readings is the register of agreed readings (解釈台帳).
var Readings = app.Describe(ReadingKind, "合意した解釈", "Readings",
	app.One("question", "判定の論点", "Question", func(r *Reading) *sla.Question { return &r.Question }, questions...).Index(),
	app.One("choice", "判定の解釈", "Reading", func(r *Reading) *sla.Choice { return &r.Choice },
		app.Is(sla.Rolled, "2時間後、次の業務時間開始へ繰り下げ", "2 h, moved to the next opening"), app.Is(sla.Counted, "業務時間で2時間", "2 h of the city's time"),
		app.Is(sla.Delivered, "到達", "Delivered"), app.Is(sla.Sent, "発信", "Sent"), app.Is(sla.Acknowledged, "受領確認", "Acknowledged"),
		app.Is(sla.AsWished, "希望時間から", "From the wish"), app.Is(sla.NextOpening, "次の常駐開始から", "From the next opening"),
		app.Is(sla.Staffed, "常駐時間のみ", "Staffed hours only"), app.Is(sla.WithIntake, "システム受付を含む", "With intake by systems"),
		app.Is(sla.FirstTaken, "ヘルプデスクが受けたもの", "What the helpdesk took"), app.Is(sla.HandedOver, "即時引き継ぎを含む", "With what was handed over at once")),
	app.On("from", "施行日", "First day", func(r *Reading) *app.Day { return &r.From }).Must().Index(),
	app.Text("agreement", "合意文書", "Agreement", func(r *Reading) *string { return &r.Agreement }).Must().Search(),
	app.Link("topic", "論点", "Topic", TopicKind, func(r *Reading) *app.Ref { return &r.Topic }).ByRule().Index(),
	app.Text("way", "解釈の記号", "Its key", func(r *Reading) *string { return &r.Way }).ByRule(),
	app.Link("basis", "合意の記録", "Record of the agreement", agreementKind, func(r *Reading) *app.Ref { return &r.Basis }).ByRule(),
	app.Link("of", "対象", "Of", ledgerKind, func(r *Reading) *app.Ref { return &r.Of }).ByRule(),
).Clause("3.2.2", "3.3.1", "3.3.2").Rule(read).Lists(
	app.Listed("all", "全て", "All").Newest("from"),
	app.Listed("question", "判定の論点別", "By question").Of("question").By("from"),
	app.Listed("topic", "論点別", "By topic").Of("topic").Newest("from"),
)

var errSooner = app.Refuse(app.Invalid, "from", "施行日が、前に合意した解釈の施行日以前です。後の日を指定してください。", "it would hold from the day of the reading before it, or sooner; give a later day")

// read keeps what stands, and refuses a choice that answers another question and a
// reading that would change what was judged by the one before. What is entered for the
// engine is noted in its topic.
func read(a *app.Act, before, after *Reading) error {
	if !before.IsNew() {
		return errAgreed
	}
	adopted := !after.Topic.IsZero()
	if !adopted || after.Question != "" {
		if err := (sla.Ledger{after.entry()}).Check(); err != nil {
			return err
		}
	}
	if !adopted {
		after.Of = ledgerOf(string(after.Question))
	}
	if err := later(a, after); err != nil || adopted {
		return err
	}
	return noted(a, after)
}

// later wants the first day after those of all readings of the question that are known
// to be of it.
func later(a *app.Act, r *Reading) error {
	refs, err := a.Linked(r.Of, ReadingKind)
	if err != nil {
		return err
	}
	for _, ref := range refs {
		if ref == r.Ref {
			continue
		}
		_, other, err := a.Load(ref)
		if err != nil {
			return err
		}
		if r.From <= other.(*Reading).From {
			return errSooner
		}
	}
	return nil
}

// noted finds the topic of a reading that was entered for the engine.
func noted(a *app.Act, r *Reading) error {
	refs, err := a.Linked(r.Of, TopicKind)
	if err != nil || len(refs) == 0 {
		return err
	}
	t, err := app.Get(a, Topics, refs[0])
	if err != nil {
		return err
	}
	r.Topic, r.Way = t.Ref, string(r.Choice)
	t.Choice, t.From, t.Agreement = r.Way, r.From, r.Agreement
	a.Save(t)
	return nil
}

// ledgerOf is what all readings of a question link to, and its topic.
func ledgerOf(question string) app.Ref {
	return app.Ref{Kind: ledgerKind, ID: app.DerivedID(sha256.Sum256([]byte("daicho-reading-1" + question)))}
}

func (r *Reading) entry() sla.Reading {
	return sla.Reading{Question: r.Question, Choice: r.Choice, From: r.From.Civil(), Agreement: r.Agreement}
}
