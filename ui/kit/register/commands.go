package register

import (
	"cmp"
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// makeCommands offers a button for each command that makes sense now.
func (d *detail) makeCommands() {
	d.does = nil
	for _, c := range d.commands() {
		d.does = append(d.does, d.button(c))
	}
}

// button is that of a command: the same one each time, for it may have the keyboard.
func (d *detail) button(c app.CommandSpec) *kit.Button {
	if d.buttons[c.Name] == nil {
		d.buttons[c.Name] = kit.NewButton(d.desk, kit.Secondary, d.desk.Words.Of(c.Label), d.page.cfg.Keys[c.Name], func() { d.command(c) })
	}
	return d.buttons[c.Name]
}

func (d *detail) commands() (out []app.CommandSpec) {
	if d.model == nil || d.model.Record.Meta().IsNew() {
		return nil
	}
	cfg := d.page.cfg
	if cfg.Commands == nil {
		return cfg.Register.About().Commands
	}
	for _, name := range cfg.Commands(d.model.Record) {
		if b, ok := cfg.Begins[name]; ok {
			out = append(out, app.CommandSpec{Name: name, Label: b.Label})
		} else if c, err := app.CommandOf(cfg.Register, name); err == nil {
			out = append(out, c)
		}
	}
	return out
}

// actions are what can be done with the open record.
func (d *detail) actions() (out []ui.Action) {
	if d.model == nil {
		return nil
	}
	if !d.page.cfg.Fixed || d.model.Record.Meta().IsNew() {
		out = append(out, ui.Action{Label: text.EditFields.Label(), Icon: "file-text", Key: ui.Plain(fyne.KeyF2), Do: d.edit})
		out = append(out, ui.Action{Label: text.Record.Label(), Icon: "file-text", Key: ui.Ctrl(fyne.KeyReturn), Primary: true, Do: d.record})
	}
	for _, c := range d.commands() {
		out = append(out, ui.Action{Label: c.Label, Icon: "chevron-right", Key: d.page.cfg.Keys[c.Name], Do: func() { d.command(c) }})
		if d.taps(c) {
			out = append(out, ui.Action{Label: saying(c), Icon: "chevron-right", Do: func() { d.saveThen(func() { d.ask(c) }) }})
		}
	}
	return out
}

// taps says whether a command is done at once.
func (d *detail) taps(c app.CommandSpec) bool { return slices.Contains(d.page.cfg.Taps, c.Name) }

// saying is a command that is done at once otherwise, with something to be said.
func saying(c app.CommandSpec) app.Label {
	return app.Label{JA: c.Label.JA + "（日時などを入力）", EN: c.Label.EN + ", at another time"}
}

// apartKey gives a record a window of its own, or brings that to the front.
var apartKey = ui.Key{Name: fyne.KeyReturn, Mod: fyne.KeyModifierControl | fyne.KeyModifierShift}

// apart is the act of that, for the record shown.
func (d *detail) apart() []ui.Action {
	ref := cmp.Or(d.ref(), d.away)
	if ref.IsZero() {
		return nil
	}
	return []ui.Action{{Label: text.OpenApart.Label(), Icon: "file-text", Key: apartKey, Do: func() { d.page.host.Apart(ref) }}}
}

// command saves what was typed, asks for what the command needs and runs it.
func (d *detail) command(c app.CommandSpec) {
	d.saveThen(func() {
		b, begins := d.page.cfg.Begins[c.Name]
		switch {
		case begins:
			d.beginElsewhere(b)
		case len(c.Args) > 0 && !d.taps(c):
			d.ask(c)
		case c.Final != app.Label{}:
			d.confirm(c)
		default:
			d.run(c, nil, nil)
		}
	})
}

// beginElsewhere opens the form of a new record in its own section, filled in from this one.
func (d *detail) beginElsewhere(b Begin) {
	host := d.page.host
	from, err := remade(d.page.cfg.Register, d.model.Record)
	if err != nil {
		d.page.sayError(err)
		return
	}
	task.Do(d.desk.Tasks, &d.naming, func(ctx context.Context) (app.Record, error) { return b.Make(ctx, host.Records(), from) }, func(r app.Record, err error) {
		if err != nil {
			d.page.sayError(err)
			return
		}
		host.Begin(r)
	})
}

// run runs a command; over closes its card when it is done.
func (d *detail) run(c app.CommandSpec, args []string, over *card) {
	if d.saving {
		return
	}
	records := d.page.host.Records()
	signature, err := over.drawn()
	if err != nil {
		d.refused(err)
		return
	}
	d.send(func(ctx context.Context, r app.Record) error {
		if err := d.sign(ctx, r, signature); err != nil {
			return err
		}
		return records.Do(ctx, r, c.Name, args)
	}, func(of sending, err error) {
		switch {
		case err != nil && over != nil && over.form != nil && over.form.Refuse(err):
		case err != nil:
			if over != nil && (over.form == nil || d.form.Has(app.ErrorOf(err).Field)) {
				over.close() // what is wrong stands behind it
			}
			d.refused(err)
		default:
			if over != nil {
				over.close()
			}
			d.recorded(of, nil)
		}
	})
}

// card asks for the arguments of a command, or whether it is meant.
type card struct {
	form  *kit.Form // nil: it has no arguments
	close func()

	signed string         // the field that takes a signature; empty: nobody signs here
	pad    *kit.Signature // nil: nobody signs here
}

// confirm asks before something that nobody can take back. A bare Enter leaves.
func (d *detail) confirm(c app.CommandSpec) {
	words, k := d.desk.Words, &card{}
	ends := k.ends(d.desk, c, ui.Key{}, func() { d.run(c, nil, k) })
	q := kit.NewQuestion(d.desk, words.Of(c.Label), d.model.Record.Meta().Number, words.Of(c.Final), nil, ends...)
	k.close = d.page.host.Ask(q, q.Card())
	d.desk.Focus(ends[0])
}

// ends are the buttons that end the card, the first outermost: the filled one. Of what
// nobody can take back that is the way out.
func (k *card) ends(desk *ui.Desk, c app.CommandSpec, key ui.Key, do func()) []*kit.Button {
	act, leave := kit.Primary, kit.Secondary
	if c.Final != (app.Label{}) {
		act, leave = leave, act
	}
	ends := []*kit.Button{
		kit.NewButton(desk, act, desk.Words.Of(c.Label), key, do),
		kit.NewButton(desk, leave, desk.Words.T(text.Leave), ui.Plain(fyne.KeyEscape), func() { k.close() }),
	}
	if leave == kit.Primary {
		slices.Reverse(ends)
	}
	return ends
}

func (d *detail) ask(c app.CommandSpec) {
	words := d.desk.Words
	model := kit.NewCommandModel(d.page.cfg.Register, c)
	k := &card{}
	do := func() {
		if k.form.Commit() {
			d.run(c, model.Args(), k)
		}
	}
	desk := d.desk.Taking(ui.Ctrl(fyne.KeyReturn), do)
	if k.signed = d.page.cfg.Signed[c.Name]; k.signed != "" {
		k.pad = kit.NewSignature(desk)
	}
	var kept *kit.Kept
	k.form = kit.NewForm(desk, formHost{d, d.model}, model, func() {
		if kept != nil { // else what comes back of before
			kept.Soon()
		}
	})
	kept = kit.NewKept(d.page.host, c.Name, d.model.Record.Meta().Ref, k.form)
	q := kit.NewQuestion(desk, words.Of(c.Label), d.model.Record.Meta().Number, words.Of(c.Final), k.content(desk), k.ends(desk, c, ui.Ctrl(fyne.KeyReturn), do)...)
	q.Kept = kept
	k.form.In(q.Body)
	k.close = d.page.host.Ask(q, q.Card())
	k.form.Focus()
}

// chooseCommand shows the commands that had no room.
func (d *detail) chooseCommand() {
	var shut func()
	var buttons []*kit.Button
	offer := func(name app.Label, key ui.Key, do func()) {
		buttons = append(buttons, kit.NewButton(d.desk, kit.Secondary, d.desk.Words.Of(name), key, func() { shut(); do() }))
	}
	for _, c := range d.commands() {
		offer(c.Label, d.page.cfg.Keys[c.Name], func() { d.command(c) })
		if d.taps(c) {
			offer(saying(c), ui.Key{}, func() { d.saveThen(func() { d.ask(c) }) })
		}
	}
	buttons = append(buttons, kit.NewButton(d.desk, kit.Secondary, d.desk.Words.T(text.Leave), ui.Plain(fyne.KeyEscape), func() { shut() }))
	content := kit.NewSurface(d.desk.Look, func(p *kit.Pen, w, h float32) {
		p.Text(18, 8, w-36, 28, d.desk.Words.T(text.MoreActs), p.Subject())
		for i, b := range buttons {
			p.Add(b, 18, 44+float32(i)*36, w-36, 28)
		}
	})
	shut = d.page.host.Ask(content, fyne.NewSize(300, 56+float32(len(buttons))*36))
	d.desk.Focus(buttons[0])
}
