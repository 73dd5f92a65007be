package server

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"strconv"
	"time"

	"daicho/app"
	"daicho/sync/wire"
)

func (s *Server) times(received app.Stamp) wire.Times {
	return wire.Times{Received: received, Sent: s.now()}
}

func (s *Server) postEnroll(q *request) (any, error) {
	var in wire.Enroll
	if err := wire.Decode(q.body, &in); err != nil {
		return nil, err
	}
	if err := s.limits.mayGuess(q.from, s.o.Clock()); err != nil {
		s.warn(q, "enrolment is locked after wrong codes")
		return nil, err
	}
	out, err := s.enroll(q, q.key, &in)
	if errors.Is(err, errCode) {
		s.limits.guessed(q.from, s.o.Clock())
	}
	out.Times = s.times(q.at)
	return out, err
}

// postPush lets a device speak that may not: what it says is kept for a person.
func (s *Server) postPush(q *request) (any, error) {
	var in wire.Push
	if err := wire.Decode(q.body, &in); err != nil {
		return nil, err
	}
	refused, err := s.unbox(q, in.Boxes, &in)
	if err != nil {
		return nil, err
	}
	out, err := s.push(q, app.DeviceID(q.key), &in, q.at)
	if err != nil {
		return nil, err
	}
	out.Refused = append(out.Refused, refused...)
	q.said = []any{"segments", len(in.Segments), "boxes", len(in.Boxes), "keys", len(in.Keys), "missing", len(out.Missing), "refused", len(out.Refused)}
	out.Times = s.times(q.at)
	return out, nil
}

// push takes in what a device brings. What was done at the server itself may have
// waited for that since a restoration.
func (s *Server) push(ctx context.Context, carrier app.ID, p *wire.Push, at app.Stamp) (*wire.Pushed, error) {
	out, err := s.order.Push(ctx, carrier, p, at)
	s.news.tell() // part of it may have been taken in even so
	if len(p.Segments) > 0 {
		if failed := s.again(ctx); failed != nil {
			s.o.Log.Error("what was done at the server before it was restored cannot be brought back yet", "err", failed)
		}
	}
	return out, err
}

func (s *Server) postPull(q *request) (any, error) {
	var in wire.Pull
	if err := wire.Decode(q.body, &in); err != nil {
		return nil, err
	}
	out, err := s.order.Pull(q, app.DeviceID(q.key), &in, q.at)
	if err != nil {
		return nil, err
	}
	if out.Notices, err = s.pulled(q, q.key, out.Head, in.Erased-1); err != nil {
		return nil, err
	}
	if out.Checkpoint, err = s.checkpoint(q, in.Seen); err != nil {
		return nil, err
	}
	q.said = []any{"outcomes", len(out.Outcomes), "gsn", out.UpTo, "head", out.Head}
	out.Times = s.times(q.at)
	return out, nil
}

// getWait answers as soon as the order is longer than the device knows, or
// after half a minute.
func (s *Server) getWait(w http.ResponseWriter, r *http.Request) {
	at := s.now()
	leave, ok := s.waiting.enter(r)
	if !ok {
		s.turnAway(w, r, busyTime)
		return
	}
	defer leave()
	gsn, err := strconv.ParseInt(r.URL.Query().Get("gsn"), 10, 64)
	if err != nil {
		s.fail(w, r, app.Refuse(app.Invalid, "gsn", "同期位置が正しくありません。プログラムを更新してください。", "gsn is no number"))
		return
	}
	head, err := s.wait(r, gsn)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.write(w, r, &wire.Waited{Times: s.times(at), Head: head}, "gsn", head)
}

func (s *Server) wait(r *http.Request, gsn int64) (int64, error) {
	key, err := wire.DeviceKey(r.TLS)
	if err != nil {
		return 0, err
	}
	ended, _ := r.Context().Value(ending{}).(<-chan struct{})
	late := time.NewTimer(wire.MaxWait * time.Second)
	defer late.Stop()
	for {
		if err = s.active(r.Context(), key); err != nil { // it may be revoked while it waits
			return 0, err
		}
		next := s.news.next()
		head, err := s.order.Head(r.Context())
		if err != nil || head > gsn {
			return head, err
		}
		select {
		case <-next:
		case <-late.C:
			return head, nil
		case <-ended:
			return head, nil
		case <-r.Context().Done():
			return head, r.Context().Err()
		}
	}
}

// getHave says how much of an attachment is here: all of it, or what came from
// this device before its connection broke.
func (s *Server) getHave(w http.ResponseWriter, r *http.Request) {
	id, here, err := s.blobFor(r, (*asking).mayBring)
	out := wire.Have{All: here}
	if err == nil && !here {
		out.Bytes, err = s.blobs.have(id, sender(r))
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.write(w, r, &out)
}

// sender is the device that asks; blobFor has checked it.
func sender(r *http.Request) app.ID {
	key, err := wire.DeviceKey(r.TLS)
	if err != nil {
		return app.ID{}
	}
	return app.DeviceID(key)
}

// putBlob takes an attachment that a record names, or the rest of it. One that
// is here already is not read again.
func (s *Server) putBlob(w http.ResponseWriter, r *http.Request) {
	leave, ok := s.moving.enter(r)
	if !ok {
		s.turnAway(w, r, busyTime)
		return
	}
	defer leave()
	id, here, err := s.blobFor(r, (*asking).mayBring)
	if err == nil && !here {
		err = s.takeBlob(w, r, id)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
	s.tell(r, 0, "attachment", "had", here)
}

var errRange = app.Refuse(app.Invalid, "", "添付ファイルの送信位置が正しくありません。プログラムを更新してください。", "the range of the attachment makes no sense; update the program")

func (s *Server) takeBlob(w http.ResponseWriter, r *http.Request, id app.BlobID) error {
	from, err := wire.ParseFrom(r.Header.Get("Content-Range"))
	if err != nil || from > wire.MaxSealedBlob {
		return errRange
	}
	device := sender(r)
	defer s.uploads.begin(device, id, func() { _ = http.NewResponseController(w).SetReadDeadline(time.Unix(1, 0)) })()
	body := http.MaxBytesReader(w, r.Body, wire.MaxSealedBlob-from)
	if err = s.blobs.put(id, device, from, &patient{w, body}); err != nil {
		return err
	}
	deadline(w, messageTime)
	if err := s.log.Write(r.Context(), func(tx Tx) error { return tx.Got(id) }); err != nil {
		return err
	}
	if err := s.stillWanted(r.Context(), id); err != nil {
		return err
	}
	s.news.tell()
	return nil
}

// getBlob gives an attachment, or the part that a Range header asks for.
func (s *Server) getBlob(w http.ResponseWriter, r *http.Request) {
	leave, ok := s.moving.enter(r)
	if !ok {
		s.turnAway(w, r, busyTime)
		return
	}
	defer leave()
	id, _, err := s.blobFor(r, (*asking).mayHave)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	f, err := s.blobs.open(id)
	if errors.Is(err, fs.ErrNotExist) {
		err = errNotHere
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	defer f.Close()
	w.Header().Set("Content-Type", "application/octet-stream")
	http.ServeContent(&patientWriter{w}, r, "", time.Time{}, f)
	s.tell(r, 0, "attachment")
}
