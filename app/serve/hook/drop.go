package hook

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"daicho/app"
)

// The folders of a drop folder for what became of its files.
const (
	takenDir = "taken"
	heldDir  = "held"
)

// settles is how long a file that cannot be read may still be on its way.
const settles = 30 * time.Second

// Drop takes the reports that lie as files (*.json, one report each) in a folder, in the
// order of their names, and moves them to its folder taken. What cannot be read goes to
// held, with the reason beside it in NAME.json.txt. It tells how many it took. A tool writes
// a file under another name and renames it when it is whole.
func (k *Taker) Drop(ctx context.Context, dir string) (taken int, err error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return 0, err
	}
	for _, sub := range []string{takenDir, heldDir} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			return 0, err
		}
	}
	for _, f := range files {
		if ctx.Err() != nil {
			return taken, ctx.Err()
		}
		if !f.Type().IsRegular() || !strings.EqualFold(filepath.Ext(f.Name()), ".json") {
			continue
		}
		done, one := k.file(ctx, dir, f)
		if done {
			taken++
		}
		err = errors.Join(err, one)
	}
	return taken, err
}

// file takes one file. It is moved when what became of it is on the disk.
func (k *Taker) file(ctx context.Context, dir string, f fs.DirEntry) (taken bool, err error) {
	from := filepath.Join(dir, f.Name())
	about, err := f.Info()
	if err != nil {
		return false, err
	}
	err = k.read(ctx, from, about.Size())
	var refused *app.Error
	switch {
	case err == nil:
		return true, move(from, filepath.Join(dir, takenDir))
	case !errors.As(err, &refused) || refused.Code == app.Failed:
		return false, err
	case k.Now().Sub(about.ModTime()) < settles:
		return false, nil
	}
	k.Log.Warn("event", "result", "held")
	return false, hold(from, filepath.Join(dir, heldDir), refused)
}

// hold moves a file to those that people must look at, beside the reason.
func hold(from, dir string, why *app.Error) error {
	to, err := free(filepath.Base(from), dir)
	if err != nil {
		return err
	}
	if err := os.WriteFile(to+".txt", []byte(why.Say.JA+"\n"+why.Say.EN+"\n"), 0o600); err != nil {
		return err
	}
	return os.Rename(from, to)
}

func (k *Taker) read(ctx context.Context, path string, size int64) error {
	if size > MaxReport {
		return refuse("", "報告が 64 KB を超えています。監視装置の設定を確かめてください。", "the report is over 64 KB; look at the tool's settings")
	}
	text, err := os.ReadFile(path)
	if err == nil {
		_, err = k.take(ctx, text)
	}
	return err
}

// move moves a file into a folder, and overwrites none there.
func move(from, dir string) error {
	to, err := free(filepath.Base(from), dir)
	if err != nil {
		return err
	}
	return os.Rename(from, to)
}

// free is a path in a folder at which no file is: of its name, or NAME-2 and so on.
func free(name, dir string) (string, error) {
	ext := filepath.Ext(name)
	to := filepath.Join(dir, name)
	for n := 2; ; n++ {
		if _, err := os.Lstat(to); errors.Is(err, fs.ErrNotExist) {
			return to, nil
		} else if err != nil {
			return "", err
		}
		to = filepath.Join(dir, fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, ext), n, ext))
	}
}
