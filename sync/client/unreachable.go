package client

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/url"
	"syscall"

	"daicho/app"
)

// unreachable says why there was no answer.
func unreachable(ctx context.Context, err error) error {
	var known *app.Error
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(context.Cause(ctx), context.Canceled):
		return app.Because(context.Canceled, app.Failed, "同期を中止しました。変更はこの端末に保存されています。", "sync was cancelled; changes are kept on this device")
	}
	return silent(err)
}

// silent is the sentence of a server that did not answer. What net/http puts
// around the reason names no place that exists.
func silent(err error) error {
	var around *url.Error
	if errors.As(err, &around) {
		err = around.Err
	}
	var name *net.DNSError
	var line *net.OpError
	switch {
	case errors.As(err, &name):
		return app.Refuse(app.Failed, "", "サーバーの名前（"+name.Name+"）が、このネットワークでは見つかりません。庁内のネットワーク（または VPN）につないでから、もう一度同期してください。変更はこの端末に保存されています。",
			"the server's name ("+name.Name+") is not known in this network; connect to the office's network or VPN and sync again; changes are kept on this device")
	case errors.Is(err, syscall.ECONNREFUSED) && errors.As(err, &line) && line.Addr != nil:
		at := line.Addr.String()
		return app.Refuse(app.Failed, "", "サーバーのアドレス（"+at+"）で接続を断られました。サーバーが止まっているか、通信が遮断されています。変更はこの端末に保存されており、次に接続できたときに送信されます。続く場合は管理者に連絡してください。",
			"the server's address ("+at+") refuses connections: the server is not running, or something on the way forbids it; changes are kept on this device and are sent when it can be reached; if this goes on, ask the administrator")
	}
	return app.Because(err, app.Failed, "サーバーに接続できません。ネットワークを確認してください。変更はこの端末に保存されており、次に接続できたときに送信されます。",
		"the server cannot be reached; check the network; changes are kept on this device and are sent when it can")
}

// errOther: what answered at the server's address does not speak as it does: a
// proxy, a page to sign in to the network, another program.
var errOther = app.Refuse(app.Failed, "", "サーバーのアドレスで別のもの（プロキシ、ネットワークのログイン画面など）が応答しました。何も送信していません。ログイン画面があればログインを済ませ、もう一度同期してください。続く場合はネットワークの管理者に確認してください。",
	"something else answers at the server's address (a proxy, a page to sign in to the network); nothing was sent; sign in if there is such a page and sync again; if this goes on, ask the network's administrator")

// internalError is what a server says that cannot even show who it is: RFC 8446 6.2.
const internalError tls.AlertError = 80

// shaken gives a handshake that failed its sentence: whether the line broke, or
// what is there does not speak TLS as the server does.
func shaken(err error) error {
	var known *app.Error
	var line *net.OpError
	var alert tls.AlertError
	switch {
	case errors.As(err, &alert) && alert == internalError:
		return err
	case errors.As(err, &known), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF),
		errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.As(err, &line) && line.Op != "remote error" && line.Op != "local error":
		return err
	}
	return errOther
}
