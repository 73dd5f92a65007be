package findings

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/finding"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/chart"
	"daicho/ui/task"
	"daicho/ui/text"
)

var overviewName = app.Label{JA: "点検の状況", EN: "Scan overview"}

// overview is the page that says how things stand: how many files lie unprotected,
// where, and whether that grows less.
type overview struct {
	kit.Surface
	host    ui.Host
	desk    *ui.Desk
	words   sayings
	now     *board // nil: not read yet
	by      axis
	persons bool // the map's area is people, not files
	face    face
	found   found
	rows    [faces]lines

	figures *figures
	axes    *kit.Choices
	area    *kit.Button
	tree    *chart.TreeMap
	trend   *chart.Trend
	tabs    *kit.Tabs
	tables  [faces]*kit.Table
	list    *kit.Button
	report  *kit.Button
	begin   *kit.Button
	papers  *papers
	live    *live

	loading, finding task.Slot
}

// face is what stands in the table at the lower right.
type face int

const (
	faceJobs face = iota
	faceParts
	faceFound
	faces
)

// exposedList is the named list of the findings that lie unprotected.
const exposedList = "unprotected"

func newOverview(h ui.Host) *overview {
	p := &overview{host: h, desk: h.Desk(), words: sayings{h.Desk().Words}}
	w := p.words
	p.figures = newFigures(p.desk)
	p.axes = kit.NewChoices(p.desk, w.Of(app.Label{JA: "地図の区分", EN: "Parts of the map"}), []string{w.Of(app.Label{JA: "所属", EN: "Department"}), w.Of(app.Label{JA: "サーバー", EN: "Server"})}, 0, func(at int) { p.partBy(axis(at)) })
	p.area = kit.NewButton(p.desk, kit.Linked, "", ui.Key{}, p.turnArea)
	p.tabs = kit.NewTabs(p.desk, func(at int) { p.turn(face(at)) }, kit.Tab{Word: w.Of(app.Label{JA: "点検", EN: "Scans"}), Count: -1}, kit.Tab{Word: w.Of(app.Label{JA: "内訳", EN: "Parts"}), Count: -1},
		kit.Tab{Word: w.Of(app.Label{JA: "未保護", EN: "Unprotected"}), Count: -1})
	for f, columns := range [faces][]kit.Column{p.jobColumns(), p.partColumns(), p.foundColumns()} {
		p.tables[f] = kit.NewTable(p.desk, columns, &p.rows[f], -1, false)
		p.tables[f].OnOpen(p.open)
		p.tables[f].Calm()
	}
	p.tables[faceFound].SetEmpty(w.Of(app.Label{JA: "地図または内訳から選ぶと、その未保護ファイルを表示します。", EN: "Choose a part on the map or in the list to see its unprotected files."}), "")
	p.list = kit.NewButton(p.desk, kit.Linked, w.Of(app.Label{JA: "点検結果の一覧 →", EN: "All findings →"}), ui.Key{}, func() { h.List(finding.Kind, exposedList) })
	p.papers, p.live = newPapers(p), newLive(p)
	p.report = kit.NewButton(p.desk, kit.Primary, w.Of(app.Label{JA: "報告書を作る", EN: "Make the report"}), reportKey, p.papers.ask)
	p.begin = kit.NewButton(p.desk, kit.Primary, w.Of(newJob), ui.Ctrl(fyne.KeyN), func() { h.New(finding.JobKind) })
	p.Extend(p, p.desk.Look, p.paintOverview)
	return p
}

// View is what stands in the page area.
func (p *overview) View() fyne.CanvasObject { return p }

// Shown reads the records anew.
func (p *overview) Shown() { p.load() }

// Changed reads them anew if they are of scans.
func (p *overview) Changed(refs []app.Ref) {
	if len(refs) == 0 {
		p.load()
	}
	for _, r := range refs {
		if r.Kind == finding.Kind || r.Kind == finding.RunKind || r.Kind == finding.JobKind {
			p.load()
			return
		}
	}
}

