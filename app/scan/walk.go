package scan

import (
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
	known  bool           // it was not opened, since it is as it was

	done  chan struct{} // closed when lines and err are set
	found []Line        // in the file itself
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
	exclude []string // patterns of names
}

// leaves says whether a name is left out. A pattern that is none leaves out nothing.
func (w *walker) leaves(name string) bool {
	return slices.ContainsFunc(w.exclude, func(pattern string) bool {
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
			if !found(newTask(p, "", info)) {
				return
			}
		default:
			if !w.folder(ctx, p, found) {
				return
			}
		}
	}
}

// folder goes through one folder in the order of names, folders and files
// mixed. It reports false when the walk shall end.
func (w *walker) folder(ctx context.Context, folder string, found func(*task) bool) bool {
	entries, err := w.files.ReadDir(folder)
	if err != nil && !found(newTask(folder, reasonOf(err, reasonFolder), nil)) {
		return false
	}
	beside := holdsPassword(entries)
	for _, e := range entries {
		if ctx.Err() != nil {
			return false
		}
		if w.leaves(e.Name()) {
			continue
		}
		path := w.files.Join(folder, e.Name())
		if e.IsDir() {
			if !w.folder(ctx, path, found) {
				return false
			}
			continue
		}
		t := entryTask(path, e)
		t.beside = beside
		if !found(t) {
			return false
		}
	}
	return true
}

func entryTask(path string, e fs.DirEntry) *task {
	info, err := e.Info()
	if err != nil {
		return newTask(path, reasonOf(err, reasonNotFound), nil)
	}
	return newTask(path, "", info)
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
