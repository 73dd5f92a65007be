package bring

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// shown is how many lines are drawn; the others are counted.
const shown = 200

// line is a file or folder on a card: its name, what it is, and why it is not taken.
type line struct{ name, note, why string }

// linesOf are what a person let fall, as it is shown.
func linesOf(words *text.Words, items []Item) (all []line) {
	for _, i := range items {
		l := line{name: i.Name}
		switch {
		case i.Folder:
			l.note = words.T(text.BringFolder, words.Count(len(i.Files))) + words.T(text.FactGap) + text.Size(sizeOf(i.Files))
		case len(i.Files) > 0:
			l.note = strings.TrimPrefix(strings.ToUpper(filepath.Ext(i.Name)), ".") + words.T(text.FactGap) + text.Size(sizeOf(i.Files))
		}
		if i.Why != nil {
			l.why = words.Error(i.Why)
		}
		all = append(all, l)
	}
	return all
}

func sizeOf(files []File) (n int64) {
	for _, f := range files {
		n += f.Size
	}
	return n
}

// lines draws them, below what is asked once for all.
type lines struct {
	kit.Surface
	desk  *ui.Desk
	all   []line
	kind  string
	kinds *kit.Select // nil: nothing is asked
}

func newLines(desk *ui.Desk, all []line) *lines {
	l := &lines{desk: desk, all: all}
	l.Extend(l, desk.Look, func(p *kit.Pen, w, _ float32) { l.paint(p, w) })
	return l
}

// HeightFor is part of [kit.Tall].
func (l *lines) HeightFor(w float32) float32 { return l.paint(kit.NewPen(l.desk.Look), w) }

func (l *lines) paint(p *kit.Pen, w float32) float32 {
	y := float32(8)
	if l.kinds != nil {
		p.Text(18, y, 110, 29, l.kind, p.Label())
		p.Add(l.kinds, 132, y, min(w-150, 260), 29)
		y += 38
	}
	for i, one := range l.all {
		if i == shown {
			p.Text(18, y, w-36, 24, l.desk.Words.T(text.MoreBanners, l.desk.Words.Count(len(l.all)-shown)), p.Sub())
			return y + 32
		}
		right := w - 18
		if one.note != "" {
			right -= p.Text(w-18-200, y, 200, 24, one.note, p.Sub().R()) + 12
		}
		p.Text(18, y, right-18, 24, one.name, p.Body())
		if y += 24; one.why != "" {
			y = p.Para(30, y, w-48, 18, "× "+one.why, p.Caption()) + 4
		}
	}
	return y + 8
}

// AccessibilityLabel is what the card lists.
func (l *lines) AccessibilityLabel() string {
	var all []string
	for _, one := range l.all[:min(len(l.all), shown)] {
		all = append(all, strings.TrimSpace(one.name+" "+one.note+" "+one.why))
	}
	return strings.Join(all, "\n")
}

// AccessibilityRole is for screen readers.
func (l *lines) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
