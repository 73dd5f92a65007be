package agent

import (
	"context"
	"errors"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"daicho/app/civil"
	"daicho/app/detect"
	"daicho/app/finding"
	"daicho/app/scan"
)

// scan counts the lines of a scan, and says which files were not opened.
func (a *Agent) scan(ctx context.Context, j *finding.Job, files scan.Files, tally *finding.Tally) (*recalling, error) {
	workers := a.Apart()
	defer workers.Close()
	kept, err := a.remember(j)
	if err != nil {
		return nil, err
	}
	recalling := &recalling{Memory: kept, known: map[string]bool{}}
	o := scan.Options{Paths: paths(j, files), Files: files, Apart: workers, Workers: a.Workers, Exclude: finding.Lines(j.Exclude), Gate: a.Gate, Memory: recalling,
		Engine: detect.With(civil.DateOf(a.Now()), a.Packs...)}
	t := a.follow(ctx, &o, tally)
	sum, err := scan.Run(ctx, o, func(l scan.Line) error { t.meet(&l); return tally.Add(lineOf(&l)) })
	t.end()
	if err == nil {
		err = kept.Forget(ctx)
	}
	recalling.files = int64(sum.Known)
	return recalling, said(errors.Join(err, kept.Close()))
}

// gate is the agent's, or one that nothing waits at.
func (a *Agent) gate() scan.Gate {
	if a.Gate == nil {
		return scan.Free
	}
	return a.Gate
}

// recalling notes which files with findings were not opened, for they are as they were.
type recalling struct {
	scan.Memory
	mu    sync.Mutex
	known map[string]bool
	files int64 // that were not opened, with findings or not
}

// Recall is part of [scan.Memory].
func (m *recalling) Recall(path string, as scan.Stamp) (scan.Found, bool, error) {
	found, known, err := m.Memory.Recall(path, as)
	if known && slices.ContainsFunc(found.Lines, func(l scan.Line) bool { return l.Exposed() }) {
		m.mu.Lock()
		m.known[found.Lines[0].Path] = true
		m.mu.Unlock()
	}
	return found, known, err
}

// everyone is who may read a file, as a finding has it.
var everyone = map[scan.Readers]finding.Everyone{scan.Everyone: finding.Readable, scan.Named: finding.Closed}

func lineOf(l *scan.Line) finding.Line {
	return finding.Line{Path: l.Path, Size: l.Size, Type: l.Type, Protection: l.Protection, Note: l.Note, Scanned: l.Scanned, Reason: l.Reason,
		Findings: l.Findings, Persons: l.Persons, Everyone: everyone[l.Readers]}
}

// paths are what the job scans: its root, or some folders below.
func paths(j *finding.Job, files scan.Files) (all []string) {
	root := strings.TrimRight(j.Root, "/")
	if !strings.HasPrefix(root, "smb://") {
		root = filepath.Clean(j.Root)
	}
	for _, folder := range finding.Lines(j.Include) {
		all = append(all, files.Join(root, path.Clean(strings.Trim(folder, "/"))))
	}
	if len(all) == 0 {
		all = []string{root}
	}
	return all
}
