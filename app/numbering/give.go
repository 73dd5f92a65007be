package numbering

import "daicho/app"

// Typed is a record of a type that may have a number format of its own.
type Typed interface{ NumberType() string }

// Template is part of [app.Numbering].
func (d ledger) Template(a *app.Act, r app.Record, usual app.NumberTemplate) (app.NumberTemplate, error) {
	t, is := r.(Typed)
	if usual == "" || !is {
		return usual, nil
	}
	f, err := formatOf(a, r.Meta().Ref.Kind, t.NumberType())
	if err != nil || f == nil {
		return usual, err
	}
	return f.template(), nil
}

// Next is part of [app.Numbering]: the first number that is left in a lease of
// this device, in the order of the leases.
func (d ledger) Next(a *app.Act, kind app.Kind, series string) (app.Leased, string, error) {
	refs, err := a.Linked(app.DeviceRef(a.Device()), LeaseKind)
	if err != nil || a.Unused == nil {
		return app.Leased{}, "", err
	}
	for _, ref := range refs {
		l, err := app.Get(a, Leases, ref)
		if err != nil {
			return app.Leased{}, "", err
		}
		if l.Register != kind || l.Series != series || l.State != Open {
			continue
		}
		n, err := a.Unused(ref.ID, l.Taken+1)
		if err != nil {
			return app.Leased{}, "", err
		}
		if l.has(n) {
			l.Taken = n
			a.Save(l)
			return app.Leased{Lease: ref.ID, N: n}, l.number(n), nil
		}
	}
	return app.Leased{}, "", nil
}

// Take is part of [app.Numbering]. Numbers between the last one given and this
// one were put on what was refused: they are void.
func (d ledger) Take(a *app.Act, kind app.Kind, given app.Leased) (string, bool, error) {
	l, err := app.Get(a, Leases, app.Ref{Kind: LeaseKind, ID: given.Lease})
	if app.IsCode(err, app.NotFound) {
		return "", false, nil
	}
	if err != nil || l.Register != kind || l.State != Open || l.Holder != app.DeviceRef(a.Device()) || given.N <= l.Taken || !l.has(given.N) {
		return "", false, err
	}
	if a.Decides() {
		if err = d.settle(a, l, given.N); err != nil {
			return "", false, err
		}
	}
	l.Taken = given.N
	a.Save(l)
	return l.number(given.N), true, nil
}

// settle counts a token's series on to a number, and declares void what was left out.
func (d ledger) settle(a *app.Act, l *Lease, n int64) error {
	if err := l.count(a, n); err != nil {
		return err
	}
	if n == l.Taken+1 {
		return nil
	}
	return d.void(a, app.NumberTemplate(l.Template), l.Series, l.Taken+1, n-1, true)
}

// count brings the server's counter to a number that the holder of a token has given.
func (l *Lease) count(a *app.Act, n int64) error {
	for at := l.Taken; l.Form == Token && at < n; {
		var err error
		if at, err = a.Issue(l.Series); err != nil {
			return err
		}
	}
	return nil
}

// Withheld is part of [app.Numbering].
func (d ledger) Withheld(a *app.Act, series string) (bool, error) {
	l, err := tokenOf(a, series)
	return l != nil, err
}

func (l *Lease) has(n int64) bool { return n >= l.First && (l.Form == Token || n <= l.Last) }

func (l *Lease) number(n int64) string { return app.NumberTemplate(l.Template).Format(l.Series, n) }
