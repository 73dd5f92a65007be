package app_test

import (
	"crypto/ed25519"
	"errors"
	"strings"
	"testing"

	"daicho/app"
)

func TestASignedFileOpensWithItsKeyAlone(t *testing.T) {
	key := ed25519.NewKeyFromSeed([]byte(strings.Repeat("s", ed25519.SeedSize)))
	other := ed25519.NewKeyFromSeed([]byte(strings.Repeat("o", ed25519.SeedSize)))
	file := app.Signed([]byte("one\ntwo\n"), key)
	public, foreign := key.Public().(ed25519.PublicKey), other.Public().(ed25519.PublicKey)
	if body, err := app.OpenSigned(file, foreign, public); err != nil || body != "one\ntwo\n" {
		t.Errorf("%q, %v", body, err)
	}
	for name, trusted := range map[string][]ed25519.PublicKey{"none": nil, "another": {foreign}, "half a key": {public[:16]}} {
		if _, err := app.OpenSigned(file, trusted...); !errors.Is(err, app.ErrUnsigned) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for i := range file {
		forged := []byte(string(file))
		forged[i] ^= 1
		if _, err := app.OpenSigned(forged, public); !errors.Is(err, app.ErrUnsigned) {
			t.Fatalf("byte %d changed: %v", i, err)
		}
	}
}
