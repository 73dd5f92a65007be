package findings

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/finding"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
	"daicho/ui/theme"
)

// live is the scan that this program runs: what begins it, and how far it is.
type live struct {
	page  *overview
	begin *kit.Button
	card  *kit.Progress // nil: none is under way here
	work  *task.Progress
	facts *scanFacts
	under bool   // a scan is being begun
	next  func() // stops the next look at the scan; nil: there was none
}

func newLive(p *overview) *live {
	l := &live{page: p}
	l.begin = kit.NewButton(p.desk, kit.Secondary, "", scanKey, l.ask)
	l.facts = newScanFacts(p)
	return l
}

var (
	scanKey  = ui.Ctrl(fyne.KeyR)
	scanHere = app.Label{JA: "この端末で点検する", EN: "Scan here"}
	scanOn   = app.Label{JA: "点検を続ける", EN: "Go on scanning"}
)

// mine are the jobs that this device may run.
func (l *live) mine() (jobs []job) {
	if l.page.now == nil {
		return nil
	}
	for _, j := range l.page.now.jobs {
		if j.mine && j.Job.State == finding.Active {
			jobs = append(jobs, j)
		}
	}
	return jobs
}

// label is what beginning is called: going on, where the one job has not ended.
func (l *live) label() app.Label {
	if jobs := l.mine(); len(jobs) == 1 && jobs[0].under != nil {
		return scanOn
	}
	return scanHere
}

// offered says whether a scan can be begun.
func (l *live) offered() bool { return l.card == nil && !l.under && len(l.mine()) > 0 }

// actions are those of beginning and stopping.
func (l *live) actions() []ui.Action {
	switch {
	case l.card != nil:
		return []ui.Action{{Label: app.Label{JA: "点検を中止する", EN: "Stop the scan"}, Icon: "search", Do: l.page.host.Records().Scanner().Stop}}
	case l.offered():
		return []ui.Action{{Label: l.label(), Icon: "search", Key: scanKey, Do: l.ask}}
	}
	return nil
}

// ask begins the one job, or lets the person choose among several.
func (l *live) ask() {
	jobs, desk := l.mine(), l.page.desk
	if !l.offered() {
		return
	}
	if len(jobs) == 1 {
		l.start(jobs[0].Job.Ref)
		return
	}
	var shut func()
	var buttons []*kit.Button
	for _, j := range jobs {
		word := j.Job.Title
		if j.under != nil {
			word += l.page.words.Of(app.Label{JA: "（続きから）", EN: " (go on)"})
		}
		buttons = append(buttons, kit.NewButton(desk, kit.Secondary, word, ui.Key{}, func() { shut(); l.start(j.Job.Ref) }))
	}
	buttons = append(buttons, kit.NewButton(desk, kit.Secondary, desk.Words.T(text.Leave), ui.Plain(fyne.KeyEscape), func() { shut() }))
	card := kit.NewSurface(desk.Look, func(p *kit.Pen, w, h float32) {
		p.Text(18, 8, w-36, 28, l.page.words.Of(scanHere), p.Subject())
		for i, x := range buttons {
			p.Add(x, 18, 44+float32(i)*36, w-36, 28)
		}
	})
	shut = l.page.host.Ask(card, fyne.NewSize(380, 56+float32(len(buttons))*36))
	desk.Focus(buttons[0])
}

func (l *live) start(job app.Ref) {
	scanner, page := l.page.host.Records().Scanner(), l.page
	l.under = true
	task.Go(page.desk.Tasks, func(ctx context.Context) error { return scanner.Begin(ctx, job) }, func(err error) {
		l.under = false
		if err != nil {
			page.host.Say(kit.Late, page.words.Error(err))
		}
		l.follow()
		page.Refresh()
	})
}

// follow shows the scan under way, if there is one, and looks at it once a second
// until it is over.
func (l *live) follow() {
	scan := l.page.host.Records().Scanner().State()
	if scan.Over || scan.Work == nil || scan.Work == l.work {
		return
	}
	p := l.page
	l.work = scan.Work
	l.card = kit.NewProgress(p.desk, scan.Work, "", ui.Key{}, ui.Key{}, p.host.Records().Scanner().Stop).InBytes()
	l.facts.show(scan)
	l.later()
	p.Refresh()
}

// later looks once more in a second, and only once: of a scan that follows another at
// once, as after an unlocking, the look of the one before is still to come.
func (l *live) later() {
	if l.next != nil {
		l.next()
	}
	l.next = task.After(l.page.desk.Tasks, time.Second, l.look)
}

