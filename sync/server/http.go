package server

import (
	"context"
	"crypto/ed25519"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"daicho/app"
	"daicho/sync/wire"
)

// How long a device may take to send a message, to take an answer, and to send
// or take the next piece of an attachment.
const (
	messageTime = 10 * time.Minute
	shortTime   = 30 * time.Second // for a short message
	pieceTime   = time.Minute
)

var (
	errBusy = wire.Problem{Code: string(app.Failed), JA: "サーバーが混み合っています。しばらくしてから、もう一度同期してください。", EN: "the server is busy; sync again soon"}
	errGone = app.Refuse(app.NotFound, "", "端末とサーバーのプログラムの版が合わないため、処理できません。古いほうを更新してください。変更は端末に保存されています。", "the programs of device and server are of versions that do not go together; update the older one; changes are kept on the device")
)

// errCutOff is of a message whose end never came.
var errCutOff = errors.New("the message was cut off")

// Handler is the server's protocol. It needs connections by [wire.ServerTLS]:
// a request without a device's key is refused.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST "+wire.PathEnroll, s.message(s.joining, maxFirstWord, s.anybody, s.postEnroll))
	mux.Handle("POST "+wire.PathStanding, s.message(s.busy, maxFirstWord, s.known, s.postStanding))
	mux.Handle("POST "+wire.PathPush, s.message(s.busy, wire.MaxRequest, s.registered, s.postPush))
	mux.Handle("POST "+wire.PathPull, s.message(s.busy, maxFirstWord, s.active, s.postPull))
	mux.Handle("POST "+wire.PathRows, s.message(s.busy, maxQuestion, s.active, s.postRows))
	mux.Handle("POST "+wire.PathPast, s.message(s.busy, maxQuestion, s.active, s.postPast))
	mux.Handle("POST "+wire.PathAudit, s.message(s.busy, maxFirstWord, s.active, s.postAudit))
	mux.Handle("POST "+wire.PathProven, s.message(s.busy, maxQuestion, s.active, s.postProven))
	mux.Handle("POST "+wire.PathReborn, s.message(s.busy, maxQuestion, s.active, s.postReborn))
	mux.Handle("POST "+wire.PathRoster, s.message(s.busy, maxRosterAsk, s.active, s.postRoster))
	mux.HandleFunc("GET "+wire.PathWait, s.getWait)
	mux.HandleFunc("PUT "+wire.PathBlob+"{id}", s.putBlob)
	mux.HandleFunc("GET "+wire.PathHave+"{id}", s.getHave)
	mux.HandleFunc("GET "+wire.PathBlob+"{id}", s.getBlob)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, errGone) })
	return s.metrics.counting(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		deadline(w, messageTime) // a connection may still carry an older one
		if wait := s.limits.pace(r.TLS, s.o.Clock()); wait > 0 {
			s.turnAway(w, r, wait)
			return
		}
		w.Header().Set("Accept-Encoding", wire.Zstd)
		mux.ServeHTTP(w, r)
	}), "GET "+wire.PathWait)
}

// request is a message on its way to being answered.
type request struct {
	context.Context
	key  ed25519.PublicKey
	from string // the address that it came from
	body []byte
	at   app.Stamp // when it had been read
	said []any     // for the log: counts, never contents
}

// maxFirstWord is the size of the messages that are short.
const maxFirstWord = 4 << 10

// maxQuestion is the size of those that hold lists of what is asked for.
const maxQuestion = 256 << 10

// message checks who speaks before it listens, reads a message up to a size,
// lets answer speak, and writes what it said.
func (s *Server) message(room *gate, size int64, may func(context.Context, ed25519.PublicKey) error, answer func(*request) (any, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		leave, ok := room.enter(r)
		if !ok {
			s.turnAway(w, r, busyTime)
			return
		}
		defer leave()
		q, err := s.read(w, r, size, may)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		out, err := answer(q)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		s.write(w, r, out, q.said...)
	})
}

func (s *Server) read(w http.ResponseWriter, r *http.Request, size int64, may func(context.Context, ed25519.PublicKey) error) (*request, error) {
	key, err := wire.DeviceKey(r.TLS)
	if err != nil {
		return nil, err
	}
	if err = may(r.Context(), key); err != nil {
		return nil, err
	}
	if size <= maxQuestion {
		deadline(w, shortTime)
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, size))
	if err != nil {
		err = errors.Join(errCutOff, err)
	}
	if err == nil && r.Header.Get("Content-Encoding") == wire.Zstd {
		body, err = wire.Unpack(body, size)
	}
	deadline(w, messageTime) // for the work and the answer
	return &request{Context: r.Context(), key: key, from: hostOf(r.RemoteAddr), body: body, at: s.now()}, err
}

// deadline gives the other side some time. A connection that cannot have one
// (a test's recorder) has none.
func deadline(w http.ResponseWriter, d time.Duration) {
	c := http.NewResponseController(w)
	_ = c.SetReadDeadline(time.Now().Add(d))
	_ = c.SetWriteDeadline(time.Now().Add(d))
}

