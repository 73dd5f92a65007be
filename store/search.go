package store

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"daicho/app"
	"daicho/store/bigram"
)

// Hit is a record that a search found.
type Hit struct {
	Ref     app.Ref
	Number  string
	Title   string
	Snippet string // the line that holds the word, or a part of it
}

// snippetRunes is about how long a snippet is.
const snippetRunes = 60

// Search finds records of every kind whose text holds all the words, the
// newest first. Words stand between spaces, those in quotes together; how they
// are spelled (widths, kana, old forms of characters) does not matter.
func (s *Replica) Search(ctx context.Context, words string, limit int) (hits []Hit, err error) {
	match := bigram.Query(words)
	if match == "" {
		return nil, nil
	}
	err = s.read(ctx, func(r *reader) error {
		refs, err := r.refs("SELECT kind, id FROM search JOIN searched ON searched.row = search.rowid WHERE search MATCH ? ORDER BY search.rowid DESC LIMIT ?",
			match, limit)
		if err != nil {
			return err
		}
		for _, ref := range refs {
			h, known, err := r.hit(ref, words)
			if err != nil {
				return err
			}
			if known {
				hits = append(hits, h)
			}
		}
		return nil
	})
	return hits, err
}

// hit is what a result shows; false for a record of a kind that this program
// does not know.
func (r *reader) hit(ref app.Ref, words string) (Hit, bool, error) {
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

// snippet is the first line of a text that holds the first of the words, cut
// to the part around it if it is long.
func snippet(text, words string) string {
	word := ""
	if runs := strings.FieldsFunc(words, isBetween); len(runs) > 0 {
		word = strings.TrimSuffix(bigram.Fold(runs[0]), "ー")
	}
	first, _, _ := strings.Cut(text, "\n")
	for line := range strings.SplitSeq(text, "\n") {
		if strings.Contains(bigram.Fold(line), word) {
			return around(line, word)
		}
	}
	return around(first, "")
}

// isBetween says whether a character is none of a word's.
func isBetween(r rune) bool { return !unicode.In(r, unicode.L, unicode.M, unicode.N) }

// around cuts a line to a part that holds a folded word. Windows overlap, so
// that the word is whole in one of them.
func around(line, word string) string {
	runes := []rune(line)
	if len(runes) <= snippetRunes {
		return line
	}
	step := min(snippetRunes/2, max(1, snippetRunes-utf8.RuneCountInString(word)))
	for from := 0; ; from += step {
		to := min(from+snippetRunes, len(runes))
		if part := string(runes[from:to]); strings.Contains(bigram.Fold(part), word) || to == len(runes) {
			return ellipsis(part, from > 0, to < len(runes))
		}
	}
}

func ellipsis(part string, before, after bool) string {
	if before {
		part = "…" + part
	}
	if after {
		part += "…"
	}
	return part
}

// putText puts a record's text into the search, in place of what was there;
// an empty one takes it out. It is done at the end of the transaction: the
// index writes itself out at each savepoint, which SQLite makes for many
// statements, so that words between other writes cost several times as much.
func (st *step) putText(ref app.Ref, text string) {
	if _, waiting := st.texts[ref]; !waiting {
		st.order = append(st.order, ref)
	}
	st.texts[ref] = text
}

// waiting is a record's text on its way into the index.
type waiting struct {
	row  int64
	had  bool // the row has a text already
	text string
}

// index writes the texts that wait: first their rows, then the words.
func (st *step) index() error {
	list := make([]waiting, 0, len(st.order))
	for _, ref := range st.order {
		w, err := st.searchRow(ref, st.texts[ref])
		if err != nil {
			return err
		}
		list = append(list, w)
	}
	for _, w := range list {
		if w.had {
			if err := st.exec("DELETE FROM search WHERE rowid = ?", w.row); err != nil {
				return err
			}
		}
		if w.text != "" {
			if err := st.exec("INSERT INTO search (rowid, text) VALUES (?, ?)", w.row, w.text); err != nil {
				return err
			}
		}
	}
	return nil
}

// searchRow finds, makes or takes away the row of a record in the index.
func (st *step) searchRow(ref app.Ref, text string) (w waiting, err error) {
	key := []any{string(ref.Kind), ref.ID[:]}
	w.text = text
	if w.had, err = st.one("SELECT row FROM searched WHERE kind = ? AND id = ?", key, &w.row); err != nil {
		return w, err
	}
	switch {
	case w.had && text == "":
		err = st.exec("DELETE FROM searched WHERE row = ?", w.row)
	case !w.had && text != "":
		_, err = st.one("INSERT INTO searched (kind, id) VALUES (?, ?) RETURNING row", key, &w.row)
	}
	return w, err
}
