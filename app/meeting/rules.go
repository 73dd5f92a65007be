package meeting

import (
	"cmp"
	"strings"

	"daicho/app"
	"daicho/app/calendar"
	"daicho/app/civil"
)

// UsualDays is how many business days of the city the minutes may take where the body
// says nothing.
const UsualDays = 5

var (
	errOrder  = app.Refuse(app.Invalid, "ends", "終了が開始より前です。日時を確認してください。", "it ends before it begins; look at both")
	errMoved  = app.Refuse(app.Forbidden, "begins", "開催した会議の会議体と開始日時は変更できません。", "of a meeting that was held, body and beginning never change")
	errOver   = app.Refuse(app.Stale, "state", "この会議は、既に開催済みか中止です。", "this meeting was held or called off already")
	errEarly  = app.Refuse(app.Invalid, "begins", "まだ始まっていない会議です。開始日時を確認してください。", "it has not begun; look at the time")
	errUnheld = app.Refuse(app.Stale, "state", "まだ開催されていません。「開催した」を実行してから、もう一度実行してください。", "it was not held; say so first")
	errOnce   = app.Refuse(app.Stale, "stage", "議事録は既に作成されています。内容は、議事録の版の本文で直してください。", "there are minutes already; mend the text of their revision")
)

// stands keeps when a meeting was that has been.
func stands(_ *app.Act, before, after *Meeting) error {
	switch {
	case after.Ends != 0 && after.Ends < after.Begins:
		return errOrder
	case before.State != Planned && (before.Begins != after.Begins || before.Body != after.Body):
		return errMoved
	}
	return nil
}

// planned gives a meeting its name and the day by which its papers are due.
func planned(a *app.Act, before, after *Meeting) error {
	if len(after.Papers) > 0 && after.PapersOn == 0 {
		after.PapersOn = day(a.At)
	}
	if before.Begins == after.Begins && before.Body == after.Body && after.Title != "" {
		return nil
	}
	b, err := app.Get(a, Bodies, after.Body)
	if err != nil {
		return err
	}
	on := civil.DateOf(after.Begins.Time())
	after.Title = cmp.Or(moved(before, after), b.Name+dated(after))
	after.PapersBy = 0
	if b.PapersDays == 0 {
		return nil
	}
	city, err := calendar.CityByLaw()
	if err != nil {
		return err
	}
	by, err := city.BusinessDayBefore(on, b.PapersDays)
	after.PapersBy = app.DayOf(by)
	return err
}

// moved is the title of a meeting that was moved: with another day, where it ends in the
// day that it had; empty where it was named after another body.
func moved(before, after *Meeting) string {
	stem, has := strings.CutSuffix(after.Title, dated(before))
	switch {
	case before.IsNew() || !has || before.Title != after.Title:
		return after.Title
	case before.Body != after.Body:
		return ""
	}
	return stem + dated(after)
}

// dated is the end of a title that has the day.
func dated(m *Meeting) string { return "　" + civil.DateOf(m.Begins.Time()).WarekiShort() }

// renewed counts what an invitation has to say anew (RFC 5545, 3.8.7.4).
func renewed(_ *app.Act, before, after *Meeting) error {
	if !before.IsNew() && (before.Title != after.Title || before.Begins != after.Begins || before.Ends != after.Ends || before.Place != after.Place || before.State != after.State) {
		after.Sequence = before.Sequence + 1
	}
	return nil
}

// hold says that it was held; from then on the days of the minutes count.
func hold(a *app.Act, m *Meeting, _ struct{}) error {
	switch {
	case m.State != Planned:
		return errOver
	case m.Begins > a.At:
		return errEarly
	}
	b, err := app.Get(a, Bodies, m.Body)
	if err != nil {
		return err
	}
	city, err := calendar.CityByLaw()
	if err != nil {
		return err
	}
	by, err := city.BusinessDay(civil.DateOf(m.Begins.Time()), cmp.Or(b.MinutesDays, UsualDays))
	m.State, m.MinutesBy = Held, app.DayOf(by)
	return err
}

func cancel(_ *app.Act, m *Meeting, in Reason) error {
	if m.State != Planned {
		return errOver
	}
	m.State, m.Reason = Cancelled, in.Reason
	return nil
}

// Late says whether the city should have been given the minutes by now.
func (m *Meeting) Late(today app.Day) bool {
	return m.State == Held && m.GivenOn == 0 && m.MinutesBy < today
}

// Here is how many people came.
func (m *Meeting) Here() (n int) {
	for _, p := range m.Present {
		if !p.Absent {
			n++
		}
	}
	return n
}

// Stepped hears how far the minutes are that a document holds. They were given to the
// city when they came to it first.
func Stepped(a *app.Act, minutes app.Ref, to Stage) error {
	refs, err := a.Linked(minutes, Kind)
	for _, ref := range refs {
		_, r, err := a.Load(ref)
		if err != nil {
			return err
		}
		m := r.(*Meeting)
		if m.Minutes != minutes || m.Stage == Confirmed {
			continue
		}
		m.Stage = to
		if m.GivenOn == 0 && (to == Confirm || to == Confirmed) {
			m.GivenOn = day(a.At)
		}
		if to == Confirmed {
			m.Final = day(a.At)
		}
		a.Save(m)
	}
	return err
}

func day(at app.Stamp) app.Day { return app.DayOf(civil.DateOf(at.Time())) }
