package detect

import "sync"

// Rule is all the engine knows of one kind: matchers for its shape and the
// words that speak for or against it. A kind has one file with its rule and
// matcher. A rule has any of the four matchers; each is asked only where what
// it looks for can begin.
type Rule struct {
	Kind Kind
	// Source is the law or standard the shape and the check come from.
	Source string
	// Names are words that say what the value is: 個人番号.
	Names []string
	// Hints are words that are often near: 氏名. They add a little each.
	Hints []string
	// Denies are words that say the value is something else: 伝票番号. The
	// names of other numbers need not stand here.
	Denies []string
	// Others are endings of headings that say it, too, where nothing in them names
	// the value: 入居日.
	Others []string
	// Cues are words that say nothing and only lead to the word matcher: 様.
	Cues []string

	least    int  // digits a chain must have for the digits matcher
	labelled bool // only asked where a naming word is near or above
	eager    bool // always asked, and takes more where it is named
	spread   bool // asked about without a label in rows of persons; years far apart in a column prove it
	signed   bool // authors sign their software with it
	public   bool // offices have such values, too
	telling  bool // its cues need no label
	checked  bool // has a check that chance seldom passes: a column of them proves itself
	person   bool // a value stands for a person
	about    bool // counts for more near persons

	digits func(*chain, func(match))   // asked at runs of digits
	at     func(*handle) (match, bool) // asked at '@'
	joined func(*handle) (match, bool) // asked at digits that follow a wide character
	word   func(*handle, func(match))  // asked at its cues and names
	cell   func(*handle, func(match))  // asked at cells, short lines, and blanks between wide characters
}

// number says whether values are found by their digits or signs: where one
// stands, no heading does.
func (r *Rule) number() bool { return r.digits != nil || r.at != nil || r.joined != nil }

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
	listScore   = 20  // two other kinds in the same row
	personScore = 60  // a person in the same row, or in the same table
	closeScore  = 35  // a person some lines away
)

// match is a place in the text that has a kind's shape.
type match struct {
	start, end int
	value      []byte // normalised; hashed at once, never kept
	base       int16
	valid      bool  // false: the shape without a right check digit
	second     bool  // another writing of what is counted already, where that is there
	weak       bool  // valid under a label only: proves nothing of its column
	whole      bool  // weak, and of one word: a cell beside the label may be another label
	year       int16 // of a date
	own        bool  // no office has it: a mobile telephone
	takes      bool  // nothing else is looked for up to its end
	must       bool  // counts only where a word names it
	inline     bool  // stands within a sentence: what lines above name does not speak for it
}

// handle is a place in text that a matcher is asked about: text[start:end] is
// the '@', the word, the digits or the cell.
type handle struct {
	text        []byte
	start, end  int
	from        int  // where the line begins
	sep         byte // separates cells; 0 in prose
	before      span // of the cell before, when it is one that is asked about
	active      bool // a word near or above names the kind that is asked about
	cue         bool // the word is one of the rule's cues
	dict        *dictionary
	words       *index
	left, right []byte // folded names, for one question
	place       *placeBuffer
}

// span is text[start:end].
type span struct{ start, end int }

// Standard is the rule table the product ships, compiled once.
func Standard() *Engine { return standard() }

var standard = sync.OnceValue(func() *Engine { return compile(standardRules()) })

func standardRules() []Rule {
	return []Rule{
		individualRule(), residentRule(), licenseRule(), passportRule(), residenceCardRule(),
		pensionRule(), healthRule(), careRule(), bankRule(), cardRule(), phoneRule(), emailRule(),
		addressRule(), personRule(), birthRule(), sensitiveRule(), confidentialRule(),
	}
}
