package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"daicho/app"
	"daicho/app/report"
	"daicho/app/report/csv"
	"daicho/app/report/pdf"
	"daicho/app/report/register"
	"daicho/app/report/roundtrip"
	"daicho/app/report/xlsx"
	"daicho/assets"
	"daicho/cmd/cli"
	"daicho/store"
)

// exportVerb writes records to a file for people outside the program.
type exportVerb struct {
	ID string `arg:"" optional:"" name:"id" help:"Id or number of one record, to print as a form; without it, the list."`
	selection
	Columns []string `placeholder:"FIELD" help:"Fields of the list, in this order."`
	PDF     string   `name:"pdf" placeholder:"FILE" xor:"to" required:"" help:"Write A4 pages, dates by era; - is the standard output."`
	CSV     string   `name:"csv" placeholder:"FILE" xor:"to" required:"" help:"Write a file for spreadsheets; - is the standard output."`
	XLSX    string   `name:"xlsx" placeholder:"FILE" xor:"to" required:"" help:"Write a workbook that can be edited and imported again; - is the standard output. A hidden sheet keeps all rows as they are sent."`
	Keys    bool     `help:"Write ids and versions into CSV, by which it can be imported again."`
	CP932   bool     `name:"cp932" help:"Write CSV in CP932 (Shift_JIS) for older programs instead of UTF-8."`
}

// Run writes.
func (v *exportVerb) Run(ctx context.Context, s *session, g app.AnyRegister) error {
	if err := knownFields(g, v.Columns); err != nil {
		return err
	}
	return s.with(ctx, func(r *store.Replica) error {
		records, err := v.chosen(ctx, r, g)
		if err != nil {
			return err
		}
		if v.CSV != "" {
			return v.writeCSV(s, v.rows(g, records))
		}
		now := register.Reading{At: s.console.Now()}
		if v.XLSX != "" {
			return v.writeWorkbook(s, g, records)
		}
		doc := register.List(g, records, now, v.Columns...)
		if v.ID != "" {
			doc = register.Sheet(g, records[0], now)
		}
		return v.writePDF(s, doc)
	})
}

func (v *exportVerb) chosen(ctx context.Context, r *store.Replica, g app.AnyRegister) ([]app.Record, error) {
	if v.ID == "" {
		return v.records(ctx, r, g)
	}
	rec, err := find(ctx, r, g, v.ID)
	return []app.Record{rec}, err
}

func (v *exportVerb) writePDF(s *session, doc report.Document) error {
	press, err := pdf.New(assets.PaperFonts())
	if err != nil {
		return err
	}
	return writeTo(s.console, v.PDF, func(w io.Writer) ([]report.Missing, error) { return press.Write(w, doc) })
}

func (v *exportVerb) writeXLSX(s *session, doc report.Document) error {
	return writeTo(s.console, v.XLSX, func(w io.Writer) ([]report.Missing, error) { return nil, xlsx.Write(w, doc) })
}

// writeWorkbook writes a workbook that can come back.
func (v *exportVerb) writeWorkbook(s *session, g app.AnyRegister, records []app.Record) error {
	var salt roundtrip.Salt
	if _, err := rand.Read(salt[:]); err != nil {
		return err
	}
	sheet, err := roundtrip.Workbook(g, records, s.console.Now(), salt, v.Columns...)
	if err != nil {
		return err
	}
	return writeTo(s.console, v.XLSX, func(w io.Writer) ([]report.Missing, error) { return nil, xlsx.WriteSheet(w, sheet) })
}

// rows are the records as a table, with what tells them again if that is asked for.
func (v *exportVerb) rows(g app.AnyRegister, records []app.Record) report.Table {
	if v.Keys {
		return roundtrip.Table(g, records, v.Columns...)
	}
	return register.Rows(g, records, v.Columns...)
}

func (v *exportVerb) writeCSV(s *session, t report.Table) error {
	enc := csv.UTF8
	if v.CP932 {
		enc = csv.CP932
	}
	return writeTo(s.console, v.CSV, func(w io.Writer) ([]report.Missing, error) { return csv.Write(w, t, enc) })
}

// writeTo makes the file anew, readable by its owner alone, and says which
// characters it could not hold. What failed half-way leaves no file behind and
// an older one as it was.
func writeTo(console *cli.Console, path string, write func(io.Writer) ([]report.Missing, error)) error {
	var missing []report.Missing
	fill := func(w io.Writer) (err error) {
		out := bufio.NewWriter(w)
		if missing, err = write(out); err == nil {
			err = out.Flush()
		}
		return err
	}
	err := error(nil)
	if path == "-" {
		err = fill(console.Out)
	} else {
		err = replaceFile(path, fill)
	}
	if err != nil {
		return cli.Errorf("%s: %v書き込めるファイルを指定してください。", "%s: %v; name a file that can be written", path, err)
	}
	for _, m := range missing {
		fmt.Fprintf(console.Err, "daichoctl: %s: written as %c: %s\n", path, report.Geta, m.Code())
	}
	return nil
}

// replaceFile writes beside a file and puts the new one in its place.
func replaceFile(path string, fill func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".daicho-*.tmp")
	if err != nil {
		return err
	}
	err = errors.Join(fill(f), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
