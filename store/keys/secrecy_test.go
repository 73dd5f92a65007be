package keys

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNoKeyLiesOpen looks for every key and secret in all files and in the keyring.
func TestNoKeyLiesOpen(t *testing.T) {
	f, id, key, ring := full(t)
	ways := wayIn(t, f, id, key)
	next, err := f.StartRekey(t.Context(), id, key, Passphrase("合言葉"))
	must(t, err)
	must(t, f.SetWitness(t.Context(), id, key, Witness{1, 1}))
	_, err = f.Open(t.Context(), id, Throttle(Passphrase("合言葉。"), monday))
	if !errors.Is(err, ErrWrongPassphrase) {
		t.Error(err)
	}
	k, s := ways[2].(RecoveryKey), ways[3].(Pair)
	joined, err := s.join()
	must(t, err)
	all := fmt.Append(nil, ring.m)
	files, err := filepath.Glob(filepath.Join(f.dir, "*"))
	must(t, err)
	for _, path := range files {
		b, err := os.ReadFile(path)
		must(t, err)
		all = append(all, b...)
	}
	if len(files) != 3 { // both envelopes and the count
		t.Errorf("files %v", files)
	}
	for n, secret := range [][]byte{key[:], next[:], k[:], joined[:], s[0].part[:], s[1].part[:], []byte("合言葉")} {
		for _, form := range forms(secret) {
			if bytes.Contains(all, form) {
				t.Errorf("secret %d lies open: %x", n, form)
			}
		}
	}
	for _, text := range []string{k.Text(), s[0].Text(), s[1].Text()} {
		for _, group := range strings.Split(text, "-")[1:4] {
			if bytes.Contains(all, []byte("-"+group+"-")) {
				t.Error("a paper's text lies open")
			}
		}
	}
}

func forms(secret []byte) [][]byte {
	return [][]byte{secret, []byte(hex.EncodeToString(secret)), []byte(base64.StdEncoding.EncodeToString(secret))}
}
