package shell

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/text"
	"daicho/ui/theme"
)

// status is the bar that says in words what the link does; each of its items
// opens its list. Offline is amber, never red: it is a normal way to work.
type status struct {
	kit.Surface
	shell *Shell
	spots []statusSpot
	over  int
}

type statusSpot struct {
	x, w float32
	do   func()
}

// statusItem is one thing the bar says.
type statusItem struct {
	icon, words string
	tone        theme.Tone
	do          func()
}

func newStatus(s *Shell) *status {
	b := &status{shell: s, over: -1}
	b.Extend(b, s.desk.Look, b.paint)
	return b
}

func (b *status) paint(p *kit.Pen, w, h float32) {
	p.Rect(0, 0, w, h, p.Ground)
	p.H(0, 0, w)
	b.spots = b.spots[:0]
	x := float32(14)
	for i, it := range b.items() {
		x = b.paintItem(p, i, it, x, w, h)
	}
	words := b.shell.desk.Words
	right := words.Today(b.shell.desk.Now())
	device := words.T(text.DeviceNamed, b.shell.link.Status().Device)
	if long := right + "　" + device; p.Width(long, p.Label()) < w-x-20 {
		right = long
	}
	if p.Width(right, p.Label()) < w-x-20 {
		p.Text(x, 0, w-14-x, h, right, p.Label().R())
	}
}

// paintItem draws one item if it fits and returns where the next begins.
func (b *status) paintItem(p *kit.Pen, i int, it statusItem, x, w, h float32) float32 {
	colour := p.Ink2
	if it.tone != kit.Quiet {
		colour = p.Of(it.tone)
	}
	st := p.Label().In(colour)
	need := 18 + p.Width(it.words, st)
	if x+need > w-14 {
		return x
	}
	if b.over == i {
		p.Round(x-6, 2, need+12, h-4, p.Over, 3)
	}
	p.Icon(x, 6, 13, it.icon, colour)
	p.Text(x+18, 0, 0, h, it.words, st)
	b.spots = append(b.spots, statusSpot{x - 6, need + 12, it.do})
	return x + need + 18
}

// items are what the bar says now, the most important first.
func (b *status) items() []statusItem {
	s, words := b.shell.link.Status(), b.shell.desk.Words
	toOutbox := func() { b.shell.Go(outboxID) }
	items := append(b.work(s), statusItem{"upload", words.T(text.ToSend, words.Count(s.Waiting)), kit.Quiet, toOutbox})
	if s.Refused > 0 {
		items = append(items, statusItem{"x", words.T(text.RefusedChanges, words.Count(s.Refused)), kit.Late, func() { b.shell.openKind(app.DismissalKind) }})
	}
	if s.Conflicts > 0 {
		open := func() { b.shell.openKind(app.ConflictKind) }
		items = append(items, statusItem{"git-merge", words.T(text.ConflictCount, words.Count(s.Conflicts)), kit.Unsure, open})
	}
	if s.Asked > 0 {
		open := func() { b.shell.openKind(app.ConflictKind) }
		items = append(items, statusItem{"inbox", words.T(text.AskedOfMe, words.Count(s.Asked)), kit.Unsure, open})
	}
	if n := b.shell.notices.unread(); n > 0 {
		items = append(items, statusItem{"mail", words.T(text.NoticesNow, words.Count(n)), kit.Info, func() { b.shell.Go(noticesID) }})
	}
	return append(items, statusItem{"clock", clockWords(words, s), kit.Quiet, toOutbox})
}

// work is the connection, or in its place what a sync is at, with the way to stop it.
func (b *status) work(s ui.Status) []statusItem {
	if s.Doing.Total == 0 || s.Alarm != 0 {
		return []statusItem{b.connection(s)}
	}
	words, d := b.shell.desk.Words, s.Doing
	return []statusItem{
		{"refresh-cw", words.T(text.WorkDone, words.Of(d.What), words.Number(d.Done), words.Count(d.Total)), kit.Quiet, func() { b.shell.Go(outboxID) }},
		{"x", words.T(text.PauseSync), kit.Quiet, b.shell.link.Pause},
	}
}

func (b *status) connection(s ui.Status) statusItem {
	words, now := b.shell.desk.Words, b.shell.desk.Now()
	toOutbox := func() { b.shell.Go(outboxID) }
	switch {
	case s.Alarm != 0:
		return statusItem{"triangle-alert", words.T(text.RecordRewritten), kit.Late, b.shell.frame.alarm.ask}
	case !s.Enrolled:
		return statusItem{"user", words.T(text.NoServer), kit.Quiet, func() { b.shell.Go(outboxID) }}
	case s.Paused:
		return statusItem{"refresh-cw", words.T(text.SyncPaused), kit.Warn, toOutbox}
	case s.Unproved:
		return statusItem{"key-round", words.T(text.ProofWanted), kit.Warn, b.shell.Prove}
	case s.Halted:
		return statusItem{"triangle-alert", words.T(text.SyncHalted), kit.Late, toOutbox}
	case s.Online:
		return statusItem{"refresh-cw", words.T(text.SyncedAt, words.Moment(s.LastSync, now)), kit.Quiet, b.shell.sync}
	case s.Since == 0:
		return statusItem{"refresh-cw", words.T(text.Connecting), kit.Quiet, b.shell.sync}
	}
	return statusItem{"wifi-off", words.T(text.OfflineSince, words.Moment(s.Since, now)), kit.Warn, func() { b.shell.Go(outboxID) }}
}

func clockWords(words *text.Words, s ui.Status) string {
	if s.ClockErr < 0 {
		return words.T(text.ClockUnknown)
	}
	tenths := (s.ClockErr.Milliseconds() + 99) / 100 // never said to be better than it is
	return words.T(text.ClockWithin, fmt.Sprintf("%d.%d", tenths/10, tenths%10))
}

// AccessibilityLabel is all that the bar says.
func (b *status) AccessibilityLabel() string {
	var said []string
	for _, it := range b.items() {
		said = append(said, it.words)
	}
	return strings.Join(said, "　")
}

// AccessibilityRole is text.
func (b *status) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// Tapped opens an item's list.
func (b *status) Tapped(e *fyne.PointEvent) {
	b.shell.desk.Touch()
	if i := b.at(e.Position.X); i >= 0 {
		b.spots[i].do()
	}
}

func (b *status) at(x float32) int {
	x /= b.shell.desk.Look.Factor()
	for i, s := range b.spots {
		if x >= s.x && x < s.x+s.w {
			return i
		}
	}
	return -1
}

// MouseIn is for Fyne.
func (b *status) MouseIn(*desktop.MouseEvent) {}

// MouseMoved marks the item under the pointer.
func (b *status) MouseMoved(e *desktop.MouseEvent) {
	if over := b.at(e.Position.X); over != b.over {
		b.over = over
		b.Refresh()
	}
}

// MouseOut is for Fyne.
func (b *status) MouseOut() { b.over = -1; b.Refresh() }
