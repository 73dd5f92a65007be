package register

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// setting is what a person wants fields of many records to be. A field that nothing is
// entered for stays as it is. It is a [kit.FormModel].
type setting struct {
	g     app.AnyRegister
	words *text.Words
	specs []app.Spec
	typed map[string]string
}

// emptyMark is typed for no value.
const emptyMark = "－"

func newSetting(cfg *Config, words *text.Words) *setting {
	s := &setting{g: cfg.Register, words: words, typed: map[string]string{}}
	for _, spec := range cfg.sets() {
		if spec.Type == app.TBool {
			spec.Type, spec.Choices = app.TChoice, []app.Choice{{Value: "yes", Name: "true", Label: text.Yes.Label()}, {Value: "no", Name: "false", Label: text.No.Label()}}
		} else if spec.Type == app.TChoice && !spec.Required && !slices.ContainsFunc(spec.Choices, func(c app.Choice) bool { return c.Value == "" }) {
			spec.Choices = append(slices.Clone(spec.Choices), app.Choice{Value: emptyMark, Name: emptyMark, Label: text.EmptyIt.Label()})
		}
		if spec.Type == app.TChoice {
			spec.Choices = append([]app.Choice{{Label: text.LeaveIt.Label()}}, spec.Choices...)
		}
		spec.Required = false
		s.specs = append(s.specs, spec)
	}
	return s
}

// Specs are the fields that can be changed.
func (s *setting) Specs() []app.Spec { return s.specs }

// Show is what was entered.
func (s *setting) Show(field string) string {
	i := slices.IndexFunc(s.specs, func(x app.Spec) bool { return x.Name == field })
	for _, c := range s.specs[i].Choices {
		if c.Name == s.typed[field] {
			return s.words.Of(c.Label)
		}
	}
	return s.typed[field]
}

// Enter keeps what is wanted, if a record can have it.
func (s *setting) Enter(field, typed string) error {
	if typed = strings.TrimSpace(typed); typed == "" {
		delete(s.typed, field)
		return nil
	}
	s.typed[field] = typed
	return s.g.Enter(s.g.New(), field, meant(typed))
}

// meant is a value as the register reads it.
func meant(typed string) string {
	if typed == emptyMark || typed == "-" {
		return ""
	}
	return typed
}

// Files of it: there are none.
func (s *setting) Files(string) []app.Blob { return nil }

// SetFiles is never asked for.
func (s *setting) SetFiles(field string, _ []app.Blob) error {
	return app.Refuse(app.Invalid, field, "ファイルはまとめて変更できません。記録ごとに添付してください。", "files cannot be changed in many records at once; attach them to each")
}

// Strict is false: what nobody touched stays.
func (s *setting) Strict() bool { return false }

// into enters it into a record.
func (s *setting) into(r app.Record) error {
	for _, spec := range s.specs {
		if typed, there := s.typed[spec.Name]; there {
			if err := s.g.Enter(r, spec.Name, meant(typed)); err != nil {
				return err
			}
		}
	}
	return nil
}

// edit asks which fields of the marked records are to be what.
func (b *bulk) edit(s *setting) {
	host, words := b.page.host, b.page.desk.Words
	var form *kit.Form
	var shut func()
	see := func() {
		switch {
		case !form.Commit():
		case len(s.typed) == 0:
			host.Say(kit.Warn, words.T(text.EditMarkedNone))
		default:
			shut()
			b.weigh(s)
		}
	}
	key := ui.Ctrl(fyne.KeyReturn)
	desk := b.page.desk.Taking(key, see)
	form = kit.NewForm(desk, formHost{b.page.detail, nil}, s, func() {})
	q := kit.NewQuestion(desk, words.T(text.EditMarked), "", words.T(text.EditMarkedSays, words.Count(b.page.table.MarkCount()), emptyMark), form,
		kit.NewButton(desk, kit.Primary, words.T(text.EditMarkedSee), key, see),
		kit.NewButton(desk, kit.Secondary, words.T(text.Leave), ui.Plain(fyne.KeyEscape), func() { shut() }))
	form.In(q.Body)
	shut = host.Ask(q, q.Card())
	form.Focus()
}

// weighed is a record as the person wants it, and what comes of that.
type weighed struct {
	record app.Record // nil: it is not here any more
	line   markedLine
	cells  []app.Cell // none: it is so already
}

// weigh asks the rules about every marked record, changes nothing, and shows what would
// change.
func (b *bulk) weigh(s *setting) {
	all := map[app.Ref]*weighed{}
	records, g, title, lang := b.page.host.Records(), b.page.cfg.Register, b.page.cfg.Title, b.page.desk.Words.Lang()
	b.run(b.page.table.Marked(), func(ctx context.Context, ref app.Ref) error {
		was, err := records.Get(ctx, ref)
		if err != nil {
			all[ref] = &weighed{line: markedLine{why: err}}
			return err
		}
		w := &weighed{record: was, line: markedLine{number: was.Meta().Number, title: g.Show(was, title, lang)}}
		all[ref] = w
		now, err := asSeen(g, was)
		if err == nil {
			err = s.into(now)
		}
		if w.cells = g.Diff(now); err == nil && len(w.cells) > 0 {
			err = records.Try(ctx, now)
		}
		if w.record, w.line.why = now, err; err == nil || !app.IsCode(err, app.Failed) {
			var unnamed error
			if w.line.facts, unnamed = s.facts(ctx, records, was, now, w.cells, lang); unnamed != nil {
				return unnamed
			}
		}
		return err
	}, func(m *marked) {
		switch {
		case m.failed != nil:
			b.page.host.Say(kit.Late, b.page.desk.Words.Error(m.failed))
		case m.done == len(m.refs): // else the person gave it up
			b.preview(s, m.refs, all)
		}
	})
}

