// Package people is the sections of persons, organisations, sites and grants. Who
// may grant what is not here: the server decides it.
package people

import (
	"daicho/app"
	"daicho/app/people"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// group is the heading of its sections.
var group = app.Label{JA: "体制", EN: "People"}

// Sections are the entries of the navigation.
func Sections() []ui.Section {
	return []ui.Section{
		register.Section("people", "user", group, register.Config{
			Register: people.Persons, Title: "name", Sort: "kana",
			Columns: []register.Column{number, name, {Field: "organisation", Column: kit.Column{Width: 140, Drop: 600}}, {Field: "post", Column: kit.Column{Width: 120, Drop: 460}}, phone},
			New:     app.Label{JA: "登録する", EN: "New person"},
			Empty:   app.Label{JA: "該当する担当者はいません。", EN: "There are no such people."},
		}),
		register.Section("organisations", "columns-3", group, register.Config{
			Register: people.Organisations, Title: "name", Sort: "name",
			Columns: []register.Column{number, name, {Field: "above", Column: kit.Column{Width: 140, Drop: 600}}, {Field: "side", Column: kit.Column{Width: 104, Drop: 460}}, phone},
			New:     app.Label{JA: "登録する", EN: "New organisation"},
			Empty:   app.Label{JA: "該当する組織はありません。", EN: "There are no such organisations."},
		}),
		register.Section("sites", "folder", group, register.Config{
			Register: people.Sites, Title: "name", Sort: "name",
			Columns: []register.Column{number, name, {Field: "address", Column: kit.Column{Width: 260, Drop: 460}}, phone},
			New:     app.Label{JA: "登録する", EN: "New site"},
			Empty:   app.Label{JA: "該当する拠点はありません。", EN: "There are no such sites."},
		}),
		register.Section("grants", "shield-check", group, register.Config{
			Register: people.Grants, Title: "name", Sort: "name",
			Columns: []register.Column{
				number, name,
				{Field: "role", Column: kit.Column{Width: 160, Drop: 400}},
				{Field: "until", Column: kit.Column{Kind: kit.MonoColumn, Width: 78, Drop: 560}},
				{Field: "revoked", Column: kit.Column{Kind: kit.MonoColumn, Width: 90, Drop: 640}},
			},
			New:    app.Label{JA: "付与する", EN: "Grant a role"},
			Empty:  app.Label{JA: "該当する権限はありません。", EN: "There are no such rights."},
			Hidden: []string{"name"},
		}),
	}
}

var (
	number = register.Column{Field: "number", Column: kit.Column{Kind: kit.MonoColumn, Width: 84}}
	name   = register.Column{Field: "name", Column: kit.Column{Flex: true, Min: 140}}
	phone  = register.Column{Field: "phone", Column: kit.Column{Kind: kit.MonoColumn, Width: 110, Drop: 560}}
)
