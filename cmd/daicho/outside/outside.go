// Package outside hands files to other programs and takes back what people save
// there. The copies lie readable on the disk, as nothing else of a replica does: in a
// folder of the person alone, for as short as can be. [Desk.Wipe] takes back what was
// saved, then overwrites and deletes. What cannot be taken back stays, also for the
// next start, which wipes all else that a crash has left.
//
// Overwriting is no promise on disks that write elsewhere (flash, copying file
// systems), and other programs keep copies of their own. Use it only where a person
// has asked to open a file. No error names a file: names may be personal data.
package outside

import (
	"crypto/sha256"
	"errors"
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
// and some put a new file in the place of the old one. Nobody waits longer than
// patience for it.
const (
	calm     = 700 * time.Millisecond
	patience = 3 * time.Second
)

// Origin says where a file came from. It is written beside the copy, for the next start.
type Origin struct {
	Replica string `json:"replica"`
	Record  string `json:"record"`
	Field   string `json:"field"`
	Blob    string `json:"blob"` // the attachment whose place it takes
	Name    string `json:"name"`
}

// Take keeps what was saved outside, or hears why it could not be read, and tells the
// person either way. It returns where the next content comes from. Without an error
// the content is safe elsewhere. It runs on goroutines of its own.
type Take func(o Origin, body []byte, err error) (Origin, error)

// Desk holds the files that stand open outside.
type Desk struct {
	folders []folder           // of this process first, then those that a crash has left
	open    func(string) error // starts the system's program
	take    Take
	events  *fsnotify.Watcher

	mu    sync.Mutex
	files map[string]*file // by their folders
}

// folder is one of a process, which holds it.
type folder struct {
	path string
	hold io.Closer
}

// file is one of them.
type file struct {
	path  string
	rest  *time.Timer
	turn  sync.Mutex // one look at a time
	note  note       // what is known of it
	ended bool       // nothing is taken back any more
}

// New makes a desk in a folder that other programs of this person use, too; open
// starts the program for a file. It wipes what a program that died has left, but for
// what was saved there and never taken back.
func New(root string, open func(path string) error, take Take) (*Desk, error) {
	if err := os.MkdirAll(root, 0o700); err != nil {
		return nil, bare(err)
	}
	d := &Desk{open: open, take: take, files: map[string]*file{}}
	left := d.adopt(root)
	dir, err := os.MkdirTemp(root, "")
	if err != nil {
		return nil, bare(err)
	}
	hold, err := durable.Hold(dir + held)
	if err != nil {
		return nil, bare(err)
	}
	d.folders = append([]folder{{dir, hold}}, left...)
	if d.events, err = fsnotify.NewWatcher(); err != nil {
		return nil, errors.Join(err, hold.Close())
	}
	go d.follow()
	return d, nil
}

// held ends the name of the file by which a process holds its folder.
const held = ".held"

// adopt wipes the folders that no process holds any more, and keeps those with
// something that was saved and not taken back.
func (d *Desk) adopt(root string) (left []folder) {
	list, _ := os.ReadDir(root) // what cannot be listed cannot be wiped either
	for _, e := range list {
		dir := filepath.Join(root, e.Name())
		if !e.IsDir() {
			continue
		}
		hold, taken := durable.Hold(dir + held)
		if taken != nil {
			continue
		}
		if d.adoptFiles(dir) {
			left = append(left, folder{dir, hold})
			continue
		}
		if wipe(dir) == nil {
			_ = os.Remove(dir + held) // an empty file
		}
		_ = hold.Close()
	}
	return left
}

// adoptFiles reports whether something in a folder is to be taken back; all else is wiped.
func (d *Desk) adoptFiles(dir string) (some bool) {
	list, _ := os.ReadDir(dir)
	for _, e := range list {
		one := filepath.Join(dir, e.Name())
		if !e.IsDir() {
			continue
		}
		n, err := readNote(one)
		f := &file{path: filepath.Join(one, plain(n.Name)), note: n}
		if err != nil || f.same() {
			_ = wipeFile(one)
			continue
		}
		d.files[one], some = f, true
	}
	return some
}

// same says whether a file is gone, or says what it did when it was taken back last.
func (f *file) same() bool {
	body, err := os.ReadFile(f.path)
	return errors.Is(err, fs.ErrNotExist) || err == nil && sha256.Sum256(body) == f.note.Sum
}

// Open writes a copy and opens it. What the person saves there is taken.
func (d *Desk) Open(o Origin, body []byte) error {
	dir, err := os.MkdirTemp(d.folders[0].path, "")
	if err != nil {
		return bare(err)
	}
	f := &file{path: filepath.Join(dir, plain(o.Name)), note: note{o, sha256.Sum256(body)}}
	if err := errors.Join(f.note.write(dir), os.WriteFile(f.path, body, 0o600)); err != nil {
		return errors.Join(bare(err), wipeFile(dir))
	}
	d.mu.Lock()
	d.files[dir] = f
	d.mu.Unlock()
	if err := errors.Join(d.events.Add(dir), d.open(f.path)); err != nil {
		return errors.Join(bare(err), d.drop(dir, f))
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

func (d *Desk) at(dir string) *file {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.files[dir]
}

// Left is how many copies there are.
func (d *Desk) Left() int { return len(d.all()) }

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
	f.rest = time.AfterFunc(calm, func() { _ = d.look(dir, f) }) // who takes it tells the person
}

// look takes a file that says something else than before.
func (d *Desk) look(dir string, f *file) error {
	f.turn.Lock()
	defer f.turn.Unlock()
	if f.ended || f.same() { // or it is between the old one and the new one
		return nil
	}
	body, err := os.ReadFile(f.path)
	o, err := d.take(f.note.Origin, body, bare(err))
	if err != nil {
		return err
	}
	f.note = note{o, sha256.Sum256(body)}
	return bare(f.note.write(dir))
}

// settled waits until nobody has written into a file for a while.
func (f *file) settled() {
	for begun := time.Now(); time.Since(begun) < patience; time.Sleep(calm / 10) {
		info, err := os.Stat(f.path)
		switch gone := errors.Is(err, fs.ErrNotExist); {
		case gone && time.Since(begun) > calm, err != nil && !gone:
			return
		case err == nil:
			if age := time.Since(info.ModTime()); age > calm || age < 0 || f.same() {
				return
			}
		}
	}
}

// Wipe takes back what was saved and not taken yet, and wipes the copies. The desk can
// be used again. What could not be taken back stays for the next call, and so does a
// file that another program holds open on Windows; the error says why, and
// [Desk.Left] how many.
func (d *Desk) Wipe() error {
	var failed error
	for _, dir := range d.all() {
		f := d.at(dir)
		if f == nil {
			continue
		}
		f.settled()
		err := d.look(dir, f)
		if err == nil {
			err = d.drop(dir, f)
		}
		failed = errors.Join(failed, err)
	}
	return failed
}

// Discard wipes the copies of a replica that was erased, whatever was saved there.
func (d *Desk) Discard(replica string) error {
	var failed error
	for _, dir := range d.all() {
		if f := d.at(dir); f != nil && f.of(replica) {
			failed = errors.Join(failed, d.drop(dir, f))
		}
	}
	return failed
}

func (f *file) of(replica string) bool {
	f.turn.Lock()
	defer f.turn.Unlock()
	return f.note.Replica == replica
}

// drop wipes a copy. What cannot be wiped is tried again by the next call; nothing is
// taken from it any more unless it stands there as it was.
func (d *Desk) drop(dir string, f *file) error {
	f.turn.Lock()
	defer f.turn.Unlock()
	_ = d.events.Remove(dir) // it goes
	f.ended = true
	if err := wipeFile(dir); err != nil {
		if f.same() && f.note.write(dir) == nil {
			f.ended = false
			_ = d.events.Add(dir) // else the next call looks
		}
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if f.rest != nil {
		f.rest.Stop()
	}
	delete(d.files, dir)
	return nil
}

// Close wipes all and ends the desk. What could not be taken back waits for the next start.
func (d *Desk) Close() error {
	err := errors.Join(d.Wipe(), d.events.Close())
	for _, f := range d.folders {
		if !d.holds(f) {
			err = errors.Join(err, wipe(f.path), bare(os.Remove(f.path+held)))
		}
		err = errors.Join(err, f.hold.Close())
	}
	return err
}

// holds says whether a copy is left in a folder.
func (d *Desk) holds(f folder) bool {
	for _, dir := range d.all() {
		if filepath.Dir(dir) == f.path {
			return true
		}
	}
	return false
}
