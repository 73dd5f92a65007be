package client

import (
	"bytes"
	"errors"
	"io"

	"daicho/app"
	"daicho/sync/wire"
)

var errHuge = app.Refuse(app.Damaged, "", "サーバーの応答が大きすぎます。管理者に連絡してください。端末の変更は失われていません。",
	"the server's answer is larger than any message may be; ask the administrator; no change on this device is lost")

// unpacking is an answer that travels packed. It is read whole with the first byte.
type unpacking struct {
	r   io.Reader
	out *bytes.Reader
}

func (u *unpacking) Read(b []byte) (int, error) {
	if u.out == nil {
		packed, err := io.ReadAll(io.LimitReader(u.r, wire.MaxAnswer))
		if err != nil {
			return 0, err
		}
		text, err := wire.Unpack(packed, wire.MaxAnswer)
		if errors.Is(err, wire.ErrLarge) {
			err = errHuge
		}
		if err != nil {
			return 0, err
		}
		u.out = bytes.NewReader(text)
	}
	return u.out.Read(b)
}
