package store

import (
	"errors"
	"fmt"

	"daicho/app"
)

// put writes a row with everything that follows from it: columns, links,
// search text, counter, attachments to fetch. An empty document deletes it.
func (st *step) put(ref app.Ref, gsn int64, doc app.Doc) error {
	was, _, err := st.reader.Row(ref)
	if err != nil {
		return err
	}
	return st.putOver(ref, gsn, doc, was)
}

// putOver is put in place of a document that is known.
func (st *step) putOver(ref app.Ref, gsn int64, doc, was app.Doc) error {
	t := st.s.tables[ref.Kind]
	if t == nil {
		return fmt.Errorf("no table of kind %s", ref.Kind)
	}
	delete(st.restored, ref)
	st.note(ref)
	rec, before := t.g.New(), t.g.New()
	if err := errors.Join(t.g.Load(rec, ref, gsn, doc), t.g.Load(before, ref, 0, was)); err != nil {
		return err
	}
	text := t.textOf(before)
	if doc.IsEmpty() {
		return st.remove(ref, was, text)
	}
	if err := st.putColumns(t, rec, before, doc); err != nil {
		return err
	}
	if err := st.putAside(t, rec, before.Meta().Seen()); err != nil {
		return err
	}
	if differ(before.Meta().Seen(), rec.Meta().Seen(), t.searched) {
		st.reword(ref, text, t.g.SearchText(rec))
	}
	if was.IsEmpty() {
		return st.tally(ref.Kind, 1)
	}
	return nil
}

// putColumns writes the row of a record with its document, as it came. In a row
// that is there, only columns that are not as they were: each has an index.
func (st *step) putColumns(t *table, rec, before app.Record, doc app.Doc) error {
	if before.Meta().Seen().IsEmpty() {
		return st.exec(t.put, t.values(rec, doc)...)
	}
	query, args := t.change(rec, before, doc)
	return st.exec(query, args...)
}

// putAside writes what follows from a record and stands elsewhere: only what is
// not as it was.
func (st *step) putAside(t *table, rec app.Record, was app.Doc) error {
	now := rec.Meta().Seen()
	if differ(was, now, t.links) {
		if err := st.putLinks(t, rec); err != nil {
			return err
		}
	}
	if differ(was, now, t.files) {
		return st.putFiles(t, rec)
	}
	return nil
}

// remove deletes a row that was, with its text.
func (st *step) remove(ref app.Ref, was app.Doc, text string) error {
	if was.IsEmpty() {
		return nil
	}
	if err := st.exec("DELETE FROM "+quote(string(ref.Kind))+" WHERE id = ?", ref.ID[:]); err != nil {
		return err
	}
	if err := errors.Join(st.unlink(ref), st.detach(ref)); err != nil {
		return err
	}
	st.reword(ref, text, "")
	return st.tally(ref.Kind, -1)
}

// tally keeps the number of rows of a kind.
func (st *step) tally(kind app.Kind, by int) error {
	return st.exec("INSERT INTO counter VALUES (?, ?) ON CONFLICT (kind) DO UPDATE SET n = n + excluded.n", string(kind), by)
}

func (st *step) unlink(from app.Ref) error {
	return st.exec("DELETE FROM link WHERE from_kind = ? AND from_id = ?", string(from.Kind), from.ID[:])
}

func (st *step) putLinks(t *table, rec app.Record) error {
	if err := st.unlink(rec.Meta().Ref); err != nil {
		return err
	}
	return st.addLinks(t, rec)
}

func (st *step) addLinks(t *table, rec app.Record) error {
	from := rec.Meta().Ref
	for _, f := range t.links {
		for _, to := range t.g.Column(rec, f).Refs() {
			if err := st.exec("INSERT INTO link VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
				string(to.Kind), to.ID[:], string(from.Kind), from.ID[:]); err != nil {
				return err
			}
		}
	}
	return nil
}

// putFiles remembers the attachments that a record names: those that are not
// here are to be fetched, and none is collected.
func (st *step) putFiles(t *table, rec app.Record) error {
	if err := st.detach(rec.Meta().Ref); err != nil {
		return err
	}
	return st.addFiles(t, rec)
}

func (st *step) addFiles(t *table, rec app.Record) error {
	ref := rec.Meta().Ref
	for _, f := range t.files {
		for _, b := range t.g.Column(rec, f).Blobs() {
			if err := st.exec("INSERT INTO blob (id, state) VALUES (?, 'missing') ON CONFLICT (id) DO UPDATE SET unused = 0", b.ID[:]); err != nil {
				return err
			}
			if err := st.exec("INSERT INTO attached VALUES (?, ?, ?) ON CONFLICT DO NOTHING", b.ID[:], string(ref.Kind), ref.ID[:]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (st *step) detach(ref app.Ref) error {
	return st.exec("DELETE FROM attached WHERE kind = ? AND id = ?", string(ref.Kind), ref.ID[:])
}
