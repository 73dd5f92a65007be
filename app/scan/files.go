package scan

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Files is where a scan reads: the machine's own disks, or a share.
type Files interface {
	// Stat tells of a path itself, or of what it links to.
	Stat(path string) (fs.FileInfo, error)
	// ReadDir lists a folder in the order of names. A link in it is told as a link.
	ReadDir(folder string) ([]fs.DirEntry, error)
	// Open opens a file to read it, and changes nothing of it where that can be.
	Open(path string) (File, error)
	// Join is the path of a name in a folder.
	Join(folder, name string) string
}

// File is a file that is read. The Sys of what Stat tells may be a [Stamp].
type File interface {
	io.ReaderAt
	io.Closer
	Stat() (fs.FileInfo, error)
}

// ErrLost is why a share could not be read any more.
var ErrLost = errors.New("the connection was lost")

// Local are the machine's own disks.
type Local struct{}

// Stat is part of [Files].
func (Local) Stat(path string) (fs.FileInfo, error) { return os.Stat(path) }

// ReadDir is part of [Files].
func (Local) ReadDir(folder string) ([]fs.DirEntry, error) { return os.ReadDir(folder) }

// Open is part of [Files].
func (Local) Open(path string) (File, error) { return openQuietly(path) }

// Join is part of [Files].
func (Local) Join(folder, name string) string { return filepath.Join(folder, name) }
