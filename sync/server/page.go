package server

import (
	"errors"

	"daicho/app"
	"daicho/sync/wire"
)

// page is a piece of the order as somebody may read it.
type page struct {
	*asking
	only  []wire.Extent        // what is asked for; none: everything
	may   func(app.Scope) bool // what of it may be read; nil: everything
	lost  bool                 // he is told of records that left his reach
	after int64                // how far the page has come
	upTo  int64
	count int // of outcomes that still fit
	size  int // their bytes

	outcomes [][]byte
	keys     []app.SubjectKey
	given    map[app.SubjectKey]bool // which of them
}

func (p *page) fill() (err error) {
	if p.after >= p.upTo {
		return nil
	}
	if p.may, err = p.asking.may(p.only); err != nil {
		return err
	}
	if p.may == nil {
		return p.passOn()
	}
	for scanned := 0; scanned < p.pages.scan && p.after < p.upTo && p.count > 0 && p.size > 0; scanned += wire.PageChanges {
		if err = p.sift(); err != nil {
			return err
		}
	}
	return nil
}

// passOn hands on what is kept, as it is.
func (p *page) passOn() error {
	start := p.after
	lines, err := p.tx.Since(start, int(min(int64(p.count), p.upTo-start)), p.size)
	if err != nil {
		return err
	}
	for _, l := range lines {
		text, err := p.readable(l.Outcome)
		if err != nil {
			return err
		}
		p.outcomes, p.after = append(p.outcomes, text), l.GSN
	}
	p.keys, err = p.tx.KeysNeeded(start, p.after)
	return err
}

var errNoReach = errors.New("a line of the log does not say whom it concerns")

// sift looks through some lines for what may be read.
func (p *page) sift() error {
	reaches, err := p.tx.Reaches(p.after, int(min(wire.PageChanges, p.upTo-p.after)))
	if err == nil && len(reaches) == 0 {
		err = errNoReach
	}
	if err != nil {
		return err
	}
	views, end := p.views(reaches)
	if len(views) == 0 {
		p.after = end
		return nil
	}
	lines, err := p.tx.Outcomes(gsnsOf(views), p.size)
	if err != nil {
		return err
	}
	if p.after = end; len(lines) < len(views) {
		p.after, p.count = lines[len(lines)-1].GSN, len(lines) // the page is full
	}
	return p.add(lines, views)
}

// view is what somebody sees of a line.
type view struct {
	gsn    int64
	sights []app.Sight // of its effects
	about  app.Sight   // of the record that the change was about
	whole  bool        // it is told as it is kept
}

func gsnsOf(views []view) (gsns []int64) {
	for _, v := range views {
		gsns = append(gsns, v.gsn)
	}
	return gsns
}

// views are the lines that tell something, as many as fit, and the last line
// that was looked at.
func (p *page) views(reaches []Reach) (out []view, end int64) {
	for _, r := range reaches {
		v, tells := p.view(r)
		if tells && len(out) == p.count {
			return out, r.GSN - 1
		}
		if tells {
			out = append(out, v)
		}
		end = r.GSN
	}
	return out, end
}

// view looks at one line. One's own is always told, for the verdict.
func (p *page) view(r Reach) (v view, tells bool) {
	own := r.Device == p.device
	v, tells = view{gsn: r.GSN, sights: make([]app.Sight, len(r.Moves)), whole: true}, own
	for i, m := range r.Moves {
		v.sights[i] = p.sight(m)
		tells = tells || v.sights[i] != app.Hidden
		v.whole = v.whole && v.sights[i] == app.Seen
	}
	if tells && (own || p.clearance.Reads(r.About)) {
		v.about = app.Seen
	}
	v.whole = v.whole && v.about == app.Seen
	return v, tells
}

func (p *page) sight(m Move) app.Sight {
	switch {
	case p.may(m.Is):
		return app.Seen
	case p.lost && m.Was != (app.Scope{}) && p.may(m.Was):
		return app.Lost
	}
	return app.Hidden
}

// add puts lines into the page as they are seen, with the keys of what is shown.
func (p *page) add(lines []Told, views []view) error {
	var whole, cut []int64
	shown := map[app.ID]bool{} // in lines that are cut
	for i, l := range lines {
		p.count--
		p.size -= len(l.Outcome)
		text, err := p.readable(l.Outcome)
		if err != nil {
			return err
		}
		if views[i].whole {
			p.outcomes, whole = append(p.outcomes, text), append(whole, l.GSN)
			continue
		}
		text, refs, err := app.Withhold(text, views[i].sights, views[i].about)
		if err != nil {
			return err
		}
		p.outcomes, cut = append(p.outcomes, text), append(cut, l.GSN)
		for _, ref := range refs {
			shown[ref.ID] = true
		}
	}
	return p.unlock(whole, cut, shown)
}

// unlock adds the keys of lines: all that whole ones need, and of others those
// of the records shown.
func (p *page) unlock(whole, cut []int64, shown map[app.ID]bool) error {
	all, err := p.tx.KeysOfLines(whole)
	if err != nil {
		return err
	}
	some, err := p.tx.KeysOfLines(cut)
	if err != nil {
		return err
	}
	for _, k := range some {
		if shown[k.Subject] {
			all = append(all, k)
		}
	}
	for _, k := range all {
		if !p.given[k] {
			p.given[k] = true
			p.keys = append(p.keys, k)
		}
	}
	return nil
}
