package register

import (
	"daicho/app"
	"daicho/app/civil"
	"daicho/ui/kit"
)

// columns are those of the configuration, named and wide enough.
func (p *Page) columns() (cols []kit.Column) {
	for _, c := range p.cfg.Columns {
		if s, ok := app.SpecOf(p.cfg.Register, c.Field); ok {
			c.Sortable = s.Indexed
			if c.Title == "" {
				c.Title = p.desk.Words.Of(p.cfg.label(s))
			}
			c.Width = max(c.Width, p.dateWidth(s), p.choiceWidth(s, c.Kind == kit.BadgeColumn))
		}
		c.Name = c.Field
		cols = append(cols, c.Column)
	}
	return cols
}

// dateWidth is the room for a day or a moment of another year, in the language
// of the window.
func (p *Page) dateWidth(s app.Spec) float32 {
	pen, now := kit.NewPen(p.desk.Look), p.desk.Now()
	before := now.AddDate(-1, 0, 0)
	switch s.Type {
	case app.TDay:
		return pen.Width(p.desk.Words.Day(app.DayOf(civil.DateOf(before)), now), pen.Body().M()) + 18
	case app.TTime:
		return pen.Width(p.desk.Words.Moment(app.StampOf(before), now), pen.Body().M()) + 18
	}
	return 0
}

// choiceWidth is the room for the longest word of a closed list, in the language of
// the window, as it is or as a badge.
func (p *Page) choiceWidth(s app.Spec, badge bool) (w float32) {
	pen, glyph, more := kit.NewPen(p.desk.Look), "", float32(18)
	st := pen.Body()
	if badge {
		glyph, more, st = "◎ ", 12+14, pen.Caption().B()
	}
	for _, c := range s.Choices {
		w = max(w, pen.Width(glyph+p.desk.Words.Of(c.Label), st)+more)
	}
	return min(w, widestChoice)
}

// widestChoice is how wide a column of a closed list is made, in design pixels.
const widestChoice = 260

func (p *Page) sorted() int {
	for i, c := range p.cfg.Columns {
		if c.Field == p.cfg.Sort {
			return i
		}
	}
	return -1
}
