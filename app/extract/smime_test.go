package extract

import (
	"strings"
	"testing"
)

// TestSMIME: what openssl cms signed is read, in one piece (DER) or as it came
// (BER); what it encrypted to a certificate is protected.
func TestSMIME(t *testing.T) {
	for _, name := range []string{"signed.p7m", "stream.p7m"} {
		r := told(t, name, made(t, name))
		r.want(t, name, SMIME, ProtectNone, Full, "")
		if got := r.text[name+"!/signed.eml"]; !strings.Contains(got, "署名した本文 葉月見本\n") {
			t.Errorf("%s reads %q", name, got)
		}
	}
	told(t, "detached.p7s", made(t, "detached.p7s")).want(t, "detached.p7s", SMIME, ProtectNone, Full, "")
	told(t, "a.p7m", made(t, "enveloped.p7m")).want(t, "a.p7m", SMIME, ProtectKey, Unscannable, ReasonKey)
	whole := made(t, "signed.p7m")
	told(t, "a.p7m", whole[:100]).want(t, "a.p7m", SMIME, ProtectUnknown, Failed, ReasonDamaged)
}

func FuzzSMIME(f *testing.F) {
	f.Add(made(f, "signed.p7m"))
	f.Add(made(f, "stream.p7m"))
	f.Add(made(f, "enveloped.p7m"))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, "a.p7m", data) })
}
