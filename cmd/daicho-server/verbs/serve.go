package verbs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"daicho/app"
	"daicho/cmd/cli"
	"daicho/store/durable"
	"daicho/store/keys"
	"daicho/sync/server"
)

// serveVerb serves devices.
type serveVerb struct {
	data
	Listen     string      `required:"" env:"DAICHO_LISTEN" placeholder:"ADDR" help:"Address and port to listen on: 192.0.2.10:8443, :8443 for all; port 0 takes a free one."`
	Copy       string      `env:"DAICHO_COPY" placeholder:"DIR" help:"A second place, on another disk or machine: what is done at the server itself counts as done only when it is in this folder, too. It is remembered, for every other verb as well."`
	Mail       mailFlags   `embed:"" prefix:"mail-"`
	Web        webFlags    `embed:"" prefix:"web-"`
	Hook       hookFlags   `embed:"" prefix:"hook-"`
	Notice     noticeFlags `embed:"" prefix:"notice-"`
	Operations string      `env:"DAICHO_OPERATIONS" placeholder:"ADDR" help:"Address and port, without TLS, of /healthz and /metrics for the monitoring: 127.0.0.1:9443. Neither tells of records or people."`
}

// Run serves until an interrupt or SIGTERM, then ends what is under way.
func (v *serveVerb) Run(ctx context.Context, console *cli.Console, cost keys.Cost) error {
	if _, _, err := net.SplitHostPort(v.Listen); err != nil {
		return cli.Misused("--listen: %vHOST:PORT か :PORT の形で指定してください。", "--listen: %v; write HOST:PORT or :PORT", err)
	}
	if err := errors.Join(v.Web.check(), v.Hook.check(v.Web)); err != nil {
		return err
	}
	return v.orMade(ctx, console, cost, func(s *server.Server) error {
		alone, err := v.alone()
		if err != nil {
			return err
		}
		defer alone.Close()
		if err := v.keepCopy(ctx, s, console); err != nil {
			return err
		}
		if err := carryOn(ctx, s, console); err != nil {
			return err
		}
		ended, err := v.operate(s, console)
		if err != nil {
			return err
		}
		defer ended()
		listening, kept := false, error(nil)
		work, err := v.desk(ctx, s, console, cost)
		if err != nil {
			return err
		}
		defer work.end()
		err = s.Serve(ctx, v.Listen, func(at net.Addr) {
			listening = true
			work.begin(at)
			kept = os.WriteFile(v.addressFile(), []byte(at.String()+"\n"), 0o600)
			fmt.Fprintln(console.Out, "listening on", at)
		})
		if err != nil && !listening {
			return fmt.Errorf("--listen %s: %w", v.Listen, cannotListen(err))
		}
		return errors.Join(err, kept)
	})
}

// keepCopy names the second place. If that cannot be written just now the server
// serves all the same, since what devices bring does not need it.
func (v *serveVerb) keepCopy(ctx context.Context, s *server.Server, console *cli.Console) error {
	if v.Copy == "" {
		return nil
	}
	err := s.KeepCopy(ctx, v.Copy)
	if app.IsCode(err, app.Failed) {
		fmt.Fprintf(console.Err, "--copy %s: %v; serving all the same: devices go on, and nothing can be done at the server until that is mended\n", v.Copy, err)
		return nil
	}
	if err != nil {
		err = fmt.Errorf("--copy %s: %w", v.Copy, err)
	}
	return err
}

// operate answers the monitoring until end is called.
func (v *serveVerb) operate(s *server.Server, console *cli.Console) (end func(), err error) {
	if v.Operations == "" {
		return func() {}, nil
	}
	l, err := net.Listen("tcp", v.Operations)
	if err != nil {
		return nil, fmt.Errorf("--operations %s: %w", v.Operations, cannotListen(err))
	}
	web := &http.Server{Handler: s.Operations(), ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second}
	go web.Serve(l)
	fmt.Fprintln(console.Out, "health and metrics on", l.Addr())
	return func() { web.Close() }, nil
}

func cannotListen(err error) error {
	return app.Because(err, app.Failed, "このアドレスとポートでは待ち受けできません。ほかのプログラムが使っているか、この機械のアドレスではありません。この機械のアドレスと空いているポートを指定してください。",
		"nobody can listen there: another program does, or it is no address of this machine; give an address of this machine and a free port")
}

// alone keeps a second server from the same folder: it would give out codes with
// its own address, and let twice as many guesses pass. Those that share a database
// of PostgreSQL share the folder, too.
func (v *serveVerb) alone() (io.Closer, error) {
	if v.Database != "" {
		return io.NopCloser(nil), nil
	}
	held, err := durable.Hold(filepath.Join(v.Dir, "serving"))
	if errors.Is(err, durable.ErrHeld) {
		err = errServing
	}
	if err != nil {
		return nil, cannotUse(v.Dir, err)
	}
	return held, nil
}

var errServing = app.Refuse(app.Failed, "", "このフォルダーのサーバーは既に動いています。二つ目は起動していません。動いているものを終了してから、もう一度起動してください。",
	"a server is serving from this folder already, and a second one was not started; end that one first")
