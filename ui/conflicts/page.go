package conflicts

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// Section is the entry of the navigation.
func Section() ui.Section {
	return ui.Section{
		ID: "conflicts", Icon: "git-merge", Label: app.Conflicts.About().Label, Group: app.Label{JA: "同期", EN: "Sync"},
		Kinds: []app.Kind{app.ConflictKind},
		New:   func(h ui.Host) ui.Page { return newPage(h) },
		Count: func(ctx context.Context, r ui.Records) (int, error) { return r.Count(ctx, app.ConflictKind, open) },
	}
}

// page shows one pair at a time.
type page struct {
	kit.Surface
	host    ui.Host
	desk    *ui.Desk
	pairs   []*pair
	at      int
	want    app.Ref // to be shown when it is loaded
	loaded  bool
	busy    bool
	two     *kit.ConflictPair
	body    *kit.Scroller
	decide  *kit.Button
	record  *kit.Button
	next    *kit.Button
	loading task.Slot
}

var (
	keyNext = ui.Ctrl(fyne.KeyPageDown)
	keyLast = ui.Ctrl(fyne.KeyPageUp)
)

func newPage(h ui.Host) *page {
	p := &page{host: h, desk: h.Desk()}
	w := p.desk.Words
	p.two = kit.NewConflictPair(p.desk, p.Refresh, p.write)
	p.body = kit.NewScroller(p.desk, p.two)
	p.decide = kit.NewButton(p.desk, kit.Primary, w.T(text.DecideSo), ui.Ctrl(fyne.KeyReturn), p.take)
	p.record = kit.NewButton(p.desk, kit.Secondary, w.T(text.OpenRecord), ui.Key{}, func() { h.Open(p.pair().about) })
	p.next = kit.NewButton(p.desk, kit.Secondary, w.T(text.NextConflict), keyNext, func() { p.turn(1) })
	p.Extend(p, p.desk.Look, p.paintConflicts)
	return p
}

// View is what stands in the page area.
func (p *page) View() fyne.CanvasObject { return p }

// Shown loads the open conflicts.
func (p *page) Shown() { p.load() }

// Changed loads anew unless a person has begun to decide.
func (p *page) Changed(refs []app.Ref) {
	if pr := p.pair(); pr != nil && p.two.Open() < len(pr.items) || p.busy {
		return
	}
	if len(refs) == 0 || slices.ContainsFunc(refs, func(r app.Ref) bool { return r.Kind == app.ConflictKind }) {
		p.load()
	}
}

// Open shows the pair that a conflict belongs to.
func (p *page) Open(ref app.Ref) {
	p.want = ref
	p.load()
}

// Panes is the pair, for F6.
func (p *page) Panes() []fyne.Focusable { return []fyne.Focusable{p.two} }

// pair is the one on screen, nil for none.
func (p *page) pair() *pair {
	if p.at < len(p.pairs) {
		return p.pairs[p.at]
	}
	return nil
}

func (p *page) load() {
	records, words, me := p.host.Records(), p.desk.Words, p.host.Link().Status().Person
	task.Do(p.desk.Tasks, &p.loading, func(ctx context.Context) ([]*pair, error) { return load(ctx, records, words, me) },
		func(pairs []*pair, err error) {
			if err != nil {
				p.host.Say(kit.Late, words.Error(err))
				return
			}
			p.loaded, p.pairs = true, pairs
			p.at = p.find(p.want)
			p.want = app.Ref{}
			p.show()
		})
}

// find is the pair of a conflict, or the one at its place.
func (p *page) find(ref app.Ref) int {
	for i, pr := range p.pairs {
		for _, it := range pr.items {
			if it.conflict.Ref == ref {
				return i
			}
		}
	}
	return max(0, min(p.at, len(p.pairs)-1))
}

func (p *page) turn(step int) {
	if n := len(p.pairs); n > 0 {
		p.at = (p.at + step + n) % n
		p.show()
	}
}

// show puts the pair on the page and asks for the names of its people.
func (p *page) show() {
	pr := p.pair()
	if pr == nil {
		p.Refresh()
		return
	}
	records := p.host.Records()
	task.Do(p.desk.Tasks, &p.loading, func(ctx context.Context) ([]ui.Hit, error) { return records.Names(ctx, pr.people[:]) },
		func(hits []ui.Hit, err error) {
			if err != nil {
				p.host.Say(kit.Late, p.desk.Words.Error(err))
			}
			p.put(pr, hits)
		})
}

func (p *page) put(pr *pair, hits []ui.Hit) {
	w, now := p.desk.Words, p.desk.Now()
	var sides [2]kit.Side
	for i, title := range []text.Key{text.SideOne, text.SideTwo} {
		s := kit.Side{Title: w.T(title), Who: w.T(text.Somebody), When: w.Moment(pr.times[i], now)}
		for _, h := range hits {
			if h.Ref == pr.people[i] && h.Title != "" {
				s.Who = h.Title
			}
		}
		if s.Who == p.host.Link().Status().Person {
			s.Who = w.T(text.You, s.Who)
		}
		sides[i] = s
	}
	var contests []*kit.Contest
	for _, it := range pr.items {
		contests = append(contests, it.contest)
	}
	p.two.Load(sides, contests)
	p.body.Fit()
	p.Refresh()
	p.desk.Focus(p.two)
}

// take decides what was chosen. What is not chosen yet is pointed out.
func (p *page) take() {
	pr := p.pair()
	if pr == nil || p.busy {
		return
	}
	if n := p.two.Open(); n > 0 {
		p.host.Say(kit.Warn, p.desk.Words.T(text.StillOpen, n))
		p.two.GoTo(func(k *kit.Contest) bool { return k.Pick == kit.Undecided })
		return
	}
	records, words, failed := p.host.Records(), p.desk.Words, 0
	p.busy = true
	task.Go(p.desk.Tasks, func(ctx context.Context) error {
		failed = decide(ctx, records, pr, words)
		return nil
	}, func(error) {
		p.busy = false
		if failed > 0 {
			p.host.Say(kit.Late, words.T(text.NotAllDecided, failed))
			p.show()
			return
		}
		p.host.Say(kit.Good, words.T(text.ConflictDecided, pr.record.Number))
		p.load()
	})
}

// Actions are what can be done now.
func (p *page) Actions() []ui.Action {
	if p.pair() == nil {
		return nil
	}
	out := []ui.Action{
		{Label: text.DecideSo.Label(), Icon: "git-merge", Key: ui.Ctrl(fyne.KeyReturn), Primary: true, Do: p.take},
		{Label: text.OpenRecord.Label(), Icon: "file-text", Do: func() { p.host.Open(p.pair().about) }},
	}
	if len(p.pairs) > 1 {
		out = append(out,
			ui.Action{Label: text.NextConflict.Label(), Icon: "chevron-right", Key: keyNext, Do: func() { p.turn(1) }},
			ui.Action{Label: text.LastConflict.Label(), Icon: "chevron-right", Key: keyLast, Do: func() { p.turn(-1) }})
	}
	return out
}
