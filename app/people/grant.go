package people

import (
	"fmt"

	"daicho/app"
	"daicho/app/access"
)

// Grant is a role that a person holds, with its bounds.
type Grant struct {
	app.Head
	Person       app.Ref
	Name         string // of the person, for lists
	Role         access.Role
	Organisation app.Ref  // none: records of every organisation
	Zone         app.Zone // empty: records of every zone
	From, Until  app.Day
	Note         string
	RevokedAt    app.Stamp
}

// Grants is the register of grants.
var Grants = app.Describe(GrantKind, "権限", "Rights",
	app.Link("person", "担当者", "Person", app.PersonKind, func(g *Grant) *app.Ref { return &g.Person }).Must().Index(),
	app.Text("name", "氏名", "Name", func(g *Grant) *string { return &g.Name }).ByRule().Search().Index().Seal(),
	app.One("role", "役割", "Role", func(g *Grant) *access.Role { return &g.Role }, access.All...).Must().Index(),
	app.Link("organisation", "組織の限定", "Limited to organisation", OrganisationKind, func(g *Grant) *app.Ref { return &g.Organisation }),
	app.One("zone", "領域の限定", "Limited to zone", func(g *Grant) *app.Zone { return &g.Zone }, app.Zones...),
	app.On("from", "開始日", "From", func(g *Grant) *app.Day { return &g.From }).Index(),
	app.On("until", "終了日", "Until", func(g *Grant) *app.Day { return &g.Until }).Index(),
	app.Long("note", "備考", "Note", func(g *Grant) *string { return &g.Note }).Search().Seal(),
	app.At("revoked", "取消日時", "Revoked", func(g *Grant) *app.Stamp { return &g.RevokedAt }).ByRule().Index(),
).Clause("2.1.2", "3.1.3").Of(func(g *Grant) app.ID { return g.Person.ID }).ErasedWith(func(g *Grant) app.Ref { return g.Person }).Rule(named).Rule(bounded).Rule(separate).Can(
	app.Do("revoke", "権限を取り消す", "Revoke", revoke).Saw("revoked"),
).Lists(
	app.Listed("valid", "有効", "Not revoked", app.Where("revoked", "=", int64(0))).By("name"),
	app.Listed("role", "役割別", "By role").Of("role").By("name"),
	app.Listed("person", "担当者別", "By person").Of("person"),
	app.Listed("ending", "終了予定", "Ending", app.Where("revoked", "=", int64(0)), app.Where("until", ">=", app.Today)).By("until"),
	app.Listed("all", "全て", "All").By("name"),
)

// counts is what the engine knows of a grant.
func (g *Grant) counts() access.Grant {
	return access.Grant{Role: g.Role, Org: g.Organisation.ID, Zone: g.Zone, From: g.From, Until: g.Until}
}

var (
	errOrder = app.Refuse(app.Invalid, "until", "終了日が開始日より前です。日付を確認してください。", "the last day is before the first")
	errOrg   = app.Refuse(app.Invalid, "organisation", "問合せ職員の権限には、組織の指定が必要です。所属する組織を選んでください。", "an inquirer's grant must name an organisation")
	errAlone = app.Refuse(app.Invalid, "role", "システム管理者・鍵管理者・監査人・市監査担当は、他の役割と兼ねることができません。先に他の権限を取り消してください。",
		"administrators, key managers and auditors hold no other role; revoke the other grant first")
)

// named copies the name, and refuses a grant to nobody.
func named(a *app.Act, _, g *Grant) error {
	p, err := app.Get(a, Persons, g.Person)
	if err == nil {
		g.Name = p.Name
	}
	return err
}

// bounded refuses bounds that a role must not have.
func bounded(_ *app.Act, _, g *Grant) error {
	switch {
	case g.Until != 0 && g.Until < g.From:
		return errOrder
	case access.NamesOrganisation(g.Role) && g.Organisation.IsZero():
		return errOrg
	case !g.counts().Bounded():
		return app.Refuse(app.Invalid, "until", fmt.Sprintf("この役割には開始日と終了日が必要です。期間は %d 日以内にしてください。", access.MaxDays(g.Role)),
			fmt.Sprintf("this role needs a first and a last day, %d days at most", access.MaxDays(g.Role)))
	}
	return nil
}

// separate refuses a second role beside one that stands alone.
func separate(a *app.Act, _, g *Grant) error {
	if g.RevokedAt != 0 {
		return nil
	}
	refs, err := a.Linked(g.Person, GrantKind)
	if err != nil {
		return err
	}
	for _, ref := range refs {
		_, r, err := a.Load(ref)
		if err != nil {
			return err
		}
		if g.excludes(r.(*Grant)) {
			return errAlone
		}
	}
	return nil
}

// excludes says whether nobody may hold both.
func (g *Grant) excludes(other *Grant) bool {
	return other.Ref != g.Ref && other.Person == g.Person && other.RevokedAt == 0 &&
		access.Exclude(g.Role, other.Role) && g.counts().Overlaps(other.counts())
}

func revoke(a *app.Act, g *Grant, _ struct{}) error {
	if g.RevokedAt != 0 {
		return app.Refuse(app.Stale, "revoked", "この権限は既に取り消されています。", "this grant is revoked already")
	}
	g.RevokedAt = a.At
	return nil
}