// facts are the fields before and after, as people read them.
func (s *setting) facts(ctx context.Context, records ui.Records, was, now app.Record, cells []app.Cell, lang app.Lang) (all []string, err error) {
	for _, c := range cells {
		spec, ok := app.SpecOf(s.g, c.Field)
		if !ok {
			continue
		}
		before, after := s.g.Show(was, c.Field, lang), s.g.Show(now, c.Field, lang)
		if spec.Type == app.TLink {
			names, err := namesOf(ctx, records, s.g, []app.Spec{spec}, []app.Record{was, now})
			if err != nil {
				return nil, err
			}
			before, after = names[linkOf(s.g, was, spec)], names[linkOf(s.g, now, spec)]
		}
		all = append(all, spec.Label.In(lang)+"："+quoted(before)+" → "+quoted(after))
	}
	return all, nil
}

// preview shows what would change, what cannot and why, and asks whether it is meant.
func (b *bulk) preview(s *setting, refs []app.Ref, all map[app.Ref]*weighed) {
	desk, words := b.page.desk, b.page.desk.Words
	var able []app.Ref
	wrong, same := 0, 0
	var bad, good, rest []markedLine
	for _, ref := range refs {
		w := all[ref]
		switch {
		case w.line.why != nil:
			wrong++
			w.line.mark = kit.Mark{Glyph: "△", Word: words.T(text.CannotChange), Tone: kit.Warn}
			bad = append(bad, w.line)
		case len(w.cells) == 0:
			same++
			w.line.mark = kit.Mark{Glyph: "＝", Word: words.T(text.NoChange), Tone: kit.Quiet}
			rest = append(rest, w.line)
		default:
			able = append(able, ref)
			w.line.mark = kit.Mark{Glyph: "●", Word: words.T(text.ChangesColumn), Tone: kit.Info}
			good = append(good, w.line)
		}
	}
	lines := slices.Concat(bad, good, rest)
	v := newMarkedList(desk, max(0, len(lines)-markedMost))
	v.lines = lines[:min(len(lines), markedMost)]
	sums := words.T(text.EditMarkedSums, words.Count(len(able)), words.Count(wrong), words.Count(same))
	if len(able) == 0 {
		v.ask(b.page.host, words.T(text.EditMarked), sums)
		return
	}
	v.ask(b.page.host, words.T(text.EditMarked), sums, act{words.T(text.EditMarkedDo, words.Count(len(able))), func() { b.apply(able, all) }},
		act{words.T(text.EditFields), func() { b.edit(s) }})
}

// apply records what was shown, one change a record: each against what the person saw of
// it, so what came meanwhile is merged as after any other edit.
func (b *bulk) apply(able []app.Ref, all map[app.Ref]*weighed) {
	records, words := b.page.host.Records(), b.page.desk.Words
	b.run(able, func(ctx context.Context, ref app.Ref) error { return records.Save(ctx, all[ref].record) }, func(m *marked) {
		if did := m.did(); len(did) > 0 {
			done := words.T(text.EditMarkedDone, words.Count(len(did)))
			b.tell(m, words.T(text.EditMarked), done)
			b.offerUndo(done, did, all)
			return
		}
		b.tell(m, words.T(text.EditMarked), "")
	})
}

func (b *bulk) offerUndo(done string, did []app.Ref, all map[app.Ref]*weighed) {
	b.back.Offer(done, func() { b.takeBack(did, all) })
	b.page.Refresh()
}

var errChangedSince = app.Refuse(app.Stale, "", "その後に変更されているため、元に戻していません。経過を確認してください。", "it was changed since, so it was not taken back; look at its history")

// takeBack gives the fields the values that they had, as changes of their own: but where
// somebody has changed them since.
func (b *bulk) takeBack(refs []app.Ref, all map[app.Ref]*weighed) {
	records, g, words := b.page.host.Records(), b.page.cfg.Register, b.page.desk.Words
	b.run(refs, func(ctx context.Context, ref app.Ref) error {
		r, err := records.Get(ctx, ref)
		if err != nil {
			return err
		}
		for _, c := range all[ref].cells {
			if !g.Column(r, c.Field).Equal(c.Now) {
				return errChangedSince
			}
			if err := g.Put(r, c.Field, c.Was); err != nil {
				return err
			}
		}
		return records.Save(ctx, r)
	}, func(m *marked) {
		b.tell(m, words.T(text.MarkedUndone), words.T(text.MarkedDone, words.T(text.MarkedUndone), words.Count(len(m.refs))))
	})
}
