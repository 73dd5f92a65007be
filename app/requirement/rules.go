package requirement

import (
	"strings"

	"daicho/app"
	"daicho/app/civil"
)

var (
	errFixed   = app.Refuse(app.Forbidden, "", "判定または指摘された要件の条項・区分・内容は変更できません。新しく登録してください。", "clause, column and text of a requirement that was judged, or of which a failure was pointed out, never change; enter another")
	errExample = app.Refuse(app.Forbidden, "tag", "実施内容の例は、満たす条件ではありません。仕様と補足だけを判定してください。", "examples are no condition; only specification and supplement are judged")
)

// fixed keeps what judgements and measures are about.
func fixed(a *app.Act, before, after *Requirement) error {
	if before.IsNew() || before.Clause == after.Clause && before.Tag == after.Tag && before.Text == after.Text && before.Code == after.Code {
		return nil
	}
	measures, err := a.Linked(after.Ref, MeasureKind)
	switch {
	case err != nil:
		return err
	case before.ContractorOn != 0 || before.CityOn != 0 || len(measures) > 0:
		return errFixed
	}
	return nil
}

func judge(a *app.Act, r *Requirement, in Finding) error {
	if err := keep(a, r, OfContractor, in); err != nil {
		return err
	}
	r.Contractor, r.ContractorOn = in.Verdict, day(a.At)
	return nil
}

func assess(a *app.Act, r *Requirement, in Finding) error {
	if err := keep(a, r, OfCity, in); err != nil {
		return err
	}
	r.City, r.CityOn = in.Verdict, day(a.At)
	return nil
}

// keep writes a judgement down. What is not met needs a measure, which it opens unless
// there is one.
func keep(a *app.Act, r *Requirement, side Side, in Finding) error {
	if r.Tag == Example {
		return errExample
	}
	j := &Judgement{Head: app.Head{Ref: app.Ref{Kind: JudgementKind, ID: a.NewID()}}}
	j.Requirement, j.Side, j.Verdict, j.Measured, j.Evidence, j.Note = r.Ref, side, in.Verdict, in.Measured, in.Evidence, in.Note
	j.At, j.By = a.At, app.Ref{Kind: app.PersonKind, ID: a.Actor.ID}
	a.Save(j)
	if in.Verdict != Unmet && in.Verdict != Partly {
		return nil
	}
	if m, err := openOf(a, r); err != nil || m != nil {
		return err
	}
	open(a, r, side, in.Note)
	return nil
}

// warn opens a measure before anybody has judged. Where there is one, it is told there,
// and that is an alarm again: what the city points out is in no other record.
func warn(a *app.Act, r *Requirement, in Reason) error {
	if r.Tag == Example {
		return errExample
	}
	m, err := openOf(a, r)
	switch {
	case err != nil:
		return err
	case m == nil:
		open(a, r, OfCity, in.Reason)
		return nil
	}
	m.Pointed = strings.TrimSpace(m.Pointed + "\n" + day(a.At).String() + "　" + in.Reason)
	m.Alarm = min(m.Alarm, day(a.At))
	a.Save(m)
	return nil
}

// openOf is the measure of a requirement that is not closed; nil if there is none.
func openOf(a *app.Act, r *Requirement) (*Measure, error) {
	refs, err := a.Linked(r.Ref, MeasureKind)
	if err != nil {
		return nil, err
	}
	for _, ref := range refs {
		m, err := app.Get(a, Measures, ref)
		if err != nil {
			return nil, err
		}
		if m.Requirement == r.Ref && m.State != Closed {
			return m, nil
		}
	}
	return nil, nil
}

func open(a *app.Act, r *Requirement, side Side, why string) {
	m := &Measure{Head: app.Head{Ref: app.Ref{Kind: MeasureKind, ID: a.NewID()}}}
	m.Requirement, m.Title, m.Side, m.Pointed, m.Opened, m.Alarm = r.Ref, r.Code+"　"+r.Text, side, why, day(a.At), day(a.At)
	a.Save(m)
}

func day(at app.Stamp) app.Day { return app.DayOf(civil.DateOf(at.Time())) }
