package chart

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daicho/app/civil"
)

// Parts fill the whole, each in proportion to its size, and none overlap.
func TestSquarifyProperty(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		sizes := rapid.SliceOfN(rapid.Float64Range(0, 1e6), 1, 40).Draw(r, "sizes")
		w, h := rapid.Float64Range(1, 2000).Draw(r, "w"), rapid.Float64Range(1, 2000).Draw(r, "h")
		total := 0.0
		for _, s := range sizes {
			total += s
		}
		got := squarify(sizes, 0, 0, w, h)
		if len(got) != len(sizes) {
			r.Fatalf("%d parts of %d sizes", len(got), len(sizes))
		}
		slack := w * h * 1e-4
		for i, s := range got {
			want := 0.0
			if total > 0 {
				want = sizes[i] / total * w * h
			}
			if area := float64(s.w) * float64(s.h); math.Abs(area-want) > slack {
				r.Fatalf("part %d has %v, want %v", i, area, want)
			}
			if float64(s.x) < -.01 || float64(s.y) < -.01 || float64(s.x+s.w) > w*1.0001+.01 || float64(s.y+s.h) > h*1.0001+.01 {
				r.Fatalf("part %d is outside: %v in %v by %v", i, s, w, h)
			}
			for _, o := range got[:i] {
				dx, dy := float64(min(s.x+s.w, o.x+o.w)-max(s.x, o.x)), float64(min(s.y+s.h, o.y+o.h)-max(s.y, o.y))
				if dx > .01*w/100+.01 && dy > .01*h/100+.01 && dx*dy > slack {
					r.Fatalf("%v and %v overlap", s, o)
				}
			}
		}
	})
}

// A scale reaches the largest value, not twice as far, with steps that people count in.
func TestScaleProperty(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		largest, most := rapid.Float64Range(1e-6, 1e12).Draw(r, "largest"), rapid.IntRange(2, 8).Draw(r, "lines")
		s := scaleFor(largest, most)
		if s.lines < 1 || s.lines > most || s.top() < largest*(1-1e-9) || s.top() > largest*2.5+1e-9 {
			r.Fatalf("%+v for %v", s, largest)
		}
		digit := s.step / math.Pow(10, math.Floor(math.Log10(s.step*(1+1e-9))))
		if d := math.Round(digit); math.Abs(digit-d) > 1e-6 || d != 1 && d != 2 && d != 5 {
			r.Fatalf("a step of %v", s.step)
		}
	})
	for _, v := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		if s := scaleFor(v, 4); s.top() <= 0 {
			t.Error(v, s)
		}
	}
}

// No two stretches of one line overlap, nor their words, and no lane has more lines
// than as many as overlap at one moment.
func TestPackProperty(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var work []Stretch
		words := time.Duration(rapid.IntRange(0, 100).Draw(r, "words")) * time.Second
		end := func(s Stretch) time.Time {
			if least := s.From.Add(words); least.After(s.To) {
				return least
			}
			return s.To
		}
		for range rapid.IntRange(0, 20).Draw(r, "n") {
			from := rapid.IntRange(0, 500).Draw(r, "from")
			to := from + rapid.IntRange(1, 200).Draw(r, "long")
			work = append(work, Stretch{Lane: rapid.IntRange(0, 2).Draw(r, "lane"), From: time.Unix(int64(from), 0), To: time.Unix(int64(to), 0)})
		}
		line, lines := pack(3, work, func(Stretch) time.Duration { return words })
		for i, a := range work {
			at := 0 // stretches of its lane at its beginning
			for j, b := range work {
				together := a.Lane == b.Lane && a.From.Before(end(b)) && b.From.Before(end(a))
				if i != j && together && line[i] == line[j] {
					r.Fatalf("%v and %v overlap in line %d", a, b, line[i])
				}
				if a.Lane == b.Lane && !b.From.After(a.From) && a.From.Before(end(b)) {
					at++
				}
			}
			if line[i] >= lines[a.Lane] || line[i] >= max(at, 1) {
				r.Fatalf("line %d of %d, though only %d at once", line[i], lines[a.Lane], at)
			}
		}
	})
}

// The bars of a plan lie where their days are, whatever the scale.
func TestAxisProperty(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		first := civil.Date{Year: 2026, Month: 10, Day: 26}.AddDays(rapid.IntRange(-900, 900).Draw(r, "first"))
		a := axis{first, 400, float32(rapid.IntRange(1, 24).Draw(r, "day"))}
		d := first.AddDays(rapid.IntRange(-300, 300).Draw(r, "at"))
		if got := a.at(d.AddDays(1), 0) - a.at(d, 0); got != a.day {
			r.Fatalf("a day is %v wide, want %v", got, a.day)
		}
		n := a.days(rapid.Float32Range(1, 2000).Draw(r, "width"))
		for _, m := range a.months(n)[1:] {
			if m.Day != 1 || m.Compare(first) <= 0 || first.DaysUntil(m) >= n {
				r.Fatalf("%v begins no month in sight", m)
			}
		}
		if weeks := a.weeks(n); len(weeks) < n/7 || len(weeks) > n/7+1 {
			r.Fatalf("%d weeks in %d days", len(weeks), n)
		}
	})
}

// The progress line bends left of today for what is late, right for what is
// early, and not at all for what is done or has time.
func TestProgressLine(t *testing.T) {
	d := func(n int) civil.Date { return civil.Date{Year: 2026, Month: 11, Day: 20}.AddDays(n) }
	a, today := axis{d(-20), 0, 10}, d(0)
	for name, c := range map[string]struct {
		task Task
		way  int // -1 left, 1 right, 0 no bend
	}{
		"done":                 {Task{From: d(-9), To: d(-5), Done: 1}, 0},
		"not due":              {Task{From: d(3), To: d(5)}, 0},
		"should have begun":    {Task{From: d(-2), To: d(5)}, -1},
		"late":                 {Task{From: d(-9), To: d(9), Done: .2}, -1},
		"early":                {Task{From: d(-1), To: d(9), Done: .8}, 1},
		"begun before its day": {Task{From: d(3), To: d(5), Done: .5}, 1},
		"group":                {Task{From: d(-9), To: d(9), Done: .2, Group: true}, 0},
		"milestone":            {Task{From: d(-9), To: d(-9), Milestone: true}, 0},
	} {
		line := progressLine(a, today, []Task{c.task})
		if c.way == 0 {
			if line != nil {
				t.Errorf("%s: bends", name)
			}
			continue
		}
		if len(line) != 3 || (line[1].x-a.at(today, .5))*float32(c.way) <= 0 || line[0].x != line[2].x {
			t.Errorf("%s: %v", name, line)
		}
	}
}

// The nearest mark above or below is one that lies there; who goes down and
// has somewhere to go moves.
func TestNearestProperty(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var spots []spot
		for range rapid.IntRange(1, 20).Draw(r, "n") {
			at := rapid.IntRange(0, 900)
			spots = append(spots, spot{float32(at.Draw(r, "x")), float32(at.Draw(r, "y")), 20, 20})
		}
		from := rapid.IntRange(0, len(spots)-1).Draw(r, "from")
		for _, way := range []int{1, -1} {
			got := nearest(spots, from, way)
			below := false
			for _, s := range spots {
				below = below || (s.y-spots[from].y)*float32(way) >= 1
			}
			if (got != from) != below {
				r.Fatalf("from %v to %v", spots[from], spots[got])
			}
			if got != from && (spots[got].y-spots[from].y)*float32(way) < 1 {
				r.Fatalf("%v is not on the way %d of %v", spots[got], way, spots[from])
			}
		}
	})
}
