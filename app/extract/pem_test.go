package extract

import (
	"strings"
	"testing"
)

// TestPrivateKeys: keys of OpenSSL and OpenSSH, alone and beside others.
func TestPrivateKeys(t *testing.T) {
	key := func(names ...string) (all string) {
		for _, n := range names {
			all += string(made(t, "key-"+n+".pem"))
		}
		return all
	}
	locked := key("legacy")
	for name, c := range map[string]struct {
		text string
		want Protection
	}{
		"headers": {locked, ProtectPassword}, "pkcs 8": {key("pkcs8"), ProtectPassword}, "openssh": {key("openssh"), ProtectPassword},
		"several": {key("legacy", "pkcs8", "openssh"), ProtectPassword}, "ends of lines": {strings.ReplaceAll(locked, "\n", "\r\n"), ProtectPassword},
		"with a certificate": {locked + "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", ProtectPassword},
		"open":               {key("open"), ProtectNone}, "open openssh": {key("open-openssh"), ProtectNone}, "one open": {key("pkcs8", "open"), ProtectNone},
		"only a certificate": {"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", ProtectNone},
		"a list behind it":   {locked + "氏名,電話\n", ProtectNone}, "a list before it": {"氏名,電話\n" + locked, ProtectNone},
		"a list between":  {key("pkcs8") + "氏名 葉月\n" + key("openssh"), ProtectNone},
		"a broken one":    {"-----BEGIN ENCRYPTED PRIVATE KEY-----\n氏名 葉月\n" + key("pkcs8"), ProtectNone},
		"no cipher named": {"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----\n", ProtectNone},
	} {
		if got := told(t, "id.pem", []byte(c.text)).file(t, "id.pem"); got.Protection != c.want || got.Scanned != Full {
			t.Errorf("%s: %s, %s; want %s", name, got.Protection, got.Scanned, c.want)
		}
	}
}

func FuzzPEM(f *testing.F) {
	for _, name := range []string{"legacy", "openssh", "open"} {
		f.Add(made(f, "key-"+name+".pem"))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if lockedKeys(data) && lockedKeys(append(data, "\nmore"...)) {
			t.Errorf("text behind keys is taken for locked")
		}
	})
}
