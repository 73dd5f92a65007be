package shell

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/news"
	"daicho/ui/task"
	"daicho/ui/text"
	"daicho/ui/theme"
)

// noticesID is the page of notices: the shell's own.
const noticesID = "notices"

// noticesKept is where it is kept which of them the person has read.
const noticesKept = "notices"

// noticesMost is how many of each sort are told.
const noticesMost = 50

// seen is when a notice came to this device, and whether the person has read it.
type seen struct {
	At   app.Stamp `json:"at"`
	Read bool      `json:"read,omitempty"`
}

// notice is one thing that has come for the person.
type notice struct {
	news.Item
	seen
}

// notices is the page of what has come for the person while he looked elsewhere,
// until it is settled: one calm line tells that something came.
type notices struct {
	kit.Surface
	shell *Shell
	table *kit.Table
	all   *kit.Button
	list  []notice
	known map[string]seen // by key; nil: not recalled yet
	busy  bool            // they are being read
	again bool            // and are out of date already
	slot  task.Slot
	came  func(sentence string) // somebody else wants to hear that something came; nil: nobody
}

// OnNotice is called when something has come for the person, with a sentence that
// says no more than that.
func (s *Shell) OnNotice(came func(sentence string)) { s.notices.came = came }

func newNotices(s *Shell) *notices {
	p := &notices{shell: s}
	w := s.desk.Words
	p.table = kit.NewTable(s.desk, []kit.Column{
		{Name: "state", Title: w.T(text.StateColumn), Kind: kit.BadgeColumn, Width: 100},
		{Name: "at", Title: w.T(text.NoticeAt), Kind: kit.MonoColumn, Width: 124, Drop: 800},
		{Name: "say", Title: w.T(text.NoticeSays), Flex: true, Min: 200},
	}, p, -1, false)
	p.table.SetEmpty(w.T(text.NoNotices), w.T(text.NoNoticesHint))
	p.table.OnOpen(p.open)
	p.all = kit.NewButton(s.desk, kit.Secondary, w.T(text.ReadAll), ui.Ctrl(fyne.KeyReturn), p.readAll)
	p.Extend(p, s.desk.Look, p.paint)
	return p
}

// merge brings what there is together with what was known: the newest first. What
// is settled is forgotten. Fresh are those that came just now.
func merge(items []news.Item, known map[string]seen, now app.Stamp) (list []notice, next map[string]seen, fresh int) {
	next = map[string]seen{}
	for _, i := range items {
		if !i.Mine {
			continue
		}
		was, ok := known[i.Key]
		if !ok {
			was, fresh = seen{At: now}, fresh+1
		}
		next[i.Key] = was
		list = append(list, notice{i, was})
	}
	slices.SortStableFunc(list, func(a, b notice) int { return cmp.Compare(b.At, a.At) })
	return list, next, fresh
}

// read reads what there is now. What changes meanwhile is read after it.
func (p *notices) read() {
	if p.busy {
		p.again = true
		return
	}
	p.busy, p.again = true, false
	s := p.shell
	r, known := news.Reader{Records: s.records, Words: s.desk.Words, Most: noticesMost}, p.known
	if st := s.link.Status(); st.Enrolled {
		r.Me = st.Person
	}
	type found struct {
		items []news.Item
		known map[string]seen
	}
	task.Do(s.desk.Tasks, &p.slot, func(ctx context.Context) (f found, err error) {
		if f.items, err = r.Read(ctx); err == nil && known == nil {
			f.known, err = recallSeen(ctx, s.records)
		}
		return f, err
	}, func(f found, err error) {
		p.busy = false
		switch {
		case err != nil:
			s.Say(theme.Late, s.desk.Words.Error(err))
		default:
			p.show(f.items, f.known)
		}
		if p.again {
			p.read()
		}
	})
}

