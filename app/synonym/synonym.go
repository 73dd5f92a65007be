// Package synonym is the register of words for one thing (同義語): people of an office and
// people of its desk have different names for most things. Similar inquiries are looked
// for by all of them.
//
// The product comes with a table, which holds until somebody enters it as records
// ([Preload]) and changes them. Do not use it to widen a search for words: that finds
// what was typed.
package synonym

import (
	"slices"
	"strings"

	"daicho/app"
)

// Kind is the kind of synonyms.
const Kind app.Kind = "synonym"

// Synonym is words for one thing.
type Synonym struct {
	app.Head
	Words    string // with a blank between them
	Off      bool   // not used at present
	Standard string // the line of the product's table that it stands for; empty: none
}

// Register is the register of synonyms.
var Register = app.Describe(Kind, "同義語", "Synonyms",
	app.Text("words", "同じ物事を指す語", "Words", func(s *Synonym) *string { return &s.Words }).Must().Search().Index(),
	app.Bool("off", "使わない", "Not used", func(s *Synonym) *bool { return &s.Off }),
	app.Text("standard", "標準の組", "Standard line", func(s *Synonym) *string { return &s.Standard }).ByRule(),
).Clause("3.3.1", "3.3.2").Rule(written).Lists(app.Listed("all", "全て", "All").By("words"))

// Module is what the product takes from this package.
func Module() app.Module {
	return app.Module{Name: "synonym", Registers: []app.AnyRegister{Register}}
}

var errOne = app.Refuse(app.Invalid, "words", "同じ物事を指す語を、空白で区切って二つ以上入力してください。", "write two words or more for one thing, with blanks between them")

// written puts the words as they are compared, and notes which line of the product's
// table a new record stands for.
func written(_ *app.Act, before, after *Synonym) error {
	words := apart(after.Words)
	if len(words) < 2 {
		return errOne
	}
	after.Words = strings.Join(words, " ")
	if before.IsNew() && slices.Contains(standard, after.Words) {
		after.Standard = words[0]
	}
	return nil
}

// apart takes words apart at blanks and commas of either width, each once.
func apart(text string) (words []string) {
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(" \u3000\t、，,", r) }) {
		if !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return words
}
