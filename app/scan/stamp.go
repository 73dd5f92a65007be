package scan

import "io/fs"

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
