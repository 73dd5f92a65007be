package vfs

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Salvage reads the pages of a sealed database one by one, past SQLite, which
// gives a database up whose first pages are damaged. It writes nothing. Nobody
// may have the database open meanwhile: see [Alone].
type Salvage struct {
	db, log *os.File
	keys    *fileKeys
	frames  map[int64]int64 // page (from 1) to the frame (from 0) of the log that holds its newest commit
	salts   [8]byte
	pages   int64
	tags    *tags // nil if the table is not there or damaged
	untold  error // why there is none
}

// OpenSalvage opens the database at path, sealed under key, for reading single
// pages. The error is [ErrMissing] if there is no file, and [ErrDamaged] if its
// first 16 bytes are not of this key: without them nothing can be read.
func OpenSalvage(path string, key [32]byte) (*Salvage, error) {
	s := &Salvage{frames: map[int64]int64{}}
	err := s.open(path, key)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("salvage %s: %w", path, err), s.Close())
	}
	return s, nil
}

func (s *Salvage) open(path string, key [32]byte) (err error) {
	if s.db, err = os.Open(path); errors.Is(err, fs.ErrNotExist) {
		return ErrMissing
	} else if err != nil {
		return err
	}
	var id identity
	if _, err := s.db.ReadAt(id[:], 0); err != nil || !id.madeBy(&key) {
		return ErrDamaged
	}
	v := &VFS{key: key, random: func(b []byte) { rand.Read(b) }, made: map[identity]*fileKeys{}}
	if s.keys, err = v.keysOf(id); err != nil {
		return err
	}
	if err := s.openTags(v, path, id); err != nil {
		return err
	}
	if err := s.openLog(path + "-wal"); err != nil {
		return err
	}
	return s.count()
}

// openTags reads the table of page tags. Without it older pages are not told from
// the last ones; the rest can be read all the same.
func (s *Salvage) openTags(v *VFS, path string, id identity) error {
	seal, err := v.tagSealer(id)
	if err != nil {
		return err
	}
	s.tags, err = loadTags(tagsPath(path, id), id, seal, v.random)
	if err == nil {
		err = s.tags.fetchAll()
	}
	if errors.Is(err, ErrDamaged) {
		s.tags, s.untold = nil, err
		return nil
	}
	return err
}

// Tags says what is wrong with the table of page tags; nil if nothing is.
func (s *Salvage) Tags() error { return s.untold }

// count finds how many pages there are: as many as the last commit said, or as
// the file holds if nobody can say.
func (s *Salvage) count() error {
	if s.pages > 0 {
		return nil
	}
	info, err := s.db.Stat()
	if err != nil {
		return err
	}
	s.pages = (info.Size() + pageSize - 1) / pageSize
	if first, err := s.Page(1); err == nil {
		s.pages = int64(binary.BigEndian.Uint32(first[28:]))
	}
	return nil
}

// Pages is how many pages the database has; they are numbered from 1.
func (s *Salvage) Pages() int64 { return s.pages }

// PageSize is the bytes of a page that SQLite uses; the rest is the seal.
const PageSize = usable

// Page reads one page as of the last commit: PageSize bytes. The error is
// [ErrDamaged] if it is not what was written.
func (s *Salvage) Page(n int64) ([]byte, error) {
	if i, there := s.frames[n]; there {
		frame, err := s.frame(i)
		if err != nil {
			return nil, err
		}
		return frame[frameHead : frameHead+usable], nil
	}
	page := make([]byte, pageSize)
	if n == lockPage+1 {
		return page[:usable], nil
	}
	if _, err := s.db.ReadAt(page, (n-1)*pageSize); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	last := s.tags == nil
	if !last {
		last, _ = s.tags.is(n, page[usable:usable+tagSize]) // all blocks are in memory
	}
	p := pageFile{keys: s.keys}
	p.aad.file(kindPage, s.keys.id)
	if !p.unsealPage(page, n-1) || !last {
		return nil, fmt.Errorf("page %d: %w", n, ErrDamaged)
	}
	return page[:usable], nil
}

// openLog finds the commits that stand in the log, as SQLite's recovery does:
// up to the first frame that is not authentic or does not follow.
func (s *Salvage) openLog(path string) (err error) {
	if s.log, err = os.Open(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	head := make([]byte, logHeader+overhead)
	if _, err := s.log.ReadAt(head, 0); errors.Is(err, io.EOF) {
		return nil
	} else if err != nil {
		return err
	}
	var aad binding
	aad.file(kindHeader, s.keys.id)
	if !s.keys.log.unseal(head, aad.place(0)) {
		return nil // a torn header: there is no log
	}
	s.salts = [8]byte(head[16:24])
	if s.tags != nil {
		if now := s.tags.logNow(); now.stage == recordNoLog || now.salts != s.salts {
			return nil // left over from before: all of it is in the database
		}
	}
	return s.replay(chainFrom(head))
}

// replay reads frame after frame and keeps what was committed.
func (s *Salvage) replay(sum chain) error {
	waiting := map[int64]int64{}
	for i := int64(0); ; i++ {
		frame, err := s.frame(i)
		if errors.Is(err, ErrDamaged) {
			return nil
		}
		if err != nil {
			return err
		}
		if !sum.take(frame) {
			return nil
		}
		waiting[int64(binary.BigEndian.Uint32(frame))] = i
		if size := binary.BigEndian.Uint32(frame[4:]); size > 0 {
			for page, at := range waiting {
				s.frames[page] = at
			}
			clear(waiting)
			s.pages = int64(size)
		}
	}
}

// frame reads frame i (from 0): its header and page, with zeros for the reserved
// bytes, as SQLite counts them.
func (s *Salvage) frame(i int64) ([]byte, error) {
	frame := make([]byte, frameSize)
	if _, err := s.log.ReadAt(frame, place(i)); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	var aad binding
	aad.file(kindFrame, s.keys.id)
	aad.generation(s.salts)
	if !s.keys.log.unseal(frame, aad.place(i+1)) {
		return nil, fmt.Errorf("frame %d: %w", i+1, ErrDamaged)
	}
	clear(frame[frameHead+usable:])
	return frame, nil
}

// Close closes the files. The database is as it was.
func (s *Salvage) Close() error {
	var err error
	for _, f := range []*os.File{s.db, s.log} {
		if f != nil {
			err = errors.Join(err, f.Close())
		}
	}
	return err
}
