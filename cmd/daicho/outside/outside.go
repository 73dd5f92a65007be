// Package outside hands files to other programs and takes back what people save
// there. The copies lie readable on the disk, as nothing else of a replica does: in a
// folder of the person alone, for as short as can be. [Desk.Wipe] overwrites and
// deletes them, and so does the next start after a crash.
//
// Overwriting is no promise on disks that write elsewhere (flash, copying file
// systems), and other programs keep copies of their own. Use it only where a person
// has asked to open a file.
package outside

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"

	"daicho/store/durable"
)

// calm is how long a file must rest to be taken for saved: programs write in pieces,
// and some put a new file in the place of the old one.
const calm = 700 * time.Millisecond

// Desk holds the files that stand open outside.
type Desk struct {
	dir    string             // of this process
	hold   io.Closer          // says that the folder is in use
	open   func(string) error // starts the system's program
	events *fsnotify.Watcher

	mu    sync.Mutex
	files map[string]*file // by their folders
}

// file is one of them.
type file struct {
	path  string
	sum   [sha256.Size]byte // of what is known of it
	rest  *time.Timer
	saved func(body []byte, err error)
}

// New makes a desk in a folder that other programs of this person use, too; open
// starts the program for a file. It wipes what a program that died has left.
func New(root string, open func(path string) error) (*Desk, error) {
	if err := os.MkdirAll(root, 0o700); err != nil {
		return nil, err
	}
	wipeLeft(root)
	dir, err := os.MkdirTemp(root, "")
	if err != nil {
		return nil, err
	}
	d := &Desk{dir: dir, open: open, files: map[string]*file{}}
	if d.hold, err = durable.Hold(dir + held); err != nil {
		return nil, err
	}
	if d.events, err = fsnotify.NewWatcher(); err != nil {
		return nil, errors.Join(err, d.hold.Close())
	}
	go d.follow()
	return d, nil
}

// held ends the name of the file by which a process holds its folder.
const held = ".held"

// wipeLeft wipes the folders that no process holds any more.
func wipeLeft(root string) {
	list, err := os.ReadDir(root)
	for _, e := range list {
		dir := filepath.Join(root, e.Name())
		if err != nil || !e.IsDir() {
			continue
		}
		hold, taken := durable.Hold(dir + held)
		if taken != nil {
			continue
		}
		if wipe(dir) == nil {
			_ = os.Remove(dir + held) // an empty file
		}
		_ = hold.Close()
	}
}

// Open writes a copy and opens it. saved is called, off this goroutine, with each
// new content that the person saves.
func (d *Desk) Open(name string, body []byte, saved func(body []byte, err error)) error {
	dir, err := os.MkdirTemp(d.dir, "")
	if err != nil {
		return err
	}
	f := &file{path: filepath.Join(dir, plain(name)), sum: sha256.Sum256(body), saved: saved}
	if err := os.WriteFile(f.path, body, 0o600); err != nil {
		return errors.Join(err, wipe(dir))
	}
	d.mu.Lock()
	d.files[dir] = f
	d.mu.Unlock()
	if err := errors.Join(d.events.Add(dir), d.open(f.path)); err != nil {
		d.forget(dir)
		return errors.Join(err, wipe(dir))
	}
	return nil
}

// plain is a name that no system takes for a path, and that hides nothing.
func plain(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, name)
	if name = strings.TrimLeft(name, ".-"); name == "" {
		return "file"
	}
	return name
}

// follow hears of what is saved, until the desk is wiped.
func (d *Desk) follow() {
	for {
		select {
		case e, ok := <-d.events.Events:
			if !ok {
				return
			}
			d.touched(filepath.Dir(e.Name))
		case _, ok := <-d.events.Errors: // too many at once: look at all
			if !ok {
				return
			}
			for _, dir := range d.all() {
				d.touched(dir)
			}
		}
	}
}

func (d *Desk) all() (dirs []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for dir := range d.files {
		dirs = append(dirs, dir)
	}
	return dirs
}

// touched looks at a file once it has come to rest.
func (d *Desk) touched(dir string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f := d.files[dir]
	if f == nil {
		return
	}
	if f.rest != nil {
		f.rest.Stop()
	}
	f.rest = time.AfterFunc(calm, func() { d.look(dir, f) })
}

// look tells of a file that says something else than before.
func (d *Desk) look(dir string, f *file) {
	body, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return // between the old one and the new one
	}
	d.mu.Lock()
	same := err == nil && sha256.Sum256(body) == f.sum
	gone := d.files[dir] != f
	if err == nil {
		f.sum = sha256.Sum256(body)
	}
	d.mu.Unlock()
	if !same && !gone {
		f.saved(body, err)
	}
}

func (d *Desk) forget(dir string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if f := d.files[dir]; f != nil && f.rest != nil {
		f.rest.Stop()
	}
	delete(d.files, dir)
}

// Wipe takes back what was saved and not told yet, and wipes all copies. The desk can
// be used again. A file that another program holds open on Windows stays until the
// next call, or the next start.
func (d *Desk) Wipe() error {
	var failed error
	for _, dir := range d.all() {
		d.mu.Lock()
		f := d.files[dir]
		d.mu.Unlock()
		if f != nil {
			d.look(dir, f)
		}
		d.forget(dir)
		_ = d.events.Remove(dir) // it goes
		failed = errors.Join(failed, wipe(dir))
	}
	return failed
}

// Close wipes all and ends the desk.
func (d *Desk) Close() error {
	err := errors.Join(d.Wipe(), d.events.Close(), wipe(d.dir))
	if err == nil {
		err = os.Remove(d.dir + held)
	}
	return errors.Join(err, d.hold.Close())
}

// wipe overwrites all files of a folder, those that other programs left there, too,
// and takes it away.
func wipe(dir string) error {
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		return blank(path)
	})
	if err = errors.Join(err, os.RemoveAll(dir)); err != nil {
		return fmt.Errorf("wipe what was opened outside: %w", err)
	}
	return nil
}

// blank overwrites a file. A symbolic link is not followed: it is no regular file.
func blank(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil {
		_, err = io.CopyN(f, zeros{}, info.Size())
	}
	return errors.Join(err, f.Sync(), f.Close())
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}
