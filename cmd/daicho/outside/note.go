package outside

import (
	"crypto/sha256"
	"encoding/json"
	"os"

	"daicho/store/durable"
)

// note is what the next start must know of a copy: where it came from, and what it
// said when it was taken back last.
type note struct {
	Origin
	Sum [sha256.Size]byte `json:"sum"`
}

// noted ends the name of the file beside the folder of a copy.
const noted = ".note"

func (n *note) write(dir string) error {
	b, err := json.Marshal(n)
	if err != nil {
		return err
	}
	return durable.Replace(dir+noted, b)
}

func readNote(dir string) (n note, err error) {
	b, err := os.ReadFile(dir + noted)
	if err == nil {
		err = json.Unmarshal(b, &n)
	}
	return n, err
}
