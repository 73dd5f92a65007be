package detect

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
)

// matchers is raised with every change of what a matcher takes or scores, so
// that files are examined anew.
const matchers = 1

// Prints names the state of each rule: what it is kept under beside a finding.
type Prints map[Kind]string

// Prints are those of the engine's rules.
func (e *Engine) Prints() Prints {
	prints := Prints{}
	for _, r := range e.rules {
		h := sha256.New()
		fmt.Fprintf(h, "%d %q %q %q %q %q", matchers, r.Kind, r.Names, r.Hints, r.Denies, r.Cues)
		prints[r.Kind] = hex.EncodeToString(h.Sum(nil)[:8])
	}
	return prints
}

// Traces are what is kept of a document to know whether other rules could say
// something else of it.
type Traces struct {
	Met    []Kind `json:"met"`    // kinds of whose shape something stands there, named or not
	Judged []Kind `json:"judged"` // kinds of which something was weighed, found or not
}

// Traces are those of what was added so far.
func (d *Document) Traces() Traces {
	return Traces{d.engine.kindsOf(d.met), d.engine.kindsOf(d.judged)}
}

func (e *Engine) kindsOf(set rules) []Kind {
	kinds := []Kind{}
	for i, r := range e.rules {
		if set>>i&1 != 0 {
			kinds = append(kinds, r.Kind)
		}
	}
	return kinds
}

// MustRead says whether a file with these traces may hold other findings than
// it did by the rules of before. The names of one number speak against other
// numbers that were judged.
func (e *Engine) MustRead(before Prints, t Traces) bool {
	now := e.Prints()
	for _, r := range standardRules() {
		was, known := before[r.Kind]
		is, looked := now[r.Kind]
		switch {
		case was == is:
			continue
		case looked && !known: // nobody asked whether the file holds its shape
			return true
		case slices.Contains(t.Met, r.Kind), r.digits != nil && slices.ContainsFunc(t.Judged, isNumber):
			return true
		}
	}
	return false
}

func isNumber(k Kind) bool {
	return slices.ContainsFunc(standardRules(), func(r Rule) bool { return r.Kind == k && r.digits != nil })
}
