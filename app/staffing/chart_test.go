package staffing

import (
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
)

func on(year, month, d int) app.Day {
	return app.DayOf(civil.Date{Year: year, Month: time.Month(month), Day: d})
}

// TestChart: who holds a post follows from the day; what nobody holds is vacant, and who
// comes next is told with where the city's approval stands.
func TestChart(t *testing.T) {
	ref := func(kind app.Kind, n byte) app.Ref { return app.Ref{Kind: kind, ID: app.ID{n}} }
	person := func(n byte) app.Ref { return ref(app.PersonKind, n) }
	head := func(r app.Ref) app.Head { return app.Head{Ref: r} }
	pm, lead := ref(PostKind, 1), ref(PostKind, 2)
	posts := []*Post{{Head: head(lead), Name: "基盤", Rank: LeaderRank}, {Head: head(pm), Name: "PM", Rank: ManagerRank}}
	members := []*Member{
		{Head: head(ref(MemberKind, 1)), Person: person(1), Post: pm, Rank: ManagerRank, State: Left, From: on(2026, 4, 1), Until: on(2026, 9, 30)},
		{Head: head(ref(MemberKind, 2)), Person: person(2), Post: pm, Rank: ManagerRank, State: Approved, From: on(2026, 10, 1)},
		{Head: head(ref(MemberKind, 3)), Person: person(3), Post: lead, Rank: LeaderRank, State: Submitted, From: on(2026, 12, 1)},
		{Head: head(ref(MemberKind, 4)), Person: person(4), Post: lead, Rank: LeaderRank, State: Declined, From: on(2026, 4, 1)},
	}
	asked := []*Replacement{
		{Head: head(ref(ReplacementKind, 1)), Member: members[1].Ref, Substitute: person(5), On: on(2027, 1, 4), State: Examined},
		{Head: head(ref(ReplacementKind, 2)), Member: members[1].Ref, Substitute: person(6), On: on(2027, 1, 4), State: Dropped},
	}
	names := func(r app.Ref) string { return string(rune('A' + r.ID[0] - 1)) }
	for _, c := range []struct {
		day  app.Day
		want string
		void int
	}{
		{on(2026, 3, 31), "マネージャ PM 欠員 → B 2026-10-01 配置|リーダー 基盤 欠員 → C 2026-12-01 市の承認待ち", 2},
		{on(2026, 4, 1), "マネージャ PM A → B 2026-10-01 配置|リーダー 基盤 欠員 → C 2026-12-01 市の承認待ち", 1},
		{on(2026, 9, 30), "マネージャ PM A → B 2026-10-01 配置|リーダー 基盤 欠員 → C 2026-12-01 市の承認待ち", 1},
		{on(2026, 10, 1), "マネージャ PM B → E 2027-01-04 市の審査中|リーダー 基盤 欠員 → C 2026-12-01 市の承認待ち", 1},
	} {
		chart := chartOf(c.day, posts, members, asked, nil, names)
		got := strings.ReplaceAll(strings.Join(chart.Lines(app.JA), "|"), "  ", " ")
		if got != c.want || chart.Vacancies() != c.void {
			t.Errorf("%s:\n got %s (%d)\nwant %s (%d)", c.day.Civil(), got, chart.Vacancies(), c.want, c.void)
		}
		if err := chart.Document(c.day.Civil().Start(), "").Check(); err != nil {
			t.Error(err)
		}
	}
	if err := chartOf(on(2026, 4, 1), nil, nil, nil, nil, names).Document(on(2026, 4, 1).Civil().Start(), "").Check(); err != nil {
		t.Error(err)
	}
}
