package fulltext

import (
	"context"
	"errors"
	"strings"

	"daicho/app/extract"
)

// Text is what is written in one file and in the files within it, each under its
// name, to at most [MaxText] bytes and within [MaxTime]; cells stand apart by tabs.
// What is wrong with the file is told in File. The error is ctx's.
func Text(ctx context.Context, reader *extract.Reader, src extract.Source) (string, extract.File, error) {
	timed, end := context.WithTimeout(ctx, MaxTime)
	defer end()
	v := &visitor{}
	err := reader.Extract(timed, src, v)
	if errors.Is(err, errEnough) {
		v.file = extract.File{Path: src.Path, Size: src.Size, Scanned: extract.Partial, Reason: extract.ReasonTooMuchText}
		err = nil
	}
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return strings.ToValidUTF8(v.text.String(), ""), v.file, err
}

// errEnough ends the reading of a file of which as much was read as is kept.
var errEnough = errors.New("fulltext: as much as is kept")

// visitor gathers the text of a file.
type visitor struct {
	text strings.Builder
	deep int
	cut  bool // there was more text
	file extract.File
}

// Enter implements extract.Visitor.
func (v *visitor) Enter(path string) {
	if v.deep++; v.deep > 1 {
		v.add("\n" + path + "\n")
	}
}

var cells = strings.NewReplacer(string(extract.Cell), "\t")

// Text implements extract.Visitor.
func (v *visitor) Text(p extract.Piece) {
	if n := v.text.Len(); n > 0 && !p.Continues && !strings.HasSuffix(v.text.String(), "\n") {
		v.add("\n")
	}
	v.add(cells.Replace(string(p.Text)))
}

// add keeps what there is room for.
func (v *visitor) add(s string) {
	if room := MaxText - v.text.Len(); len(s) > room {
		s, v.cut = s[:room], true
	}
	v.text.WriteString(s)
}

// Leave implements extract.Visitor.
func (v *visitor) Leave(f extract.File) error {
	if v.deep--; v.deep == 0 {
		if v.file = f; v.cut && f.Scanned == extract.Full {
			v.file.Scanned, v.file.Reason = extract.Partial, extract.ReasonTooMuchText
		}
		return nil
	}
	if v.cut {
		return errEnough
	}
	return nil
}
