package terms

import (
	"daicho/app"
	"daicho/app/people"
)

// TravelKind is the kind of agreed travel times.
const TravelKind app.Kind = "travel"

// Travel is how long the way to a site may take, as it was agreed on (協議).
type Travel struct {
	app.Head
	Site     app.Ref
	Minutes  int
	Whole    bool // the minutes are the whole limit; else they are added to the 30 of the contract
	Document string
	From     app.Day
	Until    app.Day // last day; zero: until another is agreed on
}

// Travels is the register of agreed travel times.
var Travels = app.Describe(TravelKind, "移動時間の合意", "Agreed travel times",
	app.Link("site", "拠点", "Site", people.SiteKind, func(t *Travel) *app.Ref { return &t.Site }).Must().Index(),
	app.Int("minutes", "時間（分）", "Minutes", func(t *Travel) *int { return &t.Minutes }).Must().Range(1, 1440),
	app.Bool("whole", "30分を含む", "30 min included", func(t *Travel) *bool { return &t.Whole }),
	app.Text("document", "合意文書", "Agreement", func(t *Travel) *string { return &t.Document }).Must().Search(),
	app.On("from", "施行日", "First day", func(t *Travel) *app.Day { return &t.From }).Must().Index(),
	app.On("until", "最終日", "Last day", func(t *Travel) *app.Day { return &t.Until }),
).Clause("3.3.2").Rule(travelStands).Lists(
	app.Listed("all", "全て", "All").Newest("from"),
	app.Listed("site", "拠点別", "By site").Of("site").By("from"),
)

// travelStands lets an agreement end, and nothing else change.
func travelStands(_ *app.Act, before, after *Travel) error {
	ended := *before
	ended.Until = after.Until
	switch {
	case !before.IsNew() && (ended.Site != after.Site || ended.Minutes != after.Minutes || ended.Whole != after.Whole || ended.Document != after.Document || ended.From != after.From):
		return errAgreed
	case after.Until != 0 && after.Until < after.From:
		return errOrder
	}
	return nil
}
