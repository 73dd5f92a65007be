package intake

import (
	"bytes"
	"context"

	"daicho/app/extract"
)

// inFiles says whether a file of a mail holds an individual number: then the raw mail
// is not for everybody at the desk. What no reader opens is not searched.
func (in *Intake) inFiles(ctx context.Context, raw []byte) (bool, error) {
	s := &searcher{search: in.Search()}
	err := in.Reader.Extract(ctx, extract.Source{Path: "mail.eml", Size: int64(len(raw)), R: bytes.NewReader(raw)}, s)
	return s.search.Found(), err
}

// searcher hands a document's text to a search.
type searcher struct{ search Search }

// Enter implements extract.Visitor.
func (s *searcher) Enter(string) {}

// Text implements extract.Visitor.
func (s *searcher) Text(p extract.Piece) { s.search.Add(p.Text, p.Sep, p.Continues) }

// Leave implements extract.Visitor.
func (s *searcher) Leave(extract.File) error { return nil }
