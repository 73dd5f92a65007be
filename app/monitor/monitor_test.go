package monitor_test

import (
	"slices"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/modules"
	"daicho/app/modules/modulestest"
	"daicho/app/monitor"
	"daicho/store"
	"daicho/store/storetest"

	"golang.org/x/text/encoding/japanese"
)

var (
	watcher, officer, head = app.ID{1}, app.ID{2}, app.ID{3}
	server                 = app.Ref{Kind: monitor.TargetKind, ID: app.ID{100}}
	ping                   = app.Ref{Kind: monitor.MethodKind, ID: app.ID{101}}
)

// newOffice has a server that is watched by a method in force: every 3 minutes, 3 times,
// a minute for the notice, which is exactly the 10 minutes of clause 3.2.2.
func newOffice(t *testing.T) *modulestest.Office {
	t.Helper()
	o := modulestest.New(t)
	o.Employ(watcher, access.Monitor)
	o.Employ(officer, access.CityOfficer)
	o.Employ(head, access.CityApprover)
	g := monitor.Targets.Draft(server.ID)
	g.Name, g.Host, g.Managed, g.Schedule = "財務会計サーバー", "fin01", true, "毎日 23:00"
	o.OK(o.Save(watcher, g))
	o.OK(o.Save(watcher, method()))
	o.OK(o.Do(watcher, ping, "submit"))
	o.OK(o.Do(head, ping, "approve", "document=甲情第31号", "review=2027-03-31"))
	return o
}

func method() *monitor.Method {
	m := monitor.Methods.Draft(ping.ID)
	m.Name, m.Target, m.Item, m.Tool = "死活監視", server, "ICMP ping", "Zabbix"
	m.Interval, m.Confirmations, m.Delivery = 180, 3, 60
	m.Settings = []monitor.Setting{{Name: "応答時間の上限", Value: "5s"}, {Name: "損失率の閾値", Value: "20%"}}
	return m
}

func at(o *modulestest.Office, ref app.Ref) *monitor.Method {
	o.Helper()
	return modulestest.Load(o, monitor.Methods, ref)
}

// TestTheCityApprovesEachVersion: what was submitted stands, and the next version takes
// the place of the one before when it is approved.
func TestTheCityApprovesEachVersion(t *testing.T) {
	o := newOffice(t)
	m := at(o, ping)
	if m.State != monitor.Approved || m.Version != 1 || m.Document != "甲情第31号" || m.DecidedBy.ID != head {
		t.Errorf("%+v", m)
	}
	m.Settings[1].Value = "40%"
	o.Is(o.Save(watcher, m), app.Forbidden, "変更できません")
	o.OK(o.Do(watcher, ping, "revise", "reason=誤報が多いため"))
	next := latest(o)
	if n := at(o, next); n.Version != 2 || n.Previous != ping || n.State != monitor.Drafted || len(n.Settings) != 2 {
		t.Fatalf("%+v", n)
	}
	n := at(o, next)
	n.Settings[1].Value = "40%"
	o.OK(o.Save(watcher, n))
	o.Is(o.Do(head, next, "approve", "document=x", "review=2027-03-31"), app.Stale, "今の状態")
	o.OK(o.Do(watcher, next, "submit"))
	o.OK(o.Do(head, next, "approve", "document=甲情第40号", "review=2027-03-31"))
	if at(o, ping).State != monitor.Replaced || at(o, next).State != monitor.Approved {
		t.Errorf("%s, %s", at(o, ping).State, at(o, next).State)
	}
}

func TestNobodyApprovesHisOwn(t *testing.T) {
	o := newOffice(t)
	m := method()
	m.Ref.ID = app.ID{102}
	o.OK(o.Save(head, m))
	o.OK(o.Do(head, m.Ref, "submit"))
	o.Is(o.Do(head, m.Ref, "approve", "document=x", "review=2027-03-31"), app.Forbidden, "自分が申請した")
}