func (p *overview) load() {
	records, now, persons := p.host.Records(), p.desk.Now(), p.persons
	task.Do(p.desk.Tasks, &p.loading, func(ctx context.Context) (*board, error) { return gather(ctx, records, now, persons) }, func(b *board, err error) {
		if err != nil {
			p.host.Say(kit.Late, p.words.Error(err))
			return
		}
		first := p.now == nil
		p.show(b)
		if panes := p.Panes(); first && len(panes) > 0 && p.desk.Focused() == nil {
			p.desk.Focus(panes[0])
		}
	})
}

func (p *overview) show(b *board) {
	p.now = b
	p.live.begin.SetWord(p.words.Of(p.live.label()))
	p.figures.show(p.figuresOf(b))
	var points []chart.Point
	for _, m := range b.trend {
		points = append(points, chart.Point{Label: p.words.Month(m.first, false), Value: float64(m.exposed)})
	}
	p.trend = chart.NewTrend(p.desk, points, 0, func(v float64) string { return p.words.Number(int(v)) })
	p.rows[faceJobs] = p.jobLines()
	p.draw()
	p.live.follow()
	if p.face == faceFound {
		p.drill(p.found.part)
	}
}

// draw makes the map and the table of its parts.
func (p *overview) draw() {
	at := 0
	if p.tree != nil {
		at = p.tree.At()
	}
	var tiles []chart.Tile
	for _, s := range p.parts() {
		tiles = append(tiles, p.tile(s))
	}
	held := p.tree != nil && p.desk.Focused() == fyne.Focusable(p.tree)
	p.tree = chart.NewTreeMap(p.desk, tiles, func(i int) { p.drill(p.parts()[i].name) })
	p.rows[faceParts] = p.partLines()
	for _, t := range p.tables {
		t.Reload()
	}
	word := p.words.Of(app.Label{JA: "面積：ファイル数", EN: "Area: files"})
	if p.persons {
		word = p.words.Of(app.Label{JA: "面積：推定人数", EN: "Area: people"})
	}
	p.area.SetWord(word)
	p.Refresh()
	p.tree.Choose(at)
	if held {
		p.desk.Focus(p.tree)
	}
}

func (p *overview) tile(s share) chart.Tile {
	m, heavy := s.class()
	t := chart.Tile{Name: p.words.department(s.name), Size: float64(s.files), Class: m, Heavy: heavy}
	t.Lines = []string{p.words.Of(app.Label{JA: "未保護 ", EN: "Exposed "}) + p.words.files(s.exposed), percent(s.exposed, s.files), p.words.fraction(s.exposed, s.files)}
	if p.persons {
		t.Size = float64(s.persons)
		t.Lines = slices.Insert(t.Lines, 0, p.words.Of(app.Label{JA: "推定 ", EN: "At least "})+p.words.Number(int(s.persons))+p.words.Of(app.Label{JA: "人以上", EN: " people"}))
	}
	return t
}

func (p *overview) parts() []share {
	if p.now == nil {
		return nil
	}
	return p.now.parts[p.by]
}

// partBy parts the map otherwise.
func (p *overview) partBy(by axis) {
	p.by = by
	if p.now != nil {
		p.draw()
	}
}

// turnArea lets the map show people in the place of files, or the reverse.
func (p *overview) turnArea() {
	p.persons = !p.persons
	p.load()
}

// turn shows another face of the table.
func (p *overview) turn(f face) {
	p.face = f
	p.Refresh()
}

// drill lists the unprotected files of a part.
func (p *overview) drill(part string) {
	records, by := p.host.Records(), p.by
	task.Do(p.desk.Tasks, &p.finding, func(ctx context.Context) (found, error) { return find(ctx, records, part, by) }, func(f found, err error) {
		if err != nil {
			p.host.Say(kit.Late, p.words.Error(err))
			return
		}
		first := p.face != faceFound
		p.found = f
		p.rows[faceFound] = p.foundLines()
		p.tables[faceFound].Reload()
		p.tabs.Count(int(faceFound), f.total)
		p.tabs.Choose(int(faceFound))
		p.Refresh()
		if first {
			p.desk.Focus(p.tables[faceFound])
		}
	})
}

// open opens a job or a finding, and goes into a part.
func (p *overview) open(ref app.Ref) {
	if ref.Kind == partKind {
		p.drill(p.parts()[partAt(ref)].name)
		return
	}
	p.host.Open(ref)
}

// Back leaves the files of a part.
func (p *overview) Back() bool {
	if p.face != faceFound {
		return false
	}
	p.tabs.Choose(int(faceParts))
	p.desk.Focus(p.tables[faceParts])
	return true
}

// Panes are the map, the tables and what chooses between them, for F6.
func (p *overview) Panes() []fyne.Focusable {
	switch {
	case p.now == nil || p.now.reach.None:
		return nil
	case len(p.now.jobs) == 0:
		return []fyne.Focusable{p.begin}
	case p.now.totals.ran == 0:
		return []fyne.Focusable{p.tables[faceJobs]}
	}
	return []fyne.Focusable{p.tree, p.tables[p.face], p.tabs, p.axes}
}

var (
	reportKey = ui.Ctrl(fyne.KeyP)
	newJob    = app.Label{JA: "点検を登録する", EN: "New scan"}
)

// Actions are what can be done now.
func (p *overview) Actions() []ui.Action {
	if p.now == nil || p.now.reach.None {
		return nil
	}
	acts := []ui.Action{{Label: newJob, Icon: "plus", Key: ui.Ctrl(fyne.KeyN), Do: func() { p.host.New(finding.JobKind) }}}
	if len(p.now.jobs) > 0 {
		acts = append(acts, ui.Action{Label: app.Label{JA: "報告書を作る", EN: "Make the report"}, Icon: "file-text", Key: reportKey, Primary: true, Do: p.papers.ask})
	}
	return append(acts, p.live.actions()...)
}

// figuresOf are the cards on top.
func (p *overview) figuresOf(b *board) []kit.Figure {
	w, t := p.words, b.totals
	late := kit.Mark{}
	if b.counts.overdue > 0 {
		late = kit.Mark{Glyph: "×", Word: w.Of(app.Label{JA: "期限超過", EN: "overdue"}), Tone: kit.Late}
	}
	gap := w.T(text.FactGap)
	return []kit.Figure{
		{Name: w.Of(app.Label{JA: "未保護率", EN: "Unprotected rate"}), Value: percent(t.exposed, t.exposed+t.protected), Fraction: w.fraction(t.exposed, t.exposed+t.protected)},
		{Name: w.Of(app.Label{JA: "未保護のファイル", EN: "Unprotected files"}), Value: w.files(t.exposed), Fraction: w.Of(app.Label{JA: "前回比 ", EN: "Change "}) + w.change(t.change), Mark: t.change.mark(w)},
		{Name: w.Of(app.Label{JA: "前回からの新規", EN: "New since last time"}), Value: w.files(t.fresh), Fraction: w.Of(app.Label{JA: "是正を確認 ", EN: "Put right "}) + w.files(t.verified) + gap + w.Of(app.Label{JA: "再発 ", EN: "came back "}) + w.files(t.reopened)},
		{Name: w.Of(app.Label{JA: "未対応", EN: "Open"}), Value: w.Count(b.counts.open), Fraction: w.Of(app.Label{JA: "期限超過 ", EN: "Overdue "}) + w.Count(b.counts.overdue), Mark: late},
		{Name: w.Of(app.Label{JA: "例外", EN: "Exceptions"}), Value: w.Count(b.counts.excepted), Fraction: w.Of(app.Label{JA: "承認待ち ", EN: "To decide "}) + w.Count(b.counts.asked)},
	}
}
