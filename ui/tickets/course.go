package tickets

import (
	"context"

	"daicho/app"
	"daicho/app/calendar"
	"daicho/app/dispatch"
	"daicho/app/sla"
	"daicho/app/synonym"
	"daicho/app/terms"
	"daicho/app/ticket"
	"daicho/assets"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// course is what was said and done about an inquiry, and how its visits stand.
func course(ctx context.Context, records ui.Records, desk *ui.Desk, r app.Record) (c register.Course, err error) {
	if c.Clocks, err = visits(ctx, records, desk, r.Meta().Ref); err != nil {
		return c, err
	}
	if c.Kin, err = alike(ctx, records, desk, r.(*ticket.Ticket)); err != nil {
		return c, err
	}
	c.Called, c.Lends, c.Into = app.Label{JA: "似た問い合わせ", EN: "Similar inquiries"}, useAnswer, "answer"
	notes, err := app.Every(ctx, records, ticket.Notes, app.Query{Where: []app.Cond{app.Where("about", "=", r.Meta().Ref.String())}, Sort: "at"})
	if err != nil {
		return c, err
	}
	var refs []app.Ref
	for _, n := range notes {
		refs = append(refs, n.By)
	}
	names, err := ui.NamesOf(ctx, records, refs)
	for _, n := range notes {
		c.Steps = append(c.Steps, step(n, names(n.By), desk.Words.Lang()))
	}
	return c, err
}

// kinMost is how many similar inquiries are shown.
const kinMost = 5

var useAnswer = app.Label{JA: "回答を使う", EN: "Use this answer"}

// alike are the inquiries that say the same: how far they are, whether they are among
// the frequent questions, and what was answered.
func alike(ctx context.Context, records ui.Records, desk *ui.Desk, t *ticket.Ticket) (all []register.Kin, err error) {
	names, err := synonym.Read(ctx, records)
	if err != nil {
		return nil, err
	}
	hits, err := records.Similar(ctx, t.Alike(names.Others, kinMost))
	if err != nil {
		return nil, err
	}
	var ids []app.ID
	for _, h := range hits {
		ids = append(ids, h.Ref.ID)
	}
	rows, err := records.Rows(ctx, ticket.Kind, ids)
	for i, r := range rows {
		kin := register.Kin{Hit: hits[i]}
		if other, there := r.(*ticket.Ticket); there {
			kin.Says = other.Answer
			if kin.Note = ticket.Register.Show(r, "state", desk.Words.Lang()); other.FAQEntry {
				kin.Note = desk.Words.Of(faq) + "　" + kin.Note
			}
		}
		all = append(all, kin)
	}
	return all, err
}

var faq = app.Label{JA: "よくある質問", EN: "FAQ"}

// visits are the clocks of the visits of an inquiry.
func visits(ctx context.Context, records ui.Records, desk *ui.Desk, about app.Ref) (clocks []kit.Clock, err error) {
	all, err := app.Every(ctx, records, dispatch.Register, app.Query{Where: []app.Cond{app.Where("ticket", "=", about.String())}, Sort: "wished"})
	if err != nil || len(all) == 0 {
		return nil, err
	}
	agreed, err := agreed(ctx, records)
	if err != nil {
		return nil, err
	}
	for _, v := range all {
		if v.State == dispatch.Cancelled {
			continue
		}
		visit, err := dispatch.Load(ctx, records, v)
		if err != nil {
			return nil, err
		}
		judged, err := agreed.Visit(visit.Asked(agreed.Travel(v.Site)), sla.Exactly(desk.Now()))
		if err != nil {
			return nil, err
		}
		if clock, begun := kit.JudgedVisit(judged, desk.Words, desk.Now()); begun {
			clock.Name = v.Number
			clocks = append(clocks, clock)
		}
	}
	return clocks, nil
}

// agreed are the terms that everything is judged by.
func agreed(ctx context.Context, records ui.Records) (*terms.Terms, error) {
	table, err := calendar.ReadHolidays(assets.Holidays())
	if err != nil {
		return nil, err
	}
	return terms.Read(ctx, records, table)
}

// step is a line of the course.
func step(n *ticket.Note, by string, lang app.Lang) register.Step {
	s := register.Step{At: n.At, Mark: kit.Mark{Word: ticket.Notes.Show(n, "sort", lang), Glyph: "●", Tone: kit.Info}, Text: n.Text, Note: by}
	switch n.Sort {
	case ticket.Remark:
		s.Mark.Glyph, s.Mark.Tone = "○", kit.Plain
	case ticket.Waited:
		s.Mark.Glyph, s.Mark.Tone = "■", kit.Quiet
		s.Note += "　" + n.Party.Label().In(lang)
	case ticket.Reopened:
		s.Mark.Glyph, s.Mark.Tone = "▽", kit.Warn
	}
	if n.From != "" {
		s.Note = n.From + "　" + s.Note
	}
	return s
}
