package store

import (
	"slices"

	"daicho/app"
)

// steer decides which conditions of a sorted page SQLite may look for an index
// for. A choice has few values, so its index finds a good part of all records,
// which must then be sorted before the first is shown; following the order and
// passing over what does not match gives a page sooner. Named lists have one
// index for both; what they ask of the field that they are sorted by says only
// where in the index they begin and end.
func (t *table) steer(q app.Query) (byIndex func(app.Spec) bool) {
	if q.Sort == "" {
		return func(app.Spec) bool { return true }
	}
	var served []app.Cond
	for _, f := range t.g.About().Filters {
		where := slices.DeleteFunc(slices.Clone(f.Query(nil).Where), func(c app.Cond) bool { return c.Field == f.Sort })
		if f.Sort == q.Sort && len(where) > len(served) && containsAll(q.Where, where) {
			served = where
		}
	}
	return func(f app.Spec) bool {
		return len(f.Choices) == 0 || slices.ContainsFunc(served, func(c app.Cond) bool { return c.Field == f.Name })
	}
}

// containsAll says whether a query asks all that a named list asks.
func containsAll(asked, list []app.Cond) bool {
	for _, c := range list {
		if !slices.ContainsFunc(asked, func(a app.Cond) bool { return alike(c, a) }) {
			return false
		}
	}
	return true
}

// alike says whether an index for a condition of a named list serves another:
// one of equality holds every value.
func alike(list, asked app.Cond) bool {
	_, later := list.Value.(app.Asked)
	return list.Field == asked.Field && list.Op == asked.Op && (list.Op == "=" || later || list.Value == asked.Value)
}
