package register

import (
	"context"
	"errors"
	"io"
	"slices"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/report"
	"daicho/app/report/roundtrip"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// importing takes a sheet back that people edited outside the program: it shows what
// the sheet wants of the register, and does it when the person says so.
type importing struct {
	page *Page
	slot task.Slot
}

// maxSheet is the most bytes of a file that is read as a sheet.
const maxSheet = 64 << 20

// sheet is a file that came back, with the mappings of this register that have names.
type sheet struct {
	name    string
	grids   []report.Grid
	written func(string) string
	kept    map[string]roundtrip.Layout
}

// came is a sheet that was read by a mapping, with what it wants.
type came struct {
	sheet
	by      roundtrip.Layout
	back    *roundtrip.Back
	preview *roundtrip.Preview
}

// ask lets the person choose the file.
func (i *importing) ask() {
	i.page.host.PickFile(func(name string, open func() (io.ReadCloser, error)) {
		task.Do(i.page.desk.Tasks, &i.slot, func(ctx context.Context) (sheet, error) { return i.read(ctx, name, open) }, func(s sheet, err error) {
			if err != nil {
				i.page.host.Say(kit.Late, i.page.desk.Words.Error(err))
				return
			}
			i.compare(s, roundtrip.Layout{})
		})
	})
}

// read reads the file.
func (i *importing) read(ctx context.Context, name string, open func() (io.ReadCloser, error)) (s sheet, err error) {
	data, err := readSheet(open)
	if err != nil {
		return s, err
	}
	s.name = name
	if s.grids, s.written, err = roundtrip.Open(name, data); err != nil {
		return s, app.Because(err, app.Invalid, "表として読めないファイルです。Excel（.xlsx）、CSV、TSVのいずれかを選んでください。", "the file is no sheet; choose a workbook (.xlsx), a CSV or a TSV file")
	}
	s.kept, err = i.layouts(ctx)
	return s, err
}

// compare compares the sheet with the register as it is, and shows what it wants.
// Nothing is changed. Where its columns are not understood the person says what they are.
func (i *importing) compare(s sheet, by roundtrip.Layout) {
	page := i.page
	work := task.NewProgress(page.desk.Now)
	page.paper.begin(work, i.slot.Stop)
	task.Do(page.desk.Tasks, &i.slot, func(ctx context.Context) (came, error) { return i.wants(ctx, s, by, work) }, func(c came, err error) {
		page.paper.end()
		switch e := app.ErrorOf(err); {
		case err == nil:
			i.show(c)
		case e.Code == app.NotFound || e.Field != "":
			i.choose(s, by, err)
		default:
			page.host.Say(kit.Late, page.desk.Words.Error(err))
		}
	})
}

func (i *importing) wants(ctx context.Context, s sheet, by roundtrip.Layout, work *task.Progress) (c came, err error) {
	g, records := i.page.cfg.Register, i.page.host.Records()
	c.sheet, c.by = s, by
	if c.back, err = roundtrip.Read(g, s.grids, by); err != nil {
		return c, err
	}
	secret, err := records.Secret(roundtrip.SecretPurpose)
	if err != nil {
		return c, err
	}
	today := &existing{ctx: ctx, records: records, g: g, work: work, all: int64(c.back.Rows())}
	c.preview, err = roundtrip.Compare(g, c.back, roundtrip.File{Written: s.written, Secret: secret}, today)
	return c, err
}

func readSheet(open func() (io.ReadCloser, error)) ([]byte, error) {
	body, err := open()
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(body, maxSheet+1))
	if err = errors.Join(err, body.Close()); err == nil && len(data) > maxSheet {
		err = app.Refuse(app.Invalid, "", "ファイルが大きすぎます。64 MB までのファイルを選んでください。", "the file is too large: at most 64 MB")
	}
	return data, err
}

// existing finds the records that a sheet speaks of, and notes how many it has looked for.
type existing struct {
	ctx     context.Context
	records ui.Records
	g       app.AnyRegister
	work    *task.Progress
	all     int64
	done    int64
}

// ByID is part of [roundtrip.Today].
func (t *existing) ByID(id app.ID) (app.Record, error) {
	t.done++
	if err := t.work.Step(t.ctx, min(t.done, t.all), t.all); err != nil {
		return nil, err
	}
	rec, err := t.records.Get(t.ctx, app.Ref{Kind: t.g.About().Kind, ID: id})
	if app.IsCode(err, app.NotFound) {
		return nil, nil
	}
	return rec, err
}

var errTwins = app.Refuse(app.Invalid, "number", "同じ番号の記録が複数あります。IDの列のあるファイルを取り込んでください。", "several records have one number; import a file that has a column of ids")

