package finding

import (
	"cmp"
	"slices"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/detect"
)

// AssetKind is the kind of information assets.
const AssetKind app.Kind = "info_asset"

// Asset is an entry of the city's register of information assets (情報資産台帳), which
// what scans find is held against: whose it is, where it is to lie, and how grave it
// would be if it were read, changed or gone.
type Asset struct {
	app.Head
	Title           string
	Content         string // which information
	Department      string
	Custodian       string // 管理責任者
	Form            Form
	Place           string // system, folder or shelf
	Confidentiality Confidentiality
	Integrity       Integrity
	Availability    Availability
	Kinds           []AssetKindOfData
	Persons         detect.Band // about how many people it is about
	Retention       Retention
	Job             app.Ref // the scan that looks where it lies
	State           AssetState
	Reviewed        app.Day // somebody saw that all of this is so
	ReviewBy        app.Day
	Disposed        app.Day
	How             string // it was disposed of
	Note            string
}

// AssetKindOfData is a kind of personal or confidential data in an asset.
type AssetKindOfData struct{ Kind detect.Kind }

// Form is what an asset is kept as.
type Form string

// The forms.
const (
	Electronic Form = ""
	Paper      Form = "paper"
	Both       Form = "both"
)

// Confidentiality, Integrity and Availability are classes of the guideline of the
// Ministry of Internal Affairs and Communications on information security policies of
// local governments (地方公共団体における情報セキュリティポリシーに関するガイドライン,
// edition of October 2024, 情報資産の分類と管理).
type (
	Confidentiality string
	Integrity       string
	Availability    string
)

// The classes; empty is not classified yet.
const (
	Secret     Confidentiality = "3A" // as secret documents
	Grave      Confidentiality = "3B" // a leak would greatly harm people's rights, or the work is of a size that asks for great care
	Careful    Confidentiality = "3C" // not to be published, and to be handled with care
	Internal   Confidentiality = "2"  // not to be published at once
	Public     Confidentiality = "1"
	HighWhole  Integrity       = "2" // falsified or lost, it would harm people's rights or the work
	OtherWhole Integrity       = "1"
	HighReady  Availability    = "2" // out of reach, it would harm people's rights or the work
	OtherReady Availability    = "1"
)

// Retention is how long an asset is to be kept.
type Retention string

// AssetState is whether an asset is there.
type AssetState string

// The states of an asset.
const (
	Held     AssetState = ""
	Disposed AssetState = "disposed"
)

// Disposal is how an asset was done away with.
type Disposal struct{ How string }

