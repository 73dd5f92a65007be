package keys

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daicho/app"
)

// cheap is a cost for tests only.
var cheap = Cost{Passes: 1, KiB: 64, Threads: 1}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// made gives a folder with one envelope, opened by "合言葉".
func made(t testing.TB) (Folder, ID, DataKey) {
	t.Helper()
	f, id := In(filepath.Join(t.TempDir(), "keys")), NewID()
	key, err := f.Create(id, Passphrase("合言葉"), cheap)
	must(t, err)
	return f, id, key
}

func TestOpen(t *testing.T) {
	f, id, key := made(t)
	got, err := f.Open(t.Context(), id, Passphrase("合言葉"))
	if err != nil || got != key || key == (DataKey{}) {
		t.Errorf("opened to another key, %v", err)
	}
	if _, err := f.Open(t.Context(), id, Passphrase("合言葉 ")); !errors.Is(err, ErrWrongPassphrase) {
		t.Errorf("another passphrase: %v", err)
	}
	if _, err := f.Open(t.Context(), NewID(), Passphrase("合言葉")); !errors.Is(err, ErrMissing) {
		t.Errorf("another replica: %v", err)
	}
	if _, err := f.Open(t.Context(), "../../etc/passwd", Passphrase(nil)); !errors.Is(err, ErrMissing) {
		t.Errorf("no id: %v", err)
	}
	if _, err := f.Create(id, Passphrase("x"), cheap); !errors.Is(err, ErrExists) {
		t.Errorf("created again: %v", err)
	}
	if _, err := f.Create(NewID(), nil, cheap); !errors.Is(err, ErrWrongPassphrase) {
		t.Errorf("no passphrase: %v", err)
	}
	if got, err := f.Open(t.Context(), id, Passphrase("合言葉")); err != nil || got != key {
		t.Errorf("the refusals changed it: %v", err)
	}
}

// TestSpelling: the same passphrase, composed as macOS gives it, opens.
func TestSpelling(t *testing.T) {
	f, id := In(t.TempDir()), NewID()
	key, err := f.Create(id, Passphrase("ガギgeheim\u00e9"), cheap)
	must(t, err)
	if got, err := f.Open(t.Context(), id, Passphrase("カ\u3099キ\u3099geheime\u0301")); err != nil || got != key {
		t.Errorf("decomposed: %v", err)
	}
}

func TestChangePassphrase(t *testing.T) {
	f, id, key := made(t)
	before, err := os.ReadFile(f.Path(id))
	must(t, err)
	if err := f.ChangePassphrase(t.Context(), id, Passphrase("no"), Passphrase("new"), cheap); !errors.Is(err, ErrWrongPassphrase) {
		t.Errorf("with a wrong one: %v", err)
	}
	if err := f.ChangePassphrase(t.Context(), id, Passphrase("合言葉"), nil, cheap); !errors.Is(err, ErrWrongPassphrase) {
		t.Errorf("to none: %v", err)
	}
	if err := f.SetPassphrase(id, DataKey{1}, Passphrase("new"), cheap); !errors.Is(err, ErrOtherKey) {
		t.Errorf("with another key: %v", err)
	}
	if now, _ := os.ReadFile(f.Path(id)); !bytes.Equal(now, before) {
		t.Error("a refusal changed the file")
	}
	must(t, f.ChangePassphrase(t.Context(), id, Passphrase("合言葉"), Passphrase("new"), cheap))
	if got, err := f.Open(t.Context(), id, Passphrase("new")); err != nil || got != key {
		t.Errorf("new one: %v", err)
	}
	if _, err := f.Open(t.Context(), id, Passphrase("合言葉")); !errors.Is(err, ErrWrongPassphrase) {
		t.Errorf("old one: %v", err)
	}
}