// ByNumber is part of [roundtrip.Today].
func (t *existing) ByNumber(number string) (app.Record, error) {
	kind := t.g.About().Kind
	ids, err := t.records.IDs(t.ctx, kind, app.Query{Where: []app.Cond{app.Where("number", "=", number)}, Limit: 2})
	switch {
	case err != nil || len(ids) == 0:
		return nil, err
	case len(ids) > 1:
		return nil, errTwins
	}
	return t.ByID(ids[0])
}

// importCard is the size of the card, in design pixels.
var importCard = fyne.NewSize(860, 640)

// show asks whether the person wants what the sheet wants.
func (i *importing) show(c came) {
	words := i.page.desk.Words
	var view *imported
	var shut func()
	do := func() {
		if len(view.able) > 0 {
			shut()
			i.confirm(c, view.wish, view.able)
		}
	}
	desk := i.page.desk.Taking(ui.Ctrl(fyne.KeyReturn), do)
	view = newImported(desk, c, i.page.cfg)
	apply := kit.NewButton(desk, kit.Primary, words.T(text.ImportApply, words.Count(len(view.able))), ui.Ctrl(fyne.KeyReturn), do)
	var buttons []*kit.Button
	if len(view.able) > 0 || view.form != nil {
		buttons = append(buttons, apply)
	}
	buttons = append(buttons,
		kit.NewButton(desk, kit.Secondary, words.T(text.ImportMapping), ui.Key{}, func() { shut(); i.choose(c.sheet, c.by, nil) }),
		kit.NewButton(desk, kit.Secondary, words.T(text.Leave), ui.Plain(fyne.KeyEscape), func() { shut() }))
	q := kit.NewQuestion(desk, words.T(text.ImportTitle), c.name, view.summary(), view.content(), buttons...)
	view.chosen = func() {
		q.Sentence = view.summary()
		apply.SetWord(words.T(text.ImportApply, words.Count(len(view.able))))
		apply.Enable(len(view.able) > 0)
		q.Refresh()
	}
	apply.Enable(len(view.able) > 0)
	if view.form != nil {
		view.form.In(q.Body)
	}
	shut = i.page.host.Ask(q, importCard)
	desk.Focus(buttons[len(buttons)-1])
}

// confirm asks for what the command for deleted rows needs, if there is one and it
// needs something, or whether it is meant.
func (i *importing) confirm(c came, w wish, able []roundtrip.Change) {
	cmd, err := app.CommandOf(i.page.cfg.Register, w.retire)
	deleted := slices.ContainsFunc(able, func(c roundtrip.Change) bool { return c.What == roundtrip.Deleted })
	if err != nil || !deleted || len(cmd.Args) == 0 && cmd.Final == (app.Label{}) {
		i.apply(c, able, w.retire, nil)
		return
	}
	i.page.bulk.card(cmd, i.page.desk.Words.T(text.ImportRetire, i.page.desk.Words.Of(cmd.Label)), func(args []string) { i.apply(c, able, w.retire, args) })
}

// apply does what the sheet wants, as ordinary changes: all of them or none.
func (i *importing) apply(c came, able []roundtrip.Change, retire string, args []string) {
	host, words, page := i.page.host, i.page.desk.Words, i.page
	work := task.NewProgress(page.desk.Now)
	ctx, giveUp := context.WithCancel(context.Background())
	page.paper.begin(work, giveUp)
	page.paper.progress.Restless()
	task.Go(page.desk.Tasks, func(context.Context) error {
		defer giveUp()
		deeds, err := c.deeds(able, retire, args)
		if err != nil {
			return err
		}
		return host.Records().DoAll(ctx, deeds, func(n int) { _ = work.Step(ctx, int64(n), int64(len(deeds))) })
	}, func(err error) {
		page.paper.end()
		switch {
		case errors.Is(err, context.Canceled):
			host.Say(kit.Warn, words.T(text.ImportGivenUp))
		case err != nil:
			host.Say(kit.Late, words.Error(err))
		default:
			host.Say(kit.Good, words.T(text.Imported, words.Count(len(able)), c.name))
			page.Changed(nil)
		}
	})
}

// deeds are what the changes do to their records.
func (c *came) deeds(able []roundtrip.Change, retire string, args []string) (all []ui.Deed, err error) {
	for _, change := range able {
		if change.What == roundtrip.Deleted {
			all = append(all, ui.Deed{Record: change.Today, Command: retire, Args: args})
			continue
		}
		rec, err := c.preview.Record(change)
		if err != nil {
			return nil, err
		}
		all = append(all, ui.Deed{Record: rec})
	}
	return all, nil
}
