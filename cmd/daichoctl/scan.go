package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"daicho/app"
	"daicho/app/agent"
	"daicho/app/civil"
	"daicho/app/detect"
	"daicho/app/scan"
	"daicho/app/scan/share"
	"daicho/cmd/cli"
	"daicho/cmd/worker"
	"daicho/store/durable"
)

// scanVerb looks for personal data in files (clause 3.4.2).
type scanVerb struct {
	Format  string   `enum:"ndjson,text" default:"ndjson" help:"ndjson: one object for every file and archive entry; text: only what is unprotected, and a summary."`
	Jobs    int      `placeholder:"N" help:"So many files are read side by side; as many as there are cores, if not given."`
	Include []string `placeholder:"PATTERN" help:"Names of files to read, such as *.xlsx, and no others; more than once, if need be."`
	Exclude []string `placeholder:"PATTERN" help:"Names of files and folders to leave out, such as *.iso or node_modules; more than once, if need be."`
	memoryFlags
	packFlags
	politeFlags
	watchFlags
	Paths []string `arg:"" name:"path" help:"Files and folders, with all that is in them; smb://server/share/folder reads a share with the login that daichoctl share login keeps."`
}

// Run prints what is found.
func (v *scanVerb) Run(ctx context.Context, console *cli.Console) error {
	packs, err := v.packFlags.open()
	if err != nil {
		return err
	}
	gate, err := v.gate(ctx, console)
	if err != nil {
		return err
	}
	files := share.New(ctx, agent.SystemLogin)
	defer files.Close()
	if err := v.check(files); err != nil {
		return err
	}
	workers := worker.Readers()
	defer workers.Close()
	o := scan.Options{Paths: v.Paths, Files: files, Apart: workers, Workers: v.Jobs, Include: v.Include, Exclude: v.Exclude, Gate: gate,
		Engine: detect.With(civil.DateOf(console.Now()), packs...)}
	if o.Workers == 0 {
		o.Workers = runtime.NumCPU()
	}
	if err := v.memoryFlags.open(&o); err != nil {
		return err
	}
	out := bufio.NewWriter(console.Out)
	err = errors.Join(v.scan(ctx, console, o, out, packs), v.memoryFlags.close())
	return v.said(err, out.Flush())
}

// scan prints to out, which is flushed after it, too.
func (v *scanVerb) scan(ctx context.Context, console *cli.Console, o scan.Options, out *bufio.Writer, packs []*detect.Pack) error {
	each := scan.WriteNDJSON(out)
	if v.Format == "text" {
		each = exposedLines(out)
	}
	if v.Watch {
		return v.watch(ctx, console, o, func(l scan.Line) error { return errors.Join(each(l), out.Flush()) })
	}
	sum, err := scan.Run(ctx, o, each)
	if err == nil {
		err = v.forget(ctx)
	}
	if err != nil || v.Format != "text" {
		return err
	}
	for _, p := range packs {
		fmt.Fprintf(out, "rules of %s %d, following %s\n", p.Name, p.Version, p.Edition)
	}
	_, err = fmt.Fprintf(out, "%d files, %d entries of archives: %d unprotected with personal data, %d protected, %d not read in full; %d not opened, for they are as they were\n",
		sum.Files, sum.Entries, sum.Exposed, sum.Protected, sum.Partial+sum.Unscannable+sum.Errors, sum.Known)
	return err
}

// said is the sentence for what ended a scan: that of the memory, unless what is
// printed cannot be written either.
func (v *scanVerb) said(err, printing error) error {
	if durable.Full(printing) {
		return app.Because(printing, app.Failed, "結果を書き込めません。出力先のディスクに空きがありません。空きを作ってから、もう一度実行してください。",
			"the results cannot be written, for the disk they go to is full; make room and try again")
	}
	if printing != nil {
		return printing
	}
	return v.memoryFlags.said(err)
}

// Validate is called as the arguments are read.
func (v *scanVerb) Validate() error {
	for _, p := range slices.Concat(v.Include, v.Exclude) {
		if _, err := filepath.Match(p, ""); err != nil {
			return cli.Errorf("「%s」は型として読み取れません。* は任意の文字列、? は任意の1文字、[ab] はその中の1文字を表します。", "%s is no pattern: * stands for any letters, ? for one, [ab] for one of them", p)
		}
	}
	return errors.Join(v.politeFlags.check(), v.watchFlags.check())
}

var errNoServer = app.Refuse(app.Failed, "path", "ファイルサーバーに接続できません。サーバー名と、この端末がネットワークに接続されているかを確認してください。",
	"the file server cannot be reached; look at its name, and whether this machine is on its network")

// check refuses paths that are not there: a scan that looked at nothing must
// not end well.
func (v *scanVerb) check(files scan.Files) error {
	for _, p := range v.Paths {
		_, err := files.Stat(p)
		switch {
		case err == nil:
		case errors.As(err, new(*app.Error)):
			return err
		case errors.Is(err, scan.ErrLost):
			return errNoServer
		default:
			return cli.Errorf("%v読み取れるファイルかフォルダーを指定してください。", "%v; name a file or folder that can be read", err)
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
		readers := ""
		if l.Readers == scan.Everyone {
			readers = "; everyone may read it"
		}
		_, err := fmt.Fprintf(w, "%s: %s%s\n", l.Path, strings.Join(found, ", "), readers)
		return err
	}
}
