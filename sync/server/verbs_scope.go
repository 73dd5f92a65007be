package server

import (
	"net/http"

	"daicho/app"
	"daicho/sync/wire"
)

func (s *Server) postRows(q *request) (any, error) {
	var in wire.Rows
	if err := wire.Decode(q.body, &in); err != nil {
		return nil, err
	}
	out, err := s.order.Rows(q, app.DeviceID(q.key), &in, q.at)
	if err != nil {
		return nil, err
	}
	q.said = []any{"rows", len(out.Rows), "more", out.More, "head", out.Head}
	out.Times = s.times(q.at)
	return out, nil
}

func (s *Server) postPast(q *request) (any, error) {
	var in wire.Past
	if err := wire.Decode(q.body, &in); err != nil {
		return nil, err
	}
	out, err := s.order.Past(q, app.DeviceID(q.key), &in, q.at)
	if err != nil {
		return nil, err
	}
	q.said = []any{"outcomes", len(out.Outcomes), "gsn", out.UpTo}
	out.Times = s.times(q.at)
	return out, nil
}

var (
	errNotWanted = app.Refuse(app.NotFound, "", "この添付ファイルを持つ記録がサーバーにありません。", "no record on the server names this attachment")
	errNotHere   = app.Refuse(app.NotFound, "", "添付ファイルはまだサーバーに届いていません。", "the attachment has not reached the server yet")
)

// blobFor checks who asks for what. Of an attachment that he may not read he
// hears what he hears of one that was never named.
func (s *Server) blobFor(r *http.Request, may func(*asking, app.BlobID) (bool, error)) (id app.BlobID, here bool, err error) {
	key, err := wire.DeviceKey(r.TLS)
	if err != nil {
		return id, false, err
	}
	if err = s.active(r.Context(), key); err != nil {
		return id, false, err
	}
	if id, err = app.ParseBlobID(r.PathValue("id")); err != nil {
		return id, false, err
	}
	err = s.log.Read(r.Context(), func(tx Tx) error {
		device := app.DeviceID(key)
		clearance, err := s.order.clearance(tx, device, s.now())
		if err != nil {
			return err
		}
		if _, here, err = tx.Attachment(id); err != nil {
			return err
		}
		ok, err := may(&asking{tx: tx, device: device, clearance: clearance}, id)
		if err == nil && !ok {
			err = errNotWanted
		}
		return err
	})
	return id, here, err
}

// mayHave says whether some record that may be read ever named an attachment.
func (a *asking) mayHave(id app.BlobID) (bool, error) {
	refs, err := a.tx.Naming(id)
	for _, ref := range refs {
		scope, there, err := a.tx.ScopeAt(ref)
		if err != nil || there && a.clearance.Reads(scope) {
			return err == nil, err
		}
	}
	return false, err
}

// mayBring lets the device, too, whose change named the attachment, and whoever
// carries one for another that is still waited for: its hash says that it is right.
func (a *asking) mayBring(id app.BlobID) (bool, error) {
	device, wanted, err := a.tx.WantedOf(id)
	if err != nil || wanted && device == a.device {
		return wanted, err
	}
	_, here, err := a.tx.Attachment(id)
	if err != nil || wanted && !here {
		return wanted, err
	}
	return a.mayHave(id)
}
