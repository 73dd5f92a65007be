package kit

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// narrowest is how narrow a column can be made, in design pixels.
const narrowest = 36

// sideways is where a table stands whose columns do not all fit.
type sideways struct {
	at, most int     // columns gone at the left, and how many can go; 0: all fit
	part     float32 // of the columns that are in sight
	holds    bool    // fixed columns stay: they leave room for others
	wheel    float32
	high     float32 // of the bar, pixels
}

// bar is the room of the bar below the rows.
func (s *sideways) bar() float32 {
	if s.most == 0 {
		return 0
	}
	return s.high
}

// layoutColumns chooses the columns in sight and their places.
func (t *Table) layoutColumns() {
	t.vis, t.xs, t.ws = t.vis[:0], t.xs[:0], t.ws[:0]
	room := t.size.Width - 10
	kept := t.keptColumns()
	least := float32(0)
	for _, i := range kept {
		least += t.least(i)
	}
	if least <= room {
		t.side.at, t.side.most = 0, 0
		for _, i := range kept {
			w := t.least(i)
			if t.cols[i].Flex {
				w += room - least
			}
			t.putColumn(i, w)
		}
		return
	}
	t.layoutSideways(kept, room, least)
}

// keptColumns are those that a table of this width does not drop: the widest Drop
// goes first until the others have room. What a person dragged drops none.
func (t *Table) keptColumns() (kept []int) {
	wide, need := t.size.Width/t.desk.Look.Factor(), float32(10)
	for i, c := range t.cols {
		if wide >= c.Drop {
			kept = append(kept, i)
			need += t.made[i]
		}
	}
	for need > wide {
		i := slices.MaxFunc(kept, func(a, b int) int { return cmp.Compare(t.cols[a].Drop, t.cols[b].Drop) })
		if t.cols[i].Drop == 0 {
			break
		}
		need -= t.made[i]
		kept = slices.DeleteFunc(kept, func(k int) bool { return k == i })
	}
	return kept
}

// least is the width of a column before the flexible one takes what is left.
func (t *Table) least(i int) float32 { return t.desk.Look.Px(t.cols[i].least()) }

// least is the same in design pixels.
func (c Column) least() float32 {
	if c.Flex {
		return max(c.Min, c.Width)
	}
	return c.Width
}

func (t *Table) putColumn(i int, w float32) {
	x := float32(0)
	if n := len(t.xs); n > 0 {
		x = t.xs[n-1] + t.ws[n-1]
	}
	t.vis, t.xs, t.ws = append(t.vis, i), append(t.xs, x), append(t.ws, w)
}

// layoutSideways leaves columns out at the left, those that are fixed excepted;
// the last one in sight may be cut.
func (t *Table) layoutSideways(kept []int, room, all float32) {
	s := &t.side
	s.high, s.holds = t.desk.Look.Px(10), t.fixed(kept) <= room/2
	s.most = t.furthest(kept, room, all)
	s.at = max(0, min(s.at, s.most))
	gone, used := s.at, float32(0)
	for _, i := range kept {
		if gone > 0 && !t.stays(i) {
			gone--
			continue
		}
		w := min(t.least(i), room-used)
		if w < t.desk.Look.Px(narrowest) {
			break
		}
		t.putColumn(i, w)
		used += w
	}
	s.part = min(1, used/all)
}

// fixed is the room that fixed columns need.
func (t *Table) fixed(kept []int) (need float32) {
	for _, i := range kept {
		if t.cols[i].Fixed {
			need += t.least(i)
		}
	}
	return need
}

func (t *Table) stays(i int) bool { return t.side.holds && t.cols[i].Fixed }

// furthest is how many columns have to go until the last one is whole.
func (t *Table) furthest(kept []int, room, need float32) (n int) {
	for _, i := range kept[:len(kept)-1] {
		if need <= room {
			return n
		}
		if !t.stays(i) {
			need -= t.least(i)
			n++
		}
	}
	return n
}

// SideTo puts n columns out of sight at the left, as far as there are columns
// out of sight at the right.
func (t *Table) SideTo(n int) {
	if n = max(0, min(n, t.side.most)); n != t.side.at {
		t.side.at = n
		t.Refresh()
	}
}

// OnResize is called after a person has changed the width of a column.
func (t *Table) OnResize(f func()) { t.onResize = f }

// Widths are the widths of the columns by name, in design pixels.
func (t *Table) Widths() map[string]float32 {
	out := map[string]float32{}
	for _, c := range t.cols {
		if !c.Flex && c.Name != "" {
			out[c.Name] = c.Width
		}
	}
	return out
}

// SetWidths takes widths that Widths gave, in this version or an earlier one:
// columns that it does not name keep theirs.
func (t *Table) SetWidths(widths map[string]float32) {
	for i, c := range t.cols {
		if w, ok := widths[c.Name]; ok && !c.Flex && c.Name != "" {
			t.cols[i].Width = min(max(w, narrowest), 2000)
		}
	}
	t.Refresh()
}

// sideThumb is the bar below the rows of a table that scrolls sideways.
type sideThumb struct {
	widget.BaseWidget
	t   *Table
	x   float32
	bar *canvas.Rectangle
}

func newSideThumb(t *Table) *sideThumb {
	b := &sideThumb{t: t, bar: canvas.NewRectangle(nil)}
	b.bar.CornerRadius = 3.5
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer is for Fyne.
func (b *sideThumb) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.bar) }

func (b *sideThumb) place() {
	s := &b.t.side
	if s.most == 0 {
		b.Hide()
		return
	}
	b.bar.FillColor = b.t.thumbColour()
	room := b.t.size.Width - 10
	w := max(28, room*s.part)
	b.Show()
	place(b, (room-w)*float32(s.at)/float32(s.most), b.t.size.Height-9, w, 7)
}

// Dragged scrolls sideways.
func (b *sideThumb) Dragged(e *fyne.DragEvent) {
	t := b.t
	t.desk.Touch()
	if b.x == 0 {
		b.x = b.Position().X
	}
	b.x += e.Dragged.DX
	room := t.size.Width - 10 - b.Size().Width
	t.SideTo(int(b.x/room*float32(t.side.most) + 0.5))
}

// DragEnd is for Fyne.
func (b *sideThumb) DragEnd() { b.x = 0 }
