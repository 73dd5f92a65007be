package detect

import "sync"

// Rule is all the engine knows of one kind: a matcher for its shape and the
// words that speak for or against it.
type Rule struct {
	Kind Kind
	// Source is the law or standard the shape and the check come from.
	Source string
	// Names are words that say what the value is: 個人番号.
	Names []string
	// Hints are words that are often near: 氏名. They add a little each.
	Hints []string
	// Denies are words that say the value is something else: 伝票番号.
	Denies []string

	digits func(*chain, func(match)) // asked at every run of digits, or nil
	at     func(*handle) (match, bool)
}

// What the evidence is worth. Base scores are given by the matchers.
const (
	nameScore   = 65  // a naming word in reach, or as the column's header
	aboveScore  = 45  // a naming word one or two lines higher, in prose
	hintScore   = 10  // each distinct hint, two at most
	maxHints    = 2   // more hints say nothing new
	denyScore   = -40 // a denying word nearer than any naming word
	overScore   = -20 // a denying word one or two lines higher, in prose
	columnScore = 60  // three distinct valid values and hardly an invalid one
	pairScore   = 20  // two of two valid
	mostlyScore = 30  // ten or more valid, more than half of the column
	chanceScore = -40 // about as many valid as chance gives
)

// match is a place in the text that has a kind's shape.
type match struct {
	start, end int
	value      []byte // normalised; hashed at once, never kept
	base       int16
	valid      bool // false: the shape without a right check digit
}

// Standard is the rule table the product ships, compiled once.
func Standard() *Engine { return standard() }

var standard = sync.OnceValue(func() *Engine { return compile(standardRules()) })

func standardRules() []Rule {
	return []Rule{individualRule(), phoneRule(), emailRule()}
}