// TestTwoVersionsOfOne: the second of two that were made side by side is outdated.
func TestTwoVersionsOfOne(t *testing.T) {
	o := newOffice(t)
	o.OK(o.Do(watcher, ping, "revise", "reason=A"))
	first := latest(o)
	o.OK(o.Do(officer, ping, "revise", "reason=B"))
	second := latest(o, first)
	for _, v := range []app.Ref{first, second} {
		o.OK(o.Do(watcher, v, "submit"))
	}
	o.OK(o.Do(head, first, "approve", "document=甲情第41号", "review=2027-03-31"))
	o.Is(o.Do(head, second, "approve", "document=甲情第42号", "review=2027-03-31"), app.Stale, "別の版")
}

// TestOneMethodForAnItem: a tool has an item of a host once, so one method of it is in
// force. Other items, and the same of other targets, have their own.
func TestOneMethodForAnItem(t *testing.T) {
	o := newOffice(t)
	other := monitor.Targets.Draft(app.ID{110})
	other.Name, other.Host = "窓口サーバー", "web01"
	o.OK(o.Save(watcher, other))
	var made []app.Ref
	for n, c := range []struct {
		target app.Ref
		item   string
		fine   bool
	}{{server, "ICMP ping", false}, {server, "空き容量", true}, {other.Ref, "ICMP ping", true}, {other.Ref, "ICMP ping", false}} {
		m := method()
		m.Ref.ID, m.Target, m.Item = app.ID{111, byte(n)}, c.target, c.item
		made = append(made, m.Ref)
		o.OK(o.Save(watcher, m))
		o.OK(o.Do(watcher, m.Ref, "submit"))
		err := o.Do(head, m.Ref, "approve", "document=甲情第50号", "review=2027-03-31")
		if c.fine {
			o.OK(err)
			continue
		}
		o.Is(err, app.Stale, "承認済みの監視手法が別にあります")
		if at(o, m.Ref).State != monitor.Submitted {
			t.Errorf("%d: %s", n, at(o, m.Ref).State)
		}
	}
	space := made[1]
	o.OK(o.Do(watcher, space, "revise", "reason=項目の名称が変わった"))
	next := at(o, latest(o, made...))
	next.Item = "ICMP ping"
	o.OK(o.Save(watcher, next))
	o.OK(o.Do(watcher, next.Ref, "submit"))
	o.Is(o.Do(head, next.Ref, "approve", "document=甲情第51号", "review=2027-03-31"), app.Stale, "承認済みの監視手法が別にあります")
	if at(o, space).State != monitor.Approved || at(o, ping).State != monitor.Approved {
		t.Errorf("%s, %s", at(o, space).State, at(o, ping).State)
	}
}

// latest is the version that is drafted or submitted, but for those known.
func latest(o *modulestest.Office, known ...app.Ref) app.Ref {
	o.Helper()
	for ref := range o.Rows {
		if ref.Kind == monitor.MethodKind && ref != ping && !slices.Contains(known, ref) {
			return ref
		}
	}
	o.Fatal("no other version")
	return app.Ref{}
}

func TestTheNoticeInTenMinutes(t *testing.T) {
	m := method()
	for _, c := range []struct {
		interval, confirmations, delivery int
		kept                              bool
	}{{180, 3, 60, true}, {180, 3, 61, false}, {300, 0, 300, true}, {300, 1, 301, false}, {0, 1, 0, false}} {
		m.Interval, m.Confirmations, m.Delivery = c.interval, c.confirmations, c.delivery
		if m.Budget().Kept() != c.kept {
			t.Errorf("%+v", c)
		}
	}
}

