package verbs

import (
	"net"
	"slices"
	"strings"
	"testing"
)

func TestReachable(t *testing.T) {
	var local []net.Addr
	for _, s := range []string{"127.0.0.1/8", "192.0.2.7/24", "fe80::1/64", "2001:db8::7/64", "::1/128"} {
		ip, network, err := net.ParseCIDR(s)
		if err != nil {
			t.Fatal(err)
		}
		local = append(local, &net.IPNet{IP: ip, Mask: network.Mask})
	}
	all := []string{"192.0.2.7:8443", "[2001:db8::7]:8443", "127.0.0.1:8443", "[::1]:8443"}
	for listen, want := range map[string][]string{
		"192.0.2.9:8443":   {"192.0.2.9:8443"},
		"127.0.0.1:8443":   {"127.0.0.1:8443"},
		"server.city:8443": {"server.city:8443"},
		"[::]:8443":        all,
		"0.0.0.0:8443":     all,
		":8443":            all,
	} {
		got, err := reachable(listen, local)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v; want %q", listen, got, err, want)
		}
	}
}

func TestReachableNowhere(t *testing.T) {
	for _, listen := range []string{"nonsense", "0.0.0.0:1"} {
		if got, err := reachable(listen, nil); err == nil || !strings.Contains(err.Error(), "--address") {
			t.Errorf("%s: %q, %v", listen, got, err)
		}
	}
}
