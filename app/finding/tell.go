package finding

import (
	"slices"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/detect"
	"daicho/app/extract"
)

// What a run tells of a file.
type What string

// What can be told. All but Seen are of a file that is a finding already.
const (
	Seen          What = "seen" // important data, and nothing protects it
	SeenGone      What = "gone"
	SeenProtected What = "protected"
	SeenClean     What = "clean"
	SeenElsewhere What = "elsewhere"
	NotTold       What = "unread" // it, or what it lies in, could not be read
)

var settlements = map[What]Settlement{SeenGone: Gone, SeenProtected: Protected, SeenClean: Clean, SeenElsewhere: Elsewhere}

// Told is what a run tells of one file. All after What is told of what was Seen.
type Told struct {
	Mark       string // the finding's id
	What       What
	Kinds      []KindFound
	Persons    detect.Band
	Type       extract.Type
	Size       int64
	Protection extract.Protection
	Weakness   extract.Note
	Everyone   Everyone
	Content    string
	Department string // of a file that is no finding yet
	Owner      string // the same
	From       string // the id of the finding that it was before it was moved
}

// Telling is some of what a run tells: no more than [batch] files.
type Telling struct{ Files []Told }

// batch is how many files one change tells of. Each reads a few records, of which a
// rule may read 2,000, and makes an effect, of which a page of the sync holds many.
const batch = 100

var tellings = app.Rows("files", "ファイル", "Files", func(t *Telling) *[]Told { return &t.Files },
	app.Text("mark", "照合値", "Mark", func(t *Told) *string { return &t.Mark }),
	app.Text("what", "結果", "What", func(t *Told) *What { return &t.What }),
	app.Rows("kinds", "該当種別", "Kinds", func(t *Told) *[]KindFound { return &t.Kinds }, kindColumns...),
	app.One("persons", "推定人数", "Persons", func(t *Told) *detect.Band { return &t.Persons }, Bands...),
	app.Text("type", "形式", "Format", func(t *Told) *extract.Type { return &t.Type }),
	app.Int("size", "大きさ", "Size", func(t *Told) *int64 { return &t.Size }),
	app.Text("protection", "保護", "Protection", func(t *Told) *extract.Protection { return &t.Protection }),
	app.Text("weakness", "保護の弱点", "Weakness", func(t *Told) *extract.Note { return &t.Weakness }),
	app.Text("everyone", "誰でも読める", "Everyone may read", func(t *Told) *Everyone { return &t.Everyone }),
	app.Text("content", "内容の照合値", "Mark of the content", func(t *Told) *string { return &t.Content }),
	app.Text("department", "所属", "Department", func(t *Told) *string { return &t.Department }),
	app.Text("owner", "管理責任者", "Responsible", func(t *Told) *string { return &t.Owner }),
	app.Text("from", "移動元", "Moved from", func(t *Told) *string { return &t.From }),
).Must().Seal()

var (
	errRunOver = app.Refuse(app.Stale, "state", "終了した実行の結果は記録できません。", "the run has ended; nothing more is told of it")
	errTooMany = app.Refuse(app.Invalid, "files", "一度に記録できるファイルの数を超えています。", "too many files at once")
	errNoSuch  = app.Refuse(app.Invalid, "files", "点検結果にないファイルです。", "no finding of this scan")
)

// tell brings what a run tells into the findings.
func tell(a *app.Act, r *Run, t Telling) error {
	switch {
	case r.Ended != 0:
		return errRunOver
	case len(t.Files) > batch:
		return errTooMany
	}
	job, err := jobOf(a, r.Job)
	if err != nil {
		return err
	}
	for _, told := range t.Files {
		if err := told.bring(a, job, r); err != nil {
			return err
		}
	}
	return nil
}

func (t *Told) bring(a *app.Act, job *Job, r *Run) error {
	id, err := app.ParseID(t.Mark)
	if err != nil {
		return err
	}
	f, err := known(a, id)
	switch {
	case err != nil:
		return err
	case f.IsNew() && t.What != Seen, !f.IsNew() && f.Job != job.Ref:
		return errNoSuch
	case t.What == Seen:
		f.sighted(a, job, r, t)
	case t.What == NotTold:
		f.Unread = true
	default:
		how, is := settlements[t.What]
		if !is {
			return errNoSuch
		}
		f.settle(a, r, how)
	}
	a.Save(f)
	return nil
}

// known is the finding of an id, or a new one.
func known(a *app.Act, id app.ID) (*Finding, error) {
	f, err := app.Get(a, Register, app.Ref{Kind: Kind, ID: id})
	if app.IsCode(err, app.NotFound) {
		return Register.Draft(id), nil
	}
	return f, err
}

// sighted notes that the file lies there unprotected.
func (f *Finding) sighted(a *app.Act, job *Job, r *Run, t *Told) {
	if f.IsNew() {
		f.Job, f.Agent, f.Zone, f.Server = job.Ref, job.Agent, job.Zone, job.Server
		f.Department, f.Owner, f.FirstSeen, f.FirstRun = t.Department, t.Owner, a.At, r.Ref
		if from, err := app.ParseID(t.From); err == nil {
			f.MovedFrom = app.Ref{Kind: Kind, ID: from}
		}
		r.Fresh++
	}
	f.Kinds, f.Persons, f.Type, f.Size = slices.Clone(t.Kinds), t.Persons, t.Type, t.Size
	f.Protection, f.Weakness, f.Everyone, f.Content = t.Protection, t.Weakness, t.Everyone, t.Content
	f.LastSeen, f.Unread = a.At, false
	if f.State == Corrected || f.State == Moved || f.State == Excepted && f.lapsed(a.At) {
		f.reopen()
		r.Reopened++
	}
}

// settle notes that a later run has not found it so any more.
func (f *Finding) settle(a *app.Act, r *Run, how Settlement) {
	f.Unread = false
	if !f.Lies() {
		return
	}
	f.State, f.Settled, f.SettledAt = Corrected, how, a.At
	if how == Elsewhere {
		f.State = Moved
	} else {
		r.Verified++
	}
	if f.Exception == Asked || f.Exception == Approved {
		f.Exception = Over
	}
}

// reopen begins anew with what had been done with. Its ticket stays named; another
// is asked for by hand.
func (f *Finding) reopen() {
	if f.Exception == Approved {
		f.Exception = Over
	}
	f.State, f.Settled, f.SettledAt, f.Due = New, NotSettled, 0, 0
	f.Reopened++
}

// lapsed says whether the last day of the exception has passed, in Tokyo.
func (f *Finding) lapsed(at app.Stamp) bool { return app.DayOf(civil.DateOf(at.Time())) > f.Until }
