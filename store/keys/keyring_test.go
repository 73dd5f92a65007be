package keys

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"
	secretservice "github.com/zalando/go-keyring/secret_service"

	"daicho/app"
)

// memory is a keyring that can be made to fail.
type memory struct {
	m      map[string]string
	fail   error
	before func() // each change
}

func (r *memory) get(entry string) (string, error) {
	s, found := r.m[entry]
	if !found && r.fail == nil {
		return "", keyring.ErrNotFound
	}
	return s, r.fail
}

func (r *memory) set(entry, secret string) error {
	if r.fail == nil {
		r.changing()
		r.m[entry] = secret
	}
	return r.fail
}

func (r *memory) changing() {
	if r.before != nil {
		r.before()
	}
}

func (r *memory) remove(entry string) error {
	if _, err := r.get(entry); err != nil {
		return err
	}
	r.changing()
	delete(r.m, entry)
	return nil
}

func TestKeyring(t *testing.T) {
	f, id, key := made(t)
	r := &memory{m: map[string]string{}}
	f.ring = r
	ctx := t.Context()
	if _, err := f.Open(ctx, id, Keyring{}); !errors.Is(err, ErrNotInKeyring) {
		t.Errorf("before: %v", err)
	}
	if err := f.AddKeyring(ctx, id, DataKey{1}); !errors.Is(err, ErrOtherKey) {
		t.Errorf("with another key: %v", err)
	}
	for range 2 { // the second time in place of the first
		must(t, f.AddKeyring(ctx, id, key))
		if got, err := f.Open(ctx, id, Keyring{}); err != nil || got != key || len(r.m) != 1 {
			t.Errorf("with it: %v, %d entries", err, len(r.m))
		}
	}
	must(t, f.ChangePassphrase(t.Context(), id, Passphrase("合言葉"), Passphrase("b"), cheap))
	if got, err := f.Open(ctx, id, Keyring{}); err != nil || got != key {
		t.Errorf("after a change of passphrase: %v", err)
	}
	entry := slices.Collect(maps.Keys(r.m))[0]
	for name, secret := range map[string]string{"another key": base64.StdEncoding.EncodeToString(make([]byte, 32)), "no key": "!"} {
		r.m[entry] = secret
		if _, err := f.Open(ctx, id, Keyring{}); !errors.Is(err, ErrNotInKeyring) {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(t, f.DropWay(ctx, id, key, ByKeyring))
	must(t, f.DropWay(ctx, id, key, ByKeyring))
	if ways, err := f.Ways(id); err != nil || len(r.m) != 0 || !slices.Equal(ways, []Way{ByPassphrase}) {
		t.Errorf("dropped: %v, %v, %d entries", ways, err, len(r.m))
	}
}

// TestKeyringFails: each failure has its name, and leaves the envelope alone.
func TestKeyringFails(t *testing.T) {
	f, id, key := made(t)
	r := &memory{m: map[string]string{}}
	f.ring = r
	must(t, f.AddKeyring(t.Context(), id, key))
	before, err := os.ReadFile(f.Path(id))
	must(t, err)
	for _, c := range []struct {
		fail, want error
	}{
		{errors.New("failed to unlock correct collection '/x'"), ErrKeyringLocked},
		{errors.New("org.freedesktop.Secret.Error.IsLocked"), ErrKeyringLocked},
		{errors.New("dial unix: no such file"), ErrNoKeyring},
	} {
		r.fail = c.fail
		_, err := f.Open(t.Context(), id, Keyring{})
		err2 := f.AddKeyring(t.Context(), id, key)
		if !errors.Is(err, c.want) || !errors.Is(err2, c.want) {
			t.Errorf("%v: %v, %v", c.fail, err, err2)
		}
	}
	if now, _ := os.ReadFile(f.Path(id)); string(now) != string(before) {
		t.Error("a failure changed the file")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	f.ring = &waiting{}
	if _, err := f.Open(ctx, id, Keyring{}); !errors.Is(err, ErrKeyringLocked) || !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// waiting is a keyring that asks a person who is not there.
type waiting struct{ memory }

func (*waiting) get(string) (string, error) { select {} }

// TestOnlyKeyring refuses to give up the last way in.
func TestOnlyKeyring(t *testing.T) {
	f, id, key := made(t)
	f.ring = &memory{m: map[string]string{}}
	must(t, f.AddKeyring(t.Context(), id, key))
	must(t, f.change(id, key, func(e *envelope) error { e.drop(ByPassphrase); return nil }))
	if err := f.DropWay(t.Context(), id, key, ByKeyring); !errors.Is(err, ErrLastWay) {
		t.Errorf("got %v", err)
	}
	if _, err := f.Open(t.Context(), id, Keyring{}); err != nil {
		t.Error(err)
	}
}

// TestRealKeyring runs the rest of this file's work against gnome-keyring, in a
// session bus and a home of its own.
func TestRealKeyring(t *testing.T) {
	if os.Getenv("DAICHO_REAL_KEYRING") != "" {
		inRealKeyring(t)
		return
	}
	if testing.Short() {
		t.Skip("gnome-keyring is an outside service, which -short leaves out")
	}
	for _, program := range []string{"dbus-run-session", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Fatalf("%s is needed: install gnome-keyring and dbus-user-session (make test does)", program)
		}
	}
	home := t.TempDir()
	cmd := exec.Command("dbus-run-session", "--", "sh", "-c",
		`printf %s testpw | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$0" -test.run=^TestRealKeyring$ -test.v`, os.Args[0])
	cmd.Env = append(withoutBus(), "HOME="+home, "XDG_RUNTIME_DIR="+home, "XDG_DATA_HOME="+home, "DAICHO_REAL_KEYRING=1")
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: TestRealKeyring") {
		t.Errorf("%v\n%s", err, out)
	}
}

func inRealKeyring(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	f, id, key := made(t)
	must(t, f.AddKeyring(ctx, id, key))
	if got, err := f.Open(ctx, id, Keyring{}); err != nil || got != key {
		t.Errorf("open: %v", err)
	}
	must(t, f.SetWitness(ctx, id, key, Witness{1, 2}))
	next, err := f.StartRekey(ctx, id, key, Passphrase("合言葉"))
	must(t, err)
	if got, err := f.Next().Open(ctx, id, Keyring{}); err != nil || got != next {
		t.Errorf("the next envelope: %v", err)
	}
	must(t, f.AbandonRekey(ctx, id))
	wiped(t, ctx, f, id, key)
	lock(t)
	if _, err := f.Open(ctx, id, Keyring{}); !errors.Is(err, ErrKeyringLocked) {
		t.Errorf("locked: %v", err)
	}
	if got, err := f.Open(t.Context(), id, Passphrase("合言葉")); err != nil || got != key {
		t.Errorf("passphrase while locked: %v", err)
	}
	before, err := os.ReadFile(f.Path(id))
	must(t, err)
	_, err = f.StartRekey(ctx, id, key, Passphrase("合言葉"))
	for name, err := range map[string]error{
		"change of data key": err,
		"drop":               f.DropWay(ctx, id, key, ByKeyring),
		"add":                f.AddKeyring(ctx, id, key),
		"witness":            f.SetWitness(ctx, id, key, Witness{2, 3}),
	} {
		if !errors.Is(err, ErrKeyringLocked) {
			t.Errorf("%s while locked: %v", name, err)
		}
	}
	if now, _ := os.ReadFile(f.Path(id)); string(now) != string(before) || f.Rekeying(id) {
		t.Error("a locked keyring changed the file")
	}
}

// wiped empties the keyring, as a reset of a forgotten password does: the
// passphrase opens, and puts the key there again.
func wiped(t *testing.T, ctx context.Context, f Folder, id ID, key DataKey) {
	t.Helper()
	must(t, keyring.DeleteAll(service))
	if _, err := f.Open(ctx, id, Keyring{}); !errors.Is(err, ErrNotInKeyring) {
		t.Errorf("wiped: %v", err)
	}
	if _, found, err := f.Witness(ctx, id, key); found || err != nil {
		t.Errorf("witness of a wiped keyring: %v, %v", found, err)
	}
	got, err := f.Open(ctx, id, Passphrase("合言葉"))
	must(t, err)
	must(t, f.AddKeyring(ctx, id, got))
	if got, err := f.Open(ctx, id, Keyring{}); err != nil || got != key {
		t.Errorf("put there again: %v", err)
	}
}

// lock locks the keyring as a person does who leaves the desk.
func lock(t *testing.T) {
	t.Helper()
	s, err := secretservice.NewSecretService()
	must(t, err)
	object := s.Object("org.freedesktop.secrets", "/org/freedesktop/secrets")
	must(t, object.Call("org.freedesktop.Secret.Service.Lock", 0, list(s.GetLoginCollection().Path())).Err)
}

func list[T any](of ...T) []T { return of }

// TestNoKeyringAtAll has no session bus, as a server or a bare console.
func TestNoKeyringAtAll(t *testing.T) {
	if os.Getenv("DAICHO_NO_KEYRING") == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestNoKeyringAtAll$", "-test.v")
		cmd.Env = append(withoutBus(), "DAICHO_NO_KEYRING=1",
			"DBUS_SESSION_BUS_ADDRESS=unix:path="+filepath.Join(t.TempDir(), "none"))
		if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: TestNoKeyringAtAll") {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	f, id, key, ring := full(t) // made where there was one
	f.ring = systemRing{}
	_, rekey := f.StartRekey(t.Context(), id, key, Passphrase("合言葉"))
	_, open := f.Open(t.Context(), id, Keyring{})
	_, _, witness := f.Witness(t.Context(), id, key)
	for name, err := range map[string]error{"add": f.AddKeyring(t.Context(), id, key), "rekey": rekey, "open": open, "witness": witness} {
		if !errors.Is(err, ErrNoKeyring) {
			t.Errorf("%s: %v", name, err)
		}
	}
	opensBy(t, f, id, key, []Opener{Passphrase("合言葉")})
	must(t, f.DropWay(t.Context(), id, key, ByKeyring))
	_, err := f.StartRekey(t.Context(), id, key, Passphrase("合言葉"))
	if err != nil || len(ring.m) != 1 {
		t.Errorf("after the keyring was dropped: %v", err)
	}
}

// withoutBus is the environment without the session that the tests run in.
func withoutBus() []string {
	return slices.DeleteFunc(os.Environ(), func(v string) bool {
		return strings.HasPrefix(v, "DBUS_") || strings.HasPrefix(v, "XDG_") || strings.HasPrefix(v, "HOME=") || strings.HasPrefix(v, "GNOME_")
	})
}

// TestLogins: a login is kept for its server alone, and never printed.
func TestLogins(t *testing.T) {
	ctx, r := t.Context(), &memory{m: map[string]string{}}
	l := Logins{r}
	if _, err := l.For(ctx, "fs1"); !app.IsCode(err, app.NotFound) {
		t.Errorf("before: %v", err)
	}
	want := Login{`CITY\scanner`, `秘"密`}
	if err := l.Keep(ctx, "fs1", want); err != nil {
		t.Fatal(err)
	}
	if got, err := l.For(ctx, "fs1"); err != nil || got != want {
		t.Errorf("another login came back (%v)", err)
	}
	if _, err := l.For(ctx, "fs2"); !app.IsCode(err, app.NotFound) {
		t.Errorf("another server: %v", err)
	}
	if text := fmt.Sprintf("%v %+v %s %#v", want, want, want, want); strings.Contains(text, "密") {
		t.Errorf("a login prints as %s", text)
	}
	if _, err := json.Marshal(want); err == nil {
		t.Error("a login became JSON")
	}
	for range 2 {
		if err := l.Drop(ctx, "fs1"); err != nil {
			t.Errorf("dropped: %v", err)
		}
	}
	if _, err := l.For(ctx, "fs1"); !app.IsCode(err, app.NotFound) || len(r.m) != 0 {
		t.Errorf("after: %v", err)
	}
}
