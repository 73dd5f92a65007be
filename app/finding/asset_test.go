package finding_test

import (
	"testing"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/detect"
	"daicho/app/finding"
)

func newAsset() *finding.Asset {
	a := finding.Assets.Draft(app.ID{7})
	a.Title, a.Department, a.Place = "受給者台帳", "福祉課", "福祉システム"
	a.Confidentiality, a.Integrity, a.Availability = finding.Grave, finding.HighWhole, finding.OtherReady
	a.Persons, a.Kinds = detect.Thousands, []finding.AssetKindOfData{{Kind: detect.IndividualNumber}, {Kind: detect.PersonName}}
	return a
}

// TestAssetClasses: an asset's class goes with what is in it.
func TestAssetClasses(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*finding.Asset)
		field  string // that is refused; empty: none
	}{
		"as it is":                        {func(*finding.Asset) {}, ""},
		"secret":                          {func(a *finding.Asset) { a.Confidentiality = finding.Secret }, ""},
		"numbers handled with care alone": {func(a *finding.Asset) { a.Confidentiality = finding.Careful }, "confidentiality"},
		"names handled with care":         {func(a *finding.Asset) { a.Confidentiality, a.Kinds = finding.Careful, a.Kinds[1:] }, ""},
		"names for everybody":             {func(a *finding.Asset) { a.Confidentiality, a.Kinds = finding.Public, a.Kinds[1:] }, "confidentiality"},
		"what is confidential, of nobody": {func(a *finding.Asset) {
			a.Confidentiality, a.Persons, a.Kinds = finding.Public, detect.Nobody, []finding.AssetKindOfData{{Kind: detect.Confidential}}
		}, ""},
		"people of unknown kinds for everybody": {func(a *finding.Asset) { a.Confidentiality, a.Kinds = finding.Public, nil }, "confidentiality"},
		"not of anybody, and for everybody": {func(a *finding.Asset) {
			a.Persons, a.Kinds, a.Confidentiality = detect.Nobody, nil, finding.Public
		}, ""},
	} {
		a := newAsset()
		c.change(a)
		err := newWorld(t).try(finding.Assets, a)
		if c.field == "" {
			must(t, err)
		} else if refused(t, err, app.Invalid); err != nil && app.ErrorOf(err).Field != c.field {
			t.Errorf("%s: %v, want %s", name, err, c.field)
		}
	}
}

// TestAssetIsReviewed: once a year somebody sees that all of it is so, until it is
// disposed of; then nothing of it changes any more.
func TestAssetIsReviewed(t *testing.T) {
	w, a := newWorld(t), newAsset()
	w.save(t, finding.Assets, a)
	if want := app.DayOf(civil.Date{Year: 2027, Month: 11, Day: 23}); a.ReviewBy != want || a.Reviewed != 0 {
		t.Errorf("to be reviewed by %s, want %s", a.ReviewBy, want)
	}
	w.now = w.now.AddDate(0, 6, 0)
	must(t, w.do(asker, a.Ref, "review"))
	w.load(t, finding.Assets, a)
	if a.Reviewed != app.DayOf(civil.DateOf(w.now)) || a.ReviewBy != app.DayOf(civil.Date{Year: 2028, Month: 5, Day: 23}) {
		t.Errorf("reviewed %s, again by %s", a.Reviewed, a.ReviewBy)
	}
	must(t, w.do(asker, a.Ref, "dispose", "how=溶解処理"))
	w.load(t, finding.Assets, a)
	if a.State != finding.Disposed || a.How != "溶解処理" || a.Disposed != a.Reviewed {
		t.Errorf("%+v", a)
	}
	refused(t, w.do(asker, a.Ref, "review"), app.Stale)
	refused(t, w.do(asker, a.Ref, "dispose", "how=焼却"), app.Stale)
	a.Note = "x"
	refused(t, w.try(finding.Assets, a), app.Stale)
}
