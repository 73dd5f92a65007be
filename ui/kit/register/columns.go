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
				c.Title = p.desk.Words.Of(s.Label)
			}
			c.Width = max(c.Width, p.headWidth(c.Title))
			c.Width = max(c.Width, p.dateWidth(s))
			if c.Kind == kit.BadgeColumn {
				c.Width = max(c.Width, p.badgeWidth(s))
			}
		}
		c.Name = c.Field
		cols = append(cols, c.Column)
	}
	return cols
}

// headWidth is the room for a column's name with the mark of its order.
func (p *Page) headWidth(title string) float32 {
	pen := kit.NewPen(p.desk.Look)
	return pen.Width(title+" ▼", pen.Label().B()) + 14
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

// badgeWidth is the room for the longest state in the language of the window.
func (p *Page) badgeWidth(s app.Spec) (w float32) {
	pen := kit.NewPen(p.desk.Look)
	for _, c := range s.Choices {
		w = max(w, pen.Width("◎ "+p.desk.Words.Of(c.Label), pen.Caption().B()))
	}
	return w + 12 + 14
}

func (p *Page) sorted() int {
	for i, c := range p.cfg.Columns {
		if c.Field == p.cfg.Sort {
			return i
		}
	}
	return -1
}
