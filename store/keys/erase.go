package keys

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"daicho/store/durable"
)

// Erase makes the replica's folder, and every copy of it, unreadable here. With all
// nothing of the key is left. Without all the recovery key still opens, and only
// that; an envelope without one is refused: ErrNoRecoveryKey. It also ends a change
// of data key that is under way, for both of its envelopes. No key is asked for:
// who can call this can delete the files as well.
//
// With ErrEntryLeft it is done, but for an entry of a keyring that could not be
// asked; it opens nothing but copies of the envelope. After a crash, call it again.
func (f Folder) Erase(ctx context.Context, id ID, all bool) error {
	entries := slices.Concat(f.entries(id), f.Next().entries(id))
	if len(entries) > 0 {
		entries = append(entries, witnessEntry(id))
	}
	if all {
		if err := f.Remove(id); err != nil {
			return err
		}
		return f.clear(ctx, entries)
	}
	if err := f.onlyRecovery(id); err != nil {
		return err
	}
	return f.clear(ctx, entries)
}

// Remove deletes the envelope of a replica and what stands beside it, such as that
// of one whose creation failed. Entries of the keyring are left.
func (f Folder) Remove(id ID) error {
	return f.removeFiles(id, func(string) bool { return true })
}

// onlyRecovery leaves the recovery key as the only way into the envelope, or into
// both of them. It looks at both before it writes.
func (f Folder) onlyRecovery(id ID) error {
	present, err := f.read(id)
	if err != nil {
		return err
	}
	left := map[Folder]*envelope{f: present}
	if f.Rekeying(id) {
		if left[f.Next()], err = f.Next().read(id); err != nil {
			return err
		}
	}
	for _, e := range left {
		if e.way(ByRecoveryKey) == nil {
			return noRecoveryKeyLeft(f.Path(id))
		}
	}
	for in, e := range left {
		e.Wraps = []wrap{*e.way(ByRecoveryKey)}
		if err := in.write(e, false); err != nil {
			return err
		}
	}
	return f.removeFiles(id, isDraft)
}

// isDraft knows a file that was being written when its program died.
func isDraft(name string) bool { return strings.Contains(name, ".new-") }

// removeFiles deletes those files of a replica that which picks by name.
func (f Folder) removeFiles(id ID, which func(name string) bool) error {
	if !wellFormed.MatchString(string(id)) {
		return missing(f.Path(id))
	}
	files, err := os.ReadDir(f.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, file := range files {
		if name := file.Name(); strings.HasPrefix(name, string(id)+".") && which(name) {
			err = errors.Join(err, durable.Remove(filepath.Join(f.dir, name)))
		}
	}
	if err != nil {
		return noFile(f.Path(id), err)
	}
	return nil
}
