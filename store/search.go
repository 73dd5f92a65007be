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
	File    string // the attachment that holds the words; empty: the record does
	Snippet string // the line that holds most of the words, or a part of it
}

// narrow is how many hits are few enough to be read and put in order by where
// the words stand in them.
const narrow = 200

// Search finds records of every kind whose text, or the text of one of whose
// attachments, holds all the words; see [bigram.Words]. The newest come first; but
// of fewer than 200 hits, those whose number or title holds all the words come
// before the others. An attachment is found once somebody has read it, see
// [Replica.TakeContents].
func (s *Replica) Search(ctx context.Context, search string, limit int) (hits []Hit, err error) {
	match, words := bigram.Query(search), bigram.Words(search)
	if match == "" {
		return nil, nil
	}
	err = s.read(ctx, func(r *reader) error {
		rows, err := r.found(search, match, max(limit, narrow))
		if err != nil {
			return err
		}
		few := len(rows) < narrow
		if !few {
			rows = rows[:min(limit, len(rows))]
		}
		if hits, err = r.hits(rows, words); few {
			hits = namedFirst(hits, words)
		}
		hits = hits[:min(limit, len(hits))]
		return err
	})
	return hits, err
}

// indexed is a text of the word index: of a record, or of an attachment.
type indexed struct {
	row  int64
	ref  app.Ref
	blob app.BlobID // zero: the record's own
}

// rare is how many texts with one number are few enough to be looked at one by one.
const rare = 20

// found are the newest texts that a search finds. The number of one document is looked
// for before the words around it: these stand in many texts, of which the index would
// have to walk over all.
func (r *reader) found(search, match string, limit int) ([]indexed, error) {
	number := bigram.Number(search)
	if number == "" {
		return r.matching(match, limit)
	}
	numbered, err := r.matching(number, rare+1)
	switch {
	case err != nil:
		return nil, err
	case len(numbered) > rare:
		return r.matching(match, limit)
	}
	var rows []indexed
	for _, row := range numbered {
		holds, err := r.one("SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?", []any{match, row.row}, new(int))
		if err != nil {
			return nil, err
		}
		if holds {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// matching are the newest texts that an expression finds.
func (r *reader) matching(match string, limit int) (rows []indexed, err error) {
	const query = "SELECT search.rowid, kind, id FROM search JOIN searched ON searched.row = search.rowid WHERE search MATCH ? ORDER BY search.rowid DESC LIMIT ?"
	err = r.each(query, []any{match, limit}, func(scan func(...any) error) error {
		var row indexed
		var kind string
		var id []byte
		if err := scan(&row.row, &kind, &id); err != nil {
			return err
		}
		if kind == "" && len(id) == len(row.blob) {
			row.blob = app.BlobID(id)
			rows = append(rows, row)
			return nil
		}
		row.ref, err = refOf(kind, id)
		rows = append(rows, row)
		return err
	})
	return rows, err
}

// hits are what the results show, each record once, without records of a kind that
// this program does not know.
func (r *reader) hits(rows []indexed, words []bigram.Word) (hits []Hit, err error) {
	shown := map[app.Ref]bool{}
	for _, row := range rows {
		some, err := r.hitsOf(row, words)
		if err != nil {
			return nil, err
		}
		for _, h := range some {
			if !shown[h.Ref] {
				shown[h.Ref], hits = true, append(hits, h)
			}
		}
	}
	return hits, nil
}

// hitsOf are what the result of one text shows: the record, or all that name the
// attachment.
func (r *reader) hitsOf(row indexed, words []bigram.Word) ([]Hit, error) {
	if row.blob == (app.BlobID{}) {
		h, known, err := r.hit(row.ref, words)
		if err != nil || !known {
			return nil, err
		}
		return []Hit{h}, nil
	}
	named, err := r.naming(row.blob)
	if err != nil || len(named) == 0 {
		return nil, err
	}
	c, err := r.content(row.blob)
	if err != nil {
		return nil, err
	}
	line := snippet(c.Text, words)
	var hits []Hit
	for _, a := range named {
		h, _, err := r.hit(a.Of, nil)
		if err != nil {
			return nil, err
		}
		h.File, h.Snippet = a.Blob.Name, line
		hits = append(hits, h)
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
	return Hit{Ref: ref, Number: rec.Meta().Number, Title: title(t.g, rec), Snippet: snippet(t.g.SearchText(rec), words)}, true, nil
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
