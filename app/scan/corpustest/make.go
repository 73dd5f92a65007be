package corpustest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Folder is where one case is made. Nothing but what is to be scanned may stay
// in Dir.
type Folder struct {
	Dir     string // of the case
	Scratch string // beside the corpus, for what a file is made from

	office *office
	after  []func() error
}

// Make makes the files of all parts below dir, in a folder for each case, and
// says which case failed. What was there of these parts before is removed.
func Make(dir string, parts ...Part) error {
	scratch, err := os.MkdirTemp("", "daicho-corpus-")
	for _, p := range parts {
		err = errors.Join(err, os.RemoveAll(filepath.Join(dir, p.Author)))
	}
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	office := &office{dir: filepath.Join(scratch, "office")}
	var after []func() error
	for _, p := range parts {
		for _, c := range p.Cases {
			f := &Folder{Dir: folderOf(dir, p, &c), Scratch: filepath.Join(scratch, p.Author, c.Name), office: office}
			if err := f.make(&c); err != nil {
				return fmt.Errorf("%s/%s: %w", p.Author, c.Name, err)
			}
			after = append(after, f.finish(p.Author+"/"+c.Name, c.File))
		}
	}
	if err := office.run(); err != nil {
		return err
	}
	for _, finish := range after {
		if err := finish(); err != nil {
			return err
		}
	}
	return nil
}

func folderOf(dir string, p Part, c *Case) string { return filepath.Join(dir, p.Author, c.Name) }

func (f *Folder) make(c *Case) error {
	for _, dir := range []string{f.Dir, f.Scratch} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	return c.Make(f)
}

// finish does what waited for the office, and looks whether the file is there.
func (f *Folder) finish(name, file string) func() error {
	return func() error {
		for _, then := range f.after {
			if err := then(); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		if _, err := os.Stat(filepath.Join(f.Dir, file)); err != nil {
			return fmt.Errorf("%s was not made: %w", name, err)
		}
		return nil
	}
}

// Path is the path of a name in the case's folder.
func (f *Folder) Path(name string) string { return filepath.Join(f.Dir, name) }

// Source is the path of a name in the scratch folder.
func (f *Folder) Source(name string) string { return filepath.Join(f.Scratch, name) }

// Write writes a file into the case's folder.
func (f *Folder) Write(name string, content []byte) error {
	return os.WriteFile(f.Path(name), content, 0o600)
}

// WriteSource writes a file into the scratch folder.
func (f *Folder) WriteSource(name string, content []byte) error {
	return os.WriteFile(f.Source(name), content, 0o600)
}

// Then is called when the office has written its files.
func (f *Folder) Then(do func() error) { f.after = append(f.after, do) }

// Run starts a program in the scratch folder. Its own words are the error.
func (f *Folder) Run(program string, args ...string) error {
	return f.Feed(nil, program, args...)
}

// Feed is [Folder.Run] with an input.
func (f *Folder) Feed(in []byte, program string, args ...string) error {
	cmd := exec.Command(program, args...)
	cmd.Dir = f.Scratch
	cmd.Stdin = bytes.NewReader(in)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "GNUPGHOME="+f.Scratch)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return errors.Join(fmt.Errorf("%s: %w", program, err), errors.New(string(out)))
	}
	return nil
}
