// Package search is the register of saved searches (保存した検索): words that somebody looks
// for again and again, under a name. They are his own; others get them once he shares them.
//
// Here stand words of the search over everything, and nothing of what they find: whoever
// uses one finds what he may read. What a list is narrowed by is not saved here: a list
// that many ask for is a named list of its register.
package search

import (
	"cmp"
	"strings"

	"daicho/app"
)

// Kind is the kind of saved searches.
const Kind app.Kind = "saved_search"

// Search is words to look for.
type Search struct {
	app.Head
	Name   string // the words, unless somebody says more
	Words  string
	Owner  app.Ref // who saved it, and alone changes it
	Shared bool    // everybody who searches here gets it; else nobody but the owner
	Off    bool    // not offered any more
}

// Register is the register of saved searches.
var Register = app.Describe(Kind, "保存した検索", "Saved searches",
	app.Text("name", "名前", "Name", func(s *Search) *string { return &s.Name }).Search().Index().Seal(),
	app.Text("words", "検索する語", "Words", func(s *Search) *string { return &s.Words }).Must().Search().Seal(),
	app.Link("owner", "保存した人", "Saved by", app.PersonKind, func(s *Search) *app.Ref { return &s.Owner }).ByRule().Index(),
	app.Bool("shared", "ほかの利用者にも見せる", "Shared with others", func(s *Search) *bool { return &s.Shared }),
	app.Bool("off", "使わない", "Not used", func(s *Search) *bool { return &s.Off }),
).Clause("3.1.2").Rule(owned).Of(reader).Lists(
	app.Listed("all", "自分と共有の検索", "Mine and shared").By("name"),
	app.Listed("mine", "自分の検索", "Mine", app.Where("owner", "=", app.Me)).By("name"),
)

// Module is what the product takes from this package.
func Module() app.Module {
	return app.Module{Name: "search", Registers: []app.AnyRegister{Register}}
}

var errOther = app.Refuse(app.Forbidden, "", "保存した検索を変更できるのは、保存した人だけです。同じ語で自分の検索を保存してください。",
	"who saved a search alone changes it; save one of your own with the same words")

// owned gives a search to who saves it, and its words for a name where it has none.
func owned(a *app.Act, before, after *Search) error {
	after.Words = strings.Join(strings.Fields(after.Words), " ")
	after.Name = cmp.Or(strings.TrimSpace(after.Name), after.Words)
	switch {
	case before.IsNew():
		after.Owner = app.Ref{Kind: app.PersonKind, ID: a.Actor.ID}
	case before.Owner.ID != a.Actor.ID:
		return errOther
	}
	return nil
}

// reader is who alone reads it; zero: everybody who may read such records.
func reader(s *Search) app.ID {
	if s.Shared {
		return app.ID{}
	}
	return s.Owner.ID
}
