package people

import "daicho/app"

// Person is somebody who takes part in the contract. One who has a device has the
// id under which the server knows him.
type Person struct {
	app.Head
	Name         string
	Kana         string
	Post         string
	Organisation app.Ref
	Site         app.Ref
	Email        string
	Phone        string
	Note         string
}

// Persons is the register of persons.
var Persons = app.Describe(app.PersonKind, "担当者", "People",
	app.Text("name", "氏名", "Name", func(p *Person) *string { return &p.Name }).Must().Search().Index().Seal(),
	app.Text("kana", "フリガナ", "Reading", func(p *Person) *string { return &p.Kana }).Search().Index().Seal(),
	app.Text("post", "役職", "Post", func(p *Person) *string { return &p.Post }).Search(),
	app.Link("organisation", "所属", "Organisation", OrganisationKind, func(p *Person) *app.Ref { return &p.Organisation }).Index(),
	app.Link("site", "勤務地", "Site", SiteKind, func(p *Person) *app.Ref { return &p.Site }).Index(),
	app.Text("email", "メール", "E-mail", func(p *Person) *string { return &p.Email }).Search().Seal(),
	app.Text("phone", "電話", "Telephone", func(p *Person) *string { return &p.Phone }).Search().Seal(),
	app.Long("note", "備考", "Note", func(p *Person) *string { return &p.Note }).Search().Seal(),
).Clause("1.1.1", "2.1.2", "3.1.3").Of(func(p *Person) app.ID { return p.Ref.ID }).Lists(
	app.Listed("all", "全て", "All").By("kana"),
	app.Listed("organisation", "所属別", "By organisation").Of("organisation").By("kana"),
	app.Listed("site", "勤務地別", "By site").Of("site").By("kana"),
)
