package scan

import (
	"context"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"daicho/app/detect"
	"daicho/app/extract"
)

// runner scans single files; its workers share it.
type runner struct {
	files    Files
	engine   *detect.Engine
	reader   *extract.Reader
	fileTime time.Duration
	workers  int
	memory   Memory // nil: none
	progress func(Progress)
}

func newRunner(o Options) *runner {
	reader := &extract.Reader{Limits: o.Limits, PDF: o.PDF}
	r := &runner{o.Files, o.Engine, reader, o.FileTime, o.Workers, o.Memory, o.Progress}
	if r.files == nil {
		r.files = Local{}
	}
	if r.engine == nil {
		r.engine = detect.Standard()
	}
	if r.fileTime == 0 {
		r.fileTime = defaultFileTime
	}
	if r.workers == 0 {
		r.workers = defaultWorkers
	}
	return r
}

// lines are those of a file: what is remembered of it, or what is found. What lies
// beside the file is no matter of its own, and is noted each time.
func (r *runner) lines(ctx context.Context, t *task) ([]Line, error) {
	found, err := r.found(ctx, t)
	t.found = found
	if t.beside {
		found = slices.Clone(found)
		noteBeside(found)
	}
	return found, err
}

func (r *runner) found(ctx context.Context, t *task) ([]Line, error) {
	if r.memory == nil || t.fail != "" {
		return r.scan(ctx, t)
	}
	lines, known, err := r.memory.Recall(t.path, t.stamp)
	if known || err != nil {
		t.known = known
		return lines, err
	}
	return r.scan(ctx, t)
}

// remember has what was found of a file kept, if it holds for as long as that stays.
func (r *runner) remember(t *task, sum *Summary) error {
	if t.known {
		sum.Known++
	}
	if r.memory == nil || t.known || t.fail != "" || !lasting(t.found) {
		return nil
	}
	return r.memory.Keep(t.path, t.stamp, t.found)
}

// scan returns the line of the file and those of its entries. The error is
// ctx's alone.
func (r *runner) scan(ctx context.Context, t *task) ([]Line, error) {
	if t.fail != "" {
		return []Line{t.unopened()}, nil
	}
	f, err := r.files.Open(t.path)
	if err != nil {
		t.fail = reasonOf(err, extract.ReasonRead)
		return []Line{t.unopened()}, nil
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		t.fail = reasonChanged
		return []Line{t.unopened()}, nil
	}
	t.stamp = stampOf(info)
	return r.read(ctx, t.path, f, info)
}

func (r *runner) read(ctx context.Context, path string, f File, info fs.FileInfo) ([]Line, error) {
	ctx, cancel := context.WithTimeout(ctx, r.fileTime)
	defer cancel()
	c := &collector{engine: r.engine}
	from := &watched{f: f}
	src := extract.Source{Path: printable(path), Size: info.Size(), R: from}
	if err := r.reader.Extract(ctx, src, c); err != nil {
		return nil, err
	}
	if from.err != nil {
		c.lines[0].Scanned, c.lines[0].Reason = extract.Failed, reasonOf(from.err, extract.ReasonRead)
		return c.lines, nil
	}
	if after, err := f.Stat(); err == nil && c.lines[0].Scanned == extract.Full && stampOf(after) != stampOf(info) {
		c.lines[0].Scanned, c.lines[0].Reason = extract.Partial, reasonChanged
	}
	return c.lines, nil
}

// watched notes why a file could not be read: a parser would take it for damaged.
type watched struct {
	f   io.ReaderAt
	err error
}

func (w *watched) ReadAt(b []byte, at int64) (int, error) {
	n, err := w.f.ReadAt(b, at)
	if err != nil && err != io.EOF {
		w.err = err
	}
	return n, err
}

// unopened is the line of what was not opened. Links and special files hold
// nothing that a scan of files could miss; all else is an error.
func (t *task) unopened() Line {
	l := Line{Path: printable(t.path), Size: t.size, Type: extract.Other, Protection: extract.ProtectUnknown,
		Scanned: extract.Failed, Reason: t.fail, Findings: []detect.Finding{}}
	if t.other {
		l.Scanned = extract.Unscannable
	}
	return l
}

// printable writes a path with slashes and as UTF-8, whatever its bytes.
func printable(path string) string {
	path = filepath.ToSlash(path)
	if utf8.ValidString(path) {
		return path
	}
	return extract.DecodeName(path)
}

// collector turns what extract tells into lines: the file first, then its
// entries in the order they were entered.
type collector struct {
	engine *detect.Engine
	lines  []Line
	open   []*reading
}

type reading struct {
	line int // index of its line
	doc  *detect.Document
}

// Enter implements extract.Visitor.
func (c *collector) Enter(string) {
	c.open = append(c.open, &reading{len(c.lines), c.engine.NewDocument()})
	c.lines = append(c.lines, Line{})
}

// Text implements extract.Visitor.
func (c *collector) Text(p extract.Piece) {
	c.open[len(c.open)-1].doc.Add(detect.Block{Text: p.Text, Sep: p.Sep, Continues: p.Continues, Title: p.Part})
}

// Leave implements extract.Visitor.
func (c *collector) Leave(f extract.File) error {
	r := c.open[len(c.open)-1]
	c.open = c.open[:len(c.open)-1]
	c.lines[r.line] = Line{Path: strings.ToValidUTF8(f.Path, "\uFFFD"), Size: f.Size, Type: f.Type,
		Protection: f.Protection, Note: f.Note, Scanned: f.Scanned, Reason: f.Reason, Findings: r.doc.Findings(), Persons: r.doc.Persons()}
	return nil
}
