package conflicts

import (
	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/text"
)

const (
	headHigh = 44
	tabsHigh = 29
	footHigh = 36
)

func (p *page) paintConflicts(d *kit.Pen, w, h float32) {
	words := p.desk.Words
	d.Rect(0, 0, w, h, d.Sheet)
	d.Add(p.tabs, 0, headHigh, w, tabsHigh)
	top := float32(headHigh + tabsHigh)
	pr := p.pair()
	if pr == nil {
		d.Text(16, 0, w-32, headHigh, words.T(text.ConflictTitle), d.Title())
		if p.loaded {
			sentence := words.T(text.NoConflicts)
			if p.tabs.At() == tabAsked {
				sentence = words.T(text.NothingAsked)
			}
			d.Empty(0, top, w, h-top, sentence, words.T(text.NoConflictsHint))
		}
		return
	}
	p.paintHead(d, pr, w)
	y := d.Para(16, top+8, w-32, 20, words.T(text.ConflictSentence), d.Body()) + 4
	d.Add(p.body, 0, y, w, h-y-footHigh)
	d.H(0, h-footHigh, w)
	place := words.T(text.ConflictPlace, p.at+1, len(p.pairs))
	n := d.Text(16, h-footHigh, w-32, footHigh, place, d.Caption().R()) + d.Width(place, d.Caption())
	d.Hints(16, h-27, w-16-n/2-16,
		kit.KeyHint{Key: "↑↓", Does: words.T(text.KeyField)}, kit.KeyHint{Key: "1", Does: words.T(text.KeyOne)},
		kit.KeyHint{Key: "2", Does: words.T(text.KeyTwo)}, kit.KeyHint{Key: "3", Does: words.T(text.UsesBoth)},
		kit.KeyHint{Key: "F2", Does: words.T(text.KeyWrite)}, kit.KeyHint{Key: "Ctrl+C", Does: words.T(text.KeyCopy)})
}

func (p *page) paintHead(d *kit.Pen, pr *pair, w float32) {
	words := p.desk.Words
	p.ask.SetWord(words.T(text.Ask))
	if p.answers() {
		p.ask.SetWord(words.T(text.AnswerIt))
	}
	buttons := []*kit.Button{p.decide, p.ask, p.record}
	if len(p.pairs) > 1 {
		buttons = append(buttons, p.next)
	}
	right := d.Place(w-14, 8, buttons...)
	n := d.Text(16, 0, right-16, headHigh, words.T(text.ConflictTitle), d.Title())
	about := pr.record.Number + words.T(text.FactGap) + pr.record.Title
	if room := right - 28 - n - 12; room > 200 {
		d.Text(28+n, 1, room, headHigh, about, d.Label().In(d.Ink3))
		return
	}
	d.Text(w/2, headHigh, w/2-16, tabsHigh, about, d.Label().In(d.Ink3).R())
}

// sheet lets a person write a value anew.
type sheet struct {
	kit.Surface
	*kit.Kept
	wrong string
}

// write opens a sheet with a value to begin from.
func (p *page) write(k *kit.Contest) {
	words, of, marks := p.desk.Words, p.itemOf(k).conflict.Ref, p.marks()
	s := &sheet{}
	var entry *kit.Entry
	var shut func()
	take := func() {
		it := p.itemFor(of) // read anew meanwhile, perhaps
		if s.wrong = p.check(it, marks, entry.Text); s.wrong != "" {
			s.Refresh()
			return
		}
		shut()
		p.two.SetTyped(it.contest, entry.Text)
		p.body.Fit()
		p.desk.Focus(p.two)
	}
	desk := p.desk.Taking(ui.Ctrl(fyne.KeyReturn), take)
	entry = kit.NewLong(desk, 6)
	entry.Name(words.T(text.WriteAnew, k.Field))
	entry.SetText(p.beginning(k))
	s.Kept = kit.NewKept(p.host, "write", of, kit.NewOneText(entry))
	entry.OnChanged = func(string) { s.Soon() }
	use := kit.NewButton(desk, kit.Primary, words.T(text.UseIt), ui.Ctrl(fyne.KeyReturn), take)
	leave := kit.NewButton(desk, kit.Secondary, words.T(text.Leave), ui.Plain(fyne.KeyEscape), func() { shut() })
	s.Extend(s, desk.Look, func(d *kit.Pen, w, h float32) {
		d.Text(18, 8, w-36, 28, words.T(text.WriteAnew, k.Field), d.Subject())
		d.Add(entry, 18, 44, w-36, h-44-84)
		if s.wrong != "" {
			d.Para(18, h-82, w-36, 16, "× "+s.wrong, d.Caption().In(d.Late))
		}
		d.Place(w-18, h-40, use, leave)
	})
	shut = p.host.Ask(s, fyne.NewSize(520, 300))
	p.desk.Focus(entry)
}

// marks name the two sides of what overlaps in a merged text.
func (p *page) marks() app.Marks {
	words, pr := p.desk.Words, p.pair()
	in := reading{words: words, me: p.host.Link().Status().Person, names: pr.names}
	return app.Marks{A: words.T(text.MergeMarkOne, in.who(pr.people[0])), B: words.T(text.MergeMarkTwo, in.who(pr.people[1])), End: words.T(text.MergeMarkEnd)}
}

// beginning is what a person writes on from: of texts of many lines both,
// merged as far as they go together, else the left value.
func (p *page) beginning(k *kit.Contest) string {
	if !k.IsText || !k.CanBoth {
		return k.Values[0]
	}
	return app.MergeMarked(k.Before, k.Values[0], k.Values[1], p.marks())
}

// check is what speaks against a value; empty if nothing.
func (p *page) check(it *item, marks app.Marks, value string) string {
	switch {
	case it == nil:
		return p.desk.Words.T(text.ConflictGone)
	case marks.Left(value):
		return p.desk.Words.T(text.MarksLeft)
	}
	g := p.host.Records().Registers()[it.conflict.About.Kind]
	if g == nil {
		return ""
	}
	if err := g.Enter(g.New(), it.conflict.Field, value); err != nil {
		return p.desk.Words.Error(err)
	}
	return ""
}
