package server

import (
	"sync"
	"testing"
	"testing/synctest"

	"daicho/app"
)

// TestOneUploadWritesAtATime begins the same upload three times: each is told
// to stop by the next, and no two run at once.
func TestOneUploadWritesAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var u uploads
		var all sync.WaitGroup
		writing, stopped := 0, 0
		for n := range 3 {
			stop := make(chan struct{})
			all.Go(func() {
				end := u.begin(app.ID{1}, app.BlobID{1}, func() { stopped++; close(stop) })
				if writing++; writing > 1 {
					t.Error("two at once")
				}
				if n < 2 {
					<-stop
				}
				writing--
				end()
			})
			synctest.Wait()
		}
		all.Wait()
		if stopped != 2 || len(u.now) != 0 {
			t.Errorf("%d were stopped, %d are left", stopped, len(u.now))
		}
	})
}
