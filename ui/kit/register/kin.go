package register

import (
	"strings"

	"daicho/ui"
	"daicho/ui/kit"
)

// kin shows records that may help with the open one: each with what it says, which can
// be taken over.
type kin struct {
	kit.Surface
	links *links
	desk  *ui.Desk
	all   []Kin
	use   []*kit.Button // nil where there is nothing to take over
	take  func(Kin)
}

func newKin(desk *ui.Desk, host ui.Host) *kin {
	k := &kin{links: newLinks(desk, host), desk: desk}
	k.Extend(k, desk.Look, k.paint)
	return k
}

func (k *kin) set(of Course) {
	k.all, k.use = of.Kin, nil
	var hits []ui.Hit
	for _, x := range k.all {
		hits = append(hits, x.Hit)
		var b *kit.Button
		if x.Says != "" {
			b = kit.NewButton(k.desk, kit.Linked, k.desk.Words.Of(of.Lends), ui.Key{}, func() { k.take(x) })
		}
		k.use = append(k.use, b)
	}
	k.links.set(hits)
	k.Refresh()
}

const saysHigh = 22

// HeightFor is the height of all of them.
func (k *kin) HeightFor(float32) float32 {
	high := float32(10)
	for _, x := range k.all {
		high += linkHigh
		if x.Says != "" {
			high += saysHigh
		}
	}
	return high
}

func (k *kin) paint(p *kit.Pen, w, _ float32) {
	y := float32(4)
	for i, x := range k.all {
		k.links.line(p, i, y, w)
		y += linkHigh - 1
		if b := k.use[i]; b != nil {
			right := p.Place(w-18, y-3, b)
			p.Text(30, y, right-38, saysHigh, strings.Join(strings.Fields(x.Says), "　"), p.Caption())
			y += saysHigh
		}
		p.H(18, y, w-36)
		y++
	}
}
