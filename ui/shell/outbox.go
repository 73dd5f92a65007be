package shell

import (
	"context"
	"encoding/binary"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
	"daicho/ui/theme"
)

// outbox is the page of the link: how it stands, and every change of this
// device that the server has not taken, refused ones with the reason.
type outbox struct {
	widget.BaseWidget
	shell *Shell
	head  *kit.Surface
	table *kit.Table
	sync  *kit.Button
	rows  []ui.Outgoing
	slot  task.Slot
}

func newOutbox(s *Shell) *outbox {
	o := &outbox{shell: s}
	o.head = kit.NewSurface(s.desk.Look, o.paintHead)
	o.sync = kit.NewButton(s.desk, kit.Primary, s.desk.Words.T(text.SyncNow), ui.Plain(fyne.KeyF5), s.sync)
	o.table = kit.NewTable(s.desk, o.columns(), o, -1, false)
	o.table.SetEmpty(s.desk.Words.T(text.OutboxEmpty), "")
	o.table.OnOpen(o.open)
	o.ExtendBaseWidget(o)
	return o
}

func (o *outbox) columns() []kit.Column {
	w := o.shell.desk.Words
	return []kit.Column{
		{Title: w.T(text.StateColumn), Kind: kit.BadgeColumn, Width: 110},
		{Title: w.T(text.TimeColumn), Kind: kit.MonoColumn, Width: 124},
		{Title: w.T(text.RecordColumn), Kind: kit.MonoColumn, Width: 108},
		{Title: w.T(text.SubjectColumn), Flex: true, Min: 200},
		{Title: w.T(text.ActColumn), Width: 130, Drop: 640},
		{Title: w.T(text.ReasonColumn), Width: 360, Drop: 900},
	}
}

// headHigh is the height of the sentence with what stands above and below it.
func (o *outbox) headHigh(w float32) float32 {
	p := kit.NewPen(o.shell.desk.Look)
	return 44 + 10 + 20*float32(min(len(p.Wrap(o.sentence(o.shell.link.Status()), p.Sub(), w-32)), 3)) + 30
}

func (o *outbox) paintHead(p *kit.Pen, w, h float32) {
	words, s := o.shell.desk.Words, o.shell.link.Status()
	n := p.Text(16, 0, w, 44, words.T(text.OutboxTitle), p.Title())
	p.Text(28+n, 1, w-n-60-o.sync.Need(), 44, words.T(text.ToSend, words.Count(s.Waiting)), p.Label())
	p.H(0, 44, w)
	y := p.Balanced(16, 54, w-32, 20, o.sentence(s), p.Sub(), 3)
	if s.Lease > 0 {
		p.Text(16, y+2, w-32, 18, words.T(text.LeaseUntil, words.Moment(s.Lease, o.shell.desk.Now())), p.Caption())
	}
	p.H(0, h-1, w)
}

// sentence says how the link stands and what that means for the person.
func (o *outbox) sentence(s ui.Status) string {
	words := o.shell.desk.Words
	switch {
	case !s.Enrolled:
		return words.T(text.AloneSentence)
	case s.Paused:
		return words.T(text.PausedSentence)
	case s.First && s.Why == (app.Label{}):
		return words.T(text.FirstSentence)
	case s.Online:
		return words.T(text.OnlineSentence, words.Moment(s.LastSync, o.shell.desk.Now()))
	case s.Since == 0:
		return words.T(text.Connecting)
	}
	return words.Sentence(s.Why)
}

// View is what stands in the page area.
func (o *outbox) View() fyne.CanvasObject { return o }

// Actions are what can be done here beside what every page can.
func (o *outbox) Actions() []ui.Action { return nil }

// Shown reads the list anew.
func (o *outbox) Shown() { o.Changed(nil) }

// Changed reads the list anew if the page is in sight.
func (o *outbox) Changed([]app.Ref) {
	if o.shell.current != outboxID {
		return
	}
	task.Do(o.shell.desk.Tasks, &o.slot, func(ctx context.Context) ([]ui.Outgoing, error) {
		return o.shell.link.Outbox(ctx)
	}, func(rows []ui.Outgoing, err error) {
		if err != nil {
			o.shell.Say(theme.Late, o.shell.desk.Words.Error(err))
			return
		}
		o.rows = rows
		o.table.Reload()
		o.Refresh()
	})
}

// Panes is for F6.
func (o *outbox) Panes() []fyne.Focusable { return []fyne.Focusable{o.table} }

// What follows makes the page the source of its table. Several changes may be
// of one record, so a row's reference is its place in the order of sending.

// Len is the number of changes.
func (o *outbox) Len() int { return len(o.rows) }

// Ref is a row's place.
func (o *outbox) Ref(row int) app.Ref {
	ref := app.Ref{Kind: ui.OutgoingKind}
	binary.BigEndian.PutUint32(ref.ID[:], uint32(row)+1)
	return ref
}

// Row is the row of a place; -1 if the list has become shorter.
func (o *outbox) Row(ref app.Ref) int {
	row := int(binary.BigEndian.Uint32(ref.ID[:])) - 1
	if ref.Kind != ui.OutgoingKind || row >= len(o.rows) {
		return -1
	}
	return row
}

// open shows the record that a change is of; of a refused one, where people
// decide about it.
func (o *outbox) open(ref app.Ref) {
	row := o.Row(ref)
	switch {
	case row < 0:
	case o.rows[row].Refused:
		o.shell.openKind(app.DismissalKind)
	default:
		o.shell.Open(o.rows[row].Ref)
	}
}

// Cell is one cell.
func (o *outbox) Cell(row, col int) kit.Cell {
	r, w := o.rows[row], o.shell.desk.Words
	switch col {
	case 0:
		if r.Refused {
			return kit.Cell{Text: "× " + w.T(text.RefusedByServer), Tone: kit.Late}
		}
		return kit.Cell{Text: "□ " + w.T(text.WaitingToSend), Tone: kit.Quiet}
	case 1:
		return kit.Cell{Text: w.Moment(r.At, o.shell.desk.Now())}
	case 2:
		return kit.Cell{Text: r.Number}
	case 3:
		return kit.Cell{Text: r.Title}
	case 4:
		return kit.Cell{Text: w.Of(r.What)}
	}
	return kit.Cell{Text: w.Sentence(r.Reason)}
}

// Sort is not offered: the order is that of sending.
func (o *outbox) Sort(int, bool) {}

// CreateRenderer is for Fyne.
func (o *outbox) CreateRenderer() fyne.WidgetRenderer { return outboxRenderer{o} }

type outboxRenderer struct{ o *outbox }

func (r outboxRenderer) Destroy()           {}
func (r outboxRenderer) MinSize() fyne.Size { return fyne.NewSize(0, 0) }
func (r outboxRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.o.head, r.o.sync, r.o.table}
}

func (r outboxRenderer) Layout(size fyne.Size) {
	px := r.o.shell.desk.Look.Px
	top, bw := px(r.o.headHigh(size.Width/r.o.shell.desk.Look.Factor())), px(r.o.sync.Need())
	put(r.o.head, 0, 0, size.Width, top)
	put(r.o.sync, size.Width-bw-px(16), px(8), bw, px(28))
	put(r.o.table, 0, top, size.Width, size.Height-top)
}

func (r outboxRenderer) Refresh() {
	w, word := r.o.shell.desk.Words, text.SyncNow
	if r.o.shell.link.Status().Unproved {
		word = text.ProveYourself
	}
	r.o.sync.SetWord(w.T(word))
	r.Layout(r.o.Size())
	r.o.head.Refresh()
	r.o.table.Refresh()
}
