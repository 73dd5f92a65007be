package people

import "daicho/app"

// Kinds of this package, beside [app.PersonKind].
const (
	OrganisationKind app.Kind = "organisation"
	SiteKind         app.Kind = "site"
	GrantKind        app.Kind = "grant"
)

// Organisation is a part of the city, the contractor or a third party.
type Organisation struct {
	app.Head
	Name  string
	Side  Side
	Above app.Ref // the one it is part of
	Phone string
	Email string
	Note  string
}

// Side is whose organisation it is.
type Side string

// The sides.
const (
	City       Side = "city"
	Contractor Side = "contractor"
	Third      Side = "third"
)

// Organisations is the register of organisations.
var Organisations = app.Describe(OrganisationKind, "組織", "Organisations",
	app.Text("name", "名称", "Name", func(o *Organisation) *string { return &o.Name }).Must().Search().Index(),
	app.One("side", "区分", "Side", func(o *Organisation) *Side { return &o.Side },
		app.Is(City, "市", "City"), app.Is(Contractor, "事業者", "Contractor"), app.Is(Third, "第三者", "Third party")).Must().Index(),
	app.Link("above", "上位組織", "Part of", OrganisationKind, func(o *Organisation) *app.Ref { return &o.Above }).Index(),
	app.Text("phone", "電話", "Telephone", func(o *Organisation) *string { return &o.Phone }).Search(),
	app.Text("email", "メール", "E-mail", func(o *Organisation) *string { return &o.Email }).Search(),
	app.Long("note", "備考", "Note", func(o *Organisation) *string { return &o.Note }).Search().Seal(),
).Clause("1.1.1", "2.1.2", "3.1.3").Lists(
	app.Listed("all", "全て", "All").By("name"),
	app.Listed("side", "区分別", "By side").Of("side").By("name"),
)

// Site is a place where somebody works or something stands.
type Site struct {
	app.Head
	Name    string
	Address string
	Phone   string
	Main    bool // 本庁舎, where no time is added for the way (clause 3.3.2)
	Note    string
}

// Sites is the register of sites.
var Sites = app.Describe(SiteKind, "拠点", "Sites",
	app.Text("name", "名称", "Name", func(s *Site) *string { return &s.Name }).Must().Search().Index(),
	app.Text("address", "所在地", "Address", func(s *Site) *string { return &s.Address }).Search(),
	app.Text("phone", "電話", "Telephone", func(s *Site) *string { return &s.Phone }).Search(),
	app.Bool("main", "本庁舎", "Main building", func(s *Site) *bool { return &s.Main }),
	app.Long("note", "備考", "Note", func(s *Site) *string { return &s.Note }).Search().Seal(),
).Clause("1.1.1", "2.1.2", "3.1.3").Lists(app.Listed("all", "全て", "All").By("name"))