// TestUnstableUntilStable: what is set otherwise is written down with why and what came
// of it, and the target stays open until somebody has seen it stable (clause 3.2.1).
func TestUnstableUntilStable(t *testing.T) {
	o := newOffice(t)
	state := func() monitor.State { return modulestest.Load(o, monitor.Targets, server).State }
	o.Is(o.Do(watcher, server, "adjust", "setting=x", "before=1", "after=2", "reason=r"), app.Stale, "不安定と記録されていません")
	o.OK(o.Do(watcher, server, "unsettle", "text=応答が遅い"))
	o.Is(o.Do(watcher, server, "unsettle", "text=応答が遅い"), app.Stale, "既に")
	o.OK(o.Do(watcher, server, "adjust", "setting=接続数の上限", "before=100", "after=200", "reason=接続待ちが多い", "result=改善せず"))
	o.OK(o.Do(watcher, server, "adjust", "setting=メモリ", "before=8GB", "after=16GB", "reason=スワップ", "result=改善"))
	if state() != monitor.Unstable {
		t.Error(state())
	}
	o.OK(o.Do(watcher, server, "settle", "text=3日間安定"))
	var settings []string
	for ref := range o.Rows {
		if ref.Kind == monitor.AdjustmentKind {
			settings = append(settings, modulestest.Load(o, monitor.Adjustments, ref).Setting)
		}
	}
	if slices.Sort(settings); state() != monitor.Stable || !slices.Equal(settings, []string{"メモリ", "不安定", "安定", "接続数の上限"}) {
		t.Errorf("%s %q", state(), settings)
	}
}

const asApproved = `ホスト,監視項目,設定,値
fin01,ICMP ping,監視装置,Zabbix
fin01,ICMP ping,間隔,180
fin01,ICMP ping,確認回数,3
fin01,ICMP ping,応答時間の上限,5s
fin01,ICMP ping,損失率の閾値,20%
`

