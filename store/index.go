package store

import "daicho/app"

// putText puts a record's text into the search, in place of what was there;
// an empty one takes it out. It is done at the end of the transaction: the
// index writes itself out at each savepoint, which SQLite makes for many
// statements, so that words between other writes cost several times as much.
func (st *step) putText(ref app.Ref, text string) {
	if _, waiting := st.texts[ref]; !waiting {
		st.order = append(st.order, ref)
	}
	st.texts[ref] = wording{text: text}
}

// wording is a record's text on its way into the search.
type wording struct {
	text  string
	was   string // what the search has
	known bool   // was is known
}

// reword is putText where it is known what the search has: if that is the text in
// the end, nothing is written.
func (st *step) reword(ref app.Ref, was, text string) {
	before, waiting := st.texts[ref]
	st.putText(ref, text)
	if waiting {
		was = before.was
	}
	st.texts[ref] = wording{text, was, before.known || !waiting}
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
		t := st.texts[ref]
		if t.known && t.was == t.text {
			continue
		}
		w, err := st.searchRow(ref, t)
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
func (st *step) searchRow(ref app.Ref, t wording) (w waiting, err error) {
	key, text := []any{string(ref.Kind), ref.ID[:]}, t.text
	w.text = text
	if !t.known || t.was != "" {
		if w.had, err = st.one("SELECT row FROM searched WHERE kind = ? AND id = ?", key, &w.row); err != nil {
			return w, err
		}
	}
	switch {
	case w.had && text == "":
		err = st.exec("DELETE FROM searched WHERE row = ?", w.row)
	case !w.had && text != "":
		_, err = st.one("INSERT INTO searched (kind, id) VALUES (?, ?) RETURNING row", key, &w.row)
	}
	return w, err
}
