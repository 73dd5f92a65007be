package disaster

import (
	"strings"

	"daicho/app"
)

var (
	errEnded  = app.Refuse(app.Forbidden, "", "終結した災害宣言は変更できません。", "a disaster that has ended is never changed")
	errNature = app.Refuse(app.Forbidden, "nature", "宣言した後は、訓練と実災害を変更できません。終結してから、新しく宣言してください。",
		"a declared drill never becomes a disaster, or the reverse; end it and declare anew")
	errSooner = app.Refuse(app.Invalid, "since", "困難な事象の発生が、災害の発生日時より前です。日時を確認してください。", "service was difficult before the disaster happened; check both times")
	errFuture = app.Refuse(app.Invalid, "since", "困難な事象の発生が、現在より後です。日時を確認してください。", "service will be difficult in the future only; check the time")
	errTwice  = app.Refuse(app.Stale, "state", "この災害は既に宣言されています。", "this disaster was declared already")
	errNot    = app.Refuse(app.Stale, "state", "この災害は宣言中ではありません。", "this disaster is not declared")
)

// fixed keeps what people act by: whether it is a drill, and all that is over.
func fixed(_ *app.Act, before, after *Disaster) error {
	switch {
	case before.State == Ended:
		return errEnded
	case before.State == Declared && before.Nature != after.Nature:
		return errNature
	}
	return nil
}

func ordered(_ *app.Act, _, after *Disaster) error {
	if after.Since < after.Happened {
		return errSooner
	}
	return nil
}

// drillMark begins the title of every drill: wherever a record is named, it says so.
const drillMark = "【訓練】"

func marked(_ *app.Act, _, after *Disaster) error {
	after.Title = strings.TrimPrefix(after.Title, drillMark)
	if after.Nature == Drill {
		after.Title = drillMark + after.Title
	}
	return nil
}

func person(a *app.Act) app.Ref { return app.Ref{Kind: app.PersonKind, ID: a.Actor.ID} }

func declare(a *app.Act, d *Disaster, _ struct{}) error {
	switch {
	case d.State != Prepared:
		return errTwice
	case d.Since > a.At:
		return errFuture
	}
	d.State, d.DeclaredBy, d.DeclaredAt = Declared, person(a), a.At
	return nil
}

func end(a *app.Act, d *Disaster, e Ending) error {
	if d.State != Declared {
		return errNot
	}
	d.State, d.EndedBy, d.EndedAt, d.Reason = Ended, person(a), a.At, e.Reason
	return nil
}
