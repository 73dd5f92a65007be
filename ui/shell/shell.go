// Package shell is the frame of the window: navigation, page area, status bar,
// palette, overlays, and the door before a replica is open. It knows sections
// and pages through package ui only.
//
// Use it from the program's main alone. What one section needs is not here: a
// page asks its Host, and the Shell is that host.
package shell

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
	"daicho/ui/theme"
)

// Shell is the open window. It belongs to the UI goroutine.
type Shell struct {
	stage
	records  ui.Records
	link     ui.Link
	sections []ui.Section
	pages    map[string]ui.Page
	outbox   *outbox
	notices  *notices
	settings *settings // nil: it has none
	current  string
	frame    *frame
	counts   map[string]int
	counting task.Slot
	barred   map[string]bool // sections of which the person may read nothing
	stops    []func()
	first    bool      // the first sync had not come to its end when the link told last
	unproved bool      // the server wanted to see the person when the link told last
	rescoped app.Stamp // the change of what may be read that was told last
	lock     func()    // nil: it cannot be locked
	door     *doorPage // in front of everything; nil: the shell is open
	apart    map[app.Ref]*apart
	recent   recent
	another  func() fyne.Window // makes one more; nil: there is but one
}

// outboxID is the page of changes that wait to be sent: the shell's own.
const outboxID = "outbox"

// New shows the sections in the window, the first of them open. After the look
// or the language has changed, close the shell and make a new one: pages keep
// the words they were made with.
func New(window fyne.Window, desk *ui.Desk, records ui.Records, link ui.Link, sections []ui.Section) *Shell {
	s := &Shell{stage: stage{window: window, desk: desk}, records: records, link: link, sections: sections,
		pages: map[string]ui.Page{}, counts: map[string]int{}, apart: map[app.Ref]*apart{}}
	s.recent = recent{shell: s}
	s.tell = s.Say
	s.open = func() ui.Page { return s.pages[s.current] }
	s.drawn = func() []fyne.CanvasObject {
		return []fyne.CanvasObject{s.frame.nav, s.frame.status, s.frame.banner, s.open().View()}
	}
	s.outbox = newOutbox(s)
	s.notices = newNotices(s)
	s.pages[outboxID], s.pages[noticesID] = s.outbox, s.notices
	s.first, s.rescoped = link.Status().First, link.Status().Rescoped
	s.frame = newFrame(s)
	connect(window, desk, s.key, s.shortcut)
	window.SetContent(s.frame)
	listen(window, desk, s.shortcut, s.anywhere(s))
	window.SetOnDropped(func(at fyne.Position, uris []fyne.URI) { s.dropped(s.Locked(), at, uris) })
	s.stops = append(s.stops,
		records.Watch(func(refs []app.Ref) { desk.Tasks.Post(func() { s.changed(refs) }) }),
		link.Watch(func() { desk.Tasks.Post(s.linkChanged) }))
	s.recent.recall()
	s.Go(sections[0].ID)
	s.count()
	s.frame.banner.changed(nil)
	s.notices.read()
	return s
}

// Close keeps what was typed, ends what the shell watches, and closes the windows
// of single records. The first window stays.
func (s *Shell) Close() {
	s.keepTyped()
	for _, a := range s.apart {
		a.window.Close()
	}
	clear(s.apart)
	for _, stop := range s.stops {
		stop()
	}
	s.counting.Stop()
	s.frame.banner.slot.Stop()
}

// Tick draws what depends on the time of day; call it once a minute.
func (s *Shell) Tick() {
	s.frame.Refresh()
	if t, ok := s.pages[s.current].(ui.Ticker); ok {
		t.Tick()
	}
}

// Go opens a section.
func (s *Shell) Go(id string) {
	page := s.page(id)
	if page == nil {
		return
	}
	s.recent.note(s.showing())
	if s.current != id {
		s.frame.sentence = "" // it was about the page before
	}
	s.current = id
	s.frame.show(page.View())
	s.desk.Focus(nil) // what had the keyboard is out of sight
	page.Shown()
	s.focusFirst(page)
}

// keepTyped lets every page and every card keep what was typed there.
func (s *Shell) keepTyped() {
	for _, page := range s.everyPage() {
		if k, ok := page.(ui.Keeper); ok {
			k.Keep()
		}
	}
	s.keepCards()
	for _, a := range s.apart {
		a.keepCards()
	}
}

// page is the page of a section, made when it is first wanted.
func (s *Shell) page(id string) ui.Page {
	if p := s.pages[id]; p != nil {
		return p
	}
	i := slices.IndexFunc(s.sections, func(x ui.Section) bool { return x.ID == id })
	if i < 0 {
		return nil
	}
	p := s.sections[i].New(s)
	s.pages[id] = p
	return p
}

