package verbs

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"daicho/cmd/cli"
	"daicho/sync/server"
	"daicho/sync/wire"
)

// codeVerb makes codes that enrol devices.
type codeVerb struct {
	data
	User    string   `required:"" placeholder:"NAME" help:"Whose device it will be."`
	Class   string   `default:"low" enum:"high,middle,low" help:"How sensitive the device is: it may be opened 72 hours (high), 14 days (middle) or 30 days (low) after a contact."`
	Address []string `placeholder:"HOST:PORT" help:"Where devices reach the server (default: where it listened last); several are tried in turn."`
}

// Run prints the code, alone on the last line.
func (v *codeVerb) Run(ctx context.Context, console *cli.Console) error {
	for _, a := range v.Address {
		if _, _, err := net.SplitHostPort(a); err != nil {
			return cli.Misused("--address: %vHOST:PORT の形で指定してください。", "--address: %v; write HOST:PORT", err)
		}
	}
	return v.with(ctx, console, func(s *server.Server) error {
		addresses, err := v.addresses()
		if err != nil {
			return err
		}
		code, err := s.EnrollCodeOf(ctx, v.User, wire.Class(v.Class), addresses)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(console.Out, "for one device of %s, which reaches this server at %s; valid once, for 7 days:\n%s\n",
			v.User, strings.Join(addresses, " or "), code)
		return err
	})
}

// addresses are those given, or where the server listened last.
func (v *codeVerb) addresses() ([]string, error) {
	if len(v.Address) > 0 {
		return v.Address, nil
	}
	last, err := os.ReadFile(v.addressFile())
	if errors.Is(err, os.ErrNotExist) {
		return nil, cli.Errorf("サーバーはまだ一度も待ち受けていません。serve で起動するか、--address HOST:PORT を指定してください。", "the server has never listened; start it with serve, or give --address HOST:PORT")
	}
	if err != nil {
		return nil, err
	}
	local, err := net.InterfaceAddrs()
	if err != nil {
		return nil, cli.Errorf("この端末のアドレスが分かりません（%v）。--address HOST:PORT を指定してください。", "the addresses of this machine: %v; give --address HOST:PORT", err)
	}
	return reachable(strings.TrimSpace(string(last)), local)
}

// reachable is how others reach a listener: as it is, or, where it listens on
// all addresses, each of the machine's, those of other machines' use first.
func reachable(listen string, local []net.Addr) ([]string, error) {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return nil, cli.Errorf("サーバーが最後に待ち受けたアドレスを読み取れません（%v）。--address HOST:PORT を指定してください。", "where the server listened last: %v; give --address HOST:PORT", err)
	}
	if ip := net.ParseIP(host); host != "" && (ip == nil || !ip.IsUnspecified()) {
		return []string{listen}, nil
	}
	var outer, own []string
	for _, a := range local {
		network, ok := a.(*net.IPNet)
		if !ok || network.IP.IsLinkLocalUnicast() {
			continue
		}
		at := net.JoinHostPort(network.IP.String(), port)
		if network.IP.IsLoopback() {
			own = append(own, at)
		} else {
			outer = append(outer, at)
		}
	}
	if len(outer)+len(own) == 0 {
		return nil, cli.Errorf("この端末にはアドレスがありません。--address HOST:PORT を指定してください。", "this machine has no address; give --address HOST:PORT")
	}
	return append(outer, own...), nil
}
