package requirements

import (
	"context"

	"daicho/app"
	"daicho/app/requirement"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// evidenceFace is what there is for the clause of a requirement, and how it was judged.
var evidenceFace = register.Face{Label: app.Label{JA: "証跡・判定", EN: "Evidence"}, New: newEvidence, Kinds: []app.Kind{requirement.JudgementKind}}

type evidence struct {
	kit.Surface
	desk   *ui.Desk
	rows   []requirement.Evidence
	judged []*requirement.Judgement
	names  app.Names
}

func newEvidence(_ ui.Host, desk *ui.Desk) register.View {
	e := &evidence{desk: desk}
	e.Extend(e, desk.Look, func(p *kit.Pen, w, _ float32) { e.paint(p, w) })
	return e
}

// Load is part of [register.View].
func (e *evidence) Load(ctx context.Context, records ui.Records, r app.Record) (func(), error) {
	rows, err := requirement.Gather(ctx, records.Registers(), records.Count, r.(*requirement.Requirement).Clause)
	if err != nil {
		return nil, err
	}
	judged, err := app.Every(ctx, records, requirement.Judgements, app.Query{Where: []app.Cond{app.Where("requirement", "=", r.Meta().Ref.String())}, Sort: "at", Desc: true})
	if err != nil {
		return nil, err
	}
	var who []app.Ref
	for _, j := range judged {
		who = append(who, j.By)
	}
	names, err := ui.NamesOf(ctx, records, who)
	return func() { e.rows, e.judged, e.names = rows, judged, names; e.Refresh() }, err
}

// HeightFor is part of [kit.Tall].
func (e *evidence) HeightFor(w float32) float32 { return e.paint(kit.NewPen(e.desk.Look), w) }

var (
	countsWord = app.Label{JA: "この条項に対応する台帳", EN: "Registers that answer the clause"}
	countsNote = app.Label{JA: "件数は充足を意味しません", EN: "numbers judge nothing"}
	namedWord  = app.Label{JA: "（条項を記入した記録）", EN: " (that name it)"}
	judgedWord = app.Label{JA: "判定の記録", EN: "Judgements"}
	nobodyWord = app.Label{JA: "まだ誰も判定していません。", EN: "Nobody has judged it yet."}
)

// paint draws everything, and returns how high that is.
func (e *evidence) paint(p *kit.Pen, w float32) float32 {
	words, x, in := e.desk.Words, float32(18), w-36
	p.Panel(x, 14, in, words.Of(countsWord), "")
	y := p.Para(x, 46, in, 18, words.Of(countsNote), p.Caption()) + 4
	for _, r := range e.rows {
		name := words.Of(r.Label)
		if r.Named {
			name += words.Of(namedWord)
		}
		p.Text(x, y, in-90, 22, name, p.Body())
		p.Text(x+in-84, y, 84, 22, words.Count(r.Count), p.Body().R())
		y += 24
	}
	y += 12
	p.Panel(x, y, in, words.Of(judgedWord), "")
	y += 32
	if len(e.judged) == 0 {
		return p.Para(x, y, in, 20, words.Of(nobodyWord), p.Sub()) + 16
	}
	for _, j := range e.judged {
		y = e.judgement(p, x, y, in, j)
	}
	return y + 16
}

func (e *evidence) judgement(p *kit.Pen, x, y, w float32, j *requirement.Judgement) float32 {
	words, g := e.desk.Words, requirement.Judgements
	m, judged := tones[j.Verdict]
	if !judged {
		m = kit.Mark{Glyph: "○", Tone: kit.Quiet}
	}
	m.Word = g.Show(j, "side", words.Lang()) + "　" + g.Show(j, "verdict", words.Lang())
	p.Badge(x, y+2, m)
	p.Text(x+w-150, y, 150, 22, words.Moment(j.At, e.desk.Now()), p.Caption().R())
	y += 26
	for _, said := range []string{j.Measured, j.Note, e.names(j.By)} {
		if said != "" {
			y = p.Para(x+12, y, w-12, 20, said, p.Body())
		}
	}
	return y + 6
}
