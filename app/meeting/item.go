package meeting

import (
	"slices"

	"daicho/app"
)

// ItemKind is the kind of items.
const ItemKind app.Kind = "minute_item"

// Item is one thing that was said in a meeting.
type Item struct {
	app.Head
	Meeting  app.Ref
	Type     Type
	Text     string
	Side     Side // whose decision, action or request it is; empty: the usual one
	Owner    app.Ref
	Charge   string  // an owner who is in no register
	Reviewer app.Ref // of the action; none: who enters it
	Due      app.Day
	At       app.Stamp // it was written down
	By       app.Ref
	Record   app.Ref // what became of it
	Struck   bool
}

// Type is what kind of item it is.
type Type string

// The types. All but notes become records.
const (
	Note     Type = ""
	Decision Type = "decision"
	Action   Type = "action"
	Request  Type = "request"
)

// Items is the register of items.
var Items = app.Describe(ItemKind, "議事の項目", "Items of minutes",
	app.Link("meeting", "会議", "Meeting", Kind, func(i *Item) *app.Ref { return &i.Meeting }).Must().Index(),
	app.One("type", "種別", "Type", func(i *Item) *Type { return &i.Type }, app.First(Note, "note", "要点", "Note"),
		app.Is(Decision, "決定事項", "Decision"), app.Is(Action, "対応事項", "Action"), app.Is(Request, "要望", "Request")).Index(),
	app.Long("text", "内容", "Text", func(i *Item) *string { return &i.Text }).Must().Search().Seal(),
	app.One("side", "区分", "Side", func(i *Item) *Side { return &i.Side }, sides[:2]...),
	app.Link("owner", "担当", "Owner", app.PersonKind, func(i *Item) *app.Ref { return &i.Owner }),
	app.Text("charge", "担当（名簿にない者）", "Owner, if in no register", func(i *Item) *string { return &i.Charge }).Search().Seal(),
	app.Link("reviewer", "レビュー者", "Reviewer", app.PersonKind, func(i *Item) *app.Ref { return &i.Reviewer }),
	app.On("due", "期限", "Due", func(i *Item) *app.Day { return &i.Due }),
	app.At("at", "記録日時", "Written down at", func(i *Item) *app.Stamp { return &i.At }).ByRule().Index(),
	app.Link("by", "記録した者", "By", app.PersonKind, func(i *Item) *app.Ref { return &i.By }).ByRule(),
	app.Link("record", "登録先", "Became", "", func(i *Item) *app.Ref { return &i.Record }).ByRule(),
	app.Bool("struck", "取消し", "Struck out", func(i *Item) *bool { return &i.Struck }).ByRule().Index(),
).Clause("1.1.1", "2.1.1").Within(func(i *Item) app.Ref { return i.Meeting }).ErasedWith(func(i *Item) app.Ref { return i.Meeting }).Rule(written).Can(
	app.Do("strike", "取り消す", "Strike it out", strike).Saw("record"),
).Lists(
	app.Listed("all", "全て", "All").Newest("at"),
	app.Listed("meeting", "会議別", "By meeting").Of("meeting").By("at"),
)

var (
	errElsewhere = app.Refuse(app.Forbidden, "meeting", "項目を別の会議に移すことはできません。取り消して、新しく登録してください。", "an item stays with its meeting; strike it out and enter another")
	errEntered   = app.Refuse(app.Forbidden, "", "台帳に登録した項目は変更できません。登録先の記録で変更してください。", "it is a record of its own now; change that")
	errStruck    = app.Refuse(app.Forbidden, "", "取り消した項目は変更できません。", "it was struck out")
	errMinuted   = app.Refuse(app.Stale, "meeting", "議事録が作成されているため、項目を変更できません。議事録の版の本文で直してください。", "the minutes are written; mend the text of their revision")
)

// written notes when and by whom an item was made, and keeps what minutes were made of.
func written(a *app.Act, before, after *Item) error {
	if before.IsNew() {
		after.At, after.By = a.At, app.Ref{Kind: app.PersonKind, ID: a.Actor.ID}
	}
	switch {
	case !before.IsNew() && before.Meeting != after.Meeting:
		return errElsewhere
	case !before.Record.IsZero():
		return errEntered
	case before.Struck:
		return errStruck
	case before.Record != after.Record: // entered by its meeting
		return nil
	}
	_, r, err := a.Load(after.Meeting)
	if err != nil {
		return err
	}
	if m, ok := r.(*Meeting); ok && m.Stage != Unwritten {
		return errMinuted
	}
	return nil
}

// strike takes an item out before anything was made of it.
func strike(_ *app.Act, i *Item, _ struct{}) error {
	i.Struck = true
	return nil
}

// itemsOf are the items of a meeting that stand, in the order in which they were
// written down.
func itemsOf(a *app.Act, m *Meeting) (all []*Item, err error) {
	refs, err := a.Linked(m.Ref, ItemKind)
	if err != nil {
		return nil, err
	}
	for _, ref := range refs {
		i, err := app.Get(a, Items, ref)
		if err != nil {
			return nil, err
		}
		if i.Meeting == m.Ref && !i.Struck {
			all = append(all, i)
		}
	}
	slices.SortStableFunc(all, func(x, y *Item) int { return int(x.At - y.At) })
	return all, nil
}
