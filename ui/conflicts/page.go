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

// The tabs of the page.
const (
	tabOpen = iota
	tabAsked
)

// page shows one pair at a time.
type page struct {
	kit.Surface
	host    ui.Host
	desk    *ui.Desk
	all     []*pair
	pairs   []*pair // of them, those of the tab
	at      int
	want    app.Ref // to be shown when it is loaded
	loaded  bool
	busy    bool
	wished  bool // the keyboard goes to the pair once it is there
	tabs    *kit.Tabs
	two     *kit.ConflictPair
	body    *kit.Scroller
	decide  *kit.Button
	ask     *kit.Button
	record  *kit.Button
	next    *kit.Button
	loading task.Slot
}

var (
	keyNext = ui.Ctrl(fyne.KeyPageDown)
	keyLast = ui.Ctrl(fyne.KeyPageUp)
	keyAsk  = ui.Ctrl(fyne.KeyI)
)

func newPage(h ui.Host) *page {
	p := &page{host: h, desk: h.Desk()}
	w := p.desk.Words
	p.tabs = kit.NewTabs(p.desk, func(int) { p.at = 0; p.choose() }, kit.Tab{Word: w.T(text.OpenConflicts), Count: -1}, kit.Tab{Word: w.T(text.AskedConflicts), Count: -1})
	p.two = kit.NewConflictPair(p.desk, p.Refresh, p.write)
	p.body = kit.NewScroller(p.desk, p.two)
	p.decide = kit.NewButton(p.desk, kit.Primary, w.T(text.DecideSo), ui.Ctrl(fyne.KeyReturn), p.take)
	p.ask = kit.NewButton(p.desk, kit.Secondary, w.T(text.Ask), keyAsk, p.speak)
	p.record = kit.NewButton(p.desk, kit.Secondary, w.T(text.OpenRecord), ui.Key{}, func() { h.Open(p.pair().about) })
	p.next = kit.NewButton(p.desk, kit.Secondary, w.T(text.NextConflict), keyNext, func() { p.turn(1) })
	p.Extend(p, p.desk.Look, p.paintConflicts)
	return p
}

// View is what stands in the page area.
func (p *page) View() fyne.CanvasObject { return p }

// Shown loads the open conflicts.
func (p *page) Shown() {
	p.wished = true
	p.load()
}

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
	p.want, p.wished = ref, true
	p.load()
}

// List shows the open conflicts, or those of them that are asked of the person.
func (p *page) List(name string) {
	if name == "asked" {
		p.tabs.Choose(tabAsked)
		return
	}
	p.tabs.Choose(tabOpen)
}

// Panes are the pair, if there is one, and the tabs, for F6.
func (p *page) Panes() []fyne.Focusable {
	if p.pair() == nil {
		return []fyne.Focusable{p.tabs}
	}
	return []fyne.Focusable{p.two, p.tabs}
}

// pair is the one on screen, nil for none.
func (p *page) pair() *pair {
	if p.at < len(p.pairs) {
		return p.pairs[p.at]
	}
	return nil
}

func (p *page) load() {
	records := p.host.Records()
	in := reading{all: records.Registers(), words: p.desk.Words, now: p.desk.Now(), me: p.host.Link().Status().Person}
	task.Do(p.desk.Tasks, &p.loading, func(ctx context.Context) ([]*pair, error) { return load(ctx, records, in) },
		func(pairs []*pair, err error) {
			if err != nil {
				p.host.Say(kit.Late, p.desk.Words.Error(err))
				return
			}
			p.loaded, p.all = true, pairs
			if !p.want.IsZero() {
				p.tabs.Choose(tabOpen)
			}
			p.choose()
		})
}

// choose shows the pairs of the tab.
func (p *page) choose() {
	asked := slices.DeleteFunc(slices.Clone(p.all), func(pr *pair) bool { return !pr.asked })
	p.tabs.Count(tabOpen, len(p.all))
	p.tabs.Count(tabAsked, len(asked))
	if p.pairs = p.all; p.tabs.At() == tabAsked {
		p.pairs = asked
	}
	want := p.want
	p.at, p.want = p.find(want), app.Ref{}
	p.show()
	p.two.GoTo(func(k *kit.Contest) bool { it := p.itemOf(k); return it != nil && it.conflict.Ref == want })
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
		p.at, p.wished = (p.at+step+n)%n, true
		p.show()
	}
}

// show puts the pair on the page. The keyboard goes to it where a person wanted to
// see it and has not gone elsewhere since, and where what had it is not drawn any
// more.
func (p *page) show() {
	at := p.desk.Focused()
	held, wished := kit.Holds(p, at), p.wished && (at == nil || kit.Holds(p, at))
	p.wished = false
	p.put(p.pair())
	if wished || held && !kit.Holds(p, at) {
		p.desk.Focus(p.Panes()[0])
	}
}

// put draws a pair; nil for none.
func (p *page) put(pr *pair) {
	if pr == nil {
		p.Refresh()
		return
	}
	w := p.desk.Words
	in := reading{words: w, me: p.host.Link().Status().Person, names: pr.names}
	sides := [2]kit.Side{{Title: w.T(text.SideOne), Who: in.who(pr.people[0])}, {Title: w.T(text.SideTwo), Who: in.who(pr.people[1])}}
	var contests []*kit.Contest
	for _, it := range pr.items {
		contests = append(contests, it.contest)
	}
	p.two.Load(sides, contests)
	p.body.Fit()
	p.Refresh()
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
		p.wished = true
		p.load()
	})
}

// Actions are what can be done now.
func (p *page) Actions() []ui.Action {
	if p.pair() == nil {
		return nil
	}
	asking := text.Ask.Label()
	if p.answers() {
		asking = text.AnswerIt.Label()
	}
	out := []ui.Action{
		{Label: text.DecideSo.Label(), Icon: "git-merge", Key: ui.Ctrl(fyne.KeyReturn), Primary: true, Do: p.take},
		{Label: asking, Icon: "inbox", Key: keyAsk, Do: p.speak},
		{Label: text.KeyCopy.Label(), Icon: "clipboard-check", Do: p.copy},
		{Label: text.OpenRecord.Label(), Icon: "file-text", Do: func() { p.host.Open(p.pair().about) }},
	}
	if len(p.pairs) > 1 {
		out = append(out,
			ui.Action{Label: text.NextConflict.Label(), Icon: "chevron-right", Key: keyNext, Do: func() { p.turn(1) }},
			ui.Action{Label: text.LastConflict.Label(), Icon: "chevron-right", Key: keyLast, Do: func() { p.turn(-1) }})
	}
	return out
}

func (p *page) copy() {
	p.two.Copy()
	p.host.Say(kit.Quiet, p.desk.Words.T(text.CopiedNow))
}
