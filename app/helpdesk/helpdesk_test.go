package helpdesk

import (
	"slices"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/report"
	"daicho/app/sla"
)

func clock(h, m int) time.Time { return time.Date(2026, 11, 24, h, m, 0, 0, civil.Tokyo) }

func month() *Month {
	spent := func(d, city time.Duration) sla.Result {
		return sla.Result{Used: sla.Used{Time: d}, Parties: map[sla.Party]sla.Spent{sla.City: {Wall: city, Open: city}}}
	}
	m := &Month{
		From: civil.Date{Year: 2026, Month: 11, Day: 1}, Until: civil.Date{Year: 2026, Month: 11, Day: 30}, Made: clock(9, 0),
		Uptime:  sla.Both{InForce: sla.Indicator{Fraction: sla.Fraction{Part: int64(90 * time.Minute), Whole: int64(2 * time.Hour)}, Required: 95, Reading: sla.Reading{Choice: sla.Staffed}}},
		Intakes: sla.Ledger{{Question: sla.FirstLineBy, Choice: sla.HandedOver, Agreement: "甲情第15号"}}.FirstLine(clock(0, 0), []sla.Intake{{}, {Taker: sla.CityStaff, After: time.Hour}}),
		Visits: []Visit{
			{"V1", "南出張所", sla.Visited{Verdict: sla.Met, Due: clock(10, 55)}}, {"V2", "南出張所", sla.Visited{Verdict: sla.Missed, Due: clock(10, 55), Start: sla.Moment{At: app.StampOf(clock(10, 56))}}},
			{"V3", "北小学校", sla.Visited{Verdict: sla.Unagreed}}, {"V4", "本庁舎", sla.Visited{Verdict: sla.Pending, Due: clock(11, 0)}}, {"V5", "本庁舎", sla.Visited{Verdict: sla.Undecided, Due: clock(11, 0)}},
		},
		Unvisited: []Unvisited{{"2026-000012", "北小学校"}, {Number: "2026-000013"}},
		Failures:  []Failure{{Number: "I1", Affects: true, Occurred: app.StampOf(clock(8, 0)), Judged: sla.Judged{Four: sla.Four{Notice: sla.Result{Verdict: sla.Missed, Used: sla.Used{Time: 11 * time.Minute}}}}}, {Number: "I2"}},
	}
	for _, i := range []Inquiry{
		{Spent: spent(40*time.Minute, 10*time.Minute)}, {Spent: spent(20*time.Minute, 0)}, {Spent: spent(90*time.Minute, 5*time.Minute)},
		{Open: true, Age: 24 * time.Hour, Waits: sla.Vendor}, {Open: true, Age: 24*time.Hour + 1, Waits: sla.City}, {Open: true, Age: 400 * 24 * time.Hour, Waits: sla.City},
	} {
		m.Work.Add(i)
	}
	return m
}

// TestLines: the reading in force first, each with its fraction and verdict.
func TestLines(t *testing.T) {
	want := []string{
		"稼働率  75.00 % (1:30:00/2:00:00) 未達  staffed  ", "稼働率  – (0:00:00/0:00:00) 達成    ",
		"一次受付率  50.00 % (1/2) 未達  handed_over  甲情第15号", "一次受付率  50.00 % (1/2) 未達  first_taken  ",
	}
	if got := month().Lines(app.JA); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestBacklogByAgeAndAwaitedParty(t *testing.T) {
	got := month().Work.Backlog
	for party, want := range map[sla.Party][]int{sla.Vendor: {1, 0, 0, 0}, sla.City: {0, 1, 0, 1}, sla.Third: {0, 0, 0, 0}} {
		if !slices.Equal(got[party], want) {
			t.Errorf("%s: %v, want %v", party, got[party], want)
		}
	}
}

// TestWhatIsListed: every visit that was not in time one by one, and no other; of
// failures only those that affect the city's work.
func TestWhatIsListed(t *testing.T) {
	m := month()
	first := func(tab report.Table) (cells []string) {
		for _, r := range tab.Rows {
			cells = append(cells, r[0])
		}
		return cells
	}
	if got := first(m.visits()); !slices.Equal(got, []string{"V2", "V3", "V5", "2026-000012", "2026-000013"}) {
		t.Error(got)
	}
	if row := m.visits().Rows[1]; row[2] != "－" || row[4] != "未協議" {
		t.Error(row)
	}
	if rows := m.visits().Rows; !slices.Equal(rows[3], []string{"2026-000012", "北小学校", "－", "訪問の記録なし", "判定不能"}) || rows[4][1] != "－" {
		t.Error(rows[3:])
	}
	if note := m.visits().Note; !strings.HasPrefix(note, "現地対応 5件（") || !strings.Contains(note, "2件") {
		t.Error(note)
	}
	if got := m.failures(); !slices.Equal(first(got), []string{"I1"}) || !strings.HasSuffix(got.Rows[0][2], "未達") {
		t.Error(got)
	}
	if note := m.waits().Note; !strings.Contains(note, "完了 3件") || !strings.Contains(note, "中央値 "+civil.InWords(40*time.Minute)) {
		t.Error(note)
	}
	if got := m.waits().Rows[1][1]; got != civil.InWords(15*time.Minute) {
		t.Errorf("waited for the city: %s", got)
	}
}

// TestHandedOver: how soon calls that the city took were passed on, and how many have no
// time.
func TestHandedOver(t *testing.T) {
	m := Month{Intakes: sla.Intakes{CityStaff: 4}}
	if got := m.handedOver(); got != "－" {
		t.Error(got)
	}
	m.HandedOver = []time.Duration{12 * time.Minute, time.Minute, 3 * time.Minute}
	if got := m.handedOver(); got != "中央値 "+civil.InWords(3*time.Minute)+"、最長 "+civil.InWords(12*time.Minute)+"（時刻の記録がない 1件を除く）" {
		t.Error(got)
	}
}
