package scan

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"sync"

	"daicho/app/detect"
	"daicho/app/extract"
)

// Memory is what scans before this one found: a file that is as it was is not
// opened again, and its lines are told anew. Package memory keeps one.
type Memory interface {
	// Recall gives what was found in a file, if it is known with this stamp. It is
	// called from several goroutines.
	Recall(path string, as Stamp) (f Found, known bool, err error)
	// Keep notes what was found in a file. What is kept may be on the disk only
	// after some more calls, or after the end of the scan.
	Keep(path string, as Stamp, f Found) error
}

// Found is what was found in a file, and what tells whether other rules would find
// something else. A memory keeps it and need not understand it.
type Found struct {
	Lines  []Line
	Rules  string // by which it was found: their detect.Table as JSON
	Traces []byte // of the file with its entries
}

// passing are reasons that may be gone when the same file is read again: of the file's
// own bytes, none says what the file holds.
var passing = []extract.Reason{reasonChanged, reasonLost, reasonDenied, reasonNotFound, extract.ReasonTime, extract.ReasonRead, extract.ReasonParser}

// lasting says whether lines hold for as long as the file stays as it is.
func lasting(lines []Line) bool {
	return !slices.ContainsFunc(lines, func(l Line) bool { return slices.Contains(passing, l.Reason) })
}

// judge says what of a memory holds by the rules of now.
type judge struct {
	engine *detect.Engine
	rules  string

	mu    sync.Mutex
	since map[string]detect.Difference // by other rules, of which there are few
}

func newJudge(e *detect.Engine) *judge {
	return &judge{engine: e, rules: written(e.Table()), since: map[string]detect.Difference{}}
}

// holds says whether reading the file again would find the same.
func (j *judge) holds(f Found) bool {
	if f.Rules == j.rules {
		return true
	}
	t, ok := readTraces(f.Traces)
	d, known := j.difference(f.Rules)
	return ok && known && !d.Concerns(t)
}

func (j *judge) difference(rules string) (d detect.Difference, known bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if d, known = j.since[rules]; known {
		return d, true
	}
	var before detect.Table
	if json.Unmarshal([]byte(rules), &before) != nil {
		return d, false
	}
	d = j.engine.Since(before)
	j.since[rules] = d
	return d, true
}

// tracks gathers the traces of a file and of everything inside it: other rules
// concern the file if they concern any of them.
type tracks struct {
	judged map[detect.Kind]bool
	text   detect.Sketcher
}

func (s *tracks) add(kinds []detect.Kind) {
	if s.judged == nil {
		s.judged = map[detect.Kind]bool{}
	}
	for _, k := range kinds {
		s.judged[k] = true
	}
}

// written is a line with the kinds, then the sketch of the text.
func (s *tracks) written() []byte {
	return append([]byte(written(slices.Sorted(maps.Keys(s.judged)))+"\n"), s.text.Sketch()...)
}

func readTraces(b []byte) (t detect.Traces, ok bool) {
	kinds, text, ok := bytes.Cut(b, []byte("\n"))
	t.Text = text
	return t, ok && json.Unmarshal(kinds, &t.Judged) == nil
}

// written is JSON, the same for the same.
func written(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // it is made of strings and numbers
	}
	return string(text)
}
