package kill

import (
	"context"
	"fmt"
	"io"

	"daicho/app"
	"daicho/store"
	"daicho/sync/client"
)

// phase is what a device, or a command beside the server, is at.
type phase string

const (
	between  phase = "between"
	writing  phase = "writing a record"
	enrol    phase = "enrolment"
	push     phase = "push"
	pull     phase = "pull"
	rows     phase = "rows of a new device"
	index    phase = "index of a new device"
	history  phase = "history of a new device"
	upload   phase = "attachment up"
	download phase = "attachment down"
	pack     phase = "bundle export"
	unpack   phase = "bundle import"

	serverUnpack phase = "server: bundle import"
	serverPack   phase = "server: bundle export"
	userAdd      phase = "server: user add"
)

// telling is a replica that tells what it is at just before it begins.
type telling struct {
	client.Port
	r  *store.Replica
	at phase // that was told last
}

func (t *telling) tell(p phase) {
	if p != t.at {
		t.at = p
		fmt.Println("phase", p)
	}
}

// Outgoing is part of [client.Port].
func (t *telling) Outgoing(ctx context.Context, after uint64, max int) ([][]byte, []app.Segment, []app.SubjectKey, error) {
	bodies, segments, keys, err := t.Port.Outgoing(ctx, after, max)
	if len(segments) > 0 {
		t.tell(push)
	}
	return bodies, segments, keys, err
}

// Cursor is part of [client.Port].
func (t *telling) Cursor(ctx context.Context) (app.ID, int64, error) {
	if t.at != rows { // filling asks, too
		t.tell(pull)
	}
	return t.Port.Cursor(ctx)
}

// Filling is part of [client.Port].
func (t *telling) Filling(ctx context.Context) (client.FillingUp, error) {
	f, err := t.Port.Filling(ctx)
	switch {
	case f.Wanted:
		t.tell(rows)
	case t.at == rows:
		t.tell(pull)
	}
	return f, err
}

// Index is part of [client.Port].
func (t *telling) Index(ctx context.Context, progress func(done, total int)) error {
	if n, err := t.r.Unindexed(ctx); err == nil && n > 0 {
		t.tell(index)
	}
	return t.Port.Index(ctx, progress)
}

// Past is part of [client.Port].
func (t *telling) Past(ctx context.Context) (client.Past, bool, error) {
	p, missing, err := t.Port.Past(ctx)
	if missing {
		t.tell(history)
	}
	return p, missing, err
}

// SealedBlob is part of [client.Port].
func (t *telling) SealedBlob(ctx context.Context, id app.BlobID) (io.ReadSeekCloser, int64, error) {
	if t.at != pack {
		t.tell(upload)
	}
	return t.Port.SealedBlob(ctx, id)
}

// PartialBlob is part of [client.Port].
func (t *telling) PartialBlob(ctx context.Context, id app.BlobID) (int64, error) {
	t.tell(download)
	return t.Port.PartialBlob(ctx, id)
}
