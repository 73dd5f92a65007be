package today

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"daicho/app"
	"daicho/app/civil"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/news"
	"daicho/ui/kit/register"
	"daicho/ui/text"
)

// The lists of what sync asks of people.
var (
	conflicts = list{app.ConflictKind, "open"}
	asked     = list{app.ConflictKind, "asked"}
	outgoing  = list{ui.OutgoingKind, ""}
)

var openConflicts = card{opens: conflicts, name: app.Label{JA: "競合", EN: "Conflicts"}, figure: func(a *asker) kit.Figure {
	n := a.count(conflicts)
	f := kit.Figure{Value: a.words.Count(n)}
	if a.known() {
		f.Fraction = a.words.T(text.TodayAsked, a.words.Number(a.count(asked)), a.words.Count(n))
	}
	return f
}}

var toSend = card{opens: outgoing, name: app.Label{JA: "送信待ち", EN: "To send"}, figure: func(a *asker) kit.Figure {
	f := kit.Figure{Value: a.words.Count(a.link.Waiting), Fraction: a.words.T(text.TodayRefused, a.words.Count(a.link.Refused))}
	if a.link.Refused > 0 {
		f.Mark = kit.Mark{Glyph: "×", Word: a.words.T(text.RefusedByServer), Tone: kit.Late}
	}
	return f
}}

// itemsOfEach is how many sentences of one sort stand on the page.
const itemsOfEach = 3

var asksOfSync = panel{
	title: app.Label{JA: "お知らせ", EN: "News"},
	empty: app.Label{JA: "確認が必要な競合や差し戻しはありません。", EN: "No conflict and no refused change needs you."},
	fill: func(a *asker, p *panel) content {
		return content{items: slices.Concat(a.news(), a.drafts(), a.cards(), a.unsent())}
	},
}

// news is what sync asks of people.
func (a *asker) news() (items []item) {
	if a.err != nil {
		return nil
	}
	r := news.Reader{Records: a.records, Words: a.words, Most: itemsOfEach}
	if a.known() {
		r.Me = a.link.Person
	}
	found, err := r.Read(a.ctx)
	a.err = err
	for _, i := range found {
		items = append(items, item{opens: i.Opens, list: list{i.Kind, ""}, mark: i.Mark, sentence: i.Sentence})
	}
	return items
}

// drafts are what the person typed and did not record, a sentence for each
// register: its section opens them.
func (a *asker) drafts() (items []item) {
	if a.err != nil {
		return nil
	}
	kept, err := a.records.Recall(a.ctx, register.Drafts)
	a.err = err
	begun := map[app.Kind]int{}
	for name := range kept {
		if ref, err := app.ParseRef(name[len(register.Drafts):]); err == nil && a.records.Registers()[ref.Kind] != nil {
			begun[ref.Kind]++
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(begun)) {
		label := a.words.Of(a.records.Registers()[kind].About().Label)
		items = append(items, item{list: list{kind, ""}, mark: a.unrecorded(), sentence: a.words.T(text.TodayDraftSay, label, a.words.Count(begun[kind]))})
	}
	return items
}

func (a *asker) unrecorded() kit.Mark {
	return kit.Mark{Glyph: "△", Word: a.words.T(text.DraftMark), Tone: kit.Warn}
}

// cards are what the person typed on cards and did not record, a sentence for each
// record: the card has it again when it is opened there.
func (a *asker) cards() (items []item) {
	if a.err != nil {
		return nil
	}
	kept, err := a.records.Recall(a.ctx, kit.Cards)
	a.err = err
	typed := map[app.Ref]int{}
	for name := range kept {
		if ref, err := app.ParseRef(name[strings.LastIndex(name, "/")+1:]); err == nil && a.records.Registers()[ref.Kind] != nil {
			typed[ref]++
		}
	}
	refs := slices.SortedFunc(maps.Keys(typed), func(a, b app.Ref) int { return strings.Compare(b.String(), a.String()) })
	refs = refs[:min(len(refs), itemsOfEach)]
	if len(refs) == 0 || a.err != nil {
		return nil
	}
	names, err := ui.NamesOf(a.ctx, a.records, refs)
	a.err = err
	for _, ref := range refs {
		name := cmp.Or(names(ref), a.words.Of(a.records.Registers()[ref.Kind].About().Label))
		items = append(items, item{opens: ref, mark: a.unrecorded(), sentence: a.words.T(text.TodayDraftSay, name, a.words.Count(typed[ref]))})
	}
	return items
}

// unsent says what waits while there is no line.
func (a *asker) unsent() []item {
	if a.link.Online || a.link.Waiting == 0 || !a.link.Enrolled {
		return nil
	}
	return []item{{list: outgoing, mark: kit.Mark{Glyph: "□", Word: a.words.T(text.WaitingToSend), Tone: kit.Warn},
		sentence: a.words.T(text.TodayUnsentSay, a.words.Count(a.link.Waiting))}}
}

var toSendList = panel{
	opens: outgoing, title: app.Label{JA: "送信待ちの記録", EN: "Records to send"}, most: 5,
	empty: app.Label{JA: "送信待ちの変更はありません。", EN: "No change waits to be sent."},
	columns: []column{
		{"number", kit.Column{Kind: kit.MonoColumn, Width: 70, Drop: 260}, nil},
		{"title", kit.Column{Flex: true, Min: 110}, nil},
		{"at", kit.Column{Kind: kit.MonoColumn, Width: 88, Drop: 340}, nil},
	},
	fill: unsentRecords,
}

// unsentRecords are the records with changes that the server has not taken, each
// once.
func unsentRecords(a *asker, p *panel) (c content) {
	if a.err != nil {
		return c
	}
	sent, err := a.wire.Outbox(a.ctx)
	a.err = err
	seen := map[app.Ref]bool{}
	for _, s := range slices.Backward(sent) {
		if seen[s.Ref] || s.Refused {
			continue
		}
		seen[s.Ref] = true
		if c.total++; len(c.rows) < p.most {
			c.rows = append(c.rows, row{s.Ref, []kit.Cell{
				{Text: register.ShortNumber(s.Number, civil.DateOf(a.now)), Tone: kit.Quiet}, {Text: s.Title}, {Text: a.words.Moment(s.At, a.now), Tone: kit.Quiet}}})
		}
	}
	return c
}
