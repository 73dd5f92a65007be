package monitor

import "daicho/app"

var (
	errKept     = app.Refuse(app.Forbidden, "", "申請した監視手法は変更できません。「次の版を作る」で新しい版を作ってください。", "a method that was submitted is never changed; make the next version")
	errState    = app.Refuse(app.Stale, "state", "今の状態からは行えません。記録を開いて状態を確認してください。", "not possible from the state the version is in; look at it")
	errSelf     = app.Refuse(app.Forbidden, "", "自分が申請した監視手法を自分で承認することはできません。市の別の承認者に依頼してください。", "nobody approves what he asked for himself; ask another approver of the city")
	errOutdated = app.Refuse(app.Stale, "previous", "この版を作った後に、別の版が承認されました。承認済みの版から次の版を作り直してください。", "another version was approved since this one was made; make the next one from that")
	errTwice    = app.Refuse(app.Stale, "item", "この監視対象の同じ監視項目には、承認済みの監視手法が別にあります。却下した上で、その監視手法の「次の版を作る」から申請するよう依頼してください。", "another method in force watches this item of the target already; decline this one, and have it asked for as the next version of that")
)

// kept keeps what the city was asked about.
func kept(a *app.Act, before, after *Method) error {
	if before.IsNew() {
		after.Version = max(1, after.Version)
		return nil
	}
	if before.State != Drafted && (before.Target != after.Target || before.Name != after.Name || before.Delivery != after.Delivery || before.Reason != after.Reason ||
		before.Item != after.Item || !same(before.all(), after.all())) {
		return errKept
	}
	return nil
}

func same(a, b []Setting) bool {
	if len(a) != len(b) {
		return false
	}
	there := map[Setting]bool{}
	for _, s := range a {
		there[s] = true
	}
	for _, s := range b {
		if !there[s] {
			return false
		}
	}
	return true
}

func submit(a *app.Act, m *Method, _ struct{}) error {
	if m.State != Drafted {
		return errState
	}
	m.State, m.AskedBy, m.AskedAt = Submitted, person(a), a.At
	return nil
}

// approve puts a version in force, in the place of the one before.
func approve(a *app.Act, m *Method, d Decision) error {
	switch {
	case m.State != Submitted:
		return errState
	case m.AskedBy == person(a):
		return errSelf
	}
	if !m.Previous.IsZero() {
		if err := replace(a, m.Previous); err != nil {
			return err
		}
	}
	if err := alone(a, m); err != nil {
		return err
	}
	m.State, m.DecidedBy, m.DecidedAt, m.Document, m.Review = Approved, person(a), a.At, d.Document, d.Review
	if err := decided(a, m, func(f *Drift) { f.State, f.SettledAt = Settled, a.At }); err != nil {
		return err
	}
	return follow(a, m)
}

// follow holds the changes that are open against the version before against the one that
// took its place: nobody is asked about a version that is in force no more. What the city
// approved with it is settled; what was asked for by another version is open again, since
// that one can never come into force.
func follow(a *app.Act, m *Method) error {
	if m.Previous.IsZero() {
		return nil
	}
	return eachDrift(a, m.Previous, func(f *Drift) bool { return f.Method == m.Previous && f.State != Settled && f.Request != m.Ref }, func(f *Drift) {
		f.Method, f.State, f.Request = m.Ref, Found, app.Ref{}
		if f.Setting != itemName {
			f.Approved = m.value(f.Setting)
		}
		if f.Item != m.Item || f.Setting != itemName && f.Approved == f.Found {
			f.State, f.SettledAt = Settled, a.At
		}
	})
}

func replace(a *app.Act, ref app.Ref) error {
	_, rec, err := a.Load(ref)
	if err != nil {
		return err
	}
	before, ok := rec.(*Method)
	if !ok || before.State != Approved {
		return errOutdated
	}
	before.State = Replaced
	a.Save(before)
	return nil
}

// alone refuses a second method in force for one item of a target: a tool has the item
// once, and could be as one of them at most.
func alone(a *app.Act, m *Method) error {
	refs, err := a.Linked(m.Target, MethodKind)
	if err != nil {
		return err
	}
	for _, ref := range refs {
		if ref == m.Ref || ref == m.Previous {
			continue
		}
		_, rec, err := a.Load(ref)
		if err != nil {
			return err
		}
		if other, ok := rec.(*Method); ok && other.State == Approved && other.Target == m.Target && other.Item == m.Item {
			return errTwice
		}
	}
	return nil
}

// decline leaves the version before in force: what was set otherwise in the tool is
// open again.
func decline(a *app.Act, m *Method, d Decision) error {
	if m.State != Submitted {
		return errState
	}
	m.State, m.DecidedBy, m.DecidedAt, m.Why = Declined, person(a), a.At, d.Why
	return decided(a, m, func(f *Drift) { f.State, f.Request = Found, app.Ref{} })
}

// decided tells the drifts that a version asked about.
func decided(a *app.Act, m *Method, tell func(*Drift)) error {
	return eachDrift(a, m.Ref, func(f *Drift) bool { return f.Request == m.Ref && f.State == Requested }, tell)
}

// eachDrift tells those drifts of a version that are concerned.
func eachDrift(a *app.Act, version app.Ref, concerned func(*Drift) bool, tell func(*Drift)) error {
	refs, err := a.Linked(version, DriftKind)
	if err != nil {
		return err
	}
	for _, ref := range refs {
		_, rec, err := a.Load(ref)
		if err != nil {
			return err
		}
		if f, ok := rec.(*Drift); ok && concerned(f) {
			tell(f)
			a.Save(f)
		}
	}
	return nil
}

func revise(a *app.Act, m *Method, r Revision) error {
	_, err := m.next(a, r.Reason)
	return err
}

// next drafts the version after one that is in force.
func (m *Method) next(a *app.Act, reason string) (*Method, error) {
	if m.State != Approved {
		return nil, errState
	}
	n := &Method{Head: app.Head{Ref: app.Ref{Kind: MethodKind, ID: a.NewID()}}}
	n.Name, n.Target, n.Item, n.Tool, n.Interval, n.Confirmations, n.Delivery = m.Name, m.Target, m.Item, m.Tool, m.Interval, m.Confirmations, m.Delivery
	n.Settings, n.Version, n.Previous, n.Reason = append([]Setting(nil), m.Settings...), m.Version+1, m.Ref, reason
	a.Save(n)
	return n, nil
}
