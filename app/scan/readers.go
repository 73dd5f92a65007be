package scan

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Guarded is a [File] that knows who may read it.
type Guarded interface{ Readers() Readers }

// entered is Files that know who may go into a folder. Others have files that are
// [Guarded], or do not know who may read.
type entered interface {
	// Enters looks at the folder alone, or at all folders above it, too.
	Enters(folder string, above bool) Readers
}

// Enters says whether others may go into a folder: by its mode, which Windows does
// not have.
func (Local) Enters(folder string, above bool) Readers {
	if runtime.GOOS == "windows" {
		return ""
	}
	info, err := os.Stat(folder)
	if err != nil || info.Mode()&0o001 == 0 {
		return Named
	}
	whole, err := filepath.Abs(folder)
	if up := filepath.Dir(whole); above && err == nil && up != whole {
		return Local{}.Enters(up, true)
	}
	return Everyone
}

// enters says who may go into a folder.
func (w *walker) enters(folder string, above bool) Readers {
	e, tells := w.files.(entered)
	if !tells {
		return ""
	}
	return e.Enters(cmp.Or(folder, "."), above)
}

// below says who may read a file with this mode in a folder that these may go into.
func (r Readers) below(mode fs.FileMode) Readers {
	if r == Everyone && mode&0o004 == 0 {
		return Named
	}
	return r
}

// noteReaders tells who may read a file with all that is in it.
func noteReaders(lines []Line, readers Readers) {
	for i := range lines {
		lines[i].Readers = readers
	}
}
