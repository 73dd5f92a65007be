// Package bring takes files of this machine into a register: those that a person let
// fall onto the window, or chose. One card says what will be made, another how far it
// is, and what could not be taken is told in the end while the rest is there.
//
// Use it where several files come at once. What becomes of a file is the page's matter.
package bring

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// Offer is what a page makes of files.
type Offer struct {
	Title    text.Key
	Sentence text.Key
	Act      text.Key // says how many: %s
	Done     text.Key // the same
	// Kinds is asked once for all files, with the name of the question; empty: nothing is.
	Kind  app.Label
	Kinds []app.Label
	// Take takes one file, off the UI goroutine: before says that it was there already.
	Take func(ctx context.Context, f File, kind int) (before bool, err error)
	// Ended runs on the UI goroutine when all is over.
	Ended func()
}

// Ask shows what lies at the paths and takes it in when the person says so.
func Ask(host ui.Host, paths []string, o Offer) {
	b := &bringing{host: host, desk: host.Desk(), offer: o}
	task.Do(b.desk.Tasks, &task.Slot{}, func(ctx context.Context) ([]Item, error) { return Look(ctx, paths) }, func(items []Item, err error) {
		if err != nil {
			host.Say(kit.Late, b.desk.Words.Error(err))
			return
		}
		b.ask(items)
	})
}

// bringing is one taking-in of files.
type bringing struct {
	host  ui.Host
	desk  *ui.Desk
	offer Offer
	files []File
}

// card is the size of the cards in design pixels.
var card = fyne.NewSize(620, 460)

// ask shows what will be made.
func (b *bringing) ask(items []Item) {
	words := b.desk.Words
	b.files = filesOf(items)
	var shut func()
	var kinds *kit.Select
	act := func() {
		kind := 0
		if kinds != nil {
			kind = kinds.SelectedIndex()
		}
		shut()
		b.take(kind)
	}
	desk, key := b.desk, ui.Ctrl(fyne.KeyReturn)
	var buttons []*kit.Button
	if n := len(b.files); n > 0 {
		desk = b.desk.Taking(key, act)
		buttons = append(buttons, kit.NewButton(desk, kit.Primary, words.T(b.offer.Act, words.Count(n)), key, act))
	}
	if len(b.offer.Kinds) > 0 {
		var names []string
		for _, k := range b.offer.Kinds {
			names = append(names, words.Of(k))
		}
		kinds = kit.NewSelect(desk, names, nil)
		kinds.Name(words.Of(b.offer.Kind))
		kinds.SetSelectedIndex(0)
	}
	leave := kit.NewButton(desk, kit.Secondary, words.T(text.Leave), ui.Plain(fyne.KeyEscape), func() { shut() })
	buttons = append(buttons, leave)
	sentence := words.T(b.offer.Sentence)
	if len(b.files) == 0 {
		sentence = words.T(text.BringNothing)
	}
	list := newLines(b.desk, linesOf(words, items))
	list.kind, list.kinds = words.Of(b.offer.Kind), kinds
	q := kit.NewQuestion(b.desk, words.T(b.offer.Title), "", sentence, list, buttons...)
	shut = b.host.Ask(q, card)
	b.desk.Focus(buttons[0])
}

// outcome is what came of the files.
type outcome struct {
	made, before int
	failed       []line
	stopped      bool
}

// take takes one file after the other and shows how far it is. Closing the card ends it
// after the file under way.
func (b *bringing) take(kind int) {
	words, files := b.desk.Words, b.files
	ctx, cancel := context.WithCancel(context.Background())
	work := task.NewProgress(b.desk.Now)
	_ = work.Step(ctx, 0, int64(len(files))) // neither rests nor ends yet
	p := kit.NewProgress(b.desk, work, words.T(text.Items, ""), ui.Key{}, ui.Plain(fyne.KeyEscape), cancel)
	p.Follow()
	shut := b.host.Ask(newRunning(b.desk, words.T(b.offer.Title), p, cancel), fyne.NewSize(480, 150))
	var out outcome
	task.Go(b.desk.Tasks, func(context.Context) error {
		for i, f := range files {
			if ctx.Err() != nil {
				break
			}
			before, err := b.offer.Take(ctx, f, kind)
			switch {
			case err != nil && ctx.Err() != nil:
			case err != nil:
				out.failed = append(out.failed, line{f.Name, "", sentence(words, err)})
			case before:
				out.before++
			default:
				out.made++
			}
			if work.Step(ctx, int64(i+1), int64(len(files))) != nil {
				break
			}
		}
		out.stopped = ctx.Err() != nil
		return nil
	}, func(error) {
		p.End()
		cancel()
		shut()
		b.tell(out)
		if b.offer.Ended != nil {
			b.offer.Ended()
		}
	})
}

// sentence says why a file was not taken.
func sentence(words *text.Words, err error) string {
	var said *app.Error
	if errors.As(err, &said) {
		return words.Error(err)
	}
	return words.Error(unread(err))
}

// tell says what came of it; where something was not taken, on a card that stays.
func (b *bringing) tell(o outcome) {
	words := b.desk.Words
	said := words.T(b.offer.Done, words.Count(o.made))
	if o.before > 0 {
		said += words.T(text.BringBefore, words.Count(o.before))
	}
	if o.stopped {
		said += words.T(text.BringStopped)
	}
	if len(o.failed) == 0 {
		b.host.Say(kit.Good, said)
		return
	}
	said += words.T(text.BringFailed, words.Count(len(o.failed)))
	b.host.Say(kit.Warn, said)
	var shut func()
	leave := kit.NewButton(b.desk, kit.Primary, words.T(text.Close), ui.Plain(fyne.KeyEscape), func() { shut() })
	shut = b.host.Ask(kit.NewQuestion(b.desk, words.T(b.offer.Title), "", said, newLines(b.desk, o.failed), leave), card)
	b.desk.Focus(leave)
}

// running is the card of a work under way: who closes it ends that.
type running struct {
	kit.Surface
	end func()
}

func newRunning(desk *ui.Desk, title string, p *kit.Progress, end func()) *running {
	r := &running{end: end}
	r.Extend(r, desk.Look, func(d *kit.Pen, w, h float32) {
		d.Text(18, 8, w-36, 28, title, d.Subject())
		d.Add(p, 18, 44, w-36, h-58)
	})
	return r
}

// Keep ends the work, too: the window is about to be locked, and a lock waits for no
// more than the file under way. What is left can be brought again.
func (r *running) Keep() { r.end() }

// Closed ends the work after the file under way.
func (r *running) Closed() { r.end() }
