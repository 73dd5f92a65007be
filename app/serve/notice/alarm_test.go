package notice_test

import (
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/calendar"
	"daicho/app/civil"
	"daicho/app/incident"
	"daicho/app/modules"
	register "daicho/app/notice"
	"daicho/app/serve/notice"
	"daicho/app/sla"
	"daicho/assets"
	"daicho/store"
	"daicho/store/storetest"
)

// watch is a desk that tells people of incidents.
type watch struct {
	*desk
	alarms *notice.Alarms
	server *storetest.Sequencer
}

func newWatch(t *testing.T) *watch {
	t.Helper()
	table, err := calendar.ReadHolidays(assets.Holidays())
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, map[register.Way]notice.Carrier{register.Mail: carrier(func() error { return nil }), register.Hook: carrier(func() error { return errors.New("away") })})
	alarms := &notice.Alarms{Replica: d.Replica, From: "desk@example.jp", Holidays: table, Now: d.clock.Now, Log: slog.New(slog.DiscardHandler)}
	return &watch{d, alarms, storetest.NewSequencer(t, modules.Book())}
}

func (w *watch) write(f func(*store.Tx) error) {
	w.t.Helper()
	if err := w.Replica.Write(w.t.Context(), w.Replica.Actor(), f); err != nil {
		w.t.Fatal(err)
	}
}

func (w *watch) line(change func(*register.Line)) {
	w.t.Helper()
	w.write(func(tx *store.Tx) error {
		rec, err := tx.Draft(register.LineKind)
		if err != nil {
			return err
		}
		l := rec.(*register.Line)
		l.Name, l.Way, l.To = "情報課", register.Mail, "joho@city.example.jp"
		change(l)
		return tx.Save(l)
	})
}

// incident enters a failure.
func (w *watch) incident(change func(*incident.Incident)) *incident.Incident {
	w.t.Helper()
	var i *incident.Incident
	w.write(func(tx *store.Tx) error {
		rec, err := tx.Draft(incident.Kind)
		if err != nil {
			return err
		}
		i = rec.(*incident.Incident)
		i.Title, i.Affects, i.Target = "業務サーバーに接続できない", true, "gyomu01"
		change(i)
		return tx.Save(i)
	})
	return i
}

func (w *watch) do(r app.Record, command string, args ...string) {
	w.t.Helper()
	g := app.AnyRegister(incident.Register)
	if r.Meta().Ref.Kind == register.Kind {
		g = register.Register
	}
	doc, err := app.Args(g, command, args)
	if err != nil {
		w.t.Fatal(err)
	}
	w.write(func(tx *store.Tx) error { return tx.Do(r, command, doc) })
}

