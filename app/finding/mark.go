package finding

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"daicho/app"
)

// Key is the site's key for marks: of all its agents, and of nobody else.
type Key [32]byte

// Mark is the id of the finding at a path, and of its [Place].
func (k Key) Mark(job app.ID, path string) app.ID {
	h := hmac.New(sha256.New, k[:])
	h.Write([]byte("daicho-finding-1"))
	h.Write(job[:])
	h.Write([]byte(path))
	return app.DerivedID([32]byte(h.Sum(nil)))
}

// folder is the id of the [Place] of a folder: no file's path ends in a slash.
func (k Key) folder(job app.ID, path string) app.ID { return k.Mark(job, path+"/") }

// Content is the mark of what a reader holds, 32 hexadecimal digits.
func (k Key) Content(r io.Reader) (string, error) {
	h := hmac.New(sha256.New, k[:])
	h.Write([]byte("daicho-content-1"))
	if _, err := io.Copy(h, r); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)[:16]), nil
}
