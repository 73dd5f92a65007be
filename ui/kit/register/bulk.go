package register

import (
	"context"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// bulk gives one command to all marked records, one after the other: each is decided
// for itself, so one that refuses keeps none of the others.
type bulk struct {
	page   *Page
	button *kit.Button
	under  bool // a command is being given
}

func newBulk(p *Page) *bulk {
	b := &bulk{page: p}
	b.button = kit.NewButton(p.desk, kit.Secondary, "", bulkKey, b.choose)
	return b
}

var bulkKey = ui.Ctrl(fyne.KeyB)

// offered says whether there is something to be given a command.
func (b *bulk) offered() bool { return len(b.page.cfg.Bulk) > 0 && b.page.table.MarkCount() > 0 }

// marks shows how many records are marked.
func (b *bulk) marks() {
	b.page.foot.Refresh()
	if len(b.page.cfg.Bulk) > 0 {
		b.button.SetWord(b.page.desk.Words.T(text.ActOnMarked, b.page.desk.Words.Count(b.page.table.MarkCount())))
		b.page.Refresh()
	}
}

// actions are the act of choosing, for the palette.
func (b *bulk) actions() []ui.Action {
	if !b.offered() {
		return nil
	}
	n := b.page.table.MarkCount()
	label := app.Label{JA: text.New(app.JA).T(text.ActOnMarked, text.New(app.JA).Count(n)), EN: text.New(app.EN).T(text.ActOnMarked, text.New(app.EN).Count(n))}
	return []ui.Action{{Label: label, Icon: "list-checks", Key: bulkKey, Do: b.choose}}
}

// choose shows the commands.
func (b *bulk) choose() {
	if !b.offered() || b.under {
		return
	}
	desk := b.page.desk
	var shut func()
	var buttons []*kit.Button
	for _, name := range b.page.cfg.Bulk {
		if c, err := app.CommandOf(b.page.cfg.Register, name); err == nil {
			buttons = append(buttons, kit.NewButton(desk, kit.Secondary, desk.Words.Of(c.Label), ui.Key{}, func() { shut(); b.ask(c) }))
		}
	}
	buttons = append(buttons, kit.NewButton(desk, kit.Secondary, desk.Words.T(text.Leave), ui.Plain(fyne.KeyEscape), func() { shut() }))
	card := kit.NewSurface(desk.Look, func(p *kit.Pen, w, h float32) {
		p.Text(18, 8, w-36, 28, b.about(), p.Subject())
		for i, x := range buttons {
			p.Add(x, 18, 44+float32(i)*36, w-36, 28)
		}
	})
	shut = b.page.host.Ask(card, fyne.NewSize(340, 56+float32(len(buttons))*36))
	desk.Focus(buttons[0])
}

func (b *bulk) about() string {
	return b.page.desk.Words.T(text.MarkedRows, b.page.desk.Words.Count(b.page.table.MarkCount()))
}

// ask asks for what the command needs, and whether it is meant.
func (b *bulk) ask(c app.CommandSpec) {
	b.card(c, b.about(), func(args []string) { b.give(c, args) })
}

// card asks for the arguments of a command that several records get.
func (b *bulk) card(c app.CommandSpec, about string, give func(args []string)) {
	d, words, k := b.page.detail, b.page.desk.Words, &card{}
	model := kit.NewCommandModel(b.page.cfg.Register, c)
	do := func() {
		if k.form == nil || k.form.Commit() {
			k.close()
			give(model.Args())
		}
	}
	key := ui.Ctrl(fyne.KeyReturn)
	desk := b.page.desk.Taking(key, do)
	var body kit.Tall
	if len(c.Args) > 0 {
		k.form = kit.NewForm(desk, formHost{d, nil}, model, func() {})
		body = k.form
	}
	ends := k.ends(desk, c, key, do)
	q := kit.NewQuestion(desk, words.Of(c.Label), "", about, body, ends...)
	if k.form != nil {
		k.form.In(q.Body)
	}
	k.close = b.page.host.Ask(q, q.Card())
	if k.form != nil {
		k.form.Focus()
		return
	}
	b.page.desk.Focus(ends[0])
}

// give gives the command to every marked record.
func (b *bulk) give(c app.CommandSpec, args []string) {
	records, refs, page := b.page.host.Records(), b.page.table.Marked(), b.page
	refused := 0
	var why error
	b.under = true
	task.Go(page.desk.Tasks, func(ctx context.Context) error {
		for _, ref := range refs {
			r, err := records.Get(ctx, ref)
			if err == nil {
				err = records.Do(ctx, r, c.Name, args)
			}
			if err != nil {
				refused, why = refused+1, err
			}
		}
		return nil
	}, func(error) {
		b.under = false
		b.tell(c, len(refs), refused, why)
		page.Changed(refs)
	})
}

// tell says what came of it. Marks stay where not all were done.
func (b *bulk) tell(c app.CommandSpec, all, refused int, why error) {
	host, words := b.page.host, b.page.desk.Words
	if refused > 0 {
		host.Say(kit.Warn, words.T(text.MarkedRefused, words.Of(c.Label), words.Count(all), words.Count(refused), words.Error(why)))
		return
	}
	b.page.table.Unmark()
	host.Say(kit.Good, words.T(text.MarkedDone, words.Of(c.Label), words.Count(all)))
}
