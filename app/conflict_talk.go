package app

// Remark is a question about a conflict, or an answer.
type Remark struct {
	At     Stamp
	By, To Ref // persons
	Text   string
}

// Question is what a person asks about a conflict, and whom.
type Question struct {
	Whom Ref
	Text string
}

// Answer is what the person who was asked says.
type Answer struct{ Text string }

// talk is all that was asked and answered, the first one first.
var talk = Rows("talk", "やり取り", "Questions and answers", func(c *Conflict) *[]Remark { return &c.Talk },
	At("at", "日時", "Time", func(r *Remark) *Stamp { return &r.At }),
	Link("by", "記入者", "Author", PersonKind, func(r *Remark) *Ref { return &r.By }),
	Link("to", "宛先", "To", PersonKind, func(r *Remark) *Ref { return &r.To }),
	Long("text", "内容", "Text", func(r *Remark) *string { return &r.Text }).Seal(),
).ByRule().Seal()

// asked is the list of what waits for the person who asks for it.
var asked = Listed("asked", "自分への照会", "Asked of me", Where("waits_for", "=", Me), Where("state", "=", string(ConflictOpen)))

// AskedOfMe is the query for the open conflicts that wait for who asks it.
func AskedOfMe() Query { return asked.Query(nil) }

// ask hands a conflict to somebody who knows better: it stays open.
var ask = Do("ask", "照会する", "Ask", func(a *Act, c *Conflict, q Question) error {
	if q.Whom.Kind != PersonKind {
		return Refuse(Invalid, "whom", "照会先は人です。利用者の一覧から選んでください。", "a conflict is asked of a person; choose one of the directory")
	}
	return c.say(a, q.Whom, q.Text)
},
	Link("whom", "照会先", "Whom", PersonKind, func(q *Question) *Ref { return &q.Whom }).Must(),
	Long("text", "照会内容", "Question", func(q *Question) *string { return &q.Text }).Must().Seal())

// answer gives the conflict back to who asked last.
var answer = Do("answer", "回答する", "Answer", func(a *Act, c *Conflict, in Answer) error {
	if len(c.Talk) == 0 {
		return Refuse(Stale, "", "この競合についての照会はありません。先に照会してください。", "nobody has asked about this conflict; ask first")
	}
	return c.say(a, c.asker(personRef(a.Actor.ID)), in.Text)
},
	Long("text", "回答内容", "Answer", func(in *Answer) *string { return &in.Text }).Must().Seal())

var errSettled = Refuse(Stale, "state", "この競合は既に解決されています。", "this conflict is settled already")

// asker is the last other person who spoke; zero: there is none.
func (c *Conflict) asker(me Ref) (who Ref) {
	for _, r := range c.Talk {
		if r.By != me {
			who = r.By
		}
	}
	return who
}

func (c *Conflict) say(a *Act, to Ref, text string) error {
	if c.State == ConflictSettled {
		return errSettled
	}
	c.Talk = append(c.Talk, Remark{At: a.At, By: personRef(a.Actor.ID), To: to, Text: text})
	c.WaitsFor = to
	return nil
}
