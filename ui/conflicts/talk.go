package conflicts

import (
	"context"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// item is the one of the cursor; nil if there is none.
func (p *page) item() *item { return p.itemOf(p.two.At()) }

func (p *page) itemOf(k *kit.Contest) *item {
	pr := p.pair()
	if pr == nil {
		return nil
	}
	for _, it := range pr.items {
		if it.contest == k {
			return it
		}
	}
	return nil
}

// itemFor is the item of a conflict; nil if it is not open any more.
func (p *page) itemFor(ref app.Ref) *item {
	for _, pr := range p.all {
		for _, it := range pr.items {
			if it.conflict.Ref == ref {
				return it
			}
		}
	}
	return nil
}

// answers says whether the field of the cursor waits for who reads.
func (p *page) answers() bool {
	it := p.item()
	in := reading{me: p.host.Link().Status().Person}
	if pr := p.pair(); pr != nil {
		in.names = pr.names
	}
	return it != nil && !it.conflict.WaitsFor.IsZero() && in.isMe(it.conflict.WaitsFor)
}

// speak answers what was asked, or asks somebody of the directory.
func (p *page) speak() {
	it := p.item()
	if it == nil || p.busy {
		return
	}
	words := p.desk.Words
	if p.answers() {
		p.talk("answer", it.conflict.Ref, words.T(text.AnswerAbout, it.contest.Field), words.T(text.AnswerIt), func(said string, then func(error)) {
			p.say(it, words.T(text.AnsweredNow), then, "answer", "text="+said)
		})
		return
	}
	p.host.PickRecord(app.PersonKind, func(whom app.Ref) { p.askOf(it, whom) })
}

// askOf asks a person about a field.
func (p *page) askOf(it *item, whom app.Ref) {
	records, words := p.host.Records(), p.desk.Words
	task.Do(p.desk.Tasks, &p.loading, func(ctx context.Context) ([]ui.Hit, error) { return records.Names(ctx, []app.Ref{whom}) }, func(hits []ui.Hit, err error) {
		if err != nil {
			p.host.Say(kit.Late, words.Error(err))
			return
		}
		name := hits[0].Title
		p.talk("ask", it.conflict.Ref, words.T(text.AskAbout, it.contest.Field, name), words.T(text.Ask), func(said string, then func(error)) {
			p.say(it, words.T(text.AskedNow, name), then, "ask", "whom="+whom.String(), "text="+said)
		})
	})
}

// say runs a command on a conflict, which stays open, and tells then how it went.
func (p *page) say(it *item, done string, then func(error), command string, args ...string) {
	records := p.host.Records()
	p.busy = true
	task.Go(p.desk.Tasks, func(ctx context.Context) error { return records.Do(ctx, it.conflict, command, args) }, func(err error) {
		p.busy = false
		if then(err); err != nil {
			return
		}
		p.host.Say(kit.Good, done)
		p.want = it.conflict.Ref
		p.load()
	})
}

// talk opens a sheet for a question or an answer. It stays until that is sent.
func (p *page) talk(asks string, of app.Ref, title, verb string, send func(said string, then func(error))) {
	words := p.desk.Words
	s := &sheet{}
	var entry *kit.Entry
	var shut func()
	sent := func(err error) {
		if err == nil {
			shut()
			return
		}
		s.wrong = words.Error(err)
		s.Refresh()
	}
	do := func() {
		switch {
		case p.busy:
		case entry.Text == "":
			s.wrong = words.T(text.FieldMissing, verb)
			s.Refresh()
		default:
			send(entry.Text, sent)
		}
	}
	desk := p.desk.Taking(ui.Ctrl(fyne.KeyReturn), do)
	entry = kit.NewLong(desk, 5)
	entry.Name(title)
	s.Kept = kit.NewKept(p.host, asks, of, kit.NewOneText(entry))
	entry.OnChanged = func(string) { s.Soon() }
	act := kit.NewButton(desk, kit.Primary, verb, ui.Ctrl(fyne.KeyReturn), do)
	leave := kit.NewButton(desk, kit.Secondary, words.T(text.Leave), ui.Plain(fyne.KeyEscape), func() { shut() })
	s.Extend(s, desk.Look, func(d *kit.Pen, w, h float32) {
		d.Text(18, 8, w-36, 28, title, d.Subject())
		y := d.Para(18, 38, w-36, 18, words.T(text.AskKeepsOpen), d.Caption()) + 6
		d.Add(entry, 18, y, w-36, h-y-76)
		if s.wrong != "" {
			d.Para(18, h-76, w-36, 16, words.T(text.ErrorAbove, s.wrong), d.Caption().In(d.Late))
		}
		d.Place(w-18, h-40, act, leave)
	})
	shut = p.host.Ask(s, fyne.NewSize(520, 290))
	p.desk.Focus(entry)
}
