package client

import (
	"context"
	"errors"
	"io"

	"daicho/app"
	"daicho/sync/wire"
)

// blobPage is how many attachments are looked up at once.
const blobPage = 1_000

// upload sends the attachments that the server does not have: what was never
// sent, and what it asked for. One that no record there names (its change was
// refused, or is not judged yet) or that is not here stays. A damaged one stays,
// too, and holds up nothing else.
func (s *session) upload(ctx context.Context) error {
	wanted := func(ctx context.Context, most int) ([]app.BlobID, error) {
		ids, err := s.port.UnsentBlobs(ctx, most)
		return append(ids, s.asked...), err
	}
	return each(ctx, wanted, func(id app.BlobID, left int) error {
		s.o.progress(Uploading, s.done.BlobsUp, s.done.BlobsUp+left)
		err := s.putBlob(ctx, id)
		switch {
		case app.IsCode(err, app.NotFound):
			return nil
		case app.IsCode(err, app.Damaged):
			s.spoiled = errors.Join(s.spoiled, err)
			return nil
		case err != nil:
			return err
		}
		s.done.BlobsUp++
		return s.port.BlobSent(ctx, id)
	})
}

// askFrom is from how many bytes on an attachment is worth asking how much of
// it is there already.
const askFrom = 256 << 10

func (s *session) putBlob(ctx context.Context, id app.BlobID) error {
	f, size, err := s.port.SealedBlob(ctx, id)
	if err != nil {
		return err
	}
	defer f.Close()
	there := &wire.Have{}
	if size >= askFrom {
		if there, err = s.have(ctx, id); err != nil || there.All {
			return err
		}
	}
	from := there.Bytes
	if from >= size { // all of it came, and yet it was not taken
		from = 0
	}
	if _, err = f.Seek(from, io.SeekStart); err != nil {
		return err
	}
	return s.put(ctx, wire.PathBlob+id.String(), f, from, size)
}

// download fetches the attachments that are missing here. One that has not
// reached the server yet comes another time.
func (s *session) download(ctx context.Context) error {
	return each(ctx, s.port.MissingBlobs, func(id app.BlobID, left int) error {
		s.o.progress(Downloading, s.done.BlobsDown, s.done.BlobsDown+left)
		err := s.getBlob(ctx, id)
		if app.IsCode(err, app.NotFound) {
			return nil
		}
		if err == nil {
			s.done.BlobsDown++
		}
		return err
	})
}

// getBlob fetches an attachment, or the rest of one that was cut off.
func (s *session) getBlob(ctx context.Context, id app.BlobID) error {
	have, err := s.port.PartialBlob(ctx, id)
	if err != nil {
		return err
	}
	return s.get(ctx, wire.PathBlob+id.String(), have, func(from int64, r io.Reader) error {
		return s.port.StoreBlob(ctx, id, from, io.LimitReader(r, wire.MaxSealedBlob))
	})
}

// each calls f once for every attachment that a list names, also for those
// that it names only after others are gone from it.
func each(ctx context.Context, list func(context.Context, int) ([]app.BlobID, error), f func(id app.BlobID, left int) error) error {
	tried := map[app.BlobID]bool{}
	for {
		ids, err := list(ctx, len(tried)+blobPage)
		if err != nil {
			return err
		}
		fresh := 0
		for i, id := range ids {
			if tried[id] {
				continue
			}
			tried[id] = true
			fresh++
			if err = f(id, len(ids)-i); err != nil {
				return err
			}
		}
		if fresh == 0 {
			return nil
		}
	}
}
