package client

import (
	"bytes"
	"cmp"
	"context"
	"crypto/ed25519"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"daicho/app"
	"daicho/sync/wire"
)

// How long the other side may be silent: while connecting, and afterwards.
const (
	dialTime   = 10 * time.Second
	maxSilence = 90 * time.Second
)

// authority stands in URLs where others have a host: the pin says who the server is.
const authority = "https://daicho"

var errStrange = app.Refuse(app.Failed, "", "サーバーの応答が正しくありません。しばらくしてから、もう一度同期してください。", "the server answers something else; sync again later")

// conn speaks to one server.
type conn struct {
	web     *http.Client
	now     app.Clock
	clock   clock
	rest    func(context.Context, time.Duration) error
	silence time.Duration // of the other side, after which the connection counts as dead
	packs   atomic.Bool   // the server has said that it reads packed messages
}

func publicKey(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }

func connect(device ed25519.PrivateKey, place Enrolment, o Options) (*conn, error) {
	c := &conn{now: o.Now, clock: clock{err: app.Unknown}, silence: cmp.Or(o.Silence, maxSilence)}
	if c.rest = o.Rest; c.rest == nil {
		c.rest = sleep
	}
	if o.Transport != nil {
		c.web = &http.Client{Transport: o.Transport}
		return c, nil
	}
	conf, err := wire.ClientTLS(device, place.Pin, o.Now)
	if err != nil {
		return nil, err
	}
	d := &dialer{o.Dial, place.Servers, conf, min(dialTime, c.silence)}
	if d.dial == nil {
		d.dial = (&net.Dialer{Timeout: dialTime}).DialContext
	}
	c.web = &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialTLSContext: d.connect, MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute,
			ExpectContinueTimeout: 2 * time.Second, DisableCompression: true,
		},
	}
	return c, nil
}

func (c *conn) close() { c.web.CloseIdleConnections() }

// dialer finds the server at one of its addresses.
type dialer struct {
	dial    func(ctx context.Context, network, address string) (net.Conn, error)
	servers []string
	conf    *tls.Config
	time    time.Duration // to connect to one
}

// connect tries the addresses in turn. That something answers and is not the
// server is worth more to know than that something else does not answer.
func (d *dialer) connect(ctx context.Context, network, _ string) (net.Conn, error) {
	var worst error
	for _, address := range d.servers {
		c, err := d.handshake(ctx, network, address)
		if err == nil {
			return c, nil
		}
		if e := (*app.Error)(nil); worst == nil || errors.As(err, &e) {
			worst = err
		}
	}
	return nil, worst
}

func (d *dialer) handshake(ctx context.Context, network, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, d.time)
	defer cancel()
	raw, err := d.dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	c := tls.Client(raw, d.conf)
	if err = c.HandshakeContext(ctx); err != nil {
		return nil, errors.Join(shaken(err), raw.Close())
	}
	return c, nil
}

func (c *conn) send(ctx context.Context, in *wire.Push) (*wire.Pushed, error) {
	var out wire.Pushed
	return &out, c.post(ctx, wire.PathPush, in, &out, &out.Times)
}

func (c *conn) fetch(ctx context.Context, in *wire.Pull) (*wire.Pulled, error) {
	var out wire.Pulled
	return &out, c.post(ctx, wire.PathPull, in, &out, &out.Times)
}

func (c *conn) rows(ctx context.Context, in *wire.Rows) (*wire.RowsPage, error) {
	var out wire.RowsPage
	return &out, c.post(ctx, wire.PathRows, in, &out, &out.Times)
}

func (c *conn) past(ctx context.Context, in *wire.Past) (*wire.PastPage, error) {
	var out wire.PastPage
	return &out, c.post(ctx, wire.PathPast, in, &out, &out.Times)
}

func (c *conn) leaves(ctx context.Context, in *wire.Audit) (*wire.AuditPage, error) {
	var out wire.AuditPage
	return &out, c.post(ctx, wire.PathAudit, in, &out, &out.Times)
}

func (c *conn) wait(ctx context.Context, gsn int64) (*wire.Waited, error) {
	var out wire.Waited
	return &out, c.message(ctx, http.MethodGet, wire.PathWait+"?gsn="+strconv.FormatInt(gsn, 10), nil, &out)
}

// post sends a message, reads the answer, and learns the time from it.
func (c *conn) post(ctx context.Context, path string, in, out any, times *wire.Times) error {
	body, err := wire.Encode(in)
	if err != nil {
		return err
	}
	asked := app.StampOf(c.now())
	if err = c.message(ctx, http.MethodPost, path, body, out); err != nil {
		return err
	}
	c.clock.heard(asked, app.StampOf(c.now()), *times)
	return nil
}

func (c *conn) message(ctx context.Context, verb, path string, body []byte, out any) error {
	ask := request{verb: verb, path: path, message: true}
	if c.packs.Load() {
		body, ask.packed = wire.Pack(body)
	}
	ask.again = func() io.Reader { return bytes.NewReader(body) }
	ask.body, ask.size = ask.again(), int64(len(body))
	return c.do(ctx, ask, func(_ int64, r io.Reader) error {
		text, err := io.ReadAll(io.LimitReader(r, wire.MaxAnswer))
		if err != nil {
			return err
		}
		return wire.Decode(text, out)
	})
}

