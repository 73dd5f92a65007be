package shell

import (
	"slices"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// paletteList draws the rows under the field.
type paletteList struct {
	kit.Surface
	p     *palette
	first int
	spots []spotRow
}

type spotRow struct {
	y, h float32
	row  int
}

func newPaletteList(p *palette) *paletteList {
	l := &paletteList{p: p}
	l.Extend(l, p.shell.desk.Look, l.paint)
	return l
}

const (
	paletteTop  = 50
	paletteFoot = 32
)

func rowHeight(r paletteRow) float32 {
	if r.do == nil {
		return 26
	}
	return 34
}

func (l *paletteList) paint(p *kit.Pen, w, h float32) {
	p.Icon(16, 16, 16, "search", p.Ink2)
	p.Text(w-l.scope()-8, 0, l.scope()-6, 48, l.said(), p.Caption().R())
	p.H(0, 48, w)
	l.scroll(h)
	l.spots = l.spots[:0]
	y := float32(paletteTop)
	for i := l.first; i < len(l.p.rows); i++ {
		r := l.p.rows[i]
		if y+rowHeight(r) > h-paletteFoot {
			break
		}
		l.paintRow(p, r, i, y, w)
		y += rowHeight(r)
	}
	p.H(0, h-paletteFoot, w)
	p.Hints(14, h-25, w-14, l.hints()...)
}

// hints are the keys: to choose a record of one kind there is nothing to narrow.
func (l *paletteList) hints() []kit.KeyHint {
	words := l.p.shell.desk.Words
	move, shut := kit.KeyHint{Key: "↑↓", Does: words.T(text.SelectVerb)}, kit.KeyHint{Key: "Esc", Does: words.T(text.Close)}
	if l.p.kind != "" {
		return []kit.KeyHint{move, {Key: "Enter", Does: words.T(text.PickVerb)}, shut}
	}
	return []kit.KeyHint{move, {Key: "Enter", Does: words.T(text.OpenVerb)}, {Key: string(fyne.KeyTab), Does: l.tab()}, shut}
}

// said is where it searches.
func (l *paletteList) said() string {
	words := l.p.shell.desk.Words
	switch {
	case l.p.only == groupActions:
		return words.T(text.SearchOnly, words.T(text.Actions))
	case l.p.only == groupPeople, l.p.kind == app.PersonKind:
		return words.T(text.SearchOnly, words.T(text.PeopleGroup))
	case l.p.only == groupSaved:
		return words.T(text.SearchOnly, words.T(text.SavedSearches))
	case l.p.only == groupRecent:
		return words.T(text.SearchOnly, words.T(text.RecentRecords))
	}
	for _, x := range l.p.shell.sections {
		if x.ID == l.p.only || slices.Contains(x.Kinds, l.p.kind) {
			return words.T(text.SearchOnly, words.Of(x.Label))
		}
	}
	return words.T(text.SearchAll)
}

// scope is the room for that, right of the field, in design pixels.
func (l *paletteList) scope() float32 {
	p := kit.NewPen(l.p.shell.desk.Look)
	return min(p.Width(l.said(), p.Caption())+14, 260)
}

// tab says what Tab does now.
func (l *paletteList) tab() string {
	if l.p.only != "" {
		return l.p.shell.desk.Words.T(text.AllOfThem)
	}
	return l.p.shell.desk.Words.T(text.NarrowGroup)
}

// scroll brings the chosen row into sight.
func (l *paletteList) scroll(h float32) {
	l.first = min(l.first, l.p.at)
	for l.first < l.p.at {
		y := float32(paletteTop)
		for i := l.first; i <= l.p.at; i++ {
			y += rowHeight(l.p.rows[i])
		}
		if y <= h-paletteFoot {
			break
		}
		l.first++
	}
	if l.first == 1 {
		l.first = 0
	}
}

func (l *paletteList) paintRow(p *kit.Pen, r paletteRow, i int, y, w float32) {
	if r.do == nil {
		p.Text(16, y+2, w-32, 24, r.heading, p.Caption())
		return
	}
	l.spots = append(l.spots, spotRow{y, 34, i})
	note := p.Caption().In(p.Ink3)
	if i == l.p.at {
		p.Round(6, y, w-12, 34, p.Select, 4)
		p.Rect(6, y+5, 3, 24, p.Accent)
		note = note.In(p.Ink2)
	}
	p.Icon(18, y+9, 16, r.icon, p.Ink2)
	right := w - 16
	if r.key != "" {
		kw := p.Width(r.key, p.Caption()) + 10
		right -= p.Key(right-kw, y+8, r.key) + 12
	}
	if r.note != "" {
		right -= p.Text(right-150, y, 150, 34, r.note, note.R()) + 12
	}
	p.Text(44, y, right-44, 34, r.name, p.Body())
}

// AccessibilityLabel is the row that Enter takes.
func (l *paletteList) AccessibilityLabel() string {
	if l.p.at >= len(l.p.rows) {
		return ""
	}
	return l.p.rows[l.p.at].name
}

// AccessibilityRole is text.
func (l *paletteList) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// Tapped takes the row that was clicked.
func (l *paletteList) Tapped(e *fyne.PointEvent) {
	l.p.shell.desk.Touch()
	y := e.Position.Y / l.p.shell.desk.Look.Factor()
	for _, s := range l.spots {
		if y >= s.y && y < s.y+s.h {
			l.p.take(s.row)
			return
		}
	}
}
