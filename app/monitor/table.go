package monitor

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/unicode/norm"

	"daicho/app"
)

// MaxFile is how many bytes a file that is imported may have.
const MaxFile = 64 << 20

// column is a column of a file by the names that it may have.
type column struct {
	name  string
	names []string // as they are compared: without width and case
	must  bool
}

// readTable reads a CSV file (RFC 4180; UTF-8 or CP932) with its columns in any order,
// and hands each line over, by the names of the columns. A line that it refuses ends
// the reading, with the line's number.
func readTable(r io.Reader, columns []column, line func(row map[string]string) error) error {
	text, err := decoded(r)
	if err != nil {
		return err
	}
	c := csv.NewReader(bytes.NewReader(text))
	c.FieldsPerRecord, c.LazyQuotes = -1, true
	head, err := c.Read()
	if err != nil {
		return tableError("", "1行目に見出しがありません。列の名前を1行目に書いてください。", "the first line holds no heads; name the columns there")
	}
	at, err := places(head, columns)
	if err != nil {
		return err
	}
	for {
		cells, err := c.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return tableError("", "CSV として読み取れない行があります（"+err.Error()+"）。引用符と区切りを確かめてください。", "a line is no CSV ("+err.Error()+"); look at its quotes and commas")
		}
		row := map[string]string{}
		for name, i := range at {
			if i < len(cells) {
				row[name] = strings.TrimSpace(cells[i])
			}
		}
		if err := line(row); err != nil {
			n, _ := c.FieldPos(0)
			e := app.ErrorOf(err)
			return tableError(e.Field, fmt.Sprintf("%d行目: %s", n, e.Say.JA), fmt.Sprintf("line %d: %s", n, e.Say.EN))
		}
	}
}

func tableError(field, ja, en string) error { return app.Refuse(app.Invalid, field, ja, en) }

// decoded is a file's text: UTF-8, or what Japanese tools on Windows write.
func decoded(r io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	switch {
	case err != nil:
		return nil, err
	case len(text) > MaxFile:
		return nil, tableError("", "ファイルが 64 MB を超えています。分けてから取り込んでください。", "the file is over 64 MB; split it")
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if utf8.Valid(text) {
		return text, nil
	}
	text, err = japanese.ShiftJIS.NewDecoder().Bytes(text)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return nil, tableError("", "文字コードが UTF-8 でも CP932 でもありません。UTF-8 で保存し直してください。", "the file is neither UTF-8 nor CP932; save it as one of them")
	}
	return text, nil
}

// places finds the columns.
func places(head []string, columns []column) (map[string]int, error) {
	at := map[string]int{}
	for i, h := range head {
		h = strings.ToLower(strings.TrimSpace(norm.NFKC.String(h)))
		for _, c := range columns {
			if _, there := at[c.name]; !there && slices.Contains(c.names, h) {
				at[c.name] = i
			}
		}
	}
	for _, c := range columns {
		if _, there := at[c.name]; !there && c.must {
			return nil, tableError(c.name, "見出し「"+c.names[0]+"」の列がありません。1行目の見出しを確かめてください。", "there is no column "+c.name+"; look at the heads in the first line")
		}
	}
	return at, nil
}
