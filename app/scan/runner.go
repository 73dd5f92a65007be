package scan

import (
	"cmp"
	"context"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"daicho/app/detect"
	"daicho/app/extract"
	"daicho/app/extract/charset"
)

// runner scans single files; its workers share it.
type runner struct {
	files    Files
	engine   *detect.Engine
	judge    *judge
	reader   *extract.Reader
	fileTime time.Duration
	workers  int
	gate     Gate
	memory   Memory // nil: none
	progress func(Progress)
	waiting  backlog
}

func newRunner(o Options) *runner {
	reader := &extract.Reader{Limits: o.Limits, PDF: o.PDF, Apart: o.Apart}
	r := &runner{files: o.Files, engine: o.Engine, reader: reader, fileTime: o.FileTime, workers: o.Workers, gate: o.Gate, memory: o.Memory, progress: o.Progress}
	if r.files == nil {
		r.files = Local{}
	}
	if r.gate == nil {
		r.gate = Free
	}
	if r.engine == nil {
		r.engine = detect.Standard()
	}
	r.judge = newJudge(r.engine)
	if r.fileTime == 0 {
		r.fileTime = defaultFileTime
	}
	if r.workers == 0 {
		r.workers = defaultWorkers
	}
	return r
}

// lines are those of a file: what is remembered of it, or what is found. What lies
// beside the file, and who may come to it, is no matter of its own, and is noted
// each time.
func (r *runner) lines(ctx context.Context, t *task) ([]Line, error) {
	found, err := r.found(ctx, t)
	t.found = found
	if !t.beside && t.reads == "" {
		return found.Lines, err
	}
	lines := slices.Clone(found.Lines)
	if t.beside {
		noteBeside(lines)
	}
	if t.reads != "" {
		noteReaders(lines, t.reads)
	}
	return lines, err
}

func (r *runner) found(ctx context.Context, t *task) (Found, error) {
	if err := r.gate.Wait(ctx); err != nil {
		return Found{}, err
	}
	if r.memory == nil || t.fail != "" {
		return r.scan(ctx, t)
	}
	f, known, err := r.memory.Recall(t.path, t.stamp)
	if err != nil {
		return Found{}, err
	}
	if t.known = known && r.judge.holds(f); t.known {
		return f, nil
	}
	return r.scan(ctx, t)
}

// remember has what was found of a file kept, if it holds for as long as that stays.
func (r *runner) remember(t *task, sum *Summary) error {
	if t.known {
		sum.Known++
	}
	if r.memory == nil || t.known || t.fail != "" || !lasting(t.found.Lines) {
		return nil
	}
	return r.memory.Keep(t.path, t.stamp, t.found)
}

// scan returns the line of the file and those of its entries. The error is
// ctx's alone.
func (r *runner) scan(ctx context.Context, t *task) (Found, error) {
	if t.fail != "" {
		return t.unopened(), nil
	}
	if err := r.gate.File(ctx); err != nil {
		return Found{}, err
	}
	f, err := r.files.Open(t.path)
	if err != nil {
		t.fail = reasonOf(err, extract.ReasonRead)
		return t.unopened(), nil
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		t.fail = reasonOf(err, reasonChanged)
		return t.unopened(), nil
	}
	t.stamp = stampOf(info)
	return r.read(ctx, t.path, f, info)
}

func (r *runner) read(ctx context.Context, path string, f File, info fs.FileInfo) (Found, error) {
	span := allow(ctx, r.fileTime)
	defer span.end()
	c := &collector{engine: r.engine, tracing: r.memory != nil}
	from := &gated{f: f, gate: r.gate, time: span}
	src := extract.Source{Path: printable(path), Size: info.Size(), R: from}
	if err := r.reader.Extract(span, src, c); cmp.Or(ctx.Err(), err) != nil {
		return Found{}, cmp.Or(ctx.Err(), err)
	}
	if g, is := f.(Guarded); is {
		noteReaders(c.lines, g.Readers())
	}
	if from.err != nil {
		c.lines[0].Scanned, c.lines[0].Reason = extract.Failed, reasonOf(from.err, extract.ReasonRead)
		return c.found(r.judge.rules), nil
	}
	if after, err := f.Stat(); err == nil && c.lines[0].Scanned == extract.Full && stampOf(after) != stampOf(info) {
		c.lines[0].Scanned, c.lines[0].Reason = extract.Partial, reasonChanged
	}
	return c.found(r.judge.rules), nil
}

// unopened is the line of what was not opened. Links and special files hold
// nothing that a scan of files could miss; all else is an error.
func (t *task) unopened() Found {
	l := Line{Path: printable(t.path), Size: t.size, Type: extract.Other, Protection: extract.ProtectUnknown,
		Scanned: extract.Failed, Reason: t.fail, Findings: []detect.Finding{}}
	if t.other {
		l.Scanned = extract.Unscannable
	}
	return Found{Lines: []Line{l}}
}

// printable writes a path with slashes and as UTF-8, whatever its bytes.
func printable(path string) string {
	path = filepath.ToSlash(path)
	if utf8.ValidString(path) {
		return path
	}
	return charset.Name(path)
}

// collector turns what extract tells into lines: the file first, then its
// entries in the order they were entered.
type collector struct {
	engine *detect.Engine
	lines  []Line
	open   []*reading

	tracing bool // for a memory
	tracks  tracks
}

func (c *collector) found(rules string) Found {
	f := Found{Lines: c.lines, Rules: rules}
	if c.tracing {
		f.Traces = c.tracks.written()
	}
	return f
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
	if c.tracing {
		c.tracks.text.Add(p.Text)
		c.tracks.text.Add([]byte(p.Part))
	}
}

// Leave implements extract.Visitor.
func (c *collector) Leave(f extract.File) error {
	r := c.open[len(c.open)-1]
	c.open = c.open[:len(c.open)-1]
	c.tracks.add(r.doc.Judged())
	c.lines[r.line] = Line{Path: strings.ToValidUTF8(f.Path, "\uFFFD"), Size: f.Size, Type: f.Type,
		Protection: f.Protection, Note: f.Note, Scanned: f.Scanned, Reason: f.Reason, Findings: r.doc.Findings(), Persons: r.doc.Persons()}
	return nil
}
