package server_test

import (
	"context"
	"strings"
	"syscall"
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/sync/server"
	"daicho/sync/server/logtest"
)

// fullDisk is a log whose disk may be full.
type fullDisk struct {
	server.Log
	full bool
}

// Write is part of [server.Log].
func (f *fullDisk) Write(ctx context.Context, fn func(server.Tx) error) error {
	if f.full {
		return syscall.ENOSPC
	}
	return f.Log.Write(ctx, fn)
}

// TestFullDiskOfTheServer: the device is told why, keeps its changes, and brings
// them when there is room.
func TestFullDiskOfTheServer(t *testing.T) {
	disk := &fullDisk{Log: logtest.NewMemory()}
	o := officeOver(t, modules.Book(), disk)
	a := o.device("青木")
	o.attached(a, "JPEG")
	disk.full = true
	for range 3 {
		_, err := o.Sync(t.Context(), a)
		o.refused(err, app.Failed, "disk is full")
		if !strings.Contains(app.ErrorOf(err).Say.JA, "空き") {
			t.Fatal(err)
		}
	}
	equal(t, []uint64{a.Acked, a.Seq()}, []uint64{0, 2})
	disk.full = false
	o.sync(a)
	equal(t, []uint64{a.Acked, a.Seq()}, []uint64{2, 2})
	unsent, err := a.UnsentBlobs(t.Context(), 9)
	ok(t, err)
	equal(t, len(unsent), 0)
}
