package register

import (
	"context"
	"errors"
	"io"

	"fyne.io/fyne/v2"

	"daicho/app"
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

// came is a sheet that came back, with what it wants.
type came struct {
	name    string
	back    *roundtrip.Back
	preview *roundtrip.Preview
}

// ask lets the person choose the file.
func (i *importing) ask() {
	i.page.host.PickFile(func(name string, open func() (io.ReadCloser, error)) {
		task.Do(i.page.desk.Tasks, &i.slot, func(ctx context.Context) (came, error) { return i.read(ctx, name, open) }, func(c came, err error) {
			if err != nil {
				i.page.host.Say(kit.Late, i.page.desk.Words.Error(err))
				return
			}
			i.show(c)
		})
	})
}

// read compares the sheet with the register as it is. Nothing is changed.
func (i *importing) read(ctx context.Context, name string, open func() (io.ReadCloser, error)) (c came, err error) {
	data, err := readSheet(open)
	if err != nil {
		return c, err
	}
	grids, written, err := roundtrip.Open(name, data)
	if err != nil {
		return c, app.Because(err, app.Invalid, "表として読めないファイルです。Excel（.xlsx）、CSV、TSVのいずれかを選んでください。", "the file is no sheet; choose a workbook (.xlsx), a CSV or a TSV file")
	}
	g, records := i.page.cfg.Register, i.page.host.Records()
	if c.back, err = roundtrip.Read(g, grids, roundtrip.Layout{}); err != nil {
		return c, err
	}
	secret, err := records.Secret(roundtrip.SecretPurpose)
	if err != nil {
		return c, err
	}
	c.name = name
	c.preview, err = roundtrip.Compare(g, c.back, roundtrip.File{Written: written, Secret: secret}, existing{ctx, records, g})
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

// existing finds the records that a sheet speaks of.
type existing struct {
	ctx     context.Context
	records ui.Records
	g       app.AnyRegister
}

// ByID is part of [roundtrip.Today].
func (t existing) ByID(id app.ID) (app.Record, error) {
	rec, err := t.records.Get(t.ctx, app.Ref{Kind: t.g.About().Kind, ID: id})
	if app.IsCode(err, app.NotFound) {
		return nil, nil
	}
	return rec, err
}

var errTwins = app.Refuse(app.Invalid, "number", "同じ番号の記録が複数あります。IDの列のあるファイルを取り込んでください。", "several records have one number; import a file that has a column of ids")

// ByNumber is part of [roundtrip.Today].
func (t existing) ByNumber(number string) (app.Record, error) {
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
	desk, words := i.page.desk, i.page.desk.Words
	view := newImported(desk, c, i.page.cfg.makes())
	var shut func()
	var buttons []*kit.Button
	if n := len(view.able); n > 0 {
		buttons = append(buttons, kit.NewButton(desk, kit.Primary, words.T(text.ImportApply, words.Count(n)), ui.Ctrl(fyne.KeyReturn), func() { shut(); i.apply(c, view.able) }))
	}
	buttons = append(buttons, kit.NewButton(desk, kit.Secondary, words.T(text.Leave), ui.Plain(fyne.KeyEscape), func() { shut() }))
	q := kit.NewQuestion(desk, words.T(text.ImportTitle), c.name, view.summary(), view, buttons...)
	shut = i.page.host.Ask(q, importCard)
	desk.Focus(buttons[len(buttons)-1])
}

// apply does what the sheet wants, as ordinary changes: all of them or none.
func (i *importing) apply(c came, able []roundtrip.Change) {
	host, words := i.page.host, i.page.desk.Words
	task.Go(i.page.desk.Tasks, func(ctx context.Context) error {
		var all []app.Record
		for _, change := range able {
			rec, err := c.preview.Record(change)
			if err != nil {
				return err
			}
			all = append(all, rec)
		}
		return host.Records().SaveAll(ctx, all)
	}, func(err error) {
		if err != nil {
			host.Say(kit.Late, words.Error(err))
			return
		}
		host.Say(kit.Good, words.T(text.Imported, words.Count(len(able)), c.name))
		i.page.Changed(nil)
	})
}
