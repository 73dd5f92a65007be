package roundtrip

import (
	"bytes"
	"path/filepath"
	"strings"

	"daicho/app/report"
	"daicho/app/report/csv"
	"daicho/app/report/xlsx"
)

// SecretPurpose is what the secret of a [File] is made for: one device makes the same
// each time, so that a file that is imported twice adds nothing twice.
const SecretPurpose = "daicho-import-1"

// Open reads a workbook, or a file of commas or tabs, and tells what such a file makes
// of a text that nobody edits.
func Open(name string, data []byte) ([]report.Grid, func(string) string, error) {
	if strings.EqualFold(filepath.Ext(name), ".xlsx") || bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		grids, err := xlsx.Read(bytes.NewReader(data), int64(len(data)))
		return grids, xlsx.Fit, err
	}
	grid, enc, err := csv.Read(data)
	return []report.Grid{grid}, csv.Written(enc), err
}
