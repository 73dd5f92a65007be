package chart

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"daicho/app/civil"
	"daicho/ui"
	"daicho/ui/kit"
)

// Stretch is something that takes a while: a visit, a shift.
type Stretch struct {
	Lane     int
	From, To time.Time
	Name     string
	Mark     kit.Mark // how it stands
}

// Timeline shows who is where on one day, against the time of now.
type Timeline struct {
	picker
	lanes    []string
	work     []Stretch
	from, to time.Time
	now      time.Time
}

// laneHigh is the height of a lane, or of each of its lines where stretches
// overlap; timeHead that of the hours.
const (
	laneHigh = 40
	timeHead = 20
)

// NewTimeline makes a timeline from one time to another of a day. OnPick is
// called with the number of a stretch; nil: nothing can be picked.
func NewTimeline(desk *ui.Desk, lanes []string, from, to time.Time, work []Stretch, onPick func(int)) *Timeline {
	t := &Timeline{lanes: lanes, work: work, from: from, to: to, now: desk.Now()}
	t.begin(t, desk, t.paintTimeline, t.sayStretch, onPick)
	t.SetMin(320, t.HeightFor(320))
	return t
}

// SetNow moves the line of now; call it once a minute.
func (t *Timeline) SetNow(now time.Time) { t.now = now; t.Refresh() }

func (t *Timeline) sayStretch(i int) string {
	s := t.work[i]
	return t.lanes[s.Lane] + " " + clockTime(s.From) + "–" + clockTime(s.To) + " " + s.Name + " " + s.Mark.String()
}

// clockTime is a time of day in Tokyo: 9:00, 14:02.
func clockTime(at time.Time) string { return strings.TrimPrefix(civil.Clock(at), "0") }

// HeightFor is the height of all lanes in a width.
func (t *Timeline) HeightFor(w float32) float32 {
	high := float32(timeHead + 6)
	_, lines := pack(len(t.lanes), t.work, t.wordsTake(w))
	for _, n := range lines {
		high += float32(n) * laneHigh
	}
	return high
}

// wordsWide is the room that the words of a stretch have at least, if another
// begins right after it; more where its mark is longer.
const wordsWide = 64

// wordsTake tells how long a stretch is that is as wide as the words of one.
func (t *Timeline) wordsTake(w float32) func(Stretch) time.Duration {
	p := kit.NewPen(t.desk.Look)
	_, day := t.axis(p, w)
	return func(s Stretch) time.Duration {
		wide := max(wordsWide, markWide(p, s))
		return time.Duration(float64(t.to.Sub(t.from)) * float64(wide/max(day, wide)))
	}
}

// markWide is the room that the mark of a stretch needs.
func markWide(p *kit.Pen, s Stretch) float32 { return p.Width(s.Mark.String(), p.Caption()) + 9 }

// part is how far into the day a moment is, from 0 to 1.
func (t *Timeline) part(when time.Time) float32 {
	part := float64(when.Sub(t.from)) / float64(t.to.Sub(t.from))
	return float32(min(max(part, 0), 1))
}

// axis is where the day begins and how wide it is. It ends before the right edge if
// what begins late needs that for its mark.
func (t *Timeline) axis(p *kit.Pen, w float32) (left, day float32) {
	left = t.names(p, w)
	room := w - left
	day = room
	for _, s := range t.work {
		if part := t.part(s.From); part > .5 {
			day = min(day, (room-markWide(p, s))/part)
		}
	}
	return left, max(day, room/2)
}

// names is the width of the column of lanes.
func (t *Timeline) names(p *kit.Pen, w float32) (names float32) {
	for _, l := range t.lanes {
		names = max(names, p.Width(l, p.Label()))
	}
	return min(names, w*.3) + 10
}

// pack gives each stretch a line of its lane, so that no two in one line
// overlap, nor one the words of another that take so long, with as few lines as
// can be; a lane without any has one line.
func pack(lanes int, work []Stretch, words func(Stretch) time.Duration) (line, lines []int) {
	line, lines = make([]int, len(work)), make([]int, lanes)
	order := make([]int, len(work))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(work[a].From.Compare(work[b].From), work[a].To.Compare(work[b].To))
	})
	ends := make([][]time.Time, lanes) // of each line
	for _, i := range order {
		s := work[i]
		free := slices.IndexFunc(ends[s.Lane], func(end time.Time) bool { return !end.After(s.From) })
		if free < 0 {
			ends[s.Lane] = append(ends[s.Lane], time.Time{})
			free = len(ends[s.Lane]) - 1
		}
		ends[s.Lane][free], line[i] = s.To, free
		if least := s.From.Add(words(s)); least.After(s.To) {
			ends[s.Lane][free] = least
		}
	}
	for i := range lines {
		lines[i] = max(1, len(ends[i]))
	}
	return line, lines
}