func recallSeen(ctx context.Context, records ui.Records) (map[string]seen, error) {
	known := map[string]seen{}
	kept, err := records.Recall(ctx, noticesKept)
	if value := kept[noticesKept]; err == nil && value != nil {
		err = json.Unmarshal(value, &known)
	}
	return known, err
}

// show puts what was read on the page, and tells what came since the window was
// opened.
func (p *notices) show(items []news.Item, recalled map[string]seen) {
	s, first := p.shell, p.known == nil
	if first {
		p.known = recalled
	}
	list, next, fresh := merge(items, p.known, app.StampOf(s.desk.Now()))
	if changed := fresh > 0 || len(next) != len(p.known); changed {
		p.keep(next)
	}
	p.list = list
	p.draw()
	if fresh > 0 && !first {
		s.Say(theme.Info, s.desk.Words.T(text.NoticesCame, s.desk.Words.Count(fresh)))
		if p.came != nil {
			p.came(s.desk.Words.T(text.NoticeSystem))
		}
	}
}

// keep remembers what is known, also for the next start.
func (p *notices) keep(known map[string]seen) {
	p.known = known
	value, err := json.Marshal(known)
	if err != nil {
		return
	}
	records := p.shell.records
	task.Go(p.shell.desk.Tasks, func(ctx context.Context) error { return records.Keep(ctx, noticesKept, value) }, func(err error) {
		if err != nil {
			p.shell.Say(theme.Late, p.shell.desk.Words.Error(err))
		}
	})
}

func (p *notices) draw() {
	p.table.Reload()
	p.Refresh()
	p.shell.frame.status.Refresh()
}

// unread is how many the person has not read.
func (p *notices) unread() (n int) {
	for _, x := range p.list {
		if !x.Read {
			n++
		}
	}
	return n
}

// mark notes that some have been read.
func (p *notices) mark(which func(*notice) bool) {
	known := map[string]seen{}
	for i := range p.list {
		if x := &p.list[i]; which(x) {
			x.Read = true
		}
		known[p.list[i].Key] = p.list[i].seen
	}
	p.keep(known)
	p.draw()
}

func (p *notices) readAll() { p.mark(func(*notice) bool { return true }) }

// open shows where people decide about a notice; with that it is read.
func (p *notices) open(ref app.Ref) {
	row := p.Row(ref)
	if row < 0 {
		return
	}
	x := p.list[row]
	p.mark(func(other *notice) bool { return other.Key == x.Key })
	if x.Opens.IsZero() {
		p.shell.List(x.Kind, "")
		return
	}
	p.shell.Open(x.Opens)
}

// View is what stands in the page area.
func (p *notices) View() fyne.CanvasObject { return p }

// Shown reads the list anew.
func (p *notices) Shown() { p.read() }

// Changed reads the list anew: sync may have brought something.
func (p *notices) Changed([]app.Ref) { p.read() }

// Panes is for F6.
func (p *notices) Panes() []fyne.Focusable { return []fyne.Focusable{p.table} }

// Actions are what can be done here.
func (p *notices) Actions() []ui.Action {
	if p.unread() == 0 {
		return nil
	}
	return []ui.Action{{Label: label(text.ReadAll), Icon: "list-checks", Key: ui.Ctrl(fyne.KeyReturn), Primary: true, Do: p.readAll}}
}

func (p *notices) paint(d *kit.Pen, w, h float32) {
	words := p.shell.desk.Words
	d.Rect(0, 0, w, h, d.Sheet)
	right := w - 16
	if p.unread() > 0 {
		right = d.Place(right, 8, p.all)
	}
	n := d.Text(16, 0, right-16, 44, words.T(text.NoticesTitle), d.Title())
	if room := right - n - 44; room > 60 {
		d.Text(28+n, 1, room, 44, words.T(text.NoticesUnread, words.Count(p.unread())), d.Label())
	}
	d.H(0, 44, w)
	d.Add(p.table, 0, 45, w, h-45)
}
