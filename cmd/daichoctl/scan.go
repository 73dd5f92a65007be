package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"daicho/app"
	"daicho/app/scan"
	"daicho/app/scan/memory"
	"daicho/app/scan/share"
	"daicho/cmd/cli"
	"daicho/store/keys"
	"daicho/store/vfs"
)

// scanVerb looks for personal data in files (clause 3.4.2).
type scanVerb struct {
	Format  string   `enum:"ndjson,text" default:"ndjson" help:"ndjson: one object for every file and archive entry; text: only what is unprotected, and a summary."`
	Jobs    int      `placeholder:"N" help:"So many files are read side by side; as many as there are cores, if not given."`
	Exclude []string `placeholder:"PATTERN" help:"Names of files and folders to leave out, such as *.iso or node_modules; more than once, if need be."`
	Resume  string   `and:"resume" placeholder:"FILE" help:"Remember here what was found: the next scan opens only files that changed, and one that was ended goes on. Sealed under --key-file; made if it is not there."`
	KeyFile string   `and:"resume" placeholder:"FILE" help:"The key that --resume is sealed under: one line of 64 hexadecimal digits; made if it is not there."`
	Paths   []string `arg:"" name:"path" help:"Files and folders, with all that is in them; smb://server/share/folder reads a share with the login that daichoctl share login keeps."`
}

// Run prints what is found.
func (v *scanVerb) Run(ctx context.Context, console *cli.Console) error {
	files := share.New(ctx, login)
	defer files.Close()
	if err := v.check(files); err != nil {
		return err
	}
	out := bufio.NewWriter(console.Out)
	each := scan.WriteNDJSON(out)
	if v.Format == "text" {
		each = exposedLines(out)
	}
	engine := pdfEngine()
	defer engine.Close()
	o := scan.Options{Paths: v.Paths, Files: files, PDF: engine, Workers: v.Jobs, Exclude: v.Exclude}
	if o.Workers == 0 {
		o.Workers = runtime.NumCPU()
	}
	sum, err := v.remembering(ctx, o, each)
	if err == nil && v.Format == "text" {
		_, err = fmt.Fprintf(out, "%d files, %d entries of archives: %d unprotected with personal data, %d protected, %d not read in full; %d not opened, for they are as they were\n",
			sum.Files, sum.Entries, sum.Exposed, sum.Protected, sum.Partial+sum.Unscannable+sum.Errors, sum.Known)
	}
	return errors.Join(err, out.Flush())
}

// remembering scans, with the memory of scans before if there is one.
func (v *scanVerb) remembering(ctx context.Context, o scan.Options, each func(scan.Line) error) (sum scan.Summary, err error) {
	if v.Resume == "" {
		return scan.Run(ctx, o, each)
	}
	m, err := v.memory()
	if err != nil {
		return sum, err
	}
	o.Memory = m
	if sum, err = scan.Run(ctx, o, each); err == nil {
		err = m.Forget(ctx)
	}
	return sum, errors.Join(err, m.Close())
}

// memory opens what was found before. Another program may find something else in the
// same file, so what it found is not recalled.
func (v *scanVerb) memory() (*memory.Memory, error) {
	key, err := keys.FromFile(v.KeyFile)
	if err != nil {
		return nil, err
	}
	own, err := key.For("scan")
	if err != nil {
		return nil, err
	}
	program, err := fingerprint()
	if err != nil {
		return nil, err
	}
	m, err := memory.Open(v.Resume, own, program)
	switch {
	case vfs.WrongKey(err):
		return nil, errScanKey
	case vfs.Damaged(err):
		return nil, errScanMemory
	case err != nil:
		return nil, fmt.Errorf("%w; name another file with --resume", err)
	}
	return m, nil
}

var errScanKey = app.Refuse(app.Invalid, "key-file", "鍵ファイルが、--resume のファイルを作成したときのものと異なります。そのときの鍵ファイルを指定してください。ない場合は、--resume に別のファイル名を指定してください（全てのファイルを読み直します）。",
	"the key file is not the one that the file of --resume was made with; name that one, or another file with --resume, and everything is read again")

var errScanMemory = app.Refuse(app.Damaged, "resume", "--resume のファイルは、スキャンの記録ではないか、壊れています。別のファイル名を指定するか、このファイルを削除してください（全てのファイルを読み直します）。",
	"the file of --resume is no memory of a scan, or is damaged; name another file with --resume, or remove this one, and everything is read again")

var errNoServer = app.Refuse(app.Failed, "path", "ファイルサーバーに接続できません。サーバー名と、この端末がネットワークに接続されているかを確認してください。",
	"the file server cannot be reached; look at its name, and whether this machine is on its network")

// fingerprint is the same for the same program.
func fingerprint() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}

// Validate is called as the arguments are read.
func (v *scanVerb) Validate() error {
	for _, p := range v.Exclude {
		if _, err := filepath.Match(p, ""); err != nil {
			return fmt.Errorf("--exclude %s is no pattern: * stands for any letters, ? for one, [ab] for one of them", p)
		}
	}
	return nil
}

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
