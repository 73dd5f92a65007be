package staffing

import (
	"fmt"

	"daicho/app"
	"daicho/app/people"
)

// MemberKind is the kind of members.
const MemberKind app.Kind = "member"

// Member is one person in one post, for as long as he holds it. A manager or leader
// begins with the city's approval (3.1.3: 氏名と経験・能力を示した上で).
type Member struct {
	app.Head
	Title      string // who and as what, for lists and links
	Person     app.Ref
	Post       app.Ref
	Rank       Rank // of the post, when he was proposed
	State      State
	Experience string
	Similar    bool   // 類似プロジェクトの経験
	PassedOver string // why nobody with such experience was taken
	Ability    string // 能力・資格
	Gaps       []Gap
	From       app.Day // first day
	Until      app.Day // last day; zero: without end
	Decided    app.Day
	DecidedBy  app.Ref
	Letter     string // the city's number
	Reason     string // it was declined
	Replaces   app.Ref
}

// State is where a member stands.
type State string

// The states.
const (
	Proposed  State = "" // not shown to the city yet
	Submitted State = "submitted"
	Approved  State = "approved" // or a member, for whom nobody is asked
	Declined  State = "declined"
	Left      State = "left"
)

// Verdict is the city's decision.
type Verdict struct {
	Letter string
	Reason string
}

// Leaving is the last day of somebody who is not replaced.
type Leaving struct{ Day app.Day }

// Members is the register of who holds which post: the data of 体制図.
var Members = app.Describe(MemberKind, "要員・体制", "Staff",
	app.Text("title", "要員", "Who", func(m *Member) *string { return &m.Title }).ByRule().Search().Index().Seal(),
	app.Link("person", "氏名", "Person", app.PersonKind, func(m *Member) *app.Ref { return &m.Person }).Must().Index(),
	app.Link("post", "役割", "Post", PostKind, func(m *Member) *app.Ref { return &m.Post }).Must().Index(),
	app.One("rank", "区分", "Rank", func(m *Member) *Rank { return &m.Rank }, ranks...).ByRule().Index(),
	app.One("state", "状態", "State", func(m *Member) *State { return &m.State }, app.First(Proposed, "proposed", "提出前", "Not submitted"), app.Is(Submitted, "市の承認待ち", "Waits for the city"),
		app.Is(Approved, "配置", "In place"), app.Is(Declined, "不承認", "Declined"), app.Is(Left, "離任", "Left")).ByRule().Index(),
	app.Long("experience", "経験", "Experience", func(m *Member) *string { return &m.Experience }).Search().Seal(),
	app.Bool("similar", "類似案件の経験", "Similar projects", func(m *Member) *bool { return &m.Similar }),
	app.Long("passed_over", "未経験者とする理由", "Why no experience", func(m *Member) *string { return &m.PassedOver }).Seal(),
	app.Long("ability", "能力・資格", "Ability", func(m *Member) *string { return &m.Ability }).Search().Seal(),
	app.Rows("gaps", "要件との差", "Gaps", func(m *Member) *[]Gap { return &m.Gaps },
		app.Text("skill", "技能", "Skill", func(g *Gap) *string { return &g.Skill }),
		app.Int("needed", "必要な水準", "Needed", func(g *Gap) *int { return &g.Needed }),
		app.Int("have", "現在の水準", "Has", func(g *Gap) *int { return &g.Have })).ByRule(),
	app.On("from", "着任日", "From", func(m *Member) *app.Day { return &m.From }).Must().Index(),
	app.On("until", "離任日", "Until", func(m *Member) *app.Day { return &m.Until }).ByRule().Index(),
	app.On("decided", "市の決定日", "Decided", func(m *Member) *app.Day { return &m.Decided }).ByRule(),
	app.Link("decided_by", "市の決定者", "Decided by", app.PersonKind, func(m *Member) *app.Ref { return &m.DecidedBy }).ByRule(),
	app.Text("letter", "市の文書番号", "The city's number", func(m *Member) *string { return &m.Letter }).ByRule(),
	app.Long("reason", "不承認の理由", "Why it was declined", func(m *Member) *string { return &m.Reason }).ByRule().Seal(),
	app.Link("replaces", "前任者", "Replaces", MemberKind, func(m *Member) *app.Ref { return &m.Replaces }).ByRule(),
).Clause("3.1.3", "2.1.2").Rule(placed).Can(
	app.Do("submit", "市に提出する", "Submit to the city", submit).Saw("state"),
	app.Do("approve", "承認する", "Approve", approve,
		app.Text("letter", "市の文書番号", "The city's number", func(v *Verdict) *string { return &v.Letter }).Must()).Saw("state"),
	app.Do("decline", "承認しない", "Decline", decline,
		app.Text("letter", "市の文書番号", "The city's number", func(v *Verdict) *string { return &v.Letter }),
		app.Long("reason", "理由", "Why", func(v *Verdict) *string { return &v.Reason }).Must().Seal()).Saw("state"),
	app.Do("leave", "離任する", "Leave", leave,
		app.On("day", "離任日", "Last day", func(l *Leaving) *app.Day { return &l.Day }).Must()).Saw("state"),
).Lists(
	app.Listed("all", "全て", "All").By("from"),
	app.Listed("now", "現在の体制", "In place", app.Where("state", "=", string(Approved))).By("from"),
	app.Listed("waiting", "市の承認待ち", "Waiting for the city", app.Where("state", "=", string(Submitted))).By("from"),
	app.Listed("rank", "区分別", "By rank").Of("rank").By("from"),
	app.Listed("post", "役割別", "By post").Of("post").By("from"),
	app.Listed("person", "氏名別", "By person").Of("person").By("from"),
)

