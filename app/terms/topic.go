package terms

import (
	"slices"

	"daicho/app"
	"daicho/app/sla"
)

// TopicKind is the kind of questions that the specification leaves open.
const TopicKind app.Kind = "reading_topic"

// Topic is a place of the specification that can be read in more than one way, and the
// reading in force.
type Topic struct {
	app.Head
	Item      int
	Clause    string
	Question  string
	Ways      []Way        // the first holds without an agreement
	Engine    sla.Question // whose question it is; empty: people alone go by it
	Choice    string       // key of the way that was agreed on last; empty: the first
	From      app.Day      // its first day
	Agreement string       // the number it rests on
	Of        app.Ref      // the question, for links
}

// Way is one way to read a question.
type Way struct {
	Key  string
	Text string
}

// Choosing is what was agreed on.
type Choosing struct {
	Choice    string
	From      app.Day
	Agreement app.Ref
}

// Number tells the number of an agreement that others may rest on, or refuses: the
// module that has agreements answers.
type Number func(a *app.Act, agreement app.Ref) (string, error)

func topics(number Number) *app.Register[Topic] {
	return Topics.Can(
		app.Do("adopt", "解釈を合意により定める", "Adopt a reading", adopt(number),
			app.Text("choice", "解釈の記号", "Key of the reading", func(c *Choosing) *string { return &c.Choice }).Must(),
			app.On("from", "施行日", "First day", func(c *Choosing) *app.Day { return &c.From }).Must(),
			app.Link("agreement", "合意", "Agreement", agreementKind, func(c *Choosing) *app.Ref { return &c.Agreement }).Must()).Saw("choice", "from"),
	)
}

// Topics is the register of questions (解釈台帳), without the command that asks for
// agreements: [Module] adds it.
var Topics = app.Describe(TopicKind, "解釈台帳", "Ledger of readings",
	app.Int("item", "項番", "Item", func(t *Topic) *int { return &t.Item }).Index(),
	app.Text("clause", "条項", "Clause", func(t *Topic) *string { return &t.Clause }).Must().Search().Index(),
	app.Text("question", "論点", "Question", func(t *Topic) *string { return &t.Question }).Must().Search().Index(),
	app.Rows("ways", "解釈の候補", "Ways to read it", func(t *Topic) *[]Way { return &t.Ways },
		app.Text("key", "記号", "Key", func(w *Way) *string { return &w.Key }).Must(),
		app.Text("text", "解釈", "Reading", func(w *Way) *string { return &w.Text }).Must()).Must().Search(),
	app.One("engine", "判定への適用", "Judged by", func(t *Topic) *sla.Question { return &t.Engine }, questions...).Index(),
	app.Text("choice", "合意した解釈", "Agreed reading", func(t *Topic) *string { return &t.Choice }).ByRule().Index(),
	app.On("from", "施行日", "First day", func(t *Topic) *app.Day { return &t.From }).ByRule().Index(),
	app.Text("agreement", "合意文書", "Agreement", func(t *Topic) *string { return &t.Agreement }).ByRule().Search(),
	app.Link("of", "対象", "Of", ledgerKind, func(t *Topic) *app.Ref { return &t.Of }).ByRule(),
).Clause("1.1.1", "1.3.2", "2.2.1", "3.1.2", "3.1.4", "3.2.2", "3.3.1", "3.3.2", "3.4.2", "3.4.3").Rule(asked).Lists(
	app.Listed("all", "全て", "All").By("item"),
	app.Listed("unagreed", "未合意", "Not agreed on", app.Where("choice", "=", "")).By("item"),
	app.Listed("clause", "条項別", "By clause").Of("clause").By("item"),
)

var (
	errTwo    = app.Refuse(app.Invalid, "ways", "解釈の候補は、異なる記号で二つ以上入力してください。", "a question has two ways to read it, or more, each with a key of its own")
	errHeld   = app.Refuse(app.Forbidden, "ways", "合意した解釈のある論点は変更できません。新しい論点として登録してください。", "a question that was agreed on never changes; enter a new one")
	errChoice = app.Refuse(app.Invalid, "choice", "この論点に、その記号の解釈はありません。候補から選んでください。", "the question has no such reading; choose one of its keys")
	errTwice  = app.Refuse(app.Invalid, "engine", "この判定の論点は、既に登録されています。その論点で解釈を定めてください。", "there is a topic of that question already; adopt a reading there")
)

// asked holds a topic to have two ways that can be judged by, and to stay when one was
// agreed on.
func asked(a *app.Act, before, after *Topic) error {
	var keys []string
	for _, w := range after.Ways {
		if slices.Contains(keys, w.Key) {
			return errTwo
		}
		keys = append(keys, w.Key)
	}
	same := before.Question == after.Question && before.Clause == after.Clause && before.Engine == after.Engine && slices.Equal(before.Ways, after.Ways)
	switch {
	case len(keys) < 2:
		return errTwo
	case same:
		return nil
	case before.Choice != "":
		return errHeld
	case after.Engine == "":
		after.Of = ledgerOf(after.Ref.String())
		return nil
	}
	return judged(a, after, keys)
}

// judged wants ways that the engine knows, and one topic of its question.
func judged(a *app.Act, t *Topic, keys []string) error {
	for _, key := range keys {
		if err := (sla.Ledger{{Question: t.Engine, Choice: sla.Choice(key), Agreement: "?"}}).Check(); err != nil {
			return err
		}
	}
	t.Of = ledgerOf(string(t.Engine))
	refs, err := a.Linked(t.Of, TopicKind)
	if err == nil && slices.ContainsFunc(refs, func(r app.Ref) bool { return r != t.Ref }) {
		return errTwice
	}
	return err
}

// adopt enters a reading with the agreement that it rests on.
func adopt(number Number) func(*app.Act, *Topic, Choosing) error {
	return func(a *app.Act, t *Topic, in Choosing) error {
		if !slices.ContainsFunc(t.Ways, func(w Way) bool { return w.Key == in.Choice }) {
			return errChoice
		}
		cited, err := number(a, in.Agreement)
		if err != nil {
			return err
		}
		r := &Reading{Head: app.Head{Ref: app.Ref{Kind: ReadingKind, ID: a.NewID()}}}
		r.From, r.Agreement, r.Topic, r.Way, r.Basis, r.Of = in.From, cited, t.Ref, in.Choice, in.Agreement, t.Of
		if t.Engine != "" {
			r.Question, r.Choice = t.Engine, sla.Choice(in.Choice)
		}
		a.Save(r)
		t.Choice, t.From, t.Agreement = in.Choice, in.From, cited
		return nil
	}
}

// Now is the reading that was agreed on last, or the first one where none was.
func (t *Topic) Now() (w Way, agreed bool) {
	for _, w := range t.Ways {
		if w.Key == t.Choice {
			return w, true
		}
	}
	if len(t.Ways) > 0 {
		w = t.Ways[0]
	}
	return w, false
}
