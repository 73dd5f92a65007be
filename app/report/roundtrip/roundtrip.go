// Package roundtrip sends a register out as a sheet and takes it back: it writes
// the sheet with what tells its rows again, and compares what came back, edited by
// people outside the program, with what was sent and with what stands there today.
//
// Use it for files that people edit and send back. It changes nothing: whoever
// applies a [Preview] saves the records it makes ([Preview.Record]) as any other
// change, told against what the sheet was made from, so two people's edits become
// the conflicts that they are everywhere. What only leaves is package register.
package roundtrip

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"time"

	"daicho/app"
	"daicho/app/report"
	"daicho/app/report/register"
	"daicho/app/report/xlsx"
)

// keys are the titles of the columns that tell rows again: the id, the version of
// the record that was sent, and a hash of both and of all cells sent with them.
var keys = []string{"ID（変更不可）", "版（変更不可）", "照合値（変更不可）"}

// format names the hidden sheet of a workbook, and its version.
const format = "daicho-roundtrip-1"

// Salt tells one file from another: rows that are added get ids that follow from
// it, so that a file that is imported twice adds nothing twice.
type Salt [16]byte

// Table is a register as a table that can come back.
func Table(g app.AnyRegister, records []app.Record, fields ...string) report.Table {
	t := register.Rows(g, records, fields...)
	t.Title = g.About().Label.JA
	head := make([]report.Column, len(keys))
	for i, k := range keys {
		head[i] = report.Column{Title: k}
	}
	t.Columns = append(head, t.Columns...)
	for i, r := range records {
		for j, s := range t.Rows[i] {
			t.Rows[i][j] = xlsx.Fit(s)
		}
		t.Rows[i] = append(keysOf(r.Meta(), t.Rows[i]), t.Rows[i]...)
	}
	return t
}

func keysOf(h *app.Head, cells []string) []string {
	return []string{h.Ref.ID.String(), strconv.FormatInt(h.GSN, 10), hashOf(h.Ref.ID, h.GSN, cells)}
}

// hashOf stands for a row as it was sent.
func hashOf(id app.ID, version int64, cells []string) string {
	h := sha256.New()
	h.Write(id[:])
	_ = binary.Write(h, binary.BigEndian, version) // a hash takes all
	for _, c := range cells {
		_ = binary.Write(h, binary.BigEndian, int64(len(c)))
		h.Write([]byte(c))
	}
	return "h" + hex.EncodeToString(h.Sum(nil)[:12]) // with digits alone a spreadsheet would make a number of it
}

// Workbook is a register as a workbook that can come back. A sheet that no menu
// shows holds every row as it was sent: a copy of all that the file holds, also of
// rows and columns that somebody deletes later.
func Workbook(g app.AnyRegister, records []app.Record, made time.Time, salt Salt, fields ...string) (xlsx.Sheet, error) {
	t := Table(g, records, fields...)
	specs := app.Columns(g, fields...)
	s := xlsx.Sheet{Table: t, Made: made, Keys: len(keys), Choices: make([][]string, len(t.Columns)), Locked: make([]bool, len(t.Columns))}
	names := make([]string, len(specs))
	for i, f := range specs {
		names[i] = f.Name
		s.Choices[len(keys)+i] = choices(f)
		s.Locked[len(keys)+i] = f.ReadOnly || f.Type == app.TFiles
	}
	head, err := json.Marshal(names)
	s.Base = append(s.Base, []string{format, string(g.About().Kind), hex.EncodeToString(salt[:]), string(head)})
	for _, row := range t.Rows {
		var cells []byte
		if cells, err = json.Marshal(row[len(keys):]); err != nil {
			break
		}
		s.Base = append(s.Base, append([]string{row[0], row[1]}, pieces(string(cells))...))
	}
	return s, err
}

// choices are all that a field can hold, if that is a list. What only rules set
// is not chosen.
func choices(f app.Spec) (all []string) {
	switch {
	case f.ReadOnly:
		return nil
	case f.Type == app.TBool:
		return []string{"はい", "いいえ"}
	}
	for _, c := range f.Choices {
		all = append(all, c.Label.JA)
	}
	return all
}

// pieceLen is how much of a row one cell of the hidden sheet holds; a cell may
// have 32,767 characters.
const pieceLen = 30_000

func pieces(s string) (all []string) {
	for r := []rune(s); len(r) > 0; {
		n := min(len(r), pieceLen)
		all, r = append(all, string(r[:n])), r[n:]
	}
	return all
}
