package server

import (
	"sync"

	"daicho/app"
)

// uploads are the attachments that come in just now. A device that sends one
// anew, because its line fell silent, ends what it had begun: two must not
// write one file.
type uploads struct {
	mu  sync.Mutex
	now map[upload]*running
}

type upload struct {
	device app.ID
	id     app.BlobID
}

type running struct {
	stop func()
	done chan struct{}
}

// begin waits until an older upload of the same has ended, having told it to
// stop; the caller calls end when it has written its last byte.
func (u *uploads) begin(device app.ID, id app.BlobID, stop func()) (end func()) {
	key, mine := upload{device, id}, &running{stop, make(chan struct{})}
	u.mu.Lock()
	if u.now == nil {
		u.now = map[upload]*running{}
	}
	before := u.now[key]
	u.now[key] = mine
	u.mu.Unlock()
	if before != nil {
		before.stop()
		<-before.done
	}
	return func() {
		u.mu.Lock()
		if u.now[key] == mine {
			delete(u.now, key)
		}
		u.mu.Unlock()
		close(mine.done)
	}
}
