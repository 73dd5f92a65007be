package register

import (
	"daicho/app"
	"daicho/ui"
)

// Part makes the page of one record for a window of its own. Both pages hold the
// same drafts, so what was typed goes along and comes back.
func (p *Page) Part(h ui.Host, ref app.Ref) ui.Page {
	p.detail.keep()
	alone := New(h, *p.cfg)
	alone.alone, alone.inside, alone.detail.drafts = true, true, p.detail.drafts
	alone.detail.show(ref)
	p.parted[ref] = alone
	if p.detail.ref() == ref {
		p.detail.giveAway(ref)
		p.Back()
	}
	return alone
}

// Rejoin takes the record back, with what was typed in its window.
func (p *Page) Rejoin(ref app.Ref) {
	alone := p.parted[ref]
	if alone == nil {
		return
	}
	alone.detail.keep()
	for _, s := range []interface{ Stop() }{&alone.detail.slot, &alone.detail.aside, &alone.paper.slot} {
		s.Stop()
	}
	delete(p.parted, ref)
	if p.detail.away == ref {
		p.detail.away = app.Ref{}
		p.detail.show(ref)
	}
}

// giveAway shows, in the place of a record, that it stands in another window.
func (d *detail) giveAway(ref app.Ref) {
	held := d.holds()
	d.keep()
	d.await(app.Ref{})
	d.aside.Stop()
	d.model, d.form, d.gone, d.away = nil, nil, false, ref
	d.Refresh()
	if held {
		d.page.rest()
	}
}

var _ ui.Parter = (*Page)(nil)
