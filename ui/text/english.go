package text

// english is the English of every key.
var english = map[Key]string{
	Items:       "%s",
	Required:    "required",
	Loading:     "Loading.",
	None:        "None",
	ChooseOne:   "Choose one",
	NotSet:      "none",
	Close:       "Close",
	SelectVerb:  "Choose",
	OpenVerb:    "Open",
	Move:        "Move",
	Mark:        "Mark",
	ErrorAbove:  "× %s",
	SavedAs:     "%s is recorded.",
	Unsaved:     "Not yet recorded",
	RangeOf:     "%s–%s / %s",
	AtMost:      "%s or more",
	RowKeys:     "↑↓ move   Enter open   Space mark",
	MarkedCount: "%s marked",
}
