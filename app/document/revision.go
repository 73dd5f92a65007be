package document

import (
	"slices"

	"daicho/app"
)

// RevisionKind is the kind of revisions.
const RevisionKind app.Kind = "revision"

// Revision is one version of a document, with its text or its files.
type Revision struct {
	app.Head
	Document app.Ref
	Title    string // of the document, for lists
	Version  string // 0.2 and 1.1案2 are drafts, 1.0 and 1.1 were approved
	Level    Level
	Base     app.Ref // the one it began from
	Beside   []app.Ref
	State    Step
	Body     string // Markdown
	Files    []app.Blob
	Place    string // 変更箇所
	Reason   string // 変更理由
	Accord   Accord
	Changes  []app.Ref // the approved change requests that it carries out
	Lacking  Lacking   // when it came to the step at hand
	Author   app.Ref
	Authors  []app.Ref // everybody who has written in it
	Made     app.Stamp
	Sent     app.Stamp // to the step at hand
	Due      app.Day   // of the step at hand
	Hash     string    // of what is approved
	Approved app.Day
	Issued   app.Day
	Wanting  string // why it was sent back
}

// Continue begins next, which must be new, with the words of a revision that cannot be
// changed any more: recorded, it is a draft as any other. It does nothing, and says so,
// while that is still a draft.
func (r *Revision) Continue(next *Revision) bool {
	if r.IsNew() || r.State == Draft {
		return false
	}
	next.Document, next.Level, next.Body, next.Files, next.Place, next.Reason = r.Document, r.Level, r.Body, slices.Clone(r.Files), r.Place, r.Reason
	next.Accord, next.Changes = r.Accord, slices.Clone(r.Changes)
	return true
}

// Level is how much a revision changes.
type Level string

// The levels.
const (
	Minor Level = "" // 1.0 → 1.1
	Major Level = "major"
)

var levels = []app.Option[Level]{app.First(Minor, "minor", "軽微", "Minor"), app.Is(Major, "大幅", "Major")}

// Accord is how a revision of a key document stands to what was agreed on (3.1.2).
type Accord string

// The accords.
const (
	Differs      Accord = "" // it needs an approved change
	Incorporates Accord = "incorporates"
	Editorial    Accord = "editorial"
)

// Lacking is what a revision needs before the city may approve it, and has not.
type Lacking string

// What is lacking.
const (
	Nothing Lacking = ""
	Change  Lacking = "change"
)

// Step is where a revision stands: with its author, at one of the four steps of
// approval, or past them.
type Step string

// The steps, in their order, and the ends.
const (
	Draft      Step = ""
	Review1    Step = "review1"
	Review2    Step = "review2"
	Vendor     Step = "vendor"
	City       Step = "city"
	Passed     Step = "approved"
	Published  Step = "published"
	Superseded Step = "superseded"
	SentBack   Step = "returned"
	Withdrawn  Step = "withdrawn"
)

var steps = []app.Option[Step]{
	app.First(Draft, "draft", "作成中", "Draft"), app.Is(Review1, "1次レビュー待ち", "Waits for first review"), app.Is(Review2, "2次レビュー待ち", "Waits for second review"),
	app.Is(Vendor, "事業者承認待ち", "Waits for the contractor's approval"), app.Is(City, "市承認待ち", "Waits for the city's approval"),
	app.Is(Passed, "承認済", "Approved"), app.Is(Published, "発行済", "Published"), app.Is(Superseded, "旧版", "Superseded"),
	app.Is(SentBack, "差戻し", "Returned"), app.Is(Withdrawn, "取下げ", "Withdrawn"),
}

// Return is why a revision is sent back.
type Return struct{ Reason string }

