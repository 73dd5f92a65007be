package second

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"daicho/app"
	"daicho/store/durable"
	"daicho/store/keys"
)

// Folder is the second place of one server, as one process sees it. It is not
// safe for use by several goroutines.
type Folder struct {
	Dir    string
	Server keys.ID
	Key    keys.DataKey
	Random io.Reader

	read map[string]*reading // by name of file; nil: nothing yet
	out  *os.File            // of this process
	own  string              // its name
	kept int                 // entries that were added to it
}

// reading is how far a file was read.
type reading struct {
	seal  *seal
	at    int64
	index uint64
	given bool // it is no file of ours, or nothing more can be read in it
}

// Found is what a look into the folder found beside entries.
type Found struct {
	Files int      // of this server
	Again bool     // a file that was read is not there any more: everything was read from the beginning
	Open  []string // names of files that end in the middle of an entry: their process was killed, or is writing
	Bad   []string // what does not open: file and place
}

// Read gives all entries that were not given before, ordered by their numbers.
func (f *Folder) Read() (all []*Entry, found Found, err error) {
	names, err := os.ReadDir(f.Dir)
	if err != nil {
		return nil, found, err
	}
	found.Again = f.lost(names)
	for _, n := range names {
		if !strings.HasSuffix(n.Name(), Suffix) || n.IsDir() {
			continue
		}
		some, err := f.file(n.Name(), &found)
		if err != nil {
			return nil, found, fmt.Errorf("%s: %w", n.Name(), err)
		}
		all = append(all, some...)
	}
	slices.SortStableFunc(all, func(a, b *Entry) int { return cmp.Compare(a.N, b.N) })
	return all, found, nil
}

// lost forgets what was read if a file of it is gone. It says whether that is so.
func (f *Folder) lost(there []os.DirEntry) bool {
	lost := false
	for name := range f.read {
		lost = lost || !slices.ContainsFunc(there, func(e os.DirEntry) bool { return e.Name() == name })
	}
	if lost && f.out != nil {
		_ = f.leave() // it may be the one
	}
	if lost || f.read == nil {
		f.read = map[string]*reading{}
	}
	return lost
}

// file reads on in one file.
func (f *Folder) file(name string, found *Found) (all []*Entry, err error) {
	file, err := os.Open(filepath.Join(f.Dir, name))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	r := f.read[name]
	if r == nil {
		if r, err = f.begin(file, name, found); r == nil || err != nil {
			return nil, err
		}
		f.read[name] = r
	}
	if r.seal != nil {
		found.Files++
	}
	if r.given {
		return nil, nil
	}
	if _, err = file.Seek(r.at, io.SeekStart); err != nil {
		return nil, err
	}
	return r.rest(bufio.NewReader(file), name, found)
}

// Server names the server of which a folder holds the first file; empty if there is
// none.
func Server(dir string) (keys.ID, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*"+Suffix))
	for _, name := range names {
		f, failed := os.Open(name)
		if failed != nil {
			return "", failed
		}
		front, _, failed := readFront(f)
		if f.Close(); failed == nil || errors.Is(failed, errNewer) {
			return front.Server, failed
		}
	}
	return "", err
}

// begin reads the front of a file. One of another server is passed over; nil: it
// may still be written.
func (f *Folder) begin(file io.Reader, name string, found *Found) (*reading, error) {
	front, text, err := readFront(file)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		found.Open = append(found.Open, name)
		return nil, nil
	case errors.Is(err, errNone):
		found.Bad = append(found.Bad, name)
		return &reading{given: true}, nil
	case err != nil:
		return nil, err
	case front.Server != f.Server:
		return &reading{given: true}, nil
	}
	s, err := front.seal(f.Key, text)
	return &reading{seal: s, at: int64(len(text))}, err
}

// rest reads what a file holds beyond what was read of it.
func (r *reading) rest(in io.Reader, name string, found *Found) (all []*Entry, err error) {
	for {
		e, size, err := r.seal.next(in, r.index)
		switch {
		case errors.Is(err, io.EOF):
			return all, nil
		case errors.Is(err, io.ErrUnexpectedEOF):
			found.Open = append(found.Open, name)
			return all, nil
		case errors.Is(err, errNone): // a length that cannot be: what follows cannot be found
			found.Bad, r.given = append(found.Bad, fmt.Sprintf("%s: from byte %d on", name, r.at)), true
			return all, nil
		case errors.Is(err, errBad):
			found.Bad = append(found.Bad, fmt.Sprintf("%s: %d bytes from byte %d on", name, size, r.at))
		case err != nil:
			return nil, err
		default:
			all = append(all, e)
		}
		r.at, r.index = r.at+size, r.index+1
	}
}

// Ready makes the file that this process adds to, if there is none yet.
func (f *Folder) Ready(now app.Stamp) error {
	if f.out != nil {
		return nil
	}
	id, err := app.NewID(now, f.Random)
	if err != nil {
		return err
	}
	head := front{Server: f.Server, Made: now, Salt: make([]byte, 32)}
	if _, err = io.ReadFull(f.Random, head.Salt); err != nil {
		return err
	}
	text, err := head.bytes()
	if err != nil {
		return err
	}
	s, err := head.seal(f.Key, text)
	if err != nil {
		return err
	}
	name := id.String() + Suffix
	path := filepath.Join(f.Dir, name)
	if err = durable.Create(path, func(draft string) error { return os.WriteFile(draft, text, 0o600) }); err != nil {
		return err
	}
	if f.out, err = os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0o600); err != nil {
		return err
	}
	if f.read == nil {
		f.read = map[string]*reading{}
	}
	f.own, f.kept, f.read[name] = name, 0, &reading{seal: s, at: int64(len(text))}
	return nil
}

// Append adds an entry to the file of this process, after [Folder.Ready]; it is
// on the disk when Append returns nil. After an error nothing is written behind
// what may be half there: the next entry begins another file.
func (f *Folder) Append(e *Entry) error {
	r := f.read[f.own]
	text, err := r.seal.entry(r.index, e)
	if err != nil {
		return err
	}
	f.kept++
	if _, err = f.out.Write(text); err == nil {
		err = f.out.Sync()
	}
	if err != nil {
		return errors.Join(err, f.leave())
	}
	r.at, r.index = r.at+int64(len(text)), r.index+1
	return nil
}

// leave lets go of the file of this process.
func (f *Folder) leave() error {
	err := f.out.Close()
	f.out = nil
	return err
}

// Close ends the file of this process; one without any entry is taken away.
func (f *Folder) Close() error {
	if f.out == nil {
		return nil
	}
	err := f.leave()
	if f.kept == 0 {
		err = errors.Join(err, os.Remove(filepath.Join(f.Dir, f.own)))
	}
	return err
}
