package requirement_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/agreement"
	"daicho/app/civil"
	"daicho/app/modules"
	"daicho/app/modules/modulestest"
	"daicho/app/requirement"

	"pgregory.net/rapid"
)

var leader, officer, head = app.ID{1}, app.ID{2}, app.ID{3}

func on(y int, m time.Month, d int) app.Day { return app.DayOf(civil.Date{Year: y, Month: m, Day: d}) }

func newOffice(t *testing.T) *modulestest.Office {
	o := modulestest.New(t)
	o.Employ(leader, access.PM)
	o.Employ(officer, access.CityOfficer)
	o.Employ(head, access.CityApprover)
	return o
}

// desk is a writer that saves as the leader.
type desk struct {
	o    *modulestest.Office
	made []*requirement.Requirement
}

func (d *desk) Draft(kind app.Kind) (app.Record, error) {
	return requirement.Register.Draft(app.ID{200, byte(len(d.made))}), nil
}

func (d *desk) Save(r app.Record) error {
	d.made = append(d.made, r.(*requirement.Requirement))
	return d.o.Save(leader, r)
}

func at(o *modulestest.Office, r *requirement.Requirement) *requirement.Requirement {
	o.Helper()
	return modulestest.Load(o, requirement.Register, r.Ref)
}

func coded(t *testing.T, all []*requirement.Requirement, code string) *requirement.Requirement {
	t.Helper()
	i := slices.IndexFunc(all, func(r *requirement.Requirement) bool { return r.Code == code })
	if i < 0 {
		t.Fatal(code)
	}
	return all[i]
}

// Every clause of the specification is there, in its columns, and once.
func TestPreload(t *testing.T) {
	d := &desk{o: newOffice(t)}
	made, err := requirement.Preload(d, nil)
	if err != nil || made != len(d.made) {
		t.Fatal(made, err)
	}
	clauses, tags := map[string]bool{}, map[requirement.Tag]int{}
	for _, r := range d.made {
		clauses[r.Clause] = true
		tags[r.Tag]++
		if !strings.HasPrefix(r.Code, r.Clause+"-"+strings.ToUpper(string(r.Tag))) || r.Origin != requirement.Specification {
			t.Errorf("%+v", r)
		}
	}
	if len(clauses) != 27 || tags[requirement.Binding] < 27 || tags[requirement.Example] == 0 {
		t.Errorf("%d clauses, %v", len(clauses), tags)
	}
	if again, err := requirement.Preload(d, d.made); again != 0 || err != nil {
		t.Errorf("%d twice, %v", again, err)
	}
	if some, err := requirement.Preload(&desk{o: newOffice(t)}, d.made[2:]); some != 2 || err != nil {
		t.Errorf("%d were missing, %v", some, err)
	}
}

// Every clause that a register says it answers is one of the specification.
func TestRegistersAnswerClausesThatAre(t *testing.T) {
	d := &desk{o: newOffice(t)}
	if _, err := requirement.Preload(d, nil); err != nil {
		t.Fatal(err)
	}
	for kind, g := range modules.Book().Registers {
		for _, c := range g.About().Clauses {
			if !slices.ContainsFunc(d.made, func(r *requirement.Requirement) bool { return r.Clause == c }) {
				t.Errorf("%s answers %s, which is no clause", kind, c)
			}
		}
	}
}

// Contractor and city judge apart, each on a day, and neither for the other.
func TestJudgedApart(t *testing.T) {
	o := newOffice(t)
	d := &desk{o: o}
	_, err := requirement.Preload(d, nil)
	o.OK(err)
	r := at(o, coded(t, d.made, "2.1.1-S3"))
	if r.Contractor != requirement.Unjudged || r.City != requirement.Unjudged {
		t.Errorf("judged by nobody: %+v", r)
	}
	o.OK(o.Do(leader, r.Ref, "judge", "verdict=met", "measured=8件中8件"))
	o.Now = o.Now.AddDate(0, 0, 1)
	seen := o.Rows[r.Ref]
	o.OK(o.Do(officer, r.Ref, "assess", "verdict=partly", "note=口頭の依頼が残っている。"))
	if r = at(o, r); r.Contractor != requirement.Met || r.ContractorOn != on(2026, 11, 20) || r.City != requirement.Partly || r.CityOn != on(2026, 11, 21) {
		t.Errorf("%+v", r)
	}
	o.Is(o.Late(head, seen, r.Ref, "assess", "verdict=met"), app.Stale, "先に変更")
	refs, err := o.Linked(r.Ref, requirement.JudgementKind)
	if err != nil || len(refs) != 2 {
		t.Errorf("%d judgements, %v", len(refs), err)
	}
	r.Text = "別の要件"
	o.Is(o.Save(leader, r), app.Forbidden, "変更できません")
	e := coded(t, d.made, "2.1.1-E1")
	o.Is(o.Do(leader, e.Ref, "judge", "verdict=met"), app.Forbidden, "実施内容の例")
	o.Is(o.Do(officer, e.Ref, "warn", "reason=x"), app.Forbidden, "実施内容の例")
	o.Is(o.Do(leader, r.Ref, "judge"), app.Invalid, "判定")
}

