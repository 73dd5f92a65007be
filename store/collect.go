package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"daicho/app"
	"daicho/store/durable"
)

// unusedFor is how long an attachment stays after the last record that named
// it does so no more, and how long an unfinished download waits for its rest.
const unusedFor = 30 * 24 * time.Hour

// oldDraft is how old a file must be that belongs to nothing, to be taken
// away: another process may be writing it just now.
const oldDraft = 24 * time.Hour

// collect takes away attachments that nothing names any more, and what
// programs that died left of files they were writing. Each call looks at one
// folder of 256 and its rows, that of the minute, so that it never takes long.
func (s *Replica) collect(ctx context.Context) error {
	folder := byte(s.clock().Unix() / 60)
	if err := s.collectRows(ctx, app.BlobID{folder}, lastOf(folder)); err != nil {
		return err
	}
	return s.collectFiles(ctx, folder)
}

// collectRows notes which attachments from first to last are unused, and takes
// away those that have been for long.
func (s *Replica) collectRows(ctx context.Context, first, last app.BlobID) error {
	now := s.clock()
	const unattached = "id BETWEEN ?2 AND ?3 AND NOT EXISTS (SELECT 1 FROM attached AS a WHERE a.blob = b.id)"
	var due []app.BlobID
	err := s.transact(ctx, func(st *step) error {
		if err := st.exec("UPDATE blob AS b SET unused = ?1 WHERE unused = 0 AND "+unattached, int64(app.StampOf(now)), first[:], last[:]); err != nil {
			return err
		}
		ids, err := st.blobs("SELECT id FROM blob AS b WHERE unused BETWEEN 1 AND ?1 AND "+unattached, int64(app.StampOf(now.Add(-unusedFor))), first[:], last[:])
		for _, id := range ids {
			var wanted bool
			if wanted, err = st.wanted(id); err != nil {
				return err
			}
			if !wanted {
				due = append(due, id)
				err = errors.Join(err, st.exec("DELETE FROM blob WHERE id = ?", id[:]))
			}
		}
		return err
	})
	for _, id := range due {
		if err == nil {
			err = s.collectOrphan(ctx, id) // or a later call, if the program dies here
		}
	}
	return err
}

// lastOf is the last id whose file lies in a folder.
func lastOf(folder byte) app.BlobID {
	id := app.BlobID(bytes.Repeat([]byte{0xff}, len(app.BlobID{})))
	id[0] = folder
	return id
}

// wanted says whether an attachment that no record names may be named again:
// by a row that pending changes hide, by an own change that is not done with, or
// by changes that are carried for others. What the server has not got is kept as long as any own change names
// it that its author has not dismissed: nobody else has it. A change and a
// document hold the id as it is, so that neither need be read.
func (st *step) wanted(id app.BlobID) (bool, error) {
	const unsent = "EXISTS (SELECT 1 FROM blob WHERE id = ?1 AND state = 'unsent')"
	for _, where := range []string{
		"confirmed WHERE instr(doc, ?1) > 0",
		"journal WHERE state IN ('pending', 'rejected', 'quarantined') AND instr(body, ?1) > 0",
		"cargo WHERE instr(blobs, ?1) > 0",
		"journal WHERE state <> 'dismissed' AND " + unsent + " AND instr(body, ?1) > 0",
	} {
		if there, err := st.one("SELECT 1 FROM "+where+" LIMIT 1", []any{id[:]}, new(int)); err != nil || there {
			return there, err
		}
	}
	return false, nil
}

// collectFiles takes away files of a folder that belong to nothing: all of it
// is sealed, and what cannot be taken away harms nobody.
func (s *Replica) collectFiles(ctx context.Context, folder byte) error {
	first, last := app.BlobID{folder}, lastOf(folder)
	dir := filepath.Dir(s.blobPath(first))
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil // nothing was ever put there
	}
	known, err := s.blobs(ctx, "SELECT id FROM blob WHERE id BETWEEN ? AND ?", first[:], last[:])
	for _, f := range files {
		info, gone := f.Info()
		if err != nil || gone != nil {
			continue
		}
		path, age := filepath.Join(dir, f.Name()), s.clock().Sub(info.ModTime())
		switch id, strange := app.ParseBlobID(f.Name()); {
		case strings.Contains(f.Name(), draftMark):
			removeOlder(path, age, oldDraft)
		case strings.HasSuffix(f.Name(), partMark):
			removeOlder(path, age, unusedFor)
		case strange == nil && age > oldDraft && !slices.Contains(known, id):
			err = s.collectOrphan(ctx, id)
		}
	}
	return err
}

func removeOlder(path string, age, than time.Duration) {
	if age > than {
		_ = os.Remove(path) // a later call tries again
	}
}

// collectOrphan takes a file away that no row knows. Who attaches the same file
// again notes it under the same lock, if it is still there.
func (s *Replica) collectOrphan(ctx context.Context, id app.BlobID) error {
	return s.transact(ctx, func(st *step) error {
		known, err := st.one("SELECT 1 FROM blob WHERE id = ?", []any{id[:]}, new(int))
		if err != nil || known {
			return err
		}
		if err := durable.Remove(s.blobPath(id)); err != nil {
			return unwritten(err)
		}
		return nil
	})
}