// TestDamage flips single bits: what does not open the data key must say so, and
// never gives another key.
func TestDamage(t *testing.T) {
	f, id, _ := made(t)
	whole, err := os.ReadFile(f.Path(id))
	must(t, err)
	for range 500 {
		broken := bytes.Clone(whole)
		at := rand.IntN(len(broken))
		broken[at] ^= 1 << rand.IntN(8)
		must(t, os.WriteFile(f.Path(id), broken, 0o600))
		_, err := f.Open(t.Context(), id, Passphrase("合言葉"))
		if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrFuture) {
			t.Errorf("byte %d (%q): %v", at, whole[at], err)
		}
	}
	for _, text := range []string{"", "{", "null", "[]", "{}", `{"format":"other","version":1}`, string(whole[:len(whole)/2])} {
		must(t, os.WriteFile(f.Path(id), []byte(text), 0o600))
		if _, err := f.Open(t.Context(), id, Passphrase("合言葉")); !errors.Is(err, ErrDamaged) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestForgery edits an envelope and makes its sum right again, as somebody could
// who has the file but no secret.
func TestForgery(t *testing.T) {
	f, id, key := made(t)
	other := NewID()
	for name, c := range map[string]struct {
		edit func(*envelope)
		want error
	}{
		"later version":         {func(e *envelope) { e.Version = 3 }, ErrFuture},
		"no version":            {func(e *envelope) { e.Version = 0 }, ErrDamaged},
		"another replica":       {func(e *envelope) { e.Replica = other }, ErrDamaged},
		"cheaper passphrase":    {func(e *envelope) { e.Wraps[0].Cost.Passes = 2 }, ErrWrongPassphrase},
		"all memory there is":   {func(e *envelope) { e.Wraps[0].Cost.KiB = 1 << 31 }, ErrDamaged},
		"for ever":              {func(e *envelope) { e.Wraps[0].Cost.Passes = 1 << 31 }, ErrDamaged},
		"no cost":               {func(e *envelope) { e.Wraps[0].Cost = nil }, ErrDamaged},
		"short nonce":           {func(e *envelope) { e.Wraps[0].Nonce = nil }, ErrDamaged},
		"passphrase as keyring": {func(e *envelope) { e.Wraps[0].Way, e.Wraps[0].Entry = ByKeyring, "x" }, ErrNoPassphrase},
		"box of version 1":      {func(e *envelope) { slipIn(e); e.Version = 1 }, ErrDamaged},
		"short public key":      {func(e *envelope) { slipIn(e); e.Wraps[1].Public = []byte{1} }, ErrDamaged},
		"shares without a set":  {func(e *envelope) { slipIn(e); e.Wraps[1].Way = ByShares }, ErrDamaged},
		"boxed passphrase":      {func(e *envelope) { slipIn(e); e.Wraps[0].Vouch = e.Wraps[1].Vouch }, ErrDamaged},
		"nothing left":          {func(e *envelope) { e.Wraps = nil }, ErrNoPassphrase},
	} {
		e, err := f.read(id)
		must(t, err)
		c.edit(e)
		b, err := e.encode()
		must(t, err)
		forged := In(t.TempDir())
		must(t, os.WriteFile(forged.Path(id), b, 0o600))
		if got, err := forged.Open(t.Context(), id, Passphrase("合言葉")); !errors.Is(err, c.want) || got == key {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// TestWordsForPeople: every refusal is a sentence in both languages that names no
// secret.
func TestWordsForPeople(t *testing.T) {
	for _, err := range []error{wrongPassphrase(), emptyPassphrase(), noWay(ByPassphrase, "P"), noWay(ByRecoveryKey, "P"), noWay(ByShares, "P"), noWay(ByKeyring, "P"),
		wrongRecoveryKey(), wrongShares(), otherSet(Share{}, Share{}), earlierSet("a", "b"), sameShare(Share{}), lastWay(), recoveryPaper.mistyped(1), sharePaper.incomplete(3),
		sharePaper.other(), wait(90 * time.Second), rekeying("P"), noRecoveryKeyLeft("P"), entryLeft("e", errors.New("c")), exists("P"), missing("P"), damaged("P"),
		future("P"), otherKey("P"), noKeyring(errors.New("c")), keyringLocked(errors.New("c")), notInKeyring(),
		noReplicaID("P"), replicaDamaged("P"), noFile("P", errors.New("c")), unreadable("P", PassphraseFile, errors.New("c"))} {
		e := app.ErrorOf(err)
		if e.Say.JA == "" || e.Say.EN == "" || !strings.HasSuffix(e.Say.JA, "。") || strings.HasSuffix(e.Say.EN, ".") || errors.Unwrap(err) == nil {
			t.Errorf("%+v", e.Say)
		}
	}
}

// TestSecretsDoNotPrint tries every way that a log or an error could write them.
func TestSecretsDoNotPrint(t *testing.T) {
	abc := [20]byte{0x41, 0x42, 0x43}
	share := Share{1, [2]byte{}, abc}
	secrets := []any{DataKey{0x41, 0x42, 0x43}, Passphrase("ABC"), RecoveryKey(abc), share, Pair{share, share}}
	shown := []string{"ABC", "65 66", "65, 66", "414243", "0x41", "QUJD", RecoveryKey(abc).Text()[:10], share.Text()[:14]}
	for _, s := range secrets {
		var log bytes.Buffer
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "secret", s)
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "secret", s)
		held := struct{ S, P any }{s, &s}
		all := log.String() + fmt.Sprint(s, held) + fmt.Sprintf("%v %+v %#v %s %q %x %X %d %v", s, s, s, s, s, s, s, s, held) +
			fmt.Errorf("%w: %v", errSecret, s).Error() + panicked(s)
		for _, part := range shown {
			if strings.Contains(all, part) {
				t.Errorf("%T: %q is in %s", s, part, all)
			}
		}
		if b, err := json.Marshal(held); err == nil {
			t.Errorf("%T became JSON: %s", s, b)
		}
	}
}

// panicked is how a recovered panic with s is printed.
func panicked(s any) (text string) {
	defer func() { text = fmt.Sprintf("%v %+v", recover(), s) }()
	panic(s)
}

func TestPrivate(t *testing.T) {
	f, id, _ := made(t)
	for path, want := range map[string]os.FileMode{f.Path(id): 0o600, filepath.Dir(f.Path(id)): 0o700} {
		info, err := os.Stat(path)
		must(t, err)
		if runtime.GOOS != "windows" && info.Mode().Perm() != want {
			t.Errorf("%s: %v", path, info.Mode())
		}
	}
}

func TestKeysForPurposes(t *testing.T) {
	seen := map[[32]byte]string{}
	for _, k := range []DataKey{{1}, {2}} {
		for _, purpose := range []string{"", "blobs", "server log"} {
			got, err := k.For(purpose)
			must(t, err)
			again, _ := k.For(purpose)
			if seen[got] != "" || got != again || got == [32]byte(k) {
				t.Errorf("purpose %q: the key of %q", purpose, seen[got])
			}
			seen[got] = purpose + "."
		}
	}
}

func TestDefaultFolder(t *testing.T) {
	t.Setenv("DAICHO_KEYS", "/somewhere")
	f, err := Default()
	must(t, err)
	if got := f.Path("id"); got != filepath.FromSlash("/somewhere/id.json") {
		t.Errorf("got %s", got)
	}
	t.Setenv("DAICHO_KEYS", "")
	t.Setenv("XDG_CONFIG_HOME", "/config")
	if f, err = Default(); runtime.GOOS == "linux" && (err != nil || f.Path("id") != "/config/daicho/keys/id.json") {
		t.Errorf("got %s, %v", f.Path("id"), err)
	}
}

func TestFolderID(t *testing.T) {
	dir, id := t.TempDir(), NewID()
	if _, err := FolderID(dir); !errors.Is(err, ErrNoReplicaID) {
		t.Errorf("none: %v", err)
	}
	must(t, MarkFolder(dir, id))
	if got, err := FolderID(dir); got != id || err != nil {
		t.Errorf("got %s, %v; want %s", got, err, id)
	}
	if err := MarkFolder(dir, NewID()); !errors.Is(err, os.ErrExist) {
		t.Errorf("marked twice: %v", err)
	}
	for _, text := range []string{"", "x", "../" + string(id), strings.ToUpper(string(id)) + "G"} {
		must(t, os.WriteFile(filepath.Join(dir, idFile), []byte(text), 0o600))
		if _, err := FolderID(dir); !errors.Is(err, ErrReplicaDamaged) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestIDs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if a, b := NewID(), NewID(); a == b || !wellFormed.MatchString(string(a)) || a[14] != '4' {
			t.Fatalf("%s, %s", a, b)
		}
	})
}

func TestPassphraseFromFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pass")
	if _, found, _, err := PassphraseFromFile(); found || err != nil {
		t.Errorf("not set: %v, %v", found, err)
	}
	t.Setenv(PassphraseFile, path)
	if _, found, _, err := PassphraseFromFile(); !found || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing: %v, %v", found, err)
	}
	for _, c := range []struct {
		content, want string
		mode          os.FileMode
		exposed, fail bool
	}{
		{"合言葉\n", "合言葉", 0o600, false, false},
		{"\ufeffabc \r\n", "abc ", 0o400, false, false},
		{"a\n\n", "a\n", 0o644, true, false},
		{"a", "a", 0o640, true, false},
		{"\n", "", 0o600, false, true},
		{"", "", 0o600, false, true},
		{strings.Repeat("a", 4097), "", 0o600, false, true},
	} {
		os.Remove(path)
		must(t, os.WriteFile(path, []byte(c.content), 0o600))
		must(t, os.Chmod(path, c.mode))
		got, _, exposed, err := PassphraseFromFile()
		if string(got) != c.want || (err != nil) != c.fail || runtime.GOOS != "windows" && exposed != c.exposed {
			t.Errorf("%.20q: %d bytes, exposed %v, %v", c.content, len(got), exposed, err)
		}
	}
}

func FuzzEnvelope(f *testing.F) {
	keys, id, key := made(f)
	for _, grow := range []func() error{func() error { return nil }, func() error { _, err := keys.NewShares(id, key); return err }} {
		must(f, grow())
		b, err := os.ReadFile(keys.Path(id))
		must(f, err)
		f.Add(b)
	}
	f.Add([]byte("{}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if e, err := decode(b, id, "path"); err == nil && !e.intact() {
			t.Errorf("accepted %s", b)
		}
	})
}
