package scan

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"daicho/app/extract"
)

// task is one file of the walk.
type task struct {
	path   string
	folder string
	size   int64
	fail   extract.Reason // why it cannot be opened; "" when it can
	other  bool           // not a regular file
	beside bool           // a file in the folder may hold its password
	stamp  Stamp          // as the walk saw it, or as it was opened
	reads  Readers        // who may read it, if the walk can tell
	known  bool           // it was not opened, since it is as it was

	done  chan struct{} // closed when lines and err are set
	found Found         // in the file itself
	lines []Line        // as they are told
	err   error
}

// What a walk meets besides regular files.
const (
	reasonNotFound extract.Reason = "no such file or folder"
	reasonDenied   extract.Reason = "permission denied"
	reasonFolder   extract.Reason = "folder could not be read"
	reasonLink     extract.Reason = "symbolic link: not followed"
	reasonSpecial  extract.Reason = "not a regular file: not opened"
	reasonChanged  extract.Reason = "file changed while it was read"
	reasonLost     extract.Reason = "connection to the share was lost"
)

// walker goes through folders.
type walker struct {
	files   Files
	options *Options
}

// Leaves says whether what has a name in a folder is left out.
func (o *Options) Leaves(name string, folder bool) bool {
	return isLike(name, o.Exclude) || len(o.Include) > 0 && !folder && !isLike(name, o.Include)
}

// isLike says whether a name is as one of the patterns. One that is no pattern is
// like nothing.
func isLike(name string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		is, err := filepath.Match(pattern, name)
		return is && err == nil
	})
}

// walk calls found for every file under the paths until it returns false.
func (w *walker) walk(ctx context.Context, paths []string, found func(*task) bool) {
	for _, p := range paths {
		info, err := w.files.Stat(p)
		switch {
		case err != nil:
			if !found(newTask(p, reasonOf(err, reasonNotFound), nil)) {
				return
			}
		case !info.IsDir():
			if !found(w.lone(p, info)) {
				return
			}
		default:
			if !w.folder(ctx, p, w.enters(p, true), found) {
				return
			}
		}
	}
}

// lone is a file that was named itself.
func (w *walker) lone(path string, info fs.FileInfo) *task {
	t := newTask(path, "", info).readBy(w.enters(folderOf(path), true), info)
	beside, err := w.files.ReadDir(cmp.Or(t.folder, "."))
	t.beside = err == nil && holdsPassword(beside)
	return t
}

// folder goes through one folder in the order of names, folders and files
// mixed. by says who may go into it. It reports false when the walk shall end.
func (w *walker) folder(ctx context.Context, folder string, by Readers, found func(*task) bool) bool {
	entries, err := w.files.ReadDir(folder)
	if err != nil && !found(newTask(folder, reasonOf(err, reasonFolder), nil)) {
		return false
	}
	beside := holdsPassword(entries)
	for _, e := range entries {
		if ctx.Err() != nil {
			return false
		}
		if w.options.Leaves(e.Name(), e.IsDir()) {
			continue
		}
		path := w.files.Join(folder, e.Name())
		if e.IsDir() {
			inner := by
			if by == Everyone {
				inner = w.enters(path, false)
			}
			if !w.folder(ctx, path, inner, found) {
				return false
			}
			continue
		}
		t := entryTask(path, e, by)
		t.beside = beside
		if !found(t) {
			return false
		}
	}
	return true
}

func entryTask(path string, e fs.DirEntry, by Readers) *task {
	info, err := e.Info()
	if err != nil {
		return newTask(path, reasonOf(err, reasonNotFound), nil)
	}
	return newTask(path, "", info).readBy(by, info)
}

// readBy notes who may read a regular file in a folder that these may go into.
func (t *task) readBy(by Readers, info fs.FileInfo) *task {
	if !t.other {
		t.reads = by.below(info.Mode())
	}
	return t
}

func newTask(path string, fail extract.Reason, info fs.FileInfo) *task {
	t := &task{path: path, folder: folderOf(path), fail: fail, done: make(chan struct{})}
	if info == nil {
		return t
	}
	t.size, t.stamp = info.Size(), stampOf(info)
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		t.fail, t.other = reasonLink, true
	case !info.Mode().IsRegular():
		t.fail, t.other = reasonSpecial, true
	}
	return t
}

// folderOf is the path without its last name.
func folderOf(path string) string {
	return path[:max(0, strings.LastIndexAny(path, "/"+string(filepath.Separator)))]
}

func reasonOf(err error, otherwise extract.Reason) extract.Reason {
	switch {
	case errors.Is(err, ErrLost):
		return reasonLost
	case errors.Is(err, fs.ErrPermission):
		return reasonDenied
	case errors.Is(err, fs.ErrNotExist):
		return reasonNotFound
	}
	return otherwise
}
