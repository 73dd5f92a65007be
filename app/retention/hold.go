package retention

import (
	"cmp"
	"fmt"

	"daicho/app"
	"daicho/app/civil"
)

// HoldKind is the kind of holds.
const HoldKind app.Kind = "hold"

// Hold keeps a record, whatever its retention says, until somebody releases it (凍結).
type Hold struct {
	app.Head
	About      app.Ref
	Basis      Basis
	Reason     string
	By         app.Ref
	Since      app.Stamp
	Released   app.Stamp // zero: it holds
	ReleasedBy app.Ref
	Why        string   // it was released
	Zone       app.Zone // of the record when it was held
}

// Basis is on what ground a record is held.
type Basis string

// The grounds.
const (
	Dispute    Basis = "dispute"
	Audit      Basis = "audit"
	Disclosure Basis = "disclosure"
	Inquiry    Basis = "inquiry"
	Other      Basis = "other"
)

// Release is why a hold ends.
type Release struct{ Why string }

func holds(shelf Shelf) *app.Register[Hold] {
	return Holds.Can(
		app.Do("release", "凍結を解除する", "Release", release(shelf),
			app.Long("why", "解除の理由", "Why", func(r *Release) *string { return &r.Why }).Must().Seal()).Saw("released"),
	).Rule(placed(shelf))
}

// Holds is the register of holds, without what touches the records of others: [Module]
// adds that.
var Holds = app.Describe(HoldKind, "凍結", "Holds",
	app.Link("about", "凍結する記録", "Record", "", func(h *Hold) *app.Ref { return &h.About }).Must().Index(),
	app.One("basis", "根拠", "Ground", func(h *Hold) *Basis { return &h.Basis },
		app.Is(Dispute, "訴訟・紛争", "Dispute"), app.Is(Audit, "監査・検査", "Audit"), app.Is(Disclosure, "情報公開・開示の請求", "Request for disclosure"),
		app.Is(Inquiry, "事故・障害の調査", "Inquiry into a failure"), app.Is(Other, "その他", "Other")).Must().Index(),
	app.Long("reason", "理由", "Reason", func(h *Hold) *string { return &h.Reason }).Must().Search().Seal(),
	app.Link("by", "凍結した者", "Held by", app.PersonKind, func(h *Hold) *app.Ref { return &h.By }).ByRule().Index(),
	app.At("since", "凍結日時", "Since", func(h *Hold) *app.Stamp { return &h.Since }).ByRule().Index(),
	app.At("released", "解除日時", "Released at", func(h *Hold) *app.Stamp { return &h.Released }).ByRule().Index(),
	app.Link("released_by", "解除した者", "Released by", app.PersonKind, func(h *Hold) *app.Ref { return &h.ReleasedBy }).ByRule(),
	app.Long("why", "解除の理由", "Why it was released", func(h *Hold) *string { return &h.Why }).ByRule().Seal(),
	app.One("zone", "領域", "Zone", func(h *Hold) *app.Zone { return &h.Zone }, app.Zones...).ByRule(),
).Clause("3.1.2", "3.4.3").Zoned(func(h *Hold) app.Zone { return h.Zone }).Lists(
	app.Listed("now", "凍結中", "In force", app.Where("released", "=", int64(0))).By("since"),
	app.Listed("basis", "根拠別", "By ground").Of("basis").Newest("since"),
	app.Listed("all", "全て", "All").Newest("since"),
)

var (
	errHoldFixed = app.Refuse(app.Forbidden, "", "凍結の内容は変更できません。解除してから、新しく登録してください。", "a hold never changes; release it and enter another")
	errReleased  = app.Refuse(app.Stale, "released", "この凍結は既に解除されています。", "it was released already")
	errGone      = app.Refuse(app.Stale, "about", "この記録は既に廃棄または消去されているため、凍結できません。", "the record was disposed of or erased already; there is nothing left to hold")
)

func placed(shelf Shelf) func(*app.Act, *Hold, *Hold) error {
	return func(a *app.Act, before, after *Hold) error {
		if !before.IsNew() {
			if before.About != after.About || before.Basis != after.Basis || before.Reason != after.Reason && !after.IsErased() {
				return errHoldFixed
			}
			return nil
		}
		_, about, err := a.Load(after.About)
		switch {
		case err != nil:
			return err
		case about.Meta().IsErased() || a.WasErased(after.About):
			return errGone
		}
		if after.Zone, err = a.ZoneOf(after.About); err != nil {
			return err
		}
		after.By, after.Since = me(a), a.At
		return shelf.Freeze(a, after.About, true)
	}
}

func release(shelf Shelf) func(*app.Act, *Hold, Release) error {
	return func(a *app.Act, h *Hold, in Release) error {
		if h.Released != 0 {
			return errReleased
		}
		h.Released, h.ReleasedBy, h.Why = a.At, me(a), in.Why
		other, err := holdOn(a, h.About)
		if err != nil || other != nil {
			return err
		}
		return shelf.Freeze(a, h.About, false)
	}
}

// holdOn is a hold in force on a record; nil if there is none.
func holdOn(a *app.Act, ref app.Ref) (*Hold, error) {
	refs, err := a.Linked(ref, HoldKind)
	if err != nil {
		return nil, err
	}
	for _, r := range refs {
		_, rec, err := a.Load(r)
		if err != nil {
			return nil, err
		}
		if h := rec.(*Hold); h.About == ref && h.Released == 0 {
			return h, nil
		}
	}
	return nil, nil
}

// Free refuses to erase records of which one is held, or stands within one that is.
func Free(a *app.Act, refs []app.Ref) error {
	asked := map[app.Ref]bool{}
	for _, ref := range refs {
		around, err := a.Around(ref)
		if err != nil {
			return err
		}
		for _, r := range around {
			if asked[r] {
				continue
			}
			asked[r] = true
			h, err := holdOn(a, r)
			switch {
			case err != nil:
				return err
			case h != nil:
				return errHeld(h)
			}
		}
	}
	return nil
}

// errHeld says which hold it is and on what ground. The reason itself is sealed, and a
// refusal is not.
func errHeld(h *Hold) error {
	since := civil.DateOf(h.Since.Time())
	return app.Refuse(app.Forbidden, "held", fmt.Sprintf("凍結されているため、廃棄も消去もできません（%s、%s、%sから）。凍結が解除されるまで待ってください。", cmp.Or(h.Number, "凍結"), Holds.Show(h, "basis", app.JA), since.Wareki()),
		fmt.Sprintf("it is on hold (%s, %s, since %s): nothing of it can be disposed of or erased until that is released", h.Number, Holds.Show(h, "basis", app.EN), since))
}

func me(a *app.Act) app.Ref { return app.Ref{Kind: app.PersonKind, ID: a.Actor.ID} }

func day(at app.Stamp) app.Day { return app.DayOf(civil.DateOf(at.Time())) }