func (t *Timeline) paintTimeline(p *kit.Pen, w, _ float32) {
	line, lines := pack(len(t.lanes), t.work, t.wordsTake(w))
	names, day := t.axis(p, w)
	at := func(when time.Time) float32 { return names + t.part(when)*day }
	tops, y := make([]float32, len(t.lanes)), float32(timeHead+4)
	for i, n := range lines {
		tops[i] = y
		y += float32(n) * laneHigh
	}
	t.paintHours(p, at, names, day, w, y)
	for i, name := range t.lanes {
		p.Text(0, tops[i], names-8, laneHigh-3, name, p.Label().In(p.Ink))
		p.H(0, tops[i]+float32(lines[i])*laneHigh-2, w)
	}
	t.paintWork(p, at, tops, line, w, y)
}

// roomFor is the room of the words of a stretch: up to the next one of its line.
func roomFor(spots []spot, i int, right float32) float32 {
	for _, s := range spots {
		if s.y == spots[i].y && s.x > spots[i].x {
			right = min(right, s.x)
		}
	}
	return right - spots[i].x
}

// paintHours writes the hours that have room.
func (t *Timeline) paintHours(p *kit.Pen, at func(time.Time) float32, left, day, right, bottom float32) {
	hours := int(t.to.Sub(t.from) / time.Hour)
	apart := every(hours, day, p.Width("15:00", p.Caption())+14)
	first := t.from.Truncate(time.Hour)
	if first.Before(t.from) {
		first = first.Add(time.Hour)
	}
	now, box := at(t.now), p.Width(clockTime(t.now), p.Caption().B())/2+9
	for when := first; !when.After(t.to); when = when.Add(time.Duration(apart) * time.Hour) {
		x, word := at(when), clockTime(when)
		ww := p.Width(word, p.Caption())
		p.V(x, timeHead, bottom-timeHead-2)
		if tx := min(max(x-ww/2, left), right-ww); tx+ww < now-box || tx > now+box || !t.today() { // the time of now stands there
			p.Text(tx, 1, 0, 18, word, p.Caption())
		}
	}
}

func (t *Timeline) today() bool { return !t.now.Before(t.from) && !t.now.After(t.to) }

func (t *Timeline) paintWork(p *kit.Pen, at func(time.Time) float32, tops []float32, line []int, w, bottom float32) {
	t.spots = t.spots[:0]
	for i, s := range t.work {
		x := at(s.From)
		spot := spot{x, tops[s.Lane] + float32(line[i])*laneHigh + 2, max(at(s.To)-x, 4), laneHigh - 6}
		t.spots = append(t.spots, spot)
		p.Round(spot.x, spot.y, spot.w, spot.h, p.Soft(s.Mark.Tone), 3)
		p.Rect(spot.x, spot.y, 2, spot.h, p.Of(s.Mark.Tone))
	}
	if t.today() { // over the grounds and under the words
		x, word := at(t.now), clockTime(t.now)
		ww := p.Width(word, p.Caption().B()) + 10
		bx := min(max(x-ww/2, 0), w-ww)
		p.Rect(x, timeHead-2, 1.5, bottom-timeHead, p.Seal)
		p.Round(bx, 1, ww, 17, p.Seal, 3)
		p.Text(bx+5, 1, 0, 17, word, p.Caption().B().In(p.OnSeal))
	}
	for i, s := range t.work {
		r, room := t.spots[i], roomFor(t.spots, i, w)-8
		if room > 16 { // words may run out of a short stretch
			p.Text(r.x+6, r.y+1, room, 16, s.Name, p.Caption().B().In(p.Ink))
			p.Text(r.x+6, r.y+16, room, 16, s.Mark.String(), p.Caption().In(p.Of(s.Mark.Tone)))
		}
	}
	if t.at < len(t.spots) && t.focused {
		t.ring(p, t.spots[t.at])
	}
}
