package scan

import (
	"io/fs"
	"slices"

	"daicho/app/extract"
)

// Stamp tells whether a file is the one that it was, without opening it.
type Stamp struct {
	Size     int64
	Modified int64  // nanoseconds since 1970, as its owner may set it
	Changed  int64  // nanoseconds since 1970, as the system keeps it; 0 where it keeps none
	File     uint64 // the system's number of it; 0 where there is none
	Device   uint64 // on which the number holds
}

func stampOf(info fs.FileInfo) Stamp {
	if s, is := info.Sys().(Stamp); is {
		return s
	}
	s := Stamp{Size: info.Size(), Modified: info.ModTime().UnixNano()}
	s.fromSystem(info)
	return s
}

// Memory is what scans before this one found: a file that is as it was is not
// opened again, and its lines are told anew. Package memory keeps one.
type Memory interface {
	// Recall gives the lines of a file, if it is known with this stamp. It is
	// called from several goroutines.
	Recall(path string, as Stamp) (lines []Line, known bool, err error)
	// Keep notes the lines of a file. What is kept may be on the disk only
	// after some more calls, or after the end of the scan.
	Keep(path string, as Stamp, lines []Line) error
}

// passing are reasons that may be gone when the same file is read again.
var passing = []extract.Reason{reasonChanged, reasonLost, extract.ReasonTime, extract.ReasonRead, extract.ReasonParser}

// lasting says whether lines hold for as long as the file stays as it is.
func lasting(lines []Line) bool {
	return !slices.ContainsFunc(lines, func(l Line) bool { return slices.Contains(passing, l.Reason) })
}
