package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"daicho/app/scan"
	"daicho/cmd/cli"
)

// scanVerb looks for personal data in files (clause 3.4.2).
type scanVerb struct {
	Format string   `enum:"ndjson,text" default:"ndjson" help:"ndjson: one object for every file and archive entry; text: only what is unprotected, and a summary."`
	Paths  []string `arg:"" name:"path" help:"Files and folders; folders with all that is in them."`
}

// Run prints and keeps nothing.
func (v *scanVerb) Run(ctx context.Context, console *cli.Console) error {
	if err := v.check(); err != nil {
		return err
	}
	out := bufio.NewWriter(console.Out)
	each := scan.WriteNDJSON(out)
	if v.Format == "text" {
		each = exposedLines(out)
	}
	engine := pdfEngine()
	defer engine.Close()
	sum, err := scan.Run(ctx, scan.Options{Paths: v.Paths, PDF: engine}, each)
	if err == nil && v.Format == "text" {
		_, err = fmt.Fprintf(out, "%d files, %d entries of archives: %d unprotected with personal data, %d protected, %d not read in full\n",
			sum.Files, sum.Entries, sum.Exposed, sum.Protected, sum.Partial+sum.Unscannable+sum.Errors)
	}
	return errors.Join(err, out.Flush())
}

// check refuses paths that are not there: a scan that looked at nothing must
// not end well.
func (v *scanVerb) check() error {
	for _, p := range v.Paths {
		if _, err := os.Stat(p); err != nil {
			return fmt.Errorf("%w; name a file or folder that can be read", err)
		}
	}
	return nil
}

// exposedLines prints what a person must look at.
func exposedLines(w io.Writer) func(scan.Line) error {
	return func(l scan.Line) error {
		if !l.Exposed() {
			return nil
		}
		var found []string
		for _, f := range l.Findings {
			found = append(found, fmt.Sprintf("%s %d (%s)", f.Kind, f.Count, f.Confidence))
		}
		_, err := fmt.Fprintf(w, "%s: %s\n", l.Path, strings.Join(found, ", "))
		return err
	}
}
