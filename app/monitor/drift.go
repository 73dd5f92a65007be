package monitor

import "daicho/app"

// DriftKind is the kind of unapproved changes.
const DriftKind app.Kind = "monitor_drift"

// Drift is something in a tool that is not as the city approved it (未承認の変更): one
// setting of one item. It is open until the city approves it or the tool is set back.
type Drift struct {
	app.Head
	Title     string
	Host      string
	Item      string
	Setting   string
	Approved  string // empty: it is in no approved version
	Found     string // empty: the tool has it no more
	Method    app.Ref
	State     DriftState
	SeenAt    app.Stamp // first
	Request   app.Ref   // the version that asks for its approval
	SettledAt app.Stamp
}

// DriftState is where an unapproved change stands.
type DriftState string

// The states.
const (
	Found     DriftState = ""
	Requested DriftState = "requested"
	Settled   DriftState = "settled" // the city approved it, or the tool was set back
)

// The arguments of a difference: all of it as it is found first, and what of it may vary.
var (
	find = []app.Field[Difference]{
		app.Text("host", "ホスト", "Host", func(d *Difference) *string { return &d.Host }).Must(),
		app.Text("item", "監視項目", "Item", func(d *Difference) *string { return &d.Item }).Must(),
		app.Text("setting", "設定", "Setting", func(d *Difference) *string { return &d.Setting }).Must(),
		app.Text("approved", "承認された値", "Approved", func(d *Difference) *string { return &d.Approved }),
		app.Text("found", "実際の値", "Found", func(d *Difference) *string { return &d.Found }),
		app.Link("method", "監視手法", "Method", MethodKind, func(d *Difference) *app.Ref { return &d.Method }),
	}
	varied = []app.Field[Difference]{
		app.Text("value", "実際の値", "Found", func(d *Difference) *string { return &d.Found }),
		app.Text("approved", "承認された値", "Approved", func(d *Difference) *string { return &d.Approved }),
		app.Link("method", "監視手法", "Method", MethodKind, func(d *Difference) *app.Ref { return &d.Method }),
	}
)

// Drifts is the register of unapproved changes.
var Drifts = app.Describe(DriftKind, "未承認の変更", "Unapproved changes",
	app.Text("title", "名称", "Name", func(d *Drift) *string { return &d.Title }).Must().Search().Index(),
	app.Text("host", "ホスト", "Host", func(d *Drift) *string { return &d.Host }).ByRule().Search().Index(),
	app.Text("item", "監視項目", "Item", func(d *Drift) *string { return &d.Item }).ByRule().Search(),
	app.Text("setting", "設定", "Setting", func(d *Drift) *string { return &d.Setting }).ByRule(),
	app.Text("approved", "承認された値", "Approved", func(d *Drift) *string { return &d.Approved }).ByRule(),
	app.Text("found", "実際の値", "Found", func(d *Drift) *string { return &d.Found }).ByRule(),
	app.Link("method", "監視手法", "Method", MethodKind, func(d *Drift) *app.Ref { return &d.Method }).ByRule().Index(),
	app.One("state", "状態", "State", func(d *Drift) *DriftState { return &d.State },
		app.First(Found, "found", "未承認", "Not approved"), app.Is(Requested, "承認申請中", "Approval asked for"), app.Is(Settled, "解消", "Settled")).ByRule().Index(),
	app.At("seen", "検出日時", "Seen", func(d *Drift) *app.Stamp { return &d.SeenAt }).ByRule().Index(),
	app.Link("request", "申請した版", "Version asked for", MethodKind, func(d *Drift) *app.Ref { return &d.Request }).ByRule(),
	app.At("settled_at", "解消日時", "Settled at", func(d *Drift) *app.Stamp { return &d.SettledAt }).ByRule(),
).Clause("3.2.1").Rule(seen).Can(
	app.Do("request", "承認を申請する", "Ask for approval", request,
		app.Long("reason", "変更の理由", "Why it was changed", func(r *Revision) *string { return &r.Reason }).Must().Seal()).Saw("state", "found"),
	app.Do("find", "検出した", "Found", note, find...).Saw("state"),
	app.Do("vary", "別の値になった", "It varied", vary, varied...).Saw("found", "approved", "method"),
	app.Do("restore", "元に戻った", "It was set back", restore).Saw("state"),
).Lists(
	app.Listed("open", "未解消", "Not settled", app.Where("state", "<>", string(Settled))).Newest("seen"),
	app.Listed("found", "未承認", "Not approved", app.Where("state", "=", string(Found))).Newest("seen"),
	app.Listed("all", "全て", "All").Newest("seen"),
)

