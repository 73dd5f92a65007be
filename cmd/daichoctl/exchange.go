package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"daicho/app"
	"daicho/cmd/cli"
	"daicho/store"
	"daicho/sync/client"
	"daicho/sync/wire"
)

// exchangeVerb brings two devices together on a network without the server.
type exchangeVerb struct {
	Listen  exchangeListen  `cmd:"" help:"Wait for the other device."`
	Connect exchangeConnect `cmd:"" help:"Meet the device that listens."`
}

type exchangeListen struct {
	Address string `arg:"" placeholder:"HOST:PORT" help:"Address of this machine and a port, such as 192.168.0.5:8444."`
}

// Run waits for one device and ends after it. Whoever calls and is none of the
// server's is told of, and does not end the waiting.
func (v *exchangeListen) Run(ctx context.Context, s *session) error {
	return s.open(ctx, toSync, func(r *store.Replica) error {
		l, err := net.Listen("tcp", v.Address)
		if err != nil {
			return cli.Errorf("%s: %vこの端末のアドレスと、空いているポートを指定してください。", "%s: %v; give an address of this machine and a free port", v.Address, err)
		}
		defer l.Close()
		defer context.AfterFunc(ctx, func() { l.Close() })()
		s.console.Note("%s で待っています。", "waiting at %s", l.Addr())
		for {
			c, err := l.Accept()
			if err != nil {
				return errors.Join(ctx.Err(), err)
			}
			known, err := s.meet(r, func(m *client.Meeting) (client.Met, error) { return m.Accept(ctx, c) })
			if known || ctx.Err() != nil {
				return err
			}
			s.console.Note("接続してきた端末を拒否しました。%v", "a caller was refused: %v", err)
		}
	})
}

type exchangeConnect struct {
	Address string `arg:"" placeholder:"HOST:PORT" help:"Where the other device waits."`
}

// Run meets the device that listens.
func (v *exchangeConnect) Run(ctx context.Context, s *session) error {
	return s.open(ctx, toSync, func(r *store.Replica) error {
		c, err := (&net.Dialer{Timeout: 10 * time.Second}).DialContext(ctx, "tcp", v.Address)
		if err != nil {
			return cli.Errorf("%s: %v先に相手の端末で「daichoctl exchange listen」を実行してください。", "%s: %v; start 'daichoctl exchange listen' on the other device first", v.Address, err)
		}
		_, err = s.meet(r, func(m *client.Meeting) (client.Met, error) { return m.Connect(ctx, c) })
		return err
	})
}

// meet exchanges, and says what was exchanged, and whether the other was a device
// of the server.
func (s *session) meet(r *store.Replica, how func(*client.Meeting) (client.Met, error)) (known bool, err error) {
	id, err := app.NewID(app.StampOf(s.console.Now()), rand.Reader)
	if err != nil {
		return false, err
	}
	met, err := how(&client.Meeting{Port: client.Of(r), Options: client.Options{Now: s.console.Now}, ID: id, Confirm: s.same})
	if err != nil {
		return met.Other.Public != nil, err
	}
	warnOfPeer(s.console.Out, met.Vouched, days(met.Listed, s.console.Now()))
	_, err = fmt.Fprintf(s.console.Out, "%s: gave %d changes and %d files, took %d changes (%d segments new) and %d files for the server\n",
		met.Other.Device().Short(), met.Gave.Changes, met.Gave.Blobs, met.Took.Taken.Changes, met.Took.Fresh, met.Took.Taken.Blobs)
	return true, err
}

// same asks whether the other screen shows the same code.
func (s *session) same(ctx context.Context, code string, other wire.Card) (bool, error) {
	fmt.Fprintf(s.console.Err, "%s  %s %s\nDoes the other device show this code? [y/N] ", code, other.Device().Short(), other.Name)
	answer := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(s.console.In).ReadString('\n') // none is no
		answer <- strings.TrimSpace(strings.ToLower(line))
	}()
	select {
	case <-ctx.Done():
		return false, ctx.Err()
	case line := <-answer:
		return line == "y" || line == "yes", nil
	}
}
