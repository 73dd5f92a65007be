package register

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/report/roundtrip"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// imported shows what a sheet wants of each record: what it was when it was sent, what
// it is today, and what the sheet has. What is left out stands first, then what needs
// thought: deleted rows and conflicts.
type imported struct {
	kit.Surface
	desk   *ui.Desk
	cfg    *Config
	came   came
	wish   wish
	form   *kit.Form // of the wish; nil: there is nothing to choose
	chosen func()    // is told of another wish

	changes []roundtrip.Change
	able    []roundtrip.Change // that are done
	sums    map[roundtrip.What]int
	left    int // out: they cannot be applied
}

// importedMost is how many changes are shown: nobody reads more on a card.
const importedMost = 200

func newImported(desk *ui.Desk, c came, cfg *Config) *imported {
	v := &imported{desk: desk, came: c, cfg: cfg}
	v.arrange()
	if w := (wishes{v}); len(w.Specs()) > 0 {
		v.form = kit.NewForm(desk, nil, w, nil)
	}
	v.Extend(v, desk.Look, func(p *kit.Pen, w, _ float32) { v.paint(p, w) })
	return v
}

// content is the form of the wish, if there is one, above what the sheet wants.
func (v *imported) content() kit.Tall {
	if v.form == nil {
		return v
	}
	return kit.NewAbove(v.desk, v.form, v)
}

// arrange sorts what the sheet wants by what becomes of it.
func (v *imported) arrange() {
	v.changes, v.able, v.sums, v.left = nil, nil, map[roundtrip.What]int{}, 0
	for _, change := range v.came.preview.Changes {
		v.changes = append(v.changes, change)
		if change.What != roundtrip.Gone && v.wrong(change) != nil {
			v.left++
			continue
		}
		v.sums[change.What]++
		if v.does(change) {
			v.able = append(v.able, change)
		}
	}
	slices.SortStableFunc(v.changes, func(a, b roundtrip.Change) int { return v.rank(a) - v.rank(b) })
}

func (v *imported) rank(c roundtrip.Change) int {
	switch {
	case v.wrong(c) != nil:
		return 0
	case c.What == roundtrip.Deleted:
		return 1
	case c.What == roundtrip.Conflict:
		return 2
	}
	return 3
}

// does says whether something is done for a change that can be.
func (v *imported) does(c roundtrip.Change) bool {
	switch c.What {
	case roundtrip.Added, roundtrip.Changed, roundtrip.Conflict:
		return true
	case roundtrip.Deleted:
		return v.wish.retire != ""
	}
	return false
}

var errNoNew = app.Refuse(app.Invalid, "", "この台帳の記録はプログラムが作成するため、行を追加できません。既存の記録の行だけを取り込みます。",
	"records of this register are made by the program, so no row can be added; only rows of records that exist are imported")

var errNotRetired = app.Refuse(app.Stale, "", "この記録の今の状態では、選んだ操作はできません。記録を開いて確かめてください。",
	"what was chosen is not possible from the state of this record; open it and look")

// wrong is why a change is left out; nil: it is not. A deleted row of which nothing is
// to be done is none.
func (v *imported) wrong(c roundtrip.Change) error {
	switch {
	case c.What == roundtrip.Deleted && v.wish.retire == "":
		return nil
	case c.What == roundtrip.Deleted && v.cfg.Commands != nil && !slices.Contains(v.cfg.Commands(c.Today), v.wish.retire):
		return errNotRetired
	case c.What == roundtrip.Added && !v.cfg.makes():
		return errNoNew
	}
	return c.Err(v.wish.trust)
}

// summary is how many records the sheet wants what of, and what of the sheet people may
// not have meant: lines that they do not see, and such as are struck through.
func (v *imported) summary() string {
	words, back := v.desk.Words, v.came.back
	count := func(w roundtrip.What) string { return words.Count(v.sums[w]) }
	s := words.T(text.ImportSums, count(roundtrip.Added), count(roundtrip.Changed), count(roundtrip.Conflict), words.Count(v.left),
		count(roundtrip.Gone), count(roundtrip.Already), count(roundtrip.Deleted), words.Count(v.came.preview.Unchanged))
	for _, more := range []struct {
		key  text.Key
		what []string
	}{{text.ImportIgnored, back.Ignored}, {text.ImportHidden, v.lines(back.Hidden)}, {text.ImportStruck, v.lines(back.Struck)},
		{text.ImportAside, v.lines(back.Aside)}, {text.ImportOthers, back.Others}} {
		if len(more.what) > 0 {
			s += "\n" + words.T(more.key, strings.Join(more.what, words.T(text.ListComma)))
		}
	}
	return s
}

// linesMost is how many lines of a sheet are named by their numbers.
const linesMost = 10

