package calendar

import (
	"cmp"
	"slices"
	"time"

	"daicho/app"
)

// Extra is a time outside of the regular hours that the city asked for (但し書き of
// clause 3.1.4, 追加稼動時間). It counts only if the consultation (事前協議) was
// recorded before it began: nobody makes open time of the past.
type Extra struct {
	From, To time.Time // half-open
	Agreed   time.Time // when the consultation was recorded; zero: never
	Document string    // its number
}

// counts says whether the consultation came first.
func (e Extra) counts() bool { return !e.Agreed.IsZero() && e.Agreed.Before(e.From) }

// piece is a part of an extra time that is not open anyway.
type piece struct {
	from, to int64
	by       *Extra
}

// pieces are the parts of extra times in which the timeline is not open, in order
// and none twice: an hour that is both regular and extra, or extra twice, counts once.
func (l timeline) pieces(extra []Extra) ([]piece, error) {
	var all []piece
	cursor := First.UnixNano()
	for _, e := range slices.SortedFunc(slices.Values(extra), func(a, b Extra) int {
		return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To))
	}) {
		if err := within(e.From, e.To); err != nil {
			return nil, err
		}
		if !e.From.Before(e.To) {
			return nil, errExtra
		}
		cursor = max(cursor, e.From.UnixNano())
		for i, to := l.at(cursor), e.To.UnixNano(); cursor < to; i++ {
			shut := to
			if i < len(l) {
				shut = min(to, l[i].from)
			}
			if cursor < shut {
				all = append(all, piece{cursor, shut, &e})
			}
			cursor = max(cursor, shut)
			if i < len(l) {
				cursor = min(to, max(cursor, l[i].to))
			}
		}
	}
	return all, nil
}

var errExtra = app.Refuse(app.Invalid, "", "追加稼動時間の終わりは、始まりより後にしてください。", "extra hours end after they begin; look at both")
