package staffing

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"daicho/app"
	"daicho/app/report"
)

// Chart is 体制図: who holds which post on one day, by rank, with the posts that nobody
// holds and those who come next.
type Chart struct {
	Day    app.Day
	Phases []*Phase // in which the day lies
	Ranks  []Level  // managers, leaders, members; those without a post are left out
}

// Level are the posts of one rank.
type Level struct {
	Rank  Rank
	Seats []Seat
}

// Seat is one post with one person; nobody holds it where Member is nil.
type Seat struct {
	Post   *Post
	Member *Member
	Name   string
	Next   []Next
}

// Next is somebody who is to take a post after the day.
type Next struct {
	Name  string
	From  app.Day
	State app.Label // where the city's approval stands
	Ref   app.Ref
}

// LoadChart reads the chart of a day. Names names people.
func LoadChart(ctx context.Context, s app.Shelf, day app.Day, names func(context.Context, []app.Ref) (app.Names, error)) (*Chart, error) {
	posts, err := app.Every(ctx, s, Posts, app.Query{Sort: "name"})
	if err != nil {
		return nil, err
	}
	members, err := app.Every(ctx, s, Members, app.Query{Sort: "from"})
	if err != nil {
		return nil, err
	}
	asked, err := app.Every(ctx, s, Replacements, app.Query{Sort: "on"})
	if err != nil {
		return nil, err
	}
	phases, err := app.Every(ctx, s, Phases, app.Query{Sort: "from"})
	if err != nil {
		return nil, err
	}
	var people []app.Ref
	for _, m := range members {
		people = append(people, m.Person)
	}
	for _, r := range asked {
		people = append(people, r.Substitute)
	}
	called, err := names(ctx, people)
	if err != nil {
		return nil, err
	}
	return chartOf(day, posts, members, asked, phases, called), nil
}

// chartOf puts the chart together.
func chartOf(day app.Day, posts []*Post, members []*Member, asked []*Replacement, phases []*Phase, called app.Names) *Chart {
	c := &Chart{Day: day}
	for _, p := range phases {
		if p.Holds(day) {
			c.Phases = append(c.Phases, p)
		}
	}
	for _, rank := range []Rank{ManagerRank, LeaderRank, MemberRank} {
		l := Level{Rank: rank}
		for _, p := range posts {
			if p.Rank == rank {
				l.Seats = append(l.Seats, seats(day, p, members, asked, called)...)
			}
		}
		if len(l.Seats) > 0 {
			c.Ranks = append(c.Ranks, l)
		}
	}
	return c
}

// seats are those who hold a post on a day: one seat without anybody where it is nobody.
func seats(day app.Day, p *Post, members []*Member, asked []*Replacement, called app.Names) (all []Seat) {
	var next []Next
	for _, m := range members {
		switch {
		case m.Post != p.Ref:
		case m.holds(day):
			all = append(all, Seat{Post: p, Member: m, Name: called(m.Person)})
		case m.State == Proposed || m.State == Submitted || m.State == Approved && m.From > day:
			next = append(next, Next{called(m.Person), m.From, labelOf(Members, "state", string(m.State)), m.Ref})
		}
	}
	if len(all) == 0 {
		return []Seat{{Post: p, Next: next}}
	}
	for i := range all {
		for _, r := range asked {
			if r.Member == all[i].Member.Ref && (r.State == Prepared || r.State == Examined) {
				all[i].Next = append(all[i].Next, Next{called(r.Substitute), r.On, labelOf(Replacements, "state", string(r.State)), r.Ref})
			}
		}
	}
	all[0].Next = append(all[0].Next, next...)
	return all
}

// holds says whether a member is in place on a day.
func (m *Member) holds(day app.Day) bool {
	return (m.State == Approved || m.State == Left) && m.From <= day && (m.Until == 0 || day <= m.Until)
}

// labelOf is what a choice is called.
func labelOf(g app.AnyRegister, field, value string) app.Label {
	s, _ := app.SpecOf(g, field)
	i := slices.IndexFunc(s.Choices, func(c app.Choice) bool { return c.Value == value })
	if i < 0 {
		return app.Label{}
	}
	return s.Choices[i].Label
}

// Label is what a rank is called.
func (r Rank) Label() app.Label { return labelOf(Posts, "rank", string(r)) }

// Vacant is what stands in the place of a name.
var Vacant = app.Label{JA: "欠員", EN: "Vacant"}

// needsCity is what stands where the city need not be asked.
var needsCity = app.Label{JA: "承認不要", EN: "no approval needed"}

// Approval is how the city approved who holds the seat: its number and day.
func (s Seat) Approval(lang app.Lang) string {
	switch {
	case s.Member == nil:
		return ""
	case s.Member.Rank == MemberRank:
		return needsCity.In(lang)
	}
	return strings.TrimSpace(Members.Show(s.Member, "letter", lang) + " " + Members.Show(s.Member, "decided", lang))
}

// Comes is somebody who comes next, in a line.
func (n Next) Comes(lang app.Lang) string {
	return n.Name + " " + n.From.Civil().String() + " " + n.State.In(lang)
}

// Vacancies is how many posts nobody holds.
func (c *Chart) Vacancies() (n int) {
	for _, l := range c.Ranks {
		for _, s := range l.Seats {
			if s.Member == nil {
				n++
			}
		}
	}
	return n
}

// PhaseNames are the phases of the day, in a line.
func (c *Chart) PhaseNames() string {
	var all []string
	for _, p := range c.Phases {
		all = append(all, p.Name)
	}
	return strings.Join(all, "、")
}

// Lines are the chart in text: a line for each seat.
func (c *Chart) Lines(lang app.Lang) (all []string) {
	for _, l := range c.Ranks {
		for _, s := range l.Seats {
			line := l.Rank.Label().In(lang) + "  " + s.Post.Name + "  " + cmp.Or(s.Name, Vacant.In(lang))
			for _, n := range s.Next {
				line += "  → " + n.Comes(lang)
			}
			all = append(all, line)
		}
	}
	return all
}

// Document is the chart on paper: a table for each rank, from the top down.
func (c *Chart) Document(made time.Time, number string) report.Document {
	const title = "体制図"
	d := report.Document{Title: title, Number: number, Made: made, Landscape: true, Blocks: []report.Block{
		report.Title{Text: title, At: made},
		report.Sheet{Pairs: []report.Pair{{Label: "基準日", Value: c.Day.Civil().Wareki()}, {Label: "フェーズ", Value: cmp.Or(c.PhaseNames(), "登録なし")}, {Label: "欠員", Value: fmt.Sprintf("%d件", c.Vacancies())}}},
	}}
	for _, l := range c.Ranks {
		t := report.Table{Title: l.Rank.Label().JA, Columns: []report.Column{{Title: "役割", Weight: 3}, {Title: "氏名", Weight: 2.4}, {Title: "着任日", Weight: 1.6}, {Title: "市の承認", Weight: 3}, {Title: "後任・候補", Weight: 4}}}
		for _, s := range l.Seats {
			from := ""
			if s.Member != nil {
				from = s.Member.From.Civil().WarekiShort()
			}
			var next []string
			for _, n := range s.Next {
				next = append(next, n.Comes(app.JA))
			}
			t.Rows = append(t.Rows, []string{s.Post.Name, cmp.Or(s.Name, "【"+Vacant.JA+"】"), from, s.Approval(app.JA), strings.Join(next, "、")})
		}
		d.Blocks = append(d.Blocks, t)
	}
	if len(c.Ranks) == 0 {
		d.Blocks = append(d.Blocks, report.Paragraph{Text: "役割の登録はありません。"})
	}
	return d
}
