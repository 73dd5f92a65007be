package rejects

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// open shows the record that the change is of.
func (p *page) open() {
	if x := p.now(); x != nil && !x.gone {
		p.host.Open(x.Ref)
	}
}

// copy puts what was entered on the clipboard.
func (p *page) copy() {
	if x := p.now(); x != nil {
		p.desk.Clipboard().SetContent(app.WishText(x.wishes, p.desk.Words.Lang()))
		p.host.Say(kit.Quiet, p.desk.Words.T(text.CopiedNow))
	}
}

// again makes the change anew. What no rule would take even now stays as it is.
func (p *page) again() {
	if x := p.now(); x != nil {
		p.do(text.RetriedNow, func(ctx context.Context, r ui.Records) error { return r.Retry(ctx, x.Seq) }, p.sayError)
	}
}

func (p *page) sayError(err error) {
	if err != nil {
		p.host.Say(kit.Late, p.desk.Words.Error(err))
	}
}

// do carries a decision out, tells then how it went, and says that it is done.
func (p *page) do(done text.Key, decide func(context.Context, ui.Records) error, then func(error)) {
	if p.busy {
		return
	}
	records := p.host.Records()
	p.busy = true
	task.Go(p.desk.Tasks, func(ctx context.Context) error { return decide(ctx, records) }, func(err error) {
		p.busy = false
		if then(err); err != nil {
			return
		}
		p.host.Say(kit.Good, p.desk.Words.T(done))
		p.load()
		p.done.Changed(nil)
	})
}

// sheet asks why a change is dismissed. It stays until that is done.
type sheet struct {
	kit.Surface
	*kit.Kept
	wrong string
}

// giveUp asks for a reason and dismisses the change.
func (p *page) giveUp() {
	x := p.now()
	if x == nil || p.busy {
		return
	}
	words := p.desk.Words
	s := &sheet{}
	var entry *kit.Entry
	var shut func()
	done := func(err error) {
		if err == nil {
			shut()
			return
		}
		s.wrong = words.Error(err)
		s.Refresh()
	}
	do := func() {
		why := entry.Text
		p.do(text.DismissedNow, func(ctx context.Context, r ui.Records) error { return r.Dismiss(ctx, x.Seq, why) }, done)
	}
	desk := p.desk.Taking(ui.Ctrl(fyne.KeyReturn), do)
	entry = kit.NewLong(desk, 3)
	entry.Name(words.T(text.ReasonOptional))
	s.Kept = kit.NewKept(p.host, fmt.Sprint("dismiss-", x.Seq), x.Ref, kit.NewOneText(entry))
	entry.OnChanged = func(string) { s.Soon() }
	act := kit.NewButton(desk, kit.Primary, words.T(text.DismissIt), ui.Ctrl(fyne.KeyReturn), do)
	leave := kit.NewButton(desk, kit.Secondary, words.T(text.Leave), ui.Plain(fyne.KeyEscape), func() { shut() })
	s.Extend(s, desk.Look, func(d *kit.Pen, w, h float32) {
		d.Text(18, 8, w-36, 28, words.T(text.DismissTitle), d.Subject())
		y := d.Para(18, 40, w-36, 20, words.T(text.DismissSentence), d.Body()) + 8
		d.Text(18, y, w-36, 20, words.T(text.ReasonOptional), d.Label())
		d.Add(entry, 18, y+22, w-36, h-y-22-88)
		if s.wrong != "" {
			d.Para(18, h-82, w-36, 16, words.T(text.ErrorAbove, s.wrong), d.Caption().In(d.Late))
		}
		d.Place(w-18, h-40, act, leave)
	})
	shut = p.host.Ask(s, fyne.NewSize(520, 290))
	p.desk.Focus(entry)
}
