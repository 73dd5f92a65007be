package carry

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// taking takes files in, one after another.
type taking struct {
	page    *page
	file    *kit.Entry
	choose  *kit.Button
	look    *kit.Button
	act     *kit.Button
	seen    *ui.Bundle // what the file says of itself; nil: nobody looked
	got     *ui.Unpacked
	parts   map[string]map[int]bool // that were taken in of an export
	fault   string
	looking task.Slot
}

func newTaking(p *page) *taking {
	w := p.desk.Words
	f := &taking{page: p, parts: map[string]map[int]bool{}}
	f.file = kit.NewEntry(p.desk)
	f.file.OnChanged = func(string) { f.forget() }
	f.choose = kit.NewButton(p.desk, kit.Secondary, w.T(text.SelectVerb), ui.Key{}, func() {
		p.host.PickPath(".daicho", func(path string) { f.file.SetText(path); f.inspect() })
	})
	f.look = kit.NewButton(p.desk, kit.Secondary, w.T(text.LookInto), ui.Ctrl(fyne.KeyI), f.inspect)
	f.act = kit.NewButton(p.desk, kit.Primary, w.T(text.TakeTab), ui.Ctrl(fyne.KeyReturn), f.take)
	return f
}

func (f *taking) buttons() []*kit.Button {
	f.act.Enable(!f.page.work.busy())
	return []*kit.Button{f.act, f.look}
}

func (f *taking) pane() fyne.Focusable { return f.file }
func (f *taking) shown()               {}

func (f *taking) actions() []ui.Action {
	return []ui.Action{
		{Label: text.TakeTab.Label(), Icon: "inbox", Key: ui.Ctrl(fyne.KeyReturn), Primary: true, Do: f.take},
		{Label: text.LookInto.Label(), Icon: "scan-search", Key: ui.Ctrl(fyne.KeyI), Do: f.inspect},
	}
}

// forget is for another file.
func (f *taking) forget() {
	f.seen, f.got, f.fault = nil, nil, ""
	f.page.Refresh()
}

// path is the file named; empty if a person has to name one first.
func (f *taking) path() string {
	words := f.page.desk.Words
	path := strings.TrimSpace(f.file.Text)
	if path == "" {
		f.say(words.T(text.FieldMissing, words.T(text.FileField)))
		f.page.desk.Focus(f.file)
	}
	return path
}

func (f *taking) inspect() {
	path, link := f.path(), f.page.host.Link()
	if path == "" {
		return
	}
	task.Do(f.page.desk.Tasks, &f.looking, func(ctx context.Context) (ui.Bundle, error) { return link.Look(ctx, path) }, func(b ui.Bundle, err error) {
		f.got, f.fault = nil, ""
		if f.seen = &b; err != nil {
			f.seen, f.fault = nil, f.page.desk.Words.Error(err)
		}
		f.page.Refresh()
	})
}

func (f *taking) take() {
	path, link := f.path(), f.page.host.Link()
	if path == "" {
		return
	}
	f.got, f.fault = nil, ""
	run(&f.page.work, func(ctx context.Context, told func(ui.Work)) (ui.Unpacked, error) {
		return link.Unpack(ctx, path, told)
	}, f.done)
}

func (f *taking) done(got ui.Unpacked, err error) {
	if err != nil {
		f.say(f.page.desk.Words.Error(err))
		return
	}
	b := got.Bundle
	if f.parts[b.Export] == nil {
		f.parts[b.Export] = map[int]bool{}
	}
	f.parts[b.Export][b.Part] = true
	f.got = &got
	f.page.host.Say(kit.Good, f.sentences()[0])
}

func (f *taking) say(fault string) {
	f.fault = fault
	f.page.Refresh()
}

// sentences say what came of it.
func (f *taking) sentences() (all []string) {
	words, g := f.page.desk.Words, f.got
	if g.Changes > 0 || g.Files > 0 {
		all = append(all, words.T(text.TookCargo, words.Count(g.Changes), words.Count(g.Files)))
	}
	if g.Updates > 0 {
		all = append(all, words.T(text.TookUpdates, words.Count(g.Updates)))
	}
	if g.Answer {
		all = append(all, words.T(text.TookAnswer))
	}
	if len(all) == 0 {
		all = append(all, words.T(text.TookNothing))
	}
	if left := g.Bundle.Parts - len(f.parts[g.Bundle.Export]); left > 0 {
		all = append(all, words.T(text.PartsMissing, words.Count(left)))
	}
	if g.More {
		all = append(all, words.T(text.TookMore))
	}
	return all
}

func (f *taking) paint(d *kit.Pen, y, w, h float32) float32 {
	p, words := f.page, f.page.desk.Words
	w = min(w, readWide)
	y = d.Para(side, y, w-2*side, 20, words.T(text.TakeSentence), d.Sub()) + 12
	y = p.row(d, y, w, text.FileField, f.file, f.choose) + 8
	if f.fault != "" {
		y = p.said(d, y, w, f.fault)
	}
	if f.seen != nil {
		y = p.bundle(d, f.seen, y, w) + 10
		if !f.seen.ForMe {
			y = p.said(d, y, w, words.T(text.BundleNotMine))
		}
	}
	if f.got != nil {
		for _, s := range f.sentences() {
			y = d.Para(side, y, w-2*side, 22, s, d.Body())
		}
	}
	return y
}
