package emergencies_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/emergency"
	"daicho/app/modules"
	"daicho/ui/emergencies"
	"daicho/ui/kit/kittest"
)

func TestGolden(t *testing.T) {
	d := kittest.Desk(t)
	d.Words.Set(app.JA)
	r := kittest.NewReplica(t, modules.Book())
	r.Add(t, emergency.Kind, "way=two_persons", "at=2026-11-19 10:00", "reason=担当者不在", "shares=1a2b: 1, 3", "custodians=課長 係長")
	page := emergencies.Section().New(kittest.NewHost(t, d, r))
	win := kittest.Window(t, page.View(), 1000, 620)
	page.Shown()
	kittest.Whole(t, win)
	test.AssertRendersToMarkup(t, "emergency.xml", win.Canvas())
}
