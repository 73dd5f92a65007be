package calendar

import (
	"sync"

	"daicho/app/civil"
)

// CityByLaw is the city's calendar with the holidays that follow from the law. Rules
// count business days in it, so that every device counts alike, whatever table of
// holidays it has; clocks that money hangs on are judged by a table.
func CityByLaw() (*Calendar, error) { return cityByLaw() }

var cityByLaw = sync.OnceValues(func() (*Calendar, error) { return New(Computed(), City()) })

// BusinessDayBefore is the nth day with regular hours before a day; the 0th is the day
// itself.
func (c *Calendar) BusinessDayBefore(from civil.Date, n int) (civil.Date, error) {
	d := from
	for n > 0 {
		d = d.AddDays(-1)
		if err := within(d.Start()); err != nil {
			return from, err
		}
		if c.regular(d) {
			n--
		}
	}
	return d, within(d.Start())
}
