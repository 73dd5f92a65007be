package monitor

import (
	"bufio"
	"cmp"
	"errors"
	"io"
	"maps"
	"slices"
	"time"

	"daicho/app"
	"daicho/app/civil"
)

// Count is what a day of one host's log holds.
type Count struct {
	Host   string
	Day    civil.Date
	Lines  int
	Errors int
	Gap    time.Duration // the longest time without a line, as far as it lies in the day
	Gapped bool          // it is longer than was allowed
}

// Counted is what a file holds.
type Counted struct {
	Days   []Count // by host, then by day; none is left out between the first and the last
	Unread int     // lines that begin no entry that is understood
	First  int     // where the first of them stands: the line, or the row of a table, from 1; of its text nobody knows whose data it is
}

// Reading is how a log is read.
type Reading struct {
	Host   string        // of lines that name none
	Latest time.Time     // no line is from later: it tells the year where none stands
	MaxGap time.Duration // without a line, before a day counts as gapped
}

// maxLine is how many bytes of a line are looked at; the rest of it is passed over.
const maxLine = 64 << 10

// tally gathers the lines of a file.
type tally struct {
	how   Reading
	c     Counted
	line  int // that is read
	times map[string][]time.Time
	errs  map[string]map[civil.Date]int
}

func newTally(how Reading) *tally {
	return &tally{how: how, times: map[string][]time.Time{}, errs: map[string]map[civil.Date]int{}}
}

// add counts a line; one that is not understood is counted, too.
func (t *tally) add(l Line, ok bool) {
	host := cmp.Or(l.Host, t.how.Host)
	if !ok || host == "" {
		if t.c.Unread++; t.c.First == 0 {
			t.c.First = t.line
		}
		return
	}
	t.times[host] = append(t.times[host], l.At)
	if l.Error {
		if t.errs[host] == nil {
			t.errs[host] = map[civil.Date]int{}
		}
		t.errs[host][civil.DateOf(l.At)]++
	}
}

func (t *tally) counted() Counted {
	for _, host := range slices.Sorted(maps.Keys(t.times)) {
		all, old := days(host, t.times[host], t.errs[host], t.how.MaxGap)
		t.c.Days = append(t.c.Days, all...)
		t.c.Unread += old
	}
	return t.c
}

// CountLog reads a log and counts its lines by host and day in Japan. A line that begins
// with a blank goes on with the one before. Lines may stand in any order.
func CountLog(r io.Reader, how Reading) (Counted, error) {
	t := newTally(how)
	b := bufio.NewReaderSize(r, maxLine)
	for {
		text, err := shortLine(b)
		t.line++
		if text != "" && text[0] != ' ' && text[0] != '\t' {
			l, ok := ParseLine(text, how.Latest)
			t.add(l, ok)
		}
		if errors.Is(err, io.EOF) {
			return t.counted(), nil
		}
		if err != nil {
			return Counted{}, err
		}
	}
}

// CountCSV counts the lines of an event log as CSV: time, level, host (日時, レベル, ホスト), of
// which the last may be missing.
func CountCSV(r io.Reader, how Reading) (Counted, error) {
	t := newTally(how)
	t.line = 1 // the head
	err := readTable(r, []column{
		{"time", []string{"日時", "日付と時刻", "time", "date and time", "timecreated"}, true},
		{"level", []string{"レベル", "level", "leveldisplayname"}, true},
		{"host", []string{"ホスト", "コンピューター", "host", "computer", "machinename"}, false},
	}, func(row map[string]string) error {
		at, ok := readTime(row["time"])
		t.line++
		t.add(Line{At: at, Host: row["host"], Error: errorWord.MatchString(row["level"])}, ok)
		return nil
	})
	return t.counted(), err
}

// shortLine reads a line, of which no more than maxLine bytes are kept.
func shortLine(b *bufio.Reader) (string, error) {
	line, more, err := b.ReadLine()
	text := string(line)
	for more && err == nil {
		_, more, err = b.ReadLine()
	}
	return text, err
}

// maxDays is how far apart the first and the last day of a file may lie.
const maxDays = 3_700

// days are those from the first line to the last, with the gaps between lines; old is how
// many lines are from too long before the last.
func days(host string, at []time.Time, errs map[civil.Date]int, maxGap time.Duration) (all []Count, old int) {
	slices.SortFunc(at, time.Time.Compare)
	first, last := civil.DateOf(at[0]), civil.DateOf(at[len(at)-1])
	if first.DaysUntil(last) > maxDays {
		first = last.AddDays(-maxDays)
	}
	for old < len(at) && at[old].Before(first.Start()) {
		old++
	}
	i, before := old, at[old]
	for day := first; day.Compare(last) <= 0; day = day.AddDays(1) {
		c := Count{Host: host, Day: day, Errors: errs[day]}
		begin, end := day.Start(), day.AddDays(1).Start()
		for ; i < len(at) && at[i].Before(end); i++ {
			c.Lines++
			c.gap(later(before, begin), at[i])
			before = at[i]
		}
		if i < len(at) { // the next line is of another day
			c.gap(later(before, begin), end)
		}
		c.Gapped = c.Gap > maxGap
		all = append(all, c)
	}
	return all, old
}

func (c *Count) gap(from, to time.Time) { c.Gap = max(c.Gap, to.Sub(from)) }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Record is the count as it is kept of a target.
func (c Count) Record(rec *LogDay, target app.Ref, log, file string) {
	rec.Target, rec.Log, rec.File = target, log, file
	rec.Day, rec.Lines, rec.Errors, rec.Gap, rec.Gapped = app.DayOf(c.Day), c.Lines, c.Errors, int(c.Gap/time.Minute), c.Gapped
}
