package finding

import (
	"time"

	"daicho/app"
	"daicho/app/civil"
)

// Window is when a job may run: from a time of one day of the week, for some hours.
type Window struct {
	Day   Weekday
	Begin string // 22:00, in Tokyo
	Hours int    // 1 to 24; over midnight, it goes on into the next day
}

// Weekday is a day of the week.
type Weekday string

// Weekdays are the days of the week with their names.
var Weekdays = []app.Option[Weekday]{
	app.Is(Weekday("mon"), "月", "Monday"), app.Is(Weekday("tue"), "火", "Tuesday"), app.Is(Weekday("wed"), "水", "Wednesday"), app.Is(Weekday("thu"), "木", "Thursday"),
	app.Is(Weekday("fri"), "金", "Friday"), app.Is(Weekday("sat"), "土", "Saturday"), app.Is(Weekday("sun"), "日", "Sunday"),
}

var weekdays = map[time.Weekday]Weekday{time.Monday: "mon", time.Tuesday: "tue", time.Wednesday: "wed", time.Thursday: "thu", time.Friday: "fri", time.Saturday: "sat", time.Sunday: "sun"}

// from is how long after midnight the window begins.
func (w Window) from() (time.Duration, error) {
	t, err := time.Parse("15:04", w.Begin)
	if err != nil {
		return 0, app.Refuse(app.Invalid, "windows", "「実行時間帯」の開始時刻が読めません。22:00 のように入力してください。", "the hours begin at no time of day; write 22:00")
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, nil
}

// Until is until when the job may run at a moment; zero, where it may not. A job
// without hours may at any time: it is given a day.
func (j *Job) Until(now time.Time) (end time.Time) {
	if len(j.Windows) == 0 {
		return now.Add(24 * time.Hour)
	}
	today := civil.DateOf(now)
	for back := range 2 { // yesterday's hours may not be over
		day := today.AddDays(-back).Start()
		for _, w := range j.Windows {
			from, err := w.from()
			if err != nil || w.Day != weekdays[day.Weekday()] {
				continue
			}
			begin := day.Add(from)
			if last := begin.Add(time.Duration(w.Hours) * time.Hour); !now.Before(begin) && now.Before(last) && last.After(end) {
				end = last
			}
		}
	}
	return end
}

const (
	// week is how often a job runs that does not say, in days.
	week = 7
	// early is how much sooner than its days a job may begin again: hours of one weekday
	// begin at the same time each week, and the run before may have begun later than they.
	early = 12 * time.Hour
	// retry is how long after a run that failed another is tried.
	retry = 4 * time.Hour
)

// Due says whether a new run is to begin at a moment.
func (j *Job) Due(now time.Time) bool {
	switch {
	case j.State != Active || j.Until(now).IsZero():
		return false
	case j.LastBegun == 0 || j.AskedAt > j.LastBegun:
		return true
	case j.LastState == RunFailed:
		return !now.Before(j.LastEnded.Time().Add(retry))
	}
	days := j.EveryDays
	if days == 0 {
		days = week
	}
	return !now.Before(j.LastBegun.Time().Add(time.Duration(days)*24*time.Hour - early))
}
