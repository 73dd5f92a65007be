package document

import (
	"time"

	"daicho/app"
	"daicho/app/civil"
)

// kept is how many years a class keeps a document, and whether these begin with the end
// of the contract. What is in use is kept without end.
var kept = map[Retention]struct {
	years    int
	contract bool
}{
	Year1: {1, false}, Years3: {3, false}, Years5: {5, false}, Years10: {10, false}, Years30: {30, false},
	Contract1: {1, true}, Contract3: {3, true}, Contract5: {5, true}, Contract10: {10, true},
}

// Expiry is the last day on which a document is kept; zero: there is none, or none yet.
// Years begin on 1 April after the fiscal year in which the matter was completed, or the
// contract ended: the rule of 公文書等の管理に関する法律施行令 第8条, which the
// cities' rules on documents (文書管理規程) share.
func Expiry(class Retention, completed, contractEnds app.Day) app.Day {
	k := kept[class]
	from := completed
	if k.contract {
		from = contractEnds
	}
	if from == 0 || completed == 0 || k.years == 0 {
		return 0
	}
	return app.DayOf(civil.Date{Year: from.Civil().FiscalYear() + 1 + k.years, Month: time.March, Day: 31})
}

var (
	errDisposed  = app.Refuse(app.Forbidden, "disposed", "この文書は廃棄済みのため、変更できません。必要な場合は、新しい文書を登録してください。", "the document was disposed of and never changes again; register another where you need one")
	errCompleted = app.Refuse(app.Invalid, "completed", "完結日が現在より後です。日付を確認してください。", "the day lies in the future; look at it")
)

// retained computes the last day on which a document is kept. What was disposed of
// stays as it is.
func retained(a *app.Act, before, after *Document) error {
	switch {
	case before.Disposed != 0:
		return errDisposed
	case before.Completed != after.Completed && after.Completed > day(a.At):
		return errCompleted
	}
	after.Expires = Expiry(after.Retention, after.Completed, after.ContractEnds)
	return nil
}

// IsOpen says whether a version of the document is being written or judged.
func (d *Document) IsOpen() bool { return d.State == Drafted || d.State == Reviewed }

// Freeze notes in a document whether somebody holds it.
func Freeze(a *app.Act, ref app.Ref, held bool) error {
	d, err := documentAt(a, ref)
	if err != nil || d.Held == held {
		return err
	}
	d.Held = held
	a.Save(d)
	return nil
}

// Dispose notes in a document that it was disposed of. Its content is erased beside that.
func Dispose(a *app.Act, ref app.Ref) error {
	d, err := documentAt(a, ref)
	if err != nil {
		return err
	}
	d.Disposed = day(a.At)
	a.Save(d)
	return nil
}

// Discard proposes to dispose of a document, in a register of another module.
type Discard func(a *app.Act, d *Document, reason string) error

// Proposal is why a document is to be disposed of.
type Proposal struct{ Reason string }

func discarding(discard Discard) *app.Register[Document] {
	return Register.Can(
		app.Do("discard", "廃棄を提案する", "Propose its disposal", func(a *app.Act, d *Document, in Proposal) error { return discard(a, d, in.Reason) },
			app.Long("reason", "理由", "Why", func(p *Proposal) *string { return &p.Reason }).Seal()).Saw("retention", "expires"),
	)
}
