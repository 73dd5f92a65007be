package store

import (
	"errors"
	"os"
	"path/filepath"

	"daicho/app"
	"daicho/store/durable"
	"daicho/store/keys"
)

// What lies in a replica's folder.
const (
	idFile     = "replica.id" // written last: a folder without it was never finished
	dbFile     = "replica.db"
	blobFolder = "blobs"
)

// formOfDatabase counts the forms of a replica's database. From 2 on it has a
// table of page tags beside it.
const formOfDatabase = 2

func (s *Replica) place(name string) string { return filepath.Join(s.dir, name) }

// readID reads which replica a folder holds. It changes nothing.
func readID(dir string) (keys.ID, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return "", folderMissing
	}
	id, err := keys.FolderID(dir)
	if errors.Is(err, keys.ErrNoReplicaID) && exists(filepath.Join(dir, dbFile)) {
		return "", because(err, unfinished)
	}
	return id, err
}

// writeID makes a folder a replica's, as [keys.FolderID] reads it.
func writeID(dir string, id keys.ID) error {
	return durable.Create(filepath.Join(dir, idFile), func(draft string) error {
		return os.WriteFile(draft, []byte(id+"\n"), 0o600)
	})
}

// emptyFolder makes the folder of a new replica. One that holds anything is
// refused: nothing of anybody's is ever written over.
func emptyFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return unwritten(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return because(err, cannotRead)
	}
	switch {
	case len(entries) == 0:
		return nil
	case exists(filepath.Join(dir, idFile)):
		return alreadyReplica
	case exists(filepath.Join(dir, dbFile)):
		return unfinished
	}
	return notEmpty
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// because gives a refusal its cause.
func because(cause, refusal error) error {
	e := app.ErrorOf(refusal)
	return app.Because(cause, e.Code, e.Say.JA, e.Say.EN)
}
