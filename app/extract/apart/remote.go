package apart

import (
	"errors"
	"io"
	"sync"
)

const (
	blockSize = 64 << 10
	blocks    = 16
)

// errRemote is a file that could not be read; its cause is known on the other side.
var errRemote = errors.New("apart: file could not be read")

// remote is the file on the other side. Parsers read in small steps and go back
// and forth: the last few blocks stay here.
type remote struct {
	*server
	size int64
	mu   sync.Mutex
	kept map[int64][]byte
	last []int64 // the numbers of kept, in the order in which they came
}

// ReadAt implements io.ReaderAt.
func (r *remote) ReadAt(b []byte, at int64) (int, error) {
	if at < 0 || at >= r.size {
		return 0, io.EOF
	}
	n := 0
	for n < len(b) && at+int64(n) < r.size {
		place := at + int64(n)
		block, err := r.block(place / blockSize)
		if err != nil {
			return n, err
		}
		from := int(place % blockSize)
		if from >= len(block) {
			return n, io.EOF
		}
		n += copy(b[n:], block[from:])
	}
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

func (r *remote) block(n int64) ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if b, ok := r.kept[n]; ok {
		return b, nil
	}
	answer, err := r.ask(&message{Kind: want, Offset: n * blockSize, Length: blockSize})
	if err != nil {
		return nil, err
	}
	if answer.Failed {
		return nil, errRemote
	}
	if r.kept == nil {
		r.kept = map[int64][]byte{}
	}
	if len(r.last) == blocks {
		delete(r.kept, r.last[0])
		r.last = r.last[1:]
	}
	r.kept[n], r.last = answer.Data, append(r.last, n)
	return answer.Data, nil
}
