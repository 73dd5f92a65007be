package chart

import (
	"strings"

	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit"
)

// Node is one box of a tree.
type Node struct {
	Head  string // small, above
	Name  string
	Mark  kit.Mark
	Lines []string
	Open  bool // nobody stands there: the box has a heavy edge of its own
}

// Tier is one level of a tree, from the left.
type Tier struct {
	Label string
	Nodes []Node
}

// Tree shows who stands above whom: boxes in tiers joined by lines. What has no room
// beside the others stands below them. + and - make the boxes wider and narrower.
type Tree struct {
	picker
	tiers []Tier
	zoom  int
	body  *kit.Scroller // that it stands in; nil: none
}

// NewTree makes a tree without boxes; onPick is called with a box counted through all
// tiers.
func NewTree(desk *ui.Desk, onPick func(int)) *Tree {
	t := &Tree{zoom: 1}
	t.begin(t, desk, func(p *kit.Pen, w, _ float32) { t.paintTree(p, w) }, t.sayNode, onPick)
	return t
}

// In names the scroller that the tree stands in, which follows the cursor.
func (t *Tree) In(body *kit.Scroller) { t.body = body }

// Set shows other boxes.
func (t *Tree) Set(tiers []Tier) {
	t.tiers = tiers
	t.at = max(0, min(t.at, len(t.nodes())-1))
	t.draw()
}

func (t *Tree) draw() {
	t.Refresh()
	if t.body != nil {
		t.body.Fit()
	}
}

func (t *Tree) nodes() (all []Node) {
	for _, tier := range t.tiers {
		all = append(all, tier.Nodes...)
	}
	return all
}

func (t *Tree) sayNode(i int) string {
	n := t.nodes()[i]
	return strings.Join(append([]string{n.Head, n.Name, n.Mark.Word}, n.Lines...), " ")
}

// wides are the widths of a box, in design pixels.
var wides = []float32{150, 210, 300}

// Zoom makes the boxes wider (1) or narrower (-1).
func (t *Tree) Zoom(by int) {
	t.zoom = max(0, min(t.zoom+by, len(wides)-1))
	t.draw()
}

// TypedKey walks, zooms and picks.
func (t *Tree) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyPlus, fyne.KeyEqual:
		t.desk.Touch()
		t.Zoom(1)
	case fyne.KeyMinus:
		t.desk.Touch()
		t.Zoom(-1)
	default:
		t.picker.TypedKey(e)
	}
	if t.body != nil && t.at < len(t.spots) {
		t.body.Reveal(t.spots[t.at].y-40, t.spots[t.at].h+60)
	}
}

// Measures in design pixels.
const (
	treeGap  = 16 // between boxes
	treeLink = 18 // of a line above or below a row of boxes
	treeSide = 16
)

// HeightFor is part of [kit.Tall].
func (t *Tree) HeightFor(w float32) float32 { return t.paintTree(kit.NewPen(t.desk.Look), w) }

// paintTree draws tiers from the top and returns the height.
func (t *Tree) paintTree(p *kit.Pen, w float32) float32 {
	t.spots = t.spots[:0]
	y := float32(8)
	for i, tier := range t.tiers {
		p.Text(treeSide, y, w/2-2*treeSide, 22, tier.Label, p.Label().B())
		if i > 0 {
			p.Stroke(w/2, y-treeLink, w/2, y+24, p.Edge, 1)
		}
		y = t.paintTier(p, tier, y+24, w, i > 0, i < len(t.tiers)-1) + treeLink
	}
	if t.at < len(t.spots) {
		t.ring(p, t.spots[t.at])
	}
	return y
}

// paintTier draws one tier, in as many rows as it takes, and returns the y below.
func (t *Tree) paintTier(p *kit.Pen, tier Tier, y, w float32, above, below bool) float32 {
	wide := min(wides[t.zoom], w-2*treeSide)
	per := max(1, int((w-2*treeSide+treeGap)/(wide+treeGap)))
	for from := 0; from < len(tier.Nodes); from += per {
		row := tier.Nodes[from:min(from+per, len(tier.Nodes))]
		first, last := from == 0, from+per >= len(tier.Nodes)
		high, all := float32(0), float32(len(row))*(wide+treeGap)-treeGap
		for _, n := range row {
			high = max(high, nodeHigh(n))
		}
		x := (w - all) / 2
		left, right := min(x+wide/2, w/2), max(x+all-wide/2, w/2)
		if above && first {
			p.Stroke(left, y, right, y, p.Edge, 1)
		}
		top := y + treeLink
		for _, n := range row {
			if above && first {
				p.Stroke(x+wide/2, y, x+wide/2, top, p.Edge, 1)
			}
			if below && last {
				p.Stroke(x+wide/2, top+high, x+wide/2, top+high+treeLink, p.Edge, 1)
			}
			s := spot{x, top, wide, high}
			t.spots = append(t.spots, s)
			paintNode(p, n, s)
			x += wide + treeGap
		}
		y = top + high
		if below && last {
			y += treeLink
			p.Stroke(left, y, right, y, p.Edge, 1)
		}
	}
	return y
}

func nodeHigh(n Node) float32 { return 68 + 17*float32(len(n.Lines)) }

func paintNode(p *kit.Pen, n Node, s spot) {
	edge, fill := p.Edge, p.Sheet
	if n.Open {
		edge, fill = p.Ink2, p.Raised
	}
	box := p.Box(s.x, s.y, s.w, s.h, fill, edge, 4)
	if n.Open {
		box.StrokeWidth *= 2
	}
	p.Text(s.x+10, s.y+4, s.w-20, 18, n.Head, p.Caption())
	p.Text(s.x+10, s.y+21, s.w-20, 22, n.Name, p.Body().B())
	p.Badge(s.x+10, s.y+44, n.Mark)
	for i, line := range n.Lines {
		p.Text(s.x+10, s.y+65+17*float32(i), s.w-20, 17, line, p.Caption())
	}
}
