package register_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/kit/kittest"
	"daicho/ui/kit/register"
)

var readers = []app.Label{{JA: "問合せ職員", EN: "Inquirer"}, {JA: "情報課担当", EN: "City IT officer"}, {JA: "情報課承認者", EN: "City IT approver"},
	{JA: "市監査担当", EN: "City auditor"}, {JA: "CIO・部長", EN: "CIO"}}

// TestEmptyListSaysWhichRightIsMissing, whom to ask, and no way to make a record.
func TestEmptyListSaysWhichRightIsMissing(t *testing.T) {
	for _, v := range kittest.Variants() {
		t.Run(v.Name, func(t *testing.T) {
			d := kittest.Desk(t)
			v.Set(d)
			r := kittest.NewReplica(t, modules.Book())
			r.Reaches = map[app.Kind]ui.Reach{ticket.Kind: {None: true, Roles: readers}}
			p := register.New(kittest.NewHost(t, d, r), config())
			win := kittest.Window(t, p.View(), v.W-176, v.H)
			p.Shown()
			kittest.Whole(t, win)
			kittest.Shot(t, win, "register-no-rights-"+v.Name)
			said := strings.ReplaceAll(kittest.Words(win), "\n", "")
			for _, want := range map[app.Lang][]string{
				app.JA: {"「問い合わせ」を閲覧する権限がありません", "問合せ職員、情報課担当、情報課承認者、市監査担当など", "システム管理者に依頼してください"},
				app.EN: {"You have no right to read", "Inquirer, City IT officer", "and others", "Ask a system administrator"},
			}[v.Lang] {
				if !strings.Contains(strings.ReplaceAll(said, " ", ""), strings.ReplaceAll(want, " ", "")) {
					t.Errorf("%q is not said: %s", want, said)
				}
			}
		})
	}
}

// TestFewRolesAreNamedAllOfThem.
func TestFewRolesAreNamedAllOfThem(t *testing.T) {
	f := open(t, 1100)
	f.host.Replica.Reaches = map[app.Kind]ui.Reach{ticket.Kind: {None: true, Roles: readers[:2]}}
	f.Shown()
	if !strings.Contains(strings.ReplaceAll(kittest.Words(f.win), "\n", ""), "問合せ職員、情報課担当です") {
		t.Error(kittest.Words(f.win))
	}
}

// TestARecordThatLeavesIsTakenOffTheScreen, and the next one of the list stands
// in its place; where there is only the record, the page says why it is empty.
func TestARecordThatLeavesIsTakenOffTheScreen(t *testing.T) {
	for name, w := range map[string]float32{"beside the list": 1100, "alone": 700} {
		t.Run(name, func(t *testing.T) {
			f := open(t, w, "住民の相談", "二件目")
			f.Open(f.refs[0])
			f.entry(t, "住民の相談")
			f.host.Replica.Drop(f.refs[0])
			f.Changed(nil)
			if f.shows("住民の相談") {
				t.Error("it is still on the screen")
			}
			if !strings.Contains(f.host.LastSaid(), "閲覧できる範囲にない") {
				t.Errorf("said %q", f.host.LastSaid())
			}
			if w > 1000 {
				f.entry(t, "二件目")
			} else if !f.shows("閲覧できる範囲にない") {
				t.Error("nobody says why there is nothing")
			}
		})
	}
}

// TestWhatWasTypedIntoARecordThatLeaves stays until the person discards it, and
// is not recorded.
func TestWhatWasTypedIntoARecordThatLeaves(t *testing.T) {
	f := open(t, 1100, "一件目", "二件目")
	f.Open(f.refs[0])
	f.entry(t, "一件目").SetText("一件目の続き")
	f.host.Replica.Drop(f.refs[0])
	f.Changed(nil)
	f.entry(t, "一件目の続き")
	if !strings.Contains(f.host.LastSaid(), "入力中の記録は、閲覧できる範囲から外れました") {
		t.Errorf("said %q", f.host.LastSaid())
	}
	f.act(t, ui.Ctrl(fyne.KeyReturn))
	f.button(t, "入力を取り消す").Tapped(nil)
	if f.shows("一件目の続き") {
		t.Error("it stays after it was discarded")
	}
}
