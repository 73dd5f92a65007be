package bundle

import (
	"bufio"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"daicho/app"
)

var errThere = app.Refuse(app.Invalid, "", "同じ名前のファイルが既にあります。別の名前を指定してください。", "a file of this name is there already; name another")

// File is a bundle on its way to a disk: it gets its name when it is whole.
type File struct {
	path string
	f    *os.File
	buf  *bufio.Writer
	sum  hash.Hash
	size int64
}

// Create begins a file. One of that name must not be there.
func Create(path string) (*File, error) {
	if _, err := os.Lstat(path); err == nil {
		return nil, errThere
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".daicho-*.tmp")
	if err != nil {
		return nil, unwritten(err)
	}
	w := &File{path: path, f: f, sum: sha256.New()}
	w.buf = bufio.NewWriterSize(f, chunkSize)
	return w, nil
}

func unwritten(err error) error {
	return app.Because(err, app.Failed, "持ち運び用ファイルを書き込めません。媒体の空き容量と書き込み禁止を確認してください。", "the bundle cannot be written; check the room on the medium and whether it is write-protected")
}

// Write is part of [io.Writer].
func (w *File) Write(p []byte) (int, error) {
	w.sum.Write(p)
	w.size += int64(len(p))
	n, err := w.buf.Write(p)
	if err != nil {
		err = unwritten(err)
	}
	return n, err
}

// Close puts the whole file under its name, on the disk.
func (w *File) Close() error {
	err := errors.Join(w.buf.Flush(), w.f.Sync(), w.f.Close())
	if err == nil {
		err = os.Rename(w.f.Name(), w.path)
	}
	if err != nil {
		return errors.Join(unwritten(err), os.Remove(w.f.Name()))
	}
	return nil
}

// Drop forgets a file that did not become whole.
func (w *File) Drop() { _ = errors.Join(w.f.Close(), os.Remove(w.f.Name())) }

// Seen is what can be said of a file.
type Seen struct {
	Path   string
	Header Header
	Size   int64 // bytes
	Hash   [32]byte
	Whole  bool // by its length; only who can open it knows more
}

// Seen is what was written.
func (w *File) Seen(h Header) Seen {
	return Seen{w.path, h, w.size, [32]byte(w.sum.Sum(nil)), true}
}

// Look reads a file without any key.
func Look(path string) (Seen, error) {
	f, err := Open(path)
	if err != nil {
		return Seen{}, err
	}
	defer f.Close()
	seen, sum := Seen{Path: path}, sha256.New()
	r := io.TeeReader(bufio.NewReaderSize(f, chunkSize), sum)
	h, front, err := readHeader(r)
	if err != nil {
		return seen, err
	}
	seen.Header = *h
	body, whole := walk(r)
	rest, err := io.Copy(io.Discard, r)
	if err != nil {
		return seen, unread(err)
	}
	seen.Size, seen.Hash, seen.Whole = int64(len(front))+body+rest, [32]byte(sum.Sum(nil)), whole && rest == 0
	return seen, nil
}

// walk passes over chunks, and says how many bytes there are up to the last one.
func walk(r io.Reader) (size int64, whole bool) {
	for {
		var head [4]byte
		n, err := io.ReadFull(r, head[:])
		if size += int64(n); err != nil {
			return size, false
		}
		length := binary.BigEndian.Uint32(head[:])
		m, err := io.CopyN(io.Discard, r, int64(length&^lastMark))
		if size += m; err != nil {
			return size, false
		}
		if length&lastMark != 0 {
			return size, true
		}
	}
}

// Open opens a file for reading.
func Open(path string) (*os.File, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, app.Because(err, app.NotFound, "持ち運び用ファイルがありません。", "there is no such file")
	}
	if err != nil {
		return nil, unread(err)
	}
	return f, nil
}

// MissingParts are the numbers of parts that are named by none of some files of
// one export.
func MissingParts(seen []Header) (missing []int) {
	if len(seen) == 0 {
		return nil
	}
	for n := 1; n <= seen[0].Parts; n++ {
		there := false
		for _, h := range seen {
			there = there || h.ID == seen[0].ID && h.Part == n
		}
		if !there {
			missing = append(missing, n)
		}
	}
	return missing
}

// Maker is who made a file: a device's short name, or the server.
func (h *Header) Maker() string {
	if h.FromServer() {
		return "server"
	}
	return app.DeviceID(ed25519.PublicKey(h.From)).Short()
}
