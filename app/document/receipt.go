package document

import "daicho/app"

// ReceiptKind is the kind of receipts.
const ReceiptKind app.Kind = "receipt"

// Receipt is one person's receipt of a document (受領), or his turn to read it (供覧).
type Receipt struct {
	app.Head
	Document app.Ref
	Title    string // of the document, for lists
	Person   app.Ref
	Form     Form
	Due      app.Day
	By       app.Ref // who asked for it
	Asked    app.Stamp
	Read     app.Stamp // zero: not yet
}

// Form is what a person is asked for.
type Form string

// The forms.
const (
	Circulated Form = "" // to read it
	Delivered  Form = "receipt"
)

var forms = []app.Option[Form]{app.First(Circulated, "circulated", "供覧", "Circulated"), app.Is(Delivered, "受領", "Receipt")}

// Receipts is the register of receipts.
var Receipts = app.Describe(ReceiptKind, "供覧・受領", "Receipts",
	app.Link("document", "文書", "Document", Kind, func(r *Receipt) *app.Ref { return &r.Document }).Must().Index(),
	app.Text("title", "文書名", "Title", func(r *Receipt) *string { return &r.Title }).ByRule().Search().Index(),
	app.Link("person", "宛先の人", "Person", app.PersonKind, func(r *Receipt) *app.Ref { return &r.Person }).Must().Index(),
	app.One("form", "区分", "Form", func(r *Receipt) *Form { return &r.Form }, forms...).Index(),
	app.On("due", "期限", "Due", func(r *Receipt) *app.Day { return &r.Due }).Index(),
	app.Link("by", "依頼した者", "Asked by", app.PersonKind, func(r *Receipt) *app.Ref { return &r.By }).ByRule(),
	app.At("asked", "依頼日時", "Asked at", func(r *Receipt) *app.Stamp { return &r.Asked }).ByRule().Index(),
	app.At("read", "確認日時", "Read at", func(r *Receipt) *app.Stamp { return &r.Read }).ByRule().Index(),
).Clause("1.1.1").Within(func(r *Receipt) app.Ref { return r.Document }).Rule(asked).Can(
	app.Do("read", "確認した", "Read", read).Saw("read"),
).Lists(
	app.Listed("unread", "未確認", "Not read", app.Where("read", "=", int64(0))).By("due"),
	app.Listed("mine", "自分宛て", "Mine", app.Where("person", "=", app.Me), app.Where("read", "=", int64(0))).By("due"),
	app.Listed("all", "全て", "All").Newest("asked"),
)

var (
	errOther = app.Refuse(app.Forbidden, "", "確認できるのは、宛先の本人だけです。", "only the person it went to can say so")
	errRead  = app.Refuse(app.Stale, "read", "既に確認されています。", "it was read already")
	errSaid  = app.Refuse(app.Forbidden, "", "供覧・受領の記録は変更できません。", "a receipt is never changed")
)

// Circulate is who is to read a document.
type Circulate struct {
	People []app.Ref
	Form   Form
	Due    app.Day
}

// circulate asks several people at once.
func circulate(a *app.Act, d *Document, in Circulate) error {
	for _, who := range in.People {
		r := &Receipt{Head: fresh(a, ReceiptKind)}
		r.Document, r.Person, r.Form, r.Due = d.Ref, who, in.Form, in.Due
		a.Save(r)
	}
	return nil
}

func asked(a *app.Act, before, after *Receipt) error {
	if !before.IsNew() {
		if before.Document != after.Document || before.Person != after.Person || before.Form != after.Form {
			return errSaid
		}
		return nil
	}
	d, err := documentAt(a, after.Document)
	switch {
	case err != nil:
		return err
	case d.Disposed != 0:
		return errDisposed
	}
	after.Title, after.By, after.Asked = d.Title, app.Ref{Kind: app.PersonKind, ID: a.Actor.ID}, a.At
	return nil
}

func read(a *app.Act, r *Receipt, _ struct{}) error {
	switch {
	case r.Person.ID != a.Actor.ID:
		return errOther
	case r.Read != 0:
		return errRead
	}
	r.Read = a.At
	return nil
}
