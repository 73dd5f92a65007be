package keys

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"daicho/store/durable"
)

// ID names one replica, or one server's data folder: a random UUID (RFC 9562,
// version 4). It is the name of its envelope and tells nothing.
type ID string

// NewID draws an ID.
func NewID() ID {
	var b [16]byte
	rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return ID(fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:]))
}

var wellFormed = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// idFile is the file of a replica's folder that holds its ID.
const idFile = "replica.id"

// MarkFolder makes dir, which must exist, the folder called id, in dir/replica.id.
// If dir is marked already, the error is fs.ErrExist.
func MarkFolder(dir string, id ID) error {
	err := durable.Create(filepath.Join(dir, idFile), func(draft string) error {
		return os.WriteFile(draft, []byte(id+"\n"), 0o600)
	})
	if err != nil {
		return fmt.Errorf("mark the folder: %w", err)
	}
	return nil
}

// FolderID reads the ID of a replica's folder. The errors are ErrNoReplicaID and
// ErrReplicaDamaged.
func FolderID(dir string) (ID, error) {
	path := filepath.Join(dir, idFile)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", noReplicaID(path)
	}
	if err != nil {
		return "", noFile(path, err)
	}
	id := strings.TrimSpace(string(b))
	if !wellFormed.MatchString(id) {
		return "", replicaDamaged(path)
	}
	return ID(id), nil
}
