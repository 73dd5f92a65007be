package simtest

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"time"

	"daicho/app"
	"daicho/sync/client"
	"daicho/sync/server"
)

// World is one server and what happens around it, all from one seed.
type World struct {
	Rand   *rand.Rand
	Random io.Reader // for keys and ids
	Now    time.Time // the server's clock; it stands still until moved
	Book   app.Book
	Server *server.Server
	Log    server.Log

	dir     string
	handler http.Handler // of the server that served last
	served  *server.Server
}

// WithoutRights is a book in which everybody may do everything: for what has
// nothing to do with who may.
func WithoutRights(b app.Book) app.Book {
	b.Access = nil
	return b
}

// NewWorld makes a server over a log, with a folder for attachments.
func NewWorld(seed uint64, book app.Book, log server.Log, dir string) (*World, error) {
	key := [32]byte{byte(seed), byte(seed >> 8), byte(seed >> 16), byte(seed >> 24), byte(seed >> 32)}
	w := &World{Rand: rand.New(rand.NewPCG(seed, 1)), Random: rand.NewChaCha8(key), Book: book, Log: log, dir: dir,
		Now: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}
	return w, w.start(server.New)
}

// Restart lets the server's program end and begin again: what is not in the log
// is forgotten.
func (w *World) Restart() error { return w.start(server.Over) }

func (w *World) start(begin func(context.Context, server.Options, server.Log) (*server.Server, error)) error {
	s, err := begin(context.Background(), server.Options{Dir: w.dir, Book: w.Book, Clock: w.Clock, Random: w.Random}, w.Log)
	if err == nil {
		w.Server = s
	}
	return err
}

// Dir is the server's folder.
func (w *World) Dir() string { return w.dir }

// Clock is the server's clock.
func (w *World) Clock() time.Time { return w.Now }

// Device makes a device that is enrolled nowhere.
func (w *World) Device() (*Device, error) { return NewDevice(w.Book, w.Clock, w.Random) }

// Enroll enrols a device for a person, who is added if need be.
func (w *World) Enroll(ctx context.Context, d *Device, name string) error {
	if _, err := w.Server.AddUser(ctx, name); err != nil && !app.IsCode(err, app.Invalid) {
		return err
	}
	code, err := w.Server.EnrollCode(ctx, name, []string{"server.example:1"})
	if err != nil {
		return err
	}
	_, err = client.Enroll(ctx, d, code, w.Options(d))
	return err
}

// Options connect a device to the server by a good line.
func (w *World) Options(d *Device) client.Options {
	return client.Options{Now: d.Clock, Transport: w.Line(d.DeviceKey()), Rest: func(context.Context, time.Duration) error { return nil }}
}

// Sync syncs a device over a good line.
func (w *World) Sync(ctx context.Context, d *Device) (client.Result, error) {
	return client.Sync(ctx, d, w.Options(d))
}

// Line carries requests of one device to the server, without a network.
func (w *World) Line(key ed25519.PrivateKey) http.RoundTripper {
	return &line{w, &tls.ConnectionState{PeerCertificates: []*x509.Certificate{{PublicKey: key.Public()}}}}
}

// web is the server's handler, made once for each server.
func (w *World) web() http.Handler {
	if w.served != w.Server {
		w.handler, w.served = w.Server.Handler(), w.Server
	}
	return w.handler
}

type line struct {
	to  *World
	who *tls.ConnectionState
}

// RoundTrip is part of [http.RoundTripper].
func (l *line) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		body, err = io.ReadAll(r.Body)
		if err = errors.Join(err, r.Body.Close()); err != nil {
			return nil, err
		}
	}
	in := r.Clone(r.Context())
	in.Body, in.TLS, in.RequestURI = io.NopCloser(bytes.NewReader(body)), l.who, r.URL.RequestURI()
	out := httptest.NewRecorder()
	l.to.web().ServeHTTP(out, in)
	return out.Result(), nil
}
