package shell

import (
	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
)

// Measures of the navigation in design pixels.
const (
	navTop     = 82 // of the first section
	navPitch   = 28
	railGap    = 13 // between two groups on the rail
	personHigh = 44
)

// navScroll is how far the sections are scrolled, in design pixels. They are
// only where not all of them have room.
type navScroll struct {
	y, most float32
	shown   int // the spot that was brought into sight last
}

// sections are those of which the person may read something, and the open one. The
// palette has them all: it opens what says why he may not.
func (n *nav) sections() (all []ui.Section) {
	for _, x := range n.shell.sections {
		if !n.shell.barred[x.ID] || x.ID == n.shell.current {
			all = append(all, x)
		}
	}
	return all
}

// paintSections draws the sections that are in sight, above foot.
func (n *nav) paintSections(p *kit.Pen, w, foot float32, rail bool) {
	sections := n.sections()
	tops, headings, long := lines(sections, rail)
	n.scroll.most = max(0, long-(foot-navTop))
	n.scroll.reveal(n.wanted(sections), tops, foot-navTop)
	in := func(y, h float32) bool { return y >= navTop && y+h <= foot }
	for i, x := range sections {
		y := navTop + tops[i] - n.scroll.y
		if head := y - headings[i]; headings[i] > 0 && in(head, headings[i]) {
			n.paintGroup(p, head, w, rail, x.Group)
		}
		if in(y, 26) {
			n.paintSection(p, x, y, w, rail)
		} else {
			n.spots[n.spot(y, 26, x.ID)].out = true
		}
	}
}

// lines are the tops of the sections, how high the heading above each is, and
// how long all are.
func lines(sections []ui.Section, rail bool) (tops, headings []float32, long float32) {
	group := app.Label{}
	for _, x := range sections {
		head := float32(0)
		if x.Group != group {
			group = x.Group
			if head = navPitch; rail {
				head = railGap
			}
		}
		tops, headings = append(tops, long+head), append(headings, head)
		long += head + navPitch
	}
	return tops, headings, long
}

// wanted is the section that has to be in sight: that of the keyboard, or the
// open one; -1: none.
func (n *nav) wanted(sections []ui.Section) int {
	if n.focused && n.at > 0 && n.at <= len(sections) {
		return n.at - 1
	}
	for i, x := range sections {
		if x.ID == n.shell.current {
			return i
		}
	}
	return -1
}

// reveal brings a section into sight when it has become the wanted one; after
// that the wheel may take it out.
func (s *navScroll) reveal(i int, tops []float32, room float32) {
	if i >= 0 && s.shown != i {
		s.y = max(min(s.y, tops[i]-navPitch), tops[i]+navPitch-room)
	}
	s.shown = i
	s.y = max(0, min(s.y, s.most))
}

// Scrolled turns the wheel into whole lines.
func (n *nav) Scrolled(e *fyne.ScrollEvent) {
	n.shell.desk.Touch()
	step := float32(navPitch)
	if e.Scrolled.DY > 0 {
		step = -step
	}
	n.scroll.y = max(0, min(n.scroll.y+step, n.scroll.most))
	n.Refresh()
}
