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

// bulk does one thing with all marked records, one after the other: it gives them a
// command, or changes fields. Each is decided for itself, so one that refuses keeps none
// of the others; it stays marked, and is told with its reason.
type bulk struct {
	page     *Page
	button   *kit.Button
	under    *marked       // what is being done; nil: nothing
	progress *kit.Progress // of that
	telling  task.Slot
	back     *kit.UndoBar // takes back the last change of fields
}

func newBulk(p *Page) *bulk {
	b := &bulk{page: p, back: kit.NewUndoBar(p.desk)}
	b.back.Closed = p.Refresh
	b.button = kit.NewButton(p.desk, kit.Secondary, "", bulkKey, b.choose)
	return b
}

var bulkKey = ui.Ctrl(fyne.KeyB)

// able says whether there is anything that can be done with marked records here.
func (b *bulk) able() bool {
	return len(b.page.cfg.Bulk) > 0 || b.page.cfg.edits() && len(b.page.cfg.sets()) > 0
}

// offered says whether there is something to be done now.
func (b *bulk) offered() bool { return b.able() && b.page.table.MarkCount() > 0 }

// marks shows how many records are marked.
func (b *bulk) marks() {
	b.page.foot.Refresh()
	if b.able() {
		b.button.SetWord(b.page.desk.Words.T(text.ActOnMarked, b.page.desk.Words.Count(b.page.table.MarkCount())))
		b.page.Refresh()
	}
}

// actions are the act of choosing, and that of taking back, for the palette.
func (b *bulk) actions() (all []ui.Action) {
	if b.offered() {
		n := b.page.table.MarkCount()
		label := app.Label{JA: text.New(app.JA).T(text.ActOnMarked, text.New(app.JA).Count(n)), EN: text.New(app.EN).T(text.ActOnMarked, text.New(app.EN).Count(n))}
		all = append(all, ui.Action{Label: label, Icon: "list-checks", Key: bulkKey, Do: b.choose})
	}
	if b.back.Visible() {
		all = append(all, ui.Action{Label: text.MarkedUndone.Label(), Icon: "refresh-cw", Key: kit.KeyUndo, Do: b.back.Undo})
	}
	return all
}

// choose shows what can be done.
func (b *bulk) choose() {
	if !b.offered() || b.under != nil {
		return
	}
	desk, cfg := b.page.desk, b.page.cfg
	var shut func()
	var buttons []*kit.Button
	offer := func(word string, key ui.Key, do func()) {
		buttons = append(buttons, kit.NewButton(desk, kit.Secondary, word, key, func() { shut(); do() }))
	}
	if cfg.edits() && len(cfg.sets()) > 0 {
		offer(desk.Words.T(text.EditMarked), ui.Key{}, func() { b.edit(newSetting(cfg, desk.Words)) })
	}
	for _, name := range cfg.Bulk {
		if c, err := app.CommandOf(cfg.Register, name); err == nil {
			offer(desk.Words.Of(c.Label), ui.Key{}, func() { b.ask(c) })
		}
	}
	offer(desk.Words.T(text.Leave), ui.Plain(fyne.KeyEscape), func() {})
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
	records, words := b.page.host.Records(), b.page.desk.Words
	b.run(b.page.table.Marked(), func(ctx context.Context, ref app.Ref) error {
		r, err := records.Get(ctx, ref)
		if err == nil {
			err = records.Do(ctx, r, c.Name, args)
		}
		return err
	}, func(m *marked) {
		b.tell(m, words.Of(c.Label), words.T(text.MarkedDone, words.Of(c.Label), words.Count(len(m.refs))))
	})
}
