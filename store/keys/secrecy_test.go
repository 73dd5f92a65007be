package keys

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
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

// TestCrashOutput panics while keys are in use, in a process of its own, started as
// DESIGN.md wants it where the output is kept: Go's trace of the calls would show
// words of what functions were given.
func TestCrashOutput(t *testing.T) {
	if os.Getenv("DAICHO_CRASH") != "" {
		crash(t)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestCrashOutput$")
	cmd.Env = append(os.Environ(), "DAICHO_CRASH=1", "GOTRACEBACK=none")
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "panic: crash") {
		t.Fatalf("it did not crash: %v\n%s", err, out)
	}
	for _, shown := range []string{"合言葉", "0x3, 0x4", "3020100", "00010203", "AAECAw", countingKey[:14], countingShare[15:25]} {
		if strings.Contains(string(out), shown) {
			t.Errorf("%q is in\n%s", shown, out)
		}
	}
}

// crash panics below a call that was given a data key, a passphrase and papers.
func crash(t *testing.T) {
	f, id := In(t.TempDir()), NewID()
	e, err := newEnvelope(id, goldenKey())
	must(t, err)
	w, err := passphraseWrap(id, goldenKey(), Passphrase("合言葉"), cheap)
	must(t, err)
	e.put(w)
	must(t, f.write(e, true))
	for _, wrapped := range []func() (*wrap, error){
		func() (*wrap, error) { return boxWrap(id, ByRecoveryKey, "", counting, goldenKey()) },
		func() (*wrap, error) { return boxWrap(id, ByShares, "abcd", counting, goldenKey()) },
	} {
		w, err := wrapped()
		must(t, err)
		e.put(w)
	}
	must(t, f.write(e, false))
	opensBy(t, f, id, goldenKey(), []Opener{Passphrase("合言葉"), RecoveryKey(counting)})
	f.ring = &memory{m: map[string]string{}}
	f.AddKeyring(panicking{t.Context()}, id, goldenKey())
}

// panicking is a context that does so when it is asked.
type panicking struct{ context.Context }

func (panicking) Done() <-chan struct{} { panic("crash") }
