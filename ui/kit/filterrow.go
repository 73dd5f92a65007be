package kit

import (
	"slices"

	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/text"
)

// Facet is one condition by which a list can be narrowed. Without a Label its
// choices speak for themselves, and the first of them is one like the others;
// with a Label, a choice that narrows nothing stands before them.
type Facet struct {
	Label   string
	Choices []string
}

// FilterRow narrows a list by facets, 29 high. Facets that have no room are on
// a card behind a button, which says how many of them narrow the list.
type FilterRow struct {
	Surface
	desk    *ui.Desk
	facets  []Facet
	chosen  []int // of each facet; with a Label 0 is "all"
	selects []*Select
	more    *Button
	clear   *Button
	hidden  int // facets without room, the last ones
	ask     func(content fyne.CanvasObject, size fyne.Size) (closeIt func())
	changed func()
}

// NewFilterRow makes a row that narrows nothing. Ask opens a card, as ui.Host does.
func NewFilterRow(desk *ui.Desk, ask func(fyne.CanvasObject, fyne.Size) func(), facets []Facet, changed func()) *FilterRow {
	r := &FilterRow{desk: desk, facets: facets, chosen: make([]int, len(facets)), ask: ask, changed: changed}
	for i := range facets {
		r.selects = append(r.selects, r.newSelect(i))
	}
	r.more = NewButton(desk, Linked, "", ui.Key{}, r.askMore)
	r.clear = NewButton(desk, Linked, desk.Words.T(text.ClearFilters), ui.Key{}, r.Clear)
	r.Extend(r, desk.Look, r.paintFilters)
	return r
}

// words are the choices of a facet as they are read without its label beside
// them: 担当：全て.
func (r *FilterRow) words(i int) (out []string) {
	f := r.facets[i]
	if f.Label == "" {
		return f.Choices
	}
	for _, c := range append([]string{r.desk.Words.T(text.AllOfThem)}, f.Choices...) {
		out = append(out, r.desk.Words.T(text.FacetIs, f.Label, c))
	}
	return out
}

func (r *FilterRow) newSelect(i int) *Select {
	words := r.words(i)
	s := NewSelect(r.desk, words, nil)
	s.SetSelectedIndex(r.chosen[i])
	s.OnChanged = func(string) { r.choose(i, s.SelectedIndex()) }
	return s
}

func (r *FilterRow) choose(facet, choice int) {
	if choice < 0 || r.chosen[facet] == choice {
		return
	}
	r.chosen[facet] = choice
	if s := r.selects[facet]; s.SelectedIndex() != choice {
		s.SetSelectedIndex(choice)
	}
	r.Refresh()
	call(r.changed)
}

// Choose takes a choice of a facet, counted as Chosen does.
func (r *FilterRow) Choose(facet, choice int) {
	if r.facets[facet].Label != "" {
		choice++
	}
	r.choose(facet, choice)
}

// Chosen is the choice of a facet, counted from 0; -1 if it narrows nothing.
func (r *FilterRow) Chosen(facet int) int {
	if r.facets[facet].Label != "" {
		return r.chosen[facet] - 1
	}
	return r.chosen[facet]
}

// SetChoices puts other choices in the place of those of a facet with a Label. What
// is chosen stays chosen; if it is none of them any more, the facet narrows nothing.
func (r *FilterRow) SetChoices(facet int, choices []string) {
	f := &r.facets[facet]
	if slices.Equal(f.Choices, choices) {
		return
	}
	was := ""
	if at := r.Chosen(facet); at >= 0 {
		was = f.Choices[at]
	}
	f.Choices = choices
	s, at := r.selects[facet], slices.Index(choices, was)+1
	before := r.chosen[facet]
	r.chosen[facet] = at
	s.SetOptions(r.words(facet))
	s.SetSelectedIndex(at)
	r.Refresh()
	if before > 0 && at == 0 {
		call(r.changed)
	}
}

// Clear lets no facet narrow the list any more.
func (r *FilterRow) Clear() {
	for i := range r.facets {
		if r.chosen[i] != 0 {
			r.chosen[i] = 0
			r.selects[i].SetSelectedIndex(0)
		}
	}
	r.Refresh()
	call(r.changed)
}

// narrows counts facets from one on that narrow the list.
func (r *FilterRow) narrows(from int) (n int) {
	for i := from; i < len(r.facets); i++ {
		if r.chosen[i] > 0 && r.facets[i].Label != "" {
			n++
		}
	}
	return n
}

func (r *FilterRow) paintFilters(p *Pen, w, _ float32) {
	room, tail := w, float32(0)
	if r.narrows(0) > 0 {
		tail = r.clear.Need() + 4
	}
	fits := r.fitting(p, room-tail)
	if r.hidden = len(r.facets) - fits; r.hidden > 0 {
		r.sayMore(fits)
		fits = r.fitting(p, room-tail-r.more.Need()-8)
		r.hidden = len(r.facets) - fits
		r.sayMore(fits)
	}
	x := float32(0)
	for i := range fits {
		x += r.paintFacet(p, i, x, w) + 8
	}
	if r.hidden > 0 {
		p.Add(r.more, x, 0, r.more.Need(), fieldHeight)
		x += r.more.Need() + 4
	}
	if tail > 0 {
		p.Add(r.clear, x, 0, r.clear.Need(), fieldHeight)
	}
}

func (r *FilterRow) paintFacet(p *Pen, i int, x, most float32) float32 {
	s, w := r.selects[i], min(r.wide(p, i), most)
	p.Add(s, x, 0, w, fieldHeight)
	if r.chosen[i] > 0 && r.facets[i].Label != "" && !s.focused {
		p.Box(x, 0, w, fieldHeight, nil, p.Accent, 4) // its words say so too
	}
	return w
}

// fitting is how many facets have room, the first in any case.
func (r *FilterRow) fitting(p *Pen, room float32) (n int) {
	for i := range r.facets {
		w := r.wide(p, i) + 8
		if room -= w; room < -8 && i > 0 {
			break
		}
		n++
	}
	return n
}

// wide is the room that the longest choice of a facet needs.
func (r *FilterRow) wide(p *Pen, i int) (w float32) {
	for _, s := range r.words(i) {
		w = max(w, p.Width(s, p.Body()))
	}
	return min(max(w+42, 100), 240)
}

func (r *FilterRow) sayMore(from int) {
	word := r.desk.Words.T(text.MoreFilters)
	if n := r.narrows(from); n > 0 {
		word = r.desk.Words.T(text.MoreNarrowing, n)
	}
	r.more.word = word
}

// askMore opens a card with the facets that have no room.
func (r *FilterRow) askMore() {
	from := len(r.facets) - r.hidden
	var all []*Select
	for i := from; i < len(r.facets); i++ {
		all = append(all, r.newSelect(i))
	}
	var shut func()
	done := NewButton(r.desk, Primary, r.desk.Words.T(text.Close), ui.Plain(fyne.KeyEscape), func() { shut() })
	card := NewSurface(r.desk.Look, func(p *Pen, w, h float32) {
		p.Text(18, 8, w-36, 28, r.desk.Words.T(text.MoreFilters), p.Subject())
		for i, s := range all {
			p.Add(s, 18, 44+float32(i)*fieldPitch, w-36, fieldHeight)
		}
		p.Place(w-18, h-40, done)
	})
	shut = r.ask(card, fyne.NewSize(340, float32(len(all))*fieldPitch+96))
	r.desk.Focus(all[0])
}
