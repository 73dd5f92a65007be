package terms_test

import (
	"testing"
	"time"

	"daicho/app"
	"daicho/app/calendar"
	"daicho/app/civil"
	"daicho/app/modules"
	"daicho/app/people"
	"daicho/app/sla"
	"daicho/app/terms"
	"daicho/assets"
	"daicho/store"
	"daicho/store/storetest"
)

func save(t *testing.T, r *store.Replica, rec app.Record) error {
	return r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error { return tx.Save(rec) })
}

func day(y int, m time.Month, d int) app.Day { return app.DayOf(civil.Date{Year: y, Month: m, Day: d}) }

func read(t *testing.T, r *store.Replica) *terms.Terms {
	t.Helper()
	table, err := calendar.ReadHolidays(assets.Holidays())
	if err != nil {
		t.Fatal(err)
	}
	got, err := terms.Read(t.Context(), r, table)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// TestAgreementsStand: what was agreed on is not changed afterwards, but may end.
func TestAgreementsStand(t *testing.T) {
	r := storetest.New(t, storetest.WithBook(modules.Book()))
	v := terms.Travels.Draft(app.ID{1})
	v.Site, v.Minutes, v.Document, v.From = app.Ref{Kind: people.SiteKind, ID: app.ID{9}}, 25, "甲情第7号", day(2026, 4, 1)
	if err := save(t, r, v); err != nil {
		t.Fatal(err)
	}
	v.Minutes = 60
	if err := save(t, r, v); !app.IsCode(err, app.Forbidden) {
		t.Errorf("changed: %v", err)
	}
	v.Minutes, v.Until = 25, day(2026, 3, 1)
	if err := save(t, r, v); !app.IsCode(err, app.Invalid) {
		t.Errorf("ended before it began: %v", err)
	}
	v.Until = day(2027, 3, 31)
	if err := save(t, r, v); err != nil {
		t.Error(err)
	}
	got := read(t, r).Travel(v.Site)
	want := sla.Travel{Time: 25 * time.Minute, Document: "甲情第7号", From: v.From.Civil(), Until: v.Until.Civil()}
	if len(got) != 1 || got[0] != want {
		t.Errorf("%+v", got)
	}
}

// TestExtraHoursCountOnlyIfTheyWereAgreedOnBefore: what is recorded once they began
// changes nothing, and they reach the city's calendar alone.
func TestExtraHoursCountOnlyIfTheyWereAgreedOnBefore(t *testing.T) {
	clock := &storetest.Clock{} // 2026-11-22 10:00
	r := storetest.New(t, storetest.WithBook(modules.Book()), storetest.WithClock(clock))
	for n, begins := range []time.Time{
		time.Date(2026, 11, 23, 9, 0, 0, 0, civil.Tokyo), // a holiday
		time.Date(2026, 11, 21, 9, 0, 0, 0, civil.Tokyo), // a Saturday that is over
	} {
		e := terms.Extras.Draft(app.ID{byte(n + 1)})
		e.Begins, e.Ends, e.Document = app.StampOf(begins), app.StampOf(begins.Add(time.Hour)), "甲情第20号"
		if err := save(t, r, e); err != nil {
			t.Fatal(err)
		}
	}
	got := read(t, r)
	for _, c := range []struct {
		name  string
		hours sla.Hours
		day   int
		want  time.Duration
	}{{"city", got.City, 23, time.Hour}, {"onsite", got.Onsite, 23, 0}, {"city", got.City, 21, 0}} {
		from := time.Date(2026, 11, c.day, 0, 0, 0, 0, civil.Tokyo)
		if open, err := c.hours.Elapsed(from, from.AddDate(0, 0, 1)); err != nil || open != c.want {
			t.Errorf("%s on the %d: %v, %v; want %v", c.name, c.day, open, err, c.want)
		}
	}
}

// TestReadings: a choice answers its own question only, and rests on an agreement.
func TestReadings(t *testing.T) {
	r := storetest.New(t, storetest.WithBook(modules.Book()))
	bad := terms.Readings.Draft(app.ID{1})
	bad.Question, bad.Choice, bad.From, bad.Agreement = sla.ReportWhen, sla.Sent, day(2026, 4, 1), "甲情第15号"
	if err := save(t, r, bad); !app.IsCode(err, app.Invalid) {
		t.Errorf("a choice of another question: %v", err)
	}
	good := terms.Readings.Draft(app.ID{2})
	good.Question, good.Choice, good.From, good.Agreement = sla.ReportWhen, sla.Counted, day(2026, 11, 1), "甲情第15号"
	if err := save(t, r, good); err != nil {
		t.Fatal(err)
	}
	ledger := read(t, r).Ledger
	if got := ledger.In(sla.ReportWhen, time.Date(2026, 10, 31, 23, 0, 0, 0, civil.Tokyo)); got.Choice != sla.Rolled {
		t.Errorf("before its first day: %+v", got)
	}
	if got := ledger.In(sla.ReportWhen, time.Date(2026, 11, 1, 0, 0, 0, 0, civil.Tokyo)); got.Choice != sla.Counted || got.Agreement != "甲情第15号" {
		t.Errorf("from its first day on: %+v", got)
	}
}
