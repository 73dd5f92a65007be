package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"daicho/app"
	"daicho/app/calendar"
	"daicho/cmd/cli"
)

// dueVerb computes due dates for other programs.
type dueVerb struct {
	holidayTable
}

// Help says what is read and written.
func (v *dueVerb) Help() string {
	return `Reads a JSON object a line from the standard input:
  {"calendar":"city","start":"2026-11-20T17:30:00+09:00","minutes":120,"extra":[["2026-11-21T09:00:00+09:00","2026-11-21T12:00:00+09:00"]]}
calendar is onsite (Monday to Friday 8:30-18:00), city (all days but Saturday 8:30-19:00), both without holidays and 12/29 to 1/3, or always. minutes is how much open time is allowed; extra, which may be missing, is hours that were agreed on in addition.
Writes {"due":"2026-11-21T10:30:00+09:00"} a line, in the same order. A time used up at closing time is due at closing time; 0 minutes are due at the start.
At the first line that cannot be answered it stops and exits with 1, naming that line; the answers to the lines before it are written. Blank lines are left out.`
}

// maxDueLine is how long a line may be, in bytes.
const maxDueLine = 1 << 20

// Run answers line by line, so it needs the same memory for any number of them.
func (v *dueVerb) Run(ctx context.Context, console *cli.Console) error {
	table, err := v.read()
	if err != nil {
		return err
	}
	in := bufio.NewReaderSize(interruptible(ctx, console.In), maxDueLine)
	out := bufio.NewWriter(console.Out)
	return errors.Join(answerAll(in, out, &dueCalendars{table: table}), out.Flush())
}

// interruptible reads until the context ends, even where a read waits for a person.
func interruptible(ctx context.Context, in io.Reader) io.Reader {
	r, w := io.Pipe()
	context.AfterFunc(ctx, func() { w.CloseWithError(ctx.Err()) })
	go func() {
		_, err := io.Copy(w, in)
		w.CloseWithError(err)
	}()
	return r
}

// answerAll writes each answer at once where no further line waits to be read.
func answerAll(in *bufio.Reader, out *bufio.Writer, calendars *dueCalendars) error {
	for n := 1; ; n++ {
		line, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			return cli.Errorf("%d行目: %dバイトより長い行です。短くしてください。", "line %d: longer than %d bytes", n, maxDueLine)
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if len(bytes.TrimSpace(line)) > 0 {
			due, bad := calendars.answer(line)
			if bad != nil {
				return cli.Errorf("%d行目: %v", "line %d: %v", n, bad)
			}
			fmt.Fprintf(out, "{\"due\":%q}\n", due.Format(time.RFC3339Nano)) // a bufio.Writer keeps its error for Flush
		}
		if err != nil {
			return nil
		}
		if in.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				return err
			}
		}
	}
}

// dueLine is a question. What must not be missing is a pointer.
type dueLine struct {
	Calendar string     `json:"calendar"`
	Start    *string    `json:"start"`
	Minutes  *int64     `json:"minutes"`
	Extra    [][]string `json:"extra"`
}

// dueCalendars are the three calendars of the contract, each made when it is first
// asked for.
type dueCalendars struct {
	table *calendar.Holidays
	made  map[string]*calendar.Calendar
}

func (c *dueCalendars) named(name string) (*calendar.Calendar, error) {
	if made := c.made[name]; made != nil {
		return made, nil
	}
	version, ok := map[string]func() calendar.Version{"onsite": calendar.Onsite, "city": calendar.City, "always": calendar.Always}[name]
	if !ok {
		return nil, app.Refuse(app.Invalid, "calendar", "onsite、city、always のいずれかを指定してください。", "onsite, city or always")
	}
	made, err := calendar.New(c.table, version())
	if err != nil {
		return nil, err
	}
	if c.made == nil {
		c.made = map[string]*calendar.Calendar{}
	}
	c.made[name] = made
	return made, nil
}

// answer is when the time of a question is used up.
func (c *dueCalendars) answer(line []byte) (due time.Time, err error) {
	q, err := readDue(line)
	if err != nil {
		return due, err
	}
	cal, err := c.named(q.Calendar)
	if err != nil {
		return due, err
	}
	start, err := dueTime("start", *q.Start)
	if err != nil {
		return due, err
	}
	if len(q.Extra) > 0 {
		extra, err := q.extra()
		if err != nil {
			return due, err
		}
		if cal, err = cal.Plus(extra...); err != nil {
			return due, err
		}
	}
	return cal.Due(start, time.Duration(*q.Minutes)*time.Minute)
}

var errDueLine = app.Refuse(app.Invalid, "", `{"calendar":"city","start":"2026-11-20T17:30:00+09:00","minutes":120} の形の一行にしてください。`,
	`write one object such as {"calendar":"city","start":"2026-11-20T17:30:00+09:00","minutes":120}`)

// mostMinutes are those of all the years that a calendar answers for.
const mostMinutes = (calendar.LastYear - calendar.FirstYear + 1) * 366 * 24 * 60

// readDue reads a question, and refuses what else stands on the line.
func readDue(line []byte) (q dueLine, err error) {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(&q); err != nil {
		return q, fmt.Errorf("%w (%w)", errDueLine, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) || q.Start == nil || q.Minutes == nil {
		return q, errDueLine
	}
	if *q.Minutes < 0 || *q.Minutes > mostMinutes {
		return q, app.Refuse(app.Invalid, "minutes", fmt.Sprintf("0 から %d までの整数にしてください。", mostMinutes), fmt.Sprintf("a whole number from 0 to %d", mostMinutes))
	}
	return q, nil
}

// extra are the hours agreed on; who asks vouches that they were agreed on before.
func (q *dueLine) extra() (all []calendar.Extra, err error) {
	for _, pair := range q.Extra {
		if len(pair) != 2 {
			return nil, app.Refuse(app.Invalid, "extra", "追加の時間は [開始, 終了] の組で指定してください。", "write each as [from, to]")
		}
		from, err := dueTime("extra", pair[0])
		if err != nil {
			return nil, err
		}
		to, err := dueTime("extra", pair[1])
		if err != nil {
			return nil, err
		}
		all = append(all, calendar.Extra{From: from, To: to, Agreed: from.Add(-1)})
	}
	return all, nil
}

func dueTime(field, text string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return t, app.Refuse(app.Invalid, field, "日時は 2026-11-20T17:30:00+09:00 のように入力してください。", "write a time as 2026-11-20T17:30:00+09:00")
	}
	return t, nil
}
