package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"daicho/app"
)

// What lies in a replica's folder.
const (
	idFile     = "replica.id" // written last: a folder without it was never finished
	dbFile     = "replica.db"
	blobFolder = "blobs"
)

// idMark begins the id file and names the form of the folder.
const idMark = "daicho-replica"

// formOfFolder counts the forms of a replica's folder and database.
const formOfFolder = 1

func (s *Replica) place(name string) string { return filepath.Join(s.dir, name) }

// readID reads which replica a folder holds. It changes nothing.
func readID(dir string) (id app.ID, err error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return id, folderMissing
	}
	text, err := os.ReadFile(filepath.Join(dir, idFile))
	switch {
	case errors.Is(err, fs.ErrNotExist) && exists(filepath.Join(dir, dbFile)):
		return id, unfinished
	case errors.Is(err, fs.ErrNotExist):
		return id, notReplica
	case err != nil:
		return id, because(err, cannotRead)
	}
	return parseID(string(text))
}

func parseID(text string) (id app.ID, err error) {
	var form int
	var hex string
	if n, err := fmt.Sscanf(text, idMark+" %d %32s\n", &form, &hex); n < 1 || err != nil && form <= formOfFolder {
		return id, badID
	}
	if form > formOfFolder {
		return id, newerReplica
	}
	if id, err = app.ParseID(hex); err != nil || form != formOfFolder {
		return id, badID
	}
	return id, nil
}

func writeID(dir string, id app.ID) error {
	return durable(filepath.Join(dir, idFile), func(f *os.File) error {
		_, err := fmt.Fprintf(f, "%s %d %s\n", idMark, formOfFolder, id)
		return err
	})
}

// emptyFolder makes the folder of a new replica. One that holds anything is
// refused: nothing of anybody's is ever written over.
func emptyFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return because(err, cannotWrite)
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

// isDraft says whether a file was being written when its program died.
func isDraft(name string) bool { return strings.HasPrefix(name, draftMark) }
