package search

import (
	"testing"

	"daicho/app"
)

// TestOwned: a search is of who saves it, whatever he says, has a name, and is changed by
// nobody else.
func TestOwned(t *testing.T) {
	me, other := app.ID{1}, app.ID{2}
	by := func(id app.ID) *app.Act { return &app.Act{Actor: app.Actor{ID: id}} }
	s := Register.Draft(app.ID{9})
	s.Words, s.Owner = " 帳票　 印刷 ", app.Ref{Kind: app.PersonKind, ID: other}
	if err := owned(by(me), Register.Draft(app.ID{9}), s); err != nil || s.Words != "帳票 印刷" || s.Name != s.Words || s.Owner.ID != me {
		t.Errorf("%+v (%v)", s, err)
	}
	g := Register
	was := g.Draft(app.ID{9})
	doc := app.Doc{}.Patch(g.Diff(s))
	if err := g.Load(was, s.Ref, 1, doc); err != nil {
		t.Fatal(err)
	}
	is := *was
	is.Shared = true
	if err := owned(by(other), was, &is); err != errOther {
		t.Errorf("another changed it (%v)", err)
	}
	if err := owned(by(me), was, &is); err != nil {
		t.Error(err)
	}
	if reader(was) != me || !reader(&is).IsZero() {
		t.Errorf("read by %v, and when shared by %v", reader(was), reader(&is))
	}
}
