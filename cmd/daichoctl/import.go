package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"daicho/app"
	"daicho/app/report"
	"daicho/app/report/roundtrip"
	"daicho/cmd/cli"
	"daicho/store"
)

// importVerb takes a sheet back that people edited outside the program.
type importVerb struct {
	File    string   `arg:"" help:"A workbook (.xlsx), or a CSV or TSV file."`
	Apply   bool     `help:"Do what the preview shows: all of it, or, if one row is refused, nothing."`
	Skip    bool     `help:"Leave rows out that cannot be applied, and do the others."`
	Trust   bool     `help:"Take what the sheet says, too, where nobody knows what it was made from, and of deleted rows whose records were changed since."`
	Deleted string   `placeholder:"COMMAND" help:"Do this command of the register on the records whose rows were deleted. Without it nothing happens to them."`
	With    []string `sep:"none" placeholder:"FIELD=VALUE" help:"What the command of --deleted asks for, such as a reason."`
	Map     string   `placeholder:"FILE" help:"TOML that says how a sheet of your own is read: sheet = \"name\", line = number of the headings, and under [columns] lines as \"heading\" = \"field\". Where there is no such file: a mapping that was saved under this name, here or in the window."`
	SaveMap string   `placeholder:"NAME" help:"Save the mapping of --map under a name, for the next time and for the window."`
	JSON    bool     `name:"json" help:"Print the preview as one JSON object."`
}

// Run shows what the sheet wants, and does it if asked to.
func (v *importVerb) Run(ctx context.Context, s *session, g app.AnyRegister) error {
	grids, written, err := readGrids(v.File)
	if err != nil {
		return err
	}
	return s.with(ctx, func(r *store.Replica) error {
		layout, err := v.layout(ctx, r, g.About().Kind)
		if err != nil {
			return err
		}
		back, err := roundtrip.Read(g, grids, layout)
		if err != nil {
			return fmt.Errorf("%s: %w", v.File, err)
		}
		if err := v.saveLayout(ctx, r, g.About().Kind, layout); err != nil {
			return err
		}
		p, err := roundtrip.Compare(g, back, roundtrip.File{Written: written, Secret: r.Secret(roundtrip.SecretPurpose)}, existing{ctx, r, g})
		if err != nil {
			return err
		}
		if v.Apply {
			if err := v.apply(ctx, r, p); err != nil {
				return err
			}
		}
		if v.JSON {
			return printJSON(s.console.Out, previewAbout(back, p, v.Trust))
		}
		return printPreview(s.console.Out, back, p, v.Trust)
	})
}

// layout reads the saved mapping of columns: a file, or what was saved in the window.
// None is no mapping.
func (v *importVerb) layout(ctx context.Context, r *store.Replica, kind app.Kind) (l roundtrip.Layout, err error) {
	if v.Map == "" {
		return l, nil
	}
	data, err := os.ReadFile(v.Map)
	if errors.Is(err, fs.ErrNotExist) {
		data, err = savedLayout(ctx, r, kind, v.Map)
	}
	if err != nil {
		return l, err
	}
	if l, err = roundtrip.ParseLayout(data); err != nil {
		return l, cli.Misused("--map %s: %v", "--map %s: %v", v.Map, err)
	}
	return l, nil
}

// savedLayouts is before the names under which this device keeps what screens keep.
const savedLayouts = "ui/"

func savedLayout(ctx context.Context, r *store.Replica, kind app.Kind, name string) ([]byte, error) {
	key := savedLayouts + roundtrip.LayoutKey(kind, name)
	kept, err := r.Settings(ctx, key)
	if err != nil {
		return nil, err
	}
	data, there := kept[key]
	if !there {
		return nil, cli.Misused("--map %s: この名前のファイルも、この台帳に保存した列の対応もありません。名前を確かめてください。", "--map %s: there is no such file, and no mapping of this register under that name", name)
	}
	return data, nil
}