// What is not met, or what the city points out, needs a measure: one at a time, an alarm
// until the city closes it.
func TestAMeasureIsAnAlarmUntilItIsClosed(t *testing.T) {
	o := newOffice(t)
	d := &desk{o: o}
	_, err := requirement.Preload(d, nil)
	o.OK(err)
	r := coded(t, d.made, "3.2.2-M1")
	o.OK(o.Do(head, r.Ref, "warn", "reason=監視の間隔が5分である。"))
	easier := at(o, r)
	easier.Tag = requirement.Example
	o.Is(o.Save(leader, easier), app.Forbidden, "指摘された要件")
	o.OK(o.Do(leader, r.Ref, "judge", "verdict=unmet"))
	refs, err := o.Linked(r.Ref, requirement.MeasureKind)
	if err != nil || len(refs) != 1 {
		t.Fatalf("%d measures, %v", len(refs), err)
	}
	measure := func() *requirement.Measure { return modulestest.Load(o, requirement.Measures, refs[0]) }
	want := func(state requirement.MeasureState, alarm app.Day) {
		t.Helper()
		if m := measure(); m.State != state || m.Alarm != alarm {
			t.Errorf("%q, alarm from %s; want %q, %s", m.State, m.Alarm, state, alarm)
		}
	}
	do := func(who app.ID, command string, args ...string) error { return o.Do(who, refs[0], command, args...) }
	want(requirement.Wanted, on(2026, 11, 20))
	o.Is(do(head, "approve", "letter=8葉情第9号"), app.Stale, "その段階にありません")
	o.OK(do(leader, "propose", "cause=間隔が長い", "what=1分とする", "due=2026-12-01"))
	o.OK(do(head, "return", "reason=負荷を示すこと"))
	want(requirement.Wanted, on(2026, 11, 20))
	o.OK(do(leader, "propose", "cause=間隔が長い", "what=1分とする。負荷は2％。", "due=2026-12-01"))
	o.Is(do(head, "approve"), app.Invalid, "市の文書番号")
	o.OK(do(head, "approve", "letter=8葉情第9号"))
	want(requirement.Approved, on(2026, 12, 2))
	o.Is(do(officer, "close"), app.Stale, "その段階にありません")
	o.OK(do(leader, "finish", "reason=変更した"))
	o.OK(do(officer, "return", "reason=1台が残っている"))
	o.OK(do(leader, "finish", "reason=全て変更した"))
	o.OK(do(officer, "close"))
	want(requirement.Closed, 0)
	o.OK(o.Do(officer, r.Ref, "assess", "verdict=unmet"))
	if refs, _ := o.Linked(r.Ref, requirement.MeasureKind); len(refs) != 2 {
		t.Errorf("%d measures after it failed again", len(refs))
	}
}

// The city approves and closes what it has read, not what came in its place meanwhile.
func TestTheCityDecidesOnWhatItSaw(t *testing.T) {
	o := newOffice(t)
	d := &desk{o: o}
	_, err := requirement.Preload(d, nil)
	o.OK(err)
	r := coded(t, d.made, "3.2.2-M1")
	o.OK(o.Do(head, r.Ref, "warn", "reason=監視の間隔が5分である。"))
	refs, err := o.Linked(r.Ref, requirement.MeasureKind)
	o.OK(err)
	m := refs[0]
	o.OK(o.Do(leader, m, "propose", "cause=間隔が長い", "what=1分とする", "due=2026-12-01"))
	seen := o.Rows[m]
	o.OK(o.Do(leader, m, "propose", "cause=間隔が長い", "what=3分とする", "due=2027-03-31"))
	o.Is(o.Late(head, seen, m, "approve", "letter=8葉情第9号"), app.Stale, "先に変更")
	o.OK(o.Do(head, m, "approve", "letter=8葉情第9号"))
	o.OK(o.Do(leader, m, "finish", "reason=変更した"))
	seen = o.Rows[m]
	o.OK(o.Do(head, r.Ref, "warn", "reason=1台が残っている。"))
	o.Is(o.Late(officer, seen, m, "close"), app.Stale, "「指摘の内容」が先に変更")
	o.OK(o.Do(officer, m, "return", "reason=1台が残っている"))
	o.OK(o.Do(leader, m, "finish", "reason=全て変更した"))
	o.Is(o.Late(officer, seen, m, "close"), app.Stale, "先に変更")
	o.OK(o.Do(officer, m, "close"))
}

