package store

import (
	"context"

	"daicho/app"
	"daicho/store/bigram"
)

// Hit is a record that a search found.
type Hit struct {
	Ref     app.Ref
	Number  string
	Title   string
	Snippet string // the line that holds most of the words, or a part of it
}

// narrow is how many hits are few enough to be read and put in order by where
// the words stand in them.
const narrow = 200

// Search finds records of every kind whose text holds all the words; see
// [bigram.Words]. The newest come first; but of fewer than 200 hits, those
// whose number or title holds all the words come before the others.
func (s *Replica) Search(ctx context.Context, search string, limit int) (hits []Hit, err error) {
	match, words := bigram.Query(search), bigram.Words(search)
	if match == "" {
		return nil, nil
	}
	err = s.read(ctx, func(r *reader) error {
		refs, err := r.refs("SELECT kind, id FROM search JOIN searched ON searched.row = search.rowid WHERE search MATCH ? ORDER BY search.rowid DESC LIMIT ?",
			match, max(limit, narrow))
		if err != nil {
			return err
		}
		if len(refs) >= narrow {
			hits, err = r.hits(refs[:min(limit, len(refs))], words)
			return err
		}
		hits, err = r.hits(refs, words)
		hits = namedFirst(hits, words)
		hits = hits[:min(limit, len(hits))]
		return err
	})
	return hits, err
}

// hits are what the results show, without records of a kind that this program
// does not know.
func (r *reader) hits(refs []app.Ref, words []bigram.Word) (hits []Hit, err error) {
	for _, ref := range refs {
		h, known, err := r.hit(ref, words)
		if err != nil {
			return nil, err
		}
		if known {
			hits = append(hits, h)
		}
	}
	return hits, nil
}

// hit is what a result shows; false for a record of a kind that this program
// does not know.
func (r *reader) hit(ref app.Ref, words []bigram.Word) (Hit, bool, error) {
	t := r.s.tables[ref.Kind]
	if t == nil {
		return Hit{}, false, nil
	}
	rec, err := r.load(ref)
	if err != nil {
		return Hit{}, false, err
	}
	return Hit{ref, rec.Meta().Number, title(t.g, rec), snippet(t.g.SearchText(rec), words)}, true, nil
}

// namedFirst puts hits that are called by the words before the others, and
// else leaves their order.
func namedFirst(hits []Hit, words []bigram.Word) []Hit {
	var named, others []Hit
	for _, h := range hits {
		if held(h.Number+"\n"+h.Title, words) == len(words) {
			named = append(named, h)
		} else {
			others = append(others, h)
		}
	}
	return append(named, others...)
}

// held is how many of the words a text holds.
func held(text string, words []bigram.Word) (n int) {
	for _, w := range words {
		if w.In(text) {
			n++
		}
	}
	return n
}
