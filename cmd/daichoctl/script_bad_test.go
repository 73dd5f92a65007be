package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"daicho/app/modules"
	"daicho/cmd/cli"
	"daicho/store/keys"
	"daicho/store/vfs"
	"daicho/sync/server"
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
	onClock(console)
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

// now is the time on the machine of a script's next program.
func now(ts *testscript.TestScript) time.Time {
	days, _ := strconv.Atoi(ts.Getenv(daysVar))
	return time.Now().AddDate(0, 0, days)
}

// standIn is something else at an address until the script ends: standin ADDRESS
// WHAT. It is a "page" to sign in to a network; an "interceptor" with a
// certificate of its own; or an "old" one that knows no TLS 1.3.
func standIn(ts *testscript.TestScript, _ bool, args []string) {
	page := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<html><body>ログイン</body></html>"))
	})
	if args[1] == "page" {
		standAt(ts, args[0], nil, page)
		return
	}
	_, key, err := ed25519.GenerateKey(rand.Reader)
	ts.Check(err)
	leaf, err := wire.NewLeaf(key, time.Now(), rand.Reader)
	ts.Check(err)
	conf := &tls.Config{Certificates: []tls.Certificate{*leaf}}
	if args[1] == "old" {
		conf.MaxVersion = tls.VersionTLS12
	}
	standAt(ts, args[0], conf, page)
}

func standAt(ts *testscript.TestScript, address string, conf *tls.Config, answer http.Handler) {
	l, err := net.Listen("tcp", address)
	ts.Check(err)
	if conf != nil {
		l = tls.NewListener(l, conf)
	}
	web := &http.Server{Handler: answer, ErrorLog: log.New(io.Discard, "", 0)}
	standing.Store(address, web)
	ts.Defer(func() { web.Close() })
	go web.Serve(l)
}

// standing are the servers that stand in for others, by address.
var standing sync.Map

// leave ends what stands in at an address: leave ADDRESS.
func leave(ts *testscript.TestScript, _ bool, args []string) {
	web, _ := standing.LoadAndDelete(args[0])
	ts.Check(web.(io.Closer).Close())
}

// otherVersion serves what is in a server's folder until the script ends, as if
// each device spoke a later version of the protocol: otherversion ADDRESS DIR.
func otherVersion(ts *testscript.TestScript, _ bool, args []string) {
	s, err := server.Open(context.Background(), server.Options{Dir: ts.MkAbs(args[1]), Passphrase: passphrase(), Keys: keys.In(ts.Getenv("DAICHO_KEYS")),
		Book: modules.Book(), Clock: time.Now, Random: rand.Reader})
	ts.Check(err)
	ts.Defer(func() { s.Close() })
	var seed []byte
	unsealed(ts, args[1], "server.db", func(db *vfs.Database) error {
		return db.Read.QueryRow("SELECT value FROM setting WHERE name = 'identity'").Scan(&seed)
	})
	leaf, err := wire.NewLeaf(ed25519.NewKeyFromSeed(seed), time.Now(), rand.Reader)
	ts.Check(err)
	standAt(ts, args[0], wire.ServerTLS(func() (*tls.Certificate, error) { return leaf, nil }), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.URL.Path = strings.Replace(r.URL.Path, "/v1/", "/v9/", 1)
		s.Handler().ServeHTTP(w, r)
	}))
}

// sealed does something to a database as whoever holds its keys can, or as a
// later version would: sealed DIR FILE STATEMENT.
func sealed(ts *testscript.TestScript, _ bool, args []string) {
	unsealed(ts, args[0], args[1], func(db *vfs.Database) error {
		_, err := db.Write.Exec(args[2])
		return err
	})
}

func passphrase() keys.Passphrase { return keys.Passphrase("合言葉 correct horse") }

// unsealed opens the database of a folder as whoever holds its keys can.
func unsealed(ts *testscript.TestScript, dir, file string, f func(*vfs.Database) error) {
	id, err := keys.FolderID(ts.MkAbs(dir))
	ts.Check(err)
	key, err := keys.In(ts.Getenv("DAICHO_KEYS")).Open(context.Background(), id, passphrase())
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