func (v *imported) lines(numbers []int) (named []string) {
	for _, n := range numbers[:min(len(numbers), linesMost)] {
		named = append(named, v.desk.Words.Number(n))
	}
	if more := len(numbers) - linesMost; more > 0 {
		named = append(named, v.desk.Words.T(text.LinesMore, v.desk.Words.Number(more)))
	}
	return named
}

// HeightFor is part of [kit.Tall].
func (v *imported) HeightFor(w float32) float32 { return v.paint(kit.NewPen(v.desk.Look), w) }

func (v *imported) paint(p *kit.Pen, w float32) float32 {
	y := float32(10)
	for n, c := range v.changes {
		if n == importedMost {
			return p.Para(18, y, w-36, 20, v.desk.Words.T(text.ImportMore, v.desk.Words.Count(len(v.changes)-n)), p.Sub()) + 10
		}
		y = v.change(p, y, w, c)
	}
	if len(v.changes) == 0 {
		y = p.Para(18, y, w-36, 20, v.desk.Words.T(text.ImportNothing), p.Sub())
	}
	return y + 10
}

// change draws one record, and returns the y below.
func (v *imported) change(p *kit.Pen, y, w float32, c roundtrip.Change) float32 {
	words := v.desk.Words
	x := 18 + p.Badge(18, y+2, v.mark(c)) + 8
	if c.Line > 0 {
		x += p.Text(x, y, 0, 22, words.T(text.ImportLine, c.Line), p.Caption()) + 10
	}
	x += p.Text(x, y, 0, 22, c.Number, p.Label().M()) + 10
	p.Text(x, y, w-18-x, 22, v.subject(c), p.Body())
	y += 24
	if err := v.wrong(c); err != nil {
		y = p.Para(30, y, w-48, 18, "△ "+words.Error(err), p.Caption().In(p.Warn))
	}
	for _, cell := range c.Cells {
		y = p.Para(30, y, w-48, 20, v.cell(c, cell), p.Sub())
	}
	for _, l := range c.Left {
		y = p.Para(30, y, w-48, 18, "△ "+words.T(text.ImportLeft, words.Of(l.Column), quoted(l.Text), words.Error(l.Why)), p.Caption().In(p.Warn))
	}
	p.H(18, y+3, w-36)
	return y + 8
}

// subject is what the record is called today.
func (v *imported) subject(c roundtrip.Change) string {
	if c.Today == nil {
		return ""
	}
	for _, s := range v.came.preview.Register.About().Fields {
		if s.Type == app.TText && s.Required {
			return v.came.preview.Register.Show(c.Today, s.Name, v.desk.Words.Lang())
		}
	}
	return ""
}

func (v *imported) cell(of roundtrip.Change, c roundtrip.Cell) string {
	words := v.desk.Words
	s := words.Of(c.Spec.Label) + "："
	if of.What == roundtrip.Added {
		return s + quoted(c.Now)
	}
	s += quoted(c.Was) + " → " + quoted(c.Now)
	switch {
	case c.Unsure:
		return words.Of(c.Spec.Label) + "：" + words.T(text.ImportUnknown, quoted(c.Today), quoted(c.Now))
	case c.Merged != "":
		s += "　" + words.T(text.ImportMerged, quoted(c.Merged))
	case c.Clash:
		s += "　" + words.T(text.ImportToday, quoted(c.Today))
	}
	return s
}

// quoted is a value on one line; of a long one the beginning.
func quoted(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > 60 {
		s = string(runes[:60]) + "…"
	}
	return "「" + s + "」"
}

var importMarks = map[roundtrip.What]kit.Mark{
	roundtrip.Added: {Glyph: "＋", Tone: kit.Good}, roundtrip.Changed: {Glyph: "●", Tone: kit.Info}, roundtrip.Conflict: {Glyph: "◆", Tone: kit.Warn},
	roundtrip.Deleted: {Glyph: "×", Tone: kit.Quiet}, roundtrip.Gone: {Glyph: "？", Tone: kit.Unsure}, roundtrip.Already: {Glyph: "＝", Tone: kit.Quiet},
}

var importWords = map[roundtrip.What]text.Key{
	roundtrip.Added: text.ImportAdded, roundtrip.Changed: text.ChangesColumn, roundtrip.Conflict: text.InConflict,
	roundtrip.Deleted: text.ImportDeleted, roundtrip.Gone: text.ImportGone, roundtrip.Already: text.ImportAlready,
}

func (v *imported) mark(c roundtrip.Change) kit.Mark {
	m := importMarks[c.What]
	m.Word = v.desk.Words.T(importWords[c.What])
	if cmd, err := app.CommandOf(v.cfg.Register, v.wish.retire); err == nil && c.What == roundtrip.Deleted {
		m.Word = v.desk.Words.T(text.ImportRetired, v.desk.Words.Of(cmd.Label))
	}
	return m
}

// AccessibilityLabel is the sums: a screen reader reads the rows below.
func (v *imported) AccessibilityLabel() string { return v.summary() }

// AccessibilityRole is for screen readers.
func (v *imported) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }
