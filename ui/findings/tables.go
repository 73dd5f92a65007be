package findings

import (
	"context"
	"slices"

	"daicho/app"
	"daicho/app/finding"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// line is one row of a table of the overview.
type line struct {
	opens app.Ref
	cells []kit.Cell
}

// lines are the rows of a table in the order in which they were made.
type lines []line

// Len is the number of rows.
func (l *lines) Len() int { return len(*l) }

// Ref is the record of a row; of a part that is no record, one that is only its place.
func (l *lines) Ref(row int) app.Ref { return (*l)[row].opens }

// Row is the row of a record.
func (l *lines) Row(ref app.Ref) int {
	return slices.IndexFunc(*l, func(x line) bool { return x.opens == ref })
}

// Cell is one cell.
func (l *lines) Cell(row, col int) kit.Cell { return (*l)[row].cells[col] }

// Sort is not offered: the order says what matters most.
func (l *lines) Sort(int, bool) {}

// partKind stands for a part of the map where a table wants a record.
const partKind app.Kind = "part"

// partRef is the place of a part among the others.
func partRef(at int) app.Ref { return app.Ref{Kind: partKind, ID: app.ID{byte(at >> 8), byte(at)}} }

func partAt(ref app.Ref) int { return int(ref.ID[0])<<8 | int(ref.ID[1]) }

func (p *overview) jobColumns() []kit.Column {
	return []kit.Column{
		{Title: p.words.Of(app.Label{JA: "状態", EN: "State"}), Kind: kit.BadgeColumn, Width: 92},
		{Title: p.words.Of(app.Label{JA: "点検", EN: "Scan"}), Flex: true, Min: 110},
		{Title: p.words.Of(app.Label{JA: "前回の終了", EN: "Last ended"}), Kind: kit.MonoColumn, Width: 120, Drop: 440},
		{Title: p.words.Of(app.Label{JA: "未保護", EN: "Exposed"}), Kind: kit.NumColumn, Width: 64},
		{Title: p.words.Of(app.Label{JA: "増減", EN: "Change"}), Kind: kit.NumColumn, Width: 58, Drop: 340},
	}
}

func (p *overview) jobLines() (all lines) {
	for _, j := range p.now.jobs {
		m, changed := j.mark(p.words), change{}
		if j.Run != nil && j.Before != nil {
			changed = change{j.Run.Exposed - j.Before.Exposed, true}
		}
		exposed := "－"
		if j.Run != nil {
			exposed = p.words.Number(int(j.Run.Exposed))
		}
		all = append(all, line{j.Job.Ref, []kit.Cell{
			{Text: m.String(), Tone: m.Tone}, {Text: j.Job.Title}, {Text: p.words.Moment(j.Job.LastEnded, p.desk.Now()), Tone: kit.Quiet},
			{Text: exposed, Bold: true}, {Text: p.words.change(changed)},
		}})
	}
	return all
}

// mark is how a job stands: what is under way, else how its last run ended.
func (j *job) mark(w sayings) kit.Mark {
	switch {
	case j.Job.State == finding.Stopped:
		return kit.Mark{Glyph: "■", Word: w.Of(app.Label{JA: "停止中", EN: "stopped"}), Tone: kit.Quiet}
	case j.under != nil && j.under.State == finding.Paused:
		return kit.Mark{Glyph: "□", Word: w.Of(app.Label{JA: "中断", EN: "paused"}), Tone: kit.Warn}
	case j.under != nil:
		return kit.Mark{Glyph: "◎", Word: w.Of(app.Label{JA: "実行中", EN: "running"}), Tone: kit.Info}
	case j.Job.LastState == finding.RunFailed:
		return kit.Mark{Glyph: "×", Word: w.Of(app.Label{JA: "失敗", EN: "failed"}), Tone: kit.Late}
	case j.Job.LastState == finding.Done:
		return kit.Mark{Glyph: "●", Word: w.Of(app.Label{JA: "完了", EN: "finished"}), Tone: kit.Good}
	}
	return kit.Mark{Glyph: "○", Word: w.Of(app.Label{JA: "未実施", EN: "not run"}), Tone: kit.Warn}
}

func (p *overview) partColumns() []kit.Column {
	return []kit.Column{
		{Title: p.words.Of(app.Label{JA: "前回比", EN: "Trend"}), Kind: kit.BadgeColumn, Width: 92},
		{Title: p.words.Of(app.Label{JA: "区分", EN: "Part"}), Flex: true, Min: 100},
		{Title: p.words.Of(app.Label{JA: "未保護", EN: "Exposed"}), Kind: kit.NumColumn, Width: 64},
		{Title: p.words.Of(app.Label{JA: "増減", EN: "Change"}), Kind: kit.NumColumn, Width: 58, Drop: 340},
		{Title: p.words.Of(app.Label{JA: "未保護率", EN: "Rate"}), Kind: kit.NumColumn, Width: 148, Drop: 460},
	}
}

// partLines are the parts, those with the most unprotected files first.
func (p *overview) partLines() (all lines) {
	parts := p.parts()
	for _, at := range worst(parts) {
		s := parts[at]
		m := s.change.mark(p.words)
		all = append(all, line{partRef(at), []kit.Cell{
			{Text: m.String(), Tone: m.Tone}, {Text: p.words.department(s.name)}, {Text: p.words.Number(int(s.exposed)), Bold: true},
			{Text: p.words.change(s.change)}, {Text: p.words.shared(s.exposed, s.exposed+s.protected)},
		}})
	}
	return all
}

// worst are the places of the parts, by their unprotected files.
func worst(parts []share) (at []int) {
	for i := range parts {
		at = append(at, i)
	}
	slices.SortStableFunc(at, func(a, b int) int { return int(parts[b].exposed - parts[a].exposed) })
	return at
}

func (p *overview) foundColumns() []kit.Column {
	return []kit.Column{
		{Title: p.words.Of(app.Label{JA: "状態", EN: "State"}), Kind: kit.BadgeColumn, Width: 92},
		{Title: p.words.Of(app.Label{JA: "番号", EN: "Number"}), Kind: kit.MonoColumn, Width: 98, Drop: 420},
		{Title: p.words.Of(app.Label{JA: "該当種別", EN: "Kinds"}), Flex: true, Min: 110},
		{Title: p.words.Of(app.Label{JA: "推定人数", EN: "People"}), Width: 92},
		{Title: p.words.Of(app.Label{JA: "初回検出", EN: "First seen"}), Kind: kit.MonoColumn, Width: 96, Drop: 510},
	}
}

// mostFound is how many findings of a part are listed here; all of them are in the
// list of findings.
const mostFound = 200

// found are the unprotected files of a part, those about the most people first.
type found struct {
	part  string
	by    axis
	total int
	rows  []*finding.Finding
}

func find(ctx context.Context, records ui.Records, part string, by axis) (f found, err error) {
	f.part, f.by = part, by
	if f.total, err = records.Count(ctx, finding.Kind, within(part, by)); err != nil {
		return f, err
	}
	ids, err := records.IDs(ctx, finding.Kind, app.Query{Where: within(part, by), Sort: "persons", Desc: true, Limit: mostFound})
	if err != nil {
		return f, err
	}
	rows, err := records.Rows(ctx, finding.Kind, ids)
	for _, r := range rows {
		if r != nil {
			f.rows = append(f.rows, r.(*finding.Finding))
		}
	}
	return f, err
}

func (p *overview) foundLines() (all lines) {
	for _, f := range p.found.rows {
		m := mark(f, p.words.Lang())
		all = append(all, line{f.Ref, []kit.Cell{
			{Text: m.String(), Tone: m.Tone}, {Text: register.Text(finding.Register, f, number.Field, p.words.Words, p.desk.Now())},
			{Text: kindsOf(f, p.words.Lang())}, {Text: finding.Register.Show(f, "persons", p.words.Lang())},
			{Text: p.words.Moment(f.FirstSeen, p.desk.Now()), Tone: kit.Quiet},
		}})
	}
	return all
}