// What the city points out is kept where a measure is open already, and is an alarm again.
func TestAWarningIsNeverDropped(t *testing.T) {
	o := newOffice(t)
	d := &desk{o: o}
	_, err := requirement.Preload(d, nil)
	o.OK(err)
	r := coded(t, d.made, "3.2.2-M1")
	o.OK(o.Do(leader, r.Ref, "judge", "verdict=unmet", "note=間隔が長い。"))
	refs, err := o.Linked(r.Ref, requirement.MeasureKind)
	o.OK(err)
	o.OK(o.Do(leader, refs[0], "propose", "cause=間隔が長い", "what=1分とする", "due=2026-12-01"))
	o.OK(o.Do(head, refs[0], "approve", "letter=8葉情第9号"))
	o.Now = o.Now.AddDate(0, 0, 4)
	o.OK(o.Do(officer, r.Ref, "warn", "reason=夜間の連絡先も古い。"))
	again, err := o.Linked(r.Ref, requirement.MeasureKind)
	m := modulestest.Load(o, requirement.Measures, refs[0])
	if err != nil || len(again) != 1 || m.Pointed != "間隔が長い。\n2026-11-24　夜間の連絡先も古い。" || m.Alarm != on(2026, 11, 24) || m.State != requirement.Approved {
		t.Errorf("%d measures, %v: %+v", len(again), err, m)
	}
}

// Evidence counts by the clauses that registers name, and by those that records name.
func TestEvidenceFillsItselfIn(t *testing.T) {
	asked := map[app.Kind]int{}
	count := func(_ context.Context, kind app.Kind, where []app.Cond) (int, error) {
		asked[kind]++
		if len(where) > 0 && (where[0].Field != "clause" || where[0].Value != "3.1.2") {
			t.Errorf("%s asked for %v", kind, where)
		}
		return 3, nil
	}
	rows := []*requirement.Requirement{{Clause: "3.1.2", Tag: requirement.Binding, Contractor: requirement.Met}, {Clause: "3.1.2", Tag: requirement.Supplement},
		{Clause: "3.1.2", Tag: requirement.Example, Contractor: requirement.Met}, {Clause: "3.1.2", Tag: requirement.Binding, Contractor: requirement.NotApplicable}}
	m, err := requirement.Build(t.Context(), modules.Book().Registers, count, rows)
	if err != nil {
		t.Fatal(err)
	}
	has := slices.ContainsFunc(m.Rows[0].Evidence, func(e requirement.Evidence) bool { return e.Kind == agreement.Kind && e.Count == 3 && !e.Named })
	if !has || asked[agreement.Kind] != 1 || asked[requirement.Kind] != 0 {
		t.Errorf("%+v, asked %v", m.Rows[0].Evidence, asked)
	}
	if got := m.Total(requirement.OfContractor); got != (requirement.Total{Met: 1, Of: 2}) || m.Total(requirement.OfCity) != (requirement.Total{Met: 0, Of: 3}) {
		t.Errorf("%v", got)
	}
	count = func(context.Context, app.Kind, []app.Cond) (int, error) { return 0, os.ErrClosed }
	if _, err = requirement.Build(t.Context(), modules.Book().Registers, count, rows); err == nil {
		t.Error("what could not be counted was passed over")
	}
}

// A share is never rounded up.
func TestTotalsAreCutOff(t *testing.T) {
	if s := (requirement.Total{Met: 48, Of: 49}).String(); s != "97.95%（48/49）" {
		t.Error(s)
	}
	rapid.Check(t, func(t *rapid.T) {
		of := rapid.IntRange(0, 10_000).Draw(t, "of")
		met := rapid.IntRange(0, of).Draw(t, "met")
		if p := (requirement.Total{Met: met, Of: of}).Percent(); p*of > met*10_000 || p < 0 || of > 0 && (p+1)*of <= met*10_000 {
			t.Fatalf("%d of %d: %d", met, of, p)
		}
	})
}

// On paper every requirement has a row, examples without a verdict.
func TestDocument(t *testing.T) {
	d := &desk{o: newOffice(t)}
	if _, err := requirement.Preload(d, nil); err != nil {
		t.Fatal(err)
	}
	count := func(context.Context, app.Kind, []app.Cond) (int, error) { return 2, nil }
	m, err := requirement.Build(t.Context(), modules.Book().Registers, count, d.made)
	if err != nil {
		t.Fatal(err)
	}
	if err = m.Document(time.Date(2026, 11, 20, 9, 0, 0, 0, civil.Tokyo), "8葉情第70号").Check(); err != nil {
		t.Error(err)
	}
	lines := m.Lines(app.JA)
	if len(lines) != len(d.made)+2 || !strings.HasPrefix(lines[0], "事業者の判定: 0.00%（0/") || !strings.Contains(lines[2], "会議 2") {
		t.Errorf("%d lines: %s\n%s", len(lines), lines[0], lines[2])
	}
}