func (s *Server) write(w http.ResponseWriter, r *http.Request, out any, said ...any) {
	body, err := wire.Encode(out)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if strings.Contains(r.Header.Get("Accept-Encoding"), wire.Zstd) {
		if packed, smaller := wire.Pack(body); smaller {
			w.Header().Set("Content-Encoding", wire.Zstd)
			body = packed
		}
	}
	w.Header().Set("Content-Type", wire.ContentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, err = w.Write(body)
	s.tell(r, slog.LevelInfo, "answered", append(said, "bytes", len(body), "sent", err == nil)...)
}

// fail answers with an error. What the machine says of itself goes to the log
// alone.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	var large *http.MaxBytesError
	p, level := wire.ProblemOf(err), slog.LevelInfo
	status := p.Status()
	switch {
	case errors.As(err, &large) || errors.Is(err, wire.ErrLarge):
		p, status = wire.ProblemOf(wire.ErrLarge), http.StatusRequestEntityTooLarge
	case errors.Is(err, errCutOff):
		p, status = wire.Problem{Code: string(app.Failed), JA: "送信が途中で切れました。もう一度同期してください。", EN: "the message was cut off; sync again"}, http.StatusBadRequest
	case Full(err):
		p, level = errFull, slog.LevelError
	case p.Code == string(app.Failed):
		level = slog.LevelError
	}
	s.tell(r, level, "refused", "status", status, "err", err)
	var locked *lockedOut
	if errors.As(err, &locked) {
		retryAfter(w, locked.wait)
		status = http.StatusTooManyRequests
	}
	problem(w, p, status)
}

// busyTime is after what time one who was turned away may come again.
const busyTime = 2 * time.Second

func (s *Server) turnAway(w http.ResponseWriter, r *http.Request, wait time.Duration) {
	s.tell(r, slog.LevelWarn, "busy")
	deadline(w, shortTime) // for the rest of a body that nobody reads
	retryAfter(w, wait)
	problem(w, errBusy, http.StatusTooManyRequests)
}

// retryAfter says after what time to come again, in whole seconds.
func retryAfter(w http.ResponseWriter, wait time.Duration) {
	w.Header().Set("Retry-After", strconv.Itoa(int((wait+time.Second-1)/time.Second)))
}

func problem(w http.ResponseWriter, p wire.Problem, status int) {
	body, err := wire.Encode(p)
	if err != nil {
		status = http.StatusInternalServerError
	}
	w.Header().Set("Content-Type", wire.ContentType)
	w.WriteHeader(status)
	_, _ = w.Write(body) // whoever does not hear it asks again
}

// tell writes a line of the log: the device by its short name, and counts.
func (s *Server) tell(r *http.Request, level slog.Level, what string, more ...any) {
	device := "none"
	if key, err := wire.DeviceKey(r.TLS); err == nil {
		device = app.DeviceID(key).Short()
	}
	s.o.Log.Log(r.Context(), level, what, append([]any{"verb", r.Method, "path", r.Pattern, "device", device}, more...)...)
}

// anybody may enrol.
func (s *Server) anybody(context.Context, ed25519.PublicKey) error { return nil }

// known are all devices that were ever enrolled.
func (s *Server) known(ctx context.Context, key ed25519.PublicKey) error {
	_, _, err := s.find(ctx, key)
	return err
}

// registered are known devices, but for those that must renew their certificate
// first: what one signed that may not speak any more is taken and kept.
func (s *Server) registered(ctx context.Context, key ed25519.PublicKey) error {
	d, st, err := s.find(ctx, key)
	if err != nil || d.State != Active {
		return err
	}
	return st.over(s.now())
}

func (s *Server) find(ctx context.Context, key ed25519.PublicKey) (d Device, st Standing, err error) {
	err = s.log.Read(ctx, func(tx Tx) error {
		var there bool
		if d, there, err = tx.Device(app.DeviceID(key)); err != nil || !there {
			return orElse(err, errUnknown)
		}
		st, err = tx.Standing(d.ID)
		return err
	})
	return d, st, err
}

// active are devices that may speak; it notes that one did.
func (s *Server) active(ctx context.Context, key ed25519.PublicKey) error {
	d, st, err := s.find(ctx, key)
	if err == nil {
		err = d.bar()
	}
	if err == nil {
		err = st.over(s.now())
	}
	if err != nil || s.now()-d.Seen < seenEvery {
		return err
	}
	return s.log.Write(ctx, func(tx Tx) error {
		if d, _, err = tx.Device(d.ID); err != nil {
			return err
		}
		d.Seen = s.now()
		return tx.PutDevice(d)
	})
}

// seenEvery is how exact [Device].Seen is, in milliseconds: a write for each
// request would be dear.
const seenEvery = 10 * 60_000
