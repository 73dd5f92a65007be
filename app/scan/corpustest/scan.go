package corpustest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"

	"daicho/app/extract"
	"daicho/app/extract/pdf"
	"daicho/app/scan"
)

// line is what a measure reads of a line of the scan's output.
type line struct {
	Path       string
	Size       int64
	Protection extract.Protection
	Note       extract.Note `json:"protection_note"`
	Scanned    extract.Scanned
	Reason     extract.Reason
	Findings   []struct {
		Kind       Kind
		Confidence string
		Count      int
	}
	Persons int
}

// scanned scans a folder as `daichoctl scan` does, and reads its output.
func scanned(ctx context.Context, engine *pdf.Engine, folder string) ([]line, error) {
	var out bytes.Buffer
	o := scan.Options{Paths: []string{folder}, PDF: engine, Workers: 1}
	if _, err := scan.Run(ctx, o, scan.WriteNDJSON(&out)); err != nil {
		return nil, err
	}
	var lines []line
	for d := json.NewDecoder(&out); ; {
		var l line
		if err := d.Decode(&l); err == io.EOF {
			return lines, nil
		} else if err != nil {
			return nil, err
		}
		lines = append(lines, l)
	}
}

// found counts what a reader of a report acts on: high and medium.
func found(lines []line) map[Kind]int {
	n := map[Kind]int{}
	for _, l := range lines {
		for _, f := range l.Findings {
			if f.Confidence != "low" {
				n[f.Kind] += f.Count
			}
		}
	}
	return n
}
