package register

import (
	"slices"

	"daicho/app"
	"daicho/ui/kit"
	"daicho/ui/text"
)

func (d *detail) paintDetail(p *kit.Pen, w, h float32) {
	words := d.desk.Words
	p.Rect(0, 0, w, h, p.Sheet)
	if !d.away.IsZero() {
		p.Empty(0, 0, w, h, words.T(text.StandsApart), "")
		p.Add(d.follow, (w-d.follow.Need())/2, h/2+24, d.follow.Need(), 28)
		return
	}
	if d.model == nil {
		said := text.NoRecordOpen
		if d.gone {
			said = text.RecordLeft
		}
		p.Empty(0, 0, w, h, words.T(said), "")
		return
	}
	y := d.paintHead(p, w)
	p.Add(d.tabs, 0, y, w, 29)
	y += 29
	foot := float32(0)
	if d.tabs.At() == faceForm {
		foot = d.paintFoot(p, w, h)
	}
	body := []*kit.Scroller{d.body, d.past, d.linked, d.owned}[d.tabs.At()]
	p.Add(body, 0, y, w, h-y-foot)
}

// paintHead draws number, state and subject, and returns the y below.
func (d *detail) paintHead(p *kit.Pen, w float32) float32 {
	cfg, r, words := d.page.cfg, d.model.Record, d.desk.Words
	x, in := float32(18), w-36
	if r.Meta().IsNew() {
		p.Text(x, 10, in, 24, words.T(text.NewRecord, words.Of(cfg.Register.About().Label)), p.Subject())
		return 42
	}
	n := p.Text(x, 8, 0, 22, r.Meta().Number, p.Label().M())
	if n > 0 {
		n += 12
	}
	if cfg.Mark != nil {
		n += p.Badge(x+n, 10, cfg.Mark(r, words.Lang())) + 8
	}
	if d.dirty() {
		p.Text(x+n, 8, in-n, 22, "△ "+words.T(text.Unrecorded), p.Caption().B().In(p.Warn).R())
	}
	y := p.Balanced(x, 32, in, 22, d.title(), p.Subject(), 3)
	if cfg.Facts != nil {
		if facts := cfg.Facts(r, words.Lang()); facts != "" {
			p.Text(x, y, in, 20, facts, p.Label())
			y += 22
		}
	}
	return y + 4
}

// title names the record; one that is named by another has that one's name, once it is
// known.
func (d *detail) title() string {
	cfg, r := d.page.cfg, d.model.Record
	if s, ok := app.SpecOf(cfg.Register, cfg.Title); ok && s.Type == app.TLink {
		return callOf(d.names[linkOf(cfg.Register, r, s)])
	}
	return cfg.Register.Show(r, cfg.Title, d.desk.Words.Lang())
}

// paintFoot draws what can be done with the record and returns its height.
func (d *detail) paintFoot(p *kit.Pen, w, h float32) float32 {
	if d.page.cfg.readOnly() {
		return 0
	}
	const high = 44
	p.H(0, h-high, w)
	y := h - high + 8
	right := w - 18
	if !d.page.cfg.Fixed || d.model.Record.Meta().IsNew() {
		right = p.Place(right, y, d.save)
	}
	left := float32(18)
	if d.dirty() {
		p.Add(d.undo, left, y, d.undo.Need(), 28)
		left += d.undo.Need() + 8
	}
	if d.model.Record.Meta().IsNew() {
		return high
	}
	rest := slices.ContainsFunc(d.commands(), d.taps) // commands that no button has
	for i, b := range d.does {
		need := b.Need()
		if rest || i < len(d.does)-1 {
			need += 8 + d.more.Need()
		}
		if right-need < left {
			rest = true
			break
		}
		right = p.Place(right, y, b)
	}
	if rest && right-d.more.Need() >= left {
		p.Place(right, y, d.more)
	}
	return high
}
