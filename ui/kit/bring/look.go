package bring

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"

	"daicho/app"
)

// most is how many files are taken in at once.
const most = 5000

// Item is what a person let fall: a file, or a folder with all that is in it.
type Item struct {
	Name   string
	Folder bool
	Files  []File // of a file that can be taken itself
	Why    error  // it cannot be taken, or not all of it
}

// File is a file to be taken.
type File struct {
	Path string
	Name string
	Size int64
}

var (
	errName = app.Refuse(app.Invalid, "", "名前の文字を読み取れません。名前を付け直してから、もう一度お試しください。", "the name holds characters that cannot be read; rename it and try again")
	errKind = app.Refuse(app.Invalid, "", "ファイルでもフォルダーでもないため、取り込めません。", "it is neither a file nor a folder")
	errMany = app.Refuse(app.Invalid, "", "ファイルが多すぎます。5,000件までに分けて、もう一度お試しください。", "there are too many files: 5,000 at most; take them in parts")
)

func unread(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return app.Because(err, app.NotFound, "ファイルがありません。移動または削除されていないか確認してください。", "it is not there any more")
	}
	return app.Because(err, app.Failed, "読み取れません。読み取りの権限があるか確認してください。", "it cannot be read; see whether you may read it")
}

// Look reads what lies at some paths. Links within a folder are not followed, and what
// programs hide or are still writing there is left out.
func Look(ctx context.Context, paths []string) (items []Item, err error) {
	left := most
	for _, path := range paths {
		i := look(ctx, path, left)
		left -= len(i.Files)
		items = append(items, i)
	}
	return items, ctx.Err()
}

func look(ctx context.Context, path string, left int) (i Item) {
	i.Name, i.Why = nameOf(path)
	if i.Why != nil {
		return i
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		i.Why = unread(err)
	case info.IsDir():
		i.Folder = true
		i.walk(ctx, path, left)
	case !info.Mode().IsRegular():
		i.Why = errKind
	case left == 0:
		i.Why = errMany
	default:
		i.Files = []File{{path, i.Name, info.Size()}}
	}
	return i
}

// walk finds the files of a folder. One that cannot be read keeps none of the others.
func (i *Item) walk(ctx context.Context, top string, left int) {
	err := filepath.WalkDir(top, func(path string, e fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			i.Why = unread(err)
			return nil
		case path != top && passing(e.Name()):
			if e.IsDir() {
				return filepath.SkipDir
			}
			return nil
		case !e.Type().IsRegular():
			return nil
		case len(i.Files) == left:
			i.Why = errMany
			return filepath.SkipAll
		}
		info, err := e.Info()
		if err != nil {
			i.Why = unread(err)
			return nil
		}
		name, err := nameOf(path)
		if err != nil {
			i.Why = err
			return nil
		}
		i.Files = append(i.Files, File{path, name, info.Size()})
		return nil
	})
	if err != nil && ctx.Err() == nil {
		i.Why = unread(err)
	}
}

// passing are names that no person gives to what is to be kept.
func passing(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~") || strings.HasSuffix(name, ".tmp") || strings.HasSuffix(name, ".part") ||
		strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini")
}

// nameOf is what a file is called. Old archives and shares leave names in the characters
// of Windows (CP932).
func nameOf(path string) (string, error) {
	name := filepath.Base(path)
	if utf8.ValidString(name) {
		return name, nil
	}
	name, err := japanese.ShiftJIS.NewDecoder().String(name)
	if err != nil || strings.ContainsRune(name, utf8.RuneError) {
		return strings.ToValidUTF8(filepath.Base(path), "?"), errName
	}
	return name, nil
}

// filesOf are all files of some items.
func filesOf(items []Item) (all []File) {
	for _, i := range items {
		all = append(all, i.Files...)
	}
	return all
}
