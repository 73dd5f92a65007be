package hook_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/incident"
	"daicho/app/modules"
	"daicho/app/monitor"
	"daicho/app/people"
	"daicho/app/serve/hook"
	"daicho/app/sla"
	"daicho/store"
	"daicho/store/storetest"
)

type server struct {
	t *testing.T
	hook.Taker
	clock *storetest.Clock // 2026-11-22 10:00
	log   bytes.Buffer
	http  http.Handler
}

func newServer(t *testing.T) *server {
	t.Helper()
	s := &server{t: t, clock: &storetest.Clock{}}
	s.Replica = storetest.New(t, storetest.WithBook(modules.Book()), storetest.WithClock(s.clock))
	s.Now, s.Wake, s.Grave, s.Log = s.clock.Now, func() {}, monitor.Average, slog.New(slog.NewTextHandler(&s.log, nil))
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte("T-12345\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.http = s.Handler(token)
	return s
}

// problem is a report; each pair of more sets a field.
func problem(more ...string) string {
	r := map[string]string{"eventid": "1001", "host": "財務サーバー", "trigger": "応答がありません", "severity": "4", "value": "1", "time": "2026-11-22T09:55:00+09:00", "opdata": "ping 0"}
	for i := 0; i+1 < len(more); i += 2 {
		r[more[i]] = more[i+1]
	}
	text, _ := json.Marshal(r) // a map of strings
	return string(text)
}

func recovery(more ...string) string {
	return problem(append([]string{"value", "0", "recovery", "2026-11-22T09:58:00+09:00"}, more...)...)
}

func (s *server) post(body string) *httptest.ResponseRecorder {
	return s.ask(http.MethodPost, "Bearer T-12345", body)
}

func (s *server) ask(method, token, body string) *httptest.ResponseRecorder {
	q := httptest.NewRequest(method, hook.Path, strings.NewReader(body))
	q.Header.Set("Authorization", token)
	w := httptest.NewRecorder()
	s.http.ServeHTTP(w, q)
	return w
}

func (s *server) takes(bodies ...string) {
	s.t.Helper()
	for _, b := range bodies {
		if w := s.post(b); w.Code != http.StatusOK {
			s.t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
}

func every[T any](s *server, g *app.Register[T], sort string) []*T {
	s.t.Helper()
	all, err := app.Every(s.t.Context(), s.Replica, g, app.Query{Sort: sort})
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

func at(hour, minute int) app.Stamp {
	return app.StampOf(time.Date(2026, 11, 22, hour, minute, 0, 0, civil.Tokyo))
}

// TestAProblemBecomesAnIncident that began when the tool says it did, and recovers with it.
func TestAProblemBecomesAnIncident(t *testing.T) {
	s := newServer(t)
	s.takes(problem(), problem(), recovery(), recovery(), problem())
	events, incidents := every(s, monitor.Events, "occurred"), every(s, incident.Register, "occurred")
	if len(events) != 1 || len(incidents) != 1 {
		t.Fatalf("%d events, %d incidents", len(events), len(incidents))
	}
	e, i := events[0], incidents[0]
	if e.Host != "財務サーバー" || e.Severity != monitor.High || e.Occurred != at(9, 55) || e.Recovered != at(9, 58) || e.Received != at(10, 0) || e.Incident != i.Ref || e.Detail != "ping 0" {
		t.Errorf("%+v", e)
	}
	if i.Title != "財務サーバー: 応答がありません" || i.Occurred != at(9, 55) || i.State != incident.Recovered || i.Recovered != at(9, 58) || !i.Affects {
		t.Errorf("%+v", i)
	}
	what := map[incident.What]*incident.Step{}
	for _, step := range every(s, incident.Steps, "noted") {
		what[step.What] = step
	}
	if len(what) != 4 || what[incident.Occur].At != at(9, 55) || what[incident.Detect].At != at(10, 0) || what[incident.Recover].At != at(9, 58) || what[incident.Occur].Source != sla.Watched {
		t.Errorf("%+v", what)
	}
}

// watches registers what is monitored.
func (s *server) watches(fill func(*monitor.Target)) *monitor.Target {
	s.t.Helper()
	rec, err := s.Replica.Draft(monitor.TargetKind)
	if err != nil {
		s.t.Fatal(err)
	}
	g := rec.(*monitor.Target)
	fill(g)
	s.write(func(tx *store.Tx) error { return tx.Save(g) })
	return g
}

func (s *server) write(f func(*store.Tx) error) {
	s.t.Helper()
	if err := s.Replica.Write(s.t.Context(), s.Replica.Actor(), f); err != nil {
		s.t.Fatal(err)
	}
}

// TestAReportMeetsTheRegister: an incident says which target failed, which work and site
// it concerns, and how grave that is.
func TestAReportMeetsTheRegister(t *testing.T) {
	s := newServer(t)
	grave := incident.Severities.Draft(app.ID{7})
	grave.Name, grave.Means, grave.Serious = "重大", "業務が止まる", true
	site := people.Sites.Draft(app.ID{8})
	site.Name = "本庁舎"
	s.write(func(tx *store.Tx) error { return errors.Join(tx.Save(grave), tx.Save(site)) })
	fin := s.watches(func(g *monitor.Target) {
		g.Name, g.Host, g.Names, g.Systems, g.Site = "財務会計サーバー", "fin01", []string{"ＦＩＮ01.city.example.jp", "VMホスト/財務会計の死活"}, []string{"財務会計"}, site.Ref
	})
	args, err := app.Args(monitor.Targets, "grade", []string{"severity=" + grave.Ref.String()})
	s.write(func(tx *store.Tx) error { return errors.Join(err, tx.Do(fin, "grade", args)) })
	s.watches(func(g *monitor.Target) { g.Name, g.Host = "仮想基盤", "VMホスト" })
	for n, c := range []struct{ host, item, target string }{
		{"fin01", "", "財務会計サーバー"}, {"fin01.CITY.example.jp", "*UNKNOWN*", "財務会計サーバー"},
		{"VMホスト", "財務会計の 死活", "財務会計サーバー"}, {"VMホスト", "CPU", "仮想基盤"}, {"VMホスト", "{ITEM.NAME}", "仮想基盤"},
	} {
		id := fmt.Sprint(n)
		s.takes(problem("eventid", id, "host", c.host, "item", c.item))
		i := s.incidentOf(id)
		if i.Target != c.target || i.Title != c.host+": 応答がありません" {
			t.Errorf("%+v: %+v", c, i)
		}
		if fin := c.target == "財務会計サーバー"; fin != (i.Severity == grave.Ref) || fin != slices.Equal(i.Systems, []string{"財務会計"}) || fin != slices.Equal(i.Sites, []app.Ref{site.Ref}) {
			t.Errorf("%+v: %+v", c, i)
		}
		s.takes(recovery("eventid", id, "host", c.host))
	}
	for _, e := range every(s, monitor.Events, "occurred") {
		if e.Registration != monitor.Registered || e.Target.IsZero() {
			t.Errorf("%+v", e)
		}
	}
}

// incidentOf is that of an event.
func (s *server) incidentOf(id string) *incident.Incident {
	s.t.Helper()
	rec, err := s.Replica.Get(s.t.Context(), s.event(id).Incident)
	if err != nil {
		s.t.Fatal(err)
	}
	return rec.(*incident.Incident)
}

func (s *server) event(id string) *monitor.Event {
	s.t.Helper()
	for _, e := range every(s, monitor.Events, "occurred") {
		if e.Key == "zabbix:"+id {
			return e
		}
	}
	s.t.Fatalf("no event %s", id)
	return nil
}

// attach says which target an event is of.
func (s *server) attach(id string, to *monitor.Target) {
	s.t.Helper()
	s.write(func(tx *store.Tx) error {
		return tx.Do(s.event(id), "attach", monitor.Attachment{Target: to.Ref}.Args())
	})
}

// TestAnUnknownHost is taken all the same, and listed; one command says what it is, for
// what comes next, too.
func TestAnUnknownHost(t *testing.T) {
	s := newServer(t)
	fin := s.watches(func(g *monitor.Target) {
		g.Name, g.Host, g.Systems = "財務会計サーバー", "fin01", []string{"財務会計"}
	})
	s.takes(problem("eventid", "1"), problem("eventid", "2"), problem("eventid", "3", "host", "別のホスト"))
	if e := s.event("1"); e.Registration != monitor.Unregistered || !e.Target.IsZero() || s.incidentOf("1").Target != "財務サーバー" {
		t.Errorf("%+v", e)
	}
	if n := s.unregistered(); n != 3 {
		t.Errorf("%d are listed", n)
	}
	if said := s.began(s.incidentOf("1")); !strings.Contains(said, "監視対象の一覧にない") {
		t.Error(said)
	}
	s.attach("1", fin)
	if i := s.incidentOf("1"); i.Target != "財務会計サーバー" || !slices.Equal(i.Systems, []string{"財務会計"}) {
		t.Errorf("%+v", i)
	}
	if n := s.unregistered(); n != 1 { // the other event of that incident is of the same host
		t.Errorf("%d are listed", n)
	}
	s.takes(recovery("eventid", "1"), recovery("eventid", "2"), problem("eventid", "4"))
	if e := s.event("4"); e.Target != fin.Ref {
		t.Errorf("%+v", e)
	}
}

// TestTwoTargetsOfOneName: nobody guesses which of them failed; people are told, and say.
func TestTwoTargetsOfOneName(t *testing.T) {
	s := newServer(t)
	s.watches(func(g *monitor.Target) { g.Name, g.Host = "財務会計サーバー", "fin01" })
	twin := s.watches(func(g *monitor.Target) { g.Name, g.Host = "財務会計サーバー（予備）", "FIN01" })
	s.takes(problem("host", "fin01"))
	if e := s.event("1001"); e.Registration != monitor.Ambiguous || !e.Target.IsZero() || len(e.Candidates) != 2 || s.unregistered() != 1 {
		t.Errorf("%+v", e)
	}
	if said := s.began(s.incidentOf("1001")); !strings.Contains(said, "候補が複数あります（財務会計サーバー、財務会計サーバー（予備））") {
		t.Error(said)
	}
	s.attach("1001", twin)
	if i := s.incidentOf("1001"); i.Target != "財務会計サーバー（予備）" || s.event("1001").Registration != monitor.Registered {
		t.Errorf("%+v", i)
	}
}

// TestWhatPeopleGradedStands, whatever the register of targets says.
func TestWhatPeopleGradedStands(t *testing.T) {
	s := newServer(t)
	grave, light := incident.Severities.Draft(app.ID{7}), incident.Severities.Draft(app.ID{8})
	grave.Name, grave.Means, light.Name, light.Means = "重大", "業務が止まる", "軽微", "業務は続く"
	s.write(func(tx *store.Tx) error { return errors.Join(tx.Save(grave), tx.Save(light)) })
	fin := s.watches(func(g *monitor.Target) { g.Name, g.Host = "財務会計サーバー", "fin01" })
	args, err := app.Args(monitor.Targets, "grade", []string{"severity=" + grave.Ref.String()})
	s.write(func(tx *store.Tx) error { return errors.Join(err, tx.Do(fin, "grade", args)) })
	s.takes(problem())
	args, err = app.Args(incident.Register, "grade", []string{"grade=" + light.Ref.String()})
	s.write(func(tx *store.Tx) error { return errors.Join(err, tx.Do(s.incidentOf("1001"), "grade", args)) })
	s.attach("1001", fin)
	if i := s.incidentOf("1001"); i.Severity != light.Ref || i.Target != "財務会計サーバー" {
		t.Errorf("%+v", i)
	}
}

// TestAHostThatFlaps: the fifth time within a day is a sign, written down once while it is
// open, and not again for the same five.
func TestAHostThatFlaps(t *testing.T) {
	s := newServer(t)
	s.watches(func(g *monitor.Target) { g.Name, g.Host = "財務会計サーバー", "財務サーバー" })
	for n := range 7 {
		s.takes(problem("eventid", fmt.Sprint(n), "severity", "2"), recovery("eventid", fmt.Sprint(n), "severity", "2"))
		if made := len(every(s, monitor.Signs, "seen")); made != n/4 {
			t.Fatalf("%d signs after %d times", made, n+1)
		}
	}
	g := every(s, monitor.Signs, "seen")[0]
	if g.Sort != monitor.Unusual || g.Rule != "flapping/応答がありません" || !strings.Contains(g.Evidence, "24時間に5回発生し、4回復旧") || !strings.Contains(g.Evidence, "規則「同じ事象が24時間に5回以上発生」（flapping）") {
		t.Errorf("%+v", g)
	}
	report, err := app.Args(monitor.Signs, "report", []string{"document=報告第1号"})
	s.write(func(tx *store.Tx) error { return errors.Join(err, tx.Do(g, "report", report)) })
	end, err := app.Args(monitor.Signs, "close", []string{"result=回線を交換した"})
	s.write(func(tx *store.Tx) error { return errors.Join(err, tx.Do(g, "close", end)) })
	for n := 10; n < 14; n++ {
		s.takes(problem("eventid", fmt.Sprint(n), "time", "2026-11-22T09:59:00+09:00"))
	}
	if made := len(every(s, monitor.Signs, "seen")); made != 1 {
		t.Errorf("%d signs", made)
	}
	s.takes(problem("eventid", "14", "time", "2026-11-22T09:59:00+09:00"))
	if made := len(every(s, monitor.Signs, "seen")); made != 2 {
		t.Errorf("%d signs", made)
	}
}

// unregistered counts what is listed as of no target.
func (s *server) unregistered() int {
	s.t.Helper()
	all, err := app.Every(s.t.Context(), s.Replica, monitor.Events, app.Query{Where: []app.Cond{app.Where("target", "=", "")}, Sort: "occurred"})
	if err != nil {
		s.t.Fatal(err)
	}
	return len(all)
}

// began is what the course says of the beginning.
func (s *server) began(i *incident.Incident) (note string) {
	s.t.Helper()
	for _, step := range every(s, incident.Steps, "at") {
		if step.Incident == i.Ref && step.What == incident.Occur {
			note = step.Note
		}
	}
	return note
}

func TestARecoveryThatComesFirst(t *testing.T) {
	s := newServer(t)
	s.takes(recovery(), problem())
	if all := every(s, incident.Register, "occurred"); len(all) != 1 || all[0].State != incident.Recovered || all[0].Occurred != at(9, 55) {
		t.Errorf("%+v", all)
	}
}

// TestAStormOfOneHost is one incident, which is over with the last event of it.
func TestAStormOfOneHost(t *testing.T) {
	s := newServer(t)
	for n := range 20 {
		s.takes(problem("eventid", fmt.Sprint(n)))
	}
	s.takes(problem("eventid", "other", "host", "別のサーバー"))
	for n := range 20 {
		all := every(s, incident.Register, "title")
		if len(all) != 2 || all[1].State != incident.Going && all[0].State != incident.Going {
			t.Fatalf("before recovery %d: %d incidents", n, len(all))
		}
		s.takes(recovery("eventid", fmt.Sprint(n)))
	}
	states := map[incident.State]int{}
	for _, i := range every(s, incident.Register, "title") {
		states[i.State]++
	}
	if !maps.Equal(states, map[incident.State]int{incident.Going: 1, incident.Recovered: 1}) {
		t.Errorf("%v", states)
	}
	s.takes(problem("eventid", "21"))
	if n := len(every(s, incident.Register, "title")); n != 3 {
		t.Errorf("%d incidents: one after a recovery is another", n)
	}
}

// signs writes down events of one host that a tool found wrong before.
func (s *server) signs(n int, of app.Ref, recovered app.Stamp) {
	s.t.Helper()
	err := s.Replica.Write(s.t.Context(), s.Replica.Actor(), func(tx *store.Tx) error {
		for n := range n {
			rec, err := tx.Draft(monitor.EventKind)
			if err != nil {
				return err
			}
			e := rec.(*monitor.Event)
			e.Key, e.Title, e.Host, e.Severity, e.Occurred = fmt.Sprintf("zabbix:sign %d", n), "空きが少ない", "財務サーバー", monitor.Warning, at(8, 0)
			e.Incident, e.Recovered = of, recovered
			if err := tx.Save(e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// TestManyWarnings that stay open hide no incident of their host.
func TestManyWarnings(t *testing.T) {
	s := newServer(t)
	s.signs(110, app.Ref{}, 0)
	s.takes(problem("eventid", "1"), problem("eventid", "2"))
	if n := len(every(s, incident.Register, "title")); n != 1 {
		t.Errorf("%d incidents of one host", n)
	}
}

// TestALongIncident: however many of its events recovered, it is over with the last.
func TestALongIncident(t *testing.T) {
	s := newServer(t)
	s.takes(problem("eventid", "1"))
	s.signs(1000, every(s, incident.Register, "title")[0].Ref, at(9, 0))
	s.clock.Advance(time.Second) // the event that still goes on is the newest
	s.takes(problem("eventid", "2"), recovery("eventid", "1"))
	if i := every(s, incident.Register, "title")[0]; i.State != incident.Going {
		t.Errorf("%s before its last event recovered", i.State)
	}
	s.takes(recovery("eventid", "2"))
	if i := every(s, incident.Register, "title")[0]; i.State != incident.Recovered {
		t.Errorf("%s after its last event recovered", i.State)
	}
}

func TestWhatIsNotGrave(t *testing.T) {
	s := newServer(t)
	s.takes(problem("eventid", "1", "severity", "2"), problem("eventid", "2", "severity", "0"), problem("eventid", "3", "severity", "5", "suppressed", "1"))
	if e, i := len(every(s, monitor.Events, "occurred")), len(every(s, incident.Register, "title")); e != 3 || i != 0 {
		t.Errorf("%d events, %d incidents", e, i)
	}
}

// TestBraces: only a macro that the tool did not fill in says nothing.
func TestBraces(t *testing.T) {
	s := newServer(t)
	for opdata, want := range map[string]string{
		"{EVENT.OPDATA}": "", "{ITEM.LASTVALUE1}": "", `{"free":"4 %"}`: `{"free":"4 %"}`, "{C:} 4 %": "{C:} 4 %", "{A}, {B}": "{A}, {B}",
	} {
		s.takes(problem("eventid", "of "+opdata, "trigger", "{C:} の空き", "opdata", opdata))
		for _, e := range every(s, monitor.Events, "key") {
			if e.Key == "zabbix:of "+opdata && (e.Detail != want || e.Title != "{C:} の空き") {
				t.Errorf("%s: %q of %q", opdata, e.Detail, e.Title)
			}
		}
	}
	if n := len(every(s, monitor.Events, "key")); n != 5 {
		t.Errorf("%d events", n)
	}
}

// TestAFastClock: a tool's time that has not come yet is kept as it was told; the
// incident begins now, and says why.
func TestAFastClock(t *testing.T) {
	s := newServer(t)
	s.takes(problem("time", "2026-11-22T10:01:30+09:00"))
	i := every(s, incident.Register, "title")[0]
	if i.Occurred != at(10, 0) || every(s, monitor.Events, "occurred")[0].Occurred != at(10, 1)+30_000 {
		t.Errorf("%s", i.Occurred.RFC3339())
	}
	for _, step := range every(s, incident.Steps, "noted") {
		if step.What == incident.Occur && !strings.HasPrefix(step.Note, "監視装置の時計が90秒進んでいます。") {
			t.Error(step.Note)
		}
	}
}

// TestWhatPeopleDecidedStands: a recovery changes no incident that was closed or stopped.
func TestWhatPeopleDecidedStands(t *testing.T) {
	s := newServer(t)
	s.takes(problem())
	s.decide("close")
	s.takes(recovery())
	if i := every(s, incident.Register, "title")[0]; i.State != incident.Closed {
		t.Error(i.State)
	}
}

// decide is what a person decides on the one incident, whose last report is written.
func (s *server) decide(command string) {
	s.t.Helper()
	i := every(s, incident.Register, "title")[0]
	i.Nature, i.Last = incident.Security, "最終報告"
	err := s.Replica.Write(s.t.Context(), s.Replica.Actor(), func(tx *store.Tx) error {
		if err := tx.Save(i); err != nil {
			return err
		}
		return tx.Do(i, command, nil)
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// TestAProblemAfterADecision: what comes after people recovered or closed an incident is
// another one, though the first event never recovered; what they stopped still goes on.
func TestAProblemAfterADecision(t *testing.T) {
	for command, want := range map[string]int{"close": 2, "recover": 2, "stop": 1} {
		s := newServer(t)
		s.takes(problem())
		s.decide(command)
		s.takes(problem("eventid", "1002"), problem("eventid", "1003"))
		if n := len(every(s, incident.Register, "title")); n != want {
			t.Errorf("after %s: %d incidents, not %d", command, n, want)
		}
		for _, e := range every(s, monitor.Events, "key") {
			if e.Incident.IsZero() {
				t.Errorf("after %s: %s is of no incident", command, e.Key)
			}
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	s := newServer(t)
	for name, c := range map[string]struct {
		method, token, body string
		status              int
		says                string
	}{
		"no token":       {"POST", "", problem(), 401, "トークン"},
		"a wrong token":  {"POST", "Bearer T-12346", problem(), 401, "トークン"},
		"GET":            {"GET", "Bearer T-12345", "", 405, "POST"},
		"no JSON":        {"POST", "Bearer T-12345", "eventid=1", 422, "JSON"},
		"two reports":    {"POST", "Bearer T-12345", problem() + "\n" + problem("eventid", "1002"), 422, "1件"},
		"nothing":        {"POST", "Bearer T-12345", "", 422, "JSON"},
		"another text":   {"POST", "Bearer T-12345", "{\"host\":\"\x8d\xe0\"}", 422, "UTF-8"},
		"no id":          {"POST", "Bearer T-12345", problem("eventid", " "), 422, "eventid"},
		"an empty macro": {"POST", "Bearer T-12345", problem("host", "{HOST.NAME}"), 422, "host"},
		"one by number":  {"POST", "Bearer T-12345", problem("host", "{HOST.NAME1}"), 422, "host"},
		"no date":        {"POST", "Bearer T-12345", problem("time", "{EVENT.DATE}T{EVENT.TIME}+09:00"), 422, "time"},
		"no zone":        {"POST", "Bearer T-12345", problem("time", "2026-11-22T09:55:00"), 422, "時差"},
		"no time":        {"POST", "Bearer T-12345", problem("time", "1970-01-01T00:00:00Z"), 422, "time"},
		"a severity":     {"POST", "Bearer T-12345", problem("severity", "6"), 422, "severity"},
		"a value":        {"POST", "Bearer T-12345", problem("value", "2"), 422, "value"},
		"backwards":      {"POST", "Bearer T-12345", recovery("recovery", "2026-11-22T09:00:00+09:00"), 422, "より前"},
		"too long":       {"POST", "Bearer T-12345", problem("opdata", strings.Repeat("x", hook.MaxReport)), 413, "64 KB"},
	} {
		w := s.ask(c.method, c.token, c.body)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
	if n := len(every(s, monitor.Events, "occurred")); n != 0 {
		t.Errorf("%d events", n)
	}
	if strings.Contains(s.log.String(), "財務") {
		t.Error("the log tells names of hosts")
	}
}

// TestAFlood: what is too much is refused with a time to come again, and is taken then,
// so that nothing is lost.
func TestAFlood(t *testing.T) {
	s := newServer(t)
	refused := []string{}
	for n := range 330 {
		body := problem("eventid", fmt.Sprint(n), "severity", "1")
		if w := s.post(body); w.Code == http.StatusTooManyRequests {
			if w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "--hook-drop") {
				t.Fatalf("%v %s", w.Header(), w.Body)
			}
			refused = append(refused, body)
		}
	}
	if len(refused) != 30 {
		t.Fatalf("%d refused", len(refused))
	}
	s.clock.Advance(time.Minute)
	s.takes(refused...)
	if n := len(every(s, monitor.Events, "occurred")); n != 330 {
		t.Errorf("%d events", n)
	}
}

// TestTheFolder takes files of the same form; what cannot be read is held with a reason,
// and what may still be on its way is left for a while.
func TestTheFolder(t *testing.T) {
	s := newServer(t)
	dir := t.TempDir()
	put := func(name, text string, age time.Duration) {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if when := s.clock.Now().Add(-age); os.Chtimes(file, when, when) != nil {
			t.Fatal("no times")
		}
	}
	put("1.json", problem(), time.Hour)
	put("2.json", recovery(), time.Hour)
	put("3.json", problem()[:40], time.Hour)
	put("4.json", problem("eventid", "4")[:40], time.Second)
	put("5.tmp", problem("eventid", "5"), time.Hour)
	put("6.json", strings.Repeat("x", hook.MaxReport+1), time.Hour)
	put("7.json", problem()+problem("eventid", "7"), time.Hour)
	for n, want := range []int{2, 0} {
		if taken, err := s.Drop(t.Context(), dir); err != nil || taken != want {
			t.Errorf("pass %d: %d taken, %v", n, taken, err)
		}
	}
	put("1.json", problem("eventid", "again"), time.Hour)
	put("4.json", problem("eventid", "4"), time.Second)
	put("6.json", "eventid=6", time.Hour)
	if taken, err := s.Drop(t.Context(), dir); err != nil || taken != 2 {
		t.Errorf("%d taken, %v", taken, err)
	}
	for _, name := range []string{"taken/1.json", "taken/1-2.json", "taken/2.json", "taken/4.json", "held/3.json", "held/3.json.txt", "held/6.json", "held/7.json", "5.tmp"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
	for name, why := range map[string]string{"held/6.json.txt": "64 KB", "held/6-2.json.txt": "JSON"} {
		if text, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !strings.Contains(string(text), why) {
			t.Errorf("%s: %v: %s", name, err, text)
		}
	}
	if n := len(every(s, monitor.Events, "occurred")); n != 3 {
		t.Errorf("%d events", n)
	}
}