func items(t *testing.T, text string) []monitor.Item {
	t.Helper()
	all, err := monitor.ReadItems(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestCompare(t *testing.T) {
	hosts := map[app.Ref]string{server: "fin01"}
	for name, c := range map[string]struct {
		text string
		want []string // setting: approved > found
	}{
		"as approved":       {asApproved, nil},
		"a threshold":       {strings.Replace(asApproved, "20%", "40%", 1), []string{"損失率の閾値: 20% > 40%"}},
		"the interval":      {strings.Replace(asApproved, "180", "600", 1), []string{"interval: 180 > 600"}},
		"a setting is gone": {strings.Replace(asApproved, "fin01,ICMP ping,応答時間の上限,5s\n", "", 1), []string{"応答時間の上限: 5s > "}},
		"one more":          {asApproved + "fin01,ICMP ping,再試行,2\n", []string{"再試行:  > 2"}},
		"another item":      {asApproved + "fin01,HTTP,間隔,60\n", []string{"item:  > 監視している"}},
		"the item is gone":  {"host,item,setting,value\nfin01,HTTP,interval,60\n", []string{"item:  > 監視している", "item: 監視する > "}},
		"no interval told":  {strings.Replace(asApproved, "fin01,ICMP ping,間隔,180\n", "", 1), nil},
		"another host":      {"host,item,setting,value\n", nil},
	} {
		var got []string
		for _, d := range monitor.Compare([]*monitor.Method{method()}, hosts, items(t, c.text)) {
			got = append(got, d.Setting+": "+d.Approved+" > "+d.Found)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestFilesThatAreNone(t *testing.T) {
	for text, says := range map[string]string{
		"":                               "見出し",
		"host,item,setting\n":            "value",
		"host,item,setting,value\na,b,,": "2行目",
		"host,item,setting,value\na,b,c,1\na,b,c,2\n": "3行目",
		"\x81": "文字コード",
	} {
		_, err := monitor.ReadItems(strings.NewReader(text))
		if e := app.ErrorOf(err); e == nil || e.Code != app.Invalid || !strings.Contains(e.Say.JA+e.Field, says) {
			t.Errorf("%q: %v", text, err)
		}
	}
	cp932, err := japanese.ShiftJIS.NewEncoder().String(asApproved)
	if err != nil {
		t.Fatal(err)
	}
	if got := items(t, cp932); len(got) != 1 || got[0].Item != "ICMP ping" || len(got[0].Settings) != 5 {
		t.Errorf("%+v", got)
	}
}

// TestInspections: a change is new once, varies, and is over when the tool was set back.
func TestInspections(t *testing.T) {
	r := storetest.New(t, storetest.WithBook(modules.Book()))
	hosts := map[app.Ref]string{server: "fin01"}
	inspect := func(text string) (c monitor.Changed) {
		t.Helper()
		open, err := app.Every(t.Context(), r, monitor.Drifts, app.Query{Where: []app.Cond{app.Where("state", "<>", string(monitor.Settled))}})
		if err != nil {
			t.Fatal(err)
		}
		err = r.Write(t.Context(), r.Actor(), func(tx *store.Tx) (err error) {
			all := items(t, text)
			c, err = monitor.Inspect(tx, open, all, monitor.Compare([]*monitor.Method{method()}, hosts, all))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	changed := strings.Replace(asApproved, "20%", "40%", 1)
	for n, c := range []struct {
		text string
		want monitor.Changed
	}{
		{asApproved, monitor.Changed{}},
		{changed, monitor.Changed{New: 1}},
		{changed, monitor.Changed{Same: 1}},
		{strings.Replace(asApproved, "20%", "50%", 1), monitor.Changed{Varied: 1}},
		{"host,item,setting,value\nweb01,HTTP,interval,60\n", monitor.Changed{New: 1, Same: 1}}, // says nothing of fin01
		{asApproved, monitor.Changed{Restored: 1, Same: 1}},
		{changed, monitor.Changed{New: 1, Same: 1}},
	} {
		if got := inspect(c.text); got != c.want {
			t.Errorf("%d: %+v, want %+v", n, got, c.want)
		}
	}
}

// TestADriftFollowsTheVersionInForce: an inspection holds it against the version that is
// in force now, once, and what is spelled with a space at its end is no news each time.
func TestADriftFollowsTheVersionInForce(t *testing.T) {
	r := storetest.New(t, storetest.WithBook(modules.Book()))
	hosts := map[app.Ref]string{server: "fin01"}
	first, second, third := method(), method(), method()
	second.Ref.ID = app.ID{102}
	third.Ref.ID, third.Settings[1].Value = app.ID{103}, "25% "
	all := items(t, strings.Replace(asApproved, "20%", "40%", 1))
	for n, c := range []struct {
		inForce *monitor.Method
		want    monitor.Changed
	}{{first, monitor.Changed{New: 1}}, {first, monitor.Changed{Same: 1}}, {second, monitor.Changed{Varied: 1}}, {second, monitor.Changed{Same: 1}},
		{third, monitor.Changed{Varied: 1}}, {third, monitor.Changed{Same: 1}}} {
		open, err := app.Every(t.Context(), r, monitor.Drifts, app.Query{})
		if err != nil {
			t.Fatal(err)
		}
		err = r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error {
			got, err := monitor.Inspect(tx, open, all, monitor.Compare([]*monitor.Method{c.inForce}, hosts, all))
			if got != c.want {
				t.Errorf("%d: %+v, want %+v", n, got, c.want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if open, err = app.Every(t.Context(), r, monitor.Drifts, app.Query{}); err != nil || len(open) != 1 {
			t.Fatalf("%d: %d drifts, %v", n, len(open), err)
		}
		if d := open[0]; d.Method != c.inForce.Ref || d.Approved != c.inForce.Settings[1].Value || d.Found != "40%" {
			t.Errorf("%d: %+v", n, d)
		}
	}
}

// TestAskedForAfterAnotherVersion: approval of a change is asked for by the next version
// of the method that is in force now.
func TestAskedForAfterAnotherVersion(t *testing.T) {
	o := newOffice(t)
	d := monitor.Drifts.Draft(app.ID{120})
	d.Title = "fin01 ICMP ping: 損失率の閾値"
	o.OK(o.Save(watcher, d))
	o.OK(o.Do(watcher, d.Ref, "find", "host=fin01", "item=ICMP ping", "setting=損失率の閾値", "approved=20%", "found=40%", "method="+ping.String()))
	o.OK(o.Do(watcher, ping, "revise", "reason=閾値の見直し"))
	second := latest(o)
	o.OK(o.Do(watcher, second, "submit"))
	o.OK(o.Do(head, second, "approve", "document=甲情第40号", "review=2027-03-31"))
	if g := modulestest.Load(o, monitor.Drifts, d.Ref); g.Method != second || g.Approved != "20%" || g.State != monitor.Found {
		t.Errorf("%+v", g)
	}
	o.OK(o.Do(watcher, d.Ref, "vary", "value=50%"))
	o.OK(o.Do(watcher, d.Ref, "request", "reason=誤報が多い"))
	third := at(o, modulestest.Load(o, monitor.Drifts, d.Ref).Request)
	if third.Previous != second || third.Version != 3 || third.State != monitor.Submitted || !slices.Contains(third.Settings, monitor.Setting{Name: "損失率の閾値", Value: "50%"}) {
		t.Errorf("%+v", third)
	}
}

// TestAVersionTakesItsDriftsOver: what is open against a version is held against the one
// that took its place, without an inspection between. What came into force with it is
// settled; what an outdated version asked for is open again; what is settled stays so.
func TestAVersionTakesItsDriftsOver(t *testing.T) {
	o := newOffice(t)
	drift := func(n byte, setting, approved, found string) app.Ref {
		d := monitor.Drifts.Draft(app.ID{n})
		d.Title = "fin01 ICMP ping: " + setting
		o.OK(o.Save(watcher, d))
		o.OK(o.Do(watcher, d.Ref, "find", "host=fin01", "item=ICMP ping", "setting="+setting, "approved="+approved, "found="+found, "method="+ping.String()))
		return d.Ref
	}
	restored := drift(120, "応答時間の上限", "5s", "9s")
	o.OK(o.Do(watcher, restored, "restore"))
	gone := drift(121, "item", "監視する", "")
	asked := drift(122, "interval", "180", "300")
	o.OK(o.Do(watcher, asked, "request", "reason=負荷を下げるため"))
	approved := drift(123, "損失率の閾値", "20%", "40%")
	differs := drift(124, "confirmations", "3", "5")

	o.OK(o.Do(watcher, ping, "revise", "reason=閾値の見直し"))
	second := latest(o, modulestest.Load(o, monitor.Drifts, asked).Request)
	m := at(o, second)
	m.Settings[1].Value, m.Confirmations = "40%", 2
	o.OK(o.Save(watcher, m))
	o.OK(o.Do(watcher, second, "submit"))
	o.OK(o.Do(head, second, "approve", "document=甲情第40号", "review=2027-03-31"))
	for _, c := range []struct {
		ref      app.Ref
		state    monitor.DriftState
		method   app.Ref
		approved string
	}{
		{restored, monitor.Settled, ping, "5s"}, {gone, monitor.Found, second, "監視する"}, {asked, monitor.Found, second, "180"},
		{approved, monitor.Settled, second, "40%"}, {differs, monitor.Found, second, "2"},
	} {
		if d := modulestest.Load(o, monitor.Drifts, c.ref); d.State != c.state || d.Method != c.method || d.Approved != c.approved || !d.Request.IsZero() || (d.SettledAt != 0) != (c.state == monitor.Settled) {
			t.Errorf("%s: %+v", d.Setting, d)
		}
	}
	o.OK(o.Do(watcher, differs, "request", "reason=誤報が多い")) // of the version in force
}

// FuzzItems: whatever lies in a file is read, or refused with a reason.
func FuzzItems(f *testing.F) {
	for _, seed := range []string{asApproved, "", "host,item,setting,value\n\"a", "\xef\xbb\xbfhost,item,setting,value\r\n1,2,3,4"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		all, err := monitor.ReadItems(strings.NewReader(text))
		if err != nil && app.ErrorOf(err).Code != app.Invalid {
			t.Error(err)
		}
		for _, i := range all {
			if i.Host == "" || i.Item == "" || len(i.Settings) == 0 {
				t.Errorf("%+v", i)
			}
		}
		if len(all) > 0 {
			monitor.Compare([]*monitor.Method{method()}, map[app.Ref]string{server: all[0].Host}, all)
		}
	})
}
