package server

import (
	"context"
	"crypto/ed25519"
	"crypto/tls"
	"errors"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"daicho/sync/wire"
)

// drainTime is how long requests at work may still take when a server ends.
const drainTime = 10 * time.Second

// leaf is the certificate that the server shows just now.
type leaf struct {
	mu   sync.Mutex
	cert *tls.Certificate
	made time.Time
	by   ed25519.PrivateKey
}

// certificate is a leaf of the identity of now that is at most a day old. While
// the database cannot be asked who that is, the last one goes on: devices are to
// hear from their server, and not from a broken handshake, that it is in trouble.
func (s *Server) certificate() (*tls.Certificate, error) {
	i, err := s.identity(context.Background())
	s.leaf.mu.Lock()
	defer s.leaf.mu.Unlock()
	now := s.o.Clock()
	age := now.Sub(s.leaf.made)
	if s.leaf.cert != nil && age >= 0 && age < wire.LeafLife && (err != nil || s.leaf.by.Equal(i.key)) {
		return s.leaf.cert, nil
	}
	if err != nil {
		return nil, err
	}
	cert, err := wire.NewLeaf(i.key, now, s.o.Random, i.past...)
	if err != nil {
		return nil, err
	}
	s.leaf.cert, s.leaf.made, s.leaf.by = cert, now, i.key
	return cert, nil
}

// Serve listens at an address (host:port) and serves until ctx ends; then it
// lets requests at work finish for ten seconds. ready, if not nil, is told the
// address once it listens.
func (s *Server) Serve(ctx context.Context, listen string, ready func(net.Addr)) error {
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	if ready != nil {
		ready(l.Addr())
	}
	return s.ServeListener(ctx, l)
}

// ServeListener serves at a listener of plain connections, as [Server.Serve]
// does, and closes it.
func (s *Server) ServeListener(ctx context.Context, l net.Listener) error {
	if err := s.blobs.tidy(s.o.Clock().Add(-24 * time.Hour)); err != nil {
		s.o.Log.Warn("drafts of attachments are left", "err", err)
	}
	alive, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	go s.follow(alive)
	go s.keepCopying(alive)
	web := &http.Server{
		Handler:           s.Handler(),
		TLSConfig:         wire.ServerTLS(s.certificate),
		ReadHeaderTimeout: 15 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          log.New(&handshakes{s}, "", 0),
		BaseContext:       func(net.Listener) context.Context { return context.WithValue(alive, ending{}, ctx.Done()) },
	}
	done := make(chan error, 1)
	go func() {
		done <- web.ServeTLS(newCrowd(l, func() { s.o.Log.Warn("too many connections; hung up") }), "", "")
	}()
	s.o.Log.Info("serving", "address", l.Addr().String())
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	return s.drain(web, end)
}

// ending is the key of a channel in each request's context: closed when the
// server is about to end, so that nobody waits for news any more.
type ending struct{}

// drain ends the server: requests at work may finish.
func (s *Server) drain(web *http.Server, end func()) error {
	late, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	err := web.Shutdown(late)
	end()
	if err != nil {
		err = errors.Join(err, web.Close())
	}
	s.o.Log.Info("ended")
	return err
}

// handshakes writes down why connections failed, without the addresses that
// net/http would write, and of a panic that there was one.
type handshakes struct{ s *Server }

func (h *handshakes) Write(line []byte) (int, error) {
	_, rest, _ := strings.Cut(string(line), "TLS handshake error from ")
	_, reason, known := strings.Cut(rest, ": ")
	if !known {
		reason = "a request ended in a panic"
	}
	h.s.o.Log.Warn("connection failed", "reason", strings.TrimSpace(reason))
	return len(line), nil
}
