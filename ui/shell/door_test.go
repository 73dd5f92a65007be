package shell_test

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/shell"
)

// gate is a door that remembers what was tried.
type gate struct {
	state   ui.DoorState
	tried   []string
	refusal error
}

func (g *gate) State() ui.DoorState { return g.state }
func (g *gate) Unlock(_ context.Context, p []byte) error {
	g.tried = append(g.tried, "unlock "+string(p))
	return g.refusal
}
func (g *gate) UnlockByKeyring(context.Context) error {
	g.tried = append(g.tried, "keyring")
	return g.refusal
}
func (g *gate) Create(_ context.Context, person string, p []byte) error {
	g.tried = append(g.tried, "create "+person+" "+string(p))
	return g.refusal
}
func (g *gate) Enrol(_ context.Context, code string, p []byte) error {
	g.tried = append(g.tried, "enrol "+code+" "+string(p))
	return g.refusal
}

func (g *gate) last() string {
	if len(g.tried) == 0 {
		return ""
	}
	return g.tried[len(g.tried)-1]
}

func door(t *testing.T, v kittest.Variant, g *gate) (win fyne.Window, opened *int) {
	desk := kittest.Desk(t)
	v.Set(desk)
	win = kittest.Window(t, kit.NewSurface(desk.Look, func(*kit.Pen, float32, float32) {}), v.W, v.H)
	opened = new(int)
	shell.NewDoor(win, desk, g, func() { *opened++ })
	return win, opened
}

func TestDoorIsWhole(t *testing.T) {
	for _, v := range kittest.Variants() {
		for name, g := range map[string]*gate{
			"unlock": {state: ui.DoorState{Exists: true, Keyring: true, Device: "7QK4", LastSync: app.StampOf(kittest.Now)},
				refusal: app.Refuse(app.Forbidden, "", "パスフレーズが違います。大文字と小文字を確かめて、もう一度入力してください。", "the passphrase is wrong; check capital letters and try again")},
			"first": {},
		} {
			t.Run(v.Name+"-"+name, func(t *testing.T) {
				win, _ := door(t, v, g)
				kittest.Whole(t, win)
				test.Type(win.Canvas().Focused(), "x")
				win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
				kittest.Whole(t, win)
				kittest.Shot(t, win, "door-"+name+"-"+v.Name)
			})
		}
	}
}

func TestUnlocking(t *testing.T) {
	g := &gate{state: ui.DoorState{Exists: true}, refusal: app.Refuse(app.Forbidden, "", "違います。", "wrong")}
	win, opened := door(t, kittest.Variants()[0], g)
	win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
	if g.last() != "" {
		t.Error("tried with nothing typed")
	}
	test.Type(win.Canvas().Focused(), "secret")
	win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
	if g.last() != "unlock secret" || *opened != 0 {
		t.Errorf("tried %q, opened %d times", g.last(), *opened)
	}
	g.refusal = nil
	test.Type(win.Canvas().Focused(), "better") // the wrong one is gone
	win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
	if g.last() != "unlock better" || *opened != 1 {
		t.Errorf("tried %q, opened %d times", g.last(), *opened)
	}
}

// fields types into the fields of a first run, in order.
func fields(win fyne.Window, texts ...string) {
	for i, s := range texts {
		if i > 0 {
			win.Canvas().FocusNext()
		}
		test.Type(win.Canvas().Focused(), s)
	}
	win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
}

func TestFirstRunChecksBeforeItTries(t *testing.T) {
	for _, c := range []struct {
		typed []string
		want  string
	}{
		{[]string{"CODE", "short", "short"}, ""},
		{[]string{"CODE", "long enough for it", "long enough for him"}, ""},
		{[]string{"", "long enough for it", "long enough for it"}, ""},
		{[]string{"CODE", "long enough for it", "long enough for it"}, "enrol CODE long enough for it"},
	} {
		g := &gate{}
		win, opened := door(t, kittest.Variants()[0], g)
		fields(win, c.typed...)
		if g.last() != c.want || (*opened == 1) != (c.want != "") {
			t.Errorf("%q: tried %q, opened %d times", c.typed, g.last(), *opened)
		}
	}
}
