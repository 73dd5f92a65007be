package agreement

import (
	"daicho/app"
	"daicho/app/calendar"
	"daicho/app/civil"
)

// Limit is how many business days of the city an agreement may be missing in its
// document (3.1.2: 随時適切なドキュメントへ追記し).
const Limit = 10

// lastDay is the last day on which an agreement is not late.
func lastDay(held app.Day) (app.Day, error) {
	c, err := calendar.CityByLaw()
	if err != nil {
		return 0, err
	}
	d, err := c.BusinessDay(held.Civil(), Limit)
	return app.DayOf(d), err
}

// Age is how many business days of the city have gone by since an entry's day: none
// on the day itself.
func (r *Agreement) Age(today app.Day) (int, error) {
	c, err := calendar.CityByLaw()
	if err != nil || today < r.Held {
		return 0, err
	}
	return c.BusinessDays(r.Held.Civil().AddDays(1), today.Civil().AddDays(1))
}

// Late says whether an agreement should be in its document by now.
func (r *Agreement) Late(today app.Day) bool {
	return r.State == Open && r.ReflectBy != 0 && r.ReflectBy < today
}

// Unanswered says whether an answer is overdue.
func (r *Agreement) Unanswered(today app.Day) bool {
	return r.State == Open && r.ReplyDue != 0 && r.ReplyDue < today
}

func day(at app.Stamp) app.Day { return app.DayOf(civil.DateOf(at.Time())) }
