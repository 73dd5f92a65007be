package csv

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	"daicho/app"
	"daicho/app/report"
)

// Read reads a file of commas or tabs (TSV): UTF-8 with or without a byte order
// mark, UTF-16 with one (what Excel calls Unicode text), else CP932. Apostrophes
// that [Neutralize] put before a formula are taken away. Bytes that are no
// character are refused, with the line, so that nothing is read wrongly.
func Read(data []byte) (g report.Grid, enc Encoding, err error) {
	s, enc, err := decoded(data)
	if err != nil {
		return g, enc, err
	}
	first, _, _ := strings.Cut(s, "\n")
	in := csv.NewReader(strings.NewReader(s))
	in.FieldsPerRecord, in.LazyQuotes = -1, true
	if strings.Count(first, "\t") > strings.Count(first, ",") {
		in.Comma = '\t'
	}
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return g, enc, nil
		}
		if err != nil {
			return g, enc, app.Because(err, app.Invalid, "CSV として読めません。引用符とカンマを確かめてください。", "this is no CSV; look at its quotes and commas")
		}
		n, _ := in.FieldPos(0)
		for i, c := range cells {
			cells[i] = Restore(c)
		}
		if strings.TrimSpace(strings.Join(cells, "")) != "" {
			g.Lines = append(g.Lines, report.Line{N: n, Cells: cells})
		}
	}
}

// decoded finds out the encoding of a file.
func decoded(data []byte) (string, Encoding, error) {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		s, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
		return string(s), UTF8, err
	}
	if utf8.Valid(data) {
		return strings.TrimPrefix(string(data), byteOrderMark), UTF8, nil
	}
	for i, line := range bytes.SplitAfter(data, []byte("\n")) {
		s, err := japanese.ShiftJIS.NewDecoder().Bytes(line)
		if err != nil || bytes.ContainsRune(s, utf8.RuneError) {
			return "", CP932, app.Refuse(app.Invalid, "", fmt.Sprintf("%d行目に読めない文字（外字など）があります。その文字を直してから、UTF-8 で保存し直してください。", i+1),
				fmt.Sprintf("line %d has bytes that are no character, such as one of this machine's own; mend it and save the file as UTF-8", i+1))
		}
	}
	s, err := japanese.ShiftJIS.NewDecoder().Bytes(data)
	return string(s), CP932, err
}

// Restore takes away the apostrophe that [Neutralize] put before a cell.
func Restore(cell string) string {
	if rest, marked := strings.CutPrefix(cell, "'"); marked && Neutralize(rest) == cell {
		return rest
	}
	return cell
}

// Written is a text as it comes back from a file in an encoding.
func Written(enc Encoding) func(string) string {
	if enc == UTF8 {
		return func(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }
	}
	return func(s string) string {
		back, err := japanese.ShiftJIS.NewDecoder().String(toCP932(s, func(rune) {}))
		if err != nil {
			return s
		}
		return strings.ReplaceAll(back, "\r\n", "\n")
	}
}
