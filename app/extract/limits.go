package extract

// Limits bound what one file may cost. A limit that is reached makes the file,
// or the entry, Partial or Unscannable with the reason. Zero means the default.
type Limits struct {
	Text     int64 // bytes of text of one file or entry
	Buffer   int64 // bytes of one archive entry, or part of a document, held in memory
	Inflated int64 // bytes unpacked in one file, all depths together
	Entries  int   // entries in one file, all depths together
	Depth    int   // archives inside archives; 1 reads the entries of an archive
	Ratio    int64 // unpacked : packed, once an entry is over 16 MiB unpacked
}

// DefaultLimits are meant for a file server scanned over night with 400 MB of
// memory at hand.
func DefaultLimits() Limits {
	return Limits{
		Text: 8 << 30, Buffer: 64 << 20, Inflated: 16 << 30,
		Entries: 100_000, Depth: 5, Ratio: 200,
	}
}

const (
	ratioFrom  = 16 << 20
	wholeFrom  = 256 << 20 // bytes unpacked, from which on the whole file has a ratio, too
	wholeRatio = 5         // times the ratio of an entry
)

func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	fill(&l.Text, d.Text)
	fill(&l.Buffer, d.Buffer)
	fill(&l.Inflated, d.Inflated)
	fill(&l.Entries, d.Entries)
	fill(&l.Depth, d.Depth)
	fill(&l.Ratio, d.Ratio)
	return l
}

func fill[N int | int64](to *N, from N) {
	if *to == 0 {
		*to = from
	}
}