// saveLayout saves the mapping, once it has been of use.
func (v *importVerb) saveLayout(ctx context.Context, r *store.Replica, kind app.Kind, l roundtrip.Layout) error {
	if v.SaveMap == "" {
		return nil
	}
	data, err := l.Bytes()
	if err != nil {
		return err
	}
	return r.Local(ctx, func(tx *store.LocalTx) error {
		return tx.Set(savedLayouts+roundtrip.LayoutKey(kind, v.SaveMap), data)
	})
}

// readGrids reads a file of any kind, and tells what such a file makes of a text.
func readGrids(path string) ([]report.Grid, func(string) string, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, nil, err
	}
	grids, written, err := roundtrip.Open(path, data)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	return grids, written, nil
}

// existing finds the records that a sheet speaks of.
type existing struct {
	ctx context.Context
	r   *store.Replica
	g   app.AnyRegister
}

// ByID is part of [roundtrip.Today].
func (t existing) ByID(id app.ID) (app.Record, error) {
	rec, err := t.r.Get(t.ctx, app.Ref{Kind: t.g.About().Kind, ID: id})
	if app.IsCode(err, app.NotFound) {
		return nil, nil
	}
	return rec, err
}

// ByNumber is part of [roundtrip.Today].
func (t existing) ByNumber(number string) (app.Record, error) {
	found, _, err := t.r.List(t.ctx, t.g.About().Kind, app.Query{Where: []app.Cond{{Field: "number", Op: "=", Value: number}}, Limit: 2})
	switch {
	case err != nil || len(found) == 0:
		return nil, err
	case len(found) > 1:
		return nil, cli.Errorf("番号「%s」の記録が複数あります。表に ID の列を加えてください。", "several records have the number %q; give the sheet a column of ids", number)
	}
	return found[0], nil
}

// apply does all that the sheet wants in one transaction.
func (v *importVerb) apply(ctx context.Context, r *store.Replica, p *roundtrip.Preview) error {
	if err := v.refused(p); err != nil {
		return err
	}
	return r.Write(ctx, r.Actor(), func(tx *store.Tx) error {
		for _, c := range p.Changes {
			if v.wrong(c) != nil {
				continue
			}
			if err := v.one(tx, p, c); err != nil {
				return atLine(c, err)
			}
		}
		return nil
	})
}

// refused is why nothing is done: a row that cannot be.
func (v *importVerb) refused(p *roundtrip.Preview) error {
	var all []error
	for _, c := range p.Changes {
		if err := v.wrong(c); err != nil && !v.Skip {
			all = append(all, atLine(c, err))
		}
	}
	if len(all) == 0 {
		return nil
	}
	return cli.Errorf("反映できない行が%d行あるため、何も変更していません。行を直すか、--skip を指定して除いてください。%v", "nothing was done, for %d rows cannot be; correct them, or give --skip to leave them out: %v", len(all), errors.Join(all[:min(len(all), 10)]...))
}

// wrong is why a change cannot be applied. A deleted row of which nothing is to be
// done stops nothing.
func (v *importVerb) wrong(c roundtrip.Change) error {
	if c.What == roundtrip.Deleted && v.Deleted == "" {
		return nil
	}
	return c.Err(v.Trust)
}

func atLine(c roundtrip.Change, err error) error {
	if c.Line == 0 {
		return fmt.Errorf("%s: %w", nameOf(app.Ref{ID: c.ID}, c.Number), err)
	}
	return cli.Errorf("%d行目: %v", "line %d: %v", c.Line, err)
}

// one does what the sheet wants of one record.
func (v *importVerb) one(tx *store.Tx, p *roundtrip.Preview, c roundtrip.Change) error {
	switch c.What {
	case roundtrip.Already:
		return nil
	case roundtrip.Deleted:
		return v.delete(tx, p, c)
	}
	rec, err := p.Record(c)
	if err != nil {
		return err
	}
	return tx.Save(rec)
}

// delete does to a record whose row was deleted what was asked for; nothing if nothing was.
func (v *importVerb) delete(tx *store.Tx, p *roundtrip.Preview, c roundtrip.Change) error {
	if v.Deleted == "" {
		return nil
	}
	args, err := app.Args(p.Register, v.Deleted, v.With)
	if err != nil {
		return err
	}
	return tx.Do(c.Today, v.Deleted, args)
}
