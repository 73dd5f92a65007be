package bundle

import (
	"fmt"
	"strings"
)

// Suffix is what the names of files end in.
const Suffix = ".daicho"

// MaxPart is the size in bytes up to which one file grows. FAT32, the usual
// format of sticks, holds files below 4 GiB.
const MaxPart = 3_900_000_000

// MaxParts is the most files of one export.
const MaxParts = 999

const (
	maxThings = 10_000  // in one file, so that its manifest stays readable
	frontRoom = 1 << 20 // bytes kept free in each file for what stands around its contents
)

// Divide cuts a row of things, given by their sizes in bytes, into parts that
// stay below a size; each is given by the index after its last thing. A thing
// that is larger stands alone. There is always one part.
func Divide(sizes []int64, most int64) (ends []int) {
	first, sum := 0, int64(frontRoom)
	for i, n := range sizes {
		n += n/1000 + 64 // frames and chunks
		if i > first && (sum+n > most || i-first == maxThings) {
			ends, first, sum = append(ends, i), i, frontRoom
		}
		sum += n
	}
	return append(ends, len(sizes))
}

// PartName is the name of one part: that of the export with a number, or the
// name itself if there is only one.
func PartName(path string, part, parts int) string {
	if parts <= 1 {
		return path
	}
	return fmt.Sprintf("%s.%03d%s", strings.TrimSuffix(path, Suffix), part, Suffix)
}
