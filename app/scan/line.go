package scan

import (
	"encoding/json"
	"io"

	"daicho/app/detect"
	"daicho/app/extract"
)

// Line is the result for one file or archive entry. Its JSON, one object a
// line with the fields in this order, is the format of "daichoctl scan".
type Line struct {
	Path       string             `json:"path"` // entries as a.zip!/b.xlsx
	Size       int64              `json:"size"` // bytes; -1 when unknown
	Type       extract.Type       `json:"type"`
	Protection extract.Protection `json:"protection"`
	Note       extract.Note       `json:"protection_note"` // why it protects less than it seems; mostly empty
	Scanned    extract.Scanned    `json:"scanned"`
	Reason     extract.Reason     `json:"reason"`   // empty when scanned is "full"
	Findings   []detect.Finding   `json:"findings"` // never null
	Persons    int                `json:"persons"`  // about how many it is about, at least; see detect.BandOf
	Readers    Readers            `json:"readers,omitempty"`
}

// Readers says who may read a file, as far as the system that holds it tells; an
// entry of an archive is read by whoever reads the archive. Empty: it does not tell.
type Readers string

// Everyone has an account, or needs none. What a share lets in at its door, and
// access lists of POSIX, are not looked at.
const (
	Everyone Readers = "everyone"
	Named    Readers = "named" // some people or groups
)

// Exposed says whether the line is what a scan is after: personal data with
// high or medium confidence in a file that no password or key protects.
func (l *Line) Exposed() bool {
	if l.Protection == extract.ProtectPassword || l.Protection == extract.ProtectKey {
		return false
	}
	for _, f := range l.Findings {
		if f.Confidence != detect.Low {
			return true
		}
	}
	return false
}

// WriteNDJSON returns a function for Run that writes each line to w as JSON.
func WriteNDJSON(w io.Writer) func(Line) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return func(l Line) error { return e.Encode(l) }
}
