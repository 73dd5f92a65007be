package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"net"
	"strings"
	"sync"
	"time"

	"daicho/app"
	"daicho/sync/client"
	"daicho/sync/wire"
	"daicho/ui"
)

// meetingPort is where a device waits unless the person says otherwise.
const meetingPort = "8444"

// Address is the first address of the machine that is not its own alone.
func (l *link) Address() string {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return "127.0.0.1:" + meetingPort
	}
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil && !n.IP.IsLoopback() && !n.IP.IsLinkLocalUnicast() {
			return net.JoinHostPort(n.IP.String(), meetingPort)
		}
	}
	return "127.0.0.1:" + meetingPort
}

// meeting is one meeting with another device, from the call to its end.
type meeting struct {
	link    *link
	changed func()
	stop    context.CancelFunc
	done    chan struct{}
	answer  chan bool

	mu    sync.Mutex
	state ui.Met
}

func (l *link) Meet(address string, wait bool, changed func()) ui.Meeting {
	ctx, stop := context.WithCancel(context.Background())
	m := &meeting{link: l, changed: changed, stop: stop, done: make(chan struct{}), answer: make(chan bool, 1)}
	m.state.Address = withPort(address)
	l.mu.Lock()
	before := l.meeting
	l.meeting = m
	l.mu.Unlock()
	go m.run(ctx, wait, before)
	return m
}

// withPort adds the usual port to an address that names none, as people type it.
func withPort(address string) string {
	address = strings.Map(narrow, address)
	if _, _, err := net.SplitHostPort(address); err != nil && address != "" {
		return net.JoinHostPort(strings.Trim(address, "[]"), meetingPort)
	}
	return address
}

// endMeeting ends the meeting under way, and returns when the replica is not
// used by it any more.
func (l *link) endMeeting() {
	l.mu.Lock()
	m := l.meeting
	l.mu.Unlock()
	if m != nil {
		m.Stop()
		<-m.done
	}
}

func (m *meeting) State() ui.Met {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.state
}

func (m *meeting) Answer(same bool) {
	select {
	case m.answer <- same:
	default: // it was answered already
	}
}

func (m *meeting) Stop() { m.stop() }

// set changes what is known and tells it.
func (m *meeting) set(change func(*ui.Met)) {
	m.mu.Lock()
	change(&m.state)
	m.mu.Unlock()
	m.changed()
}

// run meets, once the meeting before has left its port.
func (m *meeting) run(ctx context.Context, wait bool, before *meeting) {
	defer close(m.done)
	defer m.stop()
	if before != nil {
		before.Stop()
		<-before.done
	}
	meet := m.call
	if wait {
		meet = m.wait
	}
	met, err := meet(ctx)
	m.link.nudge() // what came goes on as soon as the server is there
	m.set(func(s *ui.Met) {
		s.Stage, s.Work, s.Err = ui.Over, ui.Work{}, err
		s.Gave, s.Took, s.New = met.Gave.Changes, met.Took.Taken.Changes, met.Took.Fresh
	})
}

// client is this device's part of the meeting.
func (m *meeting) client(ctx context.Context) (*client.Meeting, *carrier, error) {
	c, err := m.link.carrier(ctx)
	if err != nil {
		return nil, nil, err
	}
	id, err := app.NewID(app.StampOf(m.link.now()), rand.Reader)
	o := m.link.working(func(w ui.Work) { m.set(func(s *ui.Met) { s.Stage, s.Work = ui.Exchanging, w }) })
	return &client.Meeting{Port: client.Of(c.Replica), Options: o, ID: id,
		Confirm: func(ctx context.Context, code string, other wire.Card) (bool, error) {
			return m.ask(ctx, c, code, other)
		}}, c, err
}

// ask has the person compare the codes.
func (m *meeting) ask(ctx context.Context, c *carrier, code string, other wire.Card) (bool, error) {
	who := c.named(ctx, &other)
	m.set(func(s *ui.Met) { s.Stage, s.Code, s.Other = ui.Comparing, code, who })
	select {
	case <-ctx.Done():
		return false, ctx.Err()
	case same := <-m.answer:
		if same {
			m.set(func(s *ui.Met) { s.Stage = ui.Exchanging })
		}
		return same, nil
	}
}

// callTime is how long the other machine may be silent when it is called.
const callTime = 10 * time.Second

// call meets the device that waits at the address.
func (m *meeting) call(ctx context.Context) (client.Met, error) {
	part, c, err := m.client(ctx)
	if err != nil {
		return client.Met{}, err
	}
	m.changed()
	line, err := (&net.Dialer{Timeout: callTime}).DialContext(ctx, "tcp", m.State().Address)
	if err != nil {
		return client.Met{}, cmp.Or(ended(ctx), app.Because(err, app.Failed, "相手の端末につながりません。アドレスを確認し、相手の端末で「待ち受ける」を押してから、もう一度つないでください。",
			"the other device cannot be reached; check the address, let it wait first, and call again"))
	}
	met, err := part.Connect(ctx, line)
	m.met(ctx, c, met)
	return met, err
}

// met takes in who the other is.
func (m *meeting) met(ctx context.Context, c *carrier, met client.Met) {
	if met.Other.Public == nil {
		return
	}
	who := c.named(context.WithoutCancel(ctx), &met.Other)
	m.set(func(s *ui.Met) { s.Other = who })
}

var errEnded = app.Because(context.Canceled, app.Failed, "交換を中止しました。何も受け渡していません。", "the exchange was stopped; nothing was exchanged")

// ended is why nothing goes on after a stop; nil if there was none.
func ended(ctx context.Context) error {
	if ctx.Err() != nil {
		return errEnded
	}
	return nil
}

// wait waits for one device and ends after it. Who calls and is none of the
// server's is turned away, and does not end the waiting.
func (m *meeting) wait(ctx context.Context) (client.Met, error) {
	part, c, err := m.client(ctx)
	if err != nil {
		return client.Met{}, err
	}
	at, err := net.Listen("tcp", m.State().Address)
	if err != nil {
		return client.Met{}, app.Because(err, app.Failed, "このアドレスでは待ち受けられません。この端末のアドレスと、空いているポート番号（8444 など）を入力してください。",
			"this device cannot wait there; give one of its own addresses and a free port, such as 8444")
	}
	defer at.Close()
	defer context.AfterFunc(ctx, func() { at.Close() })()
	m.set(func(s *ui.Met) { s.Address = at.Addr().String() })
	for {
		line, err := at.Accept()
		if err != nil {
			return client.Met{}, cmp.Or(ended(ctx), err)
		}
		met, err := part.Accept(ctx, line)
		m.met(ctx, c, met)
		if met.Other.Public != nil || ctx.Err() != nil {
			return met, err
		}
		m.set(func(s *ui.Met) { s.Turned, s.Why = s.Turned+1, turnedAway(err) })
	}
}

// turnedAway is why a caller was.
func turnedAway(err error) app.Label {
	var known *app.Error
	if errors.As(err, &known) {
		return known.Say
	}
	return app.Label{}
}

var _ ui.Meeting = (*meeting)(nil)