// look shows how far the scan is by now.
func (l *live) look() {
	scan := l.page.host.Records().Scanner().State()
	if scan.Work == l.work && !scan.Over {
		l.card.Refresh()
		l.facts.show(scan)
		l.later()
		return
	}
	l.card.End()
	l.card, l.work = nil, nil
	if scan.Over {
		l.page.host.Say(l.ended(scan))
	}
	l.follow() // after an unlocking it may go on as another work
	l.page.load()
}

// ended says how a scan has ended.
func (l *live) ended(scan ui.Scan) (theme.Tone, string) {
	w := l.page.words
	switch {
	case scan.Err != nil:
		return kit.Late, w.Error(scan.Err)
	case scan.Stopped:
		return kit.Plain, w.Of(app.Label{JA: "点検を中断しました。「点検を続ける」で続きから再開します。", EN: "The scan was paused. It goes on from there when you go on scanning."})
	}
	return kit.Good, w.Of(app.Label{JA: "点検が終わりました。検出 ", EN: "The scan is over. Files found: "}) + w.files(int64(scan.Found)) + w.Of(app.Label{JA: "、読取不可 ", EN: ", not read: "}) + w.files(unread(scan)) + w.Of(app.Label{JA: "。", EN: "."})
}

func unread(scan ui.Scan) (n int64) {
	for _, u := range scan.Unread {
		n += u.Count
	}
	return n
}

// liveHigh is the height of the band with the scan under way.
const liveHigh = 104 + factsHigh

// paint draws the band, if there is one, and returns where the page goes on.
func (l *live) paint(d *kit.Pen, w, y float32) float32 {
	if l.card == nil {
		return y
	}
	d.Add(l.card, margin, y, w-2*margin, 92)
	d.Add(l.facts, margin, y+96, w-2*margin, factsHigh-4)
	return y + liveHigh
}

// scanFacts are the lines below the progress of a scan. They are only seen, and read
// aloud.
type scanFacts struct {
	kit.Surface
	page *overview
	scan ui.Scan
}

const factsHigh = 68

func newScanFacts(p *overview) *scanFacts {
	f := &scanFacts{page: p}
	f.Extend(f, p.desk.Look, func(d *kit.Pen, w, _ float32) {
		if f.scan.Work == nil {
			return
		}
		d.Text(14, 0, w-28, 20, f.read(), d.Body())
		where := f.page.words.Of(app.Label{JA: "フォルダー：", EN: "Folder: "})
		x := 14 + d.Text(14, 20, 0, 20, where, d.Label())
		d.Text(x, 20, w-14-x, 20, tail(d, f.scan.Folder, w-14-x, d.Label()), d.Label())
		d.Text(14, 40, w-28, 20, f.said(), d.Label())
	})
	return f
}

func (f *scanFacts) show(scan ui.Scan) {
	f.scan = scan
	f.Refresh()
}

// read says which scan it is, and how many of its files were read.
func (f *scanFacts) read() string {
	w, s := f.page.words, f.scan
	said := s.Title + w.T(text.FactGap)
	if s.AllFiles == 0 {
		return said + w.files(int64(s.Files)) + w.Of(app.Label{JA: "（全体の数を数えています）", EN: " (counting how many there are)"})
	}
	return said + w.fraction(int64(s.Files), int64(s.AllFiles)) + w.Of(app.Label{JA: "", EN: " files"})
}

// said is what was found, and what could not be read and why.
func (f *scanFacts) said() string {
	w, s := f.page.words, f.scan
	said := w.Of(app.Label{JA: "検出 ", EN: "Found "}) + w.files(int64(s.Found)) + w.T(text.FactGap) + w.Of(app.Label{JA: "読取不可 ", EN: "not read "}) + w.files(unread(s))
	var why []string
	for _, u := range s.Unread {
		why = append(why, w.Of(u.Why)+" "+w.files(u.Count))
	}
	if len(why) == 0 {
		return said
	}
	return said + w.Of(app.Label{JA: "（", EN: " ("}) + strings.Join(why, w.Of(app.Label{JA: "、", EN: ", "})) + w.Of(app.Label{JA: "）", EN: ")"})
}

// AccessibilityLabel is all of it in words.
func (f *scanFacts) AccessibilityLabel() string {
	if f.scan.Work == nil {
		return ""
	}
	return f.read() + "　" + f.scan.Folder + "　" + f.said()
}

// AccessibilityRole is for screen readers.
func (f *scanFacts) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// tail is the end of a path, as much of it as has room: the beginning is the same for
// all folders.
func tail(d *kit.Pen, path string, room float32, st kit.Style) string {
	if d.Width(path, st) <= room {
		return path
	}
	for rest := []rune(path); len(rest) > 0; rest = rest[1:] {
		if short := "…" + string(rest); d.Width(short, st) <= room {
			return short
		}
	}
	return ""
}
