package store

import (
	"context"
	"errors"
	"slices"

	"daicho/app"
	"daicho/store/durable"
)

// forget takes a record out of the replica that may not be read here any more:
// row, words, links, history, keys, drafts, and attachments that no other record names.
// What stays is the journal: what this device signed is its chain, and its
// personal values cannot be read without the keys. Nothing may be pending on the
// row: see undo.
func (st *step) forget(ref app.Ref) error {
	blobs, err := st.blobs("SELECT blob FROM attached WHERE kind = ? AND id = ?", string(ref.Kind), ref.ID[:])
	if err != nil {
		return err
	}
	if st.s.tables[ref.Kind] != nil {
		err = st.put(ref, 0, nil)
	}
	if err == nil {
		err = st.exec("DELETE FROM deferred_row WHERE kind = ? AND id = ?", string(ref.Kind), ref.ID[:])
	}
	if err != nil {
		return err
	}
	more, err := st.forgetHistory(ref)
	if err != nil {
		return err
	}
	if err := errors.Join(st.dropKeys(ref), st.dropSettings(ref), st.setMark(purgeKey)); err != nil {
		return err
	}
	return st.unname(append(blobs, more...))
}

// forgetHistory takes away what outcomes say of a record, and names the
// attachments that they speak of.
func (st *step) forgetHistory(ref app.Ref) (blobs []app.BlobID, err error) {
	gsns, err := st.numbers("SELECT gsn FROM history WHERE kind = ? AND id = ?", string(ref.Kind), ref.ID[:])
	if err != nil || len(gsns) == 0 {
		return nil, err
	}
	if err := st.exec("DELETE FROM history WHERE kind = ? AND id = ?", string(ref.Kind), ref.ID[:]); err != nil {
		return nil, err
	}
	for _, gsn := range gsns {
		some, err := st.forgetIn(int64(gsn), ref)
		if err != nil {
			return nil, err
		}
		blobs = append(blobs, some...)
	}
	return blobs, nil
}

// forgetIn takes a record out of one outcome, and the outcome away if it speaks
// of no other record that is here.
func (st *step) forgetIn(gsn int64, ref app.Ref) (blobs []app.BlobID, err error) {
	var body []byte
	there, err := st.one("SELECT body FROM outcome WHERE gsn = ?", []any{gsn}, &body)
	if err != nil || !there {
		return nil, err
	}
	o, err := app.DecodeOutcome(body, &lenient{SubjectKeys: st.keys()})
	if err != nil {
		return nil, err
	}
	blobs = st.spokenOf(*o, ref)
	for _, other := range concerned(*o) {
		wanted, err := st.one("SELECT 1 FROM history WHERE kind = ? AND id = ? AND gsn = ?", []any{string(other.Kind), other.ID[:], gsn}, new(int))
		if err != nil {
			return nil, err
		}
		if wanted {
			rest, _, err := app.CutOutcome(body, func(r app.Ref) bool { return r != ref })
			if err != nil {
				return nil, err
			}
			return blobs, st.exec("UPDATE outcome SET body = ? WHERE gsn = ?", rest, gsn)
		}
	}
	return blobs, st.exec("DELETE FROM outcome WHERE gsn = ?", gsn)
}

// spokenOf are the attachments that an outcome put to a record or took from it.
func (st *step) spokenOf(o app.Outcome, ref app.Ref) (ids []app.BlobID) {
	t := st.s.tables[ref.Kind]
	if t == nil || len(t.files) == 0 {
		return nil
	}
	for _, e := range o.Effects {
		for _, c := range e.Cells {
			if name, _ := t.g.Upcast(c.Field, nil); e.Ref != ref || !slices.Contains(t.files, name) {
				continue
			}
			for _, b := range append(c.Was.Blobs(), c.Now.Blobs()...) {
				ids = append(ids, b.ID)
			}
		}
	}
	return ids
}

// unname takes the rows of attachments away that nothing names any more.
func (st *step) unname(ids []app.BlobID) error {
	for _, id := range ids {
		named, err := st.one("SELECT 1 FROM attached WHERE blob = ? LIMIT 1", []any{id[:]}, new(int))
		if err == nil && !named {
			named, err = st.wanted(id)
		}
		if err != nil {
			return err
		}
		if named {
			continue
		}
		if err := st.exec("DELETE FROM blob WHERE id = ?", id[:]); err != nil {
			return err
		}
		st.due = append(st.due, id)
	}
	return nil
}

// sweep takes the files of attachments away whose rows went with a transaction.
// What it leaves, or a program that dies before it, the collector finds.
func (s *Replica) sweep(ctx context.Context, due []app.BlobID) {
	for _, id := range due {
		_ = s.collectOrphan(ctx, id)
		_ = durable.Remove(s.blobPath(id) + partMark)
	}
}

// purgeKey is the setting that says that the files hold words of records which
// are not here any more.
const purgeKey = "store/purge"

func (st *step) setMark(key string) error {
	return st.exec("INSERT INTO setting VALUES (?, x'01') ON CONFLICT DO NOTHING", key)
}

// purgeForgotten takes words of records that are not here any more out of the
// files. Cut off, it is done another time.
func (s *Replica) purgeForgotten(ctx context.Context) error {
	mark, err := s.Setting(ctx, purgeKey)
	if err != nil || mark == nil {
		return err
	}
	if err := s.Purge(ctx); err != nil && !errors.Is(err, logInUse) { // the log is used again from its start
		return err
	}
	return s.transact(ctx, func(st *step) error { return st.exec("DELETE FROM setting WHERE key = ?", purgeKey) })
}