// put sends what stands in an attachment from an offset on.
func (c *conn) put(ctx context.Context, path string, body io.Reader, from, size int64) error {
	return c.do(ctx, request{verb: http.MethodPut, path: path, body: body, size: size - from, from: from}, func(int64, io.Reader) error { return nil })
}

// have is how much of an attachment the server has from here. A server that
// does not know the question, or the attachment, has nothing.
func (c *conn) have(ctx context.Context, id app.BlobID) (*wire.Have, error) {
	var out wire.Have
	err := c.message(ctx, http.MethodGet, wire.PathHave+id.String(), nil, &out)
	if app.IsCode(err, app.NotFound) {
		err = nil
	}
	return &out, err
}

// get asks for what stands from an offset on; take is told where the answer
// begins. Where there is nothing after the offset it asks for all.
func (c *conn) get(ctx context.Context, path string, from int64, take func(from int64, r io.Reader) error) error {
	err := c.do(ctx, request{verb: http.MethodGet, path: path, from: from}, take)
	if errors.Is(err, errBeyond) {
		err = c.do(ctx, request{verb: http.MethodGet, path: path}, take)
	}
	return err
}

// request is one question.
type request struct {
	verb, path string
	body       io.Reader
	again      func() io.Reader // the body from its beginning; nil: it can be read only once
	size       int64            // of the body
	from       int64            // offset of the body, or from which on the answer is wanted
	message    bool             // and no attachment: the answer may be packed
	packed     bool             // the body is
}

// errBeyond: what was asked for ends before the offset.
var errBeyond = errors.New("nothing stands at the offset")

// do asks, and asks again when the server is busy and says when to come back.
func (c *conn) do(ctx context.Context, ask request, take func(from int64, r io.Reader) error) error {
	for tries := 1; ; tries++ {
		err := c.once(ctx, ask, take)
		var busy *later
		if !errors.As(err, &busy) || tries == busyTries || busy.wait > busyWait || ask.body != nil && ask.again == nil {
			return err
		}
		if err = c.rest(ctx, busy.wait); err != nil {
			return unreachable(ctx, err)
		}
		if ask.again != nil {
			ask.body = ask.again()
		}
	}
}

// once asks once and hands a good answer to take. It gives up when nothing moves
// for a while, however long the whole takes.
func (c *conn) once(ctx context.Context, ask request, take func(from int64, r io.Reader) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	still := time.AfterFunc(c.silence, func() { cancel(context.DeadlineExceeded) })
	defer still.Stop()
	up := &moving{r: ask.body, still: still, most: c.silence}
	q, err := ask.http(ctx, up)
	if err != nil {
		return err
	}
	a, err := c.web.Do(q)
	if broken := up.failure(); broken != nil {
		return broken
	}
	if err != nil {
		return unreachable(ctx, err)
	}
	defer a.Body.Close()
	if a.Header.Get("Accept-Encoding") == wire.Zstd {
		c.packs.Store(true)
	}
	return answered(ctx, a, &moving{r: a.Body, still: still, most: c.silence}, ask.from, take)
}

// http is the question as the library sends it.
func (ask request) http(ctx context.Context, body io.Reader) (*http.Request, error) {
	q, err := http.NewRequestWithContext(ctx, ask.verb, authority+ask.path, nil)
	if err != nil {
		return nil, err
	}
	if ask.size > 0 {
		q.Body, q.ContentLength = io.NopCloser(body), ask.size
		q.Header.Set("Content-Type", wire.ContentType)
	}
	if ask.message {
		q.Header.Set("Accept-Encoding", wire.Zstd)
	}
	if ask.packed {
		q.Header.Set("Content-Encoding", wire.Zstd)
	}
	if ask.verb == http.MethodPut {
		q.Header.Set("Expect", "100-continue") // it may be there already
	}
	switch {
	case ask.from == 0:
	case ask.verb == http.MethodPut:
		q.Header.Set("Content-Range", wire.ContentRange(ask.from, ask.from+ask.size))
	default:
		q.Header.Set("Range", fmt.Sprintf("bytes=%d-", ask.from))
	}
	return q, nil
}

func answered(ctx context.Context, a *http.Response, r *moving, from int64, take func(from int64, r io.Reader) error) error {
	switch {
	case a.StatusCode == http.StatusRequestedRangeNotSatisfiable && from > 0:
		return errBeyond
	case a.StatusCode == http.StatusTooManyRequests:
		return busy(a.Header, refusal(r))
	case a.StatusCode >= 300:
		return refusal(r)
	case a.StatusCode != http.StatusPartialContent:
		from = 0
	}
	var body io.Reader = r
	if a.Header.Get("Content-Encoding") == wire.Zstd {
		body = &unpacking{r: r}
	}
	err := take(from, body)
	if broken := r.failure(); broken != nil {
		return unreachable(ctx, broken)
	}
	return err
}

// refusal is what the server said instead.
func refusal(r io.Reader) error {
	text, err := io.ReadAll(io.LimitReader(r, 64<<10))
	if err != nil {
		return errStrange
	}
	var p wire.Problem
	if wire.Decode(text, &p) != nil || p.Code == "" {
		return errStrange
	}
	return p.Err()
}
