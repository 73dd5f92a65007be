package text

// english is the English of every key.
var english = map[Key]string{
	Items:      "%s",
	Required:   "required",
	Yes:        "yes",
	Loading:    "Loading.",
	ChooseOne:  "Choose one",
	NotSet:     "none",
	SelectVerb: "Choose",
	TakeOut:    "Remove",

	DayExample:  "e.g. 11/20 or 2026-11-20",
	TimeExample: "e.g. 11/20 14:02",
	TagsExample: "words parted by spaces",
	AttachFile:  "Attach a file",
	SaveFile:    "Save",
	AddRow:      "Add a row",
}
