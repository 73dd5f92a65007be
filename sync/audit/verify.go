package audit

import (
	"cmp"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"slices"

	"daicho/app"
	"daicho/sync/wire"
)

// Report is what a check of a file has found. It is sound if there is no finding.
type Report struct {
	Identity   ed25519.PublicKey
	Checkpoint Checkpoint // what the server has signed
	Lines      int64      // that the file holds, or proves
	Devices    int        // that they are of
	Earlier    int        // checkpoints beside the last that were held against the lines
	Restored   int        // of them, beyond what a restored server had kept: nothing can be said of these
	Findings   []Finding  // the first of them
	More       int        // how many findings there are beyond those
}

// Pin is the pin of the server.
func (r *Report) Pin() wire.Pin { return wire.PinOf(r.Identity) }

// Sound says whether nothing was found.
func (r *Report) Sound() bool { return len(r.Findings) == 0 }

// Check names what a finding is of.
type Check string

// The checks.
const (
	CheckLine       Check = "line"       // a line is what it was when it was written
	CheckOrder      Check = "order"      // the lines are 1, 2, 3 …
	CheckDevice     Check = "device"     // and those of each device, too
	CheckSignature  Check = "signature"  // the server signed the checkpoint
	CheckCheckpoint Check = "checkpoint" // the lines are those that the checkpoint is of
)

// Finding is one thing that is not as it must be. Its words are for a person who
// verifies on the command line.
type Finding struct {
	Check Check
	GSN   int64 // zero: not of one line
	What  string
}

// String is the finding on one line.
func (f Finding) String() string {
	if f.GSN == 0 {
		return fmt.Sprintf("%s: %s", f.Check, f.What)
	}
	return fmt.Sprintf("line %d: %s: %s", f.GSN, f.Check, f.What)
}

// mostFindings is how many findings a report tells one by one.
const mostFindings = 100

func (r *Report) find(check Check, gsn int64, format string, args ...any) {
	if len(r.Findings) == mostFindings {
		r.More++
		return
	}
	r.Findings = append(r.Findings, Finding{check, gsn, fmt.Sprintf(format, args...)})
}

// Verify reads an export and computes the whole tree anew from its leaves. It
// needs nothing but the file; notes that were kept elsewhere are held against
// it, too. An error means that the file could not be read to its end;
// everything that is wrong with what it says is a finding.
func Verify(from io.Reader, kept ...[]byte) (*Report, error) {
	v, err := newCheck(from, kept)
	if err != nil {
		return nil, err
	}
	for {
		var p Page
		if err = v.in.next(&p); errors.Is(err, io.EOF) {
			v.end()
			return v.Report, nil
		}
		if err == nil {
			err = v.page(&p)
		}
		if err != nil {
			return nil, err
		}
	}
}

// check is a verification under way: its memory is bounded by the number of
// devices and notes, not by that of lines.
type check struct {
	*Report
	in    importer
	tree  Tree
	seqs  map[app.ID]uint64
	ahead []Checkpoint // to be held against the tree when it has their size, the smallest first
}

func newCheck(from io.Reader, kept [][]byte) (*check, error) {
	v := &check{Report: &Report{}, in: importer{from: from}, seqs: map[app.ID]uint64{}}
	h, err := v.in.begin()
	if err != nil {
		return nil, err
	}
	notes := slices.Concat(kept, h.Notes) // the last is the file's own
	v.Identity, v.Earlier = h.Identity, len(notes)-1
	for i, text := range notes {
		c, err := Open(text, h.Identity)
		switch {
		case err != nil:
			v.find(CheckSignature, 0, "checkpoint %d of %d is not what the server has signed", i+1, len(notes))
			continue
		case i == len(notes)-1:
			v.Checkpoint = c
		}
		v.ahead = append(v.ahead, c)
	}
	v.sort()
	return v, nil
}

// sort puts aside the checkpoints of ends that a restored server has lost.
func (v *check) sort() {
	v.ahead = slices.DeleteFunc(v.ahead, func(c Checkpoint) bool {
		reach := v.Checkpoint.Reach(c.Epoch)
		lost := c.Epoch != v.Checkpoint.Epoch && reach >= 0 && c.Size > reach
		if lost {
			v.Restored++
		}
		return lost
	})
	slices.SortStableFunc(v.ahead, func(a, b Checkpoint) int { return cmp.Compare(a.Size, b.Size) })
	v.compare()
}

// compare holds the checkpoints of the size that the tree has now against it.
func (v *check) compare() {
	for len(v.ahead) > 0 && v.ahead[0].Size == v.tree.Size() {
		c := v.ahead[0]
		v.ahead = v.ahead[1:]
		if c.Root != v.tree.Root() {
			v.find(CheckCheckpoint, 0, "on %s the server signed %d lines; they were not these", c.At.RFC3339(), c.Size)
		}
		if v.Checkpoint.Reach(c.Epoch) < c.Size {
			v.find(CheckCheckpoint, 0, "the checkpoint of %s is of another order than the last", c.At.RFC3339())
		}
	}
}

func (v *check) page(p *Page) error {
	if len(p.Leaves) != len(p.Hashes) || len(p.Leaves) == 0 || len(p.Leaves) > MaxPage {
		return errFrame
	}
	for i, text := range p.Leaves {
		leaf, err := DecodeLeaf(text)
		if err != nil {
			return errFrame
		}
		v.leaf(&leaf, HashOf(text), p.Hashes[i])
	}
	return nil
}

func (v *check) leaf(l *Leaf, is, was Hash) {
	v.Lines++
	if l.GSN != v.Lines {
		v.find(CheckOrder, v.Lines, "calls itself %d", l.GSN)
	}
	if is != was {
		v.find(CheckLine, v.Lines, "it is not the line that was written here")
	}
	v.follows(l)
	v.tree.Add(is)
	v.compare()
}

// follows checks that a device's changes stand in their order and that none is
// left out: the server takes in no other.
func (v *check) follows(l *Leaf) {
	before := v.seqs[l.Device]
	switch {
	case l.Seq == before+1:
	case l.Seq <= before:
		v.find(CheckDevice, v.Lines, "change %d of device %s stands after its change %d", l.Seq, l.Device.Short(), before)
	default:
		v.find(CheckDevice, v.Lines, "change %d of device %s follows its change %d: %d changes between them are missing", l.Seq, l.Device.Short(), before, l.Seq-before-1)
	}
	v.seqs[l.Device] = max(before, l.Seq)
}

func (v *check) end() {
	v.Devices = len(v.seqs)
	for _, c := range v.ahead {
		v.find(CheckCheckpoint, 0, "on %s the server signed %d lines; the file holds %d", c.At.RFC3339(), c.Size, v.Lines)
	}
	if v.Checkpoint.Size < v.Lines {
		v.find(CheckCheckpoint, 0, "the file holds %d lines, of which the server has signed %d", v.Lines, v.Checkpoint.Size)
	}
}
