package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"daicho/app"
)

// wordBatch is how many records get their words in one transaction.
const wordBatch = 10_000

// Index makes what a filling left for later: the indexes by which people sort, and
// the words of its records: until then a search does not find them, see
// [Replica.Unindexed]. Killed or cancelled, it goes on
// when it is called again. Progress may be nil.
func (s *Replica) Index(ctx context.Context, progress func(done, total int)) error {
	if err := s.makePostponed(ctx); err != nil {
		return err
	}
	left, err := s.Unindexed(ctx)
	if err != nil || left == 0 {
		return err
	}
	n, total := 0, left
	for _, kind := range slices.Sorted(maps.Keys(s.tables)) {
		for more := true; more; {
			var some int
			err := s.transact(ctx, func(st *step) (err error) {
				some, more, err = st.indexSome(s.tables[kind])
				return err
			})
			if err != nil {
				return err
			}
			if n += some; progress != nil {
				progress(n, max(n, total))
			}
		}
	}
	return nil
}

// indexSome makes the words of the next records that have none.
func (st *step) indexSome(t *table) (n int, more bool, err error) {
	var upto []byte
	mark := wordless + t.made()
	wordless, err := st.one("SELECT upto FROM projection WHERE kind = ? AND made = ?", []any{string(t.kind), mark}, &upto)
	if err != nil || !wordless {
		return 0, false, err
	}
	rows, err := st.wordless(t, upto)
	if err != nil {
		return 0, false, err
	}
	if err := st.addWords(t, rows); err != nil {
		return 0, false, err
	}
	if len(rows) < wordBatch {
		return len(rows), false, st.exec("UPDATE projection SET made = ?, upto = zeroblob(16) WHERE kind = ?", t.made(), string(t.kind))
	}
	return len(rows), true, st.exec("UPDATE projection SET upto = ? WHERE kind = ?", rows[len(rows)-1].Ref.ID[:], string(t.kind))
}

// addWords writes the words of records that have none: first their rows, then the
// words, as index does.
func (st *step) addWords(t *table, rows []Row) error {
	var row int64
	if _, err := st.one("SELECT seq FROM sqlite_sequence WHERE name = 'searched'", nil, &row); err != nil {
		return err
	}
	var texts []string
	for _, r := range rows {
		rec := t.g.New()
		if err := t.g.Load(rec, r.Ref, r.GSN, r.Doc); err != nil {
			return err
		}
		if text := t.g.SearchText(rec); text != "" {
			texts = append(texts, text)
			if err := st.exec("INSERT INTO searched (row, kind, id) VALUES (?, ?, ?)", row+int64(len(texts)), string(t.kind), r.Ref.ID[:]); err != nil {
				return err
			}
		}
	}
	for i, text := range texts {
		if err := st.exec("INSERT INTO search (rowid, text) VALUES (?, ?)", row+1+int64(i), text); err != nil {
			return err
		}
	}
	return nil
}

// wordless are the next records without words.
func (st *step) wordless(t *table, upto []byte) (rows []Row, err error) {
	query := fmt.Sprintf("SELECT id, gsn, doc FROM %[1]s WHERE id > ?1 AND NOT EXISTS (SELECT 1 FROM searched WHERE kind = ?2 AND searched.id = %[1]s.id) ORDER BY id LIMIT %d",
		quote(string(t.kind)), wordBatch)
	err = st.each(query, []any{upto, string(t.kind)}, func(scan func(...any) error) error {
		r := Row{Ref: app.Ref{Kind: t.kind}}
		var id, doc []byte
		err := scan(&id, &r.GSN, &doc)
		copy(r.Ref.ID[:], id)
		r.Doc = doc
		rows = append(rows, r)
		return err
	})
	return rows, err
}

// Unindexed is about how many records a search does not find, for their words are
// still to be made.
func (s *Replica) Unindexed(ctx context.Context) (n int, err error) {
	err = s.read(ctx, func(r *reader) error {
		for kind, t := range s.tables {
			var some int
			_, err := r.one(fmt.Sprintf("SELECT count(*) FROM %s, projection WHERE projection.kind = ? AND projection.made = ? AND id > projection.upto", quote(string(kind))),
				[]any{string(kind), wordless + t.made()}, &some)
			if n += some; err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}
