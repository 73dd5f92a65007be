package notice

import (
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"

	"daicho/app"
)

// LineKind is the kind of lines of the escalation list.
const LineKind app.Kind = "escalation"

// Line is one line of the escalation list (連絡順): who is told of which incidents, how,
// and how long after the first unless somebody has acknowledged by then.
type Line struct {
	app.Head
	Name     string // whom it reaches: an office or a duty rather than a person
	Purpose  Purpose
	After    int // minutes from when the server first tells of the incident
	Way      Way
	To       string  // a mail address, that of a web hook, a telephone number; of the window none
	Severity app.Ref // only incidents that are graded so; zero: all
	Nature   Nature
	System   string // only incidents of this target or system; empty: all
	Off      bool   // not used at present
}

// Purpose is what a line is told.
type Purpose string

// The purposes.
const (
	Telling Purpose = ""        // that there is an incident (通知)
	Warning Purpose = "warning" // that the time to tell of one is running out: our own people
)

// Nature is which incidents a line is told of.
type Nature string

// The natures.
const (
	AnyNature    Nature = ""
	OnlyFailure  Nature = "failure"
	OnlySecurity Nature = "security"
)

var ways = []app.Option[Way]{
	app.Is(Mail, "メール", "Mail"), app.Is(Hook, "Webhook", "Web hook"), app.Is(Desktop, "画面の警報", "Alarm in the window"), app.Is(Phone, "電話", "Telephone"),
}

// Lines is the escalation list.
var Lines = app.Describe(LineKind, "連絡順", "Escalation list",
	app.Text("name", "連絡先", "Whom", func(l *Line) *string { return &l.Name }).Must().Search().Index().Seal(),
	app.One("purpose", "内容", "What", func(l *Line) *Purpose { return &l.Purpose },
		app.First(Telling, "telling", "障害の通知", "Notice of an incident"), app.Is(Warning, "通知期限の予告", "Warning before the limit")),
	app.Int("after", "何分後（確認がない場合）", "Minutes later, unless acknowledged", func(l *Line) *int { return &l.After }).Range(0, 1440).Index(),
	app.One("way", "方法", "Way", func(l *Line) *Way { return &l.Way }, ways...).Must(),
	app.Text("to", "宛先", "To", func(l *Line) *string { return &l.To }).Seal(),
	app.Link("severity", "重大度を限る", "Only this severity", "severity", func(l *Line) *app.Ref { return &l.Severity }),
	app.One("nature", "種別を限る", "Only this nature", func(l *Line) *Nature { return &l.Nature },
		app.First(AnyNature, "any", "全て", "Any"), app.Is(OnlyFailure, "障害", "Failures"), app.Is(OnlySecurity, "セキュリティ", "Security incidents")),
	app.Text("system", "対象・業務を限る", "Only this target", func(l *Line) *string { return &l.System }),
	app.Bool("off", "停止中", "Not used", func(l *Line) *bool { return &l.Off }),
).Clause("3.2.2", "3.4.3").Rule(reaches).Lists(app.Listed("all", "全て", "All").By("after"))

var (
	errMail = app.Refuse(app.Invalid, "to", "メールアドレスとして読み取れません。「名前@ドメイン」の形で入力してください。", "this is no mail address; write name@domain")
	errHook = app.Refuse(app.Invalid, "to", "Webhook の URL は https:// または http:// で始め、利用者名を含めずに入力してください。",
		"the address of a web hook begins with https:// or http:// and names no user")
	errPhone = app.Refuse(app.Invalid, "to", "電話番号として読み取れません。数字と - + ( ) で入力してください。", "this is no telephone number; write digits and - + ( )")
)

// reaches refuses an address that its way cannot use.
func reaches(_ *app.Act, _, l *Line) error {
	switch l.Way {
	case Mail:
		if a, err := mail.ParseAddress(l.To); err != nil || a.Address != l.To {
			return errMail
		}
	case Hook:
		if u, err := url.Parse(l.To); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
			return errHook
		}
	case Phone:
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, l.To)
		if len(digits) < 3 || strings.Trim(l.To, "0123456789-+() ") != "" {
			return errPhone
		}
	}
	return nil
}

// Concerns is what a line needs to know of an incident.
type Concerns struct {
	Severity app.Ref
	Security bool
	Systems  []string // with the target
}

// Tells says whether the line is told of an incident.
func (l *Line) Tells(c Concerns) bool {
	return !l.Off && (l.Severity.IsZero() || l.Severity == c.Severity) &&
		(l.Nature == AnyNature || (l.Nature == OnlySecurity) == c.Security) &&
		(l.System == "" || slices.Contains(c.Systems, l.System))
}

// Delay is how long after the first it is told.
func (l *Line) Delay() time.Duration { return time.Duration(l.After) * time.Minute }