// Revisions is the register of revisions.
var Revisions = app.Describe(RevisionKind, "版", "Revisions",
	app.Link("document", "文書", "Document", Kind, func(r *Revision) *app.Ref { return &r.Document }).Must().Index(),
	app.Text("title", "文書名", "Title", func(r *Revision) *string { return &r.Title }).ByRule().Search().Index(),
	app.Text("version", "版", "Version", func(r *Revision) *string { return &r.Version }).ByRule().Search().Index(),
	app.One("level", "改訂の区分", "Level", func(r *Revision) *Level { return &r.Level }, levels...),
	app.Link("base", "基にした版", "Base", RevisionKind, func(r *Revision) *app.Ref { return &r.Base }).ByRule(),
	app.Links("beside", "並行する案", "Drafts beside it", func(r *Revision) *[]app.Ref { return &r.Beside }).ByRule(),
	app.One("state", "状態", "State", func(r *Revision) *Step { return &r.State }, steps...).ByRule().Index(),
	app.Long("body", "本文", "Text", func(r *Revision) *string { return &r.Body }).Search().Seal(),
	app.Files("files", "添付", "Files", func(r *Revision) *[]app.Blob { return &r.Files }),
	app.Long("place", "変更箇所", "Where it changes", func(r *Revision) *string { return &r.Place }).Search().Seal(),
	app.Long("reason", "変更理由", "Why it changes", func(r *Revision) *string { return &r.Reason }).Must().Search().Seal(),
	app.One("accord", "合意との関係", "What was agreed on", func(r *Revision) *Accord { return &r.Accord }, app.First(Differs, "differs", "合意と異なる", "Differs from it"),
		app.Is(Incorporates, "合意の追記", "Writes it down"), app.Is(Editorial, "字句の修正", "Mends words")).Clause("3.1.2"),
	app.Links("changes", "変更要求", "Change requests", func(r *Revision) *[]app.Ref { return &r.Changes }),
	app.One("lacking", "不足", "Lacking", func(r *Revision) *Lacking { return &r.Lacking }, app.First(Nothing, "nothing", "なし", "Nothing"),
		app.Is(Change, "承認された変更要求（市の承認までに必要）", "An approved change request, before the city approves")).ByRule().Index().Clause("3.1.2"),
	app.Link("author", "作成者", "Author", app.PersonKind, func(r *Revision) *app.Ref { return &r.Author }).ByRule().Index(),
	app.Links("authors", "作成に加わった者", "All authors", func(r *Revision) *[]app.Ref { return &r.Authors }).ByRule(),
	app.At("begun", "作成日時", "Begun", func(r *Revision) *app.Stamp { return &r.Made }).ByRule().Index(),
	app.At("sent", "回付日時", "Sent", func(r *Revision) *app.Stamp { return &r.Sent }).ByRule(),
	app.On("due", "審査期限", "Due", func(r *Revision) *app.Day { return &r.Due }).ByRule().Index(),
	app.Text("hash", "内容の照合値", "Hash of the content", func(r *Revision) *string { return &r.Hash }).ByRule(),
	app.On("approved", "承認日", "Approved on", func(r *Revision) *app.Day { return &r.Approved }).ByRule(),
	app.On("issued", "発行日", "Published on", func(r *Revision) *app.Day { return &r.Issued }).ByRule(),
	app.Long("wanting", "差戻しの理由", "Why it was returned", func(r *Revision) *string { return &r.Wanting }).ByRule().Seal(),
).Clause("1.1.1", "2.1.1", "3.1.2").Within(func(r *Revision) app.Ref { return r.Document }).ErasedWith(func(r *Revision) app.Ref { return r.Document }).
	Rule(begin).Rule(settled).Rule(hashed).Can(
	app.Do("submit", "回付する", "Submit", submit).Saw("state", "hash"),
	app.Do("approve", "承認する", "Approve", approve).Saw("state", "hash").Finally(
		"承認は、あなたの署名とともに記録されます。取り消すことはできません。", "Your approval is recorded with your signature. Nobody can take it back."),
	app.Do("return", "差し戻す", "Return", sendBack,
		app.Long("reason", "差戻しの理由", "Why", func(r *Return) *string { return &r.Reason }).Must().Seal()).Saw("state", "hash"),
	app.Do("merge", "現行版と統合する", "Merge with the current version", merge).Saw("state", "base"),
	app.Do("publish", "発行する", "Publish", publish).Saw("state"),
	app.Do("withdraw", "取り下げる", "Withdraw", withdraw).Saw("state"),
).Lists(
	app.Listed("waiting", "審査・承認待ち", "Waiting", app.Where("due", ">", int64(0))).By("due"),
	app.Listed("all", "全て", "All").Newest("begun"),
	app.Listed("state", "状態別", "By state").Of("state").By("due"),
	app.Listed("overdue", "審査の遅れ", "Overdue", app.Where("due", ">", int64(0)), app.Where("due", "<", app.Today)).By("due"),
	app.Listed("lacking", "変更要求の不足", "No change request", app.Where("lacking", "=", string(Change)), app.Where("due", ">", int64(0))).By("due"),
	app.Listed("document", "文書別", "By document").Of("document").Newest("begun"),
	app.Listed("mine", "自分の案", "Mine", app.Where("author", "=", app.Me)).Newest("begun"),
)
