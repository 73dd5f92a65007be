package verbs

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"time"

	"daicho/app/modules"
	"daicho/app/monitor"
	"daicho/app/serve/hook"
	"daicho/app/serve/web"
	"daicho/cmd/cli"
	"daicho/store"
)

// webFlags say where browsers reach the desk. Without an address none does.
type webFlags struct {
	Listen string `placeholder:"ADDR" help:"Address and port of the web desk for the city's staff: 192.0.2.10:443. Only an address of this machine, 127.0.0.1:8080, goes without a certificate."`
	Cert   string `placeholder:"FILE" help:"Its certificate with those above it (PEM), from the city's own authority. A new file counts at once."`
	Key    string `placeholder:"FILE" help:"The key of the certificate (PEM)."`
}

func (f webFlags) check() error {
	if f.Listen == "" {
		return nil
	}
	host, _, err := net.SplitHostPort(f.Listen)
	if err != nil {
		return cli.Misused("--web-listen: %vHOST:PORT の形で指定してください。", "--web-listen: %v; write HOST:PORT", err)
	}
	if (f.Cert == "") != (f.Key == "") {
		return cli.Misused("--web-cert と --web-key は一緒に指定してください。", "--web-cert and --web-key go together")
	}
	if a, err := netip.ParseAddr(host); f.Cert == "" && (err != nil || !a.IsLoopback()) {
		return cli.Misused("--web-listen %s: --web-cert と --web-key を指定するか、証明書を持つプロキシのために 127.0.0.1:8080 のようなこの端末のアドレスを指定してください。", "--web-listen %s: give --web-cert and --web-key, or an address of this machine such as 127.0.0.1:8080 for a proxy that has them", f.Listen)
	}
	return nil
}

// patience is how long a receipt of the web desk waits for its official number.
const patience = 5 * time.Second

// browse serves browsers, and what posts events, until ctx ends. When it
// returns, what was under way has been answered, or waited for in vain.
func (d *desk) browse(ctx context.Context, r *store.Replica, events *hook.Taker, wake chan<- struct{}) error {
	l, err := net.Listen("tcp", d.web.Listen)
	if err != nil {
		return fmt.Errorf("--web-listen %s: %w", d.web.Listen, cannotListen(err))
	}
	desk := web.New(web.Options{Replica: r, Now: d.console.Now, Log: d.log, Mask: modules.MaskNumbers, Unsure: modules.MayHoldNumber, Wake: func() { poke(wake) }, Patience: patience})
	mux := http.NewServeMux()
	mux.Handle("/", desk.Handler())
	if d.hook.Token != "" {
		mux.Handle(hook.Path, events.Handler(d.hook.Token))
	}
	s := web.Serving(mux)
	s.ErrorLog = log.New(io.Discard, "", 0) // it would name addresses
	fmt.Fprintln(d.console.Out, "web desk on", l.Addr())
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(ended)
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), pause)
		defer cancel()
		if s.Shutdown(late) != nil {
			s.Close()
		}
	})
	defer func() {
		if !stop() {
			<-ended // Serve returns before what is under way is answered
		}
	}()
	if d.web.Cert == "" {
		err = s.Serve(l)
	} else {
		s.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return d.web.certificate() }}
		err = s.ServeTLS(l, "", "")
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// certificate reads the files anew each time, which a renewal replaces.
func (f webFlags) certificate() (*tls.Certificate, error) {
	c, err := tls.LoadX509KeyPair(f.Cert, f.Key)
	return &c, err
}

// hookFlags say how monitoring tools report. Without a token and a folder none does.
type hookFlags struct {
	Token string `placeholder:"FILE" help:"A file with the token by which Zabbix posts events to /hook/zabbix at the address of --web-listen. A new one counts at once."`
	Drop  string `placeholder:"DIR" help:"A folder in which the same reports may lie as files (*.json) instead."`
	Grave string `default:"average" enum:"warning,average,high,disaster" help:"From which severity on an event becomes an incident: warning, average, high, or disaster."`
}

func (f hookFlags) check(web webFlags) error {
	if f.Token != "" && web.Listen == "" {
		return cli.Misused("--hook-token を使うには、Zabbix の送信先となる --web-listen も指定してください。", "--hook-token: give --web-listen, too, where Zabbix posts to")
	}
	return nil
}

// hooks takes in what monitoring tools report.
func (d *desk) hooks(r *store.Replica, wake chan<- struct{}) *hook.Taker {
	return &hook.Taker{Replica: r, Now: d.console.Now, Log: d.log, Wake: func() { poke(wake) }, Grave: monitor.Severity(d.hook.Grave)}
}