var (
	errSeen    = app.Refuse(app.Forbidden, "", "検出した変更の内容は変更できません。", "what was seen is never changed")
	errMethod  = app.Refuse(app.Invalid, "method", "承認された監視手法がありません。監視手法を新しく登録して、承認を申請してください。", "there is no approved method; register a method and ask for its approval")
	errGone    = app.Refuse(app.Invalid, "found", "監視項目そのものが外れています。監視装置を元に戻すか、監視手法の次の版で申請してください。", "the item itself is gone; set the tool back, or ask by the next version of the method")
	errSettled = app.Refuse(app.Stale, "state", "この変更は既に申請されたか、解消しています。", "approval of this change was asked for already, or it is settled")
)

// seen dates a change by the inspection that found it.
func seen(a *app.Act, before, after *Drift) error {
	if before.IsNew() {
		after.SeenAt = a.At
	}
	return nil
}

// note says what was found, once.
func note(_ *app.Act, d *Drift, f Difference) error {
	if d.Host != "" {
		return errSeen
	}
	d.Host, d.Item, d.Setting, d.Approved, d.Found, d.Method = f.Host, f.Item, f.Setting, f.Approved, f.Found, f.Method
	return nil
}

// request makes the next version of the method, with all that was found otherwise in it,
// and asks the city for its approval.
func request(a *app.Act, d *Drift, r Revision) error {
	switch {
	case d.State != Found:
		return errSettled
	case d.Method.IsZero():
		return errMethod
	case d.Setting == itemName:
		return errGone
	}
	m, err := app.Get(a, Methods, d.Method)
	if err != nil {
		return err
	}
	n, err := m.next(a, r.Reason)
	if err != nil {
		return err
	}
	refs, err := a.Linked(d.Method, DriftKind)
	if err != nil {
		return err
	}
	for _, ref := range refs {
		_, rec, err := a.Load(ref)
		if err != nil {
			return err
		}
		if other, ok := rec.(*Drift); ok && ref != d.Ref && other.State == Found && other.Method == m.Ref && other.Setting != itemName {
			if err := other.ask(n); err != nil {
				return err
			}
			a.Save(other)
		}
	}
	if err := d.ask(n); err != nil {
		return err
	}
	return submit(a, n, struct{}{})
}

// ask puts a change into the version that asks for approval.
func (d *Drift) ask(n *Method) error {
	d.State, d.Request = Requested, n.Ref
	return n.set(d.Setting, d.Found)
}

// vary is a tool that was set otherwise once more, or another version that came into
// force: what was asked for is not what it is.
func vary(_ *app.Act, d *Drift, f Difference) error {
	if d.State == Settled {
		return errSettled
	}
	d.Found, d.State, d.Request = f.Found, Found, app.Ref{}
	if !f.Method.IsZero() || d.Setting == itemName { // a setting is always that of a method: who names none means the same
		d.Approved, d.Method = f.Approved, f.Method
	}
	return nil
}

func restore(a *app.Act, d *Drift, _ struct{}) error {
	if d.State == Settled {
		return errSettled
	}
	d.State, d.SettledAt = Settled, a.At
	return nil
}