var (
	errShown    = app.Refuse(app.Forbidden, "", "市に提出した要員の内容は変更できません。変更するときは、新しく登録してください。", "what was shown to the city is never changed; enter a new one")
	errLeader   = app.Refuse(app.Invalid, "rank", "市の承認が必要なのは、マネージャとリーダーだけです。", "only managers and leaders need the city's approval")
	errThin     = app.Refuse(app.Invalid, "experience", "マネージャ・リーダーには、経験と能力・資格の両方が必要です。入力してから提出してください。", "a manager or leader needs experience and ability; enter both, then submit")
	errWhy      = app.Refuse(app.Invalid, "passed_over", "類似プロジェクトの経験がない人を充てる理由を入力してください。", "say why nobody with experience of similar projects is taken")
	errNotNew   = app.Refuse(app.Stale, "state", "この要員は既に提出されています。", "this was submitted already")
	errNotShown = app.Refuse(app.Stale, "state", "この要員は市の承認待ちではありません。", "this does not wait for the city")
	errOwn      = app.Refuse(app.Forbidden, "", "本人の承認を本人が行うことはできません。", "nobody approves himself")
	errReplace  = app.Refuse(app.Forbidden, "", "マネージャ・リーダーが離れるときは、要員交代を申請してください。", "a manager or leader leaves by a replacement; ask for one")
	errGone     = app.Refuse(app.Stale, "state", "この要員は配置されていません。", "this person is not in place")
	errBefore   = app.Refuse(app.Invalid, "day", "離任日が着任日より前です。日付を確認してください。", "the last day is before the first; check it")
)

// placed notes the rank of the post and the gaps. A member is in place at once;
// managers and leaders wait for the city.
func placed(a *app.Act, before, after *Member) error {
	same := before.Person == after.Person && before.Post == after.Post && before.From == after.From
	switch {
	case before.State != after.State: // a command did it
		return nil
	case before.State == Proposed && (before.IsNew() || !same):
		return assess(a, after)
	case before.State != Proposed && (before.Rank != MemberRank || before.State == Left || !same):
		return errShown
	}
	return nil
}

// assess holds a person against his post. A member is in place at once.
func assess(a *app.Act, after *Member) error {
	p, err := app.Get(a, Posts, after.Post)
	if err != nil {
		return err
	}
	if after.Gaps, err = gapsOf(a, after.Person, after.Post, after.From); err != nil {
		return err
	}
	if after.Title, err = called(a, after.Person, p); err != nil {
		return err
	}
	if after.Rank = p.Rank; p.Rank == MemberRank {
		after.State = Approved
	}
	return nil
}

// called is somebody in a post, as lists name him.
func called(a *app.Act, person app.Ref, post *Post) (string, error) {
	who, err := app.Get(a, people.Persons, person)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s（%s）", who.Name, post.Name), nil
}

// complete refuses what the city cannot judge.
func complete(experience, ability string, similar bool, passedOver string) error {
	switch {
	case experience == "" || ability == "":
		return errThin
	case !similar && passedOver == "":
		return errWhy
	}
	return nil
}

func submit(a *app.Act, m *Member, _ struct{}) (err error) {
	switch {
	case m.Rank == MemberRank:
		return errLeader
	case m.State != Proposed:
		return errNotNew
	}
	if err = complete(m.Experience, m.Ability, m.Similar, m.PassedOver); err != nil {
		return err
	}
	m.State = Submitted
	m.Gaps, err = gapsOf(a, m.Person, m.Post, m.From)
	return err
}

func (m *Member) judged(a *app.Act, s State, letter string) error {
	switch {
	case m.State != Submitted:
		return errNotShown
	case m.Person.ID == a.Actor.ID:
		return errOwn
	}
	m.State, m.Letter, m.Decided, m.DecidedBy = s, letter, day(a.At), app.Ref{Kind: app.PersonKind, ID: a.Actor.ID}
	return nil
}

func approve(a *app.Act, m *Member, in Verdict) error { return m.judged(a, Approved, in.Letter) }

func decline(a *app.Act, m *Member, in Verdict) error {
	m.Reason = in.Reason
	return m.judged(a, Declined, in.Letter)
}

// leave ends what a member does. Of managers and leaders a replacement tells.
func leave(_ *app.Act, m *Member, in Leaving) error {
	switch {
	case m.State != Approved:
		return errGone
	case m.Rank != MemberRank:
		return errReplace
	case in.Day < m.From:
		return errBefore
	}
	m.State, m.Until = Left, in.Day
	return nil
}
