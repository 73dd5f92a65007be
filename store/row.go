package store

import (
	"errors"
	"fmt"

	"daicho/app"
)

// put writes a row with everything that follows from it: columns, links,
// search text, counter, attachments to fetch. An empty document deletes it.
func (st *step) put(ref app.Ref, gsn int64, doc app.Doc) error {
	t := st.s.tables[ref.Kind]
	if t == nil {
		return fmt.Errorf("no table of kind %s", ref.Kind)
	}
	was, _, err := st.Row(ref)
	if err != nil {
		return err
	}
	st.note(ref)
	if doc.IsEmpty() {
		return st.remove(ref, was)
	}
	rec, before := t.g.New(), t.g.New()
	if err := errors.Join(t.g.Load(rec, ref, gsn, doc), t.g.Load(before, ref, 0, was)); err != nil {
		return err
	}
	if err := st.project(t, rec, before.Meta().Seen(), doc); err != nil {
		return err
	}
	if was.IsEmpty() {
		return st.tally(ref.Kind, 1)
	}
	return nil
}

// project writes the row of a record with its document, as it came; of what
// stands elsewhere only what is not as it was.
func (st *step) project(t *table, rec app.Record, was, doc app.Doc) error {
	head := rec.Meta()
	if err := st.exec(t.put, t.values(rec, doc)...); err != nil {
		return err
	}
	if differ(was, head.Seen(), t.links) {
		if err := st.putLinks(t, rec); err != nil {
			return err
		}
	}
	if differ(was, head.Seen(), t.files) {
		if err := st.putFiles(t, rec); err != nil {
			return err
		}
	}
	if differ(was, head.Seen(), t.searched) {
		st.putText(head.Ref, t.g.SearchText(rec))
	}
	return nil
}

func (st *step) remove(ref app.Ref, was app.Doc) error {
	if was.IsEmpty() {
		return nil
	}
	if err := st.exec("DELETE FROM "+quote(string(ref.Kind))+" WHERE id = ?", ref.ID[:]); err != nil {
		return err
	}
	if err := errors.Join(st.unlink(ref), st.detach(ref)); err != nil {
		return err
	}
	st.putText(ref, "")
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
