package staffing

import (
	"fmt"

	"daicho/app"
)

// PostKind is the kind of posts.
const PostKind app.Kind = "post"

// Post is a part to be played in the contract, with what it takes.
type Post struct {
	app.Head
	Name  string
	Rank  Rank
	Needs []Need
	Note  string
}

// Rank is how the specification treats who holds a post.
type Rank string

// The ranks.
const (
	MemberRank  Rank = ""
	LeaderRank  Rank = "leader"
	ManagerRank Rank = "manager"
)

// Need is a skill that a post takes.
type Need struct {
	Skill string
	Level int
}

var ranks = []app.Option[Rank]{app.First(MemberRank, "member", "担当", "Member"), app.Is(LeaderRank, "リーダー", "Leader"), app.Is(ManagerRank, "マネージャ", "Manager")}

// Posts is the register of posts.
var Posts = app.Describe(PostKind, "役割と要件", "Posts",
	app.Text("name", "名称", "Name", func(p *Post) *string { return &p.Name }).Must().Search().Index(),
	app.One("rank", "区分", "Rank", func(p *Post) *Rank { return &p.Rank }, ranks...).Index(),
	app.Rows("needs", "必要な技能", "Skills needed", func(p *Post) *[]Need { return &p.Needs },
		app.Text("skill", "技能", "Skill", func(n *Need) *string { return &n.Skill }).Must(),
		app.Int("level", "水準", "Level", func(n *Need) *int { return &n.Level }).Range(1, 4)).Search(),
	app.Long("note", "備考", "Note", func(p *Post) *string { return &p.Note }).Search().Seal(),
).Clause("3.1.3", "2.1.2").Rule(lasting).Lists(app.Listed("all", "全て", "All").By("name"))

var errRank = app.Refuse(app.Forbidden, "rank", "役割の区分は変更できません。変更するときは、新しい役割を登録してください。", "the rank of a post never changes; enter a new post")

// lasting keeps the rank: by it the city is asked, or not.
func lasting(_ *app.Act, before, after *Post) error {
	if !before.IsNew() && before.Rank != after.Rank {
		return errRank
	}
	return nil
}

// SkillKind is the kind of skills.
const SkillKind app.Kind = "skill"

// Skill is what one person can, as somebody judged it.
type Skill struct {
	app.Head
	Person      app.Ref
	Skill       string
	Level       int
	Certificate string
	From        app.Day // judged or certified on
	Until       app.Day // last day; zero: without end
	Note        string
}

// Skills is the register of skills.
var Skills = app.Describe(SkillKind, "技能・資格", "Skills",
	app.Link("person", "氏名", "Person", app.PersonKind, func(s *Skill) *app.Ref { return &s.Person }).Must().Index(),
	app.Text("skill", "技能", "Skill", func(s *Skill) *string { return &s.Skill }).Must().Search().Index(),
	app.Int("level", "水準", "Level", func(s *Skill) *int { return &s.Level }).Must().Range(1, 4),
	app.Text("certificate", "資格", "Certificate", func(s *Skill) *string { return &s.Certificate }).Search(),
	app.On("from", "取得・評価日", "Since", func(s *Skill) *app.Day { return &s.From }).Must(),
	app.On("until", "有効期限", "Valid until", func(s *Skill) *app.Day { return &s.Until }).Index(),
	app.Long("note", "備考", "Note", func(s *Skill) *string { return &s.Note }).Search().Seal(),
).Clause("3.1.3", "2.1.2").Lists(
	app.Listed("all", "全て", "All").By("skill"),
	app.Listed("person", "氏名別", "By person").Of("person").By("skill"),
	app.Listed("expired", "期限切れ", "Expired", app.Where("until", ">", int64(0)), app.Where("until", "<", app.Today)).By("until"),
)

// Gap is a skill that a post takes and a person does not have, or not enough.
type Gap struct {
	Skill        string
	Needed, Have int
}

// Gaps holds what somebody can on a day against what a post takes. Of several
// judgements of one skill the best that holds that day counts.
func Gaps(needs []Need, skills []*Skill, on app.Day) (gaps []Gap) {
	for _, n := range needs {
		have := 0
		for _, s := range skills {
			if s.Skill == n.Skill && s.From <= on && (s.Until == 0 || on <= s.Until) {
				have = max(have, s.Level)
			}
		}
		if have < n.Level {
			gaps = append(gaps, Gap{n.Skill, n.Level, have})
		}
	}
	return gaps
}

// gapsOf reads what a person can, and holds it against a post.
func gapsOf(a *app.Act, person, post app.Ref, on app.Day) ([]Gap, error) {
	p, err := app.Get(a, Posts, post)
	if err != nil {
		return nil, err
	}
	refs, err := a.Linked(person, SkillKind)
	if err != nil {
		return nil, err
	}
	var skills []*Skill
	for _, ref := range refs {
		s, err := app.Get(a, Skills, ref)
		if err != nil {
			return nil, fmt.Errorf("skill of %s: %w", person, err)
		}
		skills = append(skills, s)
	}
	return Gaps(p.Needs, skills, on), nil
}
