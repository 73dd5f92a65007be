package finding

import (
	"maps"
	"path"
	"slices"
	"strings"

	"daicho/app/detect"
	"daicho/app/extract"
)

// Line is what a scan tells of a file, or of a file in an archive: package scan's.
type Line struct {
	Path       string // entries as a.zip!/b.xlsx
	Size       int64
	Type       extract.Type
	Protection extract.Protection
	Note       extract.Note
	Scanned    extract.Scanned
	Reason     extract.Reason
	Findings   []detect.Finding
	Persons    int
	Everyone   Everyone // who may read it; of the file alone
}

// Hit is a file with important data that nothing protects, or whose password may lie
// beside it. An archive is one file, whatever is in it.
type Hit struct {
	Path       string
	Kinds      []KindFound
	Persons    detect.Band
	Type       extract.Type
	Size       int64
	Protection extract.Protection
	Weakness   extract.Note
	Everyone   Everyone

	// What the scan does not tell: whoever has the files at hand adds it.
	Account string
	Content string // see [Key.Content]; empty: not known
}

// Tally counts the lines of a run as they come, in the order of the scan.
type Tally struct {
	Hits []Hit // after [Tally.End]

	job    *Job
	root   string
	known  map[string]bool // the paths of findings
	met    map[string]What // of these, what is no hit
	unread []string        // paths that could not be read, with all below them
	bases  map[string]bool // what the job scans, and whether a file was met there

	file *file
	run  Run // its figures
	sums sums
}

// file is the file whose lines come.
type file struct {
	line    Line
	persons int
	counts  map[detect.Kind]map[detect.Confidence]int
	exposed bool
	shut    bool // something in it is protected
	blind   bool // something in it could not be read
}

// NewTally begins to count a run of a job. The paths of its findings are told apart.
func NewTally(job *Job, known []Previous) *Tally {
	t := &Tally{job: job, root: slashed(job.Root), known: map[string]bool{}, met: map[string]What{}, bases: map[string]bool{}, sums: newSums()}
	for _, folder := range Lines(job.Include) {
		t.bases[t.root+"/"+strings.Trim(folder, "/")] = false
	}
	if len(t.bases) == 0 {
		t.bases[t.root] = false
	}
	for _, p := range known {
		t.known[p.Path] = true
	}
	return t
}

// slashed is a folder as lines begin with it.
func slashed(root string) string {
	if strings.HasPrefix(root, "smb://") {
		return strings.TrimRight(root, "/")
	}
	if !strings.HasPrefix(root, "/") { // of Windows
		root = strings.ReplaceAll(root, `\`, "/")
	}
	return strings.TrimRight(path.Clean(root), "/")
}

// Add counts one line. The error is nil: it is made to be handed to a scan.
func (t *Tally) Add(l Line) error {
	if t.file != nil && strings.HasPrefix(l.Path, t.file.line.Path+"!/") {
		t.run.Entries++
		t.read(&l)
		return nil
	}
	t.End()
	t.file = &file{line: l, counts: map[detect.Kind]map[detect.Confidence]int{}}
	t.read(&l)
	return nil
}

// read counts what a line tells of the file at hand.
func (t *Tally) read(l *Line) {
	f := t.file
	shut := closed(l.Protection)
	f.shut = f.shut || shut
	f.blind = f.blind || l.Scanned != extract.Full && !shut
	if shut {
		return
	}
	switch l.Scanned {
	case extract.Partial:
		t.run.Partial++
	case extract.Unscannable:
		t.run.Unscannable++
	}
	for _, found := range l.Findings {
		if found.Confidence == detect.Low { // a hint for a person, no result
			continue
		}
		f.exposed = true
		if f.counts[found.Kind] == nil {
			f.counts[found.Kind] = map[detect.Confidence]int{}
		}
		f.counts[found.Kind][found.Confidence] += found.Count
	}
	f.persons += l.Persons
}

// End is the end of the file at hand; after the last line, that of the run.
func (t *Tally) End() {
	f := t.file
	if f == nil {
		return
	}
	t.file = nil
	for base, met := range t.bases {
		t.bases[base] = met || within(f.line.Path, base)
	}
	if f.line.Scanned == extract.Failed {
		t.failed(&f.line)
	} else {
		t.count(f)
	}
	switch {
	case f.exposed || closed(f.line.Protection) && f.line.Note == extract.NotePasswordBeside:
		t.Hits = append(t.Hits, f.hit())
	case t.known[f.line.Path]:
		t.met[f.line.Path] = f.what()
	}
}

// failed notes a file or folder that could not be read. What was found of a file all
// the same counts.
func (t *Tally) failed(l *Line) {
	t.run.Unread++
	t.unread = append(t.unread, slashed(l.Path))
	t.sums.errors[l.Reason]++
}

// bare is why a place is taken as unread where findings lie and no file was met: a share
// that is not mounted looks just so.
const bare extract.Reason = "no file where there were findings"

// empties notes the places where the job met no file, though findings lie there.
func (t *Tally) empties(before []Previous) {
	for _, base := range slices.Sorted(maps.Keys(t.bases)) {
		lies := func(b Previous) bool { return b.Finding.Lies() && within(b.Path, base) }
		if !t.bases[base] && slices.ContainsFunc(before, lies) {
			t.failed(&Line{Path: base, Reason: bare})
		}
	}
}

// what is told of a finding's file that is no hit any more.
func (f *file) what() What {
	switch {
	case closed(f.line.Protection):
		return SeenProtected
	case f.blind:
		return NotTold
	case f.shut: // all that is in it
		return SeenProtected
	}
	return SeenClean
}

func (f *file) hit() Hit {
	h := Hit{Path: f.line.Path, Persons: detect.BandOf(f.persons), Type: f.line.Type, Size: f.line.Size, Protection: f.line.Protection, Weakness: f.line.Note, Everyone: f.line.Everyone}
	for _, kind := range gravest() {
		for _, sure := range []detect.Confidence{detect.High, detect.Medium} {
			if n := f.total(kind); n > 0 && f.counts[kind][sure] > 0 {
				h.Kinds = append(h.Kinds, KindFound{kind, detect.BandOf(n), sure})
				break
			}
		}
	}
	return h
}

// total is how many different values of a kind are in the file, as far as can be told:
// one that is in two files of an archive counts twice.
func (f *file) total(kind detect.Kind) (n int) {
	for _, count := range f.counts[kind] {
		n += count
	}
	return n
}

// gravest are the kinds of data, the gravest first.
func gravest() (kinds []detect.Kind) {
	for _, c := range kindColumns[0].Choices {
		kinds = append(kinds, detect.Kind(c.Value))
	}
	return kinds
}