// changed tells the pages and counts anew.
func (s *Shell) changed(refs []app.Ref) {
	for _, p := range s.everyPage() {
		if w, ok := p.(ui.Watcher); ok {
			w.Changed(refs)
		}
	}
	s.count()
	s.frame.banner.changed(refs)
}

// everyPage are the pages made so far, in whatever window.
func (s *Shell) everyPage() (all []ui.Page) {
	for _, p := range s.pages {
		all = append(all, p)
	}
	for _, a := range s.apart {
		all = append(all, a.page)
	}
	return all
}

func (s *Shell) linkChanged() {
	s.frame.linkChanged()
	now := s.link.Status()
	if s.first != now.First || s.rescoped != now.Rescoped {
		s.changed(nil) // what lists say and show is another
	}
	if s.rescoped != now.Rescoped {
		s.Say(theme.Warn, s.desk.Words.T(text.RightsChanged))
	}
	if now.Unproved && !s.unproved {
		s.Say(theme.Warn, s.desk.Words.Sentence(now.Why))
	}
	s.unproved = now.Unproved
	s.first, s.rescoped = now.First, now.Rescoped
	s.outbox.Changed(nil)
}

// count asks every section for its number and whether the person may read any of it,
// off the UI goroutine.
func (s *Shell) count() {
	type counted struct {
		counts map[string]int
		barred map[string]bool
	}
	task.Do(s.desk.Tasks, &s.counting, func(ctx context.Context) (counted, error) {
		out := counted{map[string]int{}, map[string]bool{}}
		for _, x := range s.sections {
			var err error
			if out.barred[x.ID], err = barred(ctx, s.records, x); err != nil {
				return out, err
			}
			if x.Count == nil || out.barred[x.ID] {
				continue
			}
			if out.counts[x.ID], err = x.Count(ctx, s.records); err != nil {
				return out, err
			}
		}
		return out, nil
	}, func(got counted, err error) {
		if err != nil {
			s.Say(theme.Late, s.desk.Words.Error(err))
			return
		}
		s.counts, s.barred = got.counts, got.barred
		s.frame.nav.Refresh()
	})
}

// barred says whether a section is of registers of which the person may read nothing.
func barred(ctx context.Context, records ui.Records, x ui.Section) (bool, error) {
	for _, kind := range x.Kinds {
		if reach, err := records.Reach(ctx, kind); err != nil || !reach.None {
			return false, err
		}
	}
	return len(x.Kinds) > 0, nil
}

// sync sends and fetches now, and asks the person first where the server wants
// to see him.
func (s *Shell) sync() {
	if s.link.Status().Unproved {
		s.Prove()
		return
	}
	task.Go(s.desk.Tasks, s.link.SyncNow, func(err error) {
		if err != nil {
			s.Say(theme.Warn, s.desk.Words.Error(err))
			return
		}
		s.Say(theme.Good, s.desk.Words.T(text.SyncedNow))
	})
}

// What follows makes the Shell a ui.Host.

// Desk is what every widget shares.
func (s *Shell) Desk() *ui.Desk { return s.desk }

// Records is the replica.
func (s *Shell) Records() ui.Records { return s.records }

// Link is the connection to the server.
func (s *Shell) Link() ui.Link { return s.link }

// Open shows a record in the section of its kind.
func (s *Shell) Open(ref app.Ref) {
	if o, ok := s.openKind(ref.Kind).(ui.Opener); ok {
		s.recent.note(ref)
		o.Open(ref)
	}
}

// List shows the section of a kind with one of its named lists.
func (s *Shell) List(kind app.Kind, name string) {
	if l, ok := s.openKind(kind).(ui.Lister); ok && name != "" {
		l.List(name)
	}
}

// New begins a new record in the section of its kind.
func (s *Shell) New(kind app.Kind) {
	if m, ok := s.openKind(kind).(ui.Maker); ok {
		m.New()
	}
}

// Begin opens a new record in the section of its kind as it was filled in.
func (s *Shell) Begin(r app.Record) {
	if m, ok := s.openKind(r.Meta().Ref.Kind).(ui.Maker); ok {
		m.Begin(r)
	}
}

// Say shows one sentence above the status bar until the next one.
func (s *Shell) Say(tone theme.Tone, sentence string) { s.frame.say(tone, sentence) }

var _ ui.Host = (*Shell)(nil)

// railWidth is the width in design pixels below which the navigation has no words.
const railWidth = 1200

// sizes of the frame in design pixels.
const (
	navWide      = 176
	navRail      = 48
	statusHeight = 24
	sayHeight    = 28
)

// mark is the glyph that stands before a sentence of a tone.
func mark(t theme.Tone) string {
	switch t {
	case kit.Good:
		return "○ "
	case kit.Warn:
		return "△ "
	case kit.Late:
		return "× "
	}
	return ""
}
