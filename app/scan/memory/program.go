package memory

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
)

// Program is the name of the running program for [Open]: the same for the same
// program, another for one that may find something else in the same file.
func Program() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}
