package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"daicho/app"
	"daicho/cmd/cli"
	"daicho/store/keys"
	"daicho/store/vfs"
	"daicho/sync/wire"
)

// What a script may do to the machine of a program: so many days that its clock
// is ahead, what a file of its can hold, and whether another runs it who owns none
// of its files.
const (
	daysVar  = "SCRIPT_DAYS"
	bytesVar = "SCRIPT_FILE_BYTES"
	otherVar = "SCRIPT_NOBODY"
)

// placed puts a program onto such a machine.
func placed(console *cli.Console) {
	if days, err := strconv.Atoi(os.Getenv(daysVar)); err == nil {
		console.Now = func() time.Time { return time.Now().AddDate(0, 0, days) }
	}
	if most, err := strconv.ParseUint(os.Getenv(bytesVar), 10, 64); err == nil {
		fillable(most)
	}
	if os.Getenv(otherVar) != "" {
		becomeNobody()
	}
}

// machinery is what no sentence for people holds: the words of libraries.
var machinery = regexp.MustCompile(`(?i)\bsql\b|sqlite|cbor|x509|https?://|panic|goroutine|unexpected|unmarshal|0x|<nil>|errno|%!`)

var kanaOrKanji = regexp.MustCompile(`[ぁ-んァ-ヶ一-龠]`)

// refuses runs a program in both languages. Each time it must end with the code
// and say one line, which matches: refuses CODE JAPANESE ENGLISH PROGRAM ARG….
func refuses(ts *testscript.TestScript, _ bool, args []string) {
	defer ts.Setenv("LC_ALL", ts.Getenv("LC_ALL"))
	for i, locale := range []string{"ja_JP.UTF-8", "C.UTF-8"} {
		ts.Setenv("LC_ALL", locale)
		var ended *exec.ExitError
		err := ts.Exec(args[3], args[4:]...)
		if !errors.As(err, &ended) || strconv.Itoa(ended.ExitCode()) != args[0] {
			ts.Fatalf("%q: %v, want exit %s; it says %q", args[3:], err, args[0], ts.ReadFile("stderr"))
		}
		said, one := strings.CutSuffix(ts.ReadFile("stderr"), "\n")
		rest, named := strings.CutPrefix(said, args[3]+": ")
		switch {
		case !one || !named || strings.Contains(rest, "\n"):
			ts.Fatalf("%q says %q, want one line", args[3:], said)
		case !regexp.MustCompile(args[1+i]).MatchString(rest):
			ts.Fatalf("%s: %q says %q, want %q", locale, args[3:], said, args[1+i])
		case kanaOrKanji.MatchString(rest) != (i == 0):
			ts.Fatalf("%s: %q says %q, which is another language", locale, args[3:], said)
		case machinery.MatchString(rest):
			ts.Fatalf("%q says %q, which is for programmers: %q", args[3:], said, machinery.FindString(rest))
		}
	}
}

// standIn is something else at an address until the script ends: standin ADDRESS
// WHAT [SERVER]. It is a "page" to sign in to a network; an "interceptor" with a
// certificate of its own; an "old" interceptor that knows no TLS 1.3; a "newer" server with the
// identity of SERVER that knows no function of this version.
func standIn(ts *testscript.TestScript, _ bool, args []string) {
	l, err := net.Listen("tcp", args[0])
	ts.Check(err)
	answer := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<html><body>ログイン</body></html>"))
	})
	_, key, err := ed25519.GenerateKey(rand.Reader)
	ts.Check(err)
	newest := uint16(tls.VersionTLS13)
	switch args[1] {
	case "page":
	case "old":
		newest = tls.VersionTLS12
	case "newer":
		key, answer = identityOf(ts, args[2]), fromTheFuture
	}
	web := &http.Server{Handler: answer}
	if args[1] != "page" {
		leaf, err := wire.NewLeaf(key, time.Now(), rand.Reader)
		ts.Check(err)
		l = tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{*leaf}, MaxVersion: newest, ClientAuth: tls.RequestClientCert})
	}
	ts.Defer(func() { web.Close() })
	go web.Serve(l)
}

// fromTheFuture answers as every server does where it does not know the question.
func fromTheFuture(w http.ResponseWriter, _ *http.Request) {
	p := wire.ProblemOf(app.Refuse(app.NotFound, "", "版が合いません。", "of another version"))
	text, _ := wire.Encode(&p)
	w.WriteHeader(p.Status())
	_, _ = w.Write(text)
}

// identityOf is the key by which devices know the server in a folder.
func identityOf(ts *testscript.TestScript, dir string) ed25519.PrivateKey {
	var seed []byte
	unsealed(ts, dir, "server.db", func(db *vfs.Database) error {
		return db.Read.QueryRow("SELECT value FROM setting WHERE name = 'identity'").Scan(&seed)
	})
	return ed25519.NewKeyFromSeed(seed)
}

// unsealed opens the database of a folder as whoever holds its keys can.
func unsealed(ts *testscript.TestScript, dir, file string, f func(*vfs.Database) error) {
	id, err := keys.FolderID(ts.MkAbs(dir))
	ts.Check(err)
	key, err := keys.In(ts.Getenv("DAICHO_KEYS")).Open(context.Background(), id, keys.Passphrase("合言葉 correct horse"))
	ts.Check(err)
	db, err := vfs.Open(filepath.Join(ts.MkAbs(dir), file), key)
	ts.Check(err)
	ts.Check(errors.Join(f(db), db.Close()))
}

// flip changes the byte at an offset of a file; one below 0 counts from its
// end: flip FILE OFFSET.
func flip(ts *testscript.TestScript, _ bool, args []string) {
	text := []byte(ts.ReadFile(args[0]))
	at, err := strconv.Atoi(args[1])
	ts.Check(err)
	if at < 0 {
		at += len(text)
	}
	text[at] ^= 1
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), text, 0o600))
}