// Assets is the register of information assets.
var Assets = app.Describe(AssetKind, "情報資産", "Information assets",
	app.Text("title", "名称", "Name", func(a *Asset) *string { return &a.Title }).Must().Search().Index(),
	app.Long("content", "情報の内容", "Information", func(a *Asset) *string { return &a.Content }).Search().Seal(),
	app.Text("department", "所管課", "Department", func(a *Asset) *string { return &a.Department }).Must().Search().Index(),
	app.Text("custodian", "管理責任者", "Custodian", func(a *Asset) *string { return &a.Custodian }).Seal(),
	app.One("form", "媒体", "Form", func(a *Asset) *Form { return &a.Form },
		app.First(Electronic, "electronic", "電子", "Electronic"), app.Is(Paper, "紙", "Paper"), app.Is(Both, "電子と紙", "Both")),
	app.Text("place", "保管場所", "Where it is kept", func(a *Asset) *string { return &a.Place }).Must().Search().Seal(),
	app.One("confidentiality", "機密性", "Confidentiality", func(a *Asset) *Confidentiality { return &a.Confidentiality },
		app.Is(Public, "機密性1", "1"), app.Is(Internal, "機密性2", "2"), app.Is(Careful, "機密性3C", "3C"), app.Is(Grave, "機密性3B", "3B"), app.Is(Secret, "機密性3A", "3A")).Must().Index(),
	app.One("integrity", "完全性", "Integrity", func(a *Asset) *Integrity { return &a.Integrity }, app.Is(OtherWhole, "完全性1", "1"), app.Is(HighWhole, "完全性2", "2")).Must().Index(),
	app.One("availability", "可用性", "Availability", func(a *Asset) *Availability { return &a.Availability }, app.Is(OtherReady, "可用性1", "1"), app.Is(HighReady, "可用性2", "2")).Must().Index(),
	app.Rows("kinds", "重要情報の種別", "Kinds of data", func(a *Asset) *[]AssetKindOfData { return &a.Kinds },
		app.One("kind", "種別", "Kind", func(k *AssetKindOfData) *detect.Kind { return &k.Kind }, Kinds...)),
	app.One("persons", "対象者の人数", "Persons", func(a *Asset) *detect.Band { return &a.Persons }, Bands...),
	app.Shown("personal", "個人情報", "Personal data", func(a *Asset) int64 { return one(a.Personal()) }).Index(),
	app.One("retention", "保存期間", "Kept for", func(a *Asset) *Retention { return &a.Retention },
		app.Is(Retention("1"), "1年", "1 year"), app.Is(Retention("3"), "3年", "3 years"), app.Is(Retention("5"), "5年", "5 years"), app.Is(Retention("10"), "10年", "10 years"),
		app.Is(Retention("30"), "30年", "30 years"), app.Is(Retention("ever"), "永年", "For ever"), app.Is(Retention("use"), "常用", "While in use")),
	app.Link("job", "点検", "Scan", JobKind, func(a *Asset) *app.Ref { return &a.Job }).Index(),
	app.One("state", "状態", "State", func(a *Asset) *AssetState { return &a.State }, app.First(Held, "held", "保有", "Held"), app.Is(Disposed, "廃棄済", "Disposed of")).ByRule().Index(),
	app.On("reviewed", "最終確認日", "Last reviewed", func(a *Asset) *app.Day { return &a.Reviewed }).ByRule(),
	app.On("review_by", "次回確認期限", "Next review by", func(a *Asset) *app.Day { return &a.ReviewBy }).ByRule().Index(),
	app.On("disposed", "廃棄日", "Disposed of on", func(a *Asset) *app.Day { return &a.Disposed }).ByRule(),
	app.Text("how", "廃棄の方法", "How it was disposed of", func(a *Asset) *string { return &a.How }).ByRule(),
	app.Long("note", "備考", "Note", func(a *Asset) *string { return &a.Note }).Search().Seal(),
).Clause("3.4.2").Rule(classified).Can(
	app.Do("review", "内容を確認した", "Reviewed", review).Saw("state"),
	app.Do("dispose", "廃棄した", "Disposed of", dispose,
		app.Text("how", "廃棄の方法", "How", func(d *Disposal) *string { return &d.How }).Must()).Saw("state"),
).Lists(
	app.Listed("held", "保有", "Held", app.Where("state", "=", string(Held))).By("title"),
	app.Listed("personal", "個人情報を含むもの", "With personal data", app.Where("state", "=", string(Held)), app.Where("personal", "=", int64(1))).By("title"),
	app.Listed("department", "所管課別", "By department", app.Where("state", "=", string(Held))).Of("department").By("title"),
	app.Listed("unreviewed", "確認期限超過", "Review overdue", app.Where("state", "=", string(Held)), app.Where("review_by", "<", app.Today)).By("review_by"),
	app.Listed("job", "点検別", "By scan").Of("job").By("title"),
	app.Listed("all", "全て", "All").By("title"),
)

var (
	errAssetPublic = app.Refuse(app.Invalid, "confidentiality", "個人情報を含む情報資産は、機密性1にできません。機密性2以上を選んでください。", "an asset with personal data is never of confidentiality 1; choose 2 or more")
	errAssetNumber = app.Refuse(app.Invalid, "confidentiality", "個人番号を含む情報資産は、機密性3Aまたは3Bを選んでください。", "an asset with Individual Numbers is of confidentiality 3A or 3B")
	errAssetGone   = app.Refuse(app.Stale, "state", "廃棄済の情報資産です。変更が必要な場合は、新しく登録してください。", "this asset was disposed of; register another")
)

// classified holds an asset's class against what is in it. The first review is due a
// year after it was registered.
func classified(a *app.Act, before, after *Asset) error {
	switch {
	case before.State == Disposed:
		return errAssetGone
	case after.Personal() && after.Confidentiality == Public:
		return errAssetPublic
	case after.holds(detect.IndividualNumber) && after.Confidentiality != Secret && after.Confidentiality != Grave:
		return errAssetNumber
	}
	after.ReviewBy = cmp.Or(after.ReviewBy, inAYear(a.At))
	return nil
}

// Personal says whether an asset holds personal data: any kind but what is
// confidential without being about somebody, or data about people of unknown kind.
func (a *Asset) Personal() bool {
	about := func(k AssetKindOfData) bool { return k.Kind != detect.Confidential }
	return a.Persons != detect.Nobody || slices.ContainsFunc(a.Kinds, about)
}

func (a *Asset) holds(kind detect.Kind) bool {
	return slices.Contains(a.Kinds, AssetKindOfData{kind})
}

// inAYear is the same day of the next year, in Tokyo; of 29 February, 1 March.
func inAYear(at app.Stamp) app.Day {
	d := civil.DateOf(at.Time())
	d.Year++
	return app.DayOf(civil.DateOf(d.Start()))
}

func review(a *app.Act, s *Asset, _ struct{}) error {
	if s.State == Disposed {
		return errAssetGone
	}
	s.Reviewed, s.ReviewBy = app.DayOf(civil.DateOf(a.At.Time())), inAYear(a.At)
	return nil
}

func dispose(a *app.Act, s *Asset, in Disposal) error {
	if s.State == Disposed {
		return errAssetGone
	}
	s.State, s.Disposed, s.How = Disposed, app.DayOf(civil.DateOf(a.At.Time())), in.How
	return nil
}