// turn is what the server does again and again: nothing comes of doing it once more.
func (w *watch) turn() {
	w.t.Helper()
	w.server.Sync(w.Replica)
	for range 3 {
		if err := w.alarms.Pass(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
		w.pass()
	}
}

// told is who was told what: the subject's beginning, the way and the state.
func (w *watch) told() (all []string) {
	w.t.Helper()
	list, err := app.Every(w.t.Context(), w.Replica, register.Register, app.Query{Sort: "due"})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, n := range list {
		lead, _, _ := strings.Cut(n.Subject, "】")
		all = append(all, strings.TrimPrefix(lead, "【")+" "+string(n.Way)+" "+n.To+" "+string(n.State))
	}
	return all
}

func (w *watch) course(i *incident.Incident) incident.Course {
	w.t.Helper()
	rec, err := w.Replica.Get(w.t.Context(), i.Ref)
	if err != nil {
		w.t.Fatal(err)
	}
	c, err := incident.Load(w.t.Context(), w.Replica, rec.(*incident.Incident))
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

func (w *watch) want(when string, want ...string) {
	w.t.Helper()
	if got := w.told(); !slices.Equal(got, want) {
		w.t.Errorf("%s: %q, want %q", when, got, want)
	}
}

// escalation is a list of four lines, and one of our own.
func (w *watch) escalation() {
	w.line(func(*register.Line) {})
	w.line(func(l *register.Line) { l.Name, l.Way, l.To = "連携", register.Hook, "https://hook.example.jp/" })
	w.line(func(l *register.Line) { l.Name, l.Way, l.To, l.After = "課長", register.Phone, "055-237-1161", 3 })
	w.line(func(l *register.Line) { l.Name, l.To, l.After = "部長", "bucho@city.example.jp", 5 })
	w.line(func(l *register.Line) { l.Name, l.To, l.Purpose = "責任者", "pm@example.com", register.Warning })
}

// TestPeopleAreTold of an incident, one after the other, until somebody acknowledges;
// the incident says when the first of them was reached, and by what.
func TestPeopleAreTold(t *testing.T) {
	w := newWatch(t)
	w.escalation()
	i := w.incident(func(*incident.Incident) {})
	at := w.Now()
	w.turn()
	w.want("at once", "障害通知 mail joho@city.example.jp sent", "障害通知 hook https://hook.example.jp/ ", "障害通知 phone 055-237-1161 ", "障害通知 mail bucho@city.example.jp ")
	c := w.course(i)
	sent, arrived := c.Last(incident.Send), c.Last(incident.Deliver)
	if sent == nil || arrived == nil || sent.Source != sla.Served || arrived.Who != "情報課" || arrived.Way != "メール" || arrived.At.Time().Sub(at) > time.Minute || c.Last(incident.Ack) != nil {
		t.Fatalf("sent %+v, arrived %+v", sent, arrived)
	}
	w.clock.Advance(4 * time.Minute)
	w.turn()
	called := w.of("055-237-1161")
	if called.State != register.Asked {
		t.Errorf("nobody is asked to telephone: %q", called.State)
	}
	w.do(called, "call", "outcome=silent")
	w.do(called, "call", "who=当直")
	w.do(w.of("joho@city.example.jp"), "acknowledge")
	w.clock.Advance(10 * time.Minute)
	w.turn()
	if got := w.of("bucho@city.example.jp").State; got != register.Spared {
		t.Errorf("the next is %q", got)
	}
	if c = w.course(i); c.Last(incident.Ack) == nil || c.Last(incident.Ack).Source != sla.ByPerson || c.Last(incident.Deliver).At != arrived.At {
		t.Errorf("%+v", c.Last(incident.Ack))
	}
	if called := w.of("055-237-1161"); called.State != register.Sent || len(called.Attempts) != 2 {
		t.Errorf("%+v", called)
	}
}

func (w *watch) of(to string) *register.Notice {
	w.t.Helper()
	list, err := app.Every(w.t.Context(), w.Replica, register.Register, app.Query{Sort: "due"})
	if err != nil {
		w.t.Fatal(err)
	}
	i := slices.IndexFunc(list, func(n *register.Notice) bool { return n.To == to })
	if i < 0 {
		w.t.Fatalf("nobody told %s", to)
	}
	return list[i]
}

// TestOurOwnAreWarned at 5 and 8 minutes and past the 10 from when it occurred, while
// nobody was reached.
func TestOurOwnAreWarned(t *testing.T) {
	w := newWatch(t)
	w.Carry[register.Mail] = carrying(func(n *register.Notice) error {
		if n.To == "pm@example.com" {
			return nil
		}
		return errors.New("away")
	})
	w.line(func(*register.Line) {})
	w.line(func(l *register.Line) { l.Name, l.To, l.Purpose = "責任者", "pm@example.com", register.Warning })
	w.clock.Advance(3 * time.Minute)
	i := w.incident(func(*incident.Incident) {})
	w.do(i, "occur", "at="+w.Now().Add(-3*time.Minute).In(civil.Tokyo).Format(time.DateTime), "source=monitoring")
	warned := func() (n int) {
		for _, line := range w.told() {
			if strings.Contains(line, "pm@example.com") {
				n++
			}
		}
		return n
	}
	for _, c := range []struct {
		after time.Duration
		want  int
	}{{0, 0}, {time.Minute, 0}, {2 * time.Minute, 1}, {time.Minute, 1}, {2 * time.Minute, 2}, {3 * time.Minute, 3}, {time.Hour, 3}} {
		w.clock.Advance(c.after)
		w.turn()
		if got := warned(); got != c.want {
			t.Errorf("%v later: %d warnings, want %d: %q", c.after, got, c.want, w.told())
		}
	}
}

// TestPeopleAreToldWithoutAClock: the time of an incident that lies outside of the
// calendar is an error, and no reason to tell nobody.
func TestPeopleAreToldWithoutAClock(t *testing.T) {
	w := newWatch(t)
	w.escalation()
	i := w.incident(func(*incident.Incident) {})
	w.do(i, "occur", "at="+w.Now().In(civil.Tokyo).Format(time.DateTime), "last_good=1969-12-31 00:00:00") // of a tool without a good check
	w.server.Sync(w.Replica)
	for range 2 {
		if err := w.alarms.Pass(t.Context()); !errors.Is(err, calendar.ErrRange) {
			t.Errorf("%v, want %v", err, calendar.ErrRange)
		}
		w.pass()
	}
	w.want("without a clock", "障害通知 mail joho@city.example.jp sent", "障害通知 hook https://hook.example.jp/ ", "障害通知 phone 055-237-1161 ", "障害通知 mail bucho@city.example.jp ")
}

// TestNobodyIsTold of what does not concern him, or any more.
func TestNobodyIsTold(t *testing.T) {
	for name, change := range map[string]func(*watch, *incident.Incident){
		"of what affects nobody": func(w *watch, i *incident.Incident) {
			i.Affects = false
			w.write(func(tx *store.Tx) error { return tx.Save(i) })
		},
		"of what is over":              func(w *watch, i *incident.Incident) { w.do(i, "recover") },
		"of what somebody knows":       func(w *watch, i *incident.Incident) { w.do(i, "ack", "way=電話", "who=情報課") },
		"of what was entered long ago": func(w *watch, _ *incident.Incident) { w.clock.Advance(25 * time.Hour) },
	} {
		w := newWatch(t)
		w.escalation()
		change(w, w.incident(func(*incident.Incident) {}))
		w.turn()
		if told := w.told(); len(told) != 0 {
			t.Errorf("%s: %q", name, told)
		}
	}
	w := newWatch(t)
	w.line(func(l *register.Line) { l.System = "財務" })
	w.line(func(l *register.Line) { l.Nature = register.OnlySecurity })
	w.line(func(l *register.Line) { l.Off = true })
	w.incident(func(*incident.Incident) {})
	w.turn()
	w.want("a failure of another system")
	w.incident(func(i *incident.Incident) { i.Nature, i.Affects = incident.Security, false })
	w.turn()
	w.want("a security incident", "障害通知 mail joho@city.example.jp sent")
}

// TestAGradeTellsMore: who is told of grave failures alone hears when it is graded so.
func TestAGradeTellsMore(t *testing.T) {
	w := newWatch(t)
	var grave app.Ref
	w.write(func(tx *store.Tx) error {
		rec, err := tx.Draft(incident.SeverityKind)
		if err != nil {
			return err
		}
		s := rec.(*incident.Severity)
		s.Name, s.Serious, s.Means = "重大", true, "窓口が止まる。"
		grave = s.Ref
		return tx.Save(s)
	})
	w.line(func(*register.Line) {})
	w.line(func(l *register.Line) { l.To, l.Severity = "bucho@city.example.jp", grave })
	i := w.incident(func(*incident.Incident) {})
	w.turn()
	w.want("before", "障害通知 mail joho@city.example.jp sent")
	w.clock.Advance(time.Minute)
	w.do(i, "grade", "grade="+grave.String())
	w.turn()
	w.want("graded", "障害通知 mail joho@city.example.jp sent", "障害通知 mail bucho@city.example.jp sent")
	w.do(i, "recover")
	w.line(func(l *register.Line) { l.To = "late@city.example.jp" })
	w.turn()
	w.want("recovered", "障害通知 mail joho@city.example.jp sent", "障害通知 mail bucho@city.example.jp sent")
}
