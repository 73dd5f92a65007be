package server

import (
	"errors"

	"daicho/app"
	"daicho/store/vfs"
	"daicho/sync/wire"
)

// errFull is what a device is told, which can do nothing about it: its person can
// tell somebody who can.
var errFull = wire.Problem{Code: string(app.Failed), JA: "サーバーのディスクの空きがないため、受け取れませんでした。変更はこの端末に保存されています。管理者に連絡してください。",
	EN: "the server's disk is full, so it took nothing in; changes are kept on this device; tell the administrator"}

// Full reports whether err says that the server's disk, or that of its
// PostgreSQL, has no room.
func Full(err error) bool {
	var said *stateError
	return vfs.Full(err) || errors.As(err, &said) && said.state == "53100"
}
